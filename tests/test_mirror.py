"""The Parquet mirror: it is read only while it is that of the CSV, and gives what the CSV gives."""

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from any_claims import CLAIMS, ONE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tally.frame import open_claims
from tally.ledger import COLUMNS, Wanted, load_ledger, mirror, months, save_ledger
from tally.model import Claim

OPENED: list[str] = []
EARLIER = replace(
    ONE,
    id="c2",
    low=None,
    admin1=("RU-MOW", "RU-MOS"),
    period_start=None,
    period_end=dt.date(2025, 5, 18),
    published="2025-05-19",
)
UNDATED = replace(ONE, id="c3", period_start=None, period_end=None, published="2025-06-01")
ALL = (EARLIER, ONE, UNDATED)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of which every month is big enough for a mirror; it has been read once."""
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(mirror, "LEAST_BYTES", 0)
    made = tmp_path / "claims"
    save_ledger(ALL, made)
    assert load_ledger(made) == ALL
    parse = months._load_csv
    OPENED.clear()

    def noted(path: Path, content: bytes) -> list[Claim]:
        OPENED.append(path.stem)
        return parse(path, content)

    monkeypatch.setattr(months, "_load_csv", noted)
    return made


def test_what_is_mirrored_is_not_parsed_again(folder: Path) -> None:
    assert load_ledger(folder) == ALL
    assert OPENED == []


def change_csv(folder: Path) -> None:
    save_ledger([replace(ONE, low=64, high=64)], folder)


def edit_csv_but_not_its_time_and_size(folder: Path) -> None:
    path = folder / "2025-05.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",159,", ",195,"), encoding="utf-8")


def cut_mirror(folder: Path) -> None:
    path = folder / mirror.FOLDER / "2025-05.parquet"
    path.write_bytes(path.read_bytes()[:-20])


def empty_mirror(folder: Path) -> None:
    (folder / mirror.FOLDER / "2025-05.parquet").write_bytes(b"")


def other_month(folder: Path) -> None:
    kept = folder / mirror.FOLDER
    (kept / "2025-06.parquet").replace(kept / "2025-05.parquet")


@pytest.mark.parametrize(
    "change",
    [change_csv, edit_csv_but_not_its_time_and_size, cut_mirror, empty_mirror, other_month],
)
def test_a_mirror_that_does_not_fit_is_not_believed(
    folder: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(folder)
    first = load_ledger(folder)
    assert "2025-05" in OPENED
    OPENED.clear()
    assert load_ledger(folder) == first
    assert OPENED == []
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert load_ledger(folder) == first


def test_mirrors_go_with_their_months(folder: Path) -> None:
    save_ledger([ONE], folder)
    months.keep_mirrors(folder)
    assert [path.name for path in (folder / mirror.FOLDER).iterdir()] == ["2025-05.parquet"]


SPANS = [
    ((dt.date(2025, 5, 21), dt.date(2025, 5, 21)), (ONE,)),
    ((dt.date(2025, 5, 18), dt.date(2025, 5, 20)), (EARLIER,)),
    ((dt.date(2025, 5, 1), dt.date(2025, 6, 30)), (EARLIER, ONE)),
    ((dt.date(2025, 5, 22), dt.date(2025, 6, 30)), ()),
]


@pytest.mark.parametrize(("about", "claims"), SPANS)
def test_claims_about_some_days(
    folder: Path,
    about: tuple[dt.date, dt.date],
    claims: tuple[Claim, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_ledger(folder, Wanted(about)) == claims
    assert OPENED == []
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert load_ledger(folder, Wanted(about)) == claims
    assert OPENED


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(claims=st.lists(CLAIMS, max_size=4))
def test_the_mirror_gives_the_claims_of_the_csv(folder: Path, claims: list[Claim]) -> None:
    save_ledger(claims, folder)
    assert load_ledger(folder) == load_ledger(folder)


@pytest.mark.parametrize("columns", [COLUMNS, ("metric", "low", "period_end", "admin1")])
def test_the_table_is_the_same_with_and_without_pyarrow(
    folder: Path, columns: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = open_claims(folder.parent, columns)
    assert list(table) == list(columns)
    assert table["low"].tolist() == [pd.NA, 159, 159]
    assert table["admin1"].tolist() == ["RU-MOW;RU-MOS", "", ""]
    assert table["period_end"].isna().tolist() == [False, False, True]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    other = open_claims(folder.parent, columns)
    pd.testing.assert_frame_equal(table, other, check_categorical=False)


def test_small_months_have_none(tmp_path: Path) -> None:
    save_ledger(ALL, tmp_path)
    load_ledger(tmp_path)
    assert not (tmp_path / mirror.FOLDER).exists()


def test_no_such_column_is_told(folder: Path) -> None:
    with pytest.raises(ValueError, match="no column tanks; choose of id, document_id"):
        open_claims(folder.parent, ["tanks"])


def test_an_empty_ledger_is_an_empty_table(tmp_path: Path) -> None:
    table = open_claims(tmp_path)
    assert (len(table), list(table)) == (0, list(COLUMNS))
