"""What charts are drawn of: marks on a sheet, in inches from its lower left corner.

Knows no library that draws. Of two marks the one on the higher level hides the other, of one level
the later one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["left", "center", "right"]

EMPTY = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; an open end of a figure is one with round ends."""

    points: tuple[Point, ...]
    colour: str
    width: float
    kind: Literal["plain", "dashed", "round"] = "plain"
    level: int = 2


@dataclass(frozen=True, slots=True)
class Hatch:
    """Lines across a face: rising, or crossed."""

    colour: str
    width: float = 0.8
    crossed: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """What an area is filled with and edged by; a face or an edge may be `EMPTY`."""

    face: str
    edge: str = EMPTY
    width: float = 0.8
    hatch: Hatch | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A bar, a swatch, a tile: its lower left corner and its size."""

    at: Point
    width: float
    height: float
    ink: Ink
    level: int = 1


@dataclass(frozen=True, slots=True)
class Area:
    """What lies between corners."""

    corners: tuple[Point, ...]
    ink: Ink
    level: int = 1


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot, or a ring when its face is empty."""

    at: Point
    radius: float
    ink: Ink
    level: int = 3


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a point, the middle of their height; on paper of their width, if any."""

    at: Point
    words: str
    points: float
    colour: str
    bold: bool = False
    anchor: Anchor = "left"
    paper: float = 0.0
    level: int = 3


Mark = Line | Box | Area | Dot | Words
Marks = list[Mark]


def corners(box: Box) -> tuple[Point, ...]:
    """Return the corners of a box, from its lower left one on.

    >>> corners(Box((0, 1), 2, 3, Ink("none")))
    ((0, 1), (2, 1), (2, 4), (0, 4))
    """
    (x, y), right, top = box.at, box.at[0] + box.width, box.at[1] + box.height
    return (x, y), (right, y), (right, top), (x, top)


def in_order(marks: Marks) -> Iterator[Mark]:
    """Give marks from the lowest to the uppermost."""
    yield from sorted(marks, key=lambda mark: mark.level)
