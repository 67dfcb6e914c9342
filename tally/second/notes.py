"""Where the two readers differ: what goes on the review list, and the file that keeps it.

Knows no endpoint: without the file, nothing is different from what it was.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from tally.errors import SecondReaderError
from tally.files import write_whole
from tally.model import Claim, Document

NAME = "second_reader.jsonl"
FIGURE = ("metric", "low", "high")
COMPARED = ("hedge", "aggregation", "attacker", "claimant_side", "period_end", "victims")


@dataclass(frozen=True, slots=True)
class Note:
    """One difference: why to look again, the words, and the claim, "" when the grammar has none."""

    claim_id: str
    reason: str
    quote: str


@dataclass(frozen=True, slots=True)
class Second:
    """What the second reader said of a document: the text and reader that it holds for, notes."""

    document_id: str
    sha256: str
    key: str
    notes: tuple[Note, ...]


def text_digest(document: Document) -> str:
    """Return the SHA-256 of the text that notes are about."""
    return sha256(document.text.encode()).hexdigest()


def differences(ours: Sequence[Claim], theirs: Sequence[Claim], model: str) -> Iterator[Note]:
    """Yield where a second reader's claims of a document are not those of the grammar."""
    left = list(theirs)
    reader = f"the second reader ({model})"
    for claim in ours:
        alike = [other for other in left if _values(other, FIGURE) == _values(claim, FIGURE)]
        if not alike:
            yield Note(claim.id, f"{reader} does not find this figure", claim.quote)
            continue
        other = min(alike, key=lambda other: (len(_differing(claim, other)), left.index(other)))
        left.remove(other)
        if said := _differing(claim, other):
            told = ", ".join(f"{n} {getattr(other, n) or 'not said'}" for n in said)
            yield Note(claim.id, f"{reader} reads {told}", claim.quote)
    for other in left:
        ends = [str(end) if end is not None else "…" for end in (other.low, other.high)]
        figure = " to ".join(dict.fromkeys(ends))
        yield Note("", f"{reader} reads {other.metric} {figure}, the grammar does not", other.quote)


def _values(claim: Claim, names: Iterable[str]) -> tuple[object, ...]:
    return tuple(getattr(claim, name) for name in names)


def _differing(claim: Claim, other: Claim) -> list[str]:
    return [name for name in COMPARED if getattr(claim, name) != getattr(other, name)]


def load_second(path: Path) -> dict[str, Second]:
    """Return what is kept, by document; nothing where there is no file."""
    if not path.exists():
        return {}
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        made = [
            Second(r["document_id"], r["sha256"], r["key"], tuple(Note(**n) for n in r["notes"]))
            for r in rows
        ]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        msg = f"{path}: not what scripts/second_reader.py writes ({error}); delete it, ask again."
        raise SecondReaderError(msg) from error
    return {second.document_id: second for second in made}


def save_second(path: Path, kept: Mapping[str, Second]) -> None:
    """Keep what was said, document by document."""
    rows = (json.dumps(asdict(kept[name]), ensure_ascii=False) for name in sorted(kept))
    write_whole(path, "".join(f"{row}\n" for row in rows))


def standing(
    path: Path, documents: Mapping[str, Document], claims: Iterable[Claim]
) -> Iterator[tuple[str, Note]]:
    """Yield the notes that hold still, with their documents: of texts and claims that are there."""
    known = {claim.id for claim in claims}
    for name, second in load_second(path).items():
        document = documents.get(name)
        if document is not None and text_digest(document) == second.sha256:
            yield from ((name, n) for n in second.notes if not n.claim_id or n.claim_id in known)
