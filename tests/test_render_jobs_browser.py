"""The dialog *Create Notebook Job* of JupyterLab offers our formats, and a job makes them."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from browser import DRIVEN, driven
from lab_server import PATIENCE, TOKEN, lab_server

from tally.settings import ROOT

pytest.importorskip("playwright", reason="needs Playwright's Python package")
pytest.importorskip("jupyter_scheduler", reason="needs the extra scheduler")
from playwright.sync_api import Locator, Page

SCREEN = {"width": 1500, "height": 1000}
NOTEBOOK = "daily_briefing.ipynb"
FORMATS = {
    "html": ("Briefing (HTML)", True),
    "pdf": ("Briefing (PDF)", True),
    "ipynb": ("Notebook", True),
}
_BOX = "jp-create-job-outputFormat-"

pytestmark = DRIVEN


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("jobs")
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, made)
    return made


@pytest.fixture(scope="module")
def lab(folder: Path) -> Iterator[Page]:
    """Give the notebook in the JupyterLab of `make lab`."""
    with driven() as browser, lab_server(folder, {}) as address:
        opened = browser.new_page(viewport=SCREEN)
        opened.set_default_timeout(PATIENCE)
        opened.goto(f"{address}/lab/tree/{NOTEBOOK}?token={TOKEN}")
        opened.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
        yield opened


@pytest.fixture
def dialog(lab: Page) -> Locator:
    lab.get_by_role("tab", name=NOTEBOOK).click()
    lab.locator('[data-command="scheduling:create-from-notebook"]').first.click()
    form = lab.locator(".jp-create-job-form")
    form.locator(f'[id^="{_BOX}"]').first.wait_for()
    return form


def _create(lab: Page, dialog: Locator, job: str, day: str) -> None:
    dialog.get_by_title("Add new parameter").click()
    given = {"jobName": job, "parameter-0-name": "day", "parameter-0-value": day}
    for name, words in given.items():
        box = dialog.locator(f'[name="{name}"]')
        box.fill(words)
        # The dialog looks at a field when it is left.
        box.press("Tab")
    dialog.get_by_role("button", name="Create", exact=True).click()
    lab.get_by_role("button", name="Reload").wait_for()


def _row(lab: Page, job: str, state: str) -> Locator:
    """Return the line of a job in the list, once it has come to a state."""
    row = lab.locator(".jp-notebook-jobs-panel tr", has=lab.get_by_text(job, exact=True))
    until = time.monotonic() + PATIENCE / 1000
    while not row.get_by_text(state, exact=True).count():
        assert time.monotonic() < until, row.all_text_contents()
        lab.wait_for_timeout(500)
        lab.get_by_role("button", name="Reload").click()
    return row


def test_the_dialog_offers_our_formats(dialog: Locator) -> None:
    shown = dialog.locator(f'label:has([id^="{_BOX}"])')
    told = shown.evaluate_all(
        "all => all.map(l => [l.innerText, l.querySelector('input').value,"
        " l.querySelector('input').checked])"
    )
    assert {form: (label, ticked) for label, form, ticked in told} == FORMATS


def test_a_job_makes_both_forms(lab: Page, dialog: Locator, folder: Path) -> None:
    _create(lab, dialog, "morning", "2025-05-25")
    _row(lab, "morning", "Completed").get_by_label("download").click()
    links = _row(lab, "morning", "Briefing (PDF)").locator("a").all_text_contents()
    assert [label for label, _ in FORMATS.values() if label not in links] == []
    (html,), (pdf,) = (list(folder.glob(f"jobs/*/*.{form}")) for form in ("html", "pdf"))
    assert "24–25 May 2025" in html.read_text(encoding="utf-8")
    opened = pypdfium2.PdfDocument(pdf)
    assert len(opened) > 1
    opened.close()


def test_a_parameter_that_is_wrong_is_told(lab: Page, dialog: Locator) -> None:
    _create(lab, dialog, "wrong", "soon")
    _row(lab, "wrong", "Failed").get_by_text("wrong", exact=True).click()
    lab.get_by_text("day must be a date").wait_for()
