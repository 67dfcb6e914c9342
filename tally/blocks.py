"""The blocks that a briefing is made of, checked, cleaned and displayable in a notebook.

Knows nothing of claims, of notebooks' files or of PDF. A block's JSON has exactly the
constructor's arguments as its keys, so `restore` checks what a stored notebook holds.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from IPython.display import publish_display_data

from tally import house
from tally.errors import RenderError
from tally.house.words import (
    Inline,
    Inlines,
    em,
    identifier,
    inline,
    link,
    mark,
    plain,
    said,
    strong,
    text,
    visible,
    words,
)

__all__ = [
    "MIME",
    "Block",
    "Inline",
    "Inlines",
    "attach",
    "em",
    "figure",
    "inline",
    "lead",
    "link",
    "mark",
    "masthead",
    "plain",
    "prose",
    "restore",
    "section",
    "show",
    "strong",
    "table",
    "text",
    "tiles",
]

MIME = "application/vnd.tally.block+json"
LANGUAGES = ("en", "uk", "ru")
ALIGNS = ("left", "right", "center")

# Annotated here because IPython leaves its own function without types.
_publish: Callable[[dict[str, object]], None] = publish_display_data
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_MIME_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


class Block:
    """One piece of a briefing; a notebook shows it, the exporters read its `.block`."""

    def __init__(self, kind: str, **fields: object) -> None:
        """Keep the fields as the JSON that exporters read."""
        self.block: dict[str, Any] = {"kind": kind, **fields}

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """Return the block for the exporters, for JupyterLab and for a terminal."""
        return {
            MIME: self.block,
            "text/html": house.lab_html(self.block),
            "text/plain": repr(self),
        }

    def __repr__(self) -> str:
        """Return the block's own words, as far as one line carries them."""
        return f"<{self.block['kind']}: {plain(_headline(self.block))}>"


def masthead(
    kicker: str, title: str, as_of: str, edition: str, lang: str = "en", known_at: str = ""
) -> Block:
    """Open a briefing: its title, language and running head; exactly one in a briefing.

    `known_at` is `as_of` as an ISO time for machines; it dates the PDF.
    """
    if lang not in LANGUAGES:
        msg = f"masthead: lang {lang!r} is not known; choose one of {', '.join(LANGUAGES)}."
        raise RenderError(msg)
    return Block(
        "masthead",
        kicker=words(kicker, "masthead kicker"),
        title=said(title, "masthead title"),
        as_of=words(as_of, "masthead as_of"),
        edition=words(edition, "masthead edition"),
        lang=lang,
        known_at=words(known_at, "masthead known_at"),
    )


def lead(paragraphs: Sequence[Inlines]) -> Block:
    """Give the answer in the reader's first twenty seconds."""
    return Block("lead", paragraphs=_paragraphs(paragraphs, "lead"))


def prose(paragraphs: Sequence[Inlines], small: bool = False) -> Block:
    """Say something in paragraphs; `small` for method and limits."""
    return Block("prose", paragraphs=_paragraphs(paragraphs, "prose"), small=bool(small))


def tiles(tiles: Sequence[Mapping[str, str]]) -> Block:
    """Set a row of headline numbers, each with a label, a value and a note on its doubt."""
    keys = ("label", "value", "note")
    if not tiles:
        msg = "tiles: there is no tile; give at least one, or leave the block out."
        raise RenderError(msg)
    for tile in tiles:
        if not isinstance(tile, Mapping) or set(tile) - set(keys):
            msg = f"tiles: a tile has other keys than {', '.join(keys)}: {tile!r}."
            raise RenderError(msg)
    kept = [{key: words(tile.get(key, ""), f"tile {key}") for key in keys} for tile in tiles]
    return Block("tiles", tiles=kept)


def section(title: str, level: int = 2, id: str = "", numbered: bool = True) -> Block:
    """Head a section; level 2 is numbered unless told otherwise, level 3 divides it."""
    if level not in (2, 3):
        msg = f"section {title!r}: level {level} is not 2 or 3; the masthead holds level 1."
        raise RenderError(msg)
    return Block(
        "section",
        title=said(title, "section title"),
        level=level,
        id=identifier(id, "section"),
        numbered=bool(numbered) and level == 2,
    )


def figure(
    svg: str,
    alt: str,
    caption: Inlines,
    source: Inlines,
    data: Mapping[str, Sequence[object]],
    name: str,
    narrow: str = "",
) -> Block:
    """Show a chart with the words and the rows that say the same; refuses an empty `alt`.

    `narrow` is the chart as a phone shows it; without it the chart slides there.
    """
    if any(not isinstance(one, str) or "<svg" not in one for one in (svg, narrow or svg)):
        msg = f"figure {name!r}: svg holds no <svg> element; save the chart with format='svg'."
        raise RenderError(msg)
    return Block(
        "figure",
        svg=svg,
        alt=said(alt, f"figure {name!r}: alt"),
        caption=inline(caption),
        source=inline(source),
        data=_figure_rows(data, name),
        name=identifier(name, "figure"),
        narrow=narrow,
    )


def table(
    caption: Inlines,
    columns: Sequence[Mapping[str, object]],
    rows: Sequence[Sequence[Inlines]],
    ids: Sequence[str] = (),
    notes: Sequence[Inlines] = (),
    name: str = "",
) -> Block:
    """Set a table; `ids` name its rows for links, a column may have a width and `scope` row."""
    heads = [_column(column, name) for column in columns]
    if not heads or any(len(row) != len(heads) for row in rows):
        msg = f"table {name!r}: every row must have as many cells as there are columns."
        raise RenderError(msg)
    if ids and len(ids) != len(rows):
        msg = f"table {name!r}: {len(ids)} ids for {len(rows)} rows; give one each, '' for none."
        raise RenderError(msg)
    return Block(
        "table",
        caption=inline(caption),
        columns=heads,
        rows=[[inline(cell) for cell in row] for row in rows],
        ids=[identifier(i, "table row") for i in ids or [""] * len(rows)],
        notes=[inline(note) for note in notes],
        name=identifier(name, "table"),
    )


def attach(name: str, mime: str, text: str, description: str) -> Block:
    """Carry a data file inside the PDF; HTML only lists its name."""
    if not isinstance(name, str) or not _FILE.fullmatch(name) or not _MIME_TYPE.fullmatch(mime):
        msg = f"attach {name!r}: give a bare file name and a mime type such as text/csv."
        raise RenderError(msg)
    if not isinstance(text, str) or not text:
        msg = f"attach {name!r}: the file is empty; attach only files that hold something."
        raise RenderError(msg)
    described = said(description, f"attach {name!r}: description")
    return Block("attach", name=name, mime=mime, text=text, description=described)


def show(*blocks: Block) -> None:
    """Display several blocks from one cell."""
    for block in blocks:
        _publish(block._repr_mimebundle_())


def restore(stored: Mapping[str, Any]) -> Block:
    """Return a stored block checked and cleaned anew: a notebook may come from anywhere."""
    fields = {key: value for key, value in stored.items() if key != "kind"}
    kind = stored.get("kind")
    if kind not in KINDS:
        msg = f"there is no block {kind!r}; choose one of {', '.join(KINDS)}."
        raise RenderError(msg)
    try:
        return KINDS[kind](**fields)
    except (TypeError, AttributeError) as error:
        msg = f"a stored {kind} block is malformed ({error}); run the notebook again."
        raise RenderError(msg) from error


KINDS: dict[str, Callable[..., Block]] = {
    made.__name__: made for made in (masthead, lead, tiles, section, prose, figure, table, attach)
}


def _headline(block: Mapping[str, Any]) -> Inlines:
    """Return what names a block best."""
    if block["kind"] in ("lead", "prose"):
        return " ".join(plain(paragraph) for paragraph in block["paragraphs"])
    if block["kind"] == "tiles":
        return "; ".join(f"{tile['label']} {tile['value']}" for tile in block["tiles"])
    named: Inlines = block.get("title") or block.get("caption") or block.get("name", "")
    return named


def _paragraphs(paragraphs: Sequence[Inlines], where: str) -> list[list[Inline]]:
    if isinstance(paragraphs, str | Mapping):
        msg = f"{where}: give a list of paragraphs, not one paragraph."
        raise RenderError(msg)
    return [inline(paragraph) for paragraph in paragraphs]


def _figure_rows(data: Mapping[str, Sequence[object]], name: str) -> dict[str, list[object]]:
    columns = [_cell(label) for label in data.get("columns", ())]
    rows = [[_cell(value) for value in _sequence(row, name)] for row in data.get("rows", ())]
    if not columns or any(len(row) != len(columns) for row in rows):
        msg = f"figure {name!r}: data needs columns, and rows with as many values each."
        raise RenderError(msg)
    return {"columns": list(columns), "rows": list(rows)}


def _sequence(row: object, name: str) -> Sequence[object]:
    if isinstance(row, str) or not isinstance(row, Sequence):
        msg = f"figure {name!r}: a row of data is not a list."
        raise RenderError(msg)
    return row


def _cell(value: object) -> str:
    return "–" if value is None or value != value else visible(str(value))


def _column(column: Mapping[str, object], table_name: str) -> dict[str, object]:
    label, align = column.get("label", ""), column.get("align", "left")
    width, scope = column.get("width", 0), column.get("scope", "")
    share = isinstance(width, int | float) and 0 <= width <= 1
    if align not in ALIGNS or scope not in ("", "row") or not share:
        msg = (
            f"table {table_name!r}: column {label!r} takes label, align ({', '.join(ALIGNS)}), "
            "width (its share, 0 to 1) and scope (row)."
        )
        raise RenderError(msg)
    return {"label": words(label, "column"), "align": align, "width": width, "scope": scope}
