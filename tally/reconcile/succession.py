"""How a statement stands to one that came out before it: it goes on, takes back or contradicts."""

import math
from collections.abc import Mapping

from tally.language import to_say
from tally.model import TOLLS, RelationKind, published_at
from tally.reconcile.digits import EXCHANGED, is_slip
from tally.reconcile.identity import OFFICIALS, is_national
from tally.reconcile.incidents import Incident, Statement
from tally.reconcile.sentences import day_of
from tally.reconcile.windows import window_of

RISING = to_say("rising toll of one day")
HIGHER = to_say("later and higher")
LOWER = to_say("later and lower")
FIRMER = to_say("firmer word")
FOR_THE_SAME_HOURS = to_say("two figures for the same hours")


def compare(
    incident: Incident, former: Statement, later: Statement, highest: Mapping[str, int]
) -> tuple[RelationKind, str]:
    """Return how a statement stands to one that came out before it, or the same day, and the rule.

    `highest` is the most that each of the claimants has counted, by the key of the speaker.
    """
    same = _same_people(former, later)
    after = published_at(later.first.published) > published_at(former.first.published)
    rises = later.number > former.number
    if not same and _bound_apart(former, later):
        return RelationKind.CONTRADICTS, FOR_THE_SAME_HOURS
    if not _is_running(incident, former, later):
        if rises and _may_be_slip(former, later):
            return RelationKind.CONTRADICTS, EXCHANGED
        if same and after and rises:
            return RelationKind.UPDATES, HIGHER
        if allows(former, later):
            return RelationKind.UPDATES, FIRMER
        if same and _comes_back_to(former, later):
            return RelationKind.CORRECTS, LOWER
        return RelationKind.CONTRADICTS, FOR_THE_SAME_HOURS
    if later.number == 0:
        return RelationKind.CONTRADICTS, to_say("nobody, where others were counted")
    if rises and not after and _are_digests(former, later):
        return RelationKind.CONTRADICTS, to_say("two figures for the same past day")
    if rises and (same or allows(former, later)):
        return RelationKind.UPDATES, HIGHER if after else RISING
    if allows(former, later):
        return RelationKind.UPDATES, FIRMER
    if same:
        return RelationKind.CORRECTS, LOWER
    if not rises:
        return RelationKind.CONTRADICTS, to_say("lower figure of another claimant")
    if former.documents & later.documents and not _is_outgrown(former, later, highest):
        return RelationKind.CONTRADICTS, to_say("two figures side by side in one document")
    if former.speakers and not later.speakers:
        return RelationKind.CONTRADICTS, to_say("higher figure that names nobody")
    if after or (former.speakers and later.speakers):
        return RelationKind.UPDATES, HIGHER if after else RISING
    return RelationKind.CONTRADICTS, to_say("different figures at the same time")


def allows(weak: Statement, firm: Statement) -> bool:
    """Tell whether "at least 12", "up to 20" or "10 to 15" leaves room for what others count.

    One who says "at least 7" and then "at least 5" takes something back.
    """
    one, other = _ends(weak), _ends(firm)
    inside = one[0] <= other[0] and other[1] <= one[1] and weak.number != firm.number
    corrected = other[0] < other[1] and _same_people(weak, firm)
    return inside and not corrected


def _bound_apart(one: Statement, other: Statement) -> bool:
    """Tell whether one gives only a most and the other only a least, which it leaves room for."""
    upper, lower = (one.best, other.best) if one.best.low is None else (other.best, one.best)
    if upper.low is not None or upper.high is None or lower.high is not None:
        return False
    return lower.low is not None and lower.low <= upper.high


def _ends(statement: Statement) -> tuple[float, float]:
    low, high = statement.best.low, statement.best.high
    return 0 if low is None else low, math.inf if high is None else high


def _same_people(one: Statement, other: Statement) -> bool:
    if one.speakers & other.speakers:
        return True
    general = {OFFICIALS} in (one.speakers, other.speakers)
    return bool(general and one.speakers and other.speakers)


def _is_running(incident: Incident, former: Statement, later: Statement) -> bool:
    """Tell whether figures are counted up as the day goes on: tolls, and officials' local counts.

    A country's total, a count over stated hours and what a ministry says is given once: a governor
    who counts more of the drones than the ministry before him disagrees with it.
    """
    place = incident.place
    timed = any(window_of(claim).stated for claim in former.claims)
    local = bool(place.admin1 or place.spot) and not timed
    once = any(map(is_national, former.speakers)) and bool(later.speakers)
    return incident.metric in TOLLS or (local and not once)


def _comes_back_to(former: Statement, later: Statement) -> bool:
    """Tell whether a lower count is of a day after: within one day pages differ by mistake."""
    lower = later.number < former.number
    return lower and day_of(later.first) > day_of(former.first) and not _may_be_slip(former, later)


def _may_be_slip(former: Statement, later: Statement) -> bool:
    """Tell whether one text alone gives a number whose digits another gives exchanged."""
    alone = 1 in {len(former.texts), len(later.texts)}
    return alone and is_slip(former.number, later.number)


def _is_outgrown(former: Statement, later: Statement, highest: Mapping[str, int]) -> bool:
    """Tell whether the toll was still rising: its people, or anybody, went on to count more."""
    own = [highest.get(who, 0) >= later.number for who in former.speakers - {OFFICIALS}]
    return (bool(own) and all(own)) or max(highest.values(), default=0) > later.number


def _are_digests(one: Statement, other: Statement) -> bool:
    """Tell whether both sum up a day that is over: that is said once, and does not grow."""
    return {claim.window for each in (one, other) for claim in each.claims} == {"past_day"}
