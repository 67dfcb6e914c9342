"""Losses of Russia as Ukraine's General Staff counts them (personnel, equipment) as claims.

Running totals by day, in up to three files: personnel, equipment, and the corrections that the
General Staff made later. A total that falls is told with the correction that explains it; the
losses of a day are never a plain difference of two totals: see `by_day`.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tally.exchange.days import day
from tally.exchange.imported import Defect, Intake, whole
from tally.exchange.sheets import Row, Sheet
from tally.model import Claim, Hedge, Metric

CLAIMANT = "Ukrainian General Staff"
INVASION = dt.date(2022, 2, 24)
CORRECTION = "correction"
NO_COUNTS = ("date", "day", "personnel*", "POW", "greatest losses direction")
HEDGES: dict[str, Hedge] = {"about": "about", "more": "more_than", "": "exact"}
NEAR = dt.timedelta(days=1)

Corrections = Mapping[tuple[str, dt.date], int]

BAD_DAY = Defect("bad_time", "a day", "rows without a day to read, unread")
BAD_NUMBER = Defect("day_misnumbered", "days counted from 24 February 2022 as 1", "`day` is off")
NOT_WHOLE = Defect("not_a_count", "whole numbers", "cells that hold no count, unread")
NO_HEDGE = Defect(
    "unknown_hedge", "about or more", "words of doubt that we do not know: no claim is made"
)
GAP = Defect("missing_day", "a row a day", "days without a row")
TWICE = Defect("row_twice", "each day once", "days that stand twice")
EXPLAINED = Defect(
    "cumulative_falls",
    "running totals that do not fall",
    "totals that fall by a correction of the General Staff; no day's losses are negative",
)
UNEXPLAINED = Defect(
    "cumulative_falls_unexplained",
    "running totals that do not fall",
    "totals that fall, and no correction says why",
)
MISDATED = Defect(
    "correction_misdated",
    "corrections under the day whose totals hold them",
    "corrections that only the totals of the next day can hold, read so",
)
BEGINS = Defect(
    "series_break", "the same columns throughout", "kinds counted only from or up to a day"
)


def read(sheets: Mapping[str, Sheet], intake: Intake) -> None:
    """Take in the files of the series, corrections included."""
    given = corrections(sheets)
    for name, sheet in sheets.items():
        if CORRECTION in name:
            for row in intake.rows(sheet):
                _day_of(intake, name, row)
            continue
        _note_days(intake, sheet, _read_sheet(intake, sheet))
    settled = settle(intake.claims, given)
    for held in by_kind(intake.claims).values():
        _note_falls(intake, held, settled)
    for on in sorted({on for _, on in given} - {on for _, on in settled}):
        intake.note(MISDATED, str(on))


def corrections(sheets: Mapping[str, Sheet]) -> dict[tuple[str, dt.date], int]:
    """Return by kind and day what the General Staff added to or took from its totals."""
    found = {}
    for name, sheet in sheets.items():
        for row in sheet.rows if CORRECTION in name else ():
            on = day(row.text("date"))
            for column in row.cells:
                amount = row.text(column).removeprefix("-")
                if on and column not in NO_COUNTS and amount.isdecimal() and int(amount):
                    found[column, on] = int(row.text(column))
    return found


def settle(claims: Sequence[Claim], given: Corrections) -> dict[tuple[str, dt.date], int]:
    """Return the corrections by the day whose totals hold them: their own, or else the next.

    A correction belongs to the day on which no kind is left with negative losses.
    """
    steps = {
        (kind, on): step for kind, held in by_kind(claims).items() for on, step in _steps(held)
    }
    settled: dict[tuple[str, dt.date], int] = {}
    for on in sorted({on for _, on in given}):
        amounts = {kind: amount for (kind, day), amount in given.items() if day == on}
        fits = [when for when in (on, on + NEAR) if _fits(steps, amounts, on, when)]
        settled |= {(kind, (fits or [on])[0]): amount for kind, amount in amounts.items()}
    return settled


def _fits(steps: Corrections, amounts: Mapping[str, int], on: dt.date, when: dt.date) -> bool:
    """Tell whether corrections dated `on` leave no negative losses when they are put on `when`."""
    own = (
        steps.get((kind, day), 0) - (amount if day == when else 0)
        for kind, amount in amounts.items()
        for day in (on, on + NEAR)
        if (kind, day) in steps
    )
    return all(step >= 0 for step in own)


def by_day(claims: Sequence[Claim], settled: Corrections) -> Iterator[tuple[dt.date, int, int]]:
    """Give each day, the losses of that day and what a correction added, of totals of one kind.

    Only neighbouring days are compared: what happened over a gap is no day's.
    """
    for on, step in _steps(claims):
        corrected = settled.get((kind_of(claims[0]), on), 0)
        yield on, step - corrected, corrected


def by_kind(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Return the totals of each kind: tanks, personnel, …"""
    kinds: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        kinds[kind_of(claim)].append(claim)
    return kinds


def kind_of(claim: Claim) -> str:
    """Return the kind that a total counts, as the series names it."""
    return claim.weapon or "personnel"


def _steps(claims: Sequence[Claim]) -> Iterator[tuple[dt.date, int]]:
    for before, after in pairwise(_in_order(claims)):
        if after.period_end and before.period_end and after.period_end - before.period_end == NEAR:
            yield after.period_end, (after.low or 0) - (before.low or 0)


def _in_order(claims: Sequence[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: claim.period_end or INVASION)


def _read_sheet(intake: Intake, sheet: Sheet) -> dict[str, list[Claim]]:
    totals: dict[str, list[Claim]] = defaultdict(list)
    for row in intake.rows(sheet):
        on = _day_of(intake, sheet.name, row)
        if on is None:
            continue
        intake.leave(row, [column for column in NO_COUNTS[3:] if row.text(column) != "0"])
        for column in row.cells:
            if column not in NO_COUNTS and (made := _claim(intake, sheet, row, column, on)):
                totals[column].append(made)
    return totals


def _claim(intake: Intake, sheet: Sheet, row: Row, column: str, on: dt.date) -> Claim | None:
    count, word = whole(row.text(column)), row.text(f"{column}*")
    if count is None:
        if row.text(column):
            intake.note(NOT_WHOLE, f"{sheet.name} {on} {column} {row.text(column)[:30]}")
        return None
    if word not in HEDGES:
        intake.note(NO_HEDGE, f"{sheet.name} {on} {word[:30]}")
        return None
    hedge = HEDGES[word]
    people = column == "personnel"
    return intake.add(
        sheet,
        row,
        [row.cells[column]],
        metric=Metric.PERSONNEL_LOSSES if people else Metric.EQUIPMENT_LOSSES,
        low=count,
        high=None if hedge == "more_than" else count,
        hedge=hedge,
        aggregation="cumulative",
        attacker="Ukraine",
        claimant=CLAIMANT,
        claimant_side="Ukraine",
        period_start=INVASION,
        period_end=on,
        published=on.isoformat(),
        victims="military" if people else "",
        weapon="" if people else column,
        rule=f"General Staff losses: {column}",
    )


def _day_of(intake: Intake, name: str, row: Row) -> dt.date | None:
    on, number = day(row.text("date")), whole(row.text("day"))
    if on is None:
        intake.note(BAD_DAY, f"{name} row {row.number} {row.text('date')[:30] or '(empty)'}")
    elif number is not None and number != (on - INVASION).days + 1:
        intake.note(BAD_NUMBER, f"{name} {on}: {number}, not {(on - INVASION).days + 1}")
    return on


def _note_falls(intake: Intake, held: Sequence[Claim], settled: Corrections) -> None:
    kind = kind_of(held[0])
    for before, after in pairwise(_in_order(held)):
        low, high = after.low or 0, before.low or 0
        if low >= high or after.period_end is None:
            continue
        corrected = settled.get((kind, after.period_end), 0)
        step = f"{kind} {after.period_end}: {high:,} to {low:,}"
        if corrected < 0 and low - high >= corrected:
            own = low - high - corrected
            words = f"{step} = {corrected:,} corrected and {own:,} lost that day"
            intake.note(EXPLAINED, words, [before, after])
        else:
            intake.note(UNEXPLAINED, step, [before, after])


def _note_days(intake: Intake, sheet: Sheet, totals: Mapping[str, Sequence[Claim]]) -> None:
    days = [on for row in sheet.rows if (on := day(row.text("date")))]
    if not days:
        return
    known = set(days)
    for number in range((max(days) - min(days)).days):
        on = min(days) + dt.timedelta(days=number)
        if on not in known:
            intake.note(GAP, f"{sheet.name} {on}")
    for on in sorted(on for on, rows in Counter(days).items() if rows > 1):
        intake.note(TWICE, f"{sheet.name} {on}")
    for kind, held in totals.items():
        ends = [claim.period_end for claim in held if claim.period_end]
        if min(ends) > min(days):
            intake.note(BEGINS, f"{kind} from {min(ends)}")
        if max(ends) < max(days):
            intake.note(BEGINS, f"{kind} to {max(ends)}")
