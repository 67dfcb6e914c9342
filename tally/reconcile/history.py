"""What was known when: the steps by which a number came to be, and what moved on one day.

Only claims of the days around are looked at: what else is known has no part in it.
"""

import datetime as dt
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tally.model import (
    TOLLS,
    Claim,
    Document,
    Estimate,
    Metric,
    Reconciled,
    Ruling,
    published_at,
)
from tally.reconcile.engine import estimates_at, reconcile
from tally.reconcile.identity import locality
from tally.reconcile.incidents import number
from tally.reconcile.movement import Change, what_moved
from tally.rulings import named

# A day is held against the day before and the day after, and a night has two days.
NEAR = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Step:
    """An estimate as it was from a moment on, and the documents that made it so.

    `estimate` is None where nothing stood any more.
    """

    at: dt.datetime
    estimate: Estimate | None
    document_ids: tuple[str, ...]


def history(
    claims: Iterable[Claim],
    rulings: Sequence[Ruling],
    estimate: Estimate,
    documents: Mapping[str, Document] | None = None,
) -> tuple[Step, ...]:
    """Return the steps by which an estimate came to be, the first figure first."""
    last = estimate.period_end
    first = estimate.period_start or last
    near = _near(claims, rulings, first, last)
    if estimate.metric in TOLLS:
        near = _telling(near, estimate, named(near, rulings))
    moments: dict[dt.datetime, list[str]] = {}
    for claim in near:
        if claim.metric == estimate.metric and claim.attacker == estimate.attacker:
            moments.setdefault(published_at(claim.published), []).append(claim.document_id)
    steps: list[Step] = []
    for moment in sorted(moments):
        now = _same(estimates_at(near, rulings, moment, documents or {}, estimate), estimate)
        before = steps[-1].estimate if steps else None
        if _shown(now) != _shown(before):
            printed = set(moments[moment])
            mine = {c.document_id for c in near if now and c.id in now.claim_ids}
            steps.append(Step(moment, now, tuple(sorted(printed & mine or printed))))
    return tuple(steps)


def _telling(near: Iterable[Claim], estimate: Estimate, ruled: Container[str]) -> tuple[Claim, ...]:
    """Return the claims that have part in a toll, and all tolls of their documents.

    They are of its place, or give as many injured elsewhere: one of the two may be in a wrong
    place. A text is compared with others as a whole.
    """
    tolls = [claim for claim in near if claim.metric in TOLLS or claim.id in ruled]
    places = {locality(claim) for claim in tolls if claim.id in estimate.claim_ids}
    here = [claim for claim in tolls if locality(claim) in places]
    hurt = {number(claim) for claim in here if claim.metric == Metric.INJURED}
    as_many = [c for c in tolls if c.metric == Metric.INJURED and number(c) in hurt]
    documents = {claim.document_id for claim in (*here, *as_many)}
    return tuple(c for c in tolls if c.document_id in documents or c.id in ruled)


def moved_on(
    day: dt.date,
    since: dt.datetime,
    now: Reconciled,
    known: tuple[Iterable[Claim], Sequence[Ruling]],
    documents: Mapping[str, Document] | None = None,
) -> tuple[Change, ...]:
    """Return how figures about one day differ from an earlier edition, that of `since`.

    `now` is what is made of the known claims and rulings.
    """
    claims, rulings = known
    before = reconcile(_near(claims, rulings, day, day), rulings, since, documents)
    return what_moved(before, now, day)


def _near(
    claims: Iterable[Claim],
    rulings: Sequence[Ruling],
    first: dt.date | None,
    last: dt.date | None,
) -> tuple[Claim, ...]:
    """Return the claims of these days and those around them; of no day, those without one."""
    held = tuple(claims)
    # Rulings fail when they match nothing, so what they name comes along.
    ruled = named(held, rulings)
    return tuple(c for c in held if _is_near(c.period_end, first, last) or c.id in ruled)


def _is_near(day: dt.date | None, first: dt.date | None, last: dt.date | None) -> bool:
    if day is None or first is None or last is None:
        return day == last
    return first - NEAR <= day <= last + NEAR


def _same(estimates: Iterable[Estimate], wanted: Estimate) -> Estimate | None:
    key = wanted.metric, wanted.side, wanted.incident, wanted.victims
    found = [e for e in estimates if (e.metric, e.side, e.incident, e.victims) == key]
    whole = [e for e in found if e.status != "partial"] or found
    return max(whole, key=lambda e: (e.window == wanted.window, len(e.claim_ids)), default=None)


def _shown(one: Estimate | None) -> tuple[object, ...] | None:
    return (one.low, one.high, one.hedge, one.status == "contested") if one else None
