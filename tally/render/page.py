"""An executed notebook as the page that is printed: its masthead, blocks and failures, in order.

Both exporters start from here, so HTML and PDF say the same. Knows no layout and writes no file.
"""

import base64
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tally import blocks
from tally.blocks import MIME, Block, restore
from tally.cells import safe_csv
from tally.errors import RenderError
from tally.house.columns import balanced
from tally.house.words import visible
from tally.render.jupyter import NotebookNode
from tally.render.markdown import markdown_blocks

Json = dict[str, Any]

# What ends a sentence: the next begins with a capital letter.
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZА-ЯҐЄІЇ])")
_IMAGES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed: `blocks` without the masthead, sections numbered, links checked."""

    masthead: Json
    failures: tuple[Json, ...]
    blocks: tuple[Json, ...]
    attachments: tuple[Json, ...]

    @property
    def title(self) -> str:
        """Return the title of the document."""
        kicker, title = self.masthead["kicker"], self.masthead["title"]
        return f"{kicker}: {title}" if kicker else str(title)


def read_page(notebook: NotebookNode, name: str = "briefing") -> Page:
    """Return the page of an executed notebook; `name` is its title when it gives none."""
    found = [
        block for number, cell in enumerate(notebook.cells, 1) for block in _cell(cell, number)
    ]
    mastheads = [block for block in found if block["kind"] == "masthead"]
    if len(mastheads) > 1:
        msg = "the notebook shows two mastheads; a briefing has exactly one."
        raise RenderError(msg)
    rest = [block for block in found if block["kind"] not in ("masthead", "attach", "failure")]
    head = mastheads[0] if mastheads else _own_masthead(rest, name)
    numbered = _numbered([block for block in rest if block is not head.get("from")])
    page = Page(
        masthead=head,
        failures=tuple(block for block in found if block["kind"] == "failure"),
        blocks=tuple(balanced(b) if b["kind"] == "table" else b for b in numbered),
        attachments=tuple(_attachments(found)),
    )
    _refuse_twice([each["name"] for each in page.attachments], "attachments", "name")
    if not page.failures:
        # A notebook that stopped half-way rightly lacks what its first half leads to.
        _check_links(page)
    return page


def labelled(page: Page, label: str) -> Page:
    """Return the page as the edition of this label; "" leaves what the notebook says."""
    head = {**page.masthead, "edition": visible(label)} if label else page.masthead
    return Page(head, page.failures, page.blocks, page.attachments)


def empty_page(title: str) -> Page:
    """Return a page of which nothing is known but its title."""
    return Page(blocks.masthead("", title, "", "").block, (), (), ())


def failure(words: str, where: str = "") -> Json:
    """Return what went wrong as a block; it is set on top of the page."""
    return {"kind": "failure", "where": where, "words": visible(words)}


def inlines(value: object) -> Iterator[Json]:
    """Give every inline within a block, in order."""
    if isinstance(value, dict):
        if value.get("t") in ("text", "strong", "em", "mark", "link", "code"):
            yield value
        else:
            for part in value.values():
                yield from inlines(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from inlines(part)


def _cell(cell: NotebookNode, number: int) -> Iterator[Json]:
    """Give what a cell shows: Markdown as prose, outputs as blocks, never its code."""
    if cell.cell_type == "markdown":
        yield from markdown_blocks(cell.source)
    for output in cell.get("outputs", []):
        yield from _output(output, cell, f"cell {number}")


def _output(output: NotebookNode, cell: NotebookNode, where: str) -> Iterator[Json]:
    if output.output_type == "error":
        yield failure(f"{output.ename}: {output.evalue}", where)
    elif output.output_type == "stream":
        if output.name == "stdout":
            yield _preformatted(output.text)
    elif MIME in output.data:
        yield _restored(output.data[MIME], where)
    else:
        yield _foreign(output, cell, where)


def _restored(stored: Mapping[str, Any], where: str) -> Json:
    try:
        block: Block = restore(stored)
    except RenderError as error:
        msg = f"{where}: {error}"
        raise RenderError(msg) from error
    return block.block


def _foreign(output: NotebookNode, cell: NotebookNode, where: str) -> Json:
    """Return an output that is no block of ours: an image that says what it shows, or text."""
    for mime, form in _IMAGES.items():
        if mime in output.data:
            alt = output.metadata.get("alt") or cell.metadata.get("alt")
            if not isinstance(alt, str) or not alt.strip():
                msg = (
                    f"{where} shows an image without words for it; use tally.blocks.figure, "
                    "or set the metadata alt of the cell."
                )
                raise RenderError(msg)
            return {
                "kind": "image",
                "form": form,
                "mime": mime,
                "base64": _base64(output.data[mime], form),
                "alt": visible(alt).strip(),
            }
    return _preformatted(output.data.get("text/plain", ""))


def _base64(data: str, form: str) -> str:
    if form == "svg":
        return base64.b64encode(data.encode()).decode()
    return re.sub(r"\s", "", data)


def _preformatted(words: str) -> Json:
    return {"kind": "text", "lines": [visible(line.expandtabs()) for line in words.splitlines()]}


def _own_masthead(rest: list[Json], name: str) -> Json:
    """Return a masthead for a notebook that has none: its first heading is the title."""
    top = next((each for each in rest if each["kind"] == "section" and not each["id"]), None)
    head = blocks.masthead("", top["title"] if top else name, "", "").block
    return {**head, "from": top}


def _numbered(found: list[Json]) -> Iterator[Json]:
    """Give the blocks with numbers on their sections, and no division outside a section."""
    number = 0
    for block in found:
        if block["kind"] != "section":
            yield block
            continue
        number += bool(block["numbered"])
        level = block["level"] if number or block["level"] == 2 else 2
        yield {**block, "level": level, "number": str(number) if block["numbered"] else ""}


def _check_links(page: Page) -> None:
    """Refuse an id used twice and a link to an id that is nowhere."""
    ids = [each["id"] for each in page.blocks if each.get("id")]
    ids += [i for each in page.blocks if each["kind"] == "table" for i in each["ids"] if i]
    _refuse_twice(ids, "rows or sections", "id")
    for piece in inlines(list(page.blocks)):
        if piece["t"] == "link" and piece["href"].startswith("#") and piece["href"][1:] not in ids:
            msg = f"a link leads to {piece['href']!r}, which no row or section of the page has."
            raise RenderError(msg)


def _refuse_twice(names: list[str], of: str, word: str) -> None:
    twice = next((name for name, times in Counter(names).items() if times > 1), None)
    if twice:
        msg = f"two {of} have the {word} {twice!r}; it must lead to one place."
        raise RenderError(msg)


def _attachments(found: list[Json]) -> Iterator[Json]:
    """Give the files that the PDF carries: those attached, and the rows behind each chart."""
    for block in found:
        if block["kind"] == "attach":
            yield block
        if block["kind"] == "figure" and block["name"]:
            said = _opening(blocks.plain(block["caption"])) or block["alt"]
            rows = figure_csv(block["data"])
            yield blocks.attach(f"{block['name']}.csv", "text/csv", rows, said).block


def _opening(caption: str) -> str:
    """Return the first sentence of a caption.

    >>> _opening("Tula (16). A tile a region.")
    'Tula (16).'
    """
    return _SENTENCE.split(caption, maxsplit=1)[0]


def figure_csv(data: Json) -> str:
    """Return the rows behind a chart as CSV."""
    return safe_csv(data["columns"], data["rows"])
