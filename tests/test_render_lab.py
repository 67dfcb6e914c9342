"""An executed briefing in JupyterLab has the figures, tables and fonts of the page."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from browser import DRIVEN, driven
from lab_server import PATIENCE, TOKEN, homes, lab_server
from PIL import Image, ImageChops, ImageStat

from tally.blocks import MIME
from tally.render.edition import render_edition
from tally.render.html import page_html
from tally.render.jupyter import load_notebook
from tally.render.page import read_page
from tally.render.pdf import page_pdf
from tally.settings import load_settings

pytest.importorskip("playwright", reason="needs Playwright's Python package")
from playwright.sync_api import Browser, Page

SCREEN = {"width": 1500, "height": 900}
# How a block is set, whatever the size of the text around it and the colours of a theme.
LOOKS = (
    "fontFamily",
    "fontWeight",
    "fontStyle",
    "textAlign",
    "textTransform",
    "fontVariantNumeric",
)
PARTS = (
    ".masthead h1", ".lead p", ".tiles .value", ".tiles dt", "h2", "figcaption", "caption",
    "thead th", "tbody th", "tbody td", "td.right", "td a", "mark",
)  # fmt: skip
# Scaled to one width, two pictures of one chart differ only in how its edges are smoothed.
SMOOTHING = 6.0

pytestmark = DRIVEN


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a daily briefing."""
    settings = load_settings(out=tmp_path_factory.mktemp("reports"))
    return render_edition(settings, settings.briefing("daily"), {"day": "2025-05-25"}).folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with driven() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(browser: Browser, edition: Path) -> Page:
    """Return the briefing as its readers have it."""
    opened = browser.new_page(viewport=SCREEN)
    opened.goto((edition / "briefing.html").as_uri())
    return opened


@pytest.fixture(scope="module")
def lab(
    browser: Browser, edition: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """Give the same edition's executed notebook in JupyterLab, trusted as if it was run there."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(edition / "briefing.ipynb", folder)
    trusting = [sys.executable, "-m", "nbformat.sign", str(folder / "briefing.ipynb")]
    subprocess.run(trusting, env={**os.environ, **homes(folder)}, check=True, capture_output=True)
    with lab_server(folder, {}) as address:
        opened = browser.new_page(viewport=SCREEN)
        opened.set_default_timeout(PATIENCE)
        opened.goto(f"{address}/lab/tree/briefing.ipynb?token={TOKEN}")
        opened.locator(".jp-OutputArea tbody tr[id^=claim-]").first.wait_for(state="attached")
        opened.evaluate("document.fonts.ready")
        yield opened


def _blocks(edition: Path) -> list[dict[str, Any]]:
    notebook = json.loads((edition / "briefing.ipynb").read_bytes())
    return [
        output["data"][MIME]
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if MIME in output.get("data", {})
    ]


def _texts(page: Page, selector: str) -> list[str]:
    words = page.locator(selector).all_text_contents()
    return [" ".join(word.split()) for word in words]


def test_charts_are_the_very_pictures_of_the_page(lab: Page, page: Page, edition: Path) -> None:
    charts = [
        (shown.locator(".tally .chart img").evaluate_all("all => all.map(i => [i.src, i.alt])"))
        for shown in (lab, page)
    ]
    assert charts[0] == charts[1]
    assert len(charts[0]) == sum(block["kind"] == "figure" for block in _blocks(edition)) > 3
    assert lab.locator(".tally .chart img").evaluate_all("all => all.every(i => i.naturalWidth)")


def test_tables_have_the_cells_of_the_page(lab: Page, page: Page, edition: Path) -> None:
    cells = [_texts(shown, ".tally .scroll :is(caption, th, td)") for shown in (lab, page)]
    assert cells[0] == cells[1]
    shown = [
        block.get("rows") or block.get("data", {}).get("rows", ()) for block in _blocks(edition)
    ]
    rows = sum(map(len, shown))
    assert len(_texts(lab, ".tally .scroll tbody tr")) == rows > 100


def test_the_font_of_the_page_is_there(lab: Page, page: Page) -> None:
    told = "document.fonts.ready.then(() => [...document.fonts].map(f => [f.family, f.status]))"
    assert ["Tally Sans", "loaded"] in page.evaluate(told)
    assert ["Tally Sans", "loaded"] in lab.evaluate(told)


@pytest.mark.parametrize("part", PARTS)
def test_blocks_are_set_as_on_the_page(lab: Page, page: Page, part: str) -> None:
    told = f"""root => {{
        const found = [...document.querySelectorAll('.tally')].map(b => b.querySelector({part!r}));
        const style = getComputedStyle(found.find(each => each));
        return {json.dumps(LOOKS)}.map(name => style[name]);
    }}"""
    assert lab.evaluate(told) == page.evaluate(told)


def test_a_chart_looks_the_same(lab: Page, page: Page) -> None:
    pictures = []
    for shown in (lab, page):
        image = shown.locator(".tally .chart img").first
        image.scroll_into_view_if_needed()
        taken = Image.open(io.BytesIO(image.screenshot())).convert("L")
        pictures.append(taken.resize((600, round(600 * taken.height / taken.width))))
    assert abs(pictures[0].height - pictures[1].height) <= 2
    pictures[1] = pictures[1].resize(pictures[0].size)
    assert ImageStat.Stat(pictures[0]).stddev[0] > 20
    assert ImageStat.Stat(ImageChops.difference(*pictures)).mean[0] < SMOOTHING


def test_both_forms_stand_in_the_menu(lab: Page) -> None:
    lab.get_by_role("menuitem", name="File", exact=True).click()
    lab.locator(".lm-Menu-itemLabel", has_text="Save and Export Notebook As").click()
    for label in ("Briefing", "BriefingPDF"):
        lab.locator(".lm-Menu-itemLabel").get_by_text(label, exact=True).wait_for()
    lab.keyboard.press("Escape")


def test_what_is_saved_is_the_page(lab: Page, edition: Path) -> None:
    """The menu leads to these addresses, in a window of their own."""
    server = lab.url.split("/lab/")[0]
    html, pdf = (
        urlopen(f"{server}/nbconvert/{form}/briefing.ipynb?token={TOKEN}").read()
        for form in ("briefing", "BriefingPDF")
    )
    page = read_page(load_notebook(str(edition / "briefing.ipynb")))
    assert html.decode() == page_html(page)
    assert pdf == page_pdf(page)
