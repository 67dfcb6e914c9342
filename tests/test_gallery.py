"""The gallery of charts: complete, small, its calls real, its copies whole."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from sample_briefing import SVG

from tally import blocks, charts
from tally.gallery import CHARTS, FOLDER, PAGE, Shown, figure
from tally.render.copies import copies, named_svg

DOCS = Path(__file__).parent.parent / "docs"
LARGEST = 40_000


def plots() -> set[str]:
    """Return every chart that there is."""
    names = [
        "tally.charts",
        *(f"tally.charts.{m.name}" for m in pkgutil.iter_modules(charts.__path__)),
    ]
    return {
        name
        for module in map(importlib.import_module, names)
        for name, made in vars(module).items()
        if name.startswith("plot_") and inspect.isfunction(made)
    }


# Drawn for the screen of the explorer, and for no chapter of a briefing.
EXPLORED = {"plot_daily"}


def test_every_chart_is_in_the_gallery_once() -> None:
    shown = [each.plot.__name__ for each in CHARTS]
    assert sorted(shown) == sorted(plots() - EXPLORED)


@pytest.mark.parametrize("shown", CHARTS, ids=lambda shown: shown.figure)
def test_the_page_has_its_picture_its_call_and_its_columns(shown: Shown) -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    picture = DOCS / FOLDER / f"{shown.figure}.svg"
    assert f"## {shown.title}\n" in page
    assert f"]({FOLDER}/{picture.name})" in page
    assert shown.code in page
    assert (inspect.getdoc(shown.plot) or "?") in page.replace(
        f"{shown.plot.__name__}(table)`: ", ""
    )
    assert picture.stat().st_size < LARGEST
    ast.parse(shown.code)
    assert callable(getattr(importlib.import_module(f"tally.{shown.module}"), shown.chapter))


def test_the_call_makes_the_chart() -> None:
    made = figure(CHARTS[0])
    assert (made["kind"], made["name"]) == ("figure", "stopped")


def chart(caption: str) -> dict[str, Any]:
    data = {"columns": ["side", "claimed"], "rows": [["=cmd()", 159]]}
    return blocks.figure(SVG, "One bar of 159", caption, "Source: <b>", data, "stopped").block


def test_a_copy_is_a_picture_twice_and_rows_that_are_no_formula() -> None:
    files = copies(chart("159 claimed"))
    assert sorted(files) == ["stopped.csv", "stopped.png", "stopped.svg"]
    assert files["stopped.png"].startswith(b"\x89PNG")
    assert files["stopped.csv"].decode() == "side,claimed\n'=cmd(),159\n"


@pytest.mark.parametrize("hostile", ["<script>x</script>", "#panic(1) $x$", "&amp; ]]>"])
def test_words_of_a_copy_do_nothing(hostile: str) -> None:
    svg = named_svg(chart(hostile))
    assert "<script" not in svg
    assert svg.count("<title>") == 1
    assert copies(chart(hostile))["stopped.png"].startswith(b"\x89PNG")
