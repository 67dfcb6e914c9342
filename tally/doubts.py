"""What disagrees in one night: related claims and findings, gathered into rows; no looks."""

from collections.abc import Iterable
from dataclasses import dataclass

from tally.evidence import Count, Night
from tally.hosts import publisher
from tally.model import Claim, Metric, Relation, RelationKind, Side
from tally.names import is_latin

ASKED = {
    RelationKind.CONTRADICTS: "contradict",
    RelationKind.CORRECTS: "corrected",
    RelationKind.UPDATES: "updated",
    RelationKind.OVERLAPS: "windows overlap",
}
CLOSED = ("corrected", "updated", "windows overlap")
_GRAVEST = tuple(ASKED)


@dataclass(frozen=True, slots=True)
class Saying:
    """One figure, and who gives it."""

    claimant: str
    side: Side
    publisher: str
    count: Count


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question that the claims leave: what about, who says which, why we think so.

    `regions` are those that it concerns: more than its own where a claim names the wrong place.
    """

    kind: str
    metric: Metric | None
    attacker: str
    place: str
    admin1: tuple[str, ...]
    sayings: tuple[Saying, ...]
    reasons: tuple[str, ...]
    regions: frozenset[str]

    @property
    def is_open(self) -> bool:
        """Tell whether a reader has to choose: nobody revised a figure, nor named other hours."""
        return self.kind not in CLOSED


def doubts(night: Night) -> tuple[Doubt, ...]:
    """Return the questions of the night, contradictions first, findings last."""
    grouped: dict[tuple[object, ...], list[Relation]] = {}
    for relation in night.relations:
        later = night.claim(relation.claim_id)
        if later and _is_asked(relation, later):
            subject = (later.metric, later.attacker, later.admin1, later.place)
            grouped.setdefault(subject, []).append(relation)
    rows = [_doubt(night, relations) for relations in grouped.values()]
    rows.sort(key=lambda row: (not row.is_open, bool(row.place), row.metric or "", row.place))
    told = {frozenset((r.claim_id, r.other_id)) for r in night.relations if r.kind in ASKED}
    return (*rows, *_findings(night, told))


def numbered(night: Night, sentence: str, claim_ids: Iterable[str]) -> str:
    """Return why claims are related: rows of the evidence for documents, places as we print them.

    A document that is no row of the evidence keeps its name.
    """
    said = sentence.replace("'", "’")
    for claim_id in claim_ids:
        claim = night.claim(claim_id)
        if claim is None:
            continue
        (row,) = night.numbers([claim_id])
        whole = f"({claim.document_id})"
        said = said.replace(whole if whole in said else claim.document_id, f"[{row}]", 1)
        place = night.names.place(claim.place, claim.admin1)
        if claim.place and is_latin(place):
            said = said.replace(f" in {claim.place}".replace("'", "’"), f" in {place}")
    return said


def _doubt(night: Night, relations: list[Relation]) -> Doubt:
    relations.sort(key=lambda relation: _GRAVEST.index(relation.kind))
    ids = [i for relation in relations for i in (relation.other_id, relation.claim_id)]
    claims = [claim for i in dict.fromkeys(ids) if (claim := night.claim(i))]
    about = next(c for r in relations if (c := night.claim(r.claim_id)))
    reasons = tuple(
        dict.fromkeys(numbered(night, r.sentence, (r.claim_id, r.other_id)) for r in relations)
    )
    subject = (about.metric, about.attacker, about.place, about.admin1)
    regions = frozenset(code for claim in claims for code in claim.admin1)
    return Doubt(ASKED[relations[0].kind], *subject, _sayings(night, claims), reasons, regions)


def _is_asked(relation: Relation, later: Claim) -> bool:
    """Leave out windows of one region: where windows overlap is drawn for the whole country."""
    overlaps = relation.kind == RelationKind.OVERLAPS
    return relation.kind in ASKED and not (overlaps and (later.place or later.admin1))


def _findings(night: Night, told: set[frozenset[str]]) -> tuple[Doubt, ...]:
    """Return the findings that no pair of claims has told already."""
    rows = []
    for finding in night.findings:
        if frozenset(finding.claim_ids) in told:
            continue
        claims = [claim for i in finding.claim_ids if (claim := night.claim(i))]
        about = claims[0]
        subject = (about.metric, about.attacker, about.place, about.admin1)
        reasons = (numbered(night, finding.sentence, finding.claim_ids),)
        kind = finding.check.replace("_", " ")
        said = _sayings(night, claims)
        rows.append(Doubt(kind, *subject, said, reasons, frozenset(about.admin1)))
    return tuple(rows)


def _sayings(night: Night, claims: list[Claim]) -> tuple[Saying, ...]:
    """Return each figure once a claimant, with every row that gives it."""
    held: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        key = (claim.low, claim.high, claim.hedge, claim.claimant, claim.claimant_side)
        held.setdefault(key, []).append(claim)
    return tuple(_saying(night, same) for same in held.values())


def _saying(night: Night, same: list[Claim]) -> Saying:
    first = same[0]
    document = night.documents.get(first.document_id)
    count = Count(first.low, first.high, first.hedge, night.numbers(claim.id for claim in same))
    return Saying(first.claimant, first.claimant_side, publisher(document), count)
