"""Tolls that moved over time: which they are, and what each was after every document that moved it.

No words, no looks; what a toll was comes from `history`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tally.model import TOLLS, Claim, Document, Estimate, Reconciled, RelationKind, Ruling
from tally.reconcile import Step, history

MOST = 8
_MOVING = frozenset({RelationKind.UPDATES, RelationKind.CORRECTS, RelationKind.CONTRADICTS})


@dataclass(frozen=True, slots=True)
class Rising:
    """One toll, and the steps by which it came to be, the first figure first."""

    toll: Estimate
    steps: tuple[Step, ...]

    @property
    def claim_ids(self) -> frozenset[str]:
        """The claims that it rested on at any time."""
        return frozenset(i for step in self.steps if step.estimate for i in step.estimate.claim_ids)


def of_days(span: tuple[dt.date, dt.date]) -> Callable[[Estimate], bool]:
    """Return what tells whether a toll is of one of these days, both ends included."""

    def within(one: Estimate) -> bool:
        day = one.period_end
        return day is not None and one.period_start == day and span[0] <= day <= span[1]

    return within


def rising(
    reconciled: Reconciled,
    claims: Sequence[Claim],
    rulings: Sequence[Ruling],
    wanted: Callable[[Estimate], bool],
    most: int = MOST,
    documents: Mapping[str, Document] | None = None,
) -> tuple[Rising, ...]:
    """Return the gravest of the wanted tolls that were not always what they are, in day order.

    `claims` are those known by the moment of `reconciled`, which says what the tolls are now.
    """
    known = {claim.id for claim in reconciled.claims}
    held = [claim for claim in claims if claim.id in known]
    found: list[Rising] = []
    for toll in sorted(_candidates(reconciled, wanted), key=_gravity):
        steps = history(held, rulings, toll, documents)
        if len(steps) > 1:
            found.append(Rising(toll, steps))
        if len(found) == most:
            break
    return tuple(sorted(found, key=lambda one: (str(one.toll.period_end), _gravity(one.toll))))


def _candidates(reconciled: Reconciled, wanted: Callable[[Estimate], bool]) -> Iterator[Estimate]:
    """Give whole tolls whose claims, and those they stand against, came out at several times."""
    published = {claim.id: claim.published for claim in reconciled.claims}
    around: dict[str, set[str]] = defaultdict(set)
    for relation in reconciled.relations:
        if relation.kind in _MOVING:
            around[relation.claim_id].add(relation.other_id)
            around[relation.other_id].add(relation.claim_id)
    for one in reconciled.estimates:
        ids = {*one.claim_ids, *(i for claim_id in one.claim_ids for i in around[claim_id])}
        whole = one.metric in TOLLS and not one.victims and one.status != "partial"
        if whole and len({published[claim_id] for claim_id in ids}) > 1 and wanted(one):
            yield one


def _gravity(one: Estimate) -> tuple[object, ...]:
    ends = [end for end in (one.low, one.high) if end is not None]
    return (-max(ends, default=0), one.metric, one.place, one.side, one.claim_ids)
