"""What is due next, in lines for the terminal: across the next change of clocks. Reads no clock."""

import datetime as dt
from collections.abc import Iterator

from tally.schedule.calendar import Period
from tally.schedule.declared import explain
from tally.schedule.plan import Plan, Serial

SHOWN = 5


def upcoming(plan: Plan, after: dt.datetime) -> Iterator[str]:
    """Give the rules of each serial, its next due times, and those around a change of clocks."""
    for serial in plan.serials:
        yield f"{serial.name}  ({serial.title})"
        for key, words in explain(serial.rules).items():
            yield f"  {key:<9} {words}"
        for period in serial.rules.calendar.next(after, SHOWN):
            yield f"  due       {_due(serial, period)}"
        for words in _summer_time(serial, after):
            yield f"  clocks    {words}"


def _due(serial: Serial, period: Period) -> str:
    local = period.due.astimezone(serial.briefing.zone)
    given = " ".join(f"{name}={value}" for name, value in serial.parameters(period).items())
    return f"{local:%a %Y-%m-%d %H:%M %Z (UTC%z)}  {given}"


def _summer_time(serial: Serial, after: dt.datetime) -> Iterator[str]:
    """Give the due times on both sides of the next change of the clock."""
    zone, before = serial.briefing.zone, None
    for period in serial.rules.calendar.between(after, after + dt.timedelta(days=370)):
        local = period.due.astimezone(zone)
        if before is not None and before[0].utcoffset() != local.utcoffset():
            yield f"{_due(serial, before[1])}"
            yield f"{_due(serial, period)}"
            return
        before = (local, period)
