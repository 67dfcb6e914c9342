"""Exports of ACLED (Armed Conflict Location & Event Data) as claims of people killed.

An event is one claim of ACLED's, of its most careful count. ACLED writes 0 for "none" and for
"unknown" alike, round numbers for words such as "dozens", no injured, and both sides' dead in one
figure: what a cell cannot tell apart is not claimed. The order of its two actors says nothing of
who attacked.
"""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tally.exchange.acled_notes import STANDS_FOR, Told, told_by
from tally.exchange.days import day, shapes_of
from tally.exchange.imported import Defect, Intake, whole
from tally.exchange.places import region_code
from tally.exchange.sheets import Row, Sheet
from tally.model import Claim, Metric

CLAIMANT = "ACLED"
COUNTRIES = frozenset({"Ukraine", "Russia"})
COLUMNS = ("event_id_cnty", "event_date", "event_type", "actor1", "admin1", "fatalities")
READ = (
    *COLUMNS, "actor2", "civilian_targeting", "country", "year", "time_precision", "geo_precision",
    "location",
)  # fmt: skip
REMOTE = frozenset({"Explosions/Remote violence", "Violence against civilians"})
SIDES = {
    "Military Forces of Russia": "Russia",
    "NAF: United Armed Forces of Novorossiya": "Russia",
    "Private Security Forces: Wagner": "Russia",
    "Wagner Group": "Russia",
    "Military Forces of Ukraine": "Ukraine",
}
CIVILIANS = "Civilian"
NEAR, BY_REGION = "2", "3"
DAY, MONTH = "1", "3"

BAD_DAY = Defect(
    "bad_time",
    "a day",
    "events without a day to read, or whose day with slashes may be two, unread",
)
BAD_YEAR = Defect("year_differs", "`year` as in `event_date`", "events with two years, unread")
NOT_WHOLE = Defect("not_a_count", "whole numbers", "events whose fatalities are no count, unread")
NO_ID = Defect("no_event_id", "an id an event", "events without an id: they may be one or several")
TWICE = Defect("event_twice", "each event once", "ids that stand twice; only the first is read")
ELSEWHERE = Defect("other_country", "Ukraine or Russia", "events of other countries, unread")
SILENT = Defect(
    "zero_or_unknown",
    "an empty cell where the number is unknown",
    "0 fatalities, which ACLED writes for none and for unknown alike: no claim is made of it",
)
ROUND = Defect(
    "round_by_rule",
    "a count",
    "3, 10, 12 or 100 fatalities, which ACLED also writes for several, tens, dozens, hundreds and "
    "an unknown number, and notes that do not name the number: look again",
)
STANDS_IN = Defect(
    "number_stands_in",
    "a count",
    "fatalities that by the notes stand for a word such as several or for an unknown number: no "
    "claim is made of them",
)
NO_REGION = Defect("unknown_place", "a first-level unit", "regions on no map of ours")
STAND_IN = Defect(
    "place_stands_in",
    "the place of the event",
    "events known only by region (geo_precision 3), placed in a town that stands for it: "
    "the town is left out",
)
NEAR_PLACE = Defect(
    "place_near",
    "the place of the event",
    "events in the area around their place (geo_precision 2): look again",
)
ABOUT_WHEN = Defect(
    "day_stands_in",
    "the day of the event",
    "events dated by a day of the week or month that they are known by (time_precision 2: look "
    "again; 3: the claim is of the month)",
)


def read(sheets: Mapping[str, Sheet], intake: Intake) -> None:
    """Take in ACLED exports; older ones have their columns in upper case."""
    ids: Counter[str] = Counter()
    for sheet in map(Sheet.in_lower_case, sheets.values()):
        shapes = shapes_of(row.text("event_date") for row in sheet.rows)
        for row in intake.rows(sheet):
            name = row.text("event_id_cnty")
            ids[name] += 1
            if not name:
                intake.note(NO_ID, f"row {row.number}")
            elif ids[name] > 1:
                intake.note(TWICE, name)
                continue
            _read_row(intake, sheet, row, shapes)


def _read_row(intake: Intake, sheet: Sheet, row: Row, shapes: Sequence[str]) -> None:
    label = row.text("event_id_cnty") or f"row {row.number}"
    count = whole(row.text("fatalities"))
    on = _day(intake, row, shapes, label)
    if on is None:
        return
    if row.text("country") not in COUNTRIES:
        intake.note(ELSEWHERE, f"{label} {row.text('country')}")
    elif count is None:
        intake.note(NOT_WHOLE, f"{label} {row.text('fatalities')[:30] or '(empty)'}")
    elif count == 0:
        intake.note(SILENT, label)
    elif (told := told_by(row.text("notes"), count)).stands_in:
        intake.note(STANDS_IN, f"{label} {count}")
    else:
        intake.leave(row, [column for column in row.cells if column not in READ])
        made = _add(intake, sheet, row, on, (count, told))
        _note_row(intake, row, on, made, told)


def _day(intake: Intake, row: Row, shapes: Sequence[str], label: str) -> dt.date | None:
    on, year = day(row.text("event_date"), shapes), row.text("year")
    if on is None:
        intake.note(BAD_DAY, f"{label} {row.text('event_date')[:30] or '(empty)'}")
    elif year and year != str(on.year):
        intake.note(BAD_YEAR, f"{label} {on}, {year}")
        return None
    return on


def _add(intake: Intake, sheet: Sheet, row: Row, on: dt.date, counted: tuple[int, Told]) -> Claim:
    count, told = counted
    code = region_code(row.text("admin1"))
    by_month = row.text("time_precision") == MONTH
    return intake.add(
        sheet,
        row,
        [row.cells["fatalities"]],
        metric=Metric.KILLED,
        low=count,
        high=None if told.hedge in ("at_least", "more_than") else count,
        hedge=told.hedge,
        attacker=attacker(row),
        claimant=CLAIMANT,
        claimant_side="third_party",
        place="" if row.text("geo_precision") == BY_REGION else row.text("location"),
        admin1=(code,) if code else (),
        period_start=on.replace(day=1) if by_month else on,
        period_end=_month_end(on) if by_month else on,
        published=_published(row, on),
        victims="civilian" if against_civilians(row) else "",
        rule=f"ACLED: {row.text('event_type') or 'fatalities'}",
        review="; ".join(_doubts(row, count, told)),
    )


def _month_end(on: dt.date) -> dt.date:
    return on.replace(day=calendar.monthrange(on.year, on.month)[1])


def _doubts(row: Row, count: int, told: Told) -> Iterator[str]:
    if row.text("time_precision") not in ("", DAY, MONTH):
        yield "day stands for a week"
    if row.text("geo_precision") == NEAR:
        yield "in the area around the place"
    if count in STANDS_FOR and not told.named:
        yield f"{count} may stand for {STANDS_FOR[count]}"


def _note_row(intake: Intake, row: Row, on: dt.date, made: Claim, told: Told) -> None:
    label = row.text("event_id_cnty") or f"row {row.number}"
    precision = row.text("geo_precision")
    if not made.admin1:
        intake.note(NO_REGION, f"{label} {row.text('admin1') or '(empty)'}", [made])
    if precision == BY_REGION:
        intake.note(STAND_IN, f"{label} {row.text('location')}", [made])
    if precision == NEAR:
        intake.note(NEAR_PLACE, f"{label} {row.text('location')}", [made])
    if row.text("time_precision") not in ("", DAY):
        intake.note(ABOUT_WHEN, f"{label} {on}", [made])
    if made.low in STANDS_FOR and not told.named:
        intake.note(ROUND, f"{label} {made.low}", [made])


def attacker(row: Row) -> str:
    """Return whose weapons killed: told only where one armed side is there and it strikes.

    Of two armed sides either may have, whichever stands first.
    """
    if row.text("event_type") not in REMOTE:
        return ""
    names = [row.text(column) for column in ("actor1", "actor2")]
    armed = [name for name in names if name and not name.startswith(CIVILIANS)]
    if len(armed) != 1:
        return ""
    return next((side for start, side in SIDES.items() if armed[0].startswith(start)), "")


def against_civilians(row: Row) -> bool:
    """Tell whether civilians alone were struck: by ACLED, the dead are then civilians."""
    if row.text("event_type") not in REMOTE:
        return False
    columns = ("civilian_targeting", "actor1", "actor2")
    return any(row.text(column).startswith(CIVILIANS) for column in columns)


def _published(row: Row, on: dt.date) -> str:
    """Return when ACLED last changed the event, else its day."""
    stamp = whole(row.text("timestamp"))
    if not stamp:
        return on.isoformat()
    try:
        return dt.datetime.fromtimestamp(stamp, dt.UTC).isoformat(timespec="minutes")
    except (OverflowError, OSError, ValueError):
        return on.isoformat()
