"""The explorer's widgets without a browser: what a reader does, and what then is shown."""

import ast
import dataclasses
import datetime as dt
import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pandas as pd
import pytest
from test_explorer import FIRST, LAST, example, hostile

from tally import opening
from tally.explorer.corpus import Corpus, open_corpus
from tally.explorer.rows import as_table
from tally.explorer.selection import Selection
from tally.ledger import load_ledger, save_ledger
from tally.model import Metric, published_at

pytest.importorskip("anywidget", reason="anywidget is not installed")
from tally.explorer.desk import Explorer

NOTEBOOK = Path(__file__).parent.parent / "notebooks" / "explore.ipynb"


@pytest.fixture
def corpus() -> Corpus:
    return example()


@pytest.fixture(scope="module")
def opened() -> Explorer:
    return Explorer(example(), Selection(FIRST, LAST))


@pytest.fixture
def explorer(opened: Explorer) -> Iterator[Explorer]:
    yield opened
    opened.controls.reset.click()


def figure(explorer: Explorer) -> str:
    found = re.search(r'class="figure">(\S+)', explorer.claim.value)
    return found[1] if found else ""


CHANGES = [
    ("metric", "injured", "People injured in Ukraine, on Ukraine’s word"),
    ("place", "RU-ORL", "Ukrainian drones stopped over Oryol Oblast, on Russia’s word"),
    ("claimant", "Ukrainian Air Force", "on the word of the Ukrainian Air Force"),
    ("word", "Russia", "Ukrainian drones stopped, on Russia’s word"),
    ("as_of", 6, "as known on"),
    ("end", FIRST.replace(day=20), "14–20 May 2025"),
]


@pytest.mark.parametrize(("control", "value", "said"), CHANGES)
def test_a_change_redraws_the_chart(
    explorer: Explorer, control: str, value: object, said: str
) -> None:
    before, listed = explorer.by_day.html, len(explorer.listing.df)
    getattr(explorer.controls, control).value = value
    assert explorer.by_day.html != before
    assert said in explorer.by_day.html
    assert 0 < len(explorer.listing.df) != listed
    assert explorer.answer.value


def test_the_days_are_said_in_words(explorer: Explorer) -> None:
    controls = explorer.controls
    assert controls.start.description == "First day: 14 May 2025"
    assert controls.end.description == "Last day: 28 May 2025"
    controls.end.value = dt.date(2025, 6, 5)
    assert controls.end.description == "Last day: 5 Jun 2025"
    controls.end.value = None
    assert controls.end.description == "Last day: 28 May 2025"
    controls.end.value = dt.date(2025, 5, 20)
    controls.reset.click()
    assert controls.end.description == "Last day: 28 May 2025"


def test_it_starts_again(explorer: Explorer) -> None:
    before = explorer.by_day.html
    explorer.controls.metric.value = "killed"
    explorer.controls.place.value = "UA-59"
    explorer.controls.reset.click()
    assert explorer.by_day.html == before
    assert explorer.view.selection == Selection(FIRST, LAST)


def test_a_row_shows_its_sentence_and_its_document(explorer: Explorer) -> None:
    table = explorer.listing.df
    for row in (0, 5, len(table) - 1):
        explorer.listing.selected_rows = [row]
        assert figure(explorer) == table.iloc[row]["Figure"].split()[0]
        assert explorer.claim.value.count('<mark class="this">') == 1
        assert "<mark>" in explorer.claim.value.split("</blockquote>")[0]
    explorer.listing.selected_rows = []
    assert figure(explorer), "a row that is let go stays shown"


def test_a_column_of_the_chart_leads_to_its_claims(explorer: Explorer) -> None:
    index = next(
        n for n, spot in enumerate(explorer.by_day.spots) if spot["words"].startswith("21 May")
    )
    explorer.by_day._on_message(None, {"picked": index}, None)
    assert set(explorer.listing.df["Day"]) == {"21 May overnight"}
    assert "under 21 May 2025: 63 of 76 Russian drones stopped" in explorer.shown.value
    explorer.all.click()
    assert len(explorer.listing.df) == len(explorer.view.claims)


def test_a_click_during_a_change_comes_after_it(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Event()

    def slowly(*given: Any) -> pd.DataFrame:
        begun.set()
        time.sleep(0.2)
        return as_table(*given)

    monkeypatch.setattr("tally.explorer.desk.as_table", slowly)
    index = next(n for n, spot in enumerate(explorer.by_day.spots) if "21 May" in spot["words"])
    change = Thread(target=explorer.refresh)
    change.start()
    begun.wait(5)
    explorer.by_day._on_message(None, {"picked": index}, None)
    change.join()
    assert "under 21 May 2025" in explorer.shown.value
    assert set(explorer.listing.df["Day"]) == {"21 May overnight"}


@pytest.mark.parametrize("sent", [{"picked": 999}, {"picked": "0"}, {"picked": -1}, {}])
def test_a_message_that_is_no_spot_does_nothing(
    explorer: Explorer, sent: dict[str, object]
) -> None:
    before = explorer.shown.value
    explorer.by_day._on_message(None, sent, None)
    assert explorer.shown.value == before


def test_a_place_is_chosen_on_the_chart_and_let_go_there(explorer: Explorer) -> None:
    explorer.by_place._on_message(None, {"picked": 0}, None)
    chosen = explorer.controls.place.value
    assert chosen == explorer.view.selection.place == "RU-BEL"
    explorer.by_place._on_message(None, {"picked": 0}, None)
    assert explorer.controls.place.value == ""


def test_a_span_that_is_none_is_told_and_the_rest_stays(explorer: Explorer) -> None:
    before = explorer.by_day.html
    explorer.controls.end.value = FIRST.replace(day=1)
    assert "is no span" in explorer.message.value
    assert explorer.by_day.html == before
    explorer.controls.end.value = LAST
    assert explorer.message.value == ""


def test_nothing_found_says_what_is_there_instead(explorer: Explorer) -> None:
    explorer.controls.metric.value = str(Metric.MISSILES_HIT)
    explorer.controls.place.value = "RU-ORL"
    assert "holds no claim of this kind" in explorer.message.value
    assert "All claims about these days: drones stopped" in explorer.message.value
    assert (explorer.by_day.html, explorer.claim.value) == ("", "")
    assert len(explorer.listing.df) == 0


def test_a_selection_is_offered_as_files(explorer: Explorer) -> None:
    assert explorer.save.value.count("data:text/csv;base64,") == 2
    assert explorer.packed.value == ""
    explorer.pack.click()
    assert "data:application/zip;base64," in explorer.packed.value
    explorer.controls.metric.value = "killed"
    assert explorer.packed.value == "", "an archive of another selection is taken away"


def test_hostile_words_are_shown_as_words(corpus: Corpus) -> None:
    made, view = hostile(corpus)
    explorer = Explorer(made, view.selection)
    explorer.by_day._on_message(None, {"picked": 0}, None)
    shown = [
        explorer.claim.value, explorer.shown.value, explorer.answer.value, explorer.masthead.value,
        explorer.by_day.html, explorer.by_place.html, explorer.message.value,
        json.dumps(explorer.listing._dt_args),
    ]  # fmt: skip
    assert "&lt;img src=x" in explorer.claim.value
    for html in shown:
        assert "<img src=x" not in html
        assert "javascript:" not in html


def test_the_table_needs_no_network(explorer: Explorer) -> None:
    sent = json.dumps(explorer.listing._dt_args)
    assert "http://" not in sent
    assert "https://" not in sent
    assert len(str(explorer.listing._esm)) > 100_000, "the table's script travels with it"


def test_the_notebook_shows_the_explorer() -> None:
    cells = [
        "".join(cell["source"])
        for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    names: dict[str, object] = {}
    exec(cells[0], names)
    *steps, last = ast.parse(cells[1]).body
    exec(compile(ast.Module(steps, []), "explore", "exec"), names)
    assert isinstance(last, ast.Expr)
    shown = eval(compile(ast.Expression(last.value), "explore", "eval"), names)
    assert "tally-explorer" in shown._dom_classes


@pytest.fixture
def big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder whose ledger is opened in parts: a fortnight of May, and one of October."""
    monkeypatch.setattr(opening, "WHOLE_BYTES", 0)
    claims = load_ledger(opening.data_folder() / "claims")
    later = dt.timedelta(days=150)
    moved = (
        dataclasses.replace(
            claim,
            id=f"{claim.id}-later",
            document_id=f"{claim.document_id}-later",
            published=(published_at(claim.published) + later).isoformat(),
            period_start=claim.period_start and claim.period_start + later,
            period_end=claim.period_end and claim.period_end + later,
        )
        for claim in claims
        if "RU-ORL" not in claim.admin1 and not claim.part_of
    )
    save_ledger([*claims, *moved], tmp_path / "claims")
    shutil.copytree(opening.data_folder() / "documents", tmp_path / "documents")
    return tmp_path


def test_other_days_of_a_big_ledger_are_read_when_they_are_asked_for(big: Path) -> None:
    every = example()
    corpus = open_corpus((FIRST, LAST), big)
    assert corpus.days[-1] > LAST + dt.timedelta(days=100)
    assert {claim.id for claim in corpus.claims} == {claim.id for claim in every.claims}
    asked = Selection(FIRST, LAST, place="RU-ORL")
    explorer, whole = Explorer(corpus, asked), Explorer(every, asked)
    assert explorer.answer.value == whole.answer.value
    assert explorer.claim.value == whole.claim.value
    places, moments = explorer.controls.place.options, explorer.controls.as_of.options
    october = FIRST + dt.timedelta(days=150)
    explorer.controls.end.value = october + dt.timedelta(days=6)
    explorer.controls.start.value = october
    assert explorer.view.selection.place == "RU-ORL"
    assert "The ledger holds no claim of this kind" in explorer.message.value
    assert explorer.controls.place.options != places
    assert explorer.controls.as_of.options != moments
    explorer.controls.place.value = ""
    assert explorer.view.claims
    assert "11 Oct" in explorer.by_day.html
    explorer.controls.reset.click()
    assert explorer.answer.value == whole.answer.value
    assert explorer.controls.place.value == "RU-ORL"
