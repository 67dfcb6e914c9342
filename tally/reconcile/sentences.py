"""Sentences that explain a relation: values, claimants and documents. It decides nothing."""

import datetime as dt

from tally.language import say, spoken, to_say
from tally.model import KYIV, Claim, Estimate, Metric, Quantity, published_at
from tally.names import place_called
from tally.reconcile.identity import called

NOUNS = {
    Metric.DRONES_LAUNCHED: to_say("{number} {n:drone|drones} launched"),
    Metric.DRONES_INTERCEPTED: to_say("{number} {n:drone|drones} stopped"),
    Metric.DRONES_LOST: to_say("{number} {n:drone|drones} lost"),
    Metric.DRONES_HIT: to_say("{number} {n:drone|drones} that hit"),
    Metric.DRONES_AIRBORNE: to_say("{number} {n:drone|drones} still airborne"),
    Metric.MISSILES_LAUNCHED: to_say("{number} {n:missile|missiles} launched"),
    Metric.MISSILES_INTERCEPTED: to_say("{number} {n:missile|missiles} stopped"),
    Metric.MISSILES_HIT: to_say("{number} {n:missile|missiles} that hit"),
    Metric.KILLED: to_say("{number} {n:killed|killed}"),
    Metric.INJURED: to_say("{number} {n:injured|injured}"),
    Metric.PERSONNEL_LOSSES: to_say("{number} {n:soldier|soldiers} lost"),
    Metric.EQUIPMENT_LOSSES: to_say("{number} {n:piece|pieces} of equipment lost"),
}
SEVERAL = {
    Metric.DRONES_LAUNCHED: to_say("drones launched"),
    Metric.DRONES_INTERCEPTED: to_say("drones stopped"),
    Metric.DRONES_LOST: to_say("drones lost"),
    Metric.DRONES_HIT: to_say("drones that hit"),
    Metric.DRONES_AIRBORNE: to_say("drones still airborne"),
    Metric.MISSILES_LAUNCHED: to_say("missiles launched"),
    Metric.MISSILES_INTERCEPTED: to_say("missiles stopped"),
    Metric.MISSILES_HIT: to_say("missiles that hit"),
    Metric.KILLED: to_say("killed"),
    Metric.INJURED: to_say("injured"),
    Metric.PERSONNEL_LOSSES: to_say("soldiers lost"),
    Metric.EQUIPMENT_LOSSES: to_say("pieces of equipment lost"),
}
WINDOWS = {
    "overnight": to_say("overnight"),
    "past_day": to_say("past day"),
    "morning": to_say("morning"),
    "daytime": to_say("daytime"),
    "evening": to_say("evening"),
    "week": to_say("week"),
}


def figure(about: Claim | Estimate | Quantity | None) -> str:
    """Return a number with its doubt in words; a stated zero is 0, "nothing" where there is none.

    >>> figure(Quantity(23, None, "at_least")), figure(Quantity(5, 8, "range")), figure(None)
    ('at least 23', '5 to 8', 'nothing')
    """
    if about is None:
        return say("nothing")
    if about.low is None and about.high is None:
        return say("no number")
    return "0" if about.low == about.high == 0 else spoken().quantity(about)


def said(claim: Claim) -> str:
    """Return what a claim counts: "at least 23 injured"."""
    counted = say(NOUNS[claim.metric], number=figure(claim), n=claim)
    window = claim.window
    hours = say(WINDOWS[window]) if window in WINDOWS else window.replace("-", "–")
    when = f" ({hours})" if hours else ""
    return f"{counted}{place_in(claim)}{when}"


def place_in(about: Claim | Estimate) -> str:
    """Return where something happened, as it stands after what happened."""
    if not about.place:
        return ""
    return say(" in {place}", place=place_called(about.place, about.admin1))


def whose(claim: Claim) -> str:
    """Return what a claim counts with who said it and where it is printed."""
    claimant = called(claim)
    return say(
        "{claimants} figure of {said} ({document})",
        claimants=possessive(claimant),
        claimant=claimant,
        said=said(claim),
        document=claim.document_id,
    )


def stated(claim: Claim) -> str:
    """Return what a claim counts with who said it."""
    claimant = called(claim)
    owner = possessive(claimant)
    return say("{claimants} figure of {said}", claimants=owner, claimant=claimant, said=said(claim))


def possessive(name: str) -> str:
    """Return the English name of a claimant as an owner: "the officials'", "Zarko's"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def day_of(claim: Claim) -> dt.date:
    """Return the day of publication in Kyiv."""
    return published_at(claim.published).astimezone(KYIV).date()


def published_when(earlier: Claim, later: Claim) -> str:
    """Return when the earlier of two claims came out, as seen from the later one."""
    if earlier.document_id == later.document_id:
        return say("given in the same document")
    if published_at(earlier.published) == published_at(later.published):
        return say("published the same day")
    if day_of(earlier) == day_of(later):
        return say("published earlier the same day")
    return say("published on {day:d MMMM}", day=day_of(earlier))
