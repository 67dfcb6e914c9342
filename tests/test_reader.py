"""The command `extract`: what it prints, what it leaves on disk, and its exit code."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tally import batches
from tally.ledger import COLUMNS, load_ledger
from tally.model import Claim, Document
from tally.reader import main
from tally.running import FAILED, STOPPED, WRONG_USE
from tally.settings import DATA_VARIABLE

STORY = """\
---
id: {id}
publisher: The Desk
url: https://example.org/{id}
published: {published}
language: en
---
# Night over Sumy

Ukraine's Air Force said it shot down 63 out of 76 Russian drones overnight. Russian strikes killed
at least 2 people in Sumy, Governor Oleh Hryhorov said.
"""
FIELDS = [
    "metric",
    "low",
    "high",
    "hedge",
    "aggregation",
    "attacker",
    "claimant",
    "claimant_side",
    "place",
    "admin1",
    "date_start",
    "date_end",
    "window",
    "victims",
    "part_of",
    "unverified",
    "quote",
    "start",
    "end",
    "rule",
    "review",
]


@dataclass(frozen=True)
class Desk:
    """A data folder of one's own, and the command run on it."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def story(self, name: str, published: str = "2025-05-21") -> Path:
        path = self.folder / "documents" / f"{name}.md"
        path.write_text(STORY.format(id=name, published=published), encoding="utf-8")
        return path

    def run(self, *arguments: str | Path) -> tuple[int, str, str]:
        code = main([*map(str, arguments), "--data", str(self.folder)])
        printed = self.capture.readouterr()
        return code, printed.out, printed.err

    def files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    (tmp_path / "documents").mkdir()
    return Desk(tmp_path, capsys)


def figures(claims: Sequence[Claim]) -> set[tuple[str, int | None, int | None]]:
    return {(str(claim.metric), claim.low, claim.high) for claim in claims}


STORY_FIGURES = {
    ("drones_intercepted", 63, 63),
    ("drones_launched", 76, 76),
    ("killed", 2, None),
}


def test_ledger_is_rebuilt_from_the_documents(desk: Desk) -> None:
    desk.story("a")
    desk.story("b", "2025-06-01T06:00+03:00")
    code, out, err = desk.run()
    assert code == 0
    assert out == f"2 documents, 6 claims in {desk.folder / 'claims'}\n"
    assert "could not" not in err
    claims = desk.folder / "claims"
    assert sorted(path.name for path in claims.iterdir()) == ["2025-05.csv", "2025-06.csv"]
    assert figures(load_ledger(claims)) == STORY_FIGURES


def test_ledger_is_a_function_of_the_documents(desk: Desk) -> None:
    for name in "ab":
        desk.story(name)
    desk.run()
    before = desk.files()
    desk.run()
    assert desk.files() == before
    (desk.folder / "claims" / "2025-05.csv").unlink()
    desk.run()
    assert desk.files() == before
    (desk.folder / "documents" / "b.md").unlink()
    desk.run()
    assert {claim.document_id for claim in load_ledger(desk.folder / "claims")} == {"a"}


def test_bad_document_is_told_and_the_rest_is_read(desk: Desk) -> None:
    desk.story("a")
    (desk.folder / "documents" / "b.md").write_text("no front matter", encoding="utf-8")
    code, out, err = desk.run()
    assert code == FAILED
    assert "1 documents, 3 claims" in out
    assert "b.md: no front matter; begin the file with" in err
    assert "1 could not be read; all else was." in err


def test_changed_text_keeps_no_claim_that_points_into_it(desk: Desk) -> None:
    path = desk.story("a")
    desk.run()
    path.write_text(path.read_text().replace("63", "64"), encoding="utf-8")
    code, _, err = desk.run()
    assert code == FAILED
    assert "a.md: the text changed since it was admitted" in err
    assert load_ledger(desk.folder / "claims") == ()


def breaking(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Have the grammar break on the text of one document."""
    true = batches.extract

    def extract(document: Document) -> tuple[Claim, ...]:
        if document.id == name:
            msg = "no such number"
            raise OverflowError(msg)
        return true(document)

    monkeypatch.setattr(batches, "extract", extract)


def test_text_that_breaks_the_grammar_costs_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [desk.story(name) for name in "abc"]
    breaking(monkeypatch, "b")
    code, out, err = desk.run()
    assert code == FAILED
    assert "3 documents, 6 claims" in out
    assert "b: the grammar broke on this text (OverflowError: no such number)" in err
    code, out, err = desk.run(*paths, "--format", "jsonl")
    assert code == FAILED
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", "c"]
    assert err.startswith("b: the grammar broke on this text")


def test_interrupted_rebuild_leaves_the_ledger_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.story("a")
    desk.run()
    desk.story("b")
    before = desk.files()

    def stop(_: Document) -> tuple[Claim, ...]:
        raise KeyboardInterrupt

    monkeypatch.setattr(batches, "extract", stop)
    code, _, err = desk.run()
    assert code == STOPPED
    assert "Stopped; the ledger is as it was." in err
    assert desk.files() == before


def test_no_documents_folder_is_told(desk: Desk) -> None:
    (desk.folder / "documents").rmdir()
    code, _, err = desk.run()
    assert code == FAILED
    assert "documents: there is no such folder; make it and put documents into it" in err
    assert not desk.files()


def test_no_data_folder_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", "/nowhere/at/all"]) == WRONG_USE
    assert "there is no data folder" in capsys.readouterr().err


def test_table_shows_each_claim(desk: Desk) -> None:
    code, out, _ = desk.run(desk.story("a"))
    assert code == 0
    head, *lines = out.splitlines()
    assert head == "a: 3 claims"
    assert [line.split()[0] for line in lines] == ["63", "76", "≥"]
    assert not (desk.folder / "claims").exists()


def test_explain_shows_words_span_and_rules(desk: Desk) -> None:
    path = desk.story("a")
    _, out, _ = desk.run(path, "--explain")
    text = path.read_text().split("---\n", 2)[2]
    at = text.index("63")
    assert f"63 drones_intercepted [{at}:{at + 2}]" in out
    assert "⟦63⟧ out of 76 Russian drones" in out
    assert out.count("rules: ") == 3


def test_csv_has_the_columns_of_the_ledger_once(desk: Desk) -> None:
    (desk.folder / "bad.txt").write_bytes(b"\xff")
    _, out, _ = desk.run(
        desk.folder / "bad.txt", desk.story("a"), desk.story("b"), "--format", "csv"
    )
    header, *rows = csv.reader(io.StringIO(out))
    assert tuple(header) == COLUMNS
    assert len(rows) == 6
    assert {row[COLUMNS.index("unverified")] for row in rows} == {"false"}


def test_csv_is_no_formula(desk: Desk) -> None:
    row = {"id": "=1+1", "lang": "en", "text": "5 drones were shot down."}
    path = desk.folder / "a.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    _, out, _ = desk.run(path, "--format", "csv")
    assert list(csv.reader(io.StringIO(out)))[1][1] == "'=1+1"


def test_jsonl_prints_a_line_a_document(desk: Desk) -> None:
    """Accuracy is measured on this: the fields, their names and their types stay."""
    rows = [
        {"id": "one", "lang": "en", "published": "2025-05-21", "title": "Night", "source": "Desk"},
        {"id": "none", "lang": "uk", "published": None, "title": "", "source": ""},
    ]
    texts = ["159 drones were shot down, including 53 over Oryol.", "Ранок у Сумах."]
    path = desk.folder / "a.jsonl"
    lines = [
        json.dumps({**row, "text": text}, ensure_ascii=False)
        for row, text in zip(rows, texts, strict=True)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    code, out, err = desk.run(path, "--format", "jsonl")
    assert (code, err) == (0, "")
    one, none = map(json.loads, out.splitlines())
    assert none == {"id": "none", "claims": []}
    assert list(one) == ["id", "claims"]
    whole, part = one["claims"]
    assert list(whole) == FIELDS
    assert (whole["low"], whole["part_of"], part["low"], part["part_of"]) == (159, None, 53, 0)
    assert (whole["place"], whole["admin1"], part["admin1"]) == (None, [], ["RU-ORL"])
    assert part["date_end"] == "2025-05-21"
    assert "Night\n\n159 drones"[whole["start"] : whole["end"]] == "159"
    assert whole["unverified"] is False


def test_one_bad_file_does_not_stop_the_rest(desk: Desk) -> None:
    bad = desk.folder / "bad.txt"
    bad.write_bytes("Збито".encode("cp1251"))
    empty = desk.folder / "empty.txt"
    empty.touch()
    code, out, err = desk.run(bad, empty, desk.folder / "missing.txt", desk.story("a"))
    assert code == FAILED
    assert out.startswith("a: 3 claims")
    first, second, third = err.splitlines()
    assert first.startswith("bad.txt: not UTF-8")
    assert second.startswith("empty.txt: the text is empty")
    assert third.endswith("missing.txt: cannot be read (No such file or directory); check the name")


def test_plain_text_without_a_date_is_read_and_told(desk: Desk) -> None:
    path = desk.folder / "note.txt"
    path.write_text("Air defences shot down 63 drones overnight.", encoding="utf-8")
    code, out, err = desk.run(path)
    assert code == FAILED
    assert "63  drones_intercepted   ?" in out
    assert err == "note.txt: no publication date, so no day is known; say --published DATE\n"
    code, out, err = desk.run(path, "--published", "2025-05-21")
    assert (code, err) == (0, "")
    assert "2025-05-21" in out


def test_review_lists_the_claims_to_look_at_again(desk: Desk) -> None:
    desk.story("a")
    code, out, err = desk.run("--review")
    claims = load_ledger(desk.folder / "claims")
    doubtful = [claim for claim in claims if claim.review]
    assert code == 0
    assert f"{len(doubtful)} of {len(claims)} claims to look at again" in out
    assert out.count("look again: ") == len(doubtful)
    assert "1 documents, 3 claims in" in err
    for claim in doubtful:
        assert claim.quote in out


def test_review_of_files_counts_the_reasons(desk: Desk) -> None:
    path = desk.folder / "note.txt"
    path.write_text("Air defences shot down 63 drones over Sumy.", encoding="utf-8")
    code, out, _ = desk.run(path, desk.story("a"), "--published", "2025-05-21", "--review")
    assert code == 0
    assert "look again: date from publication only" in out
    assert out.splitlines()[-1].split(maxsplit=1)[1] == "date from publication only"


def test_hostile_words_do_not_reach_the_terminal(desk: Desk) -> None:
    row = {"id": "x", "lang": "en", "text": "5 drones\u001b[2J were\u202e shot down."}
    path = desk.folder / "a.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    for options in (["--explain"], ["--review"], []):
        _, out, _ = desk.run(path, *options)
        assert "\u001b" not in out
        assert "\u202e" not in out
    (desk.folder / "documents" / "\u001b[2J.md").touch()
    _, _, err = desk.run()
    assert "no front matter" in err
    assert "\u001b" not in err


WRONG = [
    (["--explain"], "are for FILES; name some"),
    (["--format", "csv"], "are for FILES; name some"),
    (["a.md", "--explain", "--format", "csv"], "--explain and --review print words for people"),
    (["a.md", "--review", "--format", "jsonl"], "--explain and --review print words for people"),
    (["a.md", "--published", "yesterday"], "published 'yesterday' is not a date; write YYYY-MM-DD"),
    (["a.md", "--format", "xml"], "'xml' is not one of 'table', 'csv', 'jsonl'"),
    (["a.md", "--language", "de"], "'de' is not one of 'en', 'uk', 'ru'"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_use_says_what_is_right(desk: Desk, arguments: list[str], message: str) -> None:
    code, out, err = desk.run(*arguments)
    assert code == WRONG_USE
    assert message in err
    assert out == ""
