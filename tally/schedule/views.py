"""What the pages of the site show, in words and links: periods, moments, months, troubles."""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from tally.schedule.checking import FILES
from tally.schedule.record import Record
from tally.wording import date_words

View = dict[str, Any]

LABELS = {"html": "Read (HTML)", "pdf": "PDF", "ipynb": "Notebook"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """An edition that is missing: `kind` as in TROUBLES, `since` when it was noticed."""

    serial: str
    period: str
    kind: str
    since: dt.datetime


TROUBLES = {
    "failed": "could not be made",
    "waiting": "is held back until newer documents come in",
    "late": "is late",
}


def troubles_of(alarms: Iterable[tuple[str, dt.datetime]]) -> list[Trouble]:
    """Return the alarms that concern an edition, for readers: without their words.

    >>> now = dt.datetime(2025, 5, 21)
    >>> found = troubles_of([("late daily 2025-05-21", now), ("feed x", now)])
    >>> [(each.serial, each.period, each.kind) for each in found]
    [('daily', '2025-05-21', 'late')]
    """
    found = []
    for name, since in alarms:
        kind, _, rest = name.partition(" ")
        serial, _, period = rest.partition(" ")
        if kind in TROUBLES and period:
            found.append(Trouble(serial, period, kind, since))
    return found


def period_words(period: str) -> str:
    """Write the name of a period.

    >>> period_words("2025-05-21"), period_words("2025-10-26T0300-2")
    ('21 May 2025', '26 October 2025, 03:00 for the second time')
    """
    day, time, again = period[:10], period[11:15], period[15:]
    words = date_words(dt.date.fromisoformat(day))
    clock = f", {time[:2]}:{time[2:]}" if time else ""
    return f"{words}{clock}{' for the second time' if again else ''}"


def moment_words(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Write a moment on the clock of a zone.

    >>> moment_words(dt.datetime(2025, 5, 21, 5, tzinfo=dt.UTC), ZoneInfo("Europe/Kyiv"))
    '21 May 2025, 08:00 Kyiv time'
    """
    local = moment.astimezone(zone)
    place = zone.key.rpartition("/")[2].replace("_", " ")
    return (
        f"{date_words(local.date())}, {local:%H:%M} {place if place == 'UTC' else f'{place} time'}"
    )


def month(name: str, by_day: Mapping[str, list[Record]], target: str) -> View:
    """Return the calendar of a month; `target` is the address of a day or its one period."""
    first = dt.date.fromisoformat(f"{name}-01")
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return {
        "label": f"{first:%B %Y}",
        "weeks": [[_day(day, first, by_day, target) for day in week] for week in weeks],
    }


def _day(day: dt.date, first: dt.date, by_day: Mapping[str, list[Record]], target: str) -> View:
    if day.month != first.month:
        return {"day": "", "href": "", "label": "", "amended": False}
    records = by_day.get(day.isoformat(), [])
    amended = any(record.revision > 1 for record in records)
    words = f"{date_words(day)}: {counted(len(records), 'edition')}{', revised' if amended else ''}"
    return {
        "day": day.day,
        "href": target.format(records[0].period if len(records) == 1 else day) if records else "",
        "label": words,
        "amended": amended,
    }


def forms(record: Record) -> list[View]:
    """Return the links to the files of a revision."""
    return [
        {"label": LABELS[form], "href": f"{record.address}{name}"}
        for form, name in FILES.items()
        if name in record.products
    ]


def edition_link(record: Record | None, words: str, rel: str, none: str) -> View:
    """Return the link to an edition, or the words that there is none."""
    if record is None:
        return link("", none)
    title = words.format(record.title)
    return link(f"{record.serial}/{record.period}/index.html", title, rel)


def day_link(day: str, words: str, rel: str, none: str) -> View:
    """Return the link to the page of a day, or the words that there is none."""
    if not day:
        return link("", f"The {none}")
    return link(f"by-day/{day}.html", words.format(date_words(dt.date.fromisoformat(day))), rel)


def link(href: str, label: str, rel: str = "") -> View:
    """Return a link; without an address it is only its words."""
    return {"href": href, "label": label, "rel": rel}


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "edition"), counted(2, "edition")
    ('1 edition', '2 editions')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
