"""Regions side by side, each with its days as small bars on one scale."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tally.drawing import (
    INK,
    MUTED,
    PHONE,
    RULE,
    SMALL,
    WIDTHS,
    caret,
    fit,
    measure,
    patch,
    sheet,
    wrap,
    write,
)

ACROSS, ON_PHONE = 4, 2
HEAD, TITLE, RISE, FOOT, GAP = 0.3, 0.2, 0.5, 0.24, 0.22


def plot_multiples(table: pd.DataFrame, size: str = "page") -> Figure:
    """Draw a panel a region with a bar a day; one scale under each heading.

    Columns: heading, region, side, day (its name), drawn (NaN: nobody gave a figure), reach, sign,
    open (True where the figure is a least). A day with a figure of zero has a tick on the line,
    one without a figure nothing. Each panel names its highest day's figure.
    """
    groups = [(str(name), rows) for name, rows in table.groupby("heading", sort=False)]
    across = ON_PHONE if size == PHONE else ACROSS
    lines = [-(-rows["region"].nunique() // across) for _, rows in groups]
    each = TITLE + RISE + FOOT
    heads = [wrap(heading, WIDTHS[size], weight="bold") for heading, _ in groups]
    height = sum(HEAD + TITLE * (len(head) - 1) for head in heads) + each * sum(lines)
    figure, axes, width = sheet(size, height)
    panel = (width - GAP * (across - 1)) / across
    top = height
    for head, (_, rows), count in zip(heads, groups, lines, strict=True):
        for line in head:
            write(axes, 0, top - 0.14, line, weight="bold")
            top -= TITLE
        top -= HEAD - TITLE
        rise = (RISE - 0.1) / max(float(rows["reach"].max()), 1.0)
        for index, (region, held) in enumerate(rows.groupby("region", sort=False)):
            x = (index % across) * (panel + GAP)
            floor = top - each * (index // across) - TITLE - RISE
            _panel(axes, str(region), held.to_dict("records"), (x, floor, panel), rise)
        top -= each * count
    return figure


def _panel(
    axes: Axes,
    region: str,
    days: list[dict[Any, Any]],
    at: tuple[float, float, float],
    rise: float,
) -> None:
    left, floor, width = at
    write(axes, left, floor + RISE + 0.12, fit(region, width))
    axes.plot([left, left + width], [floor, floor], color=RULE, linewidth=0.7)
    step = width / len(days)
    told = [day for day in days if not pd.isna(day["drawn"])]
    highest = max(told, key=lambda day: float(day["drawn"]), default=None)
    for index, day in enumerate(days):
        if pd.isna(day["drawn"]):
            continue
        x = left + index * step
        tip = _bar(axes, day, (x, floor, step), rise)
        if day is highest:
            sign = str(day["sign"])
            half = measure(sign, SMALL) / 2
            middle = min(max(x + step / 2, left + half), left + width - half)
            write(axes, middle, tip + 0.07, sign, points=SMALL, ha="center")
    write(axes, left, floor - 0.09, str(days[0]["day"]), points=SMALL, color=MUTED)
    if len(days) > 1:
        last = str(days[-1]["day"])
        write(axes, left + width, floor - 0.09, last, points=SMALL, color=MUTED, ha="right")


def _bar(axes: Axes, day: dict[Any, Any], at: tuple[float, float, float], rise: float) -> float:
    """Draw one day and return the height of its tip."""
    x, floor, step = at
    drawn, reach = float(day["drawn"]) * rise, float(day["reach"]) * rise
    if not drawn and not reach:
        axes.plot([x + step / 2] * 2, [floor - 0.025, floor + 0.025], color=INK, linewidth=1.0)
        return floor
    patch(axes, x + step * 0.12, floor, step * 0.76, drawn, (str(day["side"]), "stopped"))
    tip = floor + max(drawn, reach)
    if reach > drawn:
        axes.plot([x + step / 2] * 2, [floor + drawn, tip], color=INK, linewidth=1.0)
    if day["open"]:
        caret(axes, x + step / 2, tip + 0.02, up=True)
        tip += 0.04
    return tip
