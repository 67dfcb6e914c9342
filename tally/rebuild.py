"""Rebuild the ledger from the documents of a data folder, as a pure function of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tally.documents import REGISTER, admit
from tally.extract import extract
from tally.files import write_whole
from tally.ledger import save_ledger
from tally.model import Claim, Document

Progress = Callable[[Iterable[Document]], Iterable[Document]]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found: how much was read, and what could not be."""

    documents: int
    claims: int
    problems: tuple[str, ...]


def rebuild(data: Path, progress: Progress = iter) -> Rebuilt:
    """Read `data/documents`, write `data/claims`, and return the counts and the problems.

    `progress` wraps the documents as they are read, to show a bar.
    """
    folder = data / "documents"
    if not folder.is_dir():
        return Rebuilt(
            0, 0, (f"{folder}: there is no such folder; make it and put documents into it",)
        )
    admission = admit(folder)
    claims: list[Claim] = []
    for document in progress(admission.documents):
        claims += extract(document)
    save_ledger(claims, data / "claims")
    write_whole(folder / REGISTER, admission.register)
    return Rebuilt(len(admission.documents), len(claims), admission.problems)
