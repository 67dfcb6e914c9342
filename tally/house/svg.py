"""A sheet of marks as SVG of few bytes: what looks alike says so once, and words stay words.

Knows marks alone. Browsers measure words by themselves, so nothing is measured here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import chain, groupby

from tally.house.marks import (
    EMPTY,
    Area,
    Box,
    Dot,
    Hatch,
    Ink,
    Line,
    Mark,
    Marks,
    Point,
    Words,
    corners,
    in_order,
)

# Where a browser lacks DejaVu Sans, Verdana is as wide.
FAMILIES = "'DejaVu Sans', Verdana, Geneva, sans-serif"
PAPER = "#ffffff"
# How far DejaVu Sans reaches above and below its line, as shares of its size.
ABOVE, BELOW = 0.7598, 0.2402
# How far the paper behind words reaches beyond them, in points.
AIR = 1.2
# Dashes and the gaps between them, as shares of the width of their line.
DASHES = (4.0, 3.0)

_INCH = 72.0
_TILE, _STEP = 72, 3
_ANCHORS = {"left": "", "center": ";text-anchor:middle", "right": ";text-anchor:end"}
_ENDS = {"plain": "square", "dashed": "butt", "round": "round"}
# How much of their width words have to the left of their point.
_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True, slots=True)
class _Piece:
    """An element: how it looks, where it is, and its words."""

    look: str
    tag: str
    place: str
    words: str = ""


def written(marks: Marks, width: float, height: float, digits: int = 2) -> str:
    """Return a sheet of so many inches as SVG; numbers keep `digits` behind their point."""
    pen = _Pen(height * _INCH, digits)
    hatches: dict[str, str] = {}
    sheet = Box((0, 0), width, height, Ink(PAPER))
    every = (_pieces(mark, pen, hatches) for mark in (sheet, *in_order(marks)))
    pieces = list(_joined(chain.from_iterable(every)))
    times = Counter(piece.look for piece in pieces)
    names = {look: f"s{n}" for n, (look, count) in enumerate(times.items()) if count > 1}
    rules = "".join(f".{name}{{{look}}}" for look, name in names.items())
    across, up = pen.number(width * _INCH), pen.number(height * _INCH)
    return (
        f"<svg width='{across}pt' height='{up}pt' viewBox='0 0 {across} {up}'"
        " xmlns='http://www.w3.org/2000/svg' version='1.1'>"
        f"<style>text{{font-family:{FAMILIES}}}{rules}</style>"
        f"{''.join(_element(piece, names) for piece in pieces)}{_defs(hatches)}</svg>"
    )


class _Pen:
    """Writes points of a sheet as SVG counts them: in points from its upper left corner."""

    def __init__(self, height: float, digits: int) -> None:
        self._height = height
        self._form = f"{{:.{digits}f}}".format

    def number(self, value: float) -> str:
        said = self._form(value).rstrip("0").rstrip(".")
        return "0" if said == "-0" else said

    def place(self, at: Point, down: float = 0.0) -> tuple[str, str]:
        """Return a point, moved down so many points."""
        return self.number(at[0] * _INCH), self.number(self._height - at[1] * _INCH + down)

    def path(self, points: tuple[Point, ...], closed: bool = True) -> str:
        """Return a path whose level and upright lines say one end each."""
        at = self.place(points[0])
        drawn = f"M{at[0]} {at[1]}"
        for point in points[1:]:
            x, y = self.place(point)
            if y == at[1]:
                drawn += f"H{x}"
            elif x == at[0]:
                drawn += f"V{y}"
            else:
                drawn += f"L{x} {y}"
            at = (x, y)
        return f"{drawn}z" if closed else drawn


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Make one path of paths that follow each other and look alike."""
    for (look, tag), alike in groupby(pieces, key=lambda piece: (piece.look, piece.tag)):
        if tag == "path":
            yield _Piece(look, tag, "".join(piece.place for piece in alike))
        else:
            yield from alike


def _pieces(mark: Mark, pen: _Pen, hatches: dict[str, str]) -> Iterator[_Piece]:
    match mark:
        case Line():
            yield _Piece(_stroked(mark), "path", pen.path(mark.points, closed=False))
        case Box():
            yield _Piece(_filled(mark.ink, hatches), "path", pen.path(corners(mark)))
        case Area():
            yield _Piece(_filled(mark.ink, hatches), "path", pen.path(mark.corners))
        case Dot():
            (x, y), radius = pen.place(mark.at), pen.number(mark.radius * _INCH)
            place = f"cx='{x}' cy='{y}' r='{radius}'"
            yield _Piece(_filled(mark.ink, hatches), "circle", place)
        case Words():
            if mark.paper:
                yield _Piece(f"fill:{PAPER}", "path", pen.path(_paper(mark)))
            x, y = pen.place(mark.at, down=ABOVE / 2 * mark.points)
            said = escape(mark.words, quote=False)
            yield _Piece(_lettered(mark), "text", f"x='{x}' y='{y}'", said)


def _paper(words: Words) -> tuple[Point, ...]:
    """Return the corners of the paper that words stand on."""
    x, y = words.at
    left = x - _SHARES[words.anchor] * words.paper - AIR / _INCH
    low = y - (ABOVE / 2 + BELOW) * words.points / _INCH - AIR / _INCH
    air = 2 * AIR / _INCH
    tall = (ABOVE + BELOW) * words.points / _INCH + air
    return corners(Box((left, low), words.paper + air, tall, Ink(PAPER)))


def _stroked(line: Line) -> str:
    look = f"fill:none;stroke:{line.colour};stroke-width:{line.width:g}"
    if line.kind == "dashed":
        look += f";stroke-dasharray:{','.join(f'{dash * line.width:g}' for dash in DASHES)}"
    return f"{look};stroke-linecap:{_ENDS[line.kind]};stroke-linejoin:round"


def _filled(ink: Ink, hatches: dict[str, str]) -> str:
    face = ink.face
    if ink.hatch:
        name = f"h{len(hatches)}"
        face = f"url(#{hatches.setdefault(_pattern(ink.face, ink.hatch), name)})"
    edge = "" if ink.edge == EMPTY else f";stroke:{ink.edge};stroke-width:{ink.width:g}"
    return f"fill:{face}{edge}"


def _lettered(words: Words) -> str:
    weight = "font-weight:700;" if words.bold else ""
    look = f"{weight}font-size:{words.points:g}px;fill:{words.colour}"
    return look + _ANCHORS[words.anchor]


@lru_cache
def _pattern(face: str, hatch: Hatch) -> str:
    """Return the face and the lines of a tile, whose edges few printers show."""
    starts = range(-_TILE // 2, _TILE // 2 + 1, _STEP)
    drawn = "".join(f"M{x} {x + _TILE}l{_TILE}-{_TILE}" for x in starts)
    if hatch.crossed:
        drawn += "".join(f"M{x} {-x}l{_TILE} {_TILE}" for x in starts)
    return (
        f"<rect width='{_TILE + 1}' height='{_TILE + 1}' fill='{face}'/>"
        f"<path d='{drawn}' style='stroke:{hatch.colour};stroke-width:{hatch.width:g}'/>"
    )


def _defs(hatches: dict[str, str]) -> str:
    size = f"patternUnits='userSpaceOnUse' width='{_TILE}' height='{_TILE}'"
    made = (f"<pattern id='{name}' {size}>{tile}</pattern>" for tile, name in hatches.items())
    return f"<defs>{''.join(made)}</defs>" if hatches else ""


def _element(piece: _Piece, names: dict[str, str]) -> str:
    place = f"d='{piece.place}'" if piece.tag == "path" else piece.place
    named = names.get(piece.look)
    look = f"class='{named}'" if named else f"style='{piece.look}'"
    end = f">{piece.words}</text>" if piece.tag == "text" else "/>"
    return f"<{piece.tag} {place} {look}{end}"
