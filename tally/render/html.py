"""The HTML of a briefing: one file that holds everything, runs nothing and fetches nothing."""

import dataclasses
import hashlib
from typing import Any

from markupsafe import Markup
from traitlets import default

from tally import house
from tally.render.jupyter import Exporter, NotebookNode
from tally.render.page import Json, Page, read_page

MOST_BYTES = 200_000
# Stands where the digest of a page will be, and is as long.
UNSEALED = "0" * 64
# The first is ours: whatever a page says is escaped.
_STYLE = "<style>\n"


class BriefingExporter(Exporter):
    """Exports a notebook of blocks as a self-contained HTML page; its code is never shown."""

    output_mimetype = "text/html"
    export_from_notebook = "Briefing"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the page of an executed notebook, and the resources with its file extension."""
        notebook, found = super().from_notebook_node(nb, resources, **kw)
        name = str(found["metadata"].get("name", "briefing"))
        return page_html(read_page(notebook, name)), found


def page_html(page: Page, links: tuple[Json, ...] = (), manifest: str = "") -> str:
    """Return the whole page; `links` name its other forms, such as the PDF beside it.

    With a manifest the page carries it, and is sealed: it holds the digest of all its bytes.
    """
    made = _html(page, links, manifest)
    if len(made.encode()) >= MOST_BYTES:
        # Charts that slide on a phone are better than a page that a mail system refuses.
        plain = _html(_without_narrow(page), links, manifest)
        made = plain if len(plain.encode()) < MOST_BYTES else made
    # A reader's own fonts do where ours would make the page too long for mail systems.
    if len(made.encode()) + len(house.font_face()) < MOST_BYTES:
        made = made.replace(_STYLE, _STYLE + house.font_face(), 1)
    return made.replace(UNSEALED, seal(made), 1) if manifest else made


def _without_narrow(page: Page) -> Page:
    """Return a page whose charts are the same on a phone as elsewhere."""
    blocks = tuple({**b, "narrow": ""} if b["kind"] == "figure" else b for b in page.blocks)
    return dataclasses.replace(page, blocks=blocks)


def seal(html: str) -> str:
    """Return the digest of a page of which the place for its digest is empty."""
    return hashlib.sha256(html.encode()).hexdigest()


def _html(page: Page, links: tuple[Json, ...], manifest: str) -> str:
    lang = page.masthead["lang"]
    blocks = tuple(_with_ids(page))
    return (
        house.environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            blocks=blocks,
            labels=house.labels(lang),
            contents=[each for each in blocks if each["kind"] == "section" and each["level"] == 2],
            css=house.style("blocks.css") + house.style("page.css") + _card_labels(page),
            links=links,
            manifest=manifest,
            unsealed=UNSEALED,
            html=lambda block: Markup(house.block_html(block, lang)),
        )
    )


def _with_ids(page: Page) -> list[Json]:
    """Return the blocks, each section with an id for the contents to lead to."""
    return [
        {**block, "id": block["id"] or f"section-{place}"} if block["kind"] == "section" else block
        for place, block in enumerate(page.blocks)
    ]


def _card_labels(page: Page) -> str:
    """Return the rules that put the name of its column before a cell, for narrow screens."""
    rules = [
        f'#{name} tbody tr > :nth-child({place})::before {{ content: "{_css_string(label)}: "; }}'
        for name, columns in map(_columns, page.blocks)
        if len(columns) > 2
        for place, (label, heads) in enumerate(columns, start=1)
        if not heads or len(columns) > 5
    ]
    return "@media screen and (max-width: 44rem) {\n" + "\n".join(rules) + "\n}\n" if rules else ""


def _columns(block: Json) -> tuple[str, list[tuple[str, bool]]]:
    """Return where a table with a name stands, and its columns, each with whether it heads rows."""
    if block["kind"] == "table" and block["name"]:
        columns = [(str(each["label"]), each["scope"] == "row") for each in block["columns"]]
        return f"table-{block['name']}", columns
    if block["kind"] == "figure" and block["name"]:
        columns = [(str(label), not place) for place, label in enumerate(block["data"]["columns"])]
        return f"figure-{block['name']}", columns
    return "", []


def _css_string(words: str) -> str:
    """Return words for a CSS string: all but letters and digits as code points."""
    return "".join(sign if sign.isalnum() else f"\\{ord(sign):06x}" for sign in words)
