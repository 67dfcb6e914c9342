"""Both sides' attacks day by day: rows of time, a panel a side, breaks in a series drawn."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tally.drawing import INK, MUTED, PAD, SMALL, measure, patch, sheet, whisker, write
from tally.language import say

ROW, HEAD, FOOT = 0.205, 0.28, 0.22


def plot_days(table: pd.DataFrame, size: str = "page") -> Figure:
    """Stack what became of what flew, a row a day and a panel a heading.

    Columns: day, heading, side, kind, drawn, reach, sign (of the whole row), breaks (True where
    the definition differs from the row before). A day that nobody gives a figure for has kind "".
    """
    days = list(dict.fromkeys(table["day"]))
    headings = list(dict.fromkeys(table["heading"]))
    figure, axes, width = sheet(size, ROW * len(days) + HEAD + FOOT)
    left = max(measure(str(day)) for day in days) + 0.15
    panel = (width - left) / max(len(headings), 1)
    room = max(measure(str(sign)) for sign in table["sign"]) + 0.2
    scale = (panel - room - 0.1) / max(_furthest(table), 1)
    for index, day in enumerate(days):
        write(axes, left - 0.1, _middle(index, len(days)), str(day), ha="right")
    for shift, heading in enumerate(headings):
        start = left + shift * panel
        write(axes, start, ROW * len(days) + FOOT + 0.17, str(heading), weight="bold")
        axes.plot([start, start], [FOOT, ROW * len(days) + FOOT], color=INK, linewidth=0.8)
        rows = table[table["heading"] == heading]
        for index, day in enumerate(days):
            held = rows[rows["day"] == day].to_dict("records")
            _row(axes, held, (start, _middle(index, len(days))), scale)
        _break_lines(axes, rows, days, (start, start + panel - 0.15))
    if table["breaks"].any():
        note = say(
            "Dashed: the definition changes (drones lost from radar counted inside, or apart)"
        )
        write(axes, left, 0.08, note, points=SMALL, color=MUTED)
    return figure


def _row(axes: Axes, held: list[dict[Any, Any]], at: tuple[float, float], scale: float) -> None:
    start, middle = at
    for piece in held:
        if not piece["kind"]:
            continue
        length = float(piece["drawn"]) * scale
        patch(axes, start, middle - 0.065, length, 0.13, (str(piece["side"]), str(piece["kind"])))
        start += length
        reach = start + (float(piece["reach"]) - float(piece["drawn"])) * scale
        if reach > start:
            whisker(axes, start, reach, middle)
            start = reach
    sign = str(held[0]["sign"]) if held else "—"
    write(axes, start + PAD, middle, sign, color=INK if held and held[0]["kind"] else MUTED)


def _break_lines(
    axes: Axes, rows: pd.DataFrame, days: list[object], across: tuple[float, float]
) -> None:
    for day in dict.fromkeys(rows[rows["breaks"]]["day"]):
        y = _middle(days.index(day), len(days)) + ROW / 2
        axes.plot(across, [y, y], color=INK, linewidth=0.9, linestyle=(0, (4, 3)))


def _middle(index: int, count: int) -> float:
    return FOOT + ROW * (count - index) - ROW / 2


def _furthest(table: pd.DataFrame) -> float:
    return float(table.groupby(["heading", "day"])["reach"].sum().max())
