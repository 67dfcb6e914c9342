"""One function a chart: a table in, a matplotlib Figure out; `finish` makes it fit for print.

Knows tables with their words ready made; nothing of claims, and it computes no figure.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tally.drawing import (
    CROSSED,
    HATCHED,
    INK,
    LARGE,
    MUTED,
    ON_HUE,
    PAD,
    PHONE,
    SMALL,
    TINTED,
    WIDTHS,
    bar,
    fit,
    house_style,
    measure,
    patch,
    sheet,
    whisker,
    wrap,
    write,
)
from tally.house.pictures import compact
from tally.language import say, to_say

# Where a browser lacks DejaVu Sans, Verdana is as wide.
FAMILY = "font-family: 'DejaVu Sans'"
FAMILIES = f"{FAMILY}, Verdana, Geneva, sans-serif"

ONE_COLUMN = 8
MOST_NAME = 0.62
HEADS = {"killed": to_say("Killed"), "injured": to_say("Injured")}
STACK, LINE, SWATCH = 0.82, 0.17, 0.17
# How far the name of a row stands above its bar on a phone.
NAME = 0.17


@dataclass(frozen=True, slots=True)
class Finished:
    """A chart ready to be placed: the picture, and what says the same without it.

    `narrow` is the picture for a phone, where there is one.
    """

    svg: str
    alt: str
    source: str
    data: dict[str, list[object]]
    narrow: str = ""


def before_fork() -> None:
    """Draw one in the process that kernels are forked from, so that each finds all of it loaded."""
    words = {"heading": "0", "side": "Ukraine", "kind": HATCHED[0], "sign": "0", "words": "0"}
    table = pd.DataFrame([{**words, "drawn": 1, "reach": 2}])
    finish(plot_stopped(table), table, source="0", alt="0")


def finish(
    figure: Figure,
    table: pd.DataFrame,
    *,
    source: str,
    alt: str,
    size: str = "page",
    title: str = "",
    narrow: Figure | None = None,
) -> Finished:
    """Return a chart as SVG, the same bytes for the same table; `narrow` is its figure for a phone.

    On a `page` the block prints title and source as text; a `slide` travels alone and carries both.
    """
    if not alt.strip() or not source.strip():
        msg = "a chart needs its alt text and its source: say what it shows and who said it."
        raise ValueError(msg)
    if size == "slide":
        _frame(figure, title, source)
    columns = [str(column) for column in table.columns]
    rows = [[str(value) for value in row] for row in table.itertuples(index=False)]
    data: dict[str, list[object]] = {"columns": list(columns), "rows": list(rows)}
    return Finished(
        _svg(figure, size), alt, source, data, _svg(narrow, PHONE) if narrow is not None else ""
    )


def _svg(figure: Figure, size: str) -> str:
    if size != "slide":
        # The sheet ends where the picture does, so each mark need not say that it ends there too.
        for mark in figure.axes[0].get_children():
            mark.set_clip_on(False)
    out = io.StringIO()
    with house_style():
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    digits = 1 if size == PHONE else 2
    return compact(out.getvalue().replace(FAMILY, FAMILIES), digits)


def plot_stopped(table: pd.DataFrame, size: str = "page") -> Figure:
    """Stack what became of what flew, a bar a side and munition.

    Columns: heading (of the bar), side, kind, drawn, reach, sign, words ("22 shot down"). Where a
    piece reaches further than it is drawn, a whisker shows how far.
    """
    groups = [(str(name), rows) for name, rows in table.groupby("heading", sort=False)]
    width = WIDTHS[size]
    heads = [wrap(heading, width, weight="bold") for heading, _ in groups]
    legends = [_legend_lines(rows, width) for _, rows in groups]
    heights = [
        STACK + LINE * (len(head) + len(lines) - 2)
        for head, lines in zip(heads, legends, strict=True)
    ]
    figure, axes, _ = sheet(size, sum(heights) + 0.05)
    longest = max((int(rows["reach"].sum()) for _, rows in groups), default=1)
    scale = (width - 0.02) / max(longest, 1)
    top = sum(heights)
    for head, (_, rows), lines, height in zip(heads, groups, legends, heights, strict=True):
        floor = top - LINE * (len(head) - 1)
        for index, line in enumerate(head):
            write(axes, 0, top - 0.11 - LINE * index, line, weight="bold")
        _stack(axes, rows, floor - 0.5, scale)
        _legend(axes, lines, floor - 0.64)
        top -= height
    return figure


def plot_regions(table: pd.DataFrame, size: str = "page") -> Figure:
    """Draw one bar a region on one scale, in two columns when there are many.

    Columns: place, side, kind, low, high, sign. What nobody located is hatched.
    """
    columns = 2 if len(table) > ONE_COLUMN and size != PHONE else 1
    each = -(-len(table) // columns)
    panel = WIDTHS[size] / columns
    longest = max(measure(str(place)) for place in table["place"])
    above = NAME if size == PHONE and longest > panel / 2 else 0.0
    row_height = 0.205 + above
    figure, axes, _ = sheet(size, row_height * each + 0.05)
    left = 0.01 if above else min(longest + 0.17, panel * MOST_NAME)
    right = max(measure(str(sign)) for sign in table["sign"]) + 0.3
    scale = (panel - left - right) / max(_furthest(table), 1)
    for index, row in enumerate(_rows(table)):
        start = left + panel * (index // each)
        middle = row_height * (each - index % each) - 0.1 - above
        _name(axes, str(row["place"]), (start, middle, panel if above else left), above)
        style = (str(row["side"]), str(row["kind"]))
        bar(axes, start, middle, (row["low"], row["high"]), scale, style, str(row["sign"]))
    for column in range(columns):
        x = left + panel * column
        if not above:
            axes.plot([x, x], [0.0, row_height * each + 0.02], color=INK, linewidth=0.8)
    return figure


def _name(axes: Axes, name: str, at: tuple[float, float, float], above: float) -> None:
    """Name a row: before its bar, or above it."""
    start, middle, room = at
    if above:
        write(axes, start - 0.01, middle + above, fit(name, room))
    else:
        write(axes, start - 0.1, middle, fit(name, room - 0.1), ha="right")


def plot_tolls(table: pd.DataFrame, size: str = "page") -> Figure:
    """Draw killed and injured side by side, a row a place.

    Columns: place, side, metric, low, high, sign. What nobody stated is a dash.
    """
    places = list(dict.fromkeys(zip(table["place"], table["side"], strict=True)))
    above = NAME if size == PHONE else 0.0
    row_height, head = 0.205 + above, 0.28
    figure, axes, width = sheet(size, row_height * len(places) + head + 0.05)
    longest = max(measure(str(place)) for place, _ in places)
    left = 0.01 if above else min(longest + 0.17, width * 0.5)
    panel = (width - left) / 2
    for shift, metric in enumerate(HEADS):
        rows = table[table["metric"] == metric]
        start = left + shift * panel
        scale = (panel - 0.75) / max(_furthest(rows), 1)
        write(axes, start, row_height * len(places) + 0.2, say(HEADS[metric]), weight="bold")
        if not above:
            up = row_height * len(places) + 0.08
            axes.plot([start, start], [0.02, up], color=INK, linewidth=0.8)
        for index, (place, side) in enumerate(places):
            middle = row_height * (len(places) - index) - 0.06 - above
            if not shift:
                _name(axes, str(place), (left, middle, width if above else left), above)
            held = rows[(rows["place"] == place) & (rows["side"] == side)]
            if held.empty:
                write(axes, start + PAD, middle, "—", color=MUTED)
            for row in _rows(held):
                style = (str(row["side"]), "stopped")
                bar(axes, start, middle, (row["low"], row["high"]), scale, style, str(row["sign"]))
    return figure


def _stack(axes: Axes, rows: pd.DataFrame, bottom: float, scale: float) -> None:
    start = 0.01
    for row in _rows(rows):
        side, kind, length = str(row["side"]), str(row["kind"]), int(row["drawn"]) * scale
        patch(axes, start, bottom, length, 0.27, (side, kind))
        reach = start + float(row["reach"]) * scale
        if measure(str(row["sign"]), weight="bold") + 2 * PAD < length:
            colour = ON_HUE[side] if kind not in (*HATCHED, *TINTED, *CROSSED) else INK
            middle = (start + length / 2, bottom + 0.13)
            paper = kind in (*HATCHED, *CROSSED)
            write(
                axes,
                *middle,
                str(row["sign"]),
                color=colour,
                weight="bold",
                ha="center",
                paper=paper,
            )
        start += length
        if reach > start:
            whisker(axes, start, reach, bottom + 0.13)
            start = reach


def _legend_lines(rows: pd.DataFrame, width: float) -> list[list[dict[str, Any]]]:
    """Return the pieces of a bar as lines of a legend that fit the width."""
    lines: list[list[dict[str, Any]]] = [[]]
    start = 0.0
    for row in _rows(rows):
        room = SWATCH + measure(str(row["words"]))
        if lines[-1] and start + room > width:
            lines.append([])
            start = 0.0
        lines[-1].append(row)
        start += room + 0.22
    return lines


def _legend(axes: Axes, lines: Sequence[Sequence[dict[str, Any]]], middle: float) -> None:
    """Name the pieces of a bar below it, each behind its swatch."""
    for line in lines:
        start = 0.01
        for row in line:
            words = str(row["words"])
            patch(axes, start, middle - 0.045, 0.12, 0.09, (str(row["side"]), str(row["kind"])))
            write(axes, start + SWATCH, middle, words)
            start += SWATCH + measure(words) + 0.22
        middle -= LINE


def _frame(figure: Figure, title: str, source: str) -> None:
    """Put title and source into the picture, making room for them."""
    width, height = figure.get_size_inches()
    above, below = 0.5, 0.35
    total = height + above + below
    figure.set_size_inches(width, total)
    figure.axes[0].set_position((0, below / total, 1, height / total))
    at: dict[str, Any] = {"family": "DejaVu Sans", "ha": "left"}
    figure.text(0, 1 - 0.1 / total, title, size=LARGE, weight="bold", va="top", **at)
    said = say("Source: {source}", source=source)
    figure.text(0, 0.1 / total, said, size=SMALL, color=MUTED, va="bottom", **at)


def _furthest(table: pd.DataFrame) -> float:
    ends: Sequence[float] = [
        float(value) for column in ("low", "high") for value in table[column].dropna()
    ]
    return max(ends, default=1.0)


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
