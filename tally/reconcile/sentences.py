"""Sentences that explain a relation: values, claimants and documents. It decides nothing."""

import datetime as dt

from tally.model import KYIV, Claim, Hedge, Metric, published_at
from tally.reconcile.identity import claimant_name

NOUNS = {
    Metric.DRONES_LAUNCHED: "drone{s} launched",
    Metric.DRONES_INTERCEPTED: "drone{s} stopped",
    Metric.DRONES_LOST: "drone{s} lost",
    Metric.DRONES_HIT: "drone{s} that hit",
    Metric.MISSILES_LAUNCHED: "missile{s} launched",
    Metric.MISSILES_INTERCEPTED: "missile{s} stopped",
    Metric.MISSILES_HIT: "missile{s} that hit",
    Metric.KILLED: "killed",
    Metric.INJURED: "injured",
    Metric.PERSONNEL_LOSSES: "soldier{s} lost",
    Metric.EQUIPMENT_LOSSES: "piece{s} of equipment lost",
}
HEDGES: dict[Hedge, str] = {
    "about": "about ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "up to ",
    "less_than": "fewer than ",
}


def figure(low: int | None, high: int | None, hedge: Hedge) -> str:
    """Return a number with its doubt in words.

    >>> figure(23, None, "at_least"), figure(None, 70, "at_most"), figure(5, 8, "range")
    ('at least 23', 'up to 70', '5 to 8')
    """
    if low is not None and high is not None and low != high:
        return f"{low:,} to {high:,}"
    number = low if low is not None else high
    open_end: Hedge = "at_least" if high is None else "at_most"
    words = HEDGES.get(open_end if hedge in {"exact", "range"} and low != high else hedge, "")
    return f"{words}{number:,}" if number is not None else "no number"


def said(claim: Claim) -> str:
    """Return what a claim counts: "at least 23 injured"."""
    where = f" in {claim.place}" if claim.place else ""
    when = f" ({claim.window.replace('_', ' ')})" if claim.window else ""
    noun = NOUNS[claim.metric].format(s="" if claim.low == claim.high == 1 else "s")
    return f"{figure(claim.low, claim.high, claim.hedge)} {noun}{where}{when}"


def whose(claim: Claim) -> str:
    """Return what a claim counts with who said it and where it is printed."""
    return f"{possessive(claim)} {said(claim)} ({claim.document_id})"


def possessive(claim: Claim) -> str:
    """Return the claimant as an owner: "the officials'", "Zarko's"; a report without a source."""
    name = claimant_name(claim)
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def day_of(claim: Claim) -> dt.date:
    """Return the day of publication in Kyiv."""
    return published_at(claim.published).astimezone(KYIV).date()


def published_when(earlier: Claim, later: Claim) -> str:
    """Return when the earlier of two claims came out, as seen from the later one."""
    if earlier.document_id == later.document_id:
        return "given in the same document"
    if published_at(earlier.published) == published_at(later.published):
        return "published the same day"
    if day_of(earlier) == day_of(later):
        return "published earlier the same day"
    return f"published on {day_of(earlier).day} {day_of(earlier):%B}"
