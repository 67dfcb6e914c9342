"""A calendar a measure: weeks as rows, the darker the day the higher what was said of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from tally.charts.rows import grouped, records
from tally.charts.tiles import on_shade, shade
from tally.drawing import (
    MUTED,
    PHONE,
    RULE,
    SMALL,
    WIDTHS,
    fit,
    measure,
    sheet,
    wrap,
    write,
)
from tally.house.marks import Box, Ink, Marks
from tally.house.svg import PAPER

WEEK = 7
WIDEST, CELL, GAP = 0.46, 0.31, 0.3
HEAD, NAMES, LINE, BELOW = 0.26, 0.2, 0.17, 0.1
TINY = 6.0


def plot_calendar(table: pd.DataFrame, weekdays: Sequence[str], size: str = "page") -> Figure:
    """Shade the days of each heading by its figure, one scale a heading, and print the figure.

    Columns: heading, date (`datetime.date`), week (the name of its row), side, drawn (NaN: nobody
    gave a figure), sign. `weekdays` are named from Monday on. On a phone the calendars stand below
    each other.
    """
    groups = grouped(records(table), "heading")
    headings = list(map(str, groups))
    first = min(table["date"])
    monday = first - dt.timedelta(days=first.weekday())
    weeks = (max(table["date"]) - monday).days // WEEK + 1
    gutter = max(measure(str(week), SMALL) for week in table["week"]) + 0.12
    across = 1 if size == PHONE else len(headings)
    room = (WIDTHS[size] - gutter - GAP * (across - 1)) / across
    named = {heading: _lines(heading, room) for heading in headings}
    heights = [HEAD + LINE * (len(lines) - 1) + NAMES + CELL * weeks for lines in named.values()]
    # Where calendars stand below each other: the height of the foot of each.
    feet = [sum(heights[n:]) + BELOW * (len(heights) - n) for n in range(1, len(heights) + 1)]
    figure, marks, _ = sheet(size, heights[0] + feet[0] if across == 1 else max(heights))
    cell = min(room / WEEK, WIDEST)
    rows = {(d - monday).days // WEEK: w for w, d in zip(table["week"], table["date"], strict=True)}
    for index, (heading, days) in enumerate(groups.items()):
        left = gutter + index % across * (min(room, cell * WEEK) + GAP)
        top = (feet[index] if across == 1 else 0.0) + CELL * weeks
        for week, name in rows.items() if left == gutter else ():
            write(marks, 0, top - CELL * (week + 0.5), str(name), points=SMALL, color=MUTED)
        for line, words in enumerate(reversed(named[str(heading)])):
            at = top + NAMES + 0.13 + LINE * line
            write(marks, left, at, fit(words, room, weight="bold"), weight="bold")
        for number, name in enumerate(weekdays):
            middle = left + cell * (number + 0.5)
            write(marks, middle, top + 0.08, str(name), points=SMALL, color=MUTED, ha="center")
        _month(marks, days, monday, (left, top), cell)
    return figure


def _lines(heading: str, room: float) -> list[str]:
    """Break a heading that is too wide behind its comma: what is counted, then whose word it is."""
    if measure(heading, weight="bold") <= room:
        return [heading]
    what, comma, whose = heading.partition(", ")
    parts = [what + comma.strip(), whose] if comma else [heading]
    return [line for part in parts for line in wrap(part, room, weight="bold")]


def _month(
    marks: Marks,
    days: list[dict[Any, Any]],
    monday: dt.date,
    at: tuple[float, float],
    cell: float,
) -> None:
    left, top = at
    most = max((float(day["drawn"]) for day in days if not pd.isna(day["drawn"])), default=1.0)
    for day in days:
        week, weekday = divmod((day["date"] - monday).days, WEEK)
        x, y = left + cell * weekday, top - CELL * (week + 1)
        _day(marks, day, (x, y, cell), most)


def _day(marks: Marks, day: dict[Any, Any], at: tuple[float, float, float], most: float) -> None:
    x, y, cell = at
    known = not pd.isna(day["drawn"])
    face = shade(str(day["side"]), float(day["drawn"]) / max(most, 1)) if known else PAPER
    if known and not day["drawn"]:
        face = PAPER
    edge = RULE if not known else shade(str(day["side"]), 1.0)
    marks.append(Box((x, y + 0.02), cell - 0.03, CELL - 0.03, Ink(face, edge, 0.6)))
    ink = on_shade(face) if known else MUTED
    write(marks, x + 0.03, y + CELL - 0.085, str(day["date"].day), points=TINY, color=ink)
    if known:
        sign = str(day["sign"]).replace(" ", "")
        points = SMALL if measure(sign, SMALL, "bold") < cell - 0.06 else TINY
        middle = x + (cell - 0.03) / 2
        write(marks, middle, y + 0.1, sign, points=points, color=ink, weight="bold", ha="center")
