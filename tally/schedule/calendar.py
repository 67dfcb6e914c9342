"""When a briefing is due: a cron expression on the clock of its zone, across summer time.

The calendar is APScheduler's CronTrigger. Three of its habits are not those of cron, and are put
right here: it counts weekdays from Monday = 0, of an hour that comes twice it takes both, and of a
midnight that summer time leaves out it leaves out the day.
Reads no clock.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

FIELDS = ("minute", "hour", "day", "month", "day_of_week")
# Leap days are at most eight years apart.
_FAR = dt.timedelta(days=9 * 366)
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_WEEKDAY = re.compile(r"(?:(\*)|(\w+)(?:-(\w+))?)(?:/(\d+))?")


@dataclass(frozen=True, slots=True)
class Period:
    """One entry of a calendar: its name, which is its address too, and when it is due (UTC)."""

    name: str
    due: dt.datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """A cron expression, `minute hour day month weekday`, on the clock of a zone."""

    expression: str
    zone: ZoneInfo

    def __post_init__(self) -> None:
        """Refuse an expression that is wrong, or that never comes (ValueError)."""
        fields = self.expression.split()
        if len(fields) != len(FIELDS):
            msg = f"has {len(fields)} fields; write five: minute hour day month weekday"
            raise ValueError(msg)
        if fields[2] != "*" and fields[4] != "*":
            msg = "names days of the month and weekdays; cron takes either, others both: name one"
            raise ValueError(msg)
        start = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
        if next(self.between(start, start + _FAR), None) is None:
            msg = "never comes"
            raise ValueError(msg)

    def between(self, after: dt.datetime, until: dt.datetime) -> Iterator[Period]:
        """Give the periods due after one moment and up to another, in order."""
        found = self._once_a_day(after, until) if self._daily else self._by_zone(after, until)
        for moment in found:
            yield Period(self._name(moment), moment)

    @property
    def _daily(self) -> bool:
        """Whether it names one time of a day."""
        minute, hour = self.expression.split()[:2]
        return minute.isdecimal() and hour.isdecimal()

    def _once_a_day(self, after: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
        """Give the moments by the clock on the wall; one that is left out comes after the change.

        Python's clocks do just that, and take an hour that comes twice at its first coming.
        """
        trigger = self._trigger(dt.UTC)
        wall = after.astimezone(self.zone).replace(tzinfo=dt.UTC) - dt.timedelta(hours=3)
        while (found := trigger.get_next_fire_time(None, wall)) is not None:
            moment = found.replace(tzinfo=self.zone, fold=0).astimezone(dt.UTC)
            if moment > until:
                return
            if moment > after:
                yield moment
            wall = found + dt.timedelta(seconds=1)

    def _by_zone(self, after: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
        trigger = self._trigger(self.zone, until)
        moment = after.astimezone(dt.UTC)
        while True:
            local = (moment + dt.timedelta(seconds=1)).astimezone(self.zone)
            found = trigger.get_next_fire_time(None, local)
            if found is None:
                return
            moment = found.astimezone(dt.UTC)
            if moment > until:
                return
            if not self._again(moment):
                yield moment

    def next(self, after: dt.datetime, count: int = 1) -> tuple[Period, ...]:
        """Return the next periods due after a moment."""
        coming = self.between(after, after + _FAR)
        return tuple(period for period, _ in zip(coming, range(count), strict=False))

    def last(self, until: dt.datetime) -> Period | None:
        """Return the last period due before a moment."""
        # An expression that comes often is asked of few days; leap days are looked for far back.
        for days in (2, 40, 400, _FAR.days):
            found = list(self.between(until - dt.timedelta(days), until - dt.timedelta(seconds=1)))
            if found:
                return found[-1]
        return None

    def named(self, name: str) -> Period | None:
        """Return the period of a name, or None when the calendar has none of it."""
        try:
            day = dt.date.fromisoformat(name[:10])
            start = dt.datetime.combine(day, dt.time(), self.zone) - dt.timedelta(seconds=1)
            found = self.between(start, start + dt.timedelta(hours=26))
            return next((period for period in found if period.name == name), None)
        except (ValueError, OverflowError):
            return None

    def _trigger(self, zone: dt.tzinfo, until: dt.datetime | None = None) -> CronTrigger:
        given = dict(zip(FIELDS, self.expression.split(), strict=True))
        given["day_of_week"] = _weekdays(given["day_of_week"])
        return CronTrigger(**given, timezone=zone, end_date=until)

    def _again(self, moment: dt.datetime) -> bool:
        """Tell whether it is the second coming of an hour that the expression names."""
        local = moment.astimezone(self.zone)
        return local.fold == 1 and "*" not in self.expression.split()[1]

    def _name(self, moment: dt.datetime) -> str:
        """Return the day, with the time where a day may have several."""
        local = moment.astimezone(self.zone)
        if self._daily:
            return local.date().isoformat()
        return f"{local:%Y-%m-%dT%H%M}{'-2' if local.fold else ''}"


def _weekdays(field: str) -> str:
    """Return the weekdays of cron, where 0 and 7 are Sunday, as names.

    >>> _weekdays("1-5"), _weekdays("5-7"), _weekdays("sun-tue"), _weekdays("*")
    ('fri,mon,thu,tue,wed', 'fri,sat,sun', 'mon,sun,tue', '*')
    """
    if field == "*":
        return field
    found: set[str] = set()
    for part in field.lower().split(","):
        match = _WEEKDAY.fullmatch(part)
        if match is None:
            msg = f"has a weekday {part!r}; write 0 to 7 or sun, mon … sat"
            raise ValueError(msg)
        first, last = (0, 6) if match[1] else (_weekday(match[2]), _weekday(match[3] or match[2]))
        days = range(first, (last if last >= first else last + 7) + 1)
        found.update(_WEEKDAYS[day % 7] for day in days[:: int(match[4] or 1) or 1])
    return ",".join(sorted(found))


def _weekday(word: str) -> int:
    if word in _WEEKDAYS:
        return _WEEKDAYS.index(word)
    if word.isdecimal() and int(word) <= len(_WEEKDAYS):
        return int(word) % len(_WEEKDAYS)
    msg = f"has a weekday {word!r}; write 0 to 7 or sun, mon … sat"
    raise ValueError(msg)
