"""Claims in other people's formats: valid by their own validators, back without loss, harmless."""

import csv
import datetime as dt
import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import frictionless
import hxl
import openpyxl
import pytest
from any_claims import CLAIMS, ONE
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.cells import FORMULA_STARTS
from tally.exchange.acled_shaped import COLUMNS as ACLED_COLUMNS
from tally.exchange.acled_shaped import acled_region, time_precision
from tally.exchange.cells import from_csv, to_csv
from tally.exchange.datapackage import read_datapackage
from tally.exchange.exported import Edition, losses_path, open_edition, save_losses
from tally.exchange.exporting import TARGETS, main
from tally.exchange.geojson import read_geojson
from tally.exchange.hxl_rows import TAGS, read_hxl
from tally.exchange.imported import Intake
from tally.exchange.jsonl import read_jsonl
from tally.exchange.kinds import kind_of
from tally.exchange.parquet import read_parquet
from tally.exchange.places import point, point_of, region_code
from tally.exchange.records import (
    CLAIM_COLUMNS,
    estimate_ids,
    from_cells,
    from_json,
    to_cells,
    to_json,
)
from tally.exchange.sheets import read_sheet
from tally.exchange.workbook import read_workbook, write_workbook
from tally.gazetteer import region_names
from tally.ledger import as_cell, load_ledger, save_ledger
from tally.model import Claim, Document, Metric, Reconciled
from tally.names import Names

DATA = Path(__file__).parent.parent / "data"
READERS: dict[str, Callable[[Path], tuple[Claim, ...]]] = {
    "datapackage": read_datapackage,
    "geojson": read_geojson,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
    "xlsx": read_workbook,
}
WIDE = "\uff1d1"
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    WIDE,
    "'=1",
    "''",
    "#N/A",
    "TRUE",
)
ODD = ("_x0041_", "\x07\x1b[31m", "a\r\nb\rc", " 63 ", "\ufffe", "\u202e21", "\u2028", '"', "007")
ANY = settings(max_examples=25)
SPAN = (dt.date(2025, 5, 21), dt.date(2025, 5, 22))


@cache
def example() -> Edition:
    """Return two nights of the example corpus."""
    return open_edition(DATA, SPAN, licence="MIT")


def edition_of(claims: list[Claim]) -> Edition:
    """Return an edition of claims that nothing is known about but themselves."""
    document = Document("doc", "en", "2025-05-21", HOSTILE[0], "javascript:1", HOSTILE[3], "x")
    held = {claim.document_id: document for claim in claims}
    return Edition(tuple(claims), Reconciled(tuple(claims), (), (), (), ()), held, Names())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the example in every format once."""
    folder = tmp_path_factory.mktemp("out")
    paths = {name: folder / f"claims.{name}" for name in TARGETS}
    for name, path in paths.items():
        save_losses(TARGETS[name].write(example(), path), path)
    return paths


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("name", READERS)
def test_the_ledger_comes_back_as_it_was(written: dict[str, Path], name: str) -> None:
    assert len(example().claims) > 100
    assert READERS[name](written[name]) == example().claims


def test_without_days_it_is_the_whole_ledger() -> None:
    ids = sorted(claim.id for claim in open_edition(DATA).claims)
    assert ids == sorted(claim.id for claim in load_ledger(DATA / "claims"))


@ANY
@given(claims=st.lists(CLAIMS, max_size=3))
def test_any_claim_comes_back_from_rows_and_from_json(claims: list[Claim]) -> None:
    text = to_csv(CLAIM_COLUMNS, map(to_cells, claims))
    assert [from_cells(row) for row in from_csv(text)] == claims
    lines = [json.dumps(to_json(claim)) for claim in claims]
    assert [from_json(json.loads(line)) for line in lines] == claims


@pytest.mark.parametrize("name", READERS)
def test_odd_words_come_back_as_they_were(tmp_path: Path, name: str) -> None:
    claims = [
        replace(ONE, id=f"c{number}", quote=words, place=words, weapon=words, window=words[::-1])
        for number, words in enumerate((*HOSTILE, *ODD))
    ]
    claims += [replace(ONE, low=None, high=70), replace(ONE, low=0, high=0, period_start=None)]
    TARGETS[name].write(edition_of(claims), tmp_path / "out")
    assert READERS[name](tmp_path / "out") == tuple(claims)
    if name == "jsonl":
        assert len((tmp_path / "out").read_text(encoding="utf-8").splitlines()) == len(claims)


@ANY
@given(cells=st.lists(st.lists(st.text(max_size=6), min_size=2, max_size=2), max_size=4))
def test_cells_are_defused_and_restored(cells: list[list[str]]) -> None:
    text = to_csv(["one", "two"], cells)
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(FORMULA_STARTS) for cell in row)
    assert [list(row.values()) for row in from_csv(text)] == cells


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_of_a_document_runs_in_a_spreadsheet(tmp_path: Path, words: str) -> None:
    odd = replace(ONE, quote=words, place=words, claimant=words, weapon=words)
    for name in TARGETS:
        path = tmp_path / f"out.{name}"
        save_losses(TARGETS[name].write(edition_of([odd]), path), path)
    tables = [*tmp_path.glob("out.datapackage/*.csv"), *tmp_path.glob("*.losses.csv")]
    for path in [*tables, tmp_path / "out.acled", tmp_path / "out.hxl"]:
        with path.open(newline="", encoding="utf-8") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert not any(cell.startswith((*FORMULA_STARTS, WIDE[0])) for cell in cells), path
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert "e" not in kinds


@pytest.mark.parametrize("name", TARGETS)
def test_the_same_edition_gives_the_same_bytes(
    written: dict[str, Path], tmp_path: Path, name: str
) -> None:
    TARGETS[name].write(example(), tmp_path / "again")
    made = [written[name]]
    if TARGETS[name].folder:
        made = [p for p in written[name].iterdir() if p.name != "losses.csv"]
    for path in made:
        again = tmp_path / "again" / path.name if TARGETS[name].folder else tmp_path / "again"
        assert again.read_bytes() == path.read_bytes()


def test_frictionless_finds_the_package_valid_and_a_broken_one_not(
    written: dict[str, Path], tmp_path: Path
) -> None:
    descriptor = written["datapackage"] / "datapackage.json"
    report = frictionless.validate(str(descriptor))
    assert report.valid, report.flatten(["type", "message"])
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    assert package["licenses"] == [{"name": "MIT", "path": "https://opensource.org/license/mit"}]
    assert len(package["sources"]) == len(example().used()) > 20
    assert {r["name"] for r in package["resources"]} >= {"claims", "estimates", "losses"}
    for path in written["datapackage"].iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    claims = tmp_path / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8").replace(",exact,", ",sure,", 1), "utf-8")
    broken = frictionless.Package(str(tmp_path / "datapackage.json")).get_resource("claims")
    assert not broken.validate().valid


def hxl_problems(text: str) -> list[str]:
    """Return what the schema of HXL finds wrong with a table; outliers are no mistake."""
    problems: list[hxl.validation.HXLValidationException] = []
    table = [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
    hxl.schema(None, callback=problems.append).validate(hxl.data(table))
    return [str(one.message) for one in problems if one.rule.severity == "error"]


def test_hxl_is_valid_by_its_library_and_a_broken_one_is_not(written: dict[str, Path]) -> None:
    text = written["hxl"].read_text(encoding="utf-8")
    assert hxl_problems(text) == []
    assert hxl_problems(text.replace(",2025-05-21,2025-05-21,", ",soon,2025-05-21,", 1))
    source = hxl.data([list(row) for row in csv.reader(io.StringIO(text, newline=""))])
    assert source.display_tags == list(TAGS.values())


def test_hxl_rows_are_the_estimates(written: dict[str, Path]) -> None:
    held = estimate_ids(example().estimates)
    found = read_hxl(written["hxl"])
    assert [row["#meta+id"] for row in found] == list(held)
    for row in found:
        one = held[row["#meta+id"]]
        bounds = row["#indicator+value+num+min"], row["#indicator+value+num+max"]
        assert bounds == (as_cell(one.low), as_cell(one.high))
        assert row["#date+end"] == as_cell(one.period_end)
        assert row["#adm1+code+iso"] == ";".join(one.admin1)
        assert row["#indicator+hedge"] == one.hedge
        killed = bounds[0] if one.metric == Metric.KILLED else ""
        assert row["#affected+killed+min"] == killed


def test_an_acled_shaped_file_is_read_as_what_was_written(written: dict[str, Path]) -> None:
    found = rows(written["acled"])
    assert tuple(found[0]) == ACLED_COLUMNS
    (path := written["acled"].with_suffix(".csv")).write_bytes(written["acled"].read_bytes())
    sheet = read_sheet(path)
    intake = Intake("back")
    kind = kind_of([sheet])
    kind.read({"a": sheet}, intake)
    assert kind.name == "acled"
    told = [(r["event_date"], r["admin1"], int(r["fatalities"])) for r in found if r["fatalities"]]
    back = [(str(c.period_end), acled_region(c.admin1[0]), c.low) for c in intake.done().claims]
    assert back == [one for one in told if one[2]]
    assert len(back) > 2


@pytest.mark.parametrize(("days", "code"), [(0, "1"), (1, "1"), (3, "2"), (6, "2"), (9, "3")])
def test_acled_rows_of_many_days_say_that_their_day_is_one_of_them(days: int, code: str) -> None:
    last = dt.date(2025, 5, 21)
    claim = replace(ONE, period_start=last - dt.timedelta(days), period_end=last)
    assert time_precision([claim]) == code


def test_rows_are_of_the_days_that_were_asked_for(written: dict[str, Path]) -> None:
    days = {row["event_date"] for row in rows(written["acled"])}
    assert days == {"2025-05-21", "2025-05-22"}
    for row in read_hxl(written["hxl"]):
        assert row["#date+start"] <= "2025-05-22"
        assert row["#date+end"] >= "2025-05-21"


def test_acled_rows_of_a_region_and_day_are_one(written: dict[str, Path]) -> None:
    ids = [row["event_id_cnty"] for row in rows(written["acled"])]
    assert len(ids) == len(set(ids))
    assert all(one.startswith("TALLY-") for one in ids)


def test_fatalities_that_nobody_gave_are_empty_and_never_zero(written: dict[str, Path]) -> None:
    found = rows(written["acled"])
    stopped = [row for row in found if row["sub_event_type"] == "Disrupted weapons use"]
    assert stopped
    assert {row["fatalities"] for row in stopped} == {""}
    # By ACLED's codebook a weapon that was stopped is a strategic development, no violence.
    assert {(r["disorder_type"], r["event_type"]) for r in stopped} == {
        ("Strategic developments",) * 2
    }
    night = {row["event_id_cnty"]: row for row in found}
    assert night["TALLY-2025-05-21-UA-59"]["fatalities"] == "2"
    assert "killed=2..2" in night["TALLY-2025-05-21-UA-59"]["tags"]
    assert all("made by Tally" in row["tags"] for row in found)


@pytest.mark.parametrize("code", sorted(region_names()))
def test_every_region_is_named_so_that_it_is_found_again(code: str) -> None:
    assert region_code(acled_region(code)) == code


@pytest.mark.parametrize("name", ["acled", "hxl"])
def test_what_is_not_in_the_file_is_in_the_loss_list(written: dict[str, Path], name: str) -> None:
    text = written[name].read_text(encoding="utf-8")
    lost = {row["record"] for row in rows(losses_path(written[name]))}
    for claim in example().claims:
        kept = any(claim.id in e.claim_ids for e in example().estimates)
        told = claim.quote.replace('"', '""') in text if name == "acled" else kept
        assert told or claim.id in lost, claim


def test_loss_lists_say_why(written: dict[str, Path]) -> None:
    for path in written.values():
        found = rows(losses_path(path))
        assert found
        assert all(row["why"] and row["value"] and row["field"] for row in found)


def test_only_settlements_have_a_point(written: dict[str, Path]) -> None:
    held = json.loads(written["geojson"].read_text(encoding="utf-8"))
    assert held.keys() >= {"type", "features"}
    assert "crs" not in held
    placed = [f for f in held["features"] if f["geometry"]]
    assert 10 < len(placed) < len(held["features"])
    for feature in placed:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 22 <= longitude <= 180
        assert 44 <= latitude <= 70
        assert feature["properties"]["geo_precision"] == "settlement"
        assert len(feature["properties"]["admin1"]) == 1
    for feature in held["features"]:
        if not feature["properties"]["place"]:
            assert feature["geometry"] is None


def test_a_region_is_not_placed_in_the_city_of_its_name() -> None:
    over = {"place": "Lipetsk", "admin1": ("RU-LIP",)}
    city = (39.5515, 52.5876)
    stopped = replace(ONE, quote="one each over the oblasts of Lipetsk", **over)
    assert point_of(stopped) is None
    assert point_of(replace(stopped, quote="one over Lipetsk")) is None
    hurt = replace(ONE, metric=Metric.INJURED, quote="two hurt in Lipetsk", **over)
    assert point_of(hurt) == city
    assert point_of(replace(hurt, quote="two hurt in the Lipetsk region")) is None
    assert point_of(replace(ONE, place="Shostka", admin1=("UA-59",))) == (33.4728, 51.8643)


NO_POINT = [
    ("Kyiv Oblast", ("UA-32",)), ("Boryspil district", ("UA-32",)), ("Black Sea", ()),
    ("Boryspil", ()), ("Boryspil", ("UA-32", "UA-30")), ("Boryspil", ("UA-63",)), ("", ("UA-32",)),
    ("Сумщині", ("UA-59",)), ("Шебекинский округ", ("RU-BEL",)),
]  # fmt: skip


def test_a_settlement_lies_where_it_lies_in_any_of_its_names() -> None:
    for name in ("Boryspil", "Борисполя", "Бориспіль"):
        assert point(name, ("UA-32",)) == (30.9526, 50.3505)


@pytest.mark.parametrize(("place", "admin1"), NO_POINT)
def test_no_centroid_stands_in(place: str, admin1: tuple[str, ...]) -> None:
    assert point(place, admin1) is None


def test_the_workbook_opens_on_notes_and_has_typed_cells(written: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(written["xlsx"])
    assert book.sheetnames == [
        "Notes", "Claims", "Estimates", "Relations", "Findings", "Documents", "Losses",
    ]  # fmt: skip
    claims = book["Claims"]
    header = [cell.value for cell in claims[1]]
    assert (claims.freeze_panes, claims.auto_filter.ref[:3]) == ("B2", "A1:")
    first = dict(zip(header, claims[2], strict=True))
    assert first["low"].data_type == "n"
    assert first["period_end"].is_date
    assert first["unverified"].data_type == "b"
    notes = " ".join(str(row[0]) for row in book["Notes"].values)
    assert "never zero" in notes
    assert "never merged" in notes


def test_a_cell_too_long_for_a_workbook_is_a_loss(tmp_path: Path) -> None:
    odd = replace(ONE, quote="x" * 40_000)
    losses = write_workbook(edition_of([odd]), tmp_path / "a.xlsx")
    assert [(loss.field, len(loss.value)) for loss in losses][1:] == [("quote", 7_233)]
    assert len(read_workbook(tmp_path / "a.xlsx")[0].quote) == 32_767


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder of the documents of one day."""
    folder = tmp_path_factory.mktemp("small") / "data"
    (folder / "documents").mkdir(parents=True)
    for path in (DATA / "documents").glob("2025-05-21-*.md"):
        shutil.copy(path, folder / "documents")
    claims = load_ledger(DATA / "claims")
    save_ledger([c for c in claims if c.document_id.startswith("2025-05-21-")], folder / "claims")
    return folder


@pytest.mark.parametrize("name", TARGETS)
def test_the_command_writes_a_file_and_its_losses(
    small: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    span = ["--from", "2025-05-21", "--until", "2025-05-21", "--as-of", "2025-05-22T08:00"]
    span += ["--data", str(small)]
    assert main(["--to", name, "--out", str(out), *span]) == 0
    said = capsys.readouterr().out
    assert f": {out}\n" in said
    assert losses_path(out).exists()
    assert str(losses_path(out)) in said
    if name in READERS:
        claims = READERS[name](out)
        assert claims
        assert all(str(c.period_start) <= "2025-05-21" <= str(c.period_end) for c in claims)
        assert all(claim.published[:10] <= "2025-05-22" for claim in claims)
    if TARGETS[name].folder:
        assert main(["--to", name, "--out", str(out), *span]) == 0


WRONG = {
    "no format": (["--to", "word", "--out", "a"], 2, "'word' is not one of"),
    "no folder": (
        ["--to", "jsonl", "--out", "none/a.jsonl"],
        2,
        "a file in a folder that is there",
    ),
    "a folder": (["--to", "jsonl", "--out", "."], 2, "must be a file"),
    "other files": (["--to", "datapackage", "--out", "."], 2, "holds other files"),
    "no moment": (["--to", "jsonl", "--out", "a", "--as-of", "noon"], 2, "is not a date or time"),
    "no data": (["--to", "jsonl", "--out", "a", "--data", "none"], 2, "no data folder"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_says_what_to_do_and_writes_nothing(
    tmp_path: Path, case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    arguments, code, said = WRONG[case]
    assert main(arguments) == code
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(("name", "library"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_without_the_extra_one_line_says_how_to_get_it(
    tmp_path: Path, name: str, library: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"{library}.parquet", raising=False)
    assert main(["--to", name, "--out", str(tmp_path / "a")]) == 1
    said = capsys.readouterr().err
    assert f"needs {library}, which is not installed: .venv/bin/python -m pip install" in said
    assert said.count("\n") == 1


def test_no_claim_is_said(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "a")
    arguments = ["--to", "jsonl", "--out", out, "--from", "2030-01-01", "--data", str(small)]
    assert main(arguments) == 0
    assert "No claim fits" in capsys.readouterr().err
