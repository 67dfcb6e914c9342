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
from tally.house.svg import PAPER

HEAD, GAP = 0.2, 0.03
# Letters too wide for a small tile are set as small as a phone can still show.
CODE_POINTS, LEAST_POINTS = 6.75, 5.75
LIGHTEST = 0.22
BLACK = "#000000"
WIDEST, SMALL_TILE = 0.335, 0.3
# All of Ukraine and of Russia to the Urals is drawn in any case.
LAST_WESTERN = 13
THIN, FRAME = 0.6, 2.0
OUTSET = 0.8 / 72


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
    return _drawn(table, size)[0]


def _drawn(table: pd.DataFrame, size: str) -> tuple[Figure, Marks]:
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
    return figure, marks


def phone_tiles(table: pd.DataFrame, east: str) -> Figure:
    """Return the tiles for a phone: the far east, where it is drawn, below the rest and named.

    Beside the rest it would make every tile too small to read, and below it no tile changes its
    neighbours.
    """
    eastern = table["col"] > LAST_WESTERN
    if not table.loc[eastern, "drawn"].notna().any():
        return plot_tiles(table, PHONE)
    below = int(table.loc[~eastern, "row"].max()) + 1 - int(table.loc[eastern, "row"].min())
    back = int(table.loc[eastern, "col"].max()) - LAST_WESTERN
    folded = table.assign(
        col=table["col"] - back * eastern.astype(int),
        row=table["row"] + below * eastern.astype(int),
    )
    figure, marks = _drawn(folded, PHONE)
    grid = _grid(folded, PHONE)
    top, left = int(folded.loc[eastern, "row"].min()), int(folded.loc[eastern, "col"].min())
    start, _, side = grid.at(grid.first[0], top)
    for index, line in enumerate(wrap(east, max(grid.at(left, top)[0] - start, 4 * side))):
        middle = grid.at(left, top + 1)[1] + side / 2 - HEAD * index
        write(marks, start, middle, line, color=MUTED)
    return figure


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
    western = min(int(table["col"].max()), LAST_WESTERN)
    last = max(int(told["col"].max()) if len(told) else 0, western)
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
    inner = side - _gap(side)
    known = not pd.isna(tile["drawn"])
    face = shade(str(tile["side"]), float(tile["drawn"]) / max(most, 1)) if known else PAPER
    ink = on_shade(face) if known else MUTED
    if known:
        _square(marks, (x, y, inner), face, face)
    else:
        _square(marks, (x, y, inner), face, RULE, level=0)
    if tile.get("marked"):
        # Around the tile, so that no letter touches it.
        _square(marks, (x - OUTSET, y - OUTSET, inner + 2 * OUTSET), EMPTY, INK, FRAME)
    middle = x + inner / 2
    height = y + side * (0.68 if known else 0.46)
    code = str(tile["code"])
    points = max(LEAST_POINTS, CODE_POINTS * min(1.0, inner / measure(code, CODE_POINTS)))
    write(marks, middle, height, code, points=points, color=ink, ha="center")
    if known:
        sign = str(tile["sign"]).replace(" ", "")
        room = measure(sign, SMALL, "bold") <= inner
        points = SMALL if len(sign) < 4 and room else CODE_POINTS
        at_sign = (middle, y + side * 0.27)
        write(marks, *at_sign, sign, points=points, color=ink, weight="bold", ha="center")


def _gap(side: float) -> float:
    """Return how far tiles of this size stand apart: small ones leave their letters more room."""
    return GAP if side > SMALL_TILE else GAP / 2


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
