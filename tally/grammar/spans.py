"""Spans that are told from the day of publication: "last weekend", "last month", "торік"."""

import datetime as dt

DAY = dt.timedelta(days=1)
SPANS = frozenset({"weekend", "last_week", "last_month", "this_month", "last_year", "this_year"})


def span_of(meant: str, published: dt.date) -> tuple[str, dt.date, dt.date]:
    """Return the kind of date that a span is ("day" or "month"), its first and its last day.

    A week begins on Monday. What is not over yet ends with the publication.

    >>> [str(day) for day in span_of("last_week", dt.date(2025, 6, 11))[1:]]
    ['2025-06-02', '2025-06-08']
    >>> [str(day) for day in span_of("last_month", dt.date(2025, 6, 11))[1:]]
    ['2025-05-01', '2025-05-31']
    """
    if meant == "weekend":
        sunday = published - DAY * ((published.weekday() + 1) % 7)
        return "day", sunday - DAY, sunday
    if meant == "last_week":
        sunday = published - DAY * (published.weekday() + 1)
        return "day", sunday - DAY * 6, sunday
    month, year = published.replace(day=1), published.replace(month=1, day=1)
    if meant == "last_month":
        return "month", (month - DAY).replace(day=1), month - DAY
    if meant == "last_year":
        return "month", (year - DAY).replace(month=1, day=1), year - DAY
    return "month", month if meant == "this_month" else year, published
