"""Claims of texts that come from another text: its copies, and its later versions.

A copy is no voice of its own: what it repeats is counted once, with the text that came first. A
later version speaks in the place of the former: what it still says counts from when it was first
said, what it says otherwise corrects the former, and what it no longer says is found, and counts
no more. A claim that a copy alone gives stands like any other.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tally.language import to_say
from tally.model import Claim, Document, Finding, Relation, RelationKind, published_at
from tally.reconcile.identity import locality
from tally.reconcile.sentences import whose

COPIED = to_say("copied text")
SAME_PAGE = to_say("same page, later text")
CHANGED = to_say("changed text")
WITHDRAWN = "figure_withdrawn"

Key = tuple[object, ...]


@dataclass(slots=True)
class Descent:
    """The claims that are counted, and what is said of those that are not."""

    claims: list[Claim]
    relations: list[Relation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def descend(
    claims: Iterable[Claim], documents: Mapping[str, Document], moment: dt.datetime | None
) -> Descent:
    """Return claims with those of copies and of replaced texts left out, as known at a moment."""
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        held[claim.document_id].append(claim)
    made = Descent([])
    for versions in _chains(documents, moment):
        _replace(versions, held, made)
    for family in _families(held, documents):
        _leave_out_copies(family, held, made)
    made.claims = [claim for document in held.values() for claim in document]
    return made


def _chains(documents: Mapping[str, Document], moment: dt.datetime | None) -> list[list[str]]:
    """Return the ids of the versions of each text that was changed, the first one first."""
    later: dict[str, str] = {}
    for document in sorted(documents.values(), key=lambda one: one.id):
        out = moment is None or published_at(document.known_from) <= moment
        if document.replaces in documents and document.replaces != document.id and out:
            later[document.replaces] = document.id
    firsts = set(later) - set(later.values())
    chains = []
    for first in sorted(firsts):
        chain = [first]
        while chain[-1] in later:
            chain.append(later[chain[-1]])
        chains.append(chain)
    return chains


def _replace(versions: list[str], held: dict[str, list[Claim]], made: Descent) -> None:
    """Leave the last version alone to speak, its figures dated by the version that gave each."""
    *formers, last = versions
    if not any(name in held for name in formers):
        return
    now = {_figure(claim): claim for claim in reversed(held.get(last, []))}
    since: dict[str, str] = {}
    for former in formers:
        for claim in held.pop(former, []):
            same = now.get(_figure(claim))
            if same:
                since.setdefault(same.id, claim.published)
                made.relations.append(_repeats(same, claim, SAME_PAGE, "a later text of that page"))
                continue
            other = next((c for c in held.get(last, []) if _subject(c) == _subject(claim)), None)
            if other:
                made.relations.append(_corrects(other, claim))
            else:
                made.findings.append(_withdrawn(claim, last))
    if last in held:
        held[last] = [replace(c, published=since.get(c.id, c.published)) for c in held[last]]


def _families(
    held: Mapping[str, list[Claim]], documents: Mapping[str, Document]
) -> list[list[str]]:
    """Return the documents of each text that was printed more than once, in order of time."""
    families: dict[str, list[str]] = defaultdict(list)
    for name in held:
        families[_root(name, documents)].append(name)
    return [
        sorted(names, key=lambda name: (published_at(held[name][0].published), name))
        for names in families.values()
        if len(names) > 1
    ]


def _root(name: str, documents: Mapping[str, Document]) -> str:
    """Return the document that another goes back to, itself when it is an original."""
    seen = {name}
    while document := documents.get(name):
        name = document.copy_of or document.replaces
        if not name or name in seen:
            return min(seen) if name in seen else document.id
        seen.add(name)
    return name


def _leave_out_copies(family: list[str], held: dict[str, list[Claim]], made: Descent) -> None:
    first: dict[Key, Claim] = {}
    for name in family:
        kept = []
        for claim in held[name]:
            original = first.get(_figure(claim))
            if original is None:
                kept.append(claim)
                continue
            why = "the two texts are nearly the same"
            made.relations.append(_repeats(claim, original, COPIED, why))
        first |= {_figure(claim): claim for claim in reversed(kept)}
        held[name] = kept


def _figure(claim: Claim) -> Key:
    return *_subject(claim), claim.low, claim.high, claim.hedge


def _subject(claim: Claim) -> Key:
    about = claim.metric, claim.attacker, claim.period_end, claim.window
    return *about, locality(claim), claim.victims, claim.aggregation


def _repeats(later: Claim, former: Claim, rule: str, why: str) -> Relation:
    sentence = f"{whose(later)} repeats {whose(former)}: {why}."
    return Relation(RelationKind.REPEATS, later.id, former.id, rule, sentence)


def _corrects(later: Claim, former: Claim) -> Relation:
    sentence = f"{whose(later)} replaces {whose(former)}: the text of that page was changed."
    return Relation(RelationKind.CORRECTS, later.id, former.id, CHANGED, sentence)


def _withdrawn(claim: Claim, last: str) -> Finding:
    return Finding(
        check=WITHDRAWN,
        where=last,
        expected=whose(claim),
        found="no such figure",
        sentence=f"{whose(claim)} is no longer in the text of that page ({last}); not counted.",
        claim_ids=(claim.id,),
    )
