"""How much of what was launched a side says it stopped, in percent; never without its doubt.

A rate is made only of two figures that one claimant gives of one attack: the same hours, the same
munitions. What the claimant counts as stopped, the words beside the rate must say.
"""

import math
import re
from collections.abc import Iterable
from fractions import Fraction

from tally.evidence import Count, Night, is_overnight
from tally.model import Claim, Estimate, Hedge

PLAIN = re.compile(r"|missiles?|ракет\w*", re.IGNORECASE)
CLOCK = re.compile(r"0?\d:\d\d|10:00")
ALL = 100


def interception(night: Night, stopped: Estimate | None, launched: Estimate | None) -> Count | None:
    """Return the percent of those launched that were stopped, `None` where the two do not compare.

    The evidence rows are those of both figures.
    """
    if stopped is None or launched is None or not _compare(night, stopped, launched):
        return None
    return percent(night.count(stopped), night.count(launched))


def percent(part: Count, whole: Count) -> Count | None:
    """Return part of whole in percent, doubt kept: rounded outward where there is any.

    >>> percent(Count(63, 63), Count(76, 76)).exact
    83
    >>> (rate := percent(Count(62, 62), Count(100, 110, "range"))).low, rate.high
    (56, 62)
    """
    least, most = _share(part.low, whole.high), _share(part.high, whole.low)
    exceeds = (least or 0) > 1 or (least == most and not least)
    about = "about" in {part.hedge, whole.hedge}
    if exceeds or (about and least != most):
        return None
    rows = tuple(dict.fromkeys((*part.numbers, *whole.numbers)))
    if least is not None and least == most:
        return Count(_nearest(least), _nearest(least), "about" if about else "exact", rows)
    low = None if least is None else math.floor(ALL * least)
    high = None if most is None else min(ALL, math.ceil(ALL * most))
    return None if low is None and high == ALL else Count(low, high, _hedge(low, high), rows)


def _compare(night: Night, stopped: Estimate, launched: Estimate) -> bool:
    """Tell whether two figures are one claimant's, of the same hours and munitions."""
    said = night.voice(stopped)
    one_voice = bool(said.claimant) and said == night.voice(launched)
    periods = {(e.period_start, e.period_end, e.attacker, e.victims) for e in (stopped, launched)}
    whole = launched.status != "partial" and (
        stopped.status != "partial" or stopped.mode == "shot_down"
    )
    kinds = [_kinds(_claims(night, e)) for e in (stopped, launched)]
    of_one_kind = "missiles" not in stopped.metric or kinds[0] == kinds[1]
    return one_voice and len(periods) == 1 and whole and of_one_kind and _hours(stopped, launched)


def _hours(one: Estimate, other: Estimate) -> bool:
    """Tell whether two figures are of the same hours: a night, counted until its morning, is."""
    night = all(_is_of_the_night(e.window) for e in (one, other))
    return one.window == other.window or night


def _is_of_the_night(window: str) -> bool:
    return CLOCK.fullmatch(window) is not None or ("-" not in window and is_overnight(window))


def _claims(night: Night, estimate: Estimate) -> Iterable[Claim]:
    return (claim for i in estimate.claim_ids if (claim := night.claim(i)))


def _kinds(claims: Iterable[Claim]) -> set[str]:
    """Return the kinds of missile that claims name; "missiles" is none."""
    return {c.weapon.casefold() for c in claims if not PLAIN.fullmatch(c.weapon)}


def _share(part: int | None, whole: int | None) -> Fraction | None:
    return Fraction(part, whole) if part is not None and whole else None


def _nearest(share: Fraction) -> int:
    """Round to whole percents, but never up to all nor down to none."""
    return min(max(round(ALL * share), 1), ALL if share == 1 else ALL - 1)


def _hedge(low: int | None, high: int | None) -> Hedge:
    if low is None:
        return "at_most"
    return "at_least" if high is None else "range"
