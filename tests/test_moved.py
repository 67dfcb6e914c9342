"""What moved since an earlier edition, as the daily briefing tells it, each line with its cause."""

import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tally import blocks, briefing
from tally.evidence import Night
from tally.model import KYIV
from tally.moved import moved

DATA = Path(__file__).parent.parent / "data"

EDITIONS = [
    # day, since -> the moment compared with, what the section says first
    ("2025-05-25", "", "2025-05-25T23:59:59+03:00",
     "Since the edition of 25 May 2025, end of day: 1 newly contested, 1 raised and 3 new."),
    ("2025-05-21", "2025-05-21T08:00", "2025-05-21T08:00:00+03:00",
     "In the edition of 21 May 2025, 08:00 Kyiv time nothing about this night was known: 55 new."),
    ("2025-05-25", "2025-05-30", "2025-05-30T23:59:59+03:00",
     "No figure of this night has moved since the edition of 30 May 2025, end of day."),
]  # fmt: skip


@cache
def night(day: str, since: str = "", as_of: str = "") -> Night:
    return briefing.open_night(day, as_of, since, DATA)


def said(shown: Night) -> list[str]:
    texts = [b.block for b in moved(shown) if b.block["kind"] == "prose"]
    return [blocks.plain(words) for block in texts for words in block["paragraphs"]]


def rows(shown: Night) -> list[list[str]]:
    tables = [b.block for b in moved(shown) if b.block["kind"] == "table"]
    return [[blocks.plain(cell) for cell in row] for table in tables for row in table["rows"]]


@pytest.mark.parametrize(("day", "since", "moment", "first"), EDITIONS)
def test_an_edition_is_compared_with_an_earlier_one(
    day: str, since: str, moment: str, first: str
) -> None:
    shown = night(day, since)
    assert shown.since == dt.datetime.fromisoformat(moment)
    assert said(shown) == [first]
    assert len(rows(shown)) == len(shown.moved)


def test_every_line_gives_then_now_and_its_cause_in_the_evidence() -> None:
    shown = night("2025-05-21", "2025-05-21")
    lines = rows(shown)
    assert ["Ukrainian drones stopped, Russia’s word (raised)", "≥ 232", "> 300",
            "Russia’s Ministry of Defence’s figure of more than 300 drones stopped [13] replaces "
            "their own figure of at least 232 drones stopped, published on 21 May [14].",
            ] in lines  # fmt: skip
    whys = [why for *_, why in lines]
    for came_in in (
        "Russia’s Ministry of Defence’s figure of 268 drones stopped (past day) [28] came in.",
        "6 + 3 = 9: Sergei Sobyanin’s figure of 3 drones stopped in Moscow (23:07) [53] came in.",
    ):
        assert came_in in whys
    assert all(why.endswith(".") and "[" in why for *_, why in lines)
    kinds = [line[0].rpartition("(")[2].rstrip(")") for line in lines]
    assert Counter(kinds) == {"raised": 2, "new": 3}
    assert kinds == sorted(kinds, key=["raised", "new"].index)


def test_what_is_gone_is_a_dash_and_told_by_its_old_claims() -> None:
    shown = night("2025-05-14")
    for change, line in zip(shown.moved, rows(shown), strict=True):
        assert (line[2] == "—") is (change.after is None)


def test_the_first_edition_has_nothing_to_compare_with() -> None:
    shown = night("2025-05-21", as_of="2025-05-21")
    assert shown.since is None
    assert said(shown) == [
        "This is the first edition of the night: there is no earlier one to compare it with."
    ]


def test_the_first_edition_is_at_eight_or_when_the_first_claim_came() -> None:
    found = briefing.first_edition(night("2025-05-25"))
    assert found is not None
    assert found.astimezone(KYIV).time() == dt.time(23, 59, 59)
    assert briefing.first_edition(night("2025-06-29")) is None


def test_a_night_without_claims_has_no_section() -> None:
    assert moved(night("2025-06-29")) == ()


@pytest.mark.parametrize("day", range(14, 29))
def test_a_figure_that_moved_is_listed_once_whatever_a_place_was_called(day: int) -> None:
    subjects = [line[0].rpartition(" (")[0] for line in rows(night(f"2025-05-{day}"))]
    assert len(subjects) == len(set(subjects))
