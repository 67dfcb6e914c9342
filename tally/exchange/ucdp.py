"""UCDP GED, the georeferenced events of the Uppsala Conflict Data Program, as claims.

An event has a low and a high number of dead: that range is the claim; the "best" number inside it
is UCDP's estimate and no claim of ours holds one. Civilians, the soldiers of each side and the dead
of unknown status are parts of it: they add up to "best", so they are as rough as it is. A place
that UCDP knows only by district, region or country has a point that stands for it: such places stay
without a name.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping

from tally.exchange.days import day
from tally.exchange.imported import Defect, Intake, whole
from tally.exchange.places import region_code
from tally.exchange.sheets import Row, Sheet
from tally.model import OPPONENT, Claim, Metric

CLAIMANT = "UCDP"
COLUMNS = ("id", "date_start", "date_end", "best", "high", "low", "where_prec", "side_a")
READ = (
    *COLUMNS, "relid", "year", "type_of_violence", "side_b", "where_coordinates", "adm_1",
    "country", "event_clarity", "date_prec", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "code_status",
)  # fmt: skip
PARTS = {
    "deaths_a": "military",
    "deaths_b": "military",
    "deaths_civilians": "civilian",
    "deaths_unknown": "",
}
CHECKED = ("", "Clear")
COUNTRIES = ("Ukraine", "Russia")
SIDES = (("Government of Russia", "Russia"), ("Government of Ukraine", "Ukraine"))
EXACT_PLACE = 2
EXACT_DAYS = 3
ONE_SIDED, SUMMARY = 3, 2

BAD_DAY = Defect("bad_time", "days in order", "events without days to read, unread")
BAD_RANGE = Defect("bad_range", "low <= best <= high", "numbers out of order, unread")
TWICE = Defect("event_twice", "each event once", "ids that stand twice; only the first is read")
ELSEWHERE = Defect("other_country", "Ukraine or Russia", "events of other countries, unread")
NO_REGION = Defect("unknown_place", "a first-level unit", "regions on no map of ours")
STAND_IN = Defect(
    "place_stands_in",
    "the place of the event (where_prec 1, 2)",
    "events known only by district, region, country or area: the point that stands for it and its "
    "name are left out",
)
LONG = Defect(
    "summary_event",
    "one event of known days",
    "summaries over weeks or more (date_prec 4, 5 or event_clarity 2): they may hold days that "
    "other rows count",
)
UNCHECKED = Defect(
    "not_final", "checked events (code_status Clear)", "candidate events that may change or go"
)
DIFFER = Defect(
    "parts_differ_from_total",
    "deaths_a + deaths_b + deaths_civilians + deaths_unknown = best",
    "dead by kind that do not add up to `best`",
)
NOT_WHOLE = Defect("not_a_count", "whole numbers", "dead by kind that are no count, unread")
ONE_DAY = Defect(
    "day_stands_in",
    "as many days as date_prec says",
    "events known only by several days, a week or a month (date_prec 2 and more), dated by one day",
)


def read(sheets: Mapping[str, Sheet], intake: Intake) -> None:
    """Take in UCDP GED files, candidate events included."""
    ids: Counter[str] = Counter()
    for sheet in map(Sheet.in_lower_case, sheets.values()):
        for row in intake.rows(sheet):
            ids[row.text("id")] += 1
            if ids[row.text("id")] > 1:
                intake.note(TWICE, row.text("id"))
            elif not row.text("country").startswith(COUNTRIES):
                intake.note(ELSEWHERE, f"{row.text('id')} {row.text('country')}")
            else:
                _read_row(intake, sheet, row)


def _read_row(intake: Intake, sheet: Sheet, row: Row) -> None:
    name = row.text("id")
    first, last = day(row.text("date_start")), day(row.text("date_end"))
    low, best, high = (whole(row.text(column)) for column in ("low", "best", "high"))
    if first is None or last is None or first > last:
        intake.note(BAD_DAY, f"{name} {row.text('date_start')} to {row.text('date_end')}")
    elif low is None or best is None or high is None or not low <= best <= high:
        numbers = ", ".join(row.text(column) for column in ("low", "best", "high"))
        intake.note(BAD_RANGE, f"{name} {numbers}")
    else:
        intake.leave(row, [column for column in row.cells if column not in READ])
        said = _said(row, first, last)
        cells = [row.cells["low"], row.cells["high"]]
        made = intake.add(
            sheet,
            row,
            cells,
            metric=Metric.KILLED,
            low=low,
            high=high,
            hedge="exact" if low == high else "range",
            rule="UCDP GED: low, high",
            **said,
        )
        _parts(intake, sheet, row, made, said)
        _note_row(intake, row, made)


def _said(row: Row, first: dt.date, last: dt.date) -> dict[str, object]:
    code = region_code(row.text("adm_1"))
    exact = (whole(row.text("where_prec")) or 0) in range(1, EXACT_PLACE + 1)
    one_sided = whole(row.text("type_of_violence")) == ONE_SIDED
    return {
        "attacker": side(row.text("side_a")) if one_sided else "",
        "claimant": CLAIMANT,
        "claimant_side": "third_party",
        "place": row.text("where_coordinates") if exact else "",
        "admin1": (code,) if code else (),
        "period_start": first,
        "period_end": last,
        "published": last.isoformat(),
        "review": "; ".join(_doubts(row)),
    }


def side(name: str) -> str:
    """Return which belligerent an actor of UCDP is; "" for civilians and all others.

    >>> side("Government of Russia (Soviet Union)"), side("Civilians")
    ('Russia', '')
    """
    return next((side for start, side in SIDES if name.startswith(start)), "")


def _doubts(row: Row) -> Iterator[str]:
    if _is_long(row):
        yield "days stand for a longer span"
    if row.text("code_status") not in CHECKED:
        yield f"not final: {row.text('code_status')}"


def _parts(intake: Intake, sheet: Sheet, row: Row, made: Claim, said: Mapping[str, object]) -> None:
    killers = {
        "deaths_a": OPPONENT.get(side(row.text("side_a")), ""),
        "deaths_b": OPPONENT.get(side(row.text("side_b")), ""),
    }
    counts: list[int | None] = []
    held = [made]
    for column, victims in PARTS.items():
        count = whole(row.text(column))
        counts.append(count)
        if count is None and row.text(column):
            intake.note(NOT_WHOLE, f"{row.text('id')} {column} {row.text(column)[:30]}")
        if not count:
            continue
        about = {**said, "attacker": killers.get(column, said["attacker"]), "victims": victims}
        about |= {"low": count, "high": count, "part_of": made.id}
        about["hedge"] = "exact" if made.hedge == "exact" else "about"
        rule = f"UCDP GED: {column}"
        cells = [row.cells[column]]
        held.append(intake.add(sheet, row, cells, metric=Metric.KILLED, rule=rule, **about))
    known = [count for count in counts if count is not None]
    best = whole(row.text("best"))
    if len(known) == len(counts) and sum(known) != best:
        sum_ = f"{' + '.join(f'{count:,}' for count in known)} = {sum(known):,}, not {best:,}"
        intake.note(DIFFER, f"{row.text('id')} {sum_}", held)


def _precision(row: Row) -> int:
    return whole(row.text("date_prec")) or 0


def _is_long(row: Row) -> bool:
    return _precision(row) > EXACT_DAYS or whole(row.text("event_clarity")) == SUMMARY


def _note_row(intake: Intake, row: Row, made: Claim) -> None:
    name = row.text("id")
    if row.text("adm_1") and not made.admin1:
        intake.note(NO_REGION, f"{name} {row.text('adm_1')}", [made])
    if not made.place:
        intake.note(STAND_IN, f"{name} {row.text('where_coordinates')}", [made])
    if _is_long(row):
        intake.note(LONG, f"{name} {made.period_start} to {made.period_end}", [made])
    if _precision(row) > 1 and made.period_start == made.period_end:
        intake.note(ONE_DAY, f"{name} {made.period_end}", [made])
    if row.text("code_status") not in CHECKED:
        intake.note(UNCHECKED, f"{name} {row.text('code_status')}", [made])
