"""The days that a row of a table of casualties is about: up to one, a month, or between two."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from tally.exchange.days import SHAPES, day
from tally.exchange.ohchr_columns import Columns
from tally.exchange.sheets import Row

INVASION = dt.date(2022, 2, 24)
MONTHS = ("%B %Y", "%b %Y", "%Y-%m", "%m/%Y", "%b-%y", "%b-%Y", "%m %Y")

_SOME_DAYS = re.compile(r"(\d{1,2})\s*[-\N{EN DASH}]\s*(\d{1,2})\s+(\D.*)")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a row is about, and when it came out; totals run from the invasion."""

    first: dt.date
    last: dt.date
    cumulative: bool
    published: dt.date


def said_days(row: Row, columns: Columns) -> str:
    """Return what a row says of its days, in the words of its cells."""
    if columns.month:
        month, year = row.text(columns.month), row.text(columns.year)
        return f"{month} {year}" if year and not _YEAR.search(month) else month
    if columns.date:
        return row.text(columns.date)
    return f"{row.text(columns.first)} to {row.text(columns.last)}"


def span_of(row: Row, columns: Columns) -> Span | None:
    """Return the days that a row is about, None where they cannot be read."""
    found = _days(row, columns)
    if found is None:
        return None
    first, last = found
    running = first == INVASION and not columns.month
    return Span(first, last, running, day(row.text(columns.published)) or last)


def _days(row: Row, columns: Columns) -> tuple[dt.date, dt.date] | None:
    if columns.month:
        return month_of(said_days(row, columns))
    first = INVASION if columns.date else day(row.text(columns.first))
    last = day(row.text(columns.date or columns.last))
    return (first, last) if first and last and first <= last else None


def month_of(text: str) -> tuple[dt.date, dt.date] | None:
    """Return the days of a month, or those of it that are named; of February 2022 those of the war.

    >>> [str(day) for day in month_of("May-25")], month_of("spring")
    (['2025-05-01', '2025-05-31'], None)
    >>> [str(day) for day in month_of("February 2022")], month_of("1-31 June 2025")
    (['2022-02-24', '2022-02-28'], None)
    """
    named = _SOME_DAYS.fullmatch(text)
    on = day(named[3] if named else text, (*MONTHS, *SHAPES))
    if on is None:
        return None
    end = calendar.monthrange(on.year, on.month)[1]
    of_war = (on.year, on.month) == (INVASION.year, INVASION.month)
    first, last = INVASION.day if of_war else 1, end
    if named:
        first, last = int(named[1]), int(named[2])
    if not 1 <= first <= last <= end:
        return None
    return on.replace(day=first), on.replace(day=last)
