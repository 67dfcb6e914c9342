"""The ledger opened: once while its files stay, again as soon as one changes."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tally import opening
from tally.language import speaking
from tally.opening import open_ledger
from tally.settings import DATA_VARIABLE, ROOT

MORNING = dt.datetime(2025, 5, 21, 5, tzinfo=dt.UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder of data with a few of the example's claims."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "claims").mkdir()
    lines = (ROOT / "data/claims/2025-05.csv").read_text(encoding="utf-8").splitlines(True)
    (tmp_path / "claims/2025-05.csv").write_text("".join(lines[:1] + lines[-40:]), encoding="utf-8")
    document = next((ROOT / "data/documents").glob("*.md"))
    shutil.copy(document, tmp_path / "documents")
    return tmp_path


def test_what_stays_is_read_once(data: Path) -> None:
    first, again = open_ledger(data), open_ledger(data)
    assert len(first.reconciled.claims) == 40
    assert again.reconciled is first.reconciled
    assert again.documents is first.documents


def test_a_claim_that_is_gone_is_gone_at_once(data: Path) -> None:
    path = data / "claims/2025-05.csv"
    before = open_ledger(data)
    lines = path.read_text(encoding="utf-8").splitlines(True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    assert len(open_ledger(data).reconciled.claims) == len(before.reconciled.claims) - 1


def test_a_document_that_comes_is_there_at_once(data: Path) -> None:
    before = open_ledger(data).documents
    claims = open_ledger(data).reconciled.claims
    names = {claim.document_id for claim in claims} - before.keys()
    came = min(names)
    shutil.copy(ROOT / f"data/documents/{came}.md", data / "documents")
    assert open_ledger(data).documents.keys() == {*before, came}


def test_each_moment_has_its_own(data: Path) -> None:
    everything, then = open_ledger(data), open_ledger(data, MORNING)
    assert len(then.reconciled.claims) < len(everything.reconciled.claims)
    assert open_ledger(data).reconciled is everything.reconciled


def test_a_fork_has_it_open(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(data))
    opening.before_fork()
    read = opening._reconciled.cache_info().misses
    open_ledger()
    assert opening._reconciled.cache_info().misses == read


def test_names_are_in_the_language_that_is_spoken(data: Path) -> None:
    with speaking("uk"):
        assert open_ledger(data).names.place("", ("UA-59",)) == "Сумська область"
    assert open_ledger(data).names.place("", ("UA-59",)) == "Sumy Oblast"
