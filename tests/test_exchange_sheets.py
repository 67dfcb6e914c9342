"""Tables of other people: a cell is where it says it is, and a broken file is one clear line."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.documents.limits import Limits
from tally.errors import ExchangeError
from tally.exchange.sheets import parse_csv, read_sheet

CELLS = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4)


@settings(max_examples=60)
@given(rows=ROWS, delimiter=st.sampled_from(",;"))
def test_cells_are_those_that_csv_reads_and_lie_where_they_say(
    rows: list[list[str]], delimiter: str
) -> None:
    out = io.StringIO()
    table = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    table.writerows([["one", "two", "three"], *rows])
    sheet = parse_csv("a.csv", out.getvalue())
    hxl = [row for row in rows if not all(cell.startswith("#") or not cell for cell in row)]
    assert [[cell.text for cell in row.cells.values()] for row in sheet.rows] == hxl
    for row in sheet.rows:
        for cell in row.cells.values():
            assert sheet.text[cell.start : cell.end].replace('""', '"') == cell.text
            assert row.start <= cell.start <= cell.end <= row.end


def test_banner_and_tags_are_no_rows() -> None:
    sheet = parse_csv(
        "a.csv", "Casualties,,\nDate,Killed,Injured\n#date,#affected,\n2022-03-03,1,2\n"
    )
    assert sheet.columns == ("Date", "Killed", "Injured")
    assert [row.text("Killed") for row in sheet.rows] == ["1"]


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.txt"])
def test_a_list_in_the_answer_of_a_service_is_the_table(tmp_path: Path, name: str) -> None:
    answer = '{"status": 200,\n "data": [{"a": 1, "b": "x"},\n {"a": 2}], "count": 2}'
    (tmp_path / name).write_text(answer, encoding="utf-8")
    sheet = read_sheet(tmp_path / name)
    assert [row.text("a") for row in sheet.rows] == ["1", "2"]
    assert sheet.columns == ("a", "b")


SMALL = Limits(series_bytes=30, series_json_bytes=10)
LARGE = {
    "a.csv": ("a,b\n" + "1,2\n" * 10, "a.csv: 44 is over the 30 allowed (series_bytes)"),
    "a.json": ('[{"a": 1}, {"a": 2}]', "a.json: 20 is over the 10 allowed (series_json_bytes)"),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_file_that_would_not_fit_into_memory_is_refused(tmp_path: Path, name: str) -> None:
    text, said = LARGE[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ExchangeError) as found:
        read_sheet(tmp_path / name, SMALL)
    assert str(found.value).startswith(said)


def test_rows_of_another_length_are_told_and_left() -> None:
    sheet = parse_csv("a.csv", "a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert sheet.ragged == (2, 3)
    assert [row.text("a") for row in sheet.rows] == ["1", "7"]


def test_a_quote_shows_the_cell_among_its_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[\n {\n  "date": "2022-02-25",\n  "tank": 80\n }\n]', encoding="utf-8")
    sheet = read_sheet(path)
    (row,) = sheet.rows
    cell = row.cells["tank"]
    assert sheet.around(row, cell.start, cell.end).strip() == '"tank": 80'
    sheet = parse_csv("a.csv", f"a,b\n{'x' * 200},63\n")
    cell = sheet.rows[0].cells["b"]
    assert sheet.around(sheet.rows[0], cell.start, cell.end) == "63"


BROKEN = {
    "open.csv": (b'a,b\n1,"2\n3,4\n', "open.csv:2: a quotation mark is not closed"),
    "latin.csv": ("a,é\n".encode("latin-1"), "latin.csv:1: not UTF-8"),
    "nul.csv": (b"a,b\n1,\0\n", "nul.csv: holds a NUL"),
    "cut.json": (b'[{"a": 1}', "cut.json: not JSON"),
    "deep.json": (b"[" * 10_000 + b"]" * 10_000, "deep.json: not "),
    "nested.json": (b'[{"a": {"b": 1}}]', "nested.json: not a list of flat objects"),
    "object.json": (b'{"a": 1}', "object.json: not a list of flat objects"),
    "two.json": (b'{"a": [{"b": 1}], "c": [{"d": 1}]}', "two.json: not a list of flat objects"),
    "map.geojson": (
        b'{"type": "x",\n"features": [{"a": {}}]}',
        "map.geojson: not a list of flat objects",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_clear_line(tmp_path: Path, name: str) -> None:
    content, said = BROKEN[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ExchangeError) as found:
        read_sheet(tmp_path / name)
    assert str(found.value).startswith(said)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize("name", ["no such.csv", "a\u202eb.csv", ".hidden.csv"])
def test_names_that_hide_something_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExchangeError, match="rename the file"):
        read_sheet(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"none\.csv: cannot be read \(No such file"):
        read_sheet(tmp_path / "none.csv")


def test_long_cells_cost_no_more_than_their_length() -> None:
    text = "a,b\n" + '"' + '""' * 200_000 + '",1\n' + "x" * 400_000 + ",2\n"
    assert [row.text("b") for row in parse_csv("a.csv", text).rows] == ["1", "2"]
