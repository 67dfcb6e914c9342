"""Both sides' attacks day by day: rows of time, a panel a side, breaks in a series drawn."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from tally.charts.rows import Row, grouped, records
from tally.drawing import (
    INK,
    MUTED,
    PAD,
    PHONE,
    ROW,
    SMALL,
    WIDTHS,
    measure,
    patch,
    sheet,
    upright,
    whisker,
    wrap,
    write,
)
from tally.house.marks import Line, Marks
from tally.language import say

HEAD, FOOT, LINE = 0.28, 0.22, 0.16


def plot_days(table: pd.DataFrame, size: str = "page") -> Figure:
    """Stack what became of what flew, a row a day and a panel a heading.

    Columns: day, heading, side, kind, drawn, reach, sign (of the whole row), breaks (True where
    the definition differs from the row before). A day that nobody gives a figure for has kind "".
    On a phone the panels stand below each other.
    """
    days = list(dict.fromkeys(table["day"]))
    groups = grouped(records(table), "heading")
    headings = list(groups)
    across = 1 if size == PHONE else len(headings)
    left = max(measure(str(day)) for day in days) + 0.15
    panel = (WIDTHS[size] - left) / across
    # A panel of its own has the room above the days too.
    at, room = (0.0, WIDTHS[size]) if across == 1 else (left, panel - 0.1)
    heads = [wrap(str(heading), room, weight="bold") for heading in headings]
    each = ROW * len(days) + HEAD + LINE * (max(map(len, heads)) - 1)
    note = _note(table, WIDTHS[size] - left)
    foot = FOOT + LINE * (len(note) - 1)
    figure, marks, _ = sheet(size, each * (len(headings) // across) + foot)
    room = max(measure(str(sign)) for sign in table["sign"]) + 0.2
    scale = (panel - room - 0.1) / max(_furthest(table), 1)
    for index, heading in enumerate(headings):
        start = left + index % across * panel
        floor = foot + each * ((len(headings) - 1 - index) // across)
        for number, line in enumerate(reversed(heads[index])):
            up = floor + ROW * len(days) + 0.17 + LINE * number
            write(marks, start - left + at, up, line, weight="bold")
        upright(marks, start, floor, floor + ROW * len(days), INK, 0.8)
        rows = groups[heading]
        by_day = grouped(rows, "day")
        for place, day in enumerate(days):
            middle = floor + _middle(place, len(days))
            if start == left:
                write(marks, left - 0.1, middle, str(day), ha="right")
            _row(marks, by_day.get(day, []), (start, middle), scale)
        _break_lines(marks, rows, days, (start, floor, panel - 0.15))
    for index, line in enumerate(reversed(note)):
        write(marks, left, 0.08 + LINE * index, line, points=SMALL, color=MUTED)
    return figure


def _note(table: pd.DataFrame, room: float) -> list[str]:
    """Say in lines what a dashed line is; one empty line where none is drawn."""
    if not table["breaks"].any():
        return [""]
    said = say("Dashed: the definition changes (drones lost from radar counted inside, or apart)")
    return wrap(said, room, SMALL)


def _row(marks: Marks, held: list[dict[Any, Any]], at: tuple[float, float], scale: float) -> None:
    start, middle = at
    for piece in held:
        if not piece["kind"]:
            continue
        length = float(piece["drawn"]) * scale
        patch(marks, start, middle - 0.065, length, 0.13, (str(piece["side"]), str(piece["kind"])))
        start += length
        reach = start + (float(piece["reach"]) - float(piece["drawn"])) * scale
        if reach > start:
            whisker(marks, start, reach, middle)
            start = reach
    sign = str(held[0]["sign"]) if held else "—"
    write(marks, start + PAD, middle, sign, color=INK if held and held[0]["kind"] else MUTED)


def _break_lines(
    marks: Marks, rows: Sequence[Row], days: list[object], at: tuple[float, float, float]
) -> None:
    start, floor, length = at
    for day in dict.fromkeys(row["day"] for row in rows if row["breaks"]):
        y = floor + _middle(days.index(day), len(days)) + ROW / 2
        marks.append(Line(((start, y), (start + length, y)), INK, 0.9, "dashed"))


def _middle(index: int, count: int) -> float:
    return ROW * (count - index) - ROW / 2


def _furthest(table: pd.DataFrame) -> float:
    return float(table.groupby(["heading", "day"])["reach"].sum().max())
