"""Tables of civilian casualties of the UN human rights office (OHCHR), by bulletin, as claims.

Running totals of civilians killed and injured since 24 February 2022. A row is a day on which
somebody looked up the latest bulletin, not always the day of a bulletin.
"""

import datetime as dt
import re
from collections.abc import Mapping
from itertools import pairwise

from tally.exchange.imported import EMPTY, Defect, Intake, day, whole
from tally.exchange.sheets import Row, Sheet
from tally.model import Claim, Metric

CLAIMANT = "OHCHR"
INVASION = dt.date(2022, 2, 24)
PEOPLE = {
    Metric.KILLED: re.compile(r"kill|dead|death", re.I),
    Metric.INJURED: re.compile(r"injur|wound", re.I),
}
DATE = re.compile(r"^(?:report(?:ing)? )?date$", re.I)
ADDRESS = re.compile(r"^(?:source[ _]?)?(?:url|link|source)$", re.I)
BULLETIN = re.compile(r"update-(\d{1,2})-([a-z]+)-(\d{4})")

BAD_DAY = Defect("bad_time", "a day", "rows without a day to read, unread")
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
    """Take in tables by bulletin."""
    for sheet in sheets.values():
        read_rows: list[tuple[dt.date, Row]] = []
        totals: dict[Metric, list[Claim]] = {metric: [] for metric in PEOPLE}
        columns = columns_of(sheet)
        for row in intake.rows(sheet):
            if not any(row.text(columns[metric]) for metric in PEOPLE):
                continue
            on = day(row.text(columns["date"]))
            if on is None:
                intake.note(BAD_DAY, f"row {row.number} {row.text(columns['date'])[:30]}")
                continue
            read_rows.append((on, row))
            intake.leave(row, [column for column in row.cells if column not in columns.values()])
            for metric in PEOPLE:
                if made := _claim(intake, sheet, row, columns[metric], (metric, on)):
                    totals[metric].append(made)
        for held in totals.values():
            _note_falls(intake, held)
        _note_addresses(intake, read_rows, columns.get("address", ""))
        _note_days(intake, [on for on, _ in read_rows])
        if read_rows:
            intake.note(AS_OF, sheet.name)


def columns_of(sheet: Sheet) -> dict[str, str]:
    """Return the columns of the day, killed, injured and the address; missing ones are not there.

    Where a table has columns of several bodies, those that name OHCHR are meant.
    """
    own = [name for name in sheet.columns if CLAIMANT in name] or list(sheet.columns)
    wanted = {str(metric): (pattern, own) for metric, pattern in PEOPLE.items()}
    wanted["date"] = DATE, list(sheet.columns)
    wanted["address"] = ADDRESS, list(sheet.columns)
    found = {
        key: next((name for name in names if pattern.search(name)), "")
        for key, (pattern, names) in wanted.items()
    }
    return {key: name for key, name in found.items() if name}


def _claim(
    intake: Intake, sheet: Sheet, row: Row, column: str, about: tuple[Metric, dt.date]
) -> Claim | None:
    metric, on = about
    count = whole(row.text(column))
    if count is None:
        if row.text(column) not in EMPTY:
            intake.note(NOT_WHOLE, f"{on} {column} {row.text(column)[:30]}")
        return None
    return intake.add(
        sheet,
        row,
        [row.cells[column]],
        metric=metric,
        low=count,
        high=count,
        aggregation="cumulative",
        claimant=CLAIMANT,
        claimant_side="third_party",
        period_start=INVASION,
        period_end=on,
        published=on.isoformat(),
        victims="civilian",
        rule="OHCHR table",
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
