"""Claims against counter-claims: two dots joined by what lies between them, a row a question."""

from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from tally.drawing import (
    HUES,
    INK,
    MUTED,
    RULE,
    SMALL,
    STYLE,
    WIDTHS,
    arrow,
    fit,
    measure,
    sheet,
    write,
)

ROW, HEAD, DOT = 0.42, 0.3, 0.055
LINE = 0.17
OPEN = 0.24
LEFT = 0.56


def plot_dumbbells(table: pd.DataFrame, size: str = "page") -> Figure:
    """Set two figures for one thing against each other: the first a full dot, the counter a ring.

    Who says which stands below what it is about, on two lines where one is too short.

    Columns: heading (a group with a scale of its own), subject, and for `one` and `other`: who_,
    side_, low_, high_, sign_. A range is a thick bar from low to high, an open end an arrow.
    """
    groups = [(str(name), rows) for name, rows in table.groupby("heading", sort=False)]
    left = WIDTHS[size] * LEFT
    heights = [_height(row, left) for row in table.to_dict("records")]
    high = sum(heights) + HEAD * len(groups) + 0.05
    figure, axes, width = sheet(size, high)
    room = max(measure(str(sign)) for key in ("one", "other") for sign in table[f"sign_{key}"])
    start, end = left + room + OPEN, width - room - OPEN - 0.1
    top = high
    for heading, rows in groups:
        write(axes, 0, top - 0.17, fit(heading, width, weight="bold"), weight="bold")
        top -= HEAD
        scale = (end - start) / max(_furthest(rows), 1.0)
        for row in rows.to_dict("records"):
            _row(axes, row, (left, start, scale), top)
            top -= _height(row, left)
            axes.plot([0, width], [top, top], color=RULE, linewidth=0.4, zorder=0)
    return figure


def _height(row: dict[Any, Any], left: float) -> float:
    """Return how high a row is: with two lines where its subject or its names need them."""
    return ROW + LINE * (len(_subject(row, left)) - 1 + _stacked(row, left))


def _stacked(row: dict[Any, Any], left: float) -> bool:
    """Tell whether the two names do not fit beside each other."""
    names = sum(measure(str(row[f"who_{key}"]), SMALL) for key in ("one", "other"))
    return names > left - 0.66


def _subject(row: dict[Any, Any], left: float) -> list[str]:
    """Return what a row is about, broken behind a comma where one line is too short."""
    said, room = str(row["subject"]), left - 0.1
    if measure(said) > room:
        pieces = said.split(", ")
        for at in range(len(pieces) - 1, 0, -1):
            lines = [", ".join(pieces[:at]) + ",", ", ".join(pieces[at:])]
            if all(measure(line) <= room for line in lines):
                return lines
    return [fit(said, room)]


def _row(axes: Axes, row: dict[Any, Any], at: tuple[float, float, float], top: float) -> None:
    left, start, scale = at
    middle = top - _height(row, left) / 2
    for words in _subject(row, left):
        write(axes, 0, top - 0.12, words)
        top -= LINE
    below = LINE if _stacked(row, left) else 0.0
    x = 0.06
    for key, line in (("one", top - 0.13), ("other", top - 0.13 - below)):
        _dot(axes, (x, line), str(row[f"side_{key}"]), full=key == "one")
        said = fit(str(row[f"who_{key}"]), left - x - 0.2, points=SMALL)
        write(axes, x + 0.1, line, said, points=SMALL, color=MUTED)
        x += 0.0 if below else measure(said, SMALL) + 0.3
    spans = {key: _span(row, key) for key in ("one", "other")}
    low, high = (pick(end for span in spans.values() for end in span) for pick in (min, max))
    xs = [start + low * scale, start + high * scale]
    axes.plot(xs, [middle, middle], color=INK, linewidth=1.0, zorder=1)
    first = min(spans, key=lambda key: (sum(spans[key]), key != "one"))
    for key, span in spans.items():
        _figure(axes, row, key, (start + span[0] * scale, start + span[1] * scale), middle)
        before = key == first
        edge = start + span[0] * scale - 0.1 if before else start + span[1] * scale + 0.1
        opened = row["low_" + key] if before else row["high_" + key]
        shift = OPEN if pd.isna(opened) else 0.0
        x = edge - shift if before else edge + shift
        sign = str(row[f"sign_{key}"])
        write(axes, x, middle, sign, ha="right" if before else "left", paper=True)


def _figure(
    axes: Axes, row: dict[Any, Any], key: str, ends: tuple[float, float], middle: float
) -> None:
    side = str(row[f"side_{key}"])
    if ends[1] > ends[0]:
        axes.plot(ends, [middle, middle], color=HUES[side], linewidth=4.0, zorder=2)
    if pd.isna(row[f"high_{key}"]):
        arrow(axes, ends[1], ends[1] + OPEN, middle)
    elif pd.isna(row[f"low_{key}"]):
        arrow(axes, ends[0], ends[0] - OPEN, middle)
    for x in dict.fromkeys(ends):
        _dot(axes, (x, middle), side, full=key == "one")


def _dot(axes: Axes, at: tuple[float, float], side: str, *, full: bool) -> None:
    face = HUES[side] if full else "none"
    with mpl.rc_context(fname=STYLE):
        axes.add_patch(
            Circle(at, DOT, facecolor=face, edgecolor=HUES[side], linewidth=1.4, zorder=3)
        )


def _span(row: dict[Any, Any], key: str) -> tuple[float, float]:
    ends = [
        float(row[f"{end}_{key}"]) for end in ("low", "high") if not pd.isna(row[f"{end}_{key}"])
    ]
    return (min(ends), max(ends)) if ends else (0.0, 0.0)


def _furthest(rows: pd.DataFrame) -> float:
    return max(_span(row, key)[1] for row in rows.to_dict("records") for key in ("one", "other"))
