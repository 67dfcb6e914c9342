"""The ledger: claims <-> data/claims/YYYY-MM.csv. It knows no grammar and decides nothing.

The folder is a pure function of the claims: a month is a file, a claim a row, the order is fixed,
and saving the same claims twice gives the same bytes.
"""

import csv
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from tally.errors import LedgerError
from tally.files import write_whole
from tally.model import Aggregation, Claim, Hedge, Metric, Side, published_at

COLUMNS = tuple(field.name for field in fields(Claim))
NEEDS_QUOTES = re.compile(r'[",\r\n]')
MONTH_FILE = re.compile(r"\d{4}-\d{2}\.csv")
CHOICES = {
    "metric": tuple(Metric),
    "hedge": get_args(Hedge),
    "aggregation": get_args(Aggregation),
    "claimant_side": get_args(Side),
}


def load_ledger(folder: Path) -> tuple[Claim, ...]:
    """Return every claim of the ledger, in the order of its files."""
    return tuple(claim for path in _month_files(folder) for claim in _load_month(path))


def save_ledger(claims: Iterable[Claim], folder: Path) -> None:
    """Make the folder hold exactly these claims; a file is replaced whole or not at all."""
    months: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        months[_month(claim)].append(claim)
    texts = {f"{month}.csv": _month_text(rows) for month, rows in months.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sorted(texts.items()):
        write_whole(folder / name, text)
    for path in _month_files(folder):
        if path.name not in texts:
            path.unlink()


def newest_publication(folder: Path, until: dt.datetime) -> dt.datetime | None:
    """Return when the newest claim up to a moment was published; None when there is none.

    Reads no more months than it must: the ledger of years is long, and this is asked every minute.
    """
    for path in reversed(_month_files(folder)):
        with path.open(newline="", encoding="utf-8") as lines:
            rows = csv.reader(lines, strict=True)
            place = COLUMNS.index("published")
            _check_header(path, next(rows, []))
            moments = {published_at(words) for words in {row[place] for row in rows}}
        if found := [moment for moment in moments if moment <= until]:
            return max(found)
    return None


def _month_files(folder: Path) -> list[Path]:
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


def _order(claim: Claim) -> tuple[str, str, int, str, str]:
    return claim.published, claim.document_id, claim.start, claim.metric, claim.id


def _month_text(claims: list[Claim]) -> str:
    rows = [COLUMNS, *(_row(claim) for claim in sorted(claims, key=_order))]
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


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


def as_cell(value: object) -> str:
    """Return the cell that a value is kept as; `parse_field` reads it back."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple():
            return ";".join(value)
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)


def _load_month(path: Path) -> list[Claim]:
    claims = []
    try:
        with path.open(newline="", encoding="utf-8") as lines:
            rows = csv.reader(lines, strict=True)
            _check_header(path, next(rows, []))
            for row in rows:
                claims.append(_parse_row(f"{path}:{rows.line_num}", row))
    except (UnicodeDecodeError, csv.Error) as error:
        msg = f"{path}: not a CSV file in UTF-8 ({error}); rebuild it with scripts/extract.py."
        raise LedgerError(msg) from error
    return claims


def _check_header(path: Path, header: list[str]) -> None:
    if tuple(header) != COLUMNS:
        msg = (
            f"{path}:1: the header is {','.join(header)!r}.\n  It must be {','.join(COLUMNS)!r}; "
            "rebuild the ledger with scripts/extract.py."
        )
        raise LedgerError(msg)


def _parse_row(where: str, row: list[str]) -> Claim:
    if len(row) != len(COLUMNS):
        msg = f"{where}: {len(row)} cells where the header has {len(COLUMNS)}."
        raise LedgerError(msg)
    values: dict[str, Any] = {
        column: _parse_cell(where, column, cell) for column, cell in zip(COLUMNS, row, strict=True)
    }
    return Claim(**values)


def parse_field(column: str, cell: str) -> object:
    """Return the value that a cell of this column stands for; ValueError says what it may hold.

    >>> parse_field("low", "63"), parse_field("low", ""), parse_field("admin1", "RU-MOW;RU-MOS")
    (63, None, ('RU-MOW', 'RU-MOS'))
    """
    if column in CHOICES and cell not in CHOICES[column]:
        msg = f"{cell!r} is not one of {', '.join(CHOICES[column])}"
        raise ValueError(msg)
    return PARSERS.get(column, str)(cell)


def _parse_cell(where: str, column: str, cell: str) -> object:
    try:
        return parse_field(column, cell)
    except ValueError as error:
        msg = f"{where}: column {column}: {error}"
        raise LedgerError(msg) from error


def _parse_count(cell: str) -> int | None:
    if cell and not cell.isdecimal():
        msg = f"{cell!r} is not a whole number"
        raise ValueError(msg)
    return int(cell) if cell else None


def _parse_day(cell: str) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell else None


def _parse_offset(cell: str) -> int:
    if not cell.isdecimal():
        msg = f"{cell!r} is not a whole number"
        raise ValueError(msg)
    return int(cell)


def _parse_codes(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def _parse_truth(cell: str) -> bool:
    if cell not in {"true", "false"}:
        msg = f"{cell!r} is not true or false"
        raise ValueError(msg)
    return cell == "true"


def _parse_published(cell: str) -> str:
    published_at(cell)
    return cell


PARSERS: dict[str, Callable[[str], object]] = {
    "metric": Metric,
    "low": _parse_count,
    "high": _parse_count,
    "admin1": _parse_codes,
    "period_start": _parse_day,
    "period_end": _parse_day,
    "published": _parse_published,
    "unverified": _parse_truth,
    "start": _parse_offset,
    "end": _parse_offset,
}
