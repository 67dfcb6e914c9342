"""Admit the documents of a folder: each is read, and its text kept as it was when first seen.

`admitted.csv` beside them holds the digest of every text. A text that changed since is refused:
documents are never edited, because every claim points at characters of one.
"""

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from tally.documents.markdown import read_markdown
from tally.errors import DocumentError
from tally.model import Document

REGISTER = "admitted.csv"


@dataclass(frozen=True, slots=True)
class Admission:
    """The documents that were admitted, what was wrong with the others, and the new register."""

    documents: tuple[Document, ...]
    problems: tuple[str, ...]
    register: str


def admit(folder: Path) -> Admission:
    """Read every document of a folder; a bad one is a problem and the rest goes on."""
    known = _register(folder / REGISTER)
    documents: dict[str, Document] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.md")):
        try:
            document = read_markdown(path)
            _check(path, document, documents, known)
        except (DocumentError, OSError) as error:
            problems.append(str(error))
            continue
        documents[document.id] = document
        known[document.id] = digest(document.text)
    return Admission(tuple(documents.values()), tuple(problems), _text(known))


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _check(
    path: Path, document: Document, others: dict[str, Document], known: dict[str, str]
) -> None:
    if document.id in others:
        msg = (
            f"{path.name}: the id {document.id!r} is taken by another file; give it one of its own"
        )
        raise DocumentError(msg)
    if known.get(document.id, digest(document.text)) != digest(document.text):
        msg = (
            f"{path.name}: the text changed since it was admitted; restore it, or give the new text an id "
            f"of its own, or take its line out of {REGISTER} to admit it anew"
        )
        raise DocumentError(msg)


def _register(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    with path.open(newline="", encoding="utf-8") as lines:
        return {row["id"]: row["sha256"] for row in csv.DictReader(lines)}


def _text(known: dict[str, str]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("id", "sha256"))
    table.writerows(sorted(known.items()))
    return out.getvalue()
