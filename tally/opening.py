"""The ledger of a data folder opened for some days: read once, and reconciled once for each moment.

What was read is kept until a file of it changes, so that one session, or one batch of briefings,
reads and reconciles it once. A big ledger is not opened whole: see `around`. Decides nothing.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tally.around import load_around
from tally.documents import keep_catalogue, read_files, related_files
from tally.files import Stamp, stamps
from tally.language import spoken
from tally.ledger import Days, load_ledger, told_days
from tally.model import Claim, Document, Reconciled, Ruling
from tally.names import Names, load_names
from tally.reconcile import reconcile
from tally.rulings import load_rulings
from tally.settings import data_folder

Stamps = tuple[Stamp, ...]
# The days that a big ledger is opened for, and the moment; `None` is all of a ledger.
Part = tuple[Days, dt.datetime | None]

# A ledger of fewer bytes, some twenty thousand claims, is opened whole, once for all its days.
WHOLE_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Held:
    """What was read of a data folder: of a big ledger what has part in days, of others all."""

    claims: tuple[Claim, ...]
    rulings: tuple[Ruling, ...]
    documents: Mapping[str, Document]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What was known at a moment, what it was made of, and the names to tell it by.

    Of a big ledger `claims` have part in what is said of the days that it was opened for, and
    `documents` are those of the claims.
    """

    reconciled: Reconciled
    claims: tuple[Claim, ...]
    rulings: tuple[Ruling, ...]
    documents: Mapping[str, Document]
    names: Names
    folder: Path
    as_of: dt.datetime | None

    def days(self) -> tuple[dt.date, ...]:
        """Return every day that a claim of the whole ledger is about, as known at the moment."""
        return told_days(self.folder / "claims", self.as_of)


def open_ledger(
    data: Path | None = None, as_of: dt.datetime | None = None, about: Days | None = None
) -> Opened:
    """Return the ledger of a folder as it was known at a moment, `None` for all there is.

    `about` are the days that something is to be said of, both ends included; `None` is every day.
    Raises what reading it raises: LedgerError, RulingError, SettingsError, DocumentError.
    """
    folder = data_folder(data)
    read = _stamps(folder)
    part = (about, as_of) if about and not _is_small(read) else None
    claims, rulings = _read(folder, read, part)
    files = _files(folder, claims)
    known = _reconciled(folder, (read, files), part, as_of, spoken().code)
    return Opened(known, claims, rulings, _documents(files), load_names(), folder, as_of)


def read_around(about: Days, data: Path | None = None) -> Held:
    """Return what has part in what is said of days, both ends included, at whatever moment."""
    folder = data_folder(data)
    read = _stamps(folder)
    part = None if _is_small(read) else (about, None)
    claims, rulings = _read(folder, read, part)
    return Held(claims, rulings, _documents(_files(folder, claims)), part is None)


def read_claims(data: Path | None = None) -> tuple[tuple[Claim, ...], tuple[Ruling, ...]]:
    """Return every claim of a folder, and what people decided about them."""
    folder = data_folder(data)
    return _read(folder, _stamps(folder), None)


def before_fork() -> None:
    """Open the ledger in the process that kernels are forked from, so that none does it again."""
    folder = data_folder(None)
    if _is_small(_stamps(folder)):
        open_ledger()
    else:
        keep_catalogue(folder / "documents")


def _stamps(folder: Path) -> Stamps:
    return stamps(folder / "claims", folder / "rulings.toml")


def _is_small(at: Stamps) -> bool:
    return sum(size for path, _, size in at if path.endswith(".csv")) < WHOLE_BYTES


@lru_cache(maxsize=2)
def _reconciled(
    folder: Path,
    at: tuple[Stamps, Stamps],
    part: Part | None,
    as_of: dt.datetime | None,
    _language: str,
) -> Reconciled:
    # Why claims are related is said in the language that is spoken.
    claims, rulings = _read(folder, at[0], part)
    return reconcile(claims, rulings, as_of, _documents(at[1]))


@lru_cache(maxsize=2)
def _read(
    folder: Path, _at: Stamps, part: Part | None
) -> tuple[tuple[Claim, ...], tuple[Ruling, ...]]:
    rulings = load_rulings(folder / "rulings.toml")
    if part is None:
        return load_ledger(folder / "claims"), rulings
    return load_around(folder / "claims", part[0], rulings, part[1]), rulings


def _files(folder: Path, claims: Iterable[Claim]) -> Stamps:
    return related_files(folder / "documents", {claim.document_id for claim in claims})


@lru_cache(maxsize=2)
def _documents(files: Stamps) -> Mapping[str, Document]:
    return read_files(files)
