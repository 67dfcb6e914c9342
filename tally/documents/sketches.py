"""Sketches of texts, by which copies are looked for: a MinHash of the runs of words in each.

They are made by whichever workers there are. Knows no folder, and not what a copy is.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from tally.documents.stating import Found, needs_extra
from tally.errors import TallyError, WorkerError
from tally.model import Document
from tally.workers import done, in_order

RUN = 3  # words
LEAST_WORDS = 12
PERMUTATIONS, SEED = 128, 1
# What one call is sent, in documents and in characters: what waits for workers is in memory.
TOGETHER, CHARACTERS = 64, 500_000

Sketch = Any  # of rensa, which has no types; None for a text with fewer words than LEAST_WORDS

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Texts:
    """What one call has to sketch, and how they are sketched here."""

    texts: tuple[str, ...]
    made_by: str


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, addresses left out.

    >>> words_of("Two people died in Sumy: https://t.me/x/1")
    ['two', 'people', 'died', 'in', 'sumy']
    """
    return [word.casefold() for word in _WORD.findall(_ADDRESS.sub(" ", text))]


def runs_of(words: list[str]) -> set[str]:
    """Return the runs of RUN words; of fewer words, all of them."""
    return {" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}


def sketched(found: Iterable[Found], executor: Executor) -> Iterator[tuple[Found, Sketch]]:
    """Yield each document with its sketch, and each problem with None, in their order."""
    made_by = _made_by()

    def begin(batch: list[Found]) -> Future[tuple[Sketch, ...]]:
        texts = tuple(each.text for each in batch if isinstance(each, Document))
        return executor.submit(sketch_all, Texts(texts, made_by)) if texts else done(())

    for batch, future in in_order(begin, _batches(found)):
        sketches = iter(_sketches(batch, future))
        for each in batch:
            yield each, next(sketches) if isinstance(each, Document) else None


def sketch_all(task: Texts) -> tuple[Sketch, ...]:
    """Sketch texts where this runs; WorkerError where that makes other sketches of them."""
    if _made_by() != task.made_by:
        msg = (
            "a worker has another version of Python or rensa than this machine, and would find "
            "other copies.\n  Bring it to the same ones and start it again; see docs/scale.md."
        )
        raise WorkerError(msg)
    return tuple(map(_sketch, task.texts))


def _sketches(batch: list[Found], future: Future[tuple[Sketch, ...]]) -> tuple[Sketch, ...]:
    """Return what a call gave; where it ended its workers, sketch its texts here."""
    try:
        return future.result()
    except TallyError:
        raise
    except Exception:
        return tuple(_sketch(each.text) for each in batch if isinstance(each, Document))


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    size = 0
    for each in found:
        batch.append(each)
        size += len(each.text) if isinstance(each, Document) else 0
        if len(batch) >= TOGETHER or size >= CHARACTERS:
            yield batch
            batch, size = [], 0
    yield batch


def _sketch(text: str) -> Sketch:
    import rensa

    words = words_of(text)
    if len(words) < LEAST_WORDS:
        return None
    minhash = rensa.RMinHash(PERMUTATIONS, SEED)
    minhash.update(sorted(runs_of(words)))
    return minhash


def _made_by() -> str:
    """Return what a sketch depends on beside the text."""
    try:
        import rensa
    except ImportError as error:
        what = "telling copies"
        raise needs_extra(what, error) from error
    algorithm = rensa.RMinHash.ALGORITHM_VERSION
    ours = f"{RUN} {LEAST_WORDS} {PERMUTATIONS} {SEED} {_WORD.pattern} {_ADDRESS.pattern}"
    return f"rensa {version('rensa')} {algorithm}, {unicodedata.unidata_version}, {ours}"
