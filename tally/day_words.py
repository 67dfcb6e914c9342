"""Words for spans of days and for days that are named together.

Knows the language that is spoken; nothing of claims.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from tally.language import messages, say, spoken

# So many neighbours make a run: two days are named as quickly as their span.
_RUN = 3


def span_words(start: dt.date, end: dt.date) -> str:
    """Name a span of days.

    >>> span_words(dt.date(2025, 5, 14), dt.date(2025, 5, 28))
    '14–28 May 2025'
    >>> span_words(dt.date(2025, 5, 26), dt.date(2025, 6, 1))
    '26 May – 1 June 2025'
    """
    if start == end:
        return say("{date:d MMMM y}", date=start)
    if (start.year, start.month) == (end.year, end.month):
        return say("{start:d}–{end:d MMMM y}", start=start, end=end)
    if start.year == end.year:
        return say("{start:d MMMM} – {end:d MMMM y}", start=start, end=end)
    return say("{start:d MMMM y} – {end:d MMMM y}", start=start, end=end)


def days_words(days: Sequence[dt.date]) -> str:
    """Name days in their order, each month once and neighbours as a run.

    >>> days_words([dt.date(2025, 5, day) for day in (15, 16, 17, 19, 23, 24)])
    '15–17, 19, 23 and 24 May'
    >>> days_words([dt.date(2025, 5, 30), dt.date(2025, 6, 1)])
    '30 May and 1 June'
    """
    months = [list(month) for _, month in groupby(days, lambda day: (day.year, day.month))]
    said = [
        say("{days} {day:MMMM}", days=messages.listed(spoken(), list(_runs(month))), day=month[0])
        for month in months
    ]
    return messages.listed(spoken(), said)


def _runs(days: Sequence[dt.date]) -> Iterator[str]:
    """Give the numbers of days of one month, neighbours as a range."""
    for _, neighbours in groupby(enumerate(days), lambda one: one[1].day - one[0]):
        run = [str(day.day) for _, day in neighbours]
        yield from [f"{run[0]}–{run[-1]}"] if len(run) >= _RUN else run
