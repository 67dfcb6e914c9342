"""From documents to a briefing by the two commands alone, in a folder of one's own."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tally.documents import read_markdown
from tally.render.edition import HTML, MANIFEST, NOTEBOOK, PDF
from tally.settings import ROOT

STORY = ROOT / "data" / "documents" / "2025-05-21-kursk-visit.md"
NIGHT, NOTHING = "2025-05-21", "2025-05-30"


@dataclass(frozen=True)
class Made:
    """What the commands said, and where the briefings lie."""

    out: Path
    said: str

    def words(self, day: str) -> str:
        page = (self.out / "daily" / day / HTML).read_text(encoding="utf-8")
        bare = re.sub(r"<(style|svg|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare))


def run(script: str, *arguments: str | Path) -> str:
    command = [sys.executable, str(ROOT / "scripts" / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    data = tmp_path_factory.mktemp("corpus")
    out = tmp_path_factory.mktemp("reports")
    (data / "documents").mkdir()
    shutil.copy(STORY, data / "documents")
    said = run("extract.py", "--data", data)
    said += run(
        "render.py", "daily", "--data", data, "--day", NIGHT, "--day", NOTHING, "--out", out
    )
    return Made(out, said)


def test_each_command_says_what_it_made(made: Made) -> None:
    assert re.search(r"^1 documents, \d+ claims in .*claims$", made.said, re.M)
    for day in (NIGHT, NOTHING):
        assert f"daily {day}: {made.out / 'daily' / day}" in made.said


@pytest.mark.parametrize("day", [NIGHT, NOTHING])
def test_a_briefing_is_four_files(made: Made, day: str) -> None:
    folder = made.out / "daily" / day
    assert sorted(path.name for path in folder.iterdir()) == sorted([HTML, PDF, NOTEBOOK, MANIFEST])
    assert (folder / PDF).read_bytes().startswith(b"%PDF-")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["parameters"]["day"] == day
    assert manifest["documents"] == 1


def test_the_story_gives_a_sound_briefing_of_its_night(made: Made) -> None:
    words = made.words(NIGHT)
    assert "Night of 20–21 May 2025" in words
    for figure in ("159", "53", "51", "63", "76"):
        assert re.search(rf"\b{figure}\b", words), figure
    assert "53 of them over Oryol" in words
    assert "confirmed" not in words.replace("could not be confirmed", "")


def test_every_quote_is_of_the_story(made: Made) -> None:
    text = " ".join(read_markdown(STORY).text.split())
    quotes = re.findall(r"“([^“”]+)”", made.words(NIGHT).partition("Evidence")[2])
    found = [" ".join(quote.split()).strip(" …") for quote in quotes]
    assert len([quote for quote in found if quote in text]) >= 8


def test_a_day_without_claims_says_so(made: Made) -> None:
    words = made.words(NOTHING)
    assert "Night of 29–30 May 2025" in words
    assert "holds no claim" in words
    assert not re.search(r"\b159\b", words)
