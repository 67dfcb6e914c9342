"""Tables about the claims themselves: who claims what, how claims fared, what could not be read.

No words, no looks. A claim is counted as it stands in the ledger; nothing here adds its figures.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

from tally.cells import safe_csv
from tally.model import (
    Claim,
    Document,
    Finding,
    Metric,
    Reconciled,
    Relation,
    RelationKind,
    Side,
)
from tally.names import Names
from tally.span import Day, Review
from tally.wording import capital

Fate = Literal["stands", "repeats", "raised", "lowered", "contradicted", "set aside"]
FATES: tuple[Fate, ...] = ("stands", "repeats", "raised", "lowered", "contradicted", "set aside")
SIDES: tuple[Side, ...] = ("Ukraine", "Russia", "third_party", "unattributed")
REVISED = (RelationKind.UPDATES, RelationKind.CORRECTS)
DRONES = (
    Metric.DRONES_LAUNCHED,
    Metric.DRONES_INTERCEPTED,
    Metric.DRONES_LOST,
    Metric.DRONES_HIT,
    Metric.DRONES_AIRBORNE,
)
MISSILES = (Metric.MISSILES_LAUNCHED, Metric.MISSILES_INTERCEPTED, Metric.MISSILES_HIT)
SUBJECTS: tuple[tuple[Metric, ...], ...] = (DRONES, MISSILES, (Metric.KILLED,), (Metric.INJURED,))


@dataclass(frozen=True, slots=True)
class Voiced:
    """Who claims what how often: counts of claims, by subject in the order of `SUBJECTS`."""

    name: str
    side: Side
    claims: int
    documents: int
    days: int
    subjects: tuple[int, ...]
    fates: Mapping[Fate, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims that contradict each other, the one that came first before the other."""

    day: Day
    one: Claim
    other: Claim
    sentence: str

    @property
    def crosses(self) -> bool:
        """Whether the two speak for different sides."""
        return self.one.claimant_side != self.other.claimant_side


@dataclass(frozen=True, slots=True)
class Kind:
    """How often claims stand to one another in one way, by the rule that found it."""

    kind: RelationKind
    pairs: int
    across: int
    rules: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read: documents without a claim, refused ones, claims that lack much."""

    silent: tuple[Document, ...]
    refused: tuple[str, ...]
    reasons: Mapping[str, int]
    doubtful: int
    nobody: int
    nowhere: int
    undated: int
    documents: int


@dataclass(frozen=True, slots=True)
class Audit:
    """The claims of a span; `review` numbers those that a table of the audit names."""

    review: Review
    claims: tuple[Claim, ...]
    fates: Mapping[str, Fate]
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
    pairs: tuple[Pair, ...]
    unread: Unread
    names: Names

    @property
    def documents(self) -> int:
        """How many documents the claims are from."""
        return len({claim.document_id for claim in self.claims})

    def count(self, fate: Fate, side: Side | None = None) -> int:
        """Return how many claims fared so, of one side or of all."""
        mine = (claim for claim in self.claims if side in (None, claim.claimant_side))
        return sum(self.fates[claim.id] == fate for claim in mine)

    def of(self, side: Side) -> int:
        """Return how many claims are the word of a side."""
        return sum(claim.claimant_side == side for claim in self.claims)


def audit(made: Review, reconciled: Reconciled, refused: Sequence[str], names: Names) -> Audit:
    """Return the tables of the claims about the days of a review."""
    span = (made.start, made.end)
    claims = tuple(c for c in reconciled.claims if _within(c.period_end, span))
    held = {claim.id for claim in claims}
    relations = tuple(r for r in reconciled.relations if {r.claim_id, r.other_id} <= held)
    documents: Mapping[str, Document] = {}
    for day in made.days:
        documents = day.night.documents
    pairs = tuple(_pairs(made.days, relations, claims))
    shown = [(pair.day, claim) for pair in pairs for claim in (pair.one, pair.other)]
    evidence = {claim.id: (day, claim) for day, claim in shown}
    numbers = {claim_id: row for row, claim_id in enumerate(evidence, start=1)}
    return Audit(
        replace(made, evidence=tuple(evidence.values()), numbers=numbers),
        claims,
        fates(claims, relations, reconciled.rejected),
        relations,
        tuple(f for f in reconciled.findings if held.intersection(f.claim_ids)),
        pairs,
        unread(reconciled.claims, claims, documents, refused),
        names,
    )


def fates(
    claims: Sequence[Claim], relations: Iterable[Relation], rejected: frozenset[str]
) -> dict[str, Fate]:
    """Return what became of each claim: the first that holds of set aside, contradicted, replaced.

    A claim that says what an earlier one said is a repetition; what nothing befell stands.
    """
    known = {claim.id: claim for claim in claims}
    made: dict[str, Fate] = {claim.id: "stands" for claim in claims}
    ordered = sorted(relations, key=lambda relation: _STRENGTH.get(relation.kind, 0))
    for relation in ordered:
        later, earlier = known[relation.claim_id], known[relation.other_id]
        if relation.kind == RelationKind.REPEATS:
            made[later.id] = "repeats"
        elif relation.kind in REVISED and _ends(later) != _ends(earlier):
            made[earlier.id] = "raised" if _ends(later) > _ends(earlier) else "lowered"
        elif relation.kind == RelationKind.CONTRADICTS:
            made[later.id] = made[earlier.id] = "contradicted"
    return made | {claim_id: "set aside" for claim_id in rejected if claim_id in made}


def voices(made: Audit) -> tuple[Voiced, ...]:
    """Return who claims what how often, the most talkative first; a title makes no other person."""
    held: dict[tuple[str, Side], list[Claim]] = defaultdict(list)
    called: dict[tuple[str, Side], str] = {}
    for claim in made.claims:
        side = claim.claimant_side
        key = capital(made.names.person(claim.claimant, side)), side
        name = capital(made.names.printed(claim.claimant, side))
        called[key] = max(called.get(key, ""), name, key=len)
        held[key].append(claim)
    rows = (_voiced(made, called[key], key[1], said) for key, said in held.items())
    return tuple(sorted(rows, key=lambda row: (-row.claims, row.side, row.name)))


def kinds(made: Audit) -> tuple[Kind, ...]:
    """Return how claims stand to one another, in the order of the kinds."""
    document = {claim.id: claim.document_id for claim in made.claims}
    rows = []
    for kind in RelationKind:
        found = [relation for relation in made.relations if relation.kind == kind]
        across = sum(document[r.claim_id] != document[r.other_id] for r in found)
        rules = Counter(relation.rule for relation in found)
        rows.append(Kind(kind, len(found), across, dict(rules.most_common())))
    return tuple(rows)


def fates_csv(made: Audit) -> str:
    """Return every claim of the audit as CSV, with what became of it."""
    names = [field.name for field in fields(Claim)]
    rows = ([made.fates[c.id], *(getattr(c, name) for name in names)] for c in made.claims)
    return safe_csv(["fate", *names], rows)


def unread(
    every: Sequence[Claim],
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    refused: Sequence[str],
) -> Unread:
    """Return what could not be read of the documents, and what the claims do not say."""
    spoken = {claim.document_id for claim in every}
    reasons = Counter(reason for c in claims if c.review for reason in c.review.split("; "))
    people = [c for c in claims if c.metric in (Metric.KILLED, Metric.INJURED)]
    return Unread(
        tuple(d for name, d in sorted(documents.items()) if name not in spoken),
        tuple(refused),
        dict(reasons.most_common()),
        sum(bool(claim.review) for claim in claims),
        _number(claims, lambda claim: not claim.claimant),
        _number(people, lambda claim: not (claim.place or claim.admin1)),
        _number(every, lambda claim: claim.period_end is None),
        len(documents),
    )


_STRENGTH = {
    RelationKind.REPEATS: 1,
    RelationKind.UPDATES: 2,
    RelationKind.CORRECTS: 3,
    RelationKind.CONTRADICTS: 4,
}


def _pairs(
    days: Sequence[Day], relations: Iterable[Relation], claims: Sequence[Claim]
) -> Iterator[Pair]:
    """Give contradictions, one a pair of figures and claimants, in the order of the days."""
    known = {claim.id: claim for claim in claims}
    nights = {day.night.day: day for day in days}
    seen: set[tuple[object, ...]] = set()
    found = [r for r in relations if r.kind == RelationKind.CONTRADICTS]
    for relation in sorted(found, key=lambda r: str(known[r.claim_id].period_end)):
        other, one = known[relation.claim_id], known[relation.other_id]
        key = (other.metric, other.attacker, other.admin1, *_said(one), *_said(other))
        if key not in seen and other.period_end:
            seen.add(key)
            yield Pair(nights[other.period_end], one, other, relation.sentence)


def _said(claim: Claim) -> tuple[object, ...]:
    return claim.low, claim.high, claim.claimant_side, claim.claimant


def _voiced(made: Audit, name: str, side: Side, said: Sequence[Claim]) -> Voiced:
    return Voiced(
        name,
        side,
        len(said),
        len({claim.document_id for claim in said}),
        len({claim.period_end for claim in said}),
        tuple(sum(claim.metric in subject for claim in said) for subject in SUBJECTS),
        Counter(made.fates[claim.id] for claim in said),
    )


def _ends(claim: Claim) -> tuple[int, int]:
    ends = [end for end in (claim.low, claim.high) if end is not None]
    return (max(ends), min(ends)) if ends else (0, 0)


def _within(day: dt.date | None, span: tuple[dt.date, dt.date]) -> bool:
    return day is not None and span[0] <= day <= span[1]


def _number(claims: Iterable[Claim], told: Callable[[Claim], bool]) -> int:
    return sum(told(claim) for claim in claims)
