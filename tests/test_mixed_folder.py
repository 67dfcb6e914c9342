"""A folder of every format, some files broken, through collect, extract and export."""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import frictionless
import hxl
import pytest
from openpyxl import load_workbook

from tally.documents import admit
from tally.exchange.datapackage import read_datapackage
from tally.exchange.exported import losses_path
from tally.exchange.exporting import TARGETS
from tally.exchange.exporting import main as export
from tally.exchange.geojson import read_geojson
from tally.exchange.jsonl import read_jsonl
from tally.exchange.parquet import read_parquet
from tally.exchange.workbook import read_workbook
from tally.ledger import load_ledger
from tally.model import Claim
from tally.settings import ROOT

FILES = Path(__file__).parent / "documents"
SERIES = Path(__file__).parent / "series" / "GEDEvent.csv"
COLUMNS = "[columns]\ntext = 'body'\ntitle = 'headline'\npublished = 'date'\nurl = 'link'\n"
READERS: dict[str, Callable[[Path], tuple[Claim, ...]]] = {
    "datapackage": read_datapackage,
    "geojson": read_geojson,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
    "xlsx": read_workbook,
}
BROKEN = {
    "half.docx": (FILES / "note.docx").read_bytes()[:900],
    "half.pdf": (FILES / "note.pdf").read_bytes()[:3_000],
    "old.txt": "Пятеро погибли".encode("cp1251"),
    "empty.html": b"",
    "photo.jpg": b"\xff\xd8",
}
# What collecting says of them, in the order of their names; nothing else is said of a file.
SAID = [
    "GEDEvent.csv: a series (ucdp), no document; take it in with scripts/import.py FILE --as NAME",
    "posts.csv:4: published '21 May' is not a date; write YYYY-MM-DD",
    "broken/empty.html: no HTML in it; save the page again, as “Web page, HTML only”",
    "broken/half.docx: not a whole DOCX",
    "broken/half.pdf: not a whole PDF",
    "broken/old.txt: not UTF-8 (byte 0); save it as UTF-8",
    "Passed over, as no documents: 1 no ending, 1 .jpg.",
    "6 could not be taken in; all else was.",
    "Read them into claims with scripts/extract.py.",
]


@dataclass(frozen=True)
class Made:
    """The data folder, what was exported from it, and what collecting said of the files."""

    data: Path
    out: Path
    said: str

    def exported(self, target: str) -> Path:
        return self.out / f"claims.{target}"

    def claims(self) -> list[Claim]:
        return sorted(load_ledger(self.data / "claims"), key=lambda claim: claim.id)


def run(script: str, *arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    place = tmp_path_factory.mktemp("mixed")
    saved, data, out = place / "saved", place / "data", place / "out"
    shutil.copytree(FILES, saved)
    shutil.copy(SERIES, saved)
    for folder in (saved / "broken", data, out):
        folder.mkdir()
    for name, content in BROKEN.items():
        (saved / "broken" / name).write_bytes(content)
    (data / "collect.toml").write_text(COLUMNS, encoding="utf-8")
    done = run("collect.py", saved, "--published", "2025-05-21", "--data", data, code=1)
    run("extract.py", "--data", data)
    for target in TARGETS:
        given = ["--to", target, "--out", out / f"claims.{target}", "--data", data]
        assert export([*map(str, given), "--licence", "MIT"]) == 0
    return Made(data, out, done.stderr)


def test_each_broken_file_is_one_line_and_the_rest_is_taken(made: Made) -> None:
    lines = made.said.splitlines()
    assert [line[: len(said)] for line, said in zip(lines, SAID, strict=True)] == SAID


def endings(paths: Iterable[str]) -> set[str]:
    return {Path(path).suffix for path in paths}


def test_every_format_has_claims_whose_figures_stand_in_the_text(made: Made) -> None:
    documents = {one.id: one for one in admit(made.data / "documents").documents}
    claims = made.claims()
    read = (documents[claim.document_id] for claim in claims)
    # The page in page.mhtml is the one in crawl.warc.gz, which comes before it.
    wanted = endings(path.name for path in FILES.iterdir()) - {"", ".mhtml"}
    assert endings(one.origin.found_at for one in read if one.origin) == wanted
    for claim in claims:
        figure = documents[claim.document_id].text[claim.start : claim.end]
        assert figure
        assert figure in claim.quote


@pytest.mark.parametrize("name", READERS)
def test_every_claim_leaves_and_comes_back(made: Made, name: str) -> None:
    back = sorted(READERS[name](made.exported(name)), key=lambda claim: claim.id)
    assert back == made.claims()
    assert len(back) > 30


def test_what_is_exported_is_valid(made: Made) -> None:
    report = frictionless.validate(str(made.exported("datapackage") / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    with (made.exported("hxl")).open(newline="", encoding="utf-8") as lines:
        table = list(csv.reader(lines))
    problems: list[hxl.validation.HXLValidationException] = []
    hxl.schema(None, callback=problems.append).validate(hxl.data(table))
    assert [str(one.message) for one in problems if one.rule.severity == "error"] == []
    with (made.exported("acled")).open(newline="", encoding="utf-8") as lines:
        events = list(csv.DictReader(lines))
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", event["event_date"]) for event in events)
    assert all(re.fullmatch(r"\d*", event["fatalities"]) for event in events)
    features = json.loads((made.exported("geojson")).read_text(encoding="utf-8"))["features"]
    assert len(features) == len(made.claims())
    assert "Notes" in load_workbook(made.exported("xlsx"), read_only=True).sheetnames


@pytest.mark.parametrize("name", TARGETS)
def test_what_a_format_cannot_hold_is_listed(made: Made, name: str) -> None:
    with losses_path(made.exported(name)).open(newline="", encoding="utf-8") as lines:
        losses = list(csv.DictReader(lines))
    assert losses
    assert all(row["why"] for row in losses)


def test_again_takes_in_and_reads_nothing(made: Made) -> None:
    before = made.claims()
    again = run("extract.py", "--data", made.data)
    assert re.search(r"\(0 read, \d+ known from before\)", again.stdout)
    assert made.claims() == before
