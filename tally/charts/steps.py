"""How tolls came to be: a step at each document that moved one, a row a toll, one line of time."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from tally.charts.rows import grouped, records
from tally.drawing import (
    HUES,
    INK,
    MUTED,
    PHONE,
    RULE,
    SMALL,
    caret,
    fit,
    level,
    measure,
    sheet,
    tint,
    upright,
    write,
)
from tally.house.marks import Area, Hatch, Ink, Line, Marks
from tally.house.svg import PAPER

ROW, RISE, FOOT = 0.56, 0.26, 0.3
# How far the words of a toll stand above its steps on a phone.
ABOVE = 0.4
LEAD = 0.55
APART = 0.05


def plot_steps(table: pd.DataFrame, size: str = "page") -> Figure:
    """Draw each toll as it was known over time: a line at the least, a band up to the most.

    Columns: heading, note (who says it), side, at (days from the first tick; fractions are hours),
    low, high, sign. A row of the table is a step; rows of one heading and note are one toll. Each
    toll has a scale of its own; `ticks` of `table.attrs` are the days' names. An open end is a
    small arrow, and nothing is drawn where the toll stood no more (low and high empty). On a phone
    the words stand above.
    """
    tolls = list(grouped(records(table), "heading", "note").values())
    ticks: Sequence[str] = table.attrs["ticks"]
    above = ABOVE if size == PHONE else 0.0
    row = ROW + above
    figure, marks, width = sheet(size, row * len(tolls) + FOOT)
    words = [*table["heading"], *table["note"]]
    names = min(max(measure(str(said), weight="bold") for said in words) + 0.1, width * 0.42)
    left = (0.0 if above else names) + LEAD
    names = width if above else names
    scale = (width - left - LEAD) / max(len(ticks) - 1, 1)
    top = row * len(tolls) + FOOT
    _days(marks, ticks, (left, scale), top)
    for index, rows in enumerate(tolls):
        floor = top - row * (index + 1) + 0.08
        first = rows[0]
        heading, note = fit(str(first["heading"]), names, weight="bold"), str(first["note"])
        write(marks, 0, floor + 0.27 + above, heading, weight="bold", paper=bool(above))
        write(marks, 0, floor + 0.11 + above, fit(note, names), color=MUTED, paper=bool(above))
        _toll(marks, rows, (left, floor, width - 0.05), scale)
    return figure


def _toll(
    marks: Marks, steps: list[dict[Any, Any]], at: tuple[float, float, float], scale: float
) -> None:
    left, floor, right = at
    most = max((_ends(step)[1] for step in steps), default=1.0)
    rise = RISE / max(most, 1.0)
    level(marks, left, right, floor, RULE, 0.6, behind=True)
    ends = [*(left + float(step["at"]) * scale for step in steps[1:]), right]
    for step, end in zip(steps, ends, strict=True):
        start = left + float(step["at"]) * scale
        if pd.isna(step["low"]) and pd.isna(step["high"]):
            continue
        low, high = (floor + value * rise for value in _ends(step))
        _level(marks, step, (start, end), (floor, low, high))
        sign = str(step["sign"])
        if start + measure(sign, weight="bold") + APART < end:
            write(marks, start + 0.03, high + 0.09, sign, weight="bold")
        elif step is steps[0]:
            write(marks, start - 0.05, high, sign, weight="bold", ha="right", paper=True)


def _level(
    marks: Marks,
    step: Mapping[Any, Any],
    across: tuple[float, float],
    up: tuple[float, float, float],
) -> None:
    """Draw one step: the least as a line that rises from the floor, the rest as a band."""
    (start, end), (floor, low, high) = across, up
    side = str(step["side"])
    corners = ((start, floor), (start, high), (end, high), (end, floor))
    marks.append(Area(corners, Ink(tint(side))))
    if high > low:
        band = ((start, low), (start, high), (end, high), (end, low))
        marks.append(Area(band, Ink(PAPER, hatch=Hatch(HUES[side], 1.0))))
    marks.append(Line(((start, floor), (start, high), (end, high)), HUES[side], 1.4))
    roomy = end - start > LEAD
    if pd.isna(step["high"]) and roomy:
        caret(marks, end - 0.06, high + 0.03, up=True)
    elif pd.isna(step["low"]) and roomy:
        caret(marks, end - 0.06, high - 0.03, up=False)


def _ends(step: Mapping[Any, Any]) -> tuple[float, float]:
    """Return the least and the most that are drawn; an open end is as long as the other one."""
    low, high = step["low"], step["high"]
    known = [float(end) for end in (low, high) if not pd.isna(end)] or [0.0]
    return (0.0 if pd.isna(low) else min(known), max(known))


def _days(marks: Marks, ticks: Sequence[str], across: tuple[float, float], top: float) -> None:
    """Rule the days, naming as many as there is room for."""
    left, scale = across
    room = max(measure(str(tick), SMALL) for tick in ticks) + 0.12
    every = next(n for n in range(1, len(ticks) + 1) if n * scale >= room or n == len(ticks))
    for index, tick in enumerate(ticks):
        x = left + index * scale
        named = index % every == 0
        upright(marks, x, FOOT - 0.06, top, RULE, 0.6 if named else 0.3, behind=True)
        if named:
            write(marks, x, 0.1, str(tick), points=SMALL, color=INK, ha="center")
