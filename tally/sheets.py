"""A sheet of marks as a matplotlib figure, for notebooks, slides and other formats than SVG.

Knows marks, and no tables.
"""

from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon, Rectangle
from matplotlib.text import Text

from tally.house.marks import Area, Box, Dot, Ink, Line, Mark, Marks, Words, in_order
from tally.house.svg import AIR, DASHES, PAPER

STYLE = Path(__file__).parent / "house" / "chart.mplstyle"


def house_style() -> AbstractContextManager[None]:
    """Draw in the look of the house, whatever a user has set for charts of their own."""
    return mpl.rc_context(_settings())


@cache
def _settings() -> dict[Any, Any]:
    """Return every setting of the house, read once: reading its file for each sheet is slow."""
    with mpl.rc_context(fname=STYLE):
        kept: dict[Any, Any] = dict(mpl.rcParams.copy())
    del kept["backend"]
    return kept


class Sheet(Figure):
    """A figure whose one coordinate is the inch, on the one axes that it has.

    Most sheets are written as SVG and never looked at, and making artists takes longer than all
    the rest. So they are made when something of the figure is first asked for.
    """

    looked_at = False

    def __init__(self, width: float, height: float) -> None:
        """Keep the size, in inches; `marks` are to be added before the figure is looked at."""
        self.marks: Marks = []
        self.width, self.height = width, height

    def __getattr__(self, name: str) -> Any:
        """Make the figure, of which nothing is there yet."""
        if not self.looked_at and not name.startswith("__"):
            self._draw()
        return object.__getattribute__(self, name)

    def __getstate__(self) -> dict[str, Any]:
        """Copies and pickles are of the figure, so it is made."""
        if not self.looked_at:
            self._draw()
        state: Any = super().__getstate__()
        return dict(state)

    def _draw(self) -> None:
        self.looked_at = True
        with house_style():
            super().__init__(figsize=(self.width, self.height))
            axes = self.add_axes((0, 0, 1, 1))
            axes.set(xlim=(0, self.width), ylim=(0, self.height))
            axes.set_axis_off()
            for mark in in_order(self.marks):
                artist = _artist(mark)
                # The sheet ends where the picture does.
                artist.set(clip_on=False, zorder=mark.level)
                axes.add_artist(artist)


def _artist(mark: Mark) -> Artist:
    match mark:
        case Line():
            return _line(mark)
        case Box():
            return _inked(Rectangle(mark.at, mark.width, mark.height), mark.ink)
        case Area():
            return _inked(Polygon(mark.corners, closed=True), mark.ink)
        case Dot():
            return _inked(Circle(mark.at, mark.radius), mark.ink)
        case Words():
            return _text(mark)


def _line(line: Line) -> Line2D:
    xs, ys = zip(*line.points, strict=True)
    made = Line2D(xs, ys, color=line.colour, linewidth=line.width)
    if line.kind == "dashed":
        made.set_linestyle((0, DASHES))
    if line.kind == "round":
        made.set_solid_capstyle("round")
    return made


def _inked(patch: Patch, ink: Ink) -> Patch:
    width = 0.0 if ink.edge == "none" else ink.width
    patch.set(facecolor=ink.face, edgecolor=ink.edge, linewidth=width)
    if ink.hatch:
        signs = "xxxx" if ink.hatch.crossed else "////"
        patch.set(hatch=signs, hatchcolor=ink.hatch.colour, hatch_linewidth=ink.hatch.width)
    return patch


def _text(words: Words) -> Text:
    made = Text(*words.at, words.words, color=words.colour, parse_math=False)
    made.set(family="DejaVu Sans", size=words.points, weight="bold" if words.bold else "normal")
    made.set(ha=words.anchor, va="center_baseline")
    if words.paper:
        made.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": AIR})
    return made
