"""What checks read of a claim: the least and the most that it allows, and its words."""

from collections.abc import Iterable
from functools import lru_cache

from tally.language import say, spoken, to_say
from tally.model import Claim, Estimate, Hedge, Metric, Quantity, Reconciled, Relation, RelationKind
from tally.names import ENGLISH, load_names, place_printed

ROUNDED = 0.1
VICTIMS = {
    "civilian": to_say("civilian"),
    "child": to_say("child"),
    "military": to_say("military"),
    "responder": to_say("responder"),
}
NOUNS = {
    Metric.DRONES_LAUNCHED: to_say("drones launched"),
    Metric.DRONES_INTERCEPTED: to_say("drones stopped"),
    Metric.DRONES_LOST: to_say("drones lost"),
    Metric.DRONES_HIT: to_say("drones hit"),
    Metric.DRONES_AIRBORNE: to_say("drones still airborne"),
    Metric.MISSILES_LAUNCHED: to_say("missiles launched"),
    Metric.MISSILES_INTERCEPTED: to_say("missiles stopped"),
    Metric.MISSILES_HIT: to_say("missiles hit"),
    Metric.KILLED: to_say("killed"),
    Metric.INJURED: to_say("injured"),
    Metric.PERSONNEL_LOSSES: to_say("soldiers lost"),
    Metric.EQUIPMENT_LOSSES: to_say("pieces of equipment lost"),
}


def counted(reconciled: Reconciled) -> Iterable[Claim]:
    """Return the claims that count: those that no ruling took out."""
    return (claim for claim in reconciled.claims if claim.id not in reconciled.rejected)


def is_part(relation: Relation) -> bool:
    """Tell whether a relation puts one claim inside another."""
    return relation.kind == RelationKind.PART_OF


def least(claim: Claim) -> int:
    """Return the least that a claim allows."""
    return next((end for end in (claim.low, claim.high) if end is not None), 0)


def most(claim: Claim | Estimate) -> int:
    """Return the most that a claim or an estimate allows."""
    return next((end for end in (claim.high, claim.low) if end is not None), 0)


def ceiling(whole: Claim | Estimate) -> float:
    """Return the most that parts of a total may add up to: "about 100" is rounded."""
    return most(whole) * (1 + ROUNDED) if whole.hedge == "about" else most(whole)


def claimant_name(claim: Claim) -> str:
    """Return the English name of the claimant, in whatever language; "" if nobody is named."""
    return _claimant_name(claim.claimant, claim.claimant_side) if claim.claimant else ""


@lru_cache(maxsize=1 << 14)
def _claimant_name(claimant: str, side: str) -> str:
    return load_names(ENGLISH).claimant(claimant, side)


def figure(claim: Claim) -> str:
    """Return a number as it is printed in a finding."""
    low, high = claim.low, claim.high
    if low is not None and low == high:
        return spoken().number(low)
    hedge: Hedge = "at_least" if high is None else "at_most" if low is None else "range"
    return spoken().quantity(Quantity(low, high, hedge))


def part_name(claim: Claim) -> str:
    """Return what tells a part from its whole: its place, its class of people, what it counts."""
    return (
        place_printed(claim.place, claim.admin1)
        or say(VICTIMS.get(claim.victims, ""))
        or noun(claim)
    )


def noun(claim: Claim) -> str:
    """Return what a claim counts, in words."""
    return say(NOUNS[claim.metric])
