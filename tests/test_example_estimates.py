"""All fifteen days of the example corpus give the estimates that a careful analyst wrote down.

The golden claims are the input, so that nothing here depends on what the grammar can read.
"""

import csv
from functools import cache
from pathlib import Path

import pytest
from golden_claims import golden_claims

from tally.model import TOLLS, Claim, Estimate, Reconciled
from tally.reconcile import reconcile
from tally.reconcile.identity import Locality, locality, spot_of
from tally.reconcile.sentences import figure

GOLDEN = Path(__file__).parent / "golden" / "example_estimates.csv"
SIGNS = {"at least ": ">=", "more than ": ">", "up to ": "<=", "fewer than ": "<", "about ": "~"}


def golden() -> list[dict[str, str]]:
    with GOLDEN.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def reconciled() -> Reconciled:
    return reconcile(golden_claims(), (), None)


@cache
def claims() -> dict[str, Claim]:
    return {claim.id: claim for claim in golden_claims()}


def shown(one: Estimate) -> str:
    """Return a figure with its doubt in signs, as the golden table writes it."""
    text = figure(one).replace(",", "")
    for words, sign in SIGNS.items():
        text = text.replace(words, sign)
    return text.replace(" to ", "..")


def key(one: Estimate) -> tuple[object, ...]:
    where = locality(claims()[one.claim_ids[0]])
    about = (one.attacker, one.side, str(one.metric), one.victims.replace("civilian", ""))
    return (*about, where, str(one.period_start), str(one.period_end), one.window)


def expected_key(row: dict[str, str]) -> tuple[object, ...]:
    where = Locality(tuple(filter(None, row["admin1"].split(";"))), spot_of(row["place"]))
    about = (row["attacker"], row["side"], row["metric"], row["victims"])
    return (*about, where, row["start"], row["end"], row["window"])


@pytest.mark.parametrize(
    "row", [pytest.param(r, id=f"{r['end']} {r['metric']} {r['figure']}") for r in golden()]
)
def test_estimate(row: dict[str, str]) -> None:
    found = {(shown(e), e.status) for e in reconciled().estimates if key(e) == expected_key(row)}
    assert (row["figure"], row["status"]) in found


def test_every_row_says_why() -> None:
    assert all(row["reason"] for row in golden())
    assert {row["end"] for row in golden()} >= {f"2025-05-{day}" for day in range(14, 29)}


def test_no_number_of_a_whole_country_is_missing_from_the_table() -> None:
    """Nothing is counted twice: there is no national figure that the analyst did not write."""
    written = {(*expected_key(row), row["figure"]) for row in golden()}
    national = [e for e in reconciled().estimates if not e.place and not e.admin1]
    found = [
        (*key(e), shown(e))
        for e in national
        if e.metric not in TOLLS and "2025-05-14" <= str(e.period_end) <= "2025-05-28"
    ]
    assert [one for one in found if one not in written] == []
