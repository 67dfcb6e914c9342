"""The gallery of charts: every one on the example corpus, with the call that makes it.

The code that is shown is the code that is run.
"""

import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tally import charts
from tally.blocks import plain
from tally.charts.calendars import plot_calendar
from tally.charts.clocks import plot_clock
from tally.charts.days import plot_days
from tally.charts.dumbbells import plot_dumbbells
from tally.charts.multiples import plot_multiples
from tally.charts.steps import plot_steps
from tally.charts.tiles import plot_tiles
from tally.render.copies import named_svg

FOLDER, PAGE = "gallery", "gallery.md"
HEAD = """# Gallery

Every chart, on the example corpus. `make gallery` draws them anew from the ledger as it is.

The call below a chart shows it in a notebook, with the words around it. The chart itself is one
function: a table in, a matplotlib figure out, its words ready made. To copy the charts of a
rendered briefing out as SVG, PNG and CSV: `.venv/bin/python scripts/charts.py
reports/daily/2025-05-25`.

Blue is Ukraine's word, orange Russia's, grey any other; the two hues can be told apart by readers
who are colour-blind and in grey print. A whisker runs from the least to the most that was said, an
arrow means that the end is open, hatching is what a side's own figures leave unaccounted for. A
test computes the contrasts.
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of ours, `module.function(*arguments)`, kept in a variable of this name."""

    name: str
    module: str
    function: str
    arguments: tuple[str, ...]

    @property
    def code(self) -> str:
        """The call as it is written."""
        return f"{self.module}.{self.function}({', '.join(map(repr, self.arguments))})".replace(
            "'", '"'
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """One chart: what draws it, what it is called, and the chapter of a briefing that has it."""

    plot: Callable[..., Any]
    title: str
    opened: Call
    module: str
    chapter: str
    figure: str

    @property
    def code(self) -> str:
        """The lines that show it in a notebook."""
        imported = ", ".join(sorted({self.opened.module, self.module}))
        return "\n".join(
            (
                f"from tally import {imported}",
                "from tally.blocks import show",
                "",
                f"{self.opened.name} = {self.opened.code}",
                f"show(*{self.module}.{self.chapter}({self.opened.name}))",
            )
        )


NIGHT = Call("night", "briefing", "open_night", ("2025-05-25",))
CLOCK = Call("night", "briefing", "open_night", ("2025-05-21",))
SPAN = Call("made", "review", "open_review", ("2025-05-14", "2025-05-28"))
REGION = Call("found", "region_chapters", "open_profile", ("RU-BEL", "2025-05-14", "2025-05-28"))
AUDIT = Call("opened", "audit_chapters", "open_audit", ("2025-05-14", "2025-05-28"))

CHARTS = (
    Shown(
        charts.plot_stopped,
        "The balance of an attack, stacked",
        NIGHT,
        "chapters",
        "stopped",
        "stopped",
    ),
    Shown(plot_days, "Both sides by day, breaks marked", SPAN, "review", "drones", "drones-1"),
    Shown(plot_tiles, "Tile-grid map of both countries", NIGHT, "mapping", "tile_map", "map"),
    Shown(
        charts.plot_regions, "A total and its regions", NIGHT, "chapters", "where", "where-russia"
    ),
    Shown(
        charts.plot_tolls, "Killed and injured, low to high", NIGHT, "hurt", "hurt", "hurt-ukraine"
    ),
    Shown(plot_clock, "A night by its windows", CLOCK, "chapters", "clock", "clock"),
    Shown(plot_steps, "Toll history as steps", SPAN, "review_tables", "revised", "steps"),
    Shown(
        plot_dumbbells,
        "Claims against counter-claims",
        AUDIT,
        "audit_chapters",
        "counter",
        "counter",
    ),
    Shown(
        plot_multiples,
        "Regions side by side",
        SPAN,
        "review_regions",
        "side_by_side",
        "regions-drones",
    ),
    Shown(plot_calendar, "Calendar of a region", REGION, "region_chapters", "days", "days"),
)


def gallery() -> dict[str, str]:
    """Return the files of the gallery by their path below docs/: the page and its pictures."""
    files = {}
    pieces = [HEAD]
    for shown in CHARTS:
        block = figure(shown)
        picture = f"{FOLDER}/{shown.figure}.svg"
        files[picture] = named_svg(block) + "\n"
        pieces.append(_entry(shown, block, picture))
    return {PAGE: "\n".join(pieces), **files}


def figure(shown: Shown) -> dict[str, Any]:
    """Return the block of a chart, by running the code that the gallery shows."""
    chapter = getattr(importlib.import_module(f"tally.{shown.module}"), shown.chapter)
    made = [block.block for block in chapter(_opened(shown.opened))]
    found: dict[str, Any]
    (found,) = [b for b in made if b["kind"] == "figure" and b["name"] == shown.figure]
    return found


def write(folder: Path) -> list[Path]:
    """Write the gallery below a folder, and return what was written."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in gallery().items():
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    return paths


@cache
def _opened(call: Call) -> object:
    function = getattr(importlib.import_module(f"tally.{call.module}"), call.function)
    return function(*call.arguments)


def _entry(shown: Shown, block: Mapping[str, Any], picture: str) -> str:
    where = str(shown.plot.__module__)
    told = inspect.getdoc(shown.plot) or ""
    first, _, rest = told.partition("\n\n")
    return "\n".join(
        (
            f"## {shown.title}",
            "",
            f"![{_unmarked(block['alt'])}]({picture})",
            "",
            textwrap.fill(f"*{_unmarked(plain(block['caption']))}*", 120),
            "",
            textwrap.fill(f"Source: {plain(block['source'])}", 120),
            "",
            "```python",
            shown.code,
            "```",
            "",
            f"`{where}.{shown.plot.__name__}(table)`: {first}",
            "",
            rest,
            "",
        )
    )


def _unmarked(words: str) -> str:
    """Return words in which Markdown reads no sign of its own, without rows of an evidence."""
    bare = re.sub(r" \[\d+\]", "", words)
    return re.sub(r"[\[\]*_`<>\n]", " ", bare)
