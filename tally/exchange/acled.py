"""Exports of ACLED (Armed Conflict Location & Event Data) as claims of people killed.

An event is one claim of ACLED's, of its most careful count. ACLED writes 0 for "none" and for
"unknown" alike, round numbers for words such as "dozens", no injured, and both sides' dead in one
figure: what a cell cannot tell apart is not claimed.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from tally.exchange.imported import Defect, Intake, day, whole
from tally.exchange.places import region_code
from tally.exchange.sheets import Row, Sheet
from tally.model import Metric

CLAIMANT = "ACLED"
COUNTRIES = frozenset({"Ukraine", "Russia"})
COLUMNS = ("event_id_cnty", "event_date", "event_type", "actor1", "admin1", "fatalities")
READ = (*COLUMNS, "country", "year", "time_precision", "geo_precision", "location")
REMOTE = frozenset({"Explosions/Remote violence", "Violence against civilians"})
SIDES = {
    "Military Forces of Russia": "Russia",
    "NAF: United Armed Forces of Novorossiya": "Russia",
    "Private Security Forces: Wagner": "Russia",
    "Wagner Group": "Russia",
    "Military Forces of Ukraine": "Ukraine",
}
WORDS = {10: "tens or an unknown number", 12: "dozens", 100: "hundreds"}
BY_REGION = "3"
DAY = "1"

BAD_DAY = Defect("bad_time", "a day", "events without a day to read, unread")
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
    "10, 12 or 100 fatalities, which ACLED also writes for tens or an unknown number, dozens and "
    "hundreds: look again",
)
NO_REGION = Defect("unknown_place", "a first-level unit", "regions on no map of ours")
STAND_IN = Defect(
    "place_stands_in",
    "the place of the event",
    "events known only by region (geo_precision 3), placed in a town that stands for it: "
    "the town is left out",
)
ABOUT_WHEN = Defect(
    "day_stands_in",
    "the day of the event",
    "events known only by week or month (time_precision 2, 3), dated by a day of it: look again",
)


def read(sheets: Mapping[str, Sheet], intake: Intake) -> None:
    """Take in ACLED exports."""
    ids: Counter[str] = Counter()
    for sheet in sheets.values():
        for row in intake.rows(sheet):
            name = row.text("event_id_cnty")
            ids[name] += 1
            if not name:
                intake.note(NO_ID, f"row {row.number}")
            elif ids[name] > 1:
                intake.note(TWICE, name)
                continue
            _read_row(intake, sheet, row)


def _read_row(intake: Intake, sheet: Sheet, row: Row) -> None:
    label = row.text("event_id_cnty") or f"row {row.number}"
    count = whole(row.text("fatalities"))
    on = _day(intake, row, label)
    if on is None:
        return
    if row.text("country") not in COUNTRIES:
        intake.note(ELSEWHERE, f"{label} {row.text('country')}")
    elif count is None:
        intake.note(NOT_WHOLE, f"{label} {row.text('fatalities')[:30] or '(empty)'}")
    elif count == 0:
        intake.note(SILENT, label)
    else:
        intake.leave(row, [column for column in row.cells if column not in READ])
        _add(intake, sheet, row, on, count)


def _day(intake: Intake, row: Row, label: str) -> dt.date | None:
    on, year = day(row.text("event_date")), row.text("year")
    if on is None:
        intake.note(BAD_DAY, f"{label} {row.text('event_date')[:30] or '(empty)'}")
    elif year and year != str(on.year):
        intake.note(BAD_YEAR, f"{label} {on}, {year}")
        return None
    return on


def _add(intake: Intake, sheet: Sheet, row: Row, on: dt.date, count: int) -> None:
    code = region_code(row.text("admin1"))
    by_region = row.text("geo_precision") == BY_REGION
    doubts = []
    if row.text("time_precision") not in ("", DAY):
        doubts.append("day stands for a week or month")
    if count in WORDS:
        doubts.append(f"{count} may stand for {WORDS[count]}")
    made = intake.add(
        sheet,
        row,
        [row.cells["fatalities"]],
        metric=Metric.KILLED,
        low=count,
        high=count,
        attacker=attacker(row),
        claimant=CLAIMANT,
        claimant_side="third_party",
        place="" if by_region else row.text("location"),
        admin1=(code,) if code else (),
        period_start=on,
        period_end=on,
        published=_published(row, on),
        rule=f"ACLED: {row.text('event_type') or 'fatalities'}",
        review="; ".join(doubts),
    )
    label = row.text("event_id_cnty") or f"row {row.number}"
    if not code:
        intake.note(NO_REGION, f"{label} {row.text('admin1') or '(empty)'}", [made])
    if by_region:
        intake.note(STAND_IN, f"{label} {row.text('location')}", [made])
    if row.text("time_precision") not in ("", DAY):
        intake.note(ABOUT_WHEN, f"{label} {on}", [made])
    if count in WORDS:
        intake.note(ROUND, f"{label} {count}", [made])


def attacker(row: Row) -> str:
    """Return whose weapons killed: told only where one side strikes and the other cannot."""
    if row.text("event_type") not in REMOTE:
        return ""
    name = row.text("actor1")
    return next((side for start, side in SIDES.items() if name.startswith(start)), "")


def _published(row: Row, on: dt.date) -> str:
    """Return when ACLED last changed the event, else its day."""
    stamp = whole(row.text("timestamp"))
    if not stamp:
        return on.isoformat()
    try:
        return dt.datetime.fromtimestamp(stamp, dt.UTC).isoformat(timespec="minutes")
    except (OverflowError, OSError, ValueError):
        return on.isoformat()
