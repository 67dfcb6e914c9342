"""The months of the ledger: claims as lines of CSV, a file a month, a claim a row, sorted.

The folder is a pure function of the claims: saving the same claims twice, in whatever order, gives
the same bytes. What is saved need not fit into memory but month by month.
"""

import csv
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tally.errors import LedgerError
from tally.files import write_whole
from tally.ledger.arrow import ITS_OWN, to_claims, to_table
from tally.ledger.cells import COLUMNS, as_cell, parse_field
from tally.ledger.mirror import drop_mirrors, may_have_mirror, read_mirror, write_mirror
from tally.ledger.wanted import Wanted
from tally.model import Claim, published_at

if TYPE_CHECKING:
    import pyarrow as pa

NEEDS_QUOTES = re.compile(r'[",\r\n]')
MONTH_FILE = re.compile(r"\d{4}-\d{2}\.csv")
MOST_HELD = 32_000_000
ORDER = tuple(COLUMNS.index(name) for name in ("published", "document_id", "start", "metric", "id"))
UNMET = object()

Key = tuple[str, str, int, str, str]


@dataclass(frozen=True, slots=True)
class Filed:
    """Claims of one month as the ledger keeps them: their lines, in any order, and how many."""

    month: str
    lines: str
    claims: int


def load_ledger(folder: Path, wanted: Wanted | None = None) -> tuple[Claim, ...]:
    """Return every claim of the ledger, or those that are wanted, in the order of its files."""
    return tuple(claim for path in month_files(folder) for claim in load_month(path, wanted))


def newest_publication(folder: Path, until: dt.datetime) -> dt.datetime | None:
    """Return when the newest claim up to a moment was published; None when there is none.

    Reads no more months than it must: the ledger of years is long, and this is asked every minute.
    """
    for path in reversed(month_files(folder)):
        with path.open(newline="", encoding="utf-8") as lines:
            rows = csv.reader(lines, strict=True)
            place = COLUMNS.index("published")
            _check_header(path, next(rows, []))
            moments = {published_at(words) for words in {row[place] for row in rows}}
        if found := [moment for moment in moments if moment <= until]:
            return max(found)
    return None


def asking(folder: Path) -> Callable[[Wanted], tuple[Claim, ...]]:
    """Return what gives wanted claims of a ledger; one that keeps no mirrors is parsed once."""
    if any(map(may_have_mirror, month_files(folder))):
        return partial(load_ledger, folder)
    claims = load_ledger(folder)
    return lambda wanted: tuple(filter(wanted.holds, claims))


def told_days(folder: Path, until: dt.datetime | None) -> tuple[dt.date, ...]:
    """Return every day that claims published by a moment are about, `None` for all claims."""
    moments = cache(published_at)
    pairs = {pair for path in month_files(folder) for pair in _days_of(path)}
    return tuple(
        sorted({day for day, out in pairs if day and (until is None or moments(out) <= until)})
    )


def _days_of(path: Path) -> Iterable[tuple[dt.date | None, str]]:
    names = ("period_end", "published")
    table = read_mirror(path, columns=names)
    if table is None:
        return {(claim.period_end, claim.published) for claim in load_month(path)}
    days, moments = (table.column(name).to_pylist() for name in names)
    return set(zip(days, moments, strict=True))


def save_ledger(claims: Iterable[Claim], folder: Path) -> None:
    """Make the folder hold exactly these claims; a file is replaced whole or not at all."""
    save_filed((filed for claim in claims for filed in file_claims([claim])), folder)


def file_claims(claims: Iterable[Claim]) -> tuple[Filed, ...]:
    """Return claims as the ledger keeps them, month by month."""
    months: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        months[_month(claim)].append(_line(_row(claim)))
    return tuple(Filed(month, "".join(lines), len(lines)) for month, lines in months.items())


def save_filed(filed: Iterable[Filed], folder: Path) -> None:
    """Make the folder hold exactly what was filed; nothing is written before all is there."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        spool = _Spool(folder, stack)
        for each in filed:
            spool.add(each)
        names = {f"{month}.csv" for month in spool.months}
        for month in sorted(spool.months):
            write_whole(folder / f"{month}.csv", _month_text(spool.lines(month)))
    for path in month_files(folder):
        if path.name not in names:
            path.unlink()


class _Spool:
    """Lines by month, held in memory up to MOST_HELD characters and then in a temporary folder."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.months: set[str] = set()
        self._held: dict[str, list[str]] = defaultdict(list)
        self._size = 0
        self._folder, self._stack = folder, stack
        self._aside: Path | None = None

    def add(self, filed: Filed) -> None:
        self.months.add(filed.month)
        self._held[filed.month].append(filed.lines)
        self._size += len(filed.lines)
        if self._size > MOST_HELD:
            self._set_aside()

    def lines(self, month: str) -> Iterator[str]:
        """Yield the lines of a month, ends kept, as a CSV reader wants them."""
        path = self._aside and self._aside / month
        if path and path.exists():
            with path.open(newline="", encoding="utf-8") as lines:
                yield from lines
        for held in self._held.pop(month, []):
            yield from StringIO(held, newline="")

    def _set_aside(self) -> None:
        if self._aside is None:
            made = TemporaryDirectory(prefix=".claims.", dir=self._folder)
            self._aside = Path(self._stack.enter_context(made))
        for month, held in self._held.items():
            with (self._aside / month).open("a", newline="", encoding="utf-8") as file:
                file.writelines(held)
        self._held.clear()
        self._size = 0


def month_files(folder: Path) -> list[Path]:
    """Return the files of the ledger, month by month."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if MONTH_FILE.fullmatch(path.name))


def _month(claim: Claim) -> str:
    try:
        published_at(claim.published)
    except ValueError as error:
        msg = (
            f"{claim.document_id}: claim {claim.id} is published {claim.published!r}, "
            f"which is no ISO date or time.\n  The ledger files claims by month of publication; "
            f"give the document its date."
        )
        raise LedgerError(msg) from error
    return claim.published[: len("2025-05")]


def _month_text(lines: Iterable[str]) -> str:
    rows = csv.reader(lines, strict=True)
    keyed = sorted((_key(row), _line(row)) for row in rows)
    return "".join((_line(COLUMNS), *(line for _, line in keyed)))


def _key(row: Sequence[str]) -> Key:
    published, document_id, start, metric, claim_id = (row[at] for at in ORDER)
    return published, document_id, int(start), metric, claim_id


def _line(row: Sequence[str]) -> str:
    return ",".join(map(_quoted, row)) + "\n"


def _quoted(cell: str) -> str:
    # Not csv.writer: before Python 3.13 it leaves a lone carriage return unquoted.
    return '"' + cell.replace('"', '""') + '"' if NEEDS_QUOTES.search(cell) else cell


def _row(claim: Claim) -> list[str]:
    row = [as_cell(getattr(claim, column)) for column in COLUMNS]
    if any("\0" in cell for cell in row):
        msg = (
            f"{claim.document_id}: claim {claim.id} holds a NUL character, which CSV cannot carry."
            "\n  Remove it from the document."
        )
        raise LedgerError(msg)
    return row


def load_month(path: Path, wanted: Wanted | None = None) -> Sequence[Claim]:
    """Return the claims of one file, or those of them that are wanted."""
    table = read_mirror(path, wanted)
    claims = _load_csv(path, path.read_bytes()) if table is None else to_claims(table)
    return claims if wanted is None else [claim for claim in claims if wanted.holds(claim)]


def load_table(path: Path, columns: Sequence[str] = COLUMNS) -> "pa.Table":
    """Return the claims of one file as an Arrow table of these columns; needs pyarrow."""
    table = read_mirror(path, columns=columns)
    table = to_table(_load_csv(path, path.read_bytes())) if table is None else table
    return table.select(list(columns))


def keep_mirrors(folder: Path) -> None:
    """Bring the mirrors of a ledger up to date, where pyarrow is there to write them."""
    paths = month_files(folder)
    drop_mirrors(folder, (path.stem for path in paths))
    for path in paths:
        if may_have_mirror(path) and read_mirror(path) is None:
            _load_csv(path, path.read_bytes())


def _load_csv(path: Path, content: bytes) -> list[Claim]:
    claims = []
    known: tuple[dict[str, Any], ...] = tuple({} for _ in COLUMNS)
    try:
        lines = StringIO(content.decode("utf-8"), newline="")
        rows = csv.reader(lines, strict=True)
        _check_header(path, next(rows, []))
        for row in rows:
            claims.append(_parse_row(f"{path}:{rows.line_num}", row, known))
    except (UnicodeDecodeError, csv.Error) as error:
        msg = f"{path}: not a CSV file in UTF-8 ({error}); rebuild it with scripts/extract.py."
        raise LedgerError(msg) from error
    write_mirror(path, content, claims)
    return claims


def _check_header(path: Path, header: list[str]) -> None:
    if tuple(header) != COLUMNS:
        msg = (
            f"{path}:1: the header is {','.join(header)!r}.\n  It must be {','.join(COLUMNS)!r}; "
            "rebuild the ledger with scripts/extract.py."
        )
        raise LedgerError(msg)


def _parse_row(where: str, row: list[str], known: Sequence[dict[str, Any]]) -> Claim:
    """Return the claim of a row; `known` holds the values of cells that were met, by column.

    Most cells of a month are met again and again, and a value that is met is not made anew.
    """
    if len(row) != len(COLUMNS):
        msg = f"{where}: {len(row)} cells where the header has {len(COLUMNS)}."
        raise LedgerError(msg)
    values = []
    for met, column, cell in zip(known, COLUMNS, row, strict=True):
        value = met.get(cell, UNMET)
        if value is UNMET:
            value = _parse_cell(where, column, cell)
            if column not in ITS_OWN:
                met[cell] = value
        values.append(value)
    return Claim(*values)


def _parse_cell(where: str, column: str, cell: str) -> object:
    try:
        return parse_field(column, cell)
    except ValueError as error:
        msg = f"{where}: column {column}: {error}"
        raise LedgerError(msg) from error
