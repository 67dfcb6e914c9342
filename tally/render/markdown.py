"""Markdown cells as blocks. Raw HTML stays words; images are refused. Knows no other cells."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import mistune

from tally import blocks
from tally.blocks import Inline
from tally.errors import RenderError

Token = Mapping[str, Any]

_parse = mistune.create_markdown(renderer=None, plugins=["table"])
_STYLES = {"strong": blocks.strong, "emphasis": blocks.em}


def markdown_blocks(source: str) -> Iterator[dict[str, Any]]:
    """Give the headings, paragraphs, lists and tables of a Markdown text as blocks."""
    tokens = _parse(source)
    for token in tokens if isinstance(tokens, list) else []:
        block = _block(token)
        if block:
            yield block


def _block(token: Token) -> dict[str, Any] | None:
    kind = token["type"]
    if kind == "heading":
        level = min(max(int(token["attrs"]["level"]), 2), 3)
        return blocks.section(blocks.plain(_inlines(token)), level=level).block
    if kind in ("paragraph", "block_text"):
        return blocks.prose([_inlines(token)]).block
    if kind == "list":
        items = [_inlines(item) for item in token["children"]]
        return {"kind": "list", "ordered": bool(token["attrs"]["ordered"]), "items": items}
    if kind == "block_quote":
        return blocks.prose([_inlines(child) for child in token["children"]]).block
    if kind == "table":
        return _table(token)
    if kind in ("block_code", "block_html"):
        return {"kind": "text", "lines": [blocks.text(line)["v"] for line in _lines(token)]}
    return None


def _lines(token: Token) -> list[str]:
    return str(token.get("raw", "")).expandtabs().rstrip("\n").split("\n")


def _inlines(token: Token) -> list[Inline]:
    """Return the words within a token, flat: emphasis within emphasis keeps the inner one."""
    if "children" not in token:
        return [blocks.text(str(token.get("raw", " ")))]
    return [piece for child in token["children"] for piece in _inline(child)]


def _inline(token: Token) -> list[Inline]:
    kind = token["type"]
    if kind == "image":
        msg = "a Markdown cell shows an image; use tally.blocks.figure, which asks for its words."
        raise RenderError(msg)
    if kind in _STYLES:
        return [_STYLES[kind](blocks.plain(_inlines(token)))]
    if kind == "link":
        return [blocks.link(token["attrs"]["url"], blocks.plain(_inlines(token)))]
    if kind in ("softbreak", "linebreak"):
        return [blocks.text(" ")]
    return _inlines(token)


def _table(token: Token) -> dict[str, Any]:
    head, body = token["children"]
    columns = [
        {"label": blocks.plain(_inlines(cell)), "align": cell["attrs"]["align"] or "left"}
        for cell in head["children"]
    ]
    rows: Sequence[Sequence[list[Inline]]] = [
        [_inlines(cell) for cell in row["children"]] for row in body["children"]
    ]
    return blocks.table("", columns, rows).block
