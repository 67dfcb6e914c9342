"""One figure by day on a line of time, a panel a heading, for a screen; what a click may lead to.

Knows tables with their words ready made; nothing of claims, and it computes no figure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from tally.charts.rows import grouped, records
from tally.drawing import (
    INK,
    MUTED,
    RULE,
    SMALL,
    WIDTHS,
    fit,
    level,
    measure,
    patch,
    sheet,
    upright,
    write,
)
from tally.house.marks import Line, Marks
from tally.language import say, spoken, to_say

PLOT, HEAD, AXIS, FOOT = 0.76, 0.4, 0.2, 0.18
LEFT, RIGHT = 0.34, 0.06
BAR = 0.62
OPEN = 0.1
BREAK = to_say("Dashed: the definition changes (drones lost from radar counted inside, or apart)")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one day of one panel lies in the picture, as shares of its width and height."""

    heading: str
    day: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Grid:
    """The lengths, in inches, that the drawing and its cells have in common."""

    headings: tuple[str, ...]
    days: tuple[str, ...]
    width: float
    foot: float

    @property
    def height(self) -> float:
        return len(self.headings) * (HEAD + PLOT + AXIS) + self.foot

    @property
    def step(self) -> float:
        return (self.width - LEFT - RIGHT) / max(len(self.days), 1)

    def base(self, panel: int) -> float:
        """Return the height of a panel's zero."""
        return self.height - panel * (HEAD + PLOT + AXIS) - HEAD - PLOT

    def middle(self, day: int) -> float:
        return LEFT + self.step * (day + 0.5)


def plot_daily(table: pd.DataFrame, size: str = "page") -> Figure:
    """Stand one column a day on a line of time, all panels on one scale.

    Columns: heading, day, label ("14" or "1 Jun"), side, kind, drawn, reach (whisker's end),
    open (True: "at least"), sign, breaks. A day that nobody gives a figure for has kind "".
    """
    grid = _grid(table, size)
    figure, marks, _ = sheet(size, grid.height)
    # The arrow of the highest column needs room too, or its sign runs into the heading.
    room = PLOT - OPEN if table["open"].any() else PLOT
    scale = room / max(_furthest(table), 1.0)
    groups = {str(name): rows for name, rows in grouped(records(table), "heading").items()}
    for panel, heading in enumerate(grid.headings):
        rows = groups[heading]
        top = grid.base(panel) + PLOT + HEAD
        write(marks, 0, top - 0.13, fit(heading, grid.width, weight="bold"), weight="bold")
        _scale(marks, grid, panel, scale)
        for index, day in enumerate(grid.days):
            held = [row for row in rows if row["day"] == day]
            at = (grid.middle(index), grid.base(panel), min(grid.step * BAR, 0.34))
            _column(marks, held, at, scale, grid.step)
            if held and held[0]["breaks"]:
                x = grid.middle(index) - grid.step / 2
                up = (grid.base(panel), grid.base(panel) + PLOT + 0.06)
                marks.append(Line(((x, up[0]), (x, up[1])), INK, 0.9, "dashed"))
        _days(marks, rows, grid, panel)
    if grid.foot:
        said = fit(say(BREAK), grid.width - LEFT, SMALL)
        write(marks, LEFT, 0.08, said, points=SMALL, color=MUTED)
    return figure


def daily_cells(table: pd.DataFrame, size: str = "page") -> tuple[Cell, ...]:
    """Return where `plot_daily` puts each day of each panel."""
    grid = _grid(table, size)
    return tuple(
        Cell(
            heading,
            day,
            (LEFT + grid.step * index) / grid.width,
            1 - (grid.base(panel) + PLOT + 0.1) / grid.height,
            grid.step / grid.width,
            (PLOT + AXIS + 0.1) / grid.height,
        )
        for panel, heading in enumerate(grid.headings)
        for index, day in enumerate(grid.days)
    )


def _grid(table: pd.DataFrame, size: str) -> _Grid:
    foot = FOOT if table["breaks"].any() else 0.0
    headings = tuple(dict.fromkeys(str(heading) for heading in table["heading"]))
    days = tuple(dict.fromkeys(str(day) for day in table["day"]))
    return _Grid(headings, days, WIDTHS[size], foot)


def _scale(marks: Marks, grid: _Grid, panel: int, scale: float) -> None:
    """Rule the panel at round numbers, the greatest of which lies within it."""
    base, right = grid.base(panel), grid.width - RIGHT
    level(marks, LEFT, right, base, INK, 0.8)
    for value in _ticks(PLOT / scale):
        y = base + value * scale
        level(marks, LEFT, right, y, RULE, 0.6, behind=True)
        write(marks, LEFT - 0.06, y, spoken().number(value), points=SMALL, color=MUTED, ha="right")


def _ticks(most: float) -> list[int]:
    """Return one or two round numbers up to the greatest figure.

    >>> _ticks(298.0), _ticks(52.0), _ticks(3.0), _ticks(1.0)
    ([100, 200], [20, 40], [1, 2, 3], [1])
    """
    steps = (10**power * digit for power in range(9) for digit in (1, 2, 2.5, 5))
    step = next(int(s) for s in steps if s == int(s) and most / s < 4)
    return list(range(step, int(most) + 1, step))


def _column(
    marks: Marks,
    held: list[dict[Any, Any]],
    at: tuple[float, float, float],
    scale: float,
    room: float,
) -> None:
    """Stand the pieces of a day on each other, with whisker, arrow and sign above."""
    middle, base, width = at
    top = base
    for piece in held:
        if not piece["kind"]:
            continue
        length = float(piece["drawn"]) * scale
        style = (str(piece["side"]), str(piece["kind"]))
        patch(marks, middle - width / 2, top, width, length, style)
        top += length
        reach = top + (float(piece["reach"]) - float(piece["drawn"])) * scale
        if reach > top:
            _whisker(marks, middle, top, reach)
            top = reach
    if held and held[-1]["open"]:
        _arrow(marks, middle, top)
        top += OPEN
    said = str(held[0]["sign"]) if held else "—"
    known = bool(held and held[0]["kind"])
    if not known or measure(said, SMALL) <= room - 0.02:
        colour = INK if known else MUTED
        write(marks, middle, top + 0.1, said, points=SMALL, color=colour, ha="center", paper=known)


def _whisker(marks: Marks, middle: float, start: float, end: float) -> None:
    upright(marks, middle, start, end, INK, 1.1)
    for y in (start, end):
        level(marks, middle - 0.04, middle + 0.04, y, INK, 1.1)


def _arrow(marks: Marks, middle: float, start: float) -> None:
    tip = start + OPEN
    upright(marks, middle, start, tip, INK, 1.1)
    low = tip - 0.045
    marks.append(Line(((middle - 0.035, low), (middle, tip), (middle + 0.035, low)), INK, 1.1))


def _days(marks: Marks, rows: list[dict[Any, Any]], grid: _Grid, panel: int) -> None:
    """Name the days below a panel, as many as there is room for."""
    labels = {str(row["day"]): str(row["label"]) for row in rows}
    shown = [(index, labels[day]) for index, day in enumerate(grid.days) if day in labels]
    widest = max((measure(label, SMALL) for _, label in shown), default=0.0) + 0.06
    every = next(n for n in range(1, len(shown) + 2) if n * grid.step >= widest or n > len(shown))
    for index, label in _spread(shown, every):
        y = grid.base(panel) - 0.1
        write(marks, grid.middle(index), y, label, points=SMALL, color=MUTED, ha="center")


def _spread(shown: list[tuple[int, str]], every: int) -> Iterator[tuple[int, str]]:
    yield from (one for index, one in enumerate(shown) if index % every == 0)


def _furthest(table: pd.DataFrame) -> float:
    drawn = table.groupby(["heading", "day"], sort=False)["drawn"].sum()
    slack = table.assign(more=table["reach"] - table["drawn"])
    reach = slack.groupby(["heading", "day"], sort=False)["more"].sum()
    return float((drawn + reach).max())
