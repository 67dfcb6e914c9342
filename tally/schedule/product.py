"""What a rendered briefing shows, as plain facts: for checks, and to compare revisions.

A figure here is a number as a reader sees it: a headline tile, a row behind a chart, a short cell
of a table. The numbering of claims is no figure: it shifts when a claim comes in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tally.house.words import visible

Json = Mapping[str, Any]

LONGEST_CELL = 24
# What stands where nobody gave a number: neither a figure nor a zero.
NO_FIGURE = ("", "–", "—")
# A table whose rows are a figure as it was and as it is.
MOVED = "moved"
_NUMBERING = re.compile(r"\[[\d–, ]+\]")
_NUMBER = re.compile(r"[^\w\s]*\s*\d")


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline number: its label, its value, and the note on its doubt."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Product:
    """A briefing as it would be published: what is on its page, and its figures by name."""

    title: str
    lang: str
    as_of: str
    known_at: str
    lead: str
    tiles: tuple[Tile, ...]
    charts: Mapping[str, int]
    tables: Mapping[str, int]
    unnamed: int
    without_alt: tuple[str, ...]
    failures: tuple[str, ...]
    figures: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Json) -> "Product":
        """Return the product that JSON tells of."""
        lists = ("without_alt", "failures")
        rest = {name: tuple(told[name]) for name in lists}
        return cls(**{**told, **rest, "tiles": tuple(Tile(**each) for each in told["tiles"])})


def describe(masthead: Json, failures: Sequence[Json], blocks: Sequence[Json]) -> Product:
    """Return what a page shows."""
    charts = [block for block in blocks if block["kind"] == "figure"]
    pictures = [block for block in blocks if block["kind"] in ("figure", "image")]
    tables = [block for block in blocks if block["kind"] == "table"]
    leads = [block for block in blocks if block["kind"] == "lead"]
    return Product(
        title=str(masthead["title"]),
        lang=str(masthead["lang"]),
        as_of=str(masthead["as_of"]),
        known_at=str(masthead["known_at"]),
        lead=" ".join(_words(part) for block in leads for part in block["paragraphs"]),
        tiles=tuple(_tiles(blocks)),
        charts={block["name"]: _rows(block) for block in charts if block["name"]},
        tables={block["name"]: len(block["rows"]) for block in tables if block["name"]},
        unnamed=sum(1 for block in (*charts, *tables) if not block["name"]),
        without_alt=tuple(
            str(block.get("name") or block["kind"]) for block in pictures if not block.get("alt")
        ),
        failures=tuple(str(block["words"]) for block in failures),
        figures=_named(_figures(blocks)),
    )


def _figures(blocks: Sequence[Json]) -> Iterator[tuple[str, str]]:
    """Give the name and the words of each figure, in order.

    They are named by their section: the caption of a chart states its finding, so it changes.
    """
    charted = {place for place, block in _sections(blocks) if _rows(block)}
    for place, block in _sections(blocks):
        if block["kind"] == "tiles":
            for tile in block["tiles"]:
                yield str(tile["label"]), f"{tile['value']} ({tile['note']})"
        elif _rows(block):
            for *names, value in block["data"]["rows"]:
                yield _key(place, *map(str, names)), _cell(value)
        elif block["kind"] == "table" and place not in charted and not any(block.get("ids") or ()):
            yield from _cells(place, block)


def _sections(blocks: Iterable[Json]) -> Iterator[tuple[str, Json]]:
    """Give each block with the titles of the section that it is in."""
    titles: dict[int, str] = {}
    for block in blocks:
        if block["kind"] == "section":
            upper = {level: title for level, title in titles.items() if level < block["level"]}
            titles = {**upper, block["level"]: str(block["title"])}
        yield " · ".join(titles.values()), block


def _cells(place: str, block: Json) -> Iterator[tuple[str, str]]:
    """Give the cells of a table that are numbers, named by their row and column.

    A table beside a chart says again what is behind the chart, and is passed over.
    """
    labels = [str(column["label"]) for column in block["columns"]]
    for row in block["rows"]:
        name, *rest = (_words(cell) for cell in row)
        if block["name"] == MOVED:
            yield _key(place, name), " → ".join(rest[:2])
            continue
        for label, words in zip(labels[1:], rest, strict=True):
            if _NUMBER.match(words) and len(words) <= LONGEST_CELL:
                yield _key(place, name, label), words


def _named(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return figures by name; several of one name are one, their values listed."""
    named: dict[str, list[str]] = {}
    for name, value in found:
        if value not in NO_FIGURE and value not in named.setdefault(name, []):
            named[name].append(value)
    return {name: "; ".join(values) for name, values in named.items() if values}


def _key(place: str, *names: str) -> str:
    return ": ".join(filter(None, (place, ", ".join(filter(None, names)))))


def _cell(value: object) -> str:
    return "" if value is None else visible(str(value))


def _rows(block: Json) -> int:
    """Return how many rows are behind a chart."""
    return len((block.get("data") or {"rows": ()})["rows"])


def _tiles(blocks: Iterable[Json]) -> Iterator[Tile]:
    for block in blocks:
        if block["kind"] == "tiles":
            for tile in block["tiles"]:
                yield Tile(str(tile["label"]), str(tile["value"]), str(tile["note"]))


def _words(inlines: object) -> str:
    """Return inlines as plain words, without the numbering of claims."""
    if isinstance(inlines, str):
        return inlines
    if isinstance(inlines, Mapping):
        inlines = (inlines,)
    pieces = [str(each.get("v", "")) for each in inlines] if isinstance(inlines, Iterable) else []
    kept = [piece for piece in pieces if not _NUMBERING.fullmatch(piece.strip())]
    return " ".join("".join(kept).split()).replace(" .", ".").replace(" ,", ",")
