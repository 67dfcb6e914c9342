"""What there is to decide, the hardest first: findings, then what many claims of a document share.

Asks nobody and writes nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tally.errors import TallyError
from tally.language import say, to_say
from tally.model import Claim, Document, Finding, Ruling
from tally.pages import spans_moved
from tally.reconcile import reconcile
from tally.rulings import CORRECTABLE, Judged, judge
from tally.second.notes import NAME, Note, standing
from tally.unread_words import REASONS

REVIEW = "review"
FIGURE = ("low", "high")
WHOLE_FIGURE = ("metric", *FIGURE)
# What is in doubt, by how a reason begins; a reason that names fields is about those.
FIELDS = {
    "date from": ("period_start", "period_end"),
    "attribution carried": ("claimant", "claimant_side"),
}
SECOND_READER = to_say("second reader: {document}: {reason}: “{quote}”")


@dataclass(frozen=True, slots=True)
class Question:
    """What a person has to look at, and the claims that are left to decide about.

    `check` is the check that found it, or `review` for a reason to look again that the claims of
    the document `document_id` share. A note about a figure that no claim has is about no claims.
    """

    check: str
    reason: str
    claims: tuple[Claim, ...]
    document_id: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are right when a person says that what is asked about is right."""
        if self.check != REVIEW:
            return WHOLE_FIGURE
        for begins, fields in FIELDS.items():
            if self.reason.startswith(begins):
                return fields
        named = set(re.findall(r"\w+", self.reason))
        return tuple(name for name in CORRECTABLE if name in named - set(FIGURE)) or FIGURE


@dataclass(frozen=True, slots=True)
class Decided:
    """What rulings have settled: ids of claims whose findings are void, of claims that are closed,
    and the fields that were read of each.

    Who confirms a field has not looked at the others.
    """

    void: frozenset[str]
    closed: frozenset[str]
    read: Mapping[str, frozenset[str]]

    def left(self, question: Question) -> Question | None:
        """Return what of a question is still to be asked, if anything."""
        if not question.claims:
            return question
        claims = tuple(claim for claim in question.claims if not self._has_read(claim.id, question))
        if question.document_id:
            return replace(question, claims=claims) if claims else None
        is_void = any(claim.id in self.void for claim in question.claims)
        return question if claims and not is_void else None

    def _has_read(self, claim_id: str, question: Question) -> bool:
        read = self.read.get(claim_id, frozenset())
        return claim_id in self.closed or read.issuperset(question.fields)


def decided(
    claims: Iterable[Claim], rulings: Sequence[Ruling], since: Sequence[Ruling] = ()
) -> Decided:
    """Return what rulings settle; what was found knows nothing of the rulings `since`."""
    stored = {claim.id: claim for claim in claims}
    judged = judge(stored.values(), rulings)
    void = frozenset(judged.accepted) | frozenset(judged.rejected)
    closed = void.union(judged.joined, judged.parted, _changed(stored, judged))
    if since:
        void |= _changed(stored, judge(stored.values(), since))
    return Decided(void, closed, judged.read)


def _changed(stored: Mapping[str, Claim], judged: Judged) -> set[str]:
    return {claim.id for claim in judged.claims if claim != stored[claim.id]}


def questions(
    claims: Sequence[Claim],
    rulings: Sequence[Ruling],
    folder: Path,
    documents: Mapping[str, Document],
    only: str = "",
) -> tuple[Question, ...]:
    """Return all that there is to ask, whatever was decided, the hardest first.

    TallyError when `only`, a check or `review`, asks for what nothing is found by.
    """
    result = reconcile(claims, rulings, None, documents)
    known = {claim.id: claim for claim in result.claims}
    texts = {document.id: document.text for document in documents.values()}
    found = [*result.findings, *spans_moved(claims, texts)]
    notes = list(standing(folder / NAME, documents, claims))
    asked = [*_about_findings(found, known), *_about_documents(claims, known, notes)]
    checks = sorted({question.check for question in asked})
    if only and only not in checks:
        msg = f"nothing is found by {only!r}; there is {', '.join(checks) or 'nothing at all'}."
        raise TallyError(msg)
    return tuple(question for question in asked if only in {"", question.check})


def _about_findings(findings: Iterable[Finding], known: Mapping[str, Claim]) -> Iterator[Question]:
    asked: set[frozenset[str]] = set()
    for finding in findings:
        about = frozenset(finding.claim_ids)
        if about not in asked:
            asked.add(about)
            claims = tuple(known[claim_id] for claim_id in dict.fromkeys(finding.claim_ids))
            yield Question(finding.check, finding.sentence, claims)


def _about_documents(
    claims: Iterable[Claim], known: Mapping[str, Claim], notes: Sequence[tuple[str, Note]]
) -> list[Question]:
    """Return one question for each reason that claims of a document share."""
    said: dict[str, list[str]] = defaultdict(list)
    for _, note in notes:
        said[note.claim_id].append(note.reason)
    shared: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        for reason in dict.fromkeys([*claim.review.split("; "), *said[claim.id]]):
            if reason:
                shared[reason, claim.document_id].append(known[claim.id])
    made = [Question(REVIEW, r, tuple(held), name) for (r, name), held in shared.items()]
    made += [Question(REVIEW, _unread(name, note), ()) for name, note in notes if not note.claim_id]
    return sorted(made, key=_ease)


def _unread(document_id: str, note: Note) -> str:
    return say(SECOND_READER, document=document_id, reason=note.reason, quote=note.quote)


def _ease(question: Question) -> tuple[int, int]:
    """Rank reasons: what a second reader doubts, then the grammar's, the commonest of them last."""
    known = question.reason in REASONS
    return -REASONS.index(question.reason) if known else -len(REASONS), -len(question.claims)
