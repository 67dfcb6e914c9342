"""Scoring: what counts as right, and what a change gained and lost."""

import importlib.util
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from tally.documents import read_jsonl
from tally.errors import ScoreError
from tally.gains import KINDS, as_report, changes, read_with, unpacked
from tally.labels import Label, Labelled, load_labelled, parse_label
from tally.measure import labels_of, main
from tally.model import Document
from tally.score import ALL, ALSO, WHOLE, as_lines, distinct, errors, match, score

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold"
needs_gold = pytest.mark.skipif(
    not (GOLD / "score.py").exists(), reason="../shared/gold, the labelled documents, is not here"
)

ONE = Label(
    metric="drones_intercepted",
    low=63,
    high=63,
    hedge="exact",
    aggregation="period",
    attacker="Russia",
    claimant="Ukrainian Air Force",
    claimant_side="Ukraine",
    place="",
    admin1=(),
    date_start="2025-05-21",
    date_end="2025-05-21",
    window="",
    victims="",
    is_part=False,
    unverified=False,
    quote="63 drones shot down",
    rule="<number>",
)
SUMY = replace(
    ONE, metric="killed", low=2, high=2, place="Sumy", admin1=("UA-59",), quote="two dead"
)
ORYOL = replace(ONE, low=53, high=53, attacker="Ukraine", admin1=("RU-ORL",), is_part=True)


def document(*labels: Label, id: str = "a") -> Labelled:
    return Labelled(id, "en", "wire", "2025-05-21", labels)


@pytest.mark.parametrize(
    ("row", "scored"),
    [
        ({"metric": "killed", "low": 5, "high": None}, True),
        ({"metric": "killed", "low": None, "high": 12}, True),
        ({"metric": "killed", "low": 0, "high": 0}, False),
        ({"metric": "killed", "low": None, "high": None}, False),
        ({"metric": "killed"}, False),
        ({"metric": "clashes", "low": 140, "high": 140}, False),
    ],
)
def test_zeros_vague_figures_and_other_metrics_are_not_scored(
    row: dict[str, object], scored: bool
) -> None:
    assert (parse_label(row) is not None) == scored


def test_a_row_without_a_window_is_not_compared_in_it() -> None:
    told = {"metric": "killed", "low": 1, "high": 1, "admin1": ["UA-63", "UA-59"]}
    unlabelled = parse_label(told)
    assert unlabelled is not None
    assert unlabelled.window is None
    assert unlabelled.admin1 == ("UA-59", "UA-63")
    silent = parse_label({**told, "window": None})
    assert silent is not None
    assert silent.window == ""


@pytest.mark.parametrize(
    ("other", "paired"),
    [
        (replace(ONE, claimant_side="Russia", admin1=("UA-59",)), True),
        (replace(ONE, low=63, high=None, hedge="at_least"), False),
        (replace(ONE, metric="drones_lost"), False),
        (replace(ONE, low=36, high=36), False),
    ],
)
def test_a_claim_is_found_by_metric_and_figure_alone(other: Label, paired: bool) -> None:
    assert bool(match([ONE], [other]).pairs) == paired


def test_among_equal_figures_those_that_agree_most_are_paired() -> None:
    kursk = replace(ORYOL, admin1=("RU-KRS",))
    found = match([ORYOL, kursk], [kursk, ORYOL])
    assert found.pairs == ((ORYOL, ORYOL), (kursk, kursk))
    assert match([ORYOL], [kursk, ORYOL]).invented == (kursk,)


def test_one_prediction_meets_only_one_label() -> None:
    assert match([ONE, replace(ONE, place="Kyiv")], [ONE]).missed == (replace(ONE, place="Kyiv"),)


def test_repetitions_count_once_and_another_place_is_no_repetition() -> None:
    again = replace(ONE, quote="63", claimant="", hedge="about")
    assert distinct([ONE, again, ORYOL, replace(ORYOL, admin1=("RU-KRS",))]) == [
        *(ONE, ORYOL),
        replace(ORYOL, admin1=("RU-KRS",)),
    ]


def test_a_figure_that_the_labels_hold_twice_may_be_found_twice() -> None:
    bucha = replace(SUMY, low=1, high=1, place="Bucha district", admin1=("UA-32",))
    fastiv = replace(bucha, place="Fastiv district")
    assert distinct([bucha, fastiv, fastiv], [bucha, fastiv]) == [bucha, fastiv]
    assert distinct([bucha, fastiv], [bucha]) == [bucha]
    total = score([document(bucha, fastiv)], {"a": [bucha, fastiv]})
    assert (total.perfect, total.equal) == (1, 2)


def test_the_counts_of_a_mixed_bag() -> None:
    gold = [document(ONE, SUMY, ORYOL), document(SUMY, id="b"), document(id="c")]
    predicted = {
        "a": [ONE, replace(SUMY, admin1=(), place="Konotop")],
        "b": [SUMY],
        "c": [ONE],
        "unasked": [ONE],
    }
    total = score(gold, predicted)
    assert (total.documents, total.gold, total.predicted) == (3, 4, 4)
    assert (total.figures, total.whole, total.equal, total.perfect) == (3, 2, 2, 1)
    assert total.fields["admin1"] == (2, 3)
    assert total.fields["place"] == (2, 3)
    assert "figure P 0.750 R 0.750 F1 0.750   whole P 0.500" in as_lines("all", total)


def test_a_day_nobody_can_tell_is_not_held_against_a_claim() -> None:
    total = score([document(replace(ONE, date_end=""))], {"a": [ONE]})
    assert total.fields["date_end"] == (0, 0)
    assert total.equal == 1


def test_nothing_asked_and_nothing_found_is_right() -> None:
    total = score([document()], {})
    assert (total.perfect, total.documents) == (1, 1)
    assert "F1 1.000" in as_lines("all", total)


@pytest.mark.parametrize("name", ALL)
def test_every_field_that_differs_is_shown(name: str) -> None:
    changed: dict[str, object] = {"is_part": True, "unverified": True, "admin1": ("UA-59",)}
    other = replace(ONE, **{name: changed.get(name, "another")})  # type: ignore[arg-type]
    assert [name in line for line in errors(document(ONE), [other], ALL)] == [True]
    assert errors(document(ONE), [ONE], ALL) == []


def test_missed_and_invented_are_shown_with_words_and_rule() -> None:
    lines = errors(document(SUMY), [ONE], WHOLE)
    assert lines == [
        "  missed    killed 2 UA-59 | two dead",
        "  invented  drones_intercepted 63 – | 63 drones shot down | <number>",
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.jsonl", "{", "a.jsonl:1: not a line"),
        ("a.jsonl", '{"id": "x"}', "no 'claims'"),
        ("a.jsonl", "[]", "a.jsonl:1"),
        ("a.jsonl", '{"id": "x", "claims": [{}]}', "no 'metric'"),
        ("a.jsonl", '{"id": "x", "claims": []}\n{"id": "x", "claims": []}', "x stands twice"),
        ("a.csv", "document_id,metric,low\nx,killed,two\n", "a.csv:2"),
    ],
)
def test_a_broken_labelled_set_is_named_by_its_line(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(ScoreError, match=said.replace("[", r"\[")):
        load_labelled(path)


def test_the_golden_file_of_the_corpus_is_read_in_full() -> None:
    golden = load_labelled(ROOT / "tests" / "golden" / "example_claims.csv")
    lines = (ROOT / "tests" / "golden" / "example_claims.csv").read_text("utf-8").splitlines()
    assert sum(len(document.labels) for document in golden.values()) == len(lines) - 1


def judge() -> ModuleType:
    """Load the score.py that lies beside the labelled documents."""
    spec = importlib.util.spec_from_file_location("judge", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_gold
def test_our_numbers_are_those_of_the_script_beside_the_gold_sets(tmp_path: Path) -> None:
    theirs, total = judge(), 0
    for path in sorted(GOLD.glob("dev_*.gold.jsonl")):
        predicted = tmp_path / path.name
        documents = path.with_name(path.name.replace(".gold.", ".docs."))
        found = {d.id: labels_of(d) for d in read_jsonl(documents) if isinstance(d, Document)}
        with predicted.open("w", encoding="utf-8") as out:
            for id, labels in found.items():
                out.write(
                    json.dumps({"id": id, "claims": [as_claim(each) for each in labels]}) + "\n"
                )
        gold, _ = theirs.read(path)
        count, fields = theirs.tally(gold, theirs.read(predicted)[0], gold)
        ours = score(load_labelled(path).values(), found)
        names = ("documents", "gold", "predicted", "figures", "whole", "perfect")
        assert [getattr(ours, name) for name in names] == [count[name] for name in names]
        assert {name: list(ours.fields[name]) for name in (*WHOLE, *ALSO)} == {
            name: fields[name] for name in (*WHOLE, *ALSO)
        }
        total += ours.gold
    assert total == 219


def as_claim(label: Label) -> dict[str, object]:
    """Return a label as the line of a prediction: silence is null, a part points at a claim."""
    names = (
        "metric",
        "low",
        "high",
        "hedge",
        "aggregation",
        "claimant_side",
        "unverified",
        "quote",
    )
    row: dict[str, object] = {name: getattr(label, name) for name in names}
    for name in ("attacker", "date_end", "victims"):
        row[name] = getattr(label, name) or None
    return {**row, "admin1": list(label.admin1), "part_of": 0 if label.is_part else None}


def test_what_a_change_gained_and_lost() -> None:
    wrong = replace(SUMY, admin1=("UA-63",), rule="place carried")
    before = {"a": [ONE, wrong], "b": [ORYOL]}
    after = {"a": [SUMY], "b": [ORYOL, ONE]}
    found = changes([document(ONE, SUMY), document(ORYOL, id="b")], before, after)
    assert [(change.kind, change.document_id, change.label, change.why) for change in found] == [
        ("right lost", "a", ONE, ""),
        ("wrong gained", "b", ONE, "invented"),
        ("right gained", "a", SUMY, ""),
        ("wrong removed", "a", wrong, "wrong admin1"),
    ]


def test_a_claim_that_only_changed_its_rule_is_no_change() -> None:
    again = replace(ONE, rule="another rule", quote="63")
    assert changes([document(ONE)], {"a": [ONE]}, {"a": [again]}) == []
    invented = replace(SUMY, rule="another rule")
    assert changes([document()], {"a": [SUMY]}, {"a": [invented]}) == []


def test_a_wrong_claim_that_comes_twice_is_gained_once_more() -> None:
    twice = [SUMY, replace(SUMY, hedge="about", admin1=("UA-63",))]
    found = changes([document()], {"a": [SUMY]}, {"a": twice})
    assert [change.kind for change in found] == ["wrong gained"]


def test_the_report_names_the_rules_and_counts_each_kind() -> None:
    text = as_report("corpus, HEAD -> working tree", [document(ONE)], {"a": []}, {"a": [ONE, SUMY]})
    assert "figures F1 0.000 -> 0.667" in text
    assert "right lost 0, wrong gained 1, right gained 1, wrong removed 0" in text
    assert "a  killed 2 UA-59 | two dead | invented | <number>" in text
    assert all(kind in text for kind in KINDS)


PRINTS = """
import json, os, sys
figure = {"metric": "killed", "low": len(sys.argv), "high": len(sys.argv), "quote": "é"}
assert "TALLY_DATA" not in os.environ
print(json.dumps({"id": "a", "claims": [figure]}, ensure_ascii=False))
"""


def repository(folder: Path, files: dict[str, str]) -> Path:
    """Make a git repository with one commit that holds the files."""
    for name, text in {"README.md": "", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "One"]):
        subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)
    return folder


def test_a_revision_reads_with_its_own_extractor_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLY_DATA", str(tmp_path))
    root = repository(tmp_path / "root", {"scripts/extract.py": PRINTS})
    (root / "scripts" / "extract.py").write_text("raise SystemExit('the working tree')", "utf-8")
    with unpacked("HEAD", root) as tree:
        labels = read_with(tree, [tmp_path / "one.md", tmp_path / "two.md"])
    assert [(label.low, label.quote) for label in labels["a"]] == [(5, "é")]
    assert not tree.exists()
    listed = ["git", "-C", str(root), "worktree", "list"]
    assert (
        subprocess.run(listed, capture_output=True, text=True, check=True).stdout.count("\n") == 1
    )


def test_a_revision_finds_documents_named_from_where_the_user_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = """
import json, pathlib, sys
for name in sys.argv[3:]:
    text = pathlib.Path(name).read_text("utf-8")
    print(json.dumps({"id": text, "claims": []}))
"""
    root = repository(tmp_path / "root", {"scripts/extract.py": reads})
    (tmp_path / "one.md").write_text("read", "utf-8")
    monkeypatch.chdir(tmp_path)
    with unpacked("HEAD", root) as tree:
        assert read_with(tree, [Path("one.md")]) == {"read": ()}


def test_the_files_of_a_revision_are_gone_after_a_failure_too(tmp_path: Path) -> None:
    root = repository(tmp_path, {"scripts/extract.py": "1 / 0"})
    with (
        pytest.raises(ScoreError, match="broke off: ZeroDivisionError"),
        unpacked("HEAD", root) as tree,
    ):
        read_with(tree, [])
    assert not tree.exists()


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD~1", ""])
def test_an_unknown_revision_is_said_clearly(tmp_path: Path, revision: str) -> None:
    root = repository(tmp_path, {"scripts/extract.py": PRINTS})
    with (
        pytest.raises(ScoreError, match=r"has no revision .* shallow clone"),
        unpacked(revision, root),
    ):
        pass


def test_a_revision_without_an_extractor_is_said_clearly(tmp_path: Path) -> None:
    with (
        pytest.raises(ScoreError, match=r"HEAD has no scripts/extract\.py yet"),
        unpacked("HEAD", repository(tmp_path, {})),
    ):
        pass


def test_a_folder_that_git_does_not_know_is_said_clearly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ScoreError, match="not a git repository"), unpacked("HEAD", tmp_path):
        pass


def test_without_git_the_error_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    with pytest.raises(ScoreError, match="git is not installed"), unpacked("HEAD", tmp_path):
        pass


STORY = """---
id: night
publisher: Example
url: https://example.org/night
published: 2025-05-21
language: en
---
# Night

Ukraine's Air Force said on 21 May that it had shot down 63 Russian drones.
"""


@pytest.fixture
def labelled(tmp_path: Path) -> list[str]:
    """Write one document and its labelled set; return the arguments that score it."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "night.md").write_text(STORY, "utf-8")
    claim = {"metric": "drones_intercepted", "low": 63, "high": 63, "attacker": "Russia"}
    line = {"id": "night", "claims": [{**claim, "claimant_side": "Ukraine", "admin1": []}]}
    gold = tmp_path / "night.jsonl"
    gold.write_text(json.dumps(line) + "\n", "utf-8")
    return ["--gold", str(gold), "--documents", str(tmp_path / "documents")]


def test_the_command_scores_a_labelled_set(
    labelled: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*labelled, "--by", "lang"]) == 0
    out = capsys.readouterr().out
    assert "whole P 1.000 R 1.000 F1 1.000   documents all right 1.000" in out
    assert out.splitlines()[3].startswith("en ")


def test_a_labelled_document_that_is_not_there_is_told(
    labelled: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    gold = Path(labelled[1])
    gold.write_text(gold.read_text("utf-8") + '{"id": "other", "claims": []}\n', "utf-8")
    assert main(labelled) == 1
    assert "1 labelled documents were not found" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--gold", "nowhere.jsonl", "--documents", "."], 1, "cannot be read"),
        (["--gold", "nowhere.gold.jsonl"], 1, "--documents FILE"),
        (["--documents", "."], 2, "--documents needs --gold"),
        (["--by", "weather"], 2, "'lang', 'kind'"),
        (["--errors", "-1"], 2, "--errors"),
    ],
)
def test_wrong_use_is_told(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    assert said in capsys.readouterr().err


def test_errors_are_shown_up_to_the_number_asked_for(
    labelled: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    gold = Path(labelled[1])
    gold.write_text(gold.read_text("utf-8").replace("63", "36"), "utf-8")
    main(labelled)
    assert "missed" not in capsys.readouterr().out
    main([*labelled, "--errors", "1"])
    assert "missed    drones_intercepted 36" in capsys.readouterr().out
