"""Claims against counter-claims: two dots joined by what lies between them, a row a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from tally.charts.rows import Row, grouped, records
from tally.drawing import (
    HUES,
    INK,
    MUTED,
    PHONE,
    RULE,
    SMALL,
    WIDTHS,
    arrow,
    level,
    measure,
    sheet,
    wrap,
    write,
)
from tally.house.marks import EMPTY, Dot, Ink, Line, Marks

LINE, EDGE, AIR, DOT = 0.18, 0.12, 0.06, 0.055
# What a figure takes that stands below its words.
BELOW = 0.22
OPEN = 0.24
LEFT = 0.56
INDENT, APART = 0.16, 0.2
KEYS = ("one", "other")


@dataclass(frozen=True, slots=True)
class _Said:
    """A row in words: what it is about, and lines of who says so, each with where it begins."""

    subject: list[str]
    whos: list[list[tuple[float, str, str]]]

    @property
    def height(self) -> float:
        return LINE * (len(self.subject) + len(self.whos)) + AIR


def plot_dumbbells(table: pd.DataFrame, size: str = "page") -> Figure:
    """Set two figures for one thing against each other: the first a full dot, the counter a ring.

    Columns: heading (a group with a scale of its own), subject, and for `one` and `other`: who_,
    side_, low_, high_, sign_. A range is a thick bar from low to high, an open end an arrow. On a
    phone the dots stand below the words.
    """
    left, below = (0.0, BELOW) if size == PHONE else (WIDTHS[size] * LEFT, 0.0)
    words = (left or WIDTHS[size]) - 0.1
    groups = [
        (wrap(str(name), words, weight="bold"), rows, [_said(row, words) for row in rows])
        for name, rows in grouped(records(table), "heading").items()
    ]
    height = 0.05
    for heading, _, said in groups:
        height += LINE * len(heading) + EDGE + sum(each.height + below for each in said)
    figure, marks, width = sheet(size, height)
    room = max(measure(str(sign)) for key in KEYS for sign in table[f"sign_{key}"])
    start, end = left + room + OPEN, width - room - OPEN - 0.1
    top = height
    for heading, rows, said in groups:
        for line in heading:
            write(marks, 0, top - 0.17, line, weight="bold")
            top -= LINE
        top -= EDGE
        scale = (end - start) / max(_furthest(rows), 1.0)
        for row, each in zip(rows, said, strict=True):
            _words(marks, row, each, top)
            across = top - each.height - below / 2 + AIR / 2 if below else top - each.height / 2
            _pair(marks, row, (start, across), scale)
            top -= each.height + below
            level(marks, 0, width, top, RULE, 0.4, behind=True)
    return figure


def _said(row: dict[Any, Any], room: float) -> _Said:
    """Break the words of a row into lines; who says so stand side by side where there is room."""
    one, other = (str(row[f"who_{key}"]) for key in KEYS)
    second = INDENT + measure(one, SMALL) + APART
    whos = [[(0.0, one, "one"), (second, other, "other")]]
    if second + INDENT + measure(other, SMALL) > room:
        whos = [
            [(0.0, line, key if line is lines[0] else "")]
            for key, who in zip(KEYS, (one, other), strict=True)
            for lines in [wrap(who, room - INDENT, SMALL)]
            for line in lines
        ]
    return _Said(wrap(str(row["subject"]), room), whos)


def _words(marks: Marks, row: dict[Any, Any], said: _Said, top: float) -> None:
    at = top - EDGE
    for line in said.subject:
        write(marks, 0, at, line)
        at -= LINE
    for whos in said.whos:
        for x, who, key in whos:
            if key:
                _dot(marks, (x + 0.07, at), str(row[f"side_{key}"]), full=key == "one")
            write(marks, x + INDENT, at, who, points=SMALL, color=MUTED)
        at -= LINE


def _pair(marks: Marks, row: dict[Any, Any], at: tuple[float, float], scale: float) -> None:
    start, middle = at
    spans = {key: _span(row, key) for key in KEYS}
    low, high = (pick(end for span in spans.values() for end in span) for pick in (min, max))
    ends = ((start + low * scale, middle), (start + high * scale, middle))
    marks.append(Line(ends, INK, 1.0, level=1))
    first = min(spans, key=lambda key: (sum(spans[key]), key != "one"))
    for key, span in spans.items():
        _figure(marks, row, key, (start + span[0] * scale, start + span[1] * scale), middle)
        before = key == first
        edge = start + span[0] * scale - 0.1 if before else start + span[1] * scale + 0.1
        opened = row["low_" + key] if before else row["high_" + key]
        shift = OPEN if pd.isna(opened) else 0.0
        x = edge - shift if before else edge + shift
        sign = str(row[f"sign_{key}"])
        write(marks, x, middle, sign, ha="right" if before else "left", paper=True)


def _figure(
    marks: Marks, row: dict[Any, Any], key: str, ends: tuple[float, float], middle: float
) -> None:
    side = str(row[f"side_{key}"])
    if ends[1] > ends[0]:
        level(marks, *ends, middle, HUES[side], 4.0)
    if pd.isna(row[f"high_{key}"]):
        arrow(marks, ends[1], ends[1] + OPEN, middle)
    elif pd.isna(row[f"low_{key}"]):
        arrow(marks, ends[0], ends[0] - OPEN, middle)
    for x in dict.fromkeys(ends):
        _dot(marks, (x, middle), side, full=key == "one")


def _dot(marks: Marks, at: tuple[float, float], side: str, *, full: bool) -> None:
    face = HUES[side] if full else EMPTY
    marks.append(Dot(at, DOT, Ink(face, HUES[side], 1.4)))


def _span(row: dict[Any, Any], key: str) -> tuple[float, float]:
    ends = [
        float(row[f"{end}_{key}"]) for end in ("low", "high") if not pd.isna(row[f"{end}_{key}"])
    ]
    return (min(ends), max(ends)) if ends else (0.0, 0.0)


def _furthest(rows: Sequence[Row]) -> float:
    return max(_span(row, key)[1] for row in rows for key in KEYS)
