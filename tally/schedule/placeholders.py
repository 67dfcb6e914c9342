"""The words of a parameter that depend on the period: "{date-1}" is the day before it is due.

    {date}  {date-7}        the day the period is due, on the clock of its briefing; a week before
    {week}  {week-1}        the Monday of that week; of the week before
    {week_end-1}            the Sunday that ends the week before
    {month}  {month-1}      the first of that month; of the month before
    {month_end-1}           the last day of the month before
    {due}                   the very time, with its offset

Reads no clock: a period is a parameter, never now.
"""

import datetime as dt
import re
from collections.abc import Callable

_HOLDER = re.compile(r"\{(\w+)([+-]\d+)?\}")


def expand(words: str, due: dt.datetime) -> str:
    """Return the words with each placeholder filled in; `due` is on the clock of the briefing.

    ValueError names one that is not known.

    >>> expand("{month_end-1}", dt.datetime(2024, 3, 5, 8, tzinfo=dt.UTC))
    '2024-02-29'
    """

    def filled(match: re.Match[str]) -> str:
        name, shift = match[1], int(match[2] or 0)
        if name == "due" and not shift:
            return due.isoformat(timespec="minutes")
        if name not in _DAYS:
            msg = f"has no value for {match[0]}; there are: {{due}}, {', '.join(_shown())}"
            raise ValueError(msg)
        return _DAYS[name](due.date(), shift).isoformat()

    return _HOLDER.sub(filled, words)


def _shown() -> list[str]:
    return [f"{{{name}}}, {{{name}-1}}" for name in _DAYS]


def _date(day: dt.date, shift: int) -> dt.date:
    return day + dt.timedelta(days=shift)


def _week(day: dt.date, shift: int) -> dt.date:
    return day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=shift)


def _week_end(day: dt.date, shift: int) -> dt.date:
    return _week(day, shift) + dt.timedelta(days=6)


def _month(day: dt.date, shift: int) -> dt.date:
    months = day.year * 12 + day.month - 1 + shift
    return dt.date(months // 12, months % 12 + 1, 1)


def _month_end(day: dt.date, shift: int) -> dt.date:
    return _month(day, shift + 1) - dt.timedelta(days=1)


_DAYS: dict[str, Callable[[dt.date, int], dt.date]] = {
    "date": _date,
    "week": _week,
    "week_end": _week_end,
    "month": _month,
    "month_end": _month_end,
}
