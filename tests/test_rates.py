"""Percents of those launched: which two figures make one, and what doubt it keeps."""

import dataclasses
import datetime as dt

import pytest
from sample_night import DAY, DOCUMENTS, NAMES, claim, estimate

from tally import blocks, prose
from tally.evidence import Count, Night, gather
from tally.language import speaking
from tally.model import Reconciled
from tally.rates import percent
from tally.series import bars
from tally.wording import words

PERCENTS = [
    # part, whole -> percent in words; None: no rate
    ((63, 63, "exact"), (76, 76, "exact"), "83"),
    ((9, 9, "exact"), (9, 9, "exact"), "100"),
    ((354, 354, "exact"), (355, 355, "exact"), "99"),
    ((1, 1, "exact"), (900, 900, "exact"), "1"),
    ((57, 57, "exact"), (100, 100, "exact"), "57"),
    ((62, 62, "exact"), (100, 110, "range"), "56 to 62"),
    ((45, 47, "range"), (69, 69, "exact"), "65 to 69"),
    ((5, 7, "range"), (6, 8, "range"), "62 to 100"),
    ((63, None, "at_least"), (76, 76, "exact"), "at least 82"),
    ((63, None, "more_than"), (76, 76, "exact"), "at least 82"),
    ((None, 63, "at_most"), (76, 76, "exact"), "up to 83"),
    ((63, 63, "exact"), (300, None, "more_than"), "up to 21"),
    ((63, 63, "exact"), (None, 300, "at_most"), "at least 21"),
    ((62, 62, "about"), (100, 100, "exact"), "about 62"),
    ((62, 62, "exact"), (100, 100, "about"), "about 62"),
    # None: nothing can be said, or it would say nothing
    ((62, 62, "about"), (100, 110, "range"), None),
    ((62, None, "at_least"), (100, None, "more_than"), None),
    ((None, 120, "at_most"), (100, 100, "exact"), None),
    ((80, 80, "exact"), (76, 76, "exact"), None),
    ((80, 90, "range"), (70, 76, "range"), None),
    ((0, 0, "exact"), (76, 76, "exact"), None),
    ((0, 0, "exact"), (0, 0, "exact"), None),
    ((3, 3, "exact"), (None, None, "exact"), None),
    ((None, None, "exact"), (3, 3, "exact"), None),
]


@pytest.mark.parametrize(("part", "whole", "said"), PERCENTS)
def test_percent_keeps_the_doubt(part, whole, said: str | None) -> None:
    made = percent(Count(*part, (1,)), Count(*whole, (2, 1)))
    assert (made and words(made)) == said
    assert made is None or made.numbers == (1, 2)


AIR = "Ukrainian Air Force"
MINISTRY = "Минобороны РФ"
BEFORE = DAY - dt.timedelta(days=1)
COMPARED = [
    # what differs from one claimant's 76 launched and 63 stopped overnight -> is there a rate
    ({}, {}, True),
    ({"window": ""}, {}, True),
    ({}, {"window": "09:00"}, True),
    ({"window": "20:00-08:00"}, {"window": "20:00-08:00"}, True),
    ({"weapon": "Shaheds and decoys"}, {"weapon": "drones"}, True),
    ({"claimant": "Volodymyr Zelenskyy"}, {}, False),
    ({"claimant": ""}, {"claimant": ""}, False),
    ({"claimant": ""}, {}, False),
    ({}, {"window": "daytime"}, False),
    ({"window": "past_day"}, {}, False),
    ({"window": "20:00-04:05"}, {}, False),
    ({"window": "20:00-04:05"}, {"window": "20:00-08:00"}, False),
    ({}, {"window": "19:00"}, False),
    ({"period_start": BEFORE}, {}, False),
    ({"status": "partial"}, {}, False),
    ({}, {"status": "partial"}, False),
    ({}, {"status": "partial", "mode": "shot_down"}, True),
]  # fmt: skip
SIDES = [("Russia", "Ukraine", AIR), ("Ukraine", "Russia", MINISTRY)]


def night(attacker: str, side: str, who: str, metrics: tuple[str, str], *differ: dict) -> Night:
    """Return a night of a figure launched and one stopped, each with what differs."""
    claims, estimates = [], []
    for metric, number, fields in zip(metrics, (76, 63), differ, strict=True):
        of_claim = {k: v for k, v in fields.items() if k != "status"}
        about = {"attacker": attacker, "claimant_side": side, "claimant": who, **of_claim}
        made = claim(metric, metric, number, number, **about)
        same = {k: v for k, v in fields.items() if k in {"status", "mode", "period_start"}}
        claims.append(made)
        estimates.append(estimate([made], **{"window": made.window, **same}))
    held = gather(Reconciled(tuple(claims), (), (), (), ()), DAY, DOCUMENTS, NAMES)
    return dataclasses.replace(held, estimates=tuple(estimates))


DRONES = ("drones_launched", "drones_intercepted")
MISSILES = ("missiles_launched", "missiles_intercepted")


@pytest.mark.parametrize(("attacker", "side", "who"), SIDES)
@pytest.mark.parametrize(("launched", "stopped", "rated"), COMPARED)
def test_a_rate_is_of_one_claimant_and_the_same_hours(
    attacker: str, side: str, who: str, launched: dict, stopped: dict, rated: bool
) -> None:
    (bar,) = bars(night(attacker, side, who, DRONES, launched, stopped))
    assert (bar.rate is not None) == rated
    assert ("%" in blocks.plain(prose.bar_sentence(bar))) == rated


KINDS = [
    ("missiles", "ракет", True), ("", "missile", True),
    ("cruise missiles", "Cruise missiles", True), ("", "балістичних ракет", False),
    ("ballistic missiles", "missiles", False), ("missiles", "cruise missiles", False),
    ("Iskander-M", "Kalibr", False),
]  # fmt: skip


@pytest.mark.parametrize(("attacker", "side", "who"), SIDES)
@pytest.mark.parametrize(("launched", "stopped", "rated"), KINDS)
def test_a_rate_of_missiles_is_of_one_kind(
    attacker: str, side: str, who: str, launched: str, stopped: str, rated: bool
) -> None:
    kinds = {"weapon": launched}, {"weapon": stopped}
    (bar,) = bars(night(attacker, side, who, MISSILES, *kinds))
    assert (bar.rate is not None) == rated


DEFINED = [
    # mode -> what counts as stopped, English and Ukrainian
    ("shot_down_or_suppressed", "those lost from radar among them.",
     "разом із втраченими з радарів."),
    ("", "whether those lost from radar are among them is not said.",
     "чи входять сюди втрачені з радарів, не сказано."),
]  # fmt: skip


@pytest.mark.parametrize(("attacker", "side", "who"), SIDES)
@pytest.mark.parametrize(("mode", "english", "ukrainian"), DEFINED)
def test_a_rate_says_what_counts_as_stopped(
    attacker: str, side: str, who: str, mode: str, english: str, ukrainian: str
) -> None:
    (bar,) = bars(night(attacker, side, who, DRONES, {}, {"mode": mode}))
    said = blocks.plain(prose.bar_sentence(bar))
    assert "by this count 83% of those launched were stopped" in said
    assert said.endswith(english)
    with speaking("uk"):
        said = blocks.plain(prose.bar_sentence(bar))
    assert "знешкоджено 83% запущених" in said
    assert said.endswith(ukrainian)


def test_a_rate_of_missiles_speaks_of_no_radar() -> None:
    (bar,) = bars(night("Russia", "Ukraine", AIR, MISSILES, {}, {}))
    said = blocks.plain(prose.bar_sentence(bar))
    assert said.endswith("; by this count 83% of those launched were stopped.")


def test_one_claimant_in_two_languages_is_one() -> None:
    named = {"claimant": "Повітряні сили"}
    (bar,) = bars(night("Russia", "Ukraine", AIR, DRONES, named, {}))
    assert bar.rate is not None
