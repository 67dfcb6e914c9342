"""Lines, bars and words on a sheet measured in inches, and the palette; knows no tables.

Every length is in inches, so that text can be measured before it is placed.
"""

from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from tally.advances import Weight, across

STYLE = Path(__file__).parent / "house" / "chart.mplstyle"

INK, MUTED, PAPER, RULE = "#1a1a1a", "#595959", "#ffffff", "#c8c8c8"
HUES = {
    "Ukraine": "#0b4a8f",
    "Russia": "#cc7000",
    "third_party": "#6b6b6b",
    "unattributed": "#6b6b6b",
}
ON_HUE = {"Ukraine": PAPER, "Russia": INK, "third_party": PAPER, "unattributed": PAPER}
HATCHED = ("unaccounted for", "not located", "contradicted")
TINTED = ("lost", "repeats")
CROSSED = ("hit", "replaced")

PHONE = "phone"
WIDTHS = {"page": 6.9, "slide": 10.0, "half": 3.5, PHONE: 3.2}
SMALL, NORMAL, LARGE = 7.5, 8.5, 12.0

# Renderers round the advance of each letter; words must fit in all of them.
_SLACK = 1.05
PAD = 0.06


def house_style() -> AbstractContextManager[None]:
    """Draw in the look of the house, whatever a user has set for charts of their own."""
    return mpl.rc_context(_settings())


@cache
def _settings() -> dict[Any, Any]:
    """Return every setting of the house, read once: reading them for each mark is slow."""
    with mpl.rc_context(fname=STYLE):
        kept: dict[Any, Any] = dict(mpl.rcParams.copy())
    del kept["backend"]
    return kept


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 reckons it.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return how bright a colour is, from 0 to 1, as it prints in grey."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tint(side: str) -> str:
    """Return the light shade of a side's hue."""
    parts = (int(HUES[side][i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.42):02x}" for part in parts)


def sheet(size: str, height: float) -> tuple[Figure, Axes, float]:
    """Return a figure whose one coordinate is the inch."""
    width = WIDTHS[size]
    with house_style():
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.set_axis_off()
    return figure, axes, width


def bar(
    axes: Axes,
    left: float,
    middle: float,
    ends: tuple[float | None, float | None],
    scale: float,
    style: tuple[str, str],
    sign: str,
) -> None:
    """Draw a bar to the least that was said, a whisker to the most, an arrow where it is open."""
    low, high = (None if end is None or pd.isna(end) else float(end) for end in ends)
    solid = (low or 0.0) * scale
    tip = left + solid
    patch(axes, left, middle - 0.065, solid, 0.13, style)
    if high is not None and high != low:
        tip = left + high * scale
        whisker(axes, left + solid, tip, middle)
    elif high is None and low is not None:
        tip = left + solid + 0.2
        arrow(axes, left + solid, tip, middle)
    write(axes, tip + PAD, middle, sign)


def whisker(axes: Axes, start: float, end: float, middle: float) -> None:
    """Draw the span from the least to the most that was said."""
    axes.plot([start, end], [middle, middle], color=INK, linewidth=1.1)
    for x in (start, end):
        axes.plot([x, x], [middle - 0.04, middle + 0.04], color=INK, linewidth=1.1)


def caret(axes: Axes, x: float, y: float, *, up: bool) -> None:
    """Draw the small sign of an open end, where an arrow has no room."""
    rise = 0.03 if up else -0.03
    axes.plot([x - 0.035, x, x + 0.035], [y, y + rise, y], color=INK, linewidth=0.9)


def arrow(axes: Axes, start: float, end: float, middle: float) -> None:
    """Draw an open end: as much again, or more, or less."""
    axes.add_patch(
        FancyArrowPatch(
            (start, middle),
            (end, middle),
            arrowstyle="->",
            mutation_scale=7,
            color=INK,
            linewidth=1.1,
            shrinkA=0,
            shrinkB=0,
        )
    )


def patch(
    axes: Axes, x: float, y: float, width: float, height: float, style: tuple[str, str]
) -> None:
    """Draw a bar in the hue of its side; what is left unaccounted for is hatched."""
    side, kind = style
    face, hatch = HUES[side], ""
    if kind in HATCHED:
        face, hatch = PAPER, "////"
    elif kind in TINTED:
        face = tint(side)
    elif kind in CROSSED:
        face, hatch = tint(side), "xxxx"
    edge = HUES[side]
    bar = Rectangle((x, y), width, height, facecolor=face, edgecolor=edge, linewidth=0.8)
    if hatch:
        bar.set(hatch=hatch, hatchcolor=INK, hatch_linewidth=0.8)
    axes.add_artist(bar)


def write(
    axes: Axes,
    x: float,
    y: float,
    words: str,
    *,
    points: float = NORMAL,
    color: str = INK,
    weight: str = "normal",
    ha: str = "left",
    paper: bool = False,
) -> None:
    """Write words, on a patch of paper where lines run behind them."""
    box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.2} if paper else None
    axes.text(
        x,
        y,
        words,
        size=points,
        color=color,
        weight=weight,
        ha=ha,
        va="center_baseline",
        family="DejaVu Sans",
        bbox=box,
        parse_math=False,
    )


def measure(words: str, points: float = NORMAL, weight: Weight = "normal") -> float:
    """Return how wide words are in any renderer, in inches."""
    return across(words, points, weight) * _SLACK


def fit(words: str, room: float, points: float = NORMAL, weight: Weight = "normal") -> str:
    """Shorten words to the room there is."""
    if measure(words, points, weight) <= room:
        return words
    while len(words) > 1 and measure(words + "…", points, weight) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def wrap(words: str, room: float, points: float = NORMAL, weight: Weight = "normal") -> list[str]:
    """Break words into lines that fit the room; a single word too wide for it is shortened.

    >>> wrap("Russia’s Ministry of Defence", 1.0)
    ['Russia’s', 'Ministry of', 'Defence']
    """
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, points, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [fit(line, room, points, weight) for line in lines]
