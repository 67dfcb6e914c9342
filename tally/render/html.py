"""The HTML of a briefing: one file that holds everything, runs nothing and fetches nothing."""

from typing import Any

from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from tally import house
from tally.render.page import Json, Page, read_page


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


def page_html(page: Page, links: tuple[Json, ...] = ()) -> str:
    """Return the whole page; `links` name its other forms, such as the PDF beside it."""
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
            css=house.style("blocks.css") + house.style("page.css"),
            links=links,
            html=lambda block: Markup(house.block_html(block, lang)),
        )
    )


def _with_ids(page: Page) -> list[Json]:
    """Return the blocks, each section with an id for the contents to lead to."""
    return [
        {**block, "id": block["id"] or f"section-{place}"} if block["kind"] == "section" else block
        for place, block in enumerate(page.blocks)
    ]
