"""The charts of a briefing as files of their own: each as SVG and PNG, its rows as CSV.

A chart that travels alone takes its finding and its source along. Knows pages, and no claims.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
import nbformat
import typst
from markupsafe import escape

from tally.blocks import plain
from tally.errors import RenderError
from tally.files import write_whole
from tally.house.glyphs import printable
from tally.render.page import Json, Page, figure_csv, read_page
from tally.render.pdf import fonts
from tally.running import FAILED, run, show

NOTEBOOK = "briefing.ipynb"
DOTS_AN_INCH = 200
# The chart is told as text, never as Typst source.
_SHEET = b"""
#set page(width: 6.9in + 24pt, height: auto, margin: 12pt, fill: white)
#set text(font: ("IBM Plex Sans", "DejaVu Sans"), size: 9pt)
#set par(leading: 0.55em)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.alt)
#sys.inputs.caption
#parbreak()
#text(size: 7.5pt, fill: rgb("#595959"), sys.inputs.source)
"""
_OPEN = re.compile(r"<svg\b[^>]*>")


def copies(figure: Json) -> dict[str, bytes]:
    """Return the files of one chart, by name."""
    name = figure["name"]
    return {
        f"{name}.svg": named_svg(figure).encode(),
        f"{name}.png": png(figure),
        f"{name}.csv": figure_csv(figure["data"]).encode(),
    }


def named_svg(figure: Json) -> str:
    """Return a chart as SVG that says what it shows and whose claims it rests on."""
    caption, source = (escape(plain(figure[key])) for key in ("caption", "source"))
    words = f"<title>{caption}</title><desc>{escape(figure['alt'])} {source}</desc>"
    return _OPEN.sub(lambda found: found[0] + words, figure["svg"], count=1)


def png(figure: Json) -> bytes:
    """Return a chart as a PNG, its finding and its source below it, in the fonts that we ship."""
    given = {
        "svg": figure["svg"],
        "alt": figure["alt"],
        "caption": printable(plain(figure["caption"])),
        "source": printable(plain(figure["source"])),
    }
    made = typst.compile(
        _SHEET, format="png", ppi=DOTS_AN_INCH, font_paths=fonts(), sys_inputs=given
    )
    if not isinstance(made, bytes) or not made:
        msg = "Typst made no picture of a chart."
        raise RenderError(msg)
    return made


def figures(page: Page) -> Iterator[Json]:
    """Give the charts of a page, in its order."""
    yield from (block for block in page.blocks if block["kind"] == "figure" and block["name"])


@click.command()
@click.argument("edition", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to.  [default: charts, beside the edition]",
)
def charts(edition: Path, out: Path | None) -> int:
    """Copy the charts of EDITION out: its folder, or an executed notebook with charts.

    Each chart becomes NAME.svg, NAME.png and NAME.csv.
    """
    source = edition / NOTEBOOK if edition.is_dir() else edition
    folder = out or source.parent / "charts"
    found = list(figures(read_page(_notebook(source), source.stem)))
    if not found:
        show(f"{source}: there is no chart in it; render it first.", err=True)
        return FAILED
    folder.mkdir(parents=True, exist_ok=True)
    for figure in found:
        for name, content in copies(figure).items():
            write_whole(folder / name, content)
        show(folder / f"{figure['name']}.svg")
    return 0


def _notebook(path: Path) -> nbformat.NotebookNode:
    try:
        read: Mapping[str, object] = json.loads(path.read_text(encoding="utf-8"))
        made: nbformat.NotebookNode = nbformat.from_dict(read)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        msg = f"{path}: not a notebook ({error}); give the folder of an edition."
        raise RenderError(msg) from error
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, 1 no chart, 2 wrongly used."""
    return run(charts, "charts.py", arguments)
