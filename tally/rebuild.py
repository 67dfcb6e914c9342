"""Rebuild the ledger from the documents of a data folder, as a pure function of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tally.documents import REGISTER, admit
from tally.errors import DocumentError
from tally.extract import extract
from tally.files import write_whole
from tally.ledger import save_ledger
from tally.model import Claim, Document

Progress = Callable[[Iterable[Document]], Iterable[Document]]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild read, what it found, and what could not be read."""

    documents: int
    claims: tuple[Claim, ...]
    problems: tuple[str, ...]


def rebuild(data: Path, progress: Progress = iter) -> Rebuilt:
    """Read `data/documents`, write `data/claims`, and return the claims and the problems.

    `progress` wraps the documents as they are read, to show a bar.
    """
    folder = data / "documents"
    if not folder.is_dir():
        msg = f"{folder}: there is no such folder; make it and put documents into it"
        raise DocumentError(msg)
    admission = admit(folder)
    claims: list[Claim] = []
    problems = list(admission.problems)
    for document in progress(admission.documents):
        try:
            claims += claims_of(document)
        except DocumentError as error:
            problems.append(str(error))
    save_ledger(claims, data / "claims")
    write_whole(folder / REGISTER, admission.register)
    return Rebuilt(len(admission.documents), tuple(claims), tuple(problems))


def claims_of(document: Document) -> tuple[Claim, ...]:
    """Return the claims of a document; DocumentError when the grammar breaks on its text.

    A mistake of ours in one text must not cost the claims of all others, so it is told like a
    document that cannot be read, and never passed over.
    """
    try:
        return extract(document)
    except Exception as error:
        msg = (
            f"{document.id}: the grammar broke on this text ({type(error).__name__}: {error}); "
            "none of its claims is kept; please report it, with the text"
        )
        raise DocumentError(msg) from error
