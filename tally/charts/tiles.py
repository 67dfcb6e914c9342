"""A tile a region, both countries on one grid: no border is drawn and every region is legible."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from tally.charts.rows import records
from tally.drawing import (
    HUES,
    INK,
    MUTED,
    PAPER,
    PHONE,
    RULE,
    SMALL,
    WIDTHS,
    contrast,
    measure,
    sheet,
    wrap,
    write,
)
from tally.house.marks import EMPTY, Box, Ink, Marks

HEAD, GAP = 0.2, 0.03
CODE_POINTS = 6.0
LIGHTEST = 0.22
BLACK = "#000000"
WIDEST, LEAST = 0.37, 0.22
THIN, FRAME = 0.6, 2.0


@dataclass(frozen=True, slots=True)
class TileCell:
    """Where the tile of a region lies in the picture, as shares of its width and height."""

    row: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Grid:
    """The lengths, in inches, that the drawing and its cells have in common."""

    shown: pd.DataFrame
    legends: tuple[tuple[str, str], ...]
    width: float
    first: tuple[int, int]
    columns: int
    rows: int

    @property
    def side(self) -> float:
        return min(self.width / self.columns, WIDEST)

    @property
    def margin(self) -> float:
        return (self.width - self.side * self.columns) / 2

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Return the legends as lines, the first of each with the side whose hue it names."""
        room = self.width - self.margin - 0.2
        return [
            (line, "" if index else side)
            for legend, side in self.legends
            for index, line in enumerate(wrap(legend, room))
        ]

    @property
    def height(self) -> float:
        return self.side * self.rows + HEAD * len(self.lines) + 0.06

    def at(self, column: int, row: int) -> tuple[float, float, float]:
        """Return the lower left corner of a tile, and its side with the gap."""
        x = self.margin + (column - self.first[0]) * self.side
        return x, self.side * (self.rows - 1 - (row - self.first[1])) + 0.03, self.side


def plot_tiles(table: pd.DataFrame, size: str = "page") -> Figure:
    """Shade each region by its figure and print the figure in it; one scale a legend.

    Columns: code (two or three letters), col, row, side, legend, drawn (NaN: nobody gave a
    figure), sign; and perhaps marked (True for the tile that is framed). Columns of the grid in
    the far east are left off while they are empty.
    """
    grid = _grid(table, size)
    figure, marks, _ = sheet(size, grid.height)
    told = table[table["drawn"].notna()]
    most = {legend: float(held["drawn"].max()) for legend, held in told.groupby("legend")}
    for tile in records(grid.shown):
        at = grid.at(int(tile["col"]), int(tile["row"]))
        _tile(marks, tile, at, most.get(tile["legend"], 1.0))
    for index, (line, whose) in enumerate(grid.lines):
        middle = grid.side * grid.rows + 0.06 + HEAD * (len(grid.lines) - index - 0.5)
        if whose:
            _square(marks, (grid.margin, middle - 0.05, 0.1), HUES[whose], HUES[whose])
        write(marks, grid.margin + 0.17, middle, line)
    return figure


def phone_tiles(table: pd.DataFrame) -> Figure | None:
    """Return the tiles for a phone; None where the far east is drawn and they would be too small.

    >>> tiles = [("ORL", 7, 4, "Russia", "x", 1, "1"), ("KAM", 20, 2, "Russia", "x", 1, "1")]
    >>> columns = ["code", "col", "row", "side", "legend", "drawn", "sign"]
    >>> phone_tiles(pd.DataFrame(tiles, columns=columns)) is None
    False
    >>> west = ("ZAK", 0, 8, "unattributed", "", None, "")
    >>> phone_tiles(pd.DataFrame([*tiles, west], columns=columns)) is None
    True
    """
    small = _grid(table, PHONE).side < LEAST
    return None if small else plot_tiles(table, PHONE)


def tile_cells(table: pd.DataFrame, size: str = "page") -> tuple[TileCell, ...]:
    """Return where `plot_tiles` puts each tile that it draws; `row` is its place in the table."""
    grid = _grid(table.reset_index(drop=True), size)
    made = []
    for row, column, line in grid.shown[["col", "row"]].itertuples(name=None):
        x, y, side = grid.at(int(column), int(line))
        top = 1 - (y + side) / grid.height
        across, up = side / grid.width, side / grid.height
        made.append(TileCell(row, x / grid.width, top, across, up))
    return tuple(made)


def _grid(table: pd.DataFrame, size: str) -> _Grid:
    told = table[table["drawn"].notna()]
    last = max(int(told["col"].max()) if len(told) else 0, _west(table))
    legends = tuple(dict.fromkeys(zip(told["legend"], told["side"], strict=True)))
    shown = table[table["col"] <= last]
    first = int(shown["col"].min()), int(shown["row"].min())
    columns, rows = int(shown["col"].max()) - first[0] + 1, int(shown["row"].max()) - first[1] + 1
    return _Grid(shown, legends, WIDTHS[size], first, columns, rows)


def shade(side: str, share: float) -> str:
    """Return a side's hue, lighter the smaller the share of its greatest figure.

    >>> shade("Ukraine", 1.0)
    '#0b4a8f'
    """
    weight = LIGHTEST + (1 - LIGHTEST) * min(max(share, 0.0), 1.0)
    parts = (int(HUES[side][i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * weight):02x}" for part in parts)


def on_shade(colour: str) -> str:
    """Return the colour of words that are easier to read on this one."""
    # Of black and white one always stands out enough; our ink is too pale for the middle shades.
    return max((BLACK, PAPER), key=lambda ink: contrast(ink, colour))


def _tile(marks: Marks, tile: dict[Any, Any], at: tuple[float, float, float], most: float) -> None:
    x, y, side = at
    known = not pd.isna(tile["drawn"])
    face = shade(str(tile["side"]), float(tile["drawn"]) / max(most, 1)) if known else PAPER
    ink = on_shade(face) if known else MUTED
    if known:
        _square(marks, (x, y, side - GAP), face, face)
    else:
        _square(marks, (x, y, side - GAP), face, RULE, level=0)
    if tile.get("marked"):
        _square(marks, (x, y, side - GAP), EMPTY, INK, FRAME)
    middle = x + (side - GAP) / 2
    height = y + side * (0.68 if known else 0.46)
    write(marks, middle, height, str(tile["code"]), points=CODE_POINTS, color=ink, ha="center")
    if known:
        sign = str(tile["sign"]).replace(" ", "")
        room = measure(sign, SMALL, "bold") <= side - GAP
        points = SMALL if len(sign) < 4 and room else CODE_POINTS
        at_sign = (middle, y + side * 0.27)
        write(marks, *at_sign, sign, points=points, color=ink, weight="bold", ha="center")


def _square(
    marks: Marks,
    at: tuple[float, float, float],
    face: str,
    edge: str,
    thick: float = THIN,
    level: int = 1,
) -> None:
    x, y, side = at
    marks.append(Box((x, y), side, side, Ink(face, edge, thick), level))


def _west(table: pd.DataFrame) -> int:
    """Return the last column that is drawn in any case: all of Ukraine and the Volga."""
    return min(int(table["col"].max()), 13)
