"""The history of a number: what an estimate was after each document that moved it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tally.model import Claim, Document, Estimate, Ruling, published_at
from tally.reconcile.engine import reconcile
from tally.rulings import named

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
    """Return the steps by which an estimate came to be, the first figure first.

    Only claims of the days around it are looked at: what else is known has no part in it.
    """
    held = tuple(claims)
    # Rulings fail when they match nothing, so what they name comes along.
    ruled = named(held, rulings)
    near = tuple(claim for claim in held if _is_near(claim, estimate) or claim.id in ruled)
    moments: dict[dt.datetime, list[str]] = {}
    for claim in near:
        if claim.metric == estimate.metric and claim.attacker == estimate.attacker:
            moments.setdefault(published_at(claim.published), []).append(claim.document_id)
    steps: list[Step] = []
    for moment in sorted(moments):
        now = _same(reconcile(near, rulings, moment, documents).estimates, estimate)
        before = steps[-1].estimate if steps else None
        if _shown(now) != _shown(before):
            printed = set(moments[moment])
            mine = {c.document_id for c in near if now and c.id in now.claim_ids}
            steps.append(Step(moment, now, tuple(sorted(printed & mine or printed))))
    return tuple(steps)


def _is_near(claim: Claim, estimate: Estimate) -> bool:
    if claim.period_end is None or estimate.period_end is None:
        return claim.period_end == estimate.period_end
    start = (estimate.period_start or estimate.period_end) - NEAR
    return start <= claim.period_end <= estimate.period_end + NEAR


def _same(estimates: Iterable[Estimate], wanted: Estimate) -> Estimate | None:
    key = wanted.metric, wanted.side, wanted.incident, wanted.victims
    found = [e for e in estimates if (e.metric, e.side, e.incident, e.victims) == key]
    whole = [e for e in found if e.status != "partial"] or found
    return max(whole, key=lambda e: (e.window == wanted.window, len(e.claim_ids)), default=None)


def _shown(one: Estimate | None) -> tuple[object, ...] | None:
    return (one.low, one.high, one.hedge, one.status == "contested") if one else None
