"""Rebuild the ledger from the documents of a data folder, as a pure function of them."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from tally.batches import Reading, read_all
from tally.cache import NAME, Cache
from tally.documents import REGISTER, admit_each, load_register, register_text
from tally.errors import DocumentError
from tally.files import write_whole
from tally.fingerprint import fingerprint
from tally.ledger import Filed, save_filed
from tally.model import Document
from tally.workers import LocalExecutor

Progress = Callable[[Iterable[Reading]], Iterable[Reading]]


@dataclass(slots=True)
class Rebuilt:
    """How many documents went in, how many of them had to be read, and what came of it.

    `note` says why readings could not be kept, if so.
    """

    documents: int = 0
    read: int = 0
    claims: int = 0
    problems: list[str] = field(default_factory=list)
    note: str = ""


def rebuild(data: Path, executor: Executor | None = None, progress: Progress = iter) -> Rebuilt:
    """Read `data/documents` and write `data/claims`; what did not change is not read again.

    `executor` does the reading; this process alone when there is none. `progress` wraps the
    readings as they come in, one a file, to show a bar.
    """
    folder = data / "documents"
    if not folder.is_dir():
        msg = f"{folder}: there is no such folder; make it and put documents into it"
        raise DocumentError(msg)
    register = load_register(folder)
    found = admit_each(folder, register)
    done = build(found, data, executor or LocalExecutor(jobs=1), progress)
    write_whole(folder / REGISTER, register_text(register))
    return done


def build(
    found: Iterable[Document | DocumentError],
    data: Path,
    executor: Executor,
    progress: Progress = iter,
) -> Rebuilt:
    """Make `data/claims` hold the claims of these documents, and no others."""
    done = Rebuilt()
    with Cache(data / NAME, fingerprint()) as cache:
        readings = progress(read_all(found, executor, cache))
        save_filed(_counted(readings, done), data / "claims")
        cache.forget_unused()
    done.note = cache.trouble
    return done


def _counted(readings: Iterable[Reading], done: Rebuilt) -> Iterator[Filed]:
    for reading in readings:
        if reading.problem:
            done.problems.append(reading.problem)
        done.documents += bool(reading.document_id)
        done.read += bool(reading.document_id) and not reading.known
        done.claims += sum(filed.claims for filed in reading.filed)
        yield from reading.filed
