"""The ledger of a data folder opened: read once, and reconciled once for each moment.

What was read is kept until a file of it changes, so that one session, or one batch of briefings,
reads and reconciles it once. Decides nothing.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tally.documents import load_documents
from tally.language import spoken
from tally.ledger import load_ledger
from tally.model import Claim, Document, Reconciled, Ruling
from tally.names import Names, load_names
from tally.reconcile import reconcile
from tally.rulings import load_rulings
from tally.settings import data_folder

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """What was known at a moment, with the documents and names to tell it by."""

    reconciled: Reconciled
    documents: Mapping[str, Document]
    names: Names


def open_ledger(data: Path | None = None, as_of: dt.datetime | None = None) -> Opened:
    """Return the ledger of a folder as it was known at a moment, `None` for all there is.

    Raises what reading it raises: LedgerError, RulingError, SettingsError.
    """
    folder = data_folder(data)
    claims, documents = folder / "claims", folder / "documents"
    rulings = folder / "rulings.toml"
    stamps = _stamp(claims, rulings), _stamp(documents)
    known = _reconciled(folder, stamps, as_of, spoken().code)
    return Opened(known, _documents(documents, stamps[1]), load_names())


def read_claims(data: Path | None = None) -> tuple[tuple[Claim, ...], tuple[Ruling, ...]]:
    """Return every claim of a folder, and what people decided about them."""
    folder = data_folder(data)
    return _read(folder, _stamp(folder / "claims", folder / "rulings.toml"))


def before_fork() -> None:
    """Open the ledger in the process that kernels are forked from, so that none does it again."""
    open_ledger()


@lru_cache(maxsize=2)
def _reconciled(
    folder: Path, stamps: tuple[Stamp, Stamp], as_of: dt.datetime | None, _language: str
) -> Reconciled:
    # Why claims are related is said in the language that is spoken.
    claims, rulings = _read(folder, stamps[0])
    return reconcile(claims, rulings, as_of, _documents(folder / "documents", stamps[1]))


@lru_cache(maxsize=1)
def _read(folder: Path, _stamp: Stamp) -> tuple[tuple[Claim, ...], tuple[Ruling, ...]]:
    return load_ledger(folder / "claims"), tuple(load_rulings(folder / "rulings.toml"))


@lru_cache(maxsize=1)
def _documents(folder: Path, _stamp: Stamp) -> Mapping[str, Document]:
    return load_documents(folder)


def _stamp(*places: Path) -> Stamp:
    """Return what changes when a file of these folders does."""
    found = [path for place in places for path in (place, *place.rglob("*"))]
    told = ((str(path), path.stat()) for path in found if path.exists())
    return tuple(sorted((name, each.st_mtime_ns, each.st_size) for name, each in told))
