"""Regions side by side, each with its days as small bars on one scale."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from tally.charts.rows import grouped, records
from tally.drawing import (
    INK,
    MUTED,
    PHONE,
    RULE,
    SMALL,
    WIDTHS,
    caret,
    fit,
    level,
    measure,
    patch,
    sheet,
    upright,
    wrap,
    write,
)
from tally.house.marks import Marks

ACROSS, ON_PHONE = 4, 2
HEAD, TITLE, RISE, FOOT, GAP = 0.26, 0.16, 0.45, 0.2, 0.22
# What the highest day leaves for its arrow and its figure, below the name of the region.
ABOVE = 0.15


def plot_multiples(table: pd.DataFrame, size: str = "page") -> Figure:
    """Draw a panel a region with a bar a day; one scale under each heading.

    Columns: heading, region, side, day (its name), drawn (NaN: nobody gave a figure), reach, sign,
    open (True where the figure is a least). A day with a figure of zero has a tick on the line,
    one without a figure nothing. Each panel names its highest day's figure.
    """
    groups = list(grouped(records(table), "heading").items())
    across = ON_PHONE if size == PHONE else ACROSS
    lines = [-(-len(grouped(rows, "region")) // across) for _, rows in groups]
    each = TITLE + RISE + FOOT
    heads = [wrap(str(heading), WIDTHS[size], weight="bold") for heading, _ in groups]
    height = sum(HEAD + TITLE * (len(head) - 1) for head in heads) + each * sum(lines)
    figure, marks, width = sheet(size, height)
    panel = (width - GAP * (across - 1)) / across
    top = height
    for head, (_, rows), count in zip(heads, groups, lines, strict=True):
        for line in head:
            write(marks, 0, top - 0.14, line, weight="bold")
            top -= TITLE
        top -= HEAD - TITLE
        reaches = (float(row["reach"]) for row in rows if not pd.isna(row["reach"]))
        rise = (RISE - ABOVE) / max(1.0, *reaches)
        for index, (region, held) in enumerate(grouped(rows, "region").items()):
            x = (index % across) * (panel + GAP)
            floor = top - each * (index // across) - TITLE - RISE
            _panel(marks, str(region), held, (x, floor, panel), rise)
        top -= each * count
    return figure


def _panel(
    marks: Marks,
    region: str,
    days: list[dict[Any, Any]],
    at: tuple[float, float, float],
    rise: float,
) -> None:
    left, floor, width = at
    write(marks, left, floor + RISE + 0.09, fit(region, width))
    level(marks, left, left + width, floor, RULE, 0.7)
    step = width / len(days)
    told = [day for day in days if not pd.isna(day["drawn"])]
    highest = max(told, key=lambda day: float(day["drawn"]), default=None)
    for index, day in enumerate(days):
        if pd.isna(day["drawn"]):
            continue
        x = left + index * step
        tip = _bar(marks, day, (x, floor, step), rise)
        if day is highest:
            sign = str(day["sign"])
            half = measure(sign, SMALL) / 2
            middle = min(max(x + step / 2, left + half), left + width - half)
            write(marks, middle, tip + 0.07, sign, points=SMALL, ha="center")
    write(marks, left, floor - 0.09, str(days[0]["day"]), points=SMALL, color=MUTED)
    if len(days) > 1:
        last = str(days[-1]["day"])
        write(marks, left + width, floor - 0.09, last, points=SMALL, color=MUTED, ha="right")


def _bar(marks: Marks, day: dict[Any, Any], at: tuple[float, float, float], rise: float) -> float:
    """Draw one day and return the height of its tip."""
    x, floor, step = at
    drawn, reach = float(day["drawn"]) * rise, float(day["reach"]) * rise
    if not drawn and not reach:
        upright(marks, x + step / 2, floor - 0.025, floor + 0.025, INK, 1.0)
        return floor
    patch(marks, x + step * 0.12, floor, step * 0.76, drawn, (str(day["side"]), "stopped"))
    tip = floor + max(drawn, reach)
    if reach > drawn:
        upright(marks, x + step / 2, floor + drawn, tip, INK, 1.0)
    if day["open"]:
        caret(marks, x + step / 2, tip + 0.02, up=True)
        tip += 0.04
    return tip
