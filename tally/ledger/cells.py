"""The cells of the ledger: what a field of a claim is written as, and what a cell may hold."""

import datetime as dt
from collections.abc import Callable
from dataclasses import fields
from typing import get_args

from tally.model import Aggregation, Claim, Hedge, Metric, Side, published_at

COLUMNS = tuple(field.name for field in fields(Claim))
CHOICES = {
    "metric": tuple(Metric),
    "hedge": get_args(Hedge),
    "aggregation": get_args(Aggregation),
    "claimant_side": get_args(Side),
}


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


def parse_field(column: str, cell: str) -> object:
    """Return the value that a cell of this column stands for; ValueError says what it may hold.

    >>> parse_field("low", "63"), parse_field("low", ""), parse_field("admin1", "RU-MOW;RU-MOS")
    (63, None, ('RU-MOW', 'RU-MOS'))
    """
    if column in CHOICES and cell not in CHOICES[column]:
        msg = f"{cell!r} is not one of {', '.join(CHOICES[column])}"
        raise ValueError(msg)
    return PARSERS.get(column, str)(cell)


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
