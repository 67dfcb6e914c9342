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
from tally.ledger import load_ledger
from tally.model import Claim, Document, Reconciled, Ruling
from tally.names import Names
from tally.reconcile import reconcile
from tally.reconcile.identity import names
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
    ledger = _stamp(folder / "claims", folder / "rulings.toml")
    texts = _stamp(folder / "documents")
    known = _reconciled(folder, ledger, texts, as_of)
    return Opened(known, _documents(folder / "documents", texts), names())


def before_fork() -> None:
    """Open the ledger in the process that kernels are forked from, so that none does it again."""
    open_ledger()


@lru_cache(maxsize=2)
def _reconciled(folder: Path, ledger: Stamp, texts: Stamp, as_of: dt.datetime | None) -> Reconciled:
    claims, rulings = _read(folder, ledger)
    return reconcile(claims, rulings, as_of, _documents(folder / "documents", texts))


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
