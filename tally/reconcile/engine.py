"""Claims in, what they say together out: the steps in their order; each decides for itself."""

import datetime as dt
import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tally.checks import check
from tally.counts import claimant_name
from tally.language import say, to_say
from tally.model import (
    TOLLS,
    Balance,
    Claim,
    Document,
    Estimate,
    Metric,
    Reconciled,
    Relation,
    RelationKind,
    Ruling,
    published_at,
)
from tally.reconcile.balance import balances
from tally.reconcile.descent import Descent, descend
from tally.reconcile.estimates import estimate, join_windows
from tally.reconcile.gathering import gather
from tally.reconcile.identity import locality
from tally.reconcile.incidents import Incident, number, order
from tally.reconcile.increments import Sum, add_up, explain
from tally.reconcile.lines import MORNING_AFTER, SHOT_AND_LOST, Context, Line, draw
from tally.reconcile.parts import parts
from tally.reconcile.refusals import Refusal, refuse
from tally.reconcile.scopes import digests, disagreements, is_inside, other_scopes, overlaps
from tally.reconcile.sentences import whose
from tally.reconcile.strikes import strikes
from tally.reconcile.windows import is_morning_after, with_hours
from tally.rulings import Judged, judge

ADDED = frozenset({"night", "day"})  # hours that communiques tell piece by piece


def reconcile(
    claims: Iterable[Claim],
    rulings: Sequence[Ruling],
    as_of: dt.date | dt.datetime | None,
    documents: Mapping[str, Document] | None = None,
) -> Reconciled:
    """Return what was known at a moment, `None` for all there is, under the rulings.

    `documents` tell which texts are copies or later versions of others, by id; without them each
    document speaks for itself.

    A bare date means the end of that day in Kyiv, a time without an offset Kyiv time.
    A ruling about a document that is not out yet is no error; one that matches nothing is.
    """
    moment = published_at(as_of.isoformat()) if as_of else None
    with _no_collecting():
        return _told(_count(judge(claims, rulings), moment, documents or {}))


def estimates_at(
    claims: Iterable[Claim],
    rulings: Sequence[Ruling],
    moment: dt.datetime,
    documents: Mapping[str, Document],
    like: Estimate,
) -> tuple[Estimate, ...]:
    """Return those estimates of `reconcile` that may be of the incident and metric of `like`.

    For whoever asks at one moment after another: nothing is said of them.
    """
    with _no_collecting():
        counted = _count(judge(claims, rulings), moment, documents)
        wanted = (
            i for i in counted.incidents if (i.label, i.metric) == (like.incident, like.metric)
        )
        return _estimated(_lines(wanted, counted), counted.sums)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep the collector of cycles from walking all claims again and again: none are made here."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Counted:
    """The claims known at a moment, and what they come to before anything is said of them."""

    known: list[Claim]
    rejected: frozenset[str]
    descent: Descent
    standing: Mapping[str, Claim]
    sums: tuple[Sum, ...]
    refused: list[Refusal]
    counted: list[Claim]
    incidents: tuple[Incident, ...]
    accepted: Mapping[str, Ruling]


def _count(
    judged: Judged, moment: dt.datetime | None, documents: Mapping[str, Document]
) -> _Counted:
    known = [c for c in judged.claims if moment is None or published_at(c.published) <= moment]
    known.sort(key=order)
    rejected = frozenset(claim.id for claim in known if claim.id in judged.rejected)
    descent = descend((claim for claim in known if claim.id not in rejected), documents, moment)
    standing = {claim.id: claim for claim in sorted(descent.claims, key=order)}
    sums = add_up(standing.values())
    refused = [r for r in refuse(standing.values()) if r.claim.id not in judged.accepted]
    inside = {piece.id for found in sums for piece in found.pieces}
    inside |= {refusal.claim.id for refusal in refused}
    counted = [with_hours(claim, standing) for claim in standing.values() if claim.id not in inside]
    incidents = gather(counted, judged.joined, judged.parted, strikes(counted))
    accepted = judged.accepted
    return _Counted(known, rejected, descent, standing, sums, refused, counted, incidents, accepted)


def _estimated(lines: list[list[Line]], sums: Iterable[Sum]) -> tuple[Estimate, ...]:
    bare = (_sum_estimate(one) for one in sums if not one.stated and not one.told)
    return tuple(sorted((*_estimates(lines), *bare), key=_estimate_order))


def _told(counted: _Counted) -> Reconciled:
    made = [*counted.descent.relations, *(refusal.relation for refusal in counted.refused)]
    lines = _lines(counted.incidents, counted)
    made += _relations(counted.standing, lines, counted.sums)
    unique = {(r.kind, r.claim_id, r.other_id): r for r in reversed(made)}
    relations = tuple(unique[key] for key in sorted(unique))
    estimates = _estimated(lines, counted.sums)
    result = Reconciled(
        claims=tuple(counted.known),
        relations=relations,
        estimates=estimates,
        balances=balances(estimates, relations, counted.standing),
        findings=(),
        rejected=counted.rejected,
    )
    return replace(result, findings=(*counted.descent.findings, *check(result)))


def _lines(incidents: Iterable[Incident], known: _Counted) -> list[list[Line]]:
    addends: dict[tuple[object, ...], set[tuple[str, int]]] = defaultdict(set)
    tolls: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in known.counted:
        about = (claim.attacker, claim.period_end)
        if claim.metric == Metric.DRONES_LOST:
            addends[(*about, claim.admin1)].add((SHOT_AND_LOST, number(claim)))
        elif claim.metric == Metric.DRONES_INTERCEPTED and is_morning_after(claim):
            addends[about].add((MORNING_AFTER, number(claim)))
        elif claim.metric in TOLLS:
            tolls[claim.document_id, locality(claim), claim.period_end].append(claim)
    companions = _companions(tolls.values())
    lines = []
    for incident in incidents:
        given: set[tuple[str, int]] = set()
        if incident.metric == Metric.DRONES_INTERCEPTED and incident.scope == "night":
            about = (incident.attacker, incident.day)
            given = addends[about] | addends[(*about, incident.place.admin1)]
        lines.append(draw(incident, Context(tuple(sorted(given)), companions, known.accepted)))
    return lines


def _companions(groups: Iterable[list[Claim]]) -> dict[str, int]:
    """Return the killed that a document gives next to each of its injured: tolls move together."""
    found = {}
    for claims in groups:
        killed = [claim for claim in claims if claim.metric == Metric.KILLED]
        for claim in claims:
            if claim.metric == Metric.INJURED and killed:
                near = min((abs(k.start - claim.start), number(k)) for k in killed)
                found[claim.id] = near[1]
    return found


def _relations(
    known: Mapping[str, Claim], groups: list[list[Line]], sums: Iterable[Sum]
) -> list[Relation]:
    lines = [line for group in groups for line in group]
    made = [relation for line in lines for relation in (*line.relations, *_repeats(line))]
    made += [relation for found in sums for relation in explain(found)]
    made += parts(known, lines)
    for group in groups:
        made += disagreements(group)
        for side in sorted({line.side for line in group}):
            made += overlaps([line for line in group if line.side == side])
    made += other_scopes(lines)
    made += digests(lines)
    return made


def _repeats(line: Line) -> list[Relation]:
    made = []
    for statement in line.statements:
        first = statement.first
        for claim in statement.claims[1:]:
            same = number(claim) == number(first)
            rule = to_say("same figure") if same else to_say("rounded figure")
            if claim.claimant_side == "unattributed" != first.claimant_side:
                rule = to_say("media copy")
            message = to_say("{claim} rounds {first}.")
            if same:
                message = to_say("{claim} repeats {first}.")
            sentence = say(message, claim=whose(claim), first=whose(first))
            made.append(Relation(RelationKind.REPEATS, claim.id, first.id, rule, sentence))
    return made


def _estimates(groups: list[list[Line]]) -> list[Estimate]:
    made: list[Estimate] = []
    for group in groups:
        joined = _joined(group)
        pieces = {claim_id for one in joined for claim_id in one.claim_ids}
        for line in group:
            others = [o for o in group if o.side == line.side and o is not line]
            piece = any(c.id in pieces for s in line.standing for c in s.claims)
            made += estimate(line, partial=piece or is_inside(line, others))
        made += joined
    return made


def _joined(group: list[Line]) -> list[Estimate]:
    if not group or group[0].incident.metric in TOLLS or group[0].incident.scope not in ADDED:
        return []
    sides = sorted({line.side for line in group})
    made = (join_windows([line for line in group if line.side == side]) for side in sides)
    return [one for one in made if one]


def _sum_estimate(found: Sum) -> Estimate:
    """Return an increment with its base; alone, it is shown as what it is, a part."""
    pieces = found.pieces
    first = pieces[0]
    return Estimate(
        metric=first.metric,
        side=first.claimant_side,
        attacker=first.attacker,
        place=first.place,
        admin1=first.admin1,
        period_start=first.period_start,
        period_end=first.period_end,
        window=first.window,
        low=found.total,
        high=found.total,
        hedge="exact" if all(piece.hedge == "exact" for piece in pieces) else "about",
        status="updated" if found.base else "partial",
        claimants=(claimant_name(first),) if first.claimant else (),
        claim_ids=tuple(piece.id for piece in reversed(pieces)),
        incident=f"{first.document_id} increments",
        victims=first.victims,
    )


def _estimate_order(one: Estimate) -> tuple[object, ...]:
    day = one.period_end.isoformat() if one.period_end else ""
    where = (one.place != "" or one.admin1 != (), one.admin1, one.place)
    return (day, one.attacker, one.metric, where, one.side, one.window, one.victims, one.claim_ids)


__all__ = ["Balance", "Reconciled", "reconcile"]
