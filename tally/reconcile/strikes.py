"""Strikes on one place on one day, told apart by the hours that are named for them.

A city that is hit in the morning and again in the afternoon has two tolls, and the second takes
nothing back of the first; a toll of the day that they make together holds both. Hours that nobody
names tell nothing apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tally.model import TOLLS, Claim, published_at
from tally.reconcile.identity import locality
from tally.reconcile.incidents import number, order
from tally.reconcile.windows import window_of

WHOLE_DAY = 24.0
TOGETHER = "together"


def strikes(claims: Iterable[Claim]) -> dict[str, str]:
    """Return the hour of the strike, by claim, of claims about any but the first of their day.

    A toll of all of them together has the word for it in the place of an hour.
    """
    days: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.metric in TOLLS and window_of(claim).scope == "event":
            days[claim.attacker, locality(claim), window_of(claim).day].append(claim)
    return dict(tag for found in days.values() for tag in _tags(found))


def _tags(day: list[Claim]) -> Iterator[tuple[str, str]]:
    events = _apart([claim for claim in day if _is_named(claim)])
    if len(events) < 2:
        return
    loose = [claim for claim in day if not _is_named(claim)]
    for claim in sorted(loose, key=order):
        if _holds_all(claim, events):
            yield claim.id, TOGETHER
        else:
            _home(claim, events).append(claim)
    for event in events[1:]:
        hour = f"from {window_of(event[0]).begin:g}h"
        yield from ((claim.id, hour) for claim in event)


def _is_named(claim: Claim) -> bool:
    window = window_of(claim)
    return window.end - window.begin < WHOLE_DAY


def _apart(named: list[Claim]) -> list[list[Claim]]:
    """Return the claims of each stretch of hours; those that share an hour are of one stretch."""
    events: list[list[Claim]] = []
    until = float("-inf")
    for claim in sorted(named, key=lambda c: (window_of(c).begin, order(c))):
        window = window_of(claim)
        if window.begin >= until:
            events.append([])
        events[-1].append(claim)
        until = max(until, window.end)
    return events


def _home(claim: Claim, events: Sequence[list[Claim]]) -> list[Claim]:
    """Return the strike whose toll a claim of no hours gives, else the last one known by then."""
    same = [e for e in events if any(_figure(c) == _figure(claim) for c in e)]
    known = [e for e in events if published_at(e[0].published) <= published_at(claim.published)]
    return (same or known[-1:] or events)[0]


def _holds_all(claim: Claim, events: Sequence[list[Claim]]) -> bool:
    """Tell whether a toll of no hours is what the tolls of all strikes known by then make."""
    wholes = [[c for c in event if _kind(c) == _kind(claim) and not c.part_of] for event in events]
    before = [[c for c in found if order(c) < order(claim)] for found in wholes]
    lasts = [max(found, key=order) for found in before if found]
    return len(lasts) == len(events) and sum(map(number, lasts)) == number(claim) > 0


def _kind(claim: Claim) -> tuple[object, ...]:
    return _figure(claim)[:-1]


def _figure(claim: Claim) -> tuple[object, ...]:
    return claim.metric, claim.victims in {"", "civilian"} or claim.victims, number(claim)
