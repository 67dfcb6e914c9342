"""What is shown of a day counts nobody twice: invariants of every night of the example corpus."""

import datetime as dt
import itertools
from functools import cache
from pathlib import Path

import pytest

from tally.documents import load_documents
from tally.evidence import Count, Night, gather
from tally.ledger import load_ledger
from tally.model import Claim
from tally.names import load_names
from tally.reconcile import reconcile
from tally.rulings import load_rulings
from tally.series import ATTACKERS, bars, split
from tally.tolls import toll_sums

DATA = Path(__file__).parent.parent / "data"
NIGHTS = [dt.date(2025, 5, 14) + dt.timedelta(days=n) for n in range(15)]


@cache
def night(day: dt.date) -> Night:
    claims, documents = load_ledger(DATA / "claims"), load_documents(DATA / "documents")
    known = reconcile(claims, load_rulings(DATA / "rulings.toml"), None)
    return gather(known, day, documents, load_names())


def claims_behind(shown: Night, count: Count) -> list[Claim]:
    return [shown.claims[number - 1] for number in count.numbers]


@pytest.mark.parametrize("day", NIGHTS, ids=str)
def test_a_sum_of_regions_takes_no_claim_twice_and_no_part_beside_its_whole(day: dt.date) -> None:
    shown = night(day)
    for country in ("Ukraine", "Russia"):
        for total in filter(None, toll_sums(shown, country)):
            terms = [claims_behind(shown, term) for term in total.terms]
            for one, other in itertools.combinations(terms, 2):
                ids = {claim.id for claim in one}
                assert not ids & {claim.id for claim in other}
                assert not ids & {claim.part_of for claim in other}
                assert not {c.admin1 for c in one} & {c.admin1 for c in other}
            assert all(claim.aggregation == "period" for term in terms for claim in term)


@pytest.mark.parametrize("day", NIGHTS, ids=str)
def test_what_became_of_drones_is_no_more_than_was_launched(day: dt.date) -> None:
    for bar in bars(night(day)):
        parts = [part.count.low or 0 for part in bar.parts if part.kind != "located"]
        if bar.launched and bar.launched.high is not None:
            assert sum(parts) <= bar.launched.high
        assert len({part.kind for part in bar.parts}) == len(bar.parts)


@pytest.mark.parametrize("day", NIGHTS, ids=str)
def test_the_regions_of_a_total_are_other_claims_and_no_more_than_it(day: dt.date) -> None:
    shown = night(day)
    for found in filter(None, (split(shown, attacker) for attacker in ATTACKERS)):
        numbers = [number for share in found.shares for number in share.count.numbers]
        assert len(numbers) == len(set(numbers))
        assert not set(numbers) & set(found.total.numbers)
        located = sum(share.count.low or 0 for share in found.shares)
        assert found.total.high is None or located <= found.total.high
