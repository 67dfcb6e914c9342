"""The ledger: what is saved comes back, byte for byte, and what is broken is named by its line."""

import os
from dataclasses import fields, replace
from pathlib import Path

import pytest
from any_claims import CLAIMS, ONE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tally.errors import LedgerError
from tally.ledger import COLUMNS, load_ledger, save_ledger
from tally.model import Claim


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(claims=st.lists(CLAIMS, max_size=4))
def test_what_is_saved_comes_back(tmp_path: Path, claims: list[Claim]) -> None:
    save_ledger(claims, tmp_path)
    assert sorted(load_ledger(tmp_path), key=lambda c: c.id) == sorted(claims, key=lambda c: c.id)


def test_columns_are_the_fields_of_a_claim(tmp_path: Path) -> None:
    save_ledger([ONE], tmp_path)
    header = (tmp_path / "2025-05.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",") == list(COLUMNS) == [field.name for field in fields(Claim)]


def test_same_claims_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    claims = [
        ONE,
        replace(ONE, id="c2", start=4),
        replace(ONE, id="c0", published="2025-05-20"),
        replace(ONE, id="c3", document_id="2025-05-21-afp"),
    ]
    save_ledger(claims, tmp_path / "one")
    save_ledger(reversed(claims), tmp_path / "two")
    one, two = ((tmp_path / name / "2025-05.csv").read_bytes() for name in ("one", "two"))
    assert one == two
    assert b"\r" not in one
    assert [claim.id for claim in load_ledger(tmp_path / "one")] == ["c0", "c3", "c2", "c1"]


def test_months_come_and_go_and_other_files_stay(tmp_path: Path) -> None:
    save_ledger([ONE, replace(ONE, id="c2", published="2025-06-01")], tmp_path)
    (tmp_path / "README.md").write_text("hand-written", encoding="utf-8")
    save_ledger([ONE], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2025-05.csv", "README.md"]
    save_ledger([], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_no_folder_is_an_empty_ledger(tmp_path: Path) -> None:
    assert load_ledger(tmp_path / "claims") == ()


def test_formulas_are_kept_as_written(tmp_path: Path) -> None:
    odd = replace(ONE, quote='=1+1, "cited"\r\n@SUM\n', place="-5")
    save_ledger([odd], tmp_path)
    assert load_ledger(tmp_path) == (odd,)


def test_unchanged_month_is_not_written_again(tmp_path: Path) -> None:
    save_ledger([ONE], tmp_path)
    os.utime(tmp_path / "2025-05.csv", (1, 1))
    save_ledger([ONE], tmp_path)
    assert (tmp_path / "2025-05.csv").stat().st_mtime == 1


def test_failed_write_leaves_the_old_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_ledger([ONE], tmp_path)
    before = (tmp_path / "2025-05.csv").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_ledger([replace(ONE, low=1)], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["2025-05.csv"]
    assert (tmp_path / "2025-05.csv").read_bytes() == before


def test_claim_without_publication_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="claim c1 is published '', which is no ISO date"):
        save_ledger([replace(ONE, published="")], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nul_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="claim c1 holds a NUL"):
        save_ledger([replace(ONE, quote="a\0b")], tmp_path)


BROKEN = [
    (lambda text: text.replace("metric", "metrics", 1), r"2025-05\.csv:1: the header is"),
    (lambda text: text.replace(",159,", ",many,", 1), "csv:2: column low: 'many' is not a whole"),
    (
        lambda text: text.replace(",exact,", ",exactly,"),
        "csv:2: column hedge: 'exactly' is not one",
    ),
    (lambda text: text.replace("drones_intercepted", "drones"), "column metric: 'drones' is not"),
    (lambda text: text.replace(",false,", ",no,"), "column unverified: 'no' is not true or false"),
    (lambda text: text.replace("2025-05-21,2025", "21.5.25,2025"), "csv:2: column period_start:"),
    (lambda text: text + "a,b\n", "csv:3: 2 cells where the header has 28"),
    (lambda text: text + '"open', "not a CSV file"),
    (lambda _: "", "csv:1: the header is ''"),
]


@pytest.mark.parametrize(("damage", "message"), BROKEN)
def test_damage_is_named_by_file_and_line(tmp_path: Path, damage, message: str) -> None:
    save_ledger([ONE], tmp_path)
    path = tmp_path / "2025-05.csv"
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(LedgerError, match=message):
        load_ledger(tmp_path)


def test_other_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "2025-05.csv").write_bytes("Сумы".encode("cp1251"))
    with pytest.raises(LedgerError, match="not a CSV file in UTF-8"):
        load_ledger(tmp_path)
