"""Tables of civilian casualties of the UN human rights office (OHCHR), as claims.

By bulletin: running totals of civilians killed and injured since 24 February 2022. A row is a day
on which somebody looked up the latest bulletin, not always the day of a bulletin. By month, or from
one day to another: what happened then. OHCHR itself publishes pages and PDFs, tables are other
people's, each with columns of its own. Children, women, weapons and territories are parts of the
whole, never added up.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tally.errors import ExchangeError
from tally.exchange.days import day
from tally.exchange.imported import EMPTY, Defect, Intake, whole
from tally.exchange.ohchr_columns import CLAIMANT, WHOLE, Column, Columns, columns_of
from tally.exchange.ohchr_days import INVASION, Span, said_days, span_of
from tally.exchange.sheets import Row, Sheet
from tally.model import Claim, Hedge, Metric

BULLETIN = re.compile(r"update-(\d{1,2})-([a-z]+)-(\d{4})")
DOUBT: tuple[tuple[re.Pattern[str], Hedge], ...] = (
    (re.compile(r"(?:at least|≥|>=)\s*(.+)|(.+?)\s*\+", re.I), "at_least"),
    (re.compile(r"(?:more than|over|>)\s*(.+)", re.I), "more_than"),
)
# Totals are corrected downward now and then; figures of each month fall as often as they rise.
FALLING = 5

BAD_DAY = Defect("bad_time", "a day", "rows without a day to read, unread")
OF_PART = Defect(
    "rows_of_parts",
    "a row of the whole",
    "rows of a weapon, group, place or other part by themselves, unread",
)
EXCEEDS = Defect("parts_exceed_total", "parts within the whole", "parts above their whole")
NOT_WHOLE = Defect("not_a_count", "whole numbers", "cells that hold no count, unread")
FALLS = Defect("cumulative_falls", "running totals that do not fall", "totals that fall")
STALE = Defect(
    "bulletin_repeated",
    "a bulletin a row",
    "rows that cite a bulletin of another day: the figure is as old as that",
)
NO_ADDRESS = Defect("no_address", "the address of the bulletin", "rows without a web address")
LOCAL = Defect("local_address", "an address on the web", "rows that cite a file on a computer")
GAP = Defect("missing_day", "a row a day", "days without a row")
AS_OF = Defect(
    "as_of_unstated",
    "the hour that a total is good for",
    "the table has the day of the bulletin; bulletins count to the midnight before it, so the "
    "last day of a total may be one too late",
)


def read(sheets: Mapping[str, Sheet], intake: Intake) -> None:
    """Take in tables by bulletin, by month, or from one day to another."""
    for sheet in sheets.values():
        columns = columns_of(sheet.columns)
        rows = [(span, row) for row in intake.rows(sheet) if (span := _span(intake, row, columns))]
        _check_running(sheet, rows, columns)
        totals: dict[Metric, list[Claim]] = {column.metric: [] for column in columns.wholes}
        for span, row in rows:
            intake.leave(row, [column for column in row.cells if column not in columns.read])
            for column in columns.wholes:
                if made := _claim(intake, sheet, row, column, span):
                    totals[column.metric].append(made)
                    _parts(intake, sheet, row, columns, (span, made))
        if not columns.by_bulletin:
            continue
        for held in totals.values():
            _note_falls(intake, held)
        days = [(span.last, row) for span, row in rows]
        _note_addresses(intake, days, columns.address)
        _note_days(intake, [on for on, _ in days])
        if days:
            intake.note(AS_OF, sheet.name)


def _span(intake: Intake, row: Row, columns: Columns) -> Span | None:
    """Return the days that a row is about; None where it is empty, undated or of a part."""
    if not any(row.text(column.name) for column in columns.wholes):
        return None
    span = span_of(row, columns)
    if span is None:
        intake.note(BAD_DAY, f"row {row.number} {said_days(row, columns)[:30]}")
        return None
    part = [text for name in columns.dividing if not WHOLE.fullmatch(text := row.text(name))]
    if part:
        intake.note(OF_PART, f"{span.last} {', '.join(part)[:30]}")
        return None
    return span


def _check_running(sheet: Sheet, rows: Sequence[tuple[Span, Row]], columns: Columns) -> None:
    """Refuse figures of each month that would be read as totals since the invasion."""
    running = [held for held in rows if held[0].cumulative]
    ordered = sorted(running, key=lambda held: held[0].last)
    for column in columns.wholes:
        counts = [n for _, row in ordered if (n := _quantity(row.text(column.name))[0]) is not None]
        falls = sum(after < before for before, after in pairwise(counts))
        if falls > 1 and falls * FALLING > len(counts):
            msg = (
                f"{sheet.name}: {column.name} falls {falls} times in {len(counts)} rows, so it is "
                "no running total; a column called Month, instead of the day, says that a row is "
                "a month"
            )
            raise ExchangeError(msg)


def _quantity(text: str) -> tuple[int | None, Hedge]:
    """Return a count as a cell gives it.

    >>> _quantity("1,650"), _quantity("at least 180"), _quantity("508+"), _quantity("dozens")
    ((1650, 'exact'), (180, 'at_least'), (508, 'at_least'), (None, 'exact'))
    """
    for pattern, hedge in DOUBT:
        if found := pattern.fullmatch(text):
            return whole(next(filter(None, found.groups()))), hedge
    return whole(text), "exact"


def _parts(
    intake: Intake, sheet: Sheet, row: Row, columns: Columns, of: tuple[Span, Claim]
) -> None:
    span, total = of
    for column in columns.parts:
        if column.metric != total.metric:
            continue
        made = _claim(intake, sheet, row, column, span, total.id)
        if made and (made.low or 0) > (total.low or 0):
            step = f"{column.name} {span.last}: {made.low:,} of {total.low:,}"
            intake.note(EXCEEDS, step, [total, made])


def _claim(
    intake: Intake, sheet: Sheet, row: Row, column: Column, span: Span, part_of: str = ""
) -> Claim | None:
    said = row.text(column.name)
    count, hedge = _quantity(said)
    if count is None:
        if said not in EMPTY:
            intake.note(NOT_WHOLE, f"{span.last} {column.name} {said[:30]}")
        return None
    hedge = column.hedge if hedge == "exact" else hedge
    return intake.add(
        sheet,
        row,
        [row.cells[column.name]],
        metric=column.metric,
        low=count,
        high=count if hedge == "exact" else None,
        hedge=hedge,
        aggregation="cumulative" if span.cumulative else "period",
        claimant=CLAIMANT,
        claimant_side="third_party",
        period_start=span.first,
        period_end=span.last,
        published=span.published.isoformat(),
        victims=column.victims,
        weapon=column.weapon,
        part_of=part_of,
        rule=f"OHCHR table: {column.name}",
    )


def _note_falls(intake: Intake, held: list[Claim]) -> None:
    ordered = sorted(held, key=lambda claim: claim.period_end or INVASION)
    for before, after in pairwise(ordered):
        if (after.low or 0) < (before.low or 0):
            step = f"{after.metric} {after.period_end}: {before.low:,} to {after.low:,}"
            intake.note(FALLS, step, [before, after])


def _note_addresses(intake: Intake, rows: list[tuple[dt.date, Row]], column: str) -> None:
    for on, row in rows if column else ():
        address = row.text(column)
        if not address:
            intake.note(NO_ADDRESS, str(on))
        if "file:" in address:
            intake.note(LOCAL, str(on))
        cited = bulletin_day(address)
        if cited and cited != on:
            intake.note(STALE, f"{on} cites {cited}")


def bulletin_day(address: str) -> dt.date | None:
    """Return the day of a bulletin by its address, which is in English or French.

    >>> bulletin_day("https://www.ohchr.org/en/news/ukraine-civilian-casualty-update-9-avril-2022")
    datetime.date(2022, 4, 9)
    """
    found = BULLETIN.search(address)
    if not found:
        return None
    english = {"avril": "april", "mai": "may", "mars": "march"}.get(found[2], found[2])
    return day(f"{found[1]} {english.capitalize()} {found[3]}")


def _note_days(intake: Intake, days: list[dt.date]) -> None:
    for before, after in pairwise(sorted(set(days))):
        for number in range(1, (after - before).days):
            intake.note(GAP, str(before + dt.timedelta(days=number)))
