"""One function a chart: a table in, a matplotlib Figure out; `finish` makes it fit for print.

Knows tables with their words ready made; nothing of claims, and it computes no figure.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from tally.charts.rows import Row, grouped, records
from tally.drawing import (
    CROSSED,
    HATCHED,
    INK,
    LARGE,
    MUTED,
    ON_HUE,
    PAD,
    PHONE,
    ROW,
    SMALL,
    TINTED,
    WIDTHS,
    bar,
    fit,
    measure,
    patch,
    sheet,
    upright,
    whisker,
    wrap,
    write,
)
from tally.house.marks import Marks
from tally.house.svg import FAMILIES, written
from tally.language import say, to_say
from tally.sheets import Sheet, house_style

# As matplotlib writes it.
FAMILY = "font-family: 'DejaVu Sans'"

ONE_COLUMN = 8
MOST_NAME = 0.62
HEADS = {"killed": to_say("Killed"), "injured": to_say("Injured")}
STACK, LINE, SWATCH = 0.76, 0.17, 0.17
# How far the name of a row stands above its bar on a phone, and that above what is before it.
NAME, APART = 0.15, 0.03


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
    digits = 1 if size == PHONE else 2
    if isinstance(figure, Sheet) and not figure.looked_at:
        return written(figure.marks, figure.width, figure.height, digits)
    # Whoever looked at it may have added what is no mark.
    out = io.StringIO()
    with house_style():
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue().replace(FAMILY, f"font-family: {FAMILIES}")


def plot_stopped(table: pd.DataFrame, size: str = "page") -> Figure:
    """Stack what became of what flew, a bar a side and munition.

    Columns: heading (of the bar), side, kind, drawn, reach, sign, words ("22 shot down"). Where a
    piece reaches further than it is drawn, a whisker shows how far.
    """
    groups = list(grouped(records(table), "heading").items())
    width = WIDTHS[size]
    heads = [wrap(str(heading), width, weight="bold") for heading, _ in groups]
    legends = [_legend_lines(rows, width) for _, rows in groups]
    heights = [
        STACK + LINE * (len(head) + len(lines) - 2)
        for head, lines in zip(heads, legends, strict=True)
    ]
    figure, marks, _ = sheet(size, sum(heights) + 0.05)
    longest = max((int(sum(row["reach"] for row in rows)) for _, rows in groups), default=1)
    scale = (width - 0.02) / max(longest, 1)
    top = sum(heights)
    for head, (_, rows), lines, height in zip(heads, groups, legends, heights, strict=True):
        floor = top - LINE * (len(head) - 1)
        for index, line in enumerate(head):
            write(marks, 0, top - 0.11 - LINE * index, line, weight="bold")
        _stack(marks, rows, floor - 0.47, scale)
        _legend(marks, lines, floor - 0.6)
        top -= height
    return figure


def plot_regions(table: pd.DataFrame, size: str = "page") -> Figure:
    """Draw one bar a region on one scale, in two columns when there are many.

    Columns: place, side, kind, low, high, sign. What nobody located is hatched.
    """
    columns = 2 if len(table) > ONE_COLUMN and size != PHONE else 1
    each = -(-len(table) // columns)
    panel = WIDTHS[size] / columns
    rows = records(table)
    longest = max(measure(str(row["place"])) for row in rows)
    above = NAME if size == PHONE and longest > panel / 2 else 0.0
    row_height = ROW + above + (APART if above else 0.0)
    figure, marks, _ = sheet(size, row_height * each + 0.05)
    left = 0.01 if above else min(longest + 0.17, panel * MOST_NAME)
    right = max(measure(str(row["sign"])) for row in rows) + 0.3
    scale = (panel - left - right) / max(_furthest(rows), 1)
    for index, row in enumerate(rows):
        start = left + panel * (index // each)
        middle = row_height * (each - index % each) - ROW / 2 - above
        _name(marks, str(row["place"]), (start, middle, panel if above else left), above)
        style = (str(row["side"]), str(row["kind"]))
        bar(marks, start, middle, (row["low"], row["high"]), scale, style, str(row["sign"]))
    for column in range(columns):
        x = left + panel * column
        if not above:
            upright(marks, x, 0.0, row_height * each + 0.02, INK, 0.8)
    return figure


def _name(marks: Marks, name: str, at: tuple[float, float, float], above: float) -> None:
    """Name a row: before its bar, or above it."""
    start, middle, room = at
    if above:
        write(marks, start - 0.01, middle + above, fit(name, room))
    else:
        write(marks, start - 0.1, middle, fit(name, room - 0.1), ha="right")


def plot_tolls(table: pd.DataFrame, size: str = "page") -> Figure:
    """Draw killed and injured side by side, a row a place.

    Columns: place, side, metric, low, high, sign. What nobody stated is a dash.
    """
    rows = records(table)
    places = list(grouped(rows, "place", "side"))
    held = grouped(rows, "metric", "place", "side")
    above = NAME if size == PHONE else 0.0
    row_height, head = ROW + above + (APART if above else 0.0), 0.28
    figure, marks, width = sheet(size, row_height * len(places) + head + 0.05)
    longest = max(measure(str(place)) for place, _ in places)
    left = 0.01 if above else min(longest + 0.17, width * 0.5)
    panel = (width - left) / 2
    for shift, metric in enumerate(HEADS):
        start = left + shift * panel
        drawn = [row for row in rows if row["metric"] == metric]
        scale = (panel - 0.75) / max(_furthest(drawn), 1)
        write(marks, start, row_height * len(places) + 0.2, say(HEADS[metric]), weight="bold")
        if not above:
            up = row_height * len(places) + 0.08
            upright(marks, start, 0.02, up, INK, 0.8)
        for index, (place, side) in enumerate(places):
            middle = row_height * (len(places) - index) - 0.04 - above
            if not shift:
                _name(marks, str(place), (left, middle, width if above else left), above)
            found = held.get((metric, place, side), [])
            if not found:
                write(marks, start + PAD, middle, "—", color=MUTED)
            for row in found:
                style = (str(row["side"]), "stopped")
                bar(marks, start, middle, (row["low"], row["high"]), scale, style, str(row["sign"]))
    return figure


def _stack(marks: Marks, rows: Sequence[Row], bottom: float, scale: float) -> None:
    start = 0.01
    for row in rows:
        side, kind, length = str(row["side"]), str(row["kind"]), int(row["drawn"]) * scale
        patch(marks, start, bottom, length, 0.25, (side, kind))
        reach = start + float(row["reach"]) * scale
        if measure(str(row["sign"]), weight="bold") + 2 * PAD < length:
            colour = ON_HUE[side] if kind not in (*HATCHED, *TINTED, *CROSSED) else INK
            middle = (start + length / 2, bottom + 0.125)
            paper = kind in (*HATCHED, *CROSSED)
            write(
                marks,
                *middle,
                str(row["sign"]),
                color=colour,
                weight="bold",
                ha="center",
                paper=paper,
            )
        start += length
        if reach > start:
            whisker(marks, start, reach, bottom + 0.125)
            start = reach


def _legend_lines(rows: Sequence[Row], width: float) -> list[list[Row]]:
    """Return the pieces of a bar as lines of a legend that fit the width."""
    lines: list[list[Row]] = [[]]
    start = 0.0
    for row in rows:
        room = SWATCH + measure(str(row["words"]))
        if lines[-1] and start + room > width:
            lines.append([])
            start = 0.0
        lines[-1].append(row)
        start += room + 0.22
    return lines


def _legend(marks: Marks, lines: Sequence[Sequence[Row]], middle: float) -> None:
    """Name the pieces of a bar below it, each behind its swatch."""
    for line in lines:
        start = 0.01
        for row in line:
            words = str(row["words"])
            patch(marks, start, middle - 0.045, 0.12, 0.09, (str(row["side"]), str(row["kind"])))
            write(marks, start + SWATCH, middle, words)
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


def _furthest(rows: Sequence[Row]) -> float:
    ends = (row[end] for row in rows for end in ("low", "high"))
    return max((float(end) for end in ends if not pd.isna(end)), default=1.0)
