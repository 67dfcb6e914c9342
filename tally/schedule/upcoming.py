"""What is due next, in lines for the terminal: across the next change of clocks. Reads no clock."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from tally.schedule.calendar import Period
from tally.schedule.declared import explain
from tally.schedule.lines import lines
from tally.schedule.plan import Plan, Serial

SHOWN = 5
_INDENT = " " * 12


def upcoming(plan: Plan, after: dt.datetime) -> Iterator[str]:
    """Give the rules of each briefing, its next due times, and those around a change of clocks.

    What a grid makes of one briefing differs in nothing of this, and is told once.
    """
    for briefing, found in groupby(plan.serials, lambda serial: serial.briefing):
        serials = list(found)
        yield f"{briefing.name}  ({briefing.title})"
        if serials[0].chosen:
            yield from _row("serials", ", ".join(serial.name for serial in serials))
        for key, words in explain(serials[0].rules).items():
            yield from _row(key, words)
        for period in serials[0].rules.calendar.next(after, SHOWN):
            yield from _row("due", _due(serials[0], period))
        yield from _summer_time(serials[0], after)


def _row(key: str, words: str) -> list[str]:
    return lines(words, f"  {key:<10}", _INDENT)


def _due(serial: Serial, period: Period) -> str:
    local = period.due.astimezone(serial.briefing.zone)
    given = serial.parameters(period).items()
    told = [f"{name}={value}" for name, value in given if name not in serial.chosen]
    return f"{local:%a %Y-%m-%d %H:%M UTC%z}  {' '.join(told)}"


def _summer_time(serial: Serial, after: dt.datetime) -> Iterator[str]:
    """Give the due times on both sides of the next change of the clock."""
    zone, before = serial.briefing.zone, None
    for period in serial.rules.calendar.between(after, after + dt.timedelta(days=370)):
        local = period.due.astimezone(zone)
        if before is not None and before[0].utcoffset() != local.utcoffset():
            yield "  the clocks change between"
            yield f"{_INDENT}{_due(serial, before[1])}"
            yield f"{_INDENT}{_due(serial, period)}"
            return
        before = (local, period)
