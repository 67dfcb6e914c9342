"""Bad data is a finding that does the subtraction; good data is none."""

import datetime as dt
from dataclasses import replace

import pytest

from tally.model import Claim, Metric
from tally.pages import spans_moved
from tally.reconcile import reconcile

DAY = dt.date(2025, 5, 21)
ONE = Claim(
    id="", document_id="", lang="en", metric=Metric.DRONES_INTERCEPTED, low=0, high=0,
    hedge="exact", aggregation="period", attacker="Russia", claimant="Ukrainian Air Force",
    claimant_side="Ukraine", place="", admin1=(), period_start=DAY, period_end=DAY,
    window="overnight", as_of="", published="2025-05-21", victims="", weapon="", mode="",
    part_of="", unverified=False, quote="", start=0, end=1, rule="by hand",
)  # fmt: skip


def made(claim_id: str, number: int, document: str = "", **fields: object) -> Claim:
    return replace(ONE, id=claim_id, document_id=document or f"page-{claim_id}", low=number,
                   high=number, start=ord(claim_id[0]), **fields)  # type: ignore[arg-type]  # fmt: skip


def hurt(claim_id: str, number: int, document: str = "", **fields: object) -> Claim:
    place = {"place": "Sumy", "admin1": ("UA-59",), "claimant": "Sumy police", "window": ""}
    return made(claim_id, number, document, **{"metric": Metric.INJURED, **place, **fields})


def past_day(claim_id: str, number: int, *admin1: str) -> Claim:
    """Return a country's or a region's injured of a past day."""
    return hurt(claim_id, number, place="", admin1=admin1, window="past_day")


def night(claim_id: str, number: int, day: int) -> Claim:
    on = dt.date(2025, 5, day)
    return made(claim_id, number, period_start=on, period_end=on, published="2025-05-30")


def days(claim_id: str, number: int, start: int, end: int, **fields: object) -> Claim:
    period = {"period_start": dt.date(2025, 5, start), "period_end": dt.date(2025, 5, end)}
    return made(claim_id, number, published="2025-05-30", window="", **period, **fields)


def running(claim_id: str, number: int, day: int) -> Claim:
    return days(claim_id, number, 1, day, aggregation="cumulative")


def dated(claim_id: str, number: int, day: int) -> Claim:
    return days(claim_id, number, day, day)


LAUNCHED = {"metric": Metric.DRONES_LAUNCHED}
LOST = {"metric": Metric.DRONES_LOST}
KYIV = {"place": "Kyiv Oblast", "admin1": ("UA-32",), "part_of": "t"}
KHARKIV = {"place": "Kharkiv Oblast", "admin1": ("UA-63",), "part_of": "t"}
FOUND = [
    ("parts_exceed_total", [made("t", 10, "p"), made("a", 7, "p", **KYIV),
                            made("b", 5, "p", **KHARKIV)],
     "Kyiv Oblast and Kharkiv Oblast add up to 12", "2 too many"),
    ("parts_exceed_total", [made("t", 10, "p"), made("a", 11, "p", **KYIV)], "is 11", "1 too many"),
    ("fates_exceed_launched", [made("l", 60, **LAUNCHED), made("a", 50), made("b", 20, **LOST)],
     "50 + 20 = 70", "10 too many"),
    ("cumulative_falls", [running("a", 900, 20), running("b", 850, 21)],
     "900 to 20 May 2025, 850 to 21 May 2025", "50 fewer"),
    ("cumulative_falls", [replace(running(i, n, d), metric=Metric.PERSONNEL_LOSSES)
                          for i, n, d in (("a", 991100, 20), ("b", 990500, 21))],
     "A running total of soldiers lost fell", "600 fewer"),
    ("cumulative_falls", [replace(running(i, n, d), metric=Metric.EQUIPMENT_LOSSES)
                          for i, n, d in (("a", 10900, 20), ("b", 10890, 21))],
     "A running total of pieces of equipment lost fell", "10 fewer"),
    ("days_exceed_total", [night("a", 60, 21), night("b", 50, 22), days("c", 100, 20, 22)],
     "the nights add up to 110 (60 + 50)", "10 too many"),
    ("regions_exceed_total", [past_day("t", 20), past_day("a", 12, "UA-65"),
                              past_day("b", 9, "UA-14")],
     "the regions add up to 21 (9 + 12)", "1 too many"),
    ("steps_disagree", [running("a", 900, 20), running("b", 950, 21), dated("c", 40, 21)],
     "by 50; page-c gives 40", "10 too few"),
    ("unknown_place", [made("a", 3, place="Nowhere")], "Nowhere is in no region", "1 figure is"),
    ("published_before_event", [made("a", 3, published="2025-05-19")], "is dated 21 May 2025",
     "2 days ahead"),
    ("two_tolls", [hurt("a", 3, "p"), hurt("b", 5, "p")], "gives 3 and 5", "2 apart"),
    ("published_twice", [made("a", 3, "p"), made("b", 4, "p", published="2025-05-22")],
     "came out on 2025-05-21 and again on 2025-05-22", "1 of its figures went, 1 came"),
]  # fmt: skip
NOT_FOUND = [
    ("parts_exceed_total", [made("t", 12, "p"), made("a", 7, "p", **KYIV),
                            made("b", 5, "p", **KHARKIV)]),
    ("parts_exceed_total", [made("t", 10, "p"), made("a", 11, "q", **KYIV)]),
    ("fates_exceed_launched", [made("l", 70, **LAUNCHED), made("a", 50), made("b", 20, **LOST)]),
    ("fates_exceed_launched", [made("l", 60, **LAUNCHED), made("s", 70, attacker="Ukraine",
                               claimant="Russia's Ministry of Defence", claimant_side="Russia")]),
    ("cumulative_falls", [running("a", 900, 20), running("b", 950, 21)]),
    ("cumulative_falls", [running("a", 900, 20), days("b", 850, 1, 21)]),
    ("days_exceed_total", [night("a", 60, 20), night("b", 50, 21), days("c", 100, 20, 22)]),
    ("days_exceed_total", [night("a", 60, 21), night("b", 50, 22),
                           replace(days("c", 100, 20, 22), high=None, hedge="at_least")]),
    ("regions_exceed_total", [past_day("t", 21), past_day("a", 12, "UA-65"),
                              past_day("b", 9, "UA-14")]),
    ("regions_exceed_total", [replace(past_day("t", 20), high=None, hedge="at_least"),
                              past_day("a", 12, "UA-65"), past_day("b", 9, "UA-14")]),
    ("regions_exceed_total", [past_day("t", 20), past_day("a", 12, "UA-65"),
                              hurt("b", 9, place="Kherson", admin1=("UA-65",), window="past_day")]),
    ("steps_disagree", [running("a", 900, 20), running("b", 950, 21), dated("c", 50, 21)]),
    ("steps_disagree", [running("a", 900, 19), running("b", 950, 21), dated("c", 40, 21)]),
    ("unknown_place", [made("a", 3, place="Black Sea"), made("b", 2, **KYIV)]),
    ("published_before_event", [made("a", 3, published="2025-05-21T00:30+03:00")]),
    ("two_tolls", [hurt("a", 3, "p"), hurt("b", 5, "q")]),
    ("two_tolls", [hurt("a", 5, "p"), hurt("b", 3, "p", victims="child", part_of="a")]),
    ("published_twice", [made("a", 3, "p"), made("b", 3, "p", published="2025-05-22")]),
]  # fmt: skip


@pytest.mark.parametrize(("check", "claims", "says", "difference"), FOUND)
def test_found(check: str, claims: list[Claim], says: str, difference: str) -> None:
    (found,) = (f for f in reconcile(claims, (), None).findings if f.check == check)
    assert says in found.sentence
    assert difference in found.sentence
    assert set(found.claim_ids) <= {claim.id for claim in claims}
    assert found.expected
    assert found.found


@pytest.mark.parametrize(("check", "claims"), NOT_FOUND)
def test_not_found(check: str, claims: list[Claim]) -> None:
    assert not [f for f in reconcile(claims, (), None).findings if f.check == check]


TEXT = "On Monday 12 drones came, then 12 more drones."
AT = {"quote": "then 12 more drones", "start": 31, "end": 33}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("On Monday 12 drones came.", "nothing is there now"),
        (f"Late. {TEXT}", "is there now"),
        (None, "the document is gone"),
    ],
)
def test_words_that_moved_are_found(text: str | None, says: str) -> None:
    claim = replace(made("a", 12, "p"), **AT)
    (found,) = spans_moved([claim], {"p": text} if text is not None else {})
    assert says in found.sentence
    assert "characters 31 to 33" in found.sentence


def test_words_that_stand_where_they_stood_are_no_finding() -> None:
    assert spans_moved([replace(made("a", 12, "p"), **AT)], {"p": TEXT}) == ()
