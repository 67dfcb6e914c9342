"""Parquet: what is written comes back, typed, and what is no table of claims is named."""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from any_claims import CLAIMS, ONE
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.errors import ExchangeError
from tally.exchange.parquet import from_table, read_parquet, schema, to_table, write_parquet
from tally.ledger import COLUMNS
from tally.model import Claim


@settings(max_examples=25)
@given(claims=st.lists(CLAIMS, max_size=4))
def test_what_goes_out_comes_back(claims: list[Claim]) -> None:
    assert from_table(to_table(claims)) == tuple(claims)


def test_columns_are_those_of_the_ledger_with_types(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    write_parquet([ONE], path)
    assert pq.read_schema(path).names == list(COLUMNS)
    (row,) = pq.read_table(path).to_pylist()
    assert (row["low"], row["period_end"], row["admin1"]) == (159, ONE.period_end, [])
    assert read_parquet(path) == (ONE,)


def test_what_was_not_said_is_null_only_where_zero_would_lie() -> None:
    nullable = {field.name for field in schema() if field.nullable}
    assert nullable == {"low", "high", "period_start", "period_end"}


def test_same_claims_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_parquet([ONE], tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_other_tables_and_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"its columns are tanks \(int64\)\.\n  Export it anew"):
        from_table(pa.table({"tanks": [1]}))
    (tmp_path / "a.parquet").write_bytes(b"no")
    with pytest.raises(ExchangeError, match=r"a\.parquet: not a Parquet file"):
        read_parquet(tmp_path / "a.parquet")


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExchangeError, match=r"^Parquet needs pyarrow, .*\[exchange\]'$"):
        schema()
