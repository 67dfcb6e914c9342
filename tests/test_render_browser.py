"""The HTML in a real browser: no complaint, no request, no sideways scrolling, no barrier."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Tab, tab
from sample_briefing import every_block, shown
from test_region import whole

from tally.render.html import page_html
from tally.render.page import read_page
from tally.settings import ROOT

pytestmark = pytest.mark.slow

WIDTHS = (1200, 390, 320)
EXAMPLE = ROOT / "reports/example/briefing.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Tab]:
    with tab() as opened:
        yield opened


@pytest.fixture(scope="module", params=["every block", "example"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "example":
        return EXAMPLE.as_uri()
    path = tmp_path_factory.mktemp("page") / "briefing.html"
    path.write_text(page_html(read_page(shown(every_block(40)))), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_logged_requested_or_cut_off(browser: Tab, address: str, width: int) -> None:
    browser.open(address, width)
    assert browser.logged == []
    outside = [each for each in browser.requested if not each.startswith(("file:", "data:"))]
    assert outside == []
    assert browser.value("document.documentElement.scrollWidth") <= width
    # What is wider than the screen is within something that scrolls by itself.
    assert (
        browser.value(
            "[...document.querySelectorAll('main *')]"
            ".filter(e => !e.closest('.chart, .scroll, pre')"
            " && e.getBoundingClientRect().right > innerWidth + 1).length"
        )
        == 0
    )


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_slides_on_a_phone(browser: Tab, tmp_path: Path, width: int) -> None:
    path = tmp_path / "briefing.html"
    path.write_text(page_html(read_page(shown(whole("UA-59")))), encoding="utf-8")
    browser.open(path.as_uri(), width)
    browser.value("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    slide = (
        "[...document.querySelectorAll('.chart, .scroll')].filter(e => e.{0} > e.{1} + 1).length"
    )
    assert browser.value("document.querySelectorAll('.chart.whole').length") >= 3
    assert browser.value(slide.format("scrollWidth", "clientWidth")) == 0


def test_the_page_is_set_in_its_own_font(browser: Tab, tmp_path: Path) -> None:
    path = tmp_path / "briefing.html"
    path.write_text(page_html(read_page(shown(every_block()))), encoding="utf-8")
    browser.open(path.as_uri(), 1200)
    assert browser.value(
        "document.fonts.ready.then(() => [...document.fonts].map(f => f.family + f.status).join())"
    ) in ('"Tally Sans"loaded', "Tally Sansloaded")


@pytest.mark.parametrize(("width", "dark"), [(1200, False), (320, True)])
def test_axe_finds_no_violation(browser: Tab, address: str, width: int, dark: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python")
    browser.open(address, width, dark)
    browser.value((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8") + ";0")
    found = browser.value(
        "axe.run({resultTypes: ['violations']})"
        ".then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 200)))"
    )
    assert found == []


def test_a_cell_keeps_its_table_on_a_phone(browser: Tab, address: str) -> None:
    """Cards must not cost those who hear the page the table: its roles have to stay."""
    browser.open(address, 320)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    roles = [node.get("role", {}).get("value") for node in nodes]
    assert {"table", "row", "columnheader", "rowheader", "cell"} <= set(roles)
