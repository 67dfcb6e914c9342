"""UCDP GED, the georeferenced events of the Uppsala Conflict Data Program, as claims.

An event has a low and a high number of dead: that range is the claim; the "best" number inside it
is UCDP's midpoint and no claim of ours holds one. Civilians, the soldiers of each side and dead
whom UCDP could lay on neither are parts of it. A place that UCDP knows only by district, region or
country has a point that stands for it: such places stay without a name.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from tally.exchange.imported import Defect, Intake, day, whole
from tally.exchange.places import region_code
from tally.exchange.sheets import Row, Sheet
from tally.model import Claim, Metric

CLAIMANT = "UCDP"
COLUMNS = ("id", "date_start", "date_end", "best", "high", "low", "where_prec", "side_a")
READ = (
    *COLUMNS, "relid", "year", "type_of_violence", "side_b", "where_coordinates", "adm_1",
    "country", "event_clarity", "date_prec", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "code_status",
)  # fmt: skip
COUNTRIES = ("Ukraine", "Russia")
SIDES = (("Government of Russia", "Russia"), ("Government of Ukraine", "Ukraine"))
OTHER = {"Russia": "Ukraine", "Ukraine": "Russia"}
VICTIMS = {"deaths_civilians": "civilian", "deaths_unknown": ""}
EXACT_PLACE = 2
EXACT_DAYS = 3

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
PARTS = Defect(
    "parts_exceed_total", "parts within `best`", "dead by kind that add up to more than `best`"
)
SHORT = Defect(
    "parts_miss_total",
    "parts that make up `best`",
    "dead by kind, unknown ones included, that add up to less than `best`",
)


def read(sheets: Mapping[str, Sheet], intake: Intake) -> None:
    """Take in UCDP GED files, candidate events included."""
    ids: Counter[str] = Counter()
    for sheet in sheets.values():
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
    one_sided = row.text("type_of_violence") == "3"
    return {
        "attacker": side(row.text("side_a")) if one_sided else "",
        "claimant": CLAIMANT,
        "claimant_side": "third_party",
        "place": row.text("where_coordinates") if exact else "",
        "admin1": (code,) if code else (),
        "period_start": first,
        "period_end": last,
        "published": last.isoformat(),
        "review": "days stand for a longer span" if _is_long(row) else "",
    }


def side(name: str) -> str:
    """Return which belligerent an actor of UCDP is; "" for civilians and all others.

    >>> side("Government of Russia (Soviet Union)"), side("Civilians")
    ('Russia', '')
    """
    return next((side for start, side in SIDES if name.startswith(start)), "")


def _parts(intake: Intake, sheet: Sheet, row: Row, made: Claim, said: Mapping[str, object]) -> None:
    killers = {
        "deaths_a": OTHER.get(side(row.text("side_a")), ""),
        "deaths_b": OTHER.get(side(row.text("side_b")), ""),
        "deaths_civilians": said["attacker"],
        "deaths_unknown": said["attacker"],
    }
    total, parts = 0, []
    for column, attacker in killers.items():
        count = whole(row.text(column))
        total += count or 0
        if not count:
            continue
        about = {**said, "attacker": attacker, "part_of": made.id}
        about["victims"] = VICTIMS.get(column, "military")
        cell, rule = row.cells[column], f"UCDP GED: {column}"
        parts.append(
            intake.add(
                sheet, row, [cell], metric=Metric.KILLED, low=count, high=count, rule=rule, **about
            )
        )
    best = whole(row.text("best")) or 0
    if total != best:
        defect = PARTS if total > best else SHORT
        intake.note(defect, f"{row.text('id')} {total:,} of {best:,}", [made, *parts])


def _is_long(row: Row) -> bool:
    return (whole(row.text("date_prec")) or 0) > EXACT_DAYS or row.text("event_clarity") == "2"


def _note_row(intake: Intake, row: Row, made: Claim) -> None:
    name = row.text("id")
    if row.text("adm_1") and not made.admin1:
        intake.note(NO_REGION, f"{name} {row.text('adm_1')}", [made])
    if not made.place:
        intake.note(STAND_IN, f"{name} {row.text('where_coordinates')}", [made])
    if _is_long(row):
        intake.note(LONG, f"{name} {made.period_start} to {made.period_end}", [made])
    if row.text("code_status") not in ("", "Clear"):
        intake.note(UNCHECKED, f"{name} {row.text('code_status')}", [made])
