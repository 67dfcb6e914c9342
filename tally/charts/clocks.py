"""Windows of one night on one line of time."""

import pandas as pd
from matplotlib.figure import Figure

from tally.charts.rows import grouped, records
from tally.drawing import (
    INK,
    ON_HUE,
    PAD,
    PHONE,
    RULE,
    SMALL,
    WIDTHS,
    measure,
    patch,
    sheet,
    upright,
    wrap,
    write,
)
from tally.house.marks import Marks

DUSK, DAWN = -4, 8
ROW, HEAD, LINE, FOOT = 0.22, 0.26, 0.17, 0.3


def plot_clock(table: pd.DataFrame, size: str = "page") -> Figure:
    """Draw windows as stated on one line of time, never added; overlaps are seen.

    Columns: heading, label ("127, 20:00–04:05"), side, begin, end (minutes from midnight).
    """
    groups = list(grouped(records(table), "heading").items())
    above = LINE if size == PHONE else 0.0
    row_height = ROW + above
    heads = [wrap(str(heading), WIDTHS[size], weight="bold") for heading, _ in groups]
    head = [HEAD + LINE * (len(lines) - 1) for lines in heads]
    height = row_height * len(table) + sum(head) + FOOT
    figure, marks, width = sheet(size, height)
    first = min(int(table["begin"].min()) // 60, DUSK)
    last = max(-(-int(table["end"].max()) // 60), DAWN)
    left, scale = 0.2, (width - 0.4) / max(last - first, 1) / 60
    _hours(marks, (first, last), (left, scale * 60), (FOOT, height - head[0]))
    top = height
    for lines, deep, (_, rows) in zip(heads, head, groups, strict=True):
        for index, line in enumerate(lines):
            write(marks, 0, top - 0.12 - LINE * index, line, weight="bold", paper=True)
        top -= deep
        for row in rows:
            begin, end = (left + (int(row[key]) - first * 60) * scale for key in ("begin", "end"))
            middle = top - 0.095 - above
            patch(marks, begin, middle - 0.065, end - begin, 0.13, (str(row["side"]), "stopped"))
            label, room = str(row["label"]), measure(str(row["label"])) + 2 * PAD
            if above:
                write(marks, min(begin, width - room), middle + above, label, paper=True)
            elif end + room < width:
                write(marks, end + PAD, middle, label, paper=True)
            elif begin > room:
                write(marks, begin - PAD, middle, label, ha="right", paper=True)
            else:
                colour = ON_HUE[str(row["side"])]
                write(marks, (begin + end) / 2, middle, label, ha="center", color=colour)
            top -= row_height
    return figure


def _hours(
    marks: Marks, hours: tuple[int, int], across: tuple[float, float], up: tuple[float, float]
) -> None:
    """Rule the hours behind the windows; midnight is darker."""
    first, last = hours
    apart = measure("00:00", SMALL) + 0.06
    step = next(step for step in (1, 2, 3, 6, 12, 24) if step * across[1] >= apart or step == 24)
    for hour in range(first, last + 1):
        if hour % step == 0:
            x = across[0] + (hour - first) * across[1]
            colour = INK if hour % 24 == 0 else RULE
            upright(marks, x, up[0] - 0.04, up[1], colour, 0.7, behind=True)
            write(marks, x, up[0] - 0.16, f"{hour % 24:02}:00", points=SMALL, ha="center")
