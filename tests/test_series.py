"""Bars, splits, tolls and windows of a night, against numbers reckoned by hand."""

import dataclasses
import datetime as dt

import pytest
from sample_night import CLAIMS, DAY, claim, estimate, sample_night

from tally.evidence import (
    Count,
    Night,
    Voice,
    gather,
    is_eve,
    is_overnight,
    marked_quote,
    nearest,
)
from tally.house.cells import safe_cell
from tally.model import Claim, Metric, Reconciled
from tally.names import Names
from tally.series import bars, split
from tally.tolls import toll_sum, tolls
from tally.windows import evening, windows


def night_of(*groups: list[Claim], claims: tuple[Claim, ...] = (), day: dt.date = DAY) -> Night:
    every = tuple(c for group in groups for c in group) + claims
    made = tuple(estimate(group, period_start=day, period_end=day) for group in groups)
    return gather(Reconciled(every, (), made, (), ()), DAY, {}, Names())


def drones(name: str, metric: str, low: int | None, high: int | None = None) -> Claim:
    air = {"attacker": "Russia", "claimant": "Air Force", "claimant_side": "Ukraine"}
    hedge = "at_least" if high is None else "exact" if low == high else "range"
    return claim(name, f"drones_{metric}", low, high, hedge=hedge, **air)


BARS = [
    # launched, stopped, lost, hit -> the remainder's low, high
    ((76, 76), (63, 63), None, None, (13, 13)),
    ((145, 145), (80, 80), (42, 42), None, (23, 23)),
    ((142, 142), (112, 112), None, (26, 26), (4, 4)),
    ((298, 300), (266, 266), None, None, (32, 34)),
    ((69, 70), (45, 47), None, None, (22, 25)),
    ((50, 50), (50, 50), None, None, None),
    ((50, None), (40, 40), None, None, None),
    ((50, 50), (40, 40), (20, 20), None, None),
]


@pytest.mark.parametrize(("launched", "stopped", "lost", "hit", "rest"), BARS)
def test_remainder(launched, stopped, lost, hit, rest) -> None:
    given = {"launched": launched, "intercepted": stopped, "lost": lost, "hit": hit}
    groups = [[drones(f"r-{name}", name, *ends)] for name, ends in given.items() if ends]
    (bar,) = bars(night_of(*groups))
    found = bar.part("unaccounted for")
    assert (found and (found.low, found.high)) == rest


def test_both_sides_by_the_same_code() -> None:
    found = {bar.attacker: bar for bar in bars(sample_night())}
    assert [(p.kind, p.count.low) for p in found["Russia"].parts] == [
        ("shot down", 22), ("lost", 41), ("unaccounted for", 13),
    ]  # fmt: skip
    assert [(p.kind, p.count.low) for p in found["Ukraine"].parts] == [
        ("located", 104), ("not located", 55),
    ]  # fmt: skip
    assert found["Ukraine"].launched is None
    assert found["Ukraine"].voice == Voice("Russia’s Ministry of Defence", "Russia")


def test_a_total_is_never_a_part_or_another_window() -> None:
    found = split(sample_night(), "Ukraine")
    assert found is not None
    assert (found.total.low, found.located, found.unlocated) == (159, 104, 55)


def test_the_night_most_print_goes_before_a_rounded_one_and_before_hours_of_it() -> None:
    mod = {"attacker": "Ukraine", "claimant": "MoD", "claimant_side": "Russia"}
    about = claim("a", "drones_intercepted", 300, None, **mod, hedge="more_than")
    night = [claim(n, "drones_intercepted", 159, 159, **{**mod, "window": "20:00-08:00"})
             for n in ("b", "c")]  # fmt: skip
    hours = [claim(n, "drones_intercepted", 105, 105, **{**mod, "window": "00:00-05:30"})
             for n in ("d", "e", "f")]  # fmt: skip
    (bar,) = bars(night_of([about], night, hours))
    assert (bar.stopped.low, bar.window) == (159, "20:00-08:00")


def test_parts_that_exceed_their_total_leave_no_remainder() -> None:
    mod = {"attacker": "Ukraine", "claimant": "MoD", "claimant_side": "Russia"}
    total = claim("t", "drones_intercepted", 51, 51, **mod)
    parts = tuple(
        claim(f"p{n}", "drones_intercepted", n, n, part_of="t", place=f"P{n}", **mod)
        for n in (30, 23)
    )
    found = split(night_of([total], claims=parts), "Ukraine")
    assert found is not None
    assert found.unlocated is None
    (bar,) = bars(night_of([total], claims=parts))
    assert [part.kind for part in bar.parts] == ["stopped"]


def test_a_missing_side_has_no_bar() -> None:
    assert {bar.side for bar in bars(sample_night(without="Russia"))} == {"Ukraine"}
    assert split(sample_night(without="Russia"), "Ukraine") is None


def test_a_range_of_two_claimants_is_nobodys_word_in_particular() -> None:
    one = drones("n1", "intercepted", 45, 45)
    other = dataclasses.replace(drones("n2", "intercepted", 47, 47), claimant="President")
    (bar,) = bars(night_of([one, other]))
    assert bar.voice == Voice("", "Ukraine")


def test_tolls_are_a_row_a_place_with_its_marks() -> None:
    found = {toll.place: toll for toll in tolls(sample_night())}
    sumy, kharkiv = found["Sumy Oblast"], found["Kharkiv"]
    assert (sumy.killed.low, sumy.injured.high) == (2, None)
    assert [(metric, victims, c.low) for metric, victims, c in sumy.among] == [
        ("injured", "child", 2)
    ]
    assert kharkiv.killed is None
    assert (kharkiv.injured.low, kharkiv.injured.high) == (6, 7)


def test_a_sum_of_regions_is_a_least_figure_with_its_terms() -> None:
    injured = toll_sum(sample_night(), Metric.INJURED, "Ukraine")
    assert injured is not None
    assert (injured.count.low, injured.count.high, len(injured.terms)) == (11, None, 2)
    killed = toll_sum(sample_night(), Metric.KILLED, "Ukraine")
    assert killed is not None
    assert (killed.count.low, killed.count.hedge, len(killed.terms)) == (2, "at_least", 1)
    assert toll_sum(sample_night(), Metric.KILLED, "Russia") is None


def test_windows_are_kept_apart() -> None:
    (window,) = windows(sample_night())
    assert (window.begin, window.end, window.count.low) == (-240, 245, 127)


EVENINGS = [
    # day, window -> is of the night of 21 May
    ("2025-05-20", "20:00-24:00", True), ("2025-05-20", "evening", True),
    ("2025-05-20", "20:00-04:00", False), ("2025-05-20", "13:00-20:00", False),
    ("2025-05-21", "evening", False), ("2025-05-19", "20:00-24:00", False),
]  # fmt: skip


@pytest.mark.parametrize(("day", "window", "of_it"), EVENINGS)
def test_the_evening_before_is_of_the_night_and_in_no_total(day, window, of_it) -> None:
    on = dt.date.fromisoformat(day)
    mod = {"attacker": "Ukraine", "claimant": "MoD", "claimant_side": "Russia", "window": window}
    made = claim("eve", "drones_intercepted", 95, 95, period_start=on, period_end=on, **mod)
    night = night_of([made], day=on)
    assert is_eve(made, DAY) is of_it
    assert [w.count.low for w in evening(night)] == ([95] if of_it else [])
    assert not (of_it and bars(night))
    if of_it and window != "evening":
        assert [(w.begin, w.end) for w in windows(night)] == [(-240, 0)]


@pytest.mark.parametrize(
    ("window", "night"),
    [("overnight", True), ("", True), ("20:00-04:05", True), ("00:00-07:00", True),
     ("04:00-08:00", False), ("past_day", False), ("08:00-20:00", False), ("daytime", False)],
)  # fmt: skip
def test_overnight(window: str, night: bool) -> None:
    assert is_overnight(window) is night


def test_other_scope_is_listed_last_and_in_no_total() -> None:
    night = sample_night()
    assert night.claims[-1].id == "week"
    assert [night.in_scope(c) for c in night.claims].count(False) == 1
    assert len(night.claims) == len(CLAIMS)


def test_quotes_mark_their_figure() -> None:
    night = sample_night()
    for each in night.claims:
        before, figure, after = marked_quote(each, night.documents[each.document_id])
        assert before + figure + after == each.quote
        assert figure == str(each.low)
    moved = dataclasses.replace(CLAIMS[0], start=900, end=903)
    assert marked_quote(moved, None) == (moved.quote, "", "")


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("+5", "'+5"), ("-5", "'-5"), ("@x", "'@x"), ("\tx", "'\tx"), (159, "159")],
)
def test_cells_are_no_formulas(cell: object, safe: str) -> None:
    assert safe_cell(cell) == safe


def test_nearest_days() -> None:
    days = [DAY.replace(day=d) for d in (14, 18, 25)]
    assert nearest(days, DAY) == (DAY.replace(day=18), DAY.replace(day=25))
    assert nearest([], DAY) == (None, None)


def test_a_count_draws_what_is_said() -> None:
    assert [Count(5, None).drawn, Count(None, 70).drawn, Count(None, None).drawn] == [5, 70, 0]
