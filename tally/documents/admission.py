"""Admit the documents of a folder: each is read, and its text kept as it was when first seen.

`admitted.csv` beside them holds the digest of every text. A text that changed since is refused:
documents are never edited, because every claim points at characters of one.
"""

import csv
import hashlib
import io
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tally.documents.markdown import read_markdown
from tally.errors import DocumentError
from tally.model import Document

REGISTER = "admitted.csv"
COLUMNS = ("id", "sha256")


@dataclass(frozen=True, slots=True)
class Admission:
    """The documents that were admitted, what was wrong with the others, and the new register."""

    documents: tuple[Document, ...]
    problems: tuple[str, ...]
    register: str


def admit(folder: Path) -> Admission:
    """Read every document of a folder; a bad one is a problem and the rest goes on."""
    register = load_register(folder)
    documents: list[Document] = []
    problems: list[str] = []
    for found in admit_each(folder, register):
        if isinstance(found, Document):
            documents.append(found)
        else:
            problems.append(str(found))
    return Admission(tuple(documents), tuple(problems), register_text(register))


def admit_each(folder: Path, register: dict[str, str]) -> Iterator[Document | DocumentError]:
    """Yield each document of a folder, or what is wrong with it, and enter it into the register.

    One after the other, so that a folder may hold more than memory does.
    """
    taken: set[str] = set()
    for path in sorted(folder.iterdir()):
        if path.name == REGISTER or path.name.startswith("."):
            continue
        try:
            document = read_document(path)
        except DocumentError as error:
            yield error
            continue
        sha256 = digest(document.text)
        if why := refusal(path.name, (document.id, sha256), taken, register):
            yield DocumentError(why)
            continue
        taken.add(document.id)
        register[document.id] = sha256
        yield document


def read_document(path: Path) -> Document:
    """Return the document of one file of a folder, or raise DocumentError."""
    if path.suffix != ".md" or not path.is_file():
        msg = f"{path.name}: not read; a document is a file NAME.md, not in a folder of its own"
        raise DocumentError(msg)
    try:
        return read_markdown(path)
    except OSError as error:
        msg = f"{path.name}: cannot be read ({error.strerror}); check who may read the file"
        raise DocumentError(msg) from error


def load_documents(folder: Path) -> dict[str, Document]:
    """Return the documents that a ledger is made from, by id: those that are admitted.

    A folder of claims alone has none.
    """
    if not folder.is_dir():
        return {}
    return {document.id: document for document in admit(folder).documents}


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def refusal(
    name: str, document: tuple[str, str], others: Container[str], known: Mapping[str, str]
) -> str:
    """Return why a file is not admitted; "" if it is.

    `document` is its id and the digest of its text, `others` are the ids admitted before, `known`
    the digests of the register.
    """
    each, sha256 = document
    if each in others:
        return f"{name}: the id {each!r} is taken by another file; give it one of its own"
    if known.get(each, sha256) != sha256:
        return (
            f"{name}: the text changed since it was admitted; restore it, or give the new "
            f"text an id of its own, or take its line out of {REGISTER} to admit it anew"
        )
    return ""


def load_register(folder: Path) -> dict[str, str]:
    """Return the digest of each text of a folder as it was when first seen, by document id."""
    path = folder / REGISTER
    if not path.exists():
        return {}
    try:
        with path.open(newline="", encoding="utf-8") as lines:
            header, *rows = csv.reader(lines, strict=True)
            known = dict(rows)
    except (csv.Error, ValueError):
        header = []
    if tuple(header) != COLUMNS:
        msg = (
            f"{path}: not the register of admitted documents, a CSV file of {','.join(COLUMNS)}; "
            "restore it, or delete it to admit every document anew"
        )
        raise DocumentError(msg)
    return known


def register_text(known: Mapping[str, str]) -> str:
    """Return the register as its file holds it."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(sorted(known.items()))
    return out.getvalue()
