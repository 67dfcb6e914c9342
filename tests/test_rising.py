"""Tolls that moved: which they are, their steps, and the chart that draws them."""

import datetime as dt
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tally import blocks
from tally.documents import load_documents
from tally.ledger import load_ledger
from tally.model import KYIV, TOLLS, Claim
from tally.names import load_names
from tally.reconcile import history, reconcile
from tally.rising import Rising, of_days, rising
from tally.rising_chapter import toll_name, toll_steps
from tally.rulings import load_rulings

DATA = Path(__file__).parent.parent / "data"
ODESA = (dt.date(2025, 5, 23), dt.date(2025, 5, 23))


@cache
def moved(as_of: dt.datetime | None = None) -> tuple[Rising, ...]:
    claims, rulings = load_ledger(DATA / "claims"), load_rulings(DATA / "rulings.toml")
    return rising(reconcile(claims, rulings, as_of), claims, rulings, of_days(ODESA))


def steps(one: Rising) -> list[tuple[str, int | None]]:
    return [
        (f"{step.at.astimezone(KYIV):%d %B}", step.estimate.low if step.estimate else None)
        for step in one.steps
    ]


def test_tolls_that_moved_have_every_step_and_others_are_left_out() -> None:
    found = {(str(one.toll.metric), one.toll.admin1): steps(one) for one in moved()}
    assert found == {
        ("injured", ("UA-51",)): [("23 May", 8), ("24 May", 6)],
        ("killed", ("UA-51",)): [("23 May", 2), ("24 May", 3)],
    }


def test_before_the_second_document_nothing_had_moved() -> None:
    assert moved(dt.datetime(2025, 5, 24, 8, tzinfo=KYIV)) == ()


def test_the_chart_says_which_moved_most_on_whose_word() -> None:
    claims = {claim.id: claim for claim in load_ledger(DATA / "claims")}
    block = toll_steps(moved(), claims, load_documents(DATA / "documents"), load_names()).block
    caption = blocks.plain(block["caption"])
    assert caption.startswith(
        "2 tolls moved after the first figure. The largest change, on Ukraine’s word: from 8 to 6 "
        "(Injured, Odesa, 23 May)."
    )
    assert (
        "Killed, Odesa, 23 May (Ukraine’s word): 2 from 23 May 2025, 3 from 24 May" in block["alt"]
    )
    assert block["data"]["columns"] == ["Toll", "Whose word", "Known from", "Figure"]
    assert "claims printed by" in blocks.plain(block["source"])


def test_a_toll_of_a_whole_country_is_named_by_it() -> None:
    (one,) = [one for one in moved() if one.toll.metric == "killed"]
    assert toll_name(one.toll, load_names()) == "Killed, Odesa, 23 May"


@pytest.mark.slow
def test_claims_of_other_places_have_no_part_in_a_toll(monkeypatch: pytest.MonkeyPatch) -> None:
    claims, rulings = load_ledger(DATA / "claims"), load_rulings(DATA / "rulings.toml")
    documents = load_documents(DATA / "documents")
    found = reconcile(claims, rulings, None, documents).estimates
    tolls = [one for one in found if one.metric in TOLLS]
    steps = [history(claims, rulings, one, documents) for one in tolls]

    def all_tolls(near: Iterable[Claim], *_: object) -> tuple[Claim, ...]:
        return tuple(claim for claim in near if claim.metric in TOLLS)

    # The function that the package gives has the name of its module.
    monkeypatch.setattr(sys.modules[history.__module__], "_telling", all_tolls)
    assert [history(claims, rulings, one, documents) for one in tolls] == steps
    assert len(tolls) > 100
