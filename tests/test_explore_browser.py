"""The explorer as people meet it: JupyterLab in a real browser, without a network."""

import dataclasses
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import DRIVEN, driven
from lab_server import PATIENCE, TOKEN, lab_server
from sample_briefing import every_block, shown

from tally.ledger import load_ledger, save_ledger
from tally.model import Metric
from tally.render.html import page_html
from tally.render.page import read_page
from tally.settings import ROOT

pytest.importorskip("playwright", reason="needs Playwright's Python package")
pytest.importorskip("anywidget", reason="anywidget is not installed")
from playwright.sync_api import Locator, Page, Request, expect

SCREEN = {"width": 1400, "height": 900}
HOSTILE = "<img src=x onerror='window.hacked=1'>"
DOCUMENT = f"""---
id: 2025-05-28-markup
publisher: "{HOSTILE}"
url: https://example.org/markup
published: 2025-05-28
language: en
---
# {HOSTILE}

{HOSTILE} The Air Force says 4242 drones {HOSTILE} were stopped.
"""

pytestmark = DRIVEN


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the notebook, and the example corpus with a page of markup in it."""
    made = tmp_path_factory.mktemp("lab")
    for name in ("documents", "claims"):
        shutil.copytree(ROOT / "data" / name, made / "data" / name)
    (made / "data/documents/2025-05-28-markup.md").write_text(DOCUMENT, encoding="utf-8")
    claims = load_ledger(made / "data/claims")
    model = next(c for c in claims if (c.low, c.metric) == (71, Metric.DRONES_INTERCEPTED))
    text = DOCUMENT.split("---\n", 2)[2]
    start = text.index("4242")
    hostile = dataclasses.replace(
        model, id="markup", document_id="2025-05-28-markup", low=4242, high=4242, lang="en",
        claimant=HOSTILE, place=HOSTILE, published="2025-05-28", start=start, end=start + 4,
        quote=f"says 4242 drones {HOSTILE}",
    )  # fmt: skip
    save_ledger([*claims, hostile], made / "data/claims")
    (made / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks/explore.ipynb", made / "notebooks")
    return made


@pytest.fixture(scope="module")
def lab(folder: Path) -> Iterator[str]:
    told = {"TALLY_DATA": str(folder / "data"), "PYTHONWARNINGS": "default"}
    with lab_server(folder, told) as address:
        yield address


class Seen:
    """An open explorer, with what the page complained of and asked the network for."""

    def __init__(self, page: Page, lab: str) -> None:
        self.page = page
        self.outside: list[str] = []
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._note(request, lab))

    def _note(self, request: Request, lab: str) -> None:
        mine = (lab, lab.replace("http", "ws"), "data:", "blob:")
        if not request.url.startswith(mine):
            self.outside.append(request.url)

    def choice(self, label: str) -> Locator:
        named = f".tally-explorer .widget-inline-hbox:has(label:text-is('{label}')) select"
        return self.page.locator(named)

    @property
    def chart(self) -> str:
        return self.page.locator("#figure-by-day img").get_attribute("alt") or ""

    def draws(self, words: str) -> None:
        """Wait until the chart by day says these words."""
        expect(self.page.locator("#figure-by-day img")).to_have_attribute(
            "alt", re.compile(re.escape(words))
        )

    def listed(self, words: str) -> None:
        self.page.locator(".tally-explorer .shown", has_text=words).wait_for()

    def figure(self) -> str:
        return self.page.locator(".tally-explorer .claim .figure").inner_text()


@pytest.fixture(scope="module")
def seen(lab: str) -> Iterator[Seen]:
    """Give the explorer as it stands when the notebook was opened and run."""
    with driven() as browser:
        page = browser.new_page(viewport=SCREEN, accept_downloads=True)
        page.set_default_timeout(PATIENCE)
        made = Seen(page, lab)
        page.goto(f"{lab}/lab/tree/notebooks/explore.ipynb?token={TOKEN}")
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        # What is asked to run before the kernel is there is answered by a question instead.
        page.get_by_text("| Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.locator("#figure-by-day .spot, [data-mime-type*=error]").first.wait_for()
        assert page.locator("[data-mime-type*=error]").all_inner_texts() == []
        page.locator(".tally-explorer .listing tbody tr.selected").wait_for()
        page.set_default_timeout(PATIENCE / 3)
        expect.set_options(timeout=PATIENCE / 3)
        yield made


def test_the_first_screen_holds_the_answer(seen: Seen) -> None:
    for part in (".tally-explorer .answer", "#figure-by-day .chart", "#figure-map .chart"):
        box = seen.page.locator(part).bounding_box()
        assert box, part
        assert box["y"] + box["height"] <= SCREEN["height"], part
        assert box["x"] + box["width"] <= SCREEN["width"], part
    answer = seen.page.locator(".tally-explorer .answer").inner_text()
    assert "288 of 355 Russian drones stopped is the highest figure" in answer
    assert "296 Ukrainian drones stopped is the highest figure" in answer


@pytest.mark.parametrize("width", [1400, 1300, 1100])
def test_no_choice_of_a_list_is_cut(seen: Seen, width: int) -> None:
    seen.page.set_viewport_size({**SCREEN, "width": width})
    lacking = seen.page.locator(".tally-explorer .controls select").evaluate_all("""lists =>
        lists.map(list => {
            const free = list.parentNode.appendChild(list.cloneNode(true));
            free.style.cssText = "position: absolute; max-width: none";
            const lack = free.offsetWidth - list.offsetWidth;
            free.remove();
            return lack;
        })""")
    seen.page.set_viewport_size(SCREEN)
    assert len(lacking) == 4
    assert max(lacking) <= 0


@pytest.mark.parametrize("width", [1400, 1300, 1100])
def test_no_column_of_the_evidence_is_cut(seen: Seen, width: int) -> None:
    seen.page.set_viewport_size({**SCREEN, "width": width})
    cut = seen.page.locator(".tally-explorer .listing").evaluate(
        "listing => listing.querySelector('table').getBoundingClientRect().right"
        " - listing.getBoundingClientRect().right"
    )
    seen.page.set_viewport_size(SCREEN)
    assert cut <= 1


def test_the_days_are_said_in_words_and_whole(seen: Seen) -> None:
    labels = seen.page.locator(".tally-explorer .widget-datepicker .widget-label")
    said = labels.all_inner_texts()
    assert [words.partition(": ")[0] for words in said] == ["First day", "Last day"]
    assert all(re.search(r": \d{1,2} [A-Z][a-z]{2} \d{4}$", words) for words in said), said
    assert labels.evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth)")
    fields = seen.page.locator(".tally-explorer .widget-datepicker input")
    fields.last.fill("2025-05-20")
    labels.last.get_by_text("20 May 2025").wait_for()
    seen.page.get_by_role("button", name="Start again").click()
    labels.last.get_by_text(said[1].partition(": ")[2]).wait_for()


def test_nobody_is_asked_about_news(seen: Seen) -> None:
    assert seen.page.locator(".Toastify__toast").count() == 0


def test_a_change_of_a_widget_changes_the_chart(seen: Seen) -> None:
    before = seen.chart
    assert "Russian drones stopped" in before
    seen.choice("What is counted").select_option("Injured")
    seen.draws("People injured in Ukraine, on Ukraine’s word")
    seen.page.get_by_role("button", name="Start again").click()
    seen.draws(before)


def test_a_click_on_the_chart_lists_its_claims(seen: Seen) -> None:
    day = seen.page.locator("#figure-by-day .spot[aria-label*='159 Ukrainian drones']")
    day.click()
    seen.listed("under 21 May 2025: 159 Ukrainian drones stopped")
    seen.page.wait_for_function(
        "[...document.querySelectorAll('.tally-explorer .listing tbody tr')]"
        ".every(row => row.children[3].innerText.includes('21 May'))"
    )
    seen.page.get_by_role("button", name="Show all claims").click()
    seen.listed("claims in this selection")


def test_a_click_on_a_claim_shows_its_sentence(seen: Seen) -> None:
    seen.page.get_by_text("Claims 1 to 8 of 4").wait_for()
    row = seen.page.locator(".tally-explorer .listing tbody tr").nth(4)
    figure = row.locator("td").first.inner_text()
    seen.page.locator(".tally-explorer .listing tbody tr.selected").wait_for()
    row.click()
    claim = seen.page.locator(".tally-explorer .claim")
    claim.locator(".figure", has_text=re.compile(rf"^\s*{re.escape(figure)}")).wait_for()
    assert claim.locator("blockquote mark").is_visible()
    assert claim.locator(".text mark.this").is_visible()
    digits = "".join(sign for sign in figure if sign.isdigit())
    marked = claim.locator("blockquote mark").inner_text()
    assert not any(sign.isdigit() for sign in marked) or digits in marked


def test_a_claim_is_chosen_by_keyboard(seen: Seen) -> None:
    row = seen.page.locator(".tally-explorer .listing tbody tr").nth(5)
    figure = row.locator("td").first.inner_text()
    row.focus()
    seen.page.keyboard.press("Enter")
    seen.page.locator(".tally-explorer .claim .figure", has_text=figure).wait_for()
    assert seen.figure().startswith(figure)


def test_evidence_is_searched_and_sorted(seen: Seen) -> None:
    table = seen.page.locator(".tally-explorer .listing")
    table.locator("thead th").first.locator(".dt-column-order").click()
    table.locator("thead th").first.locator(".dt-column-order").click()
    seen.page.wait_for_function(
        "document.querySelector('.tally-explorer .listing tbody td').innerText === '4,242'"
    )
    table.locator("input[type=search]").first.fill("Gladkov")
    seen.page.wait_for_function(
        "[...document.querySelectorAll('.tally-explorer .listing tbody tr')]"
        ".every(row => row.innerText.includes('Gladkov'))"
    )
    table.locator("input[type=search]").first.fill("")


def test_markup_in_a_document_does_nothing(seen: Seen) -> None:
    table = seen.page.locator(".tally-explorer .listing")
    table.locator("input[type=search]").first.fill("4,242")
    row = table.locator("tbody tr", has_text="4,242")
    row.first.click()
    claim = seen.page.locator(".tally-explorer .claim", has_text="4,242")
    claim.wait_for()
    assert HOSTILE in claim.inner_text()
    assert claim.locator("img").count() == 0
    assert seen.page.locator(".tally-explorer img[src='x']").count() == 0
    assert seen.page.evaluate("window.hacked") is None
    table.locator("input[type=search]").first.fill("")


SAVED = [
    ("#figure-by-day .take >> text=SVG", "by-day.svg", b"<svg"),
    ("#figure-by-day .take >> text=PNG", "by-day.png", b"\x89PNG"),
    ("#figure-by-day .take >> text=CSV", "by-day.csv", b"What,Day,Pieces,Figure"),
    (".saving >> text=claims (CSV)", "tally_drones_intercepted_2025-05-14_2025-05-28_claims.csv",
     b"id,document_id,"),
]  # fmt: skip


@pytest.mark.parametrize(("link", "name", "within"), SAVED, ids=lambda value: str(value)[-12:])
def test_charts_and_claims_are_saved(
    seen: Seen, tmp_path: Path, link: str, name: str, within: bytes
) -> None:
    with seen.page.expect_download() as told:
        seen.page.locator(link).click()
    told.value.save_as(tmp_path / name)
    assert told.value.suggested_filename == name
    saved = (tmp_path / name).read_bytes()
    assert within in saved[:4000]


def test_the_whole_selection_is_packed(seen: Seen, tmp_path: Path) -> None:
    seen.page.get_by_role("button", name="Pack everything").click()
    with seen.page.expect_download() as told:
        seen.page.locator(".saving a[download$='.zip']").click()
    told.value.save_as(tmp_path / "all.zip")
    assert (tmp_path / "all.zip").read_bytes().startswith(b"PK")


def test_it_can_be_used_by_keyboard_alone(seen: Seen) -> None:
    spot = seen.page.locator("#figure-by-day .spot").first
    spot.focus()
    seen.page.keyboard.press("Enter")
    seen.listed("under 14 May 2025")
    seen.page.get_by_role("button", name="Show all claims").click()
    seen.listed("claims in this selection")


def tile(seen: Seen, code: str) -> Locator:
    return seen.page.locator(f"#figure-map .spot[data-place='{code}']")


def pressed(seen: Seen, code: str, is_pressed: bool) -> None:
    """Wait until a tile is drawn so: the map is drawn after the chart by day."""
    expect(tile(seen, code)).to_have_attribute("aria-pressed", str(is_pressed).lower())


def test_a_click_on_a_tile_narrows_to_its_region_and_widens_again(seen: Seen) -> None:
    before = seen.chart
    pressed(seen, "RU-BEL", is_pressed=False)
    told = tile(seen, "RU-BEL").get_attribute("aria-label") or ""
    assert "Belgorod Oblast: 64 on 24 May" in told
    tile(seen, "RU-BEL").click()
    seen.draws("Ukrainian drones stopped over Belgorod Oblast")
    expect(seen.choice("Where")).to_have_value("Russia: Belgorod Oblast (56)")
    pressed(seen, "RU-BEL", is_pressed=True)
    tile(seen, "RU-BEL").click()
    seen.draws(before)
    pressed(seen, "RU-BEL", is_pressed=False)


KEYS = ["Enter", " "]


@pytest.mark.parametrize("key", KEYS, ids=["enter", "space"])
def test_a_tile_is_reached_and_pressed_by_keyboard(seen: Seen, key: str) -> None:
    before = seen.chart
    page = seen.page
    spots = page.locator("#figure-map .spot")
    assert spots.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1
    tile(seen, "RU-KRS").focus()
    page.keyboard.press("ArrowLeft")
    expect(tile(seen, "RU-BRY")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press(key)
    seen.draws("Ukrainian drones stopped over Bryansk Oblast")
    pressed(seen, "RU-BRY", is_pressed=True)
    expect(tile(seen, "RU-BRY")).to_be_focused()
    page.keyboard.press(key)
    seen.draws(before)
    pressed(seen, "RU-BRY", is_pressed=False)
    expect(tile(seen, "RU-BRY")).to_be_focused()


def test_tab_goes_from_the_days_to_the_map_to_the_places(seen: Seen) -> None:
    seen.page.locator("#figure-by-day .spot[tabindex='0']").focus()
    met = []
    for _ in range(20):
        chart = "document.activeElement.closest('figure')?.id"
        met.append(seen.page.evaluate(chart))
        seen.page.keyboard.press("Tab")
    order = list(dict.fromkeys(filter(None, met)))
    assert order == ["figure-by-day", "figure-map", "figure-by-place"]


def test_an_empty_selection_shows_one_sentence_and_no_empty_table(seen: Seen) -> None:
    seen.choice("What is counted").select_option("Missiles that hit")
    seen.choice("Where").select_option(label="Russia: Oryol Oblast (26)")
    seen.page.get_by_text("The ledger holds no claim of this kind").wait_for()
    for part in (".answer", ".evidence", ".saving"):
        seen.page.locator(f".tally-explorer {part}").first.wait_for(state="hidden")
    seen.page.get_by_role("button", name="Start again").click()
    seen.page.locator("#figure-by-day .spot").first.wait_for()
    seen.page.locator(".tally-explorer .evidence").wait_for()


def test_nothing_was_asked_of_the_network_and_nothing_failed(seen: Seen) -> None:
    assert seen.outside == []
    assert seen.errors == []


def test_the_notebook_that_was_run_is_ours(folder: Path) -> None:
    ours = json.loads((ROOT / "notebooks/explore.ipynb").read_text(encoding="utf-8"))
    run: dict[str, Any] = json.loads(
        (folder / "notebooks/explore.ipynb").read_text(encoding="utf-8")
    )
    assert [c["source"] for c in run["cells"]] == [c["source"] for c in ours["cells"]]


def test_a_page_without_scripts_saves_the_rows_of_a_chart(seen: Seen, tmp_path: Path) -> None:
    path = tmp_path / "briefing.html"
    path.write_text(page_html(read_page(shown(every_block()))), encoding="utf-8")
    browser = seen.page.context.browser
    assert browser
    page = browser.new_page(accept_downloads=True)
    page.goto(path.as_uri())
    assert page.locator("button").count() == 0
    page.locator("figure summary").first.click()
    with page.expect_download() as told:
        page.locator("figure .take a").first.click()
    assert told.value.suggested_filename.endswith(".csv")
    told.value.save_as(tmp_path / "rows.csv")
    page.close()
    header = (tmp_path / "rows.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.count(",") >= 1
