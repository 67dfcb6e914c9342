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
from tally.files import Stamp, stamps
from tally.language import spoken
from tally.ledger import load_ledger
from tally.model import Claim, Document, Reconciled, Ruling
from tally.names import Names, load_names
from tally.reconcile import reconcile
from tally.rulings import load_rulings
from tally.settings import data_folder

Stamps = tuple[Stamp, ...]


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
    read, shelved = stamps(claims, rulings), stamps(documents)
    known = _reconciled(folder, (read, shelved), as_of, spoken().code)
    return Opened(known, _documents(documents, shelved), load_names())


def read_claims(data: Path | None = None) -> tuple[tuple[Claim, ...], tuple[Ruling, ...]]:
    """Return every claim of a folder, and what people decided about them."""
    folder = data_folder(data)
    return _read(folder, stamps(folder / "claims", folder / "rulings.toml"))


def before_fork() -> None:
    """Open the ledger in the process that kernels are forked from, so that none does it again."""
    open_ledger()


@lru_cache(maxsize=2)
def _reconciled(
    folder: Path, at: tuple[Stamps, Stamps], as_of: dt.datetime | None, _language: str
) -> Reconciled:
    # Why claims are related is said in the language that is spoken.
    claims, rulings = _read(folder, at[0])
    return reconcile(claims, rulings, as_of, _documents(folder / "documents", at[1]))


@lru_cache(maxsize=1)
def _read(folder: Path, _at: Stamps) -> tuple[tuple[Claim, ...], tuple[Ruling, ...]]:
    return load_ledger(folder / "claims"), tuple(load_rulings(folder / "rulings.toml"))


@lru_cache(maxsize=1)
def _documents(folder: Path, _at: Stamps) -> Mapping[str, Document]:
    return load_documents(folder)
