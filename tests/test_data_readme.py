"""data/README.md explains what is there: every table, every column, every kind of word."""

import csv
import re
import tomllib
from pathlib import Path

import pytest

from tally.documents.markdown import KEYS
from tally.model import Metric
from tally.rulings import ABOUT, DECISIONS, load_rulings

DATA = Path(__file__).parent.parent / "data"
README = (DATA / "README.md").read_text(encoding="utf-8")
PLACES = (DATA / "vocabulary" / "README.md").read_text(encoding="utf-8")
TABLES = sorted(path for path in DATA.rglob("*.csv") if path.parent.name != "claims")
TAGGED = ["lang", "form", "tag", "value"]


def section(text: str, name: str) -> str:
    """Return what stands under the heading that names something, down to the next heading."""
    found = re.search(rf"^##+ (?:\S*/)?{re.escape(name)}$\n(.*?)(?=^##|\Z)", text, re.M | re.S)
    assert found, f"no heading names {name}"
    return found[1]


def words(text: str) -> set[str]:
    """Return what is set as code."""
    return set(re.findall(r"`([^`\n]+)`", text))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_column_is_explained(path: Path) -> None:
    columns = list(rows(path)[0])
    text = PLACES if f"## {path.name}" in PLACES else README
    found = section(text, "vocabulary/" if columns == TAGGED else path.name)
    if path.stem == "settlements_added":
        found += section(PLACES, "settlements.csv")
    assert set(columns) <= words(found)
    if columns == TAGGED:
        assert path.name in words(found)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_kind_of_word_is_explained(path: Path) -> None:
    if "tag" not in rows(path)[0]:
        return
    text = section(README, "vocabulary/") + README.partition("### vocabulary/issuers.csv")[2]
    assert {row["tag"] for row in rows(path)} <= words(text)


@pytest.mark.parametrize("path", sorted((DATA / "claims").glob("*.csv")), ids=lambda p: p.stem)
def test_every_column_of_the_ledger_is_explained(path: Path) -> None:
    header = path.read_text(encoding="utf-8").split("\n")[0].split(",")
    assert set(header) <= words(section(README, "claims/"))


def test_every_metric_is_defined() -> None:
    assert set(Metric) <= words(section(README, "Metrics"))


def test_every_key_of_front_matter_is_explained() -> None:
    assert set(KEYS) <= words(section(README, "documents/"))


def test_every_part_of_a_ruling_is_explained() -> None:
    assert {*DECISIONS, *ABOUT} <= words(section(README, "rulings.toml"))


@pytest.mark.parametrize("name", ["README.md", "rulings.toml"])
def test_the_ruling_that_is_shown_can_be_read(tmp_path: Path, name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    shown = text[text.index("[[ruling]]") :].partition("\n\n")[0]
    plain = re.sub(r"^(?:#| {4}) ?", "", shown, flags=re.M)
    assert tomllib.loads(plain)["ruling"]
    path = tmp_path / "rulings.toml"
    path.write_text(plain, encoding="utf-8")
    (ruling,) = load_rulings(path)
    assert ruling.decision == "correct"


def test_everything_in_the_folder_is_listed() -> None:
    listed = words(README)
    for path in DATA.iterdir():
        assert any(entry.startswith(path.name) for entry in listed) or path.name == "README.md"


@pytest.mark.parametrize("path", ["data/README.md", "CHANGELOG.md"])
def test_the_number_of_digests_is_right(path: str) -> None:
    text = (DATA.parent / path).read_text(encoding="utf-8")
    count = len(list((DATA / "documents").glob("*.md")))
    assert re.findall(r"(\d+) (?:short )?digests", text) == [str(count)]
