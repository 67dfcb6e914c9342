"""Lines, bars and words on a sheet measured in inches, and the palette; knows no tables.

Every length is in inches, so that text can be measured before it is placed.
"""

from functools import cache

import pandas as pd
from matplotlib.figure import Figure

from tally.advances import Weight, across
from tally.house.marks import Anchor, Box, Hatch, Ink, Line, Marks, Words
from tally.house.svg import PAPER
from tally.sheets import Sheet

INK, MUTED, RULE = "#1a1a1a", "#595959", "#c8c8c8"
HUES = {
    "Ukraine": "#0b4a8f",
    "Russia": "#cc7000",
    "third_party": "#6b6b6b",
    "unattributed": "#6b6b6b",
}
ON_HUE = {"Ukraine": PAPER, "Russia": INK, "third_party": PAPER, "unattributed": PAPER}
HATCHED = ("unaccounted for", "not located", "contradicted")
TINTED = ("lost", "airborne", "repeats")
CROSSED = ("hit", "replaced")

PHONE = "phone"
WIDTHS = {"page": 6.9, "slide": 10.0, "half": 3.5, PHONE: 3.2}
SMALL, NORMAL, LARGE = 7.5, 8.5, 12.0
# The pitch of rows of bars, each with a line of words.
ROW = 0.18

_POINT = 1 / 72
# Renderers round the advance of each letter; words must fit in all of them.
_SLACK = 1.05
PAD = 0.06
# How the tip of an arrow reaches back and aside; it stops short so that its point does not pass.
_BACK, _ASIDE, _SHORT = 2.8 * _POINT, 1.4 * _POINT, 1.23 * _POINT


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


def sheet(size: str, height: float) -> tuple[Figure, Marks, float]:
    """Return a figure whose one coordinate is the inch, the marks on it, and its width."""
    figure = Sheet(WIDTHS[size], height)
    return figure, figure.marks, figure.width


def bar(
    marks: Marks,
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
    patch(marks, left, middle - 0.065, solid, 0.13, style)
    if high is not None and high != low:
        tip = left + high * scale
        whisker(marks, left + solid, tip, middle)
    elif high is None and low is not None:
        tip = left + solid + 0.2
        arrow(marks, left + solid, tip, middle)
    write(marks, tip + PAD, middle, sign)


def level(
    marks: Marks,
    start: float,
    end: float,
    y: float,
    colour: str,
    width: float,
    *,
    behind: bool = False,
) -> None:
    """Draw a level line; `behind` all that is not."""
    marks.append(Line(((start, y), (end, y)), colour, width, level=0 if behind else 2))


def upright(
    marks: Marks,
    x: float,
    start: float,
    end: float,
    colour: str,
    width: float,
    *,
    behind: bool = False,
) -> None:
    """Draw an upright line; `behind` all that is not."""
    marks.append(Line(((x, start), (x, end)), colour, width, level=0 if behind else 2))


def whisker(marks: Marks, start: float, end: float, middle: float) -> None:
    """Draw the span from the least to the most that was said."""
    level(marks, start, end, middle, INK, 1.1)
    for x in (start, end):
        upright(marks, x, middle - 0.04, middle + 0.04, INK, 1.1)


def caret(marks: Marks, x: float, y: float, *, up: bool) -> None:
    """Draw the small sign of an open end, where an arrow has no room."""
    rise = 0.03 if up else -0.03
    marks.append(Line(((x - 0.035, y), (x, y + rise), (x + 0.035, y)), INK, 0.9))


def arrow(marks: Marks, start: float, end: float, middle: float) -> None:
    """Draw an open end: as much again, or more, or less."""
    way = 1 if end > start else -1
    tip = end - way * _SHORT
    back = tip - way * _BACK
    head = ((back, middle + _ASIDE), (tip, middle), (back, middle - _ASIDE))
    for points in (((start, middle), (tip, middle)), head):
        marks.append(Line(points, INK, 1.1, "round", level=1))


def patch(
    marks: Marks, x: float, y: float, width: float, height: float, style: tuple[str, str]
) -> None:
    """Draw a bar in the hue of its side; what is left unaccounted for is hatched."""
    marks.append(Box((x, y), width, height, _ink(*style)))


@cache
def _ink(side: str, kind: str) -> Ink:
    if kind in HATCHED:
        return Ink(PAPER, HUES[side], hatch=Hatch(INK))
    if kind in CROSSED:
        return Ink(tint(side), HUES[side], hatch=Hatch(INK, crossed=True))
    return Ink(tint(side) if kind in TINTED else HUES[side], HUES[side])


def write(
    marks: Marks,
    x: float,
    y: float,
    words: str,
    *,
    points: float = NORMAL,
    color: str = INK,
    weight: Weight = "normal",
    ha: Anchor = "left",
    paper: bool = False,
) -> None:
    """Write words, on a patch of paper where lines run behind them."""
    width = across(words, points, weight) if paper else 0.0
    marks.append(Words((x, y), words, points, color, weight == "bold", ha, width))


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
