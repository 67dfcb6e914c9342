"""Many documents -> what each was read into, by whichever workers there are.

What is known from an earlier run is not read again. Knows no command and no ledger folder.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field

from tally.cache import Cache
from tally.errors import DocumentError, TallyError, WorkerError
from tally.extract import extract
from tally.fingerprint import fingerprint
from tally.ledger import Filed, file_claims
from tally.model import Claim, Document
from tally.settings import DATA_VARIABLE
from tally.workers import done, in_order

TOGETHER = 32
KNOWN_TOGETHER = 512
KEPT_TOGETHER = 256  # each time waits for the disk


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document was read into, or why it was not; `known` when an earlier run did it."""

    document_id: str
    filed: tuple[Filed, ...] = ()
    problem: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """What one call has to do, and what it must do it with: folder of word tables, fingerprint."""

    documents: tuple[Document, ...]
    folder: str | None
    fingerprint: str


@dataclass(slots=True)
class _Batch:
    """Documents to be read together, and readings that are known already."""

    unread: list[Document] = field(default_factory=list)
    known: list[Reading] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return len(self.unread) >= TOGETHER or len(self.known) >= KNOWN_TOGETHER


Begin = Callable[[_Batch], Future[tuple[Reading, ...]]]


def read_all(
    found: Iterable[Document | DocumentError], executor: Executor, cache: Cache
) -> Iterator[Reading]:
    """Yield what each document is read into, those read anew in their order.

    What could not be admitted is passed on as a reading with a problem.
    """
    folder, using = os.environ.get(DATA_VARIABLE), fingerprint()

    def begin(batch: _Batch) -> Future[tuple[Reading, ...]]:
        if not batch.unread:
            return done(())
        return executor.submit(read_batch, Task(tuple(batch.unread), folder, using))

    unkept = 0
    for batch, future in in_order(begin, _batches(found, cache)):
        yield from batch.known
        for document, reading in zip(batch.unread, _readings(batch, future, begin), strict=True):
            if not reading.problem:
                cache.put(document, reading.filed)
            yield reading
        unkept += len(batch.unread)
        if unkept >= KEPT_TOGETHER:
            cache.commit()
            unkept = 0


def _batches(found: Iterable[Document | DocumentError], cache: Cache) -> Iterator[_Batch]:
    batch = _Batch()
    for document in found:
        if isinstance(document, DocumentError):
            batch.known.append(Reading("", problem=str(document)))
        elif (filed := cache.get(document)) is not None:
            batch.known.append(Reading(document.id, filed, known=True))
        else:
            batch.unread.append(document)
        if batch.full:
            yield batch
            batch = _Batch()
    yield batch


def _readings(batch: _Batch, future: Future[tuple[Reading, ...]], begin: Begin) -> list[Reading]:
    """Return what a call gave; where it ended its workers, try its documents one by one."""
    try:
        return list(future.result())
    except TallyError:
        raise
    except Exception as error:
        if len(batch.unread) > 1:
            alone = in_order(begin, [_Batch([document]) for document in batch.unread])
            return [reading for one, call in alone for reading in _readings(one, call, begin)]
        why = f"not read, its workers ended one after the other ({type(error).__name__}: {error})"
        return [Reading(each.id, problem=f"{each.id}: {why}") for each in batch.unread]


def read_batch(task: Task) -> tuple[Reading, ...]:
    """Read documents where this runs; WorkerError where that is with another code or vocabulary."""
    if task.folder is not None:
        os.environ[DATA_VARIABLE] = task.folder
    if fingerprint() != task.fingerprint:
        msg = (
            "a worker reads with another version of the code, the word tables or Python than this "
            "machine.\n  Bring it to the same ones and start it again; see docs/scale.md."
        )
        raise WorkerError(msg)
    return tuple(map(_read, task.documents))


def _read(document: Document) -> Reading:
    try:
        return Reading(document.id, file_claims(claims_of(document)))
    except TallyError as error:
        return Reading(document.id, problem=str(error))


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
