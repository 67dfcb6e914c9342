"""The review in the terminal: what it shows, what it writes, and what it refuses."""

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tally.deciding import command, main
from tally.ledger import load_ledger, save_ledger
from tally.model import Claim, Metric, Ruling
from tally.reconcile import reconcile
from tally.rulings import as_toml, judge, load_rulings, naming

TEXT = "Officials of Sumy said 3 people were hurt in Sumy on 21 May."
ONE = Claim(
    id="three", document_id="2025-05-21-a", lang="en", metric=Metric.INJURED, low=3, high=3,
    hedge="exact", aggregation="period", attacker="Russia", claimant="Sumy police",
    claimant_side="Ukraine", place="Sumy", admin1=("UA-59",), period_start=dt.date(2025, 5, 21),
    period_end=dt.date(2025, 5, 21), window="", as_of="", published="2025-05-21", victims="",
    weapon="", mode="", part_of="", unverified=False, quote="3 people were hurt",
    start=TEXT.index("3"), end=TEXT.index("3") + 1, rule="by hand",
)  # fmt: skip
OTHER = replace(ONE, id="two", document_id="2025-05-22-b", low=2, high=2, published="2025-05-22",
                claimant="Sumy prosecutors", quote="2 people were hurt")  # fmt: skip
DOUBTED = replace(ONE, id="doubt", document_id="2025-05-23-c", metric=Metric.KILLED, low=1,
                  high=1, published="2025-05-23", quote="1 people were hurt",
                  review="day guessed")  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    for one in (ONE, OTHER, DOUBTED):
        head = f"id: {one.document_id}\npublisher: A\nurl: https://example.org/a\n"
        text = TEXT.replace("3", str(one.low))
        head += f"published: {one.published}\nlanguage: en\ndigest: true"
        (documents / f"{one.document_id}.md").write_text(f"---\n{head}\n---\n{text}\n")
    save_ledger((ONE, OTHER, DOUBTED), tmp_path / "claims")
    return tmp_path


def review(folder: Path, *answers: str, options: tuple[str, ...] = ()) -> Result:
    arguments = ["--data", str(folder), "--author", "desk", *options]
    given = "".join(f"{answer}\n" for answer in answers)
    return CliRunner().invoke(command, arguments, input=given, standalone_mode=False)


def written(folder: Path) -> tuple[Ruling, ...]:
    return load_rulings(folder / "rulings.toml")


def test_list_shows_what_there_is_and_writes_nothing(folder: Path) -> None:
    shown = review(folder, options=("--list",)).output
    assert (
        "Claims that contradict each other: Sumy prosecutors' figure of 2 injured in Sumy "
        "(2025-05-22-b)" in shown
    )
    assert "“2 people were hurt”" in shown
    assert "2025-05-23-c: day guessed" in shown
    assert not written(folder)


def test_reject_is_written_and_takes_the_claim_out(folder: Path) -> None:
    shown = review(folder, "r", "1", "counts another street", "").output
    assert "1 ruling written" in shown
    (ruling,) = written(folder)
    assert (ruling.decision, ruling.reason, ruling.author) == (
        "reject",
        "counts another street",
        "desk",
    )
    assert reconcile(load_ledger(folder / "claims"), written(folder), None).rejected == {"two"}


def test_accept_settles_the_question_and_it_is_not_asked_again(folder: Path) -> None:
    review(folder, "a 2", "the police were there", "")
    result = reconcile(load_ledger(folder / "claims"), written(folder), None)
    (hurt,) = (e for e in result.estimates if e.metric == Metric.INJURED)
    assert (hurt.low, hurt.high) == (3, 3)
    assert "contradict" not in review(folder, options=("--list",)).output
    assert "contradict" in review(folder, options=("--list", "--again")).output


def test_correction_sets_fields(folder: Path) -> None:
    review(folder, "", "c", "low=4 high=4 place='Bilopillia town'", "the page says four", "")
    (ruling,) = written(folder)
    assert dict(ruling.values) == {"low": "4", "high": "4", "place": "Bilopillia town"}
    assert "review" not in {name for name, _ in ruling.match}


def test_different_incident_names_the_claims_together(folder: Path) -> None:
    review(folder, "d", "two streets", "")
    (ruling,) = written(folder)
    assert dict(ruling.match)["document"] == "2025-05-21-a 2025-05-22-b"
    assert "low" not in dict(ruling.match)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ("low=many high=4", "'many' is not a whole number"),
        ("colour=red", "'colour=red' sets no field; write FIELD=VALUE"),
        ("low=9", "sets low 9 above high"),
        ("place='open", "No closing quotation"),
    ],
)
def test_bad_correction_is_told_and_not_written(folder: Path, values: str, message: str) -> None:
    result = review(folder, "", "c", values, "why not", "q")
    assert message in result.output
    assert not written(folder)


def test_unknown_answer_is_told_and_asked_again(folder: Path) -> None:
    assert "x is none of these" in review(folder, "x", "q").output


BACK = [("r", ""), ("r", "1", "  "), ("r", "1", ""), ("", "c", ""), ("", "c", "low=4 high=4", "")]


@pytest.mark.parametrize("answers", BACK, ids=str)
def test_blank_answer_goes_back_and_writes_nothing(folder: Path, answers: tuple[str, ...]) -> None:
    assert "you went back" in review(folder, *answers, "q").output
    assert not written(folder)


def test_figure_that_is_not_there_is_told_and_asked_again(folder: Path) -> None:
    shown = review(folder, "r", "3", "r one", "r 2", "not this street", "q").output
    assert "there is no figure '3' here" in shown
    assert "there is no figure 'one' here" in shown
    assert len(written(folder)) == 1


def test_help_says_what_each_answer_does(folder: Path) -> None:
    first, second = review(folder, "?", "", "?", "s", "q").output.split("2025-05-23-c: day guessed")
    assert "reject: this figure is counted nowhere" in first
    assert "same: these figures tell of one event" in first
    assert "s is none of these" in second


def test_question_shows_the_day_and_fits_80_columns(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = review(folder, "?", "", "c", "", "q").output
    assert "about 2025-05-21, published 2025-05-22" in " ".join(shown.split())
    assert "Published 2025-05-23. About 2025-05-21." in shown
    lines = [line for line in shown.splitlines() if str(folder) not in line]
    assert max(map(len, lines)) <= 80


def test_question_that_a_ruling_of_this_walk_settles_is_not_asked(folder: Path) -> None:
    claims = (ONE, replace(OTHER, review="day guessed"), DOUBTED)
    save_ledger(claims, folder / "claims")
    assert "2025-05-22-b: day guessed" in review(folder, "", "", "").output
    shown = review(folder, "r 1", "another street", "q").output
    assert "2025-05-22-b: day guessed" not in shown
    assert "2025-05-23-c: day guessed" in shown
    assert "1 ruling written" in shown


def test_walk_is_applied_at_the_next_run(folder: Path) -> None:
    review(folder, "a 1", "the later count", "c", "period_end=2025-05-22", "read again")
    assert "Nothing is left to decide" in review(folder).output
    rulings = written(folder)
    assert [ruling.decision for ruling in rulings] == ["accept", "correct"]
    result = reconcile(load_ledger(folder / "claims"), rulings, None)
    assert {str(c.period_end) for c in result.claims if c.id == "doubt"} == {"2025-05-22"}


@pytest.mark.parametrize("given", ["", "r\n", "r\n1\n", "r\n1\nanother street\n", "?\n"])
def test_end_of_input_stops_anywhere_and_keeps_what_is_written(
    folder: Path,
    given: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(given))
    assert main(["--data", str(folder), "--author", "desk"]) == 130
    told = capsys.readouterr()
    number = given.count("another street")
    assert f"{number} ruling{'s' * (number != 1)} written" in told.out
    assert "Stopped." in told.err
    assert len(written(folder)) == number


def test_what_was_decided_before_stopping_is_kept(folder: Path) -> None:
    review(folder, "r 1", "first", "q")
    review(folder, "r", "first", "q", options=("--check", "review"))
    assert len(written(folder)) == 2
    text = (folder / "rulings.toml").read_text()
    assert text.startswith("[[ruling]]")
    assert "\n\n[[ruling]]" in text


def test_folder_that_is_not_there_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(folder / "nowhere")]) == 2
    assert "there is no data folder" in capsys.readouterr().err


def test_input_that_ends_is_a_clean_stop(folder: Path) -> None:
    result = CliRunner().invoke(command, ["--data", str(folder), "--author", "desk"], input="")
    assert result.exit_code == 1
    assert "Aborted" in result.output
    assert not written(folder)


def test_check_that_finds_nothing_lists_those_that_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(folder), "--check", "tolls"]) == 1
    assert "there is contradictions, review" in capsys.readouterr().err


def test_words_of_a_document_cannot_steer_the_terminal(folder: Path) -> None:
    save_ledger([replace(DOUBTED, quote="\x1b[2Jhurt")], folder / "claims")
    shown = review(folder, options=("--list",)).output
    assert "\x1b" not in shown
    assert "[2Jhurt" in shown


UNDATED = "date from publication only"
CARRIED = "attribution carried over from an earlier sentence"


@pytest.fixture
def shared(folder: Path) -> Path:
    """Hold a document whose three figures have the day of publication, one a carried speaker."""
    first = replace(ONE, review=UNDATED)
    second = replace(
        ONE, id="vsecond", place="Romny", low=5, high=5, review=f"{UNDATED}; {CARRIED}"
    )
    third = replace(second, id="wthird", place="Konotop", low=7, high=7, review=UNDATED)
    save_ledger((first, second, third), folder / "claims")
    return folder


def listed(folder: Path) -> str:
    return review(folder, options=("--list",)).output


def test_reason_that_figures_of_a_document_share_is_one_question_the_harder_first(
    shared: Path,
) -> None:
    shown = listed(shared)
    assert shown.count(f"2025-05-21-a: {UNDATED}") == 1
    assert shown.index(CARRIED) < shown.index(UNDATED)


def test_right_confirms_all_and_changes_no_figure(shared: Path) -> None:
    before = reconcile(load_ledger(shared / "claims"), (), None)
    review(shared, "y", "y")
    rulings = written(shared)
    assert {ruling.decision for ruling in rulings} == {"correct"}
    assert [dict(ruling.match)["low"] for ruling in rulings] == ["5", "3", "5", "7"]
    assert reconcile(load_ledger(shared / "claims"), rulings, None) == before
    assert "Nothing is left" in listed(shared)


def test_figure_that_is_read_later_was_not_confirmed(shared: Path) -> None:
    review(shared, "y", "y")
    later = replace(ONE, id="xlater", place="Shostka", low=9, high=9, review=UNDATED)
    save_ledger((*load_ledger(shared / "claims"), later), shared / "claims")
    shown = listed(shared)
    assert "9 injured in Shostka" in shown
    assert "Romny" not in shown


def test_who_confirms_the_speaker_is_asked_about_the_day(shared: Path) -> None:
    review(shared, "y", "q")
    shown = listed(shared)
    assert CARRIED not in shown
    assert "injured in Romny" in shown


@pytest.mark.parametrize("answer", ["y 2-3", "y 2,3", "y vsecond wthird", "y2 3"])
def test_part_of_a_question_that_was_answered_does_not_come_again(
    shared: Path, answer: str
) -> None:
    shown = review(shared, "", answer, "q").output
    assert "2 questions left, about 2 figures" in shown.split("written to")[1]
    left = listed(shared)
    assert "3 injured in Sumy" in left
    assert "Konotop" not in left


@pytest.mark.parametrize("answer", ["y 4", "y 0", "y 3-2", "y thre wth", "yes", "y1x"])
def test_figures_that_are_not_there_are_told(shared: Path, answer: str) -> None:
    review(shared, answer, "q")
    assert not written(shared)


def test_undo_takes_the_last_answer_back_and_asks_again(shared: Path) -> None:
    shown = review(shared, "u", "y", "y 1", "u", "u", "q").output
    assert "no answer of this walk" in shown
    assert shown.count("Taken back") == 2
    assert not (shared / "rulings.toml").exists()
    assert "0 rulings written" in shown


def test_confirmed_figures_of_a_finding_are_not_asked_again(folder: Path) -> None:
    review(folder, "y", "q")
    assert "contradict" not in listed(folder)
    result = reconcile(load_ledger(folder / "claims"), written(folder), None)
    assert any(finding.check == "contradictions" for finding in result.findings)


def test_confirmed_day_settles_no_contradiction(folder: Path) -> None:
    save_ledger((replace(ONE, review=UNDATED), replace(OTHER, review=UNDATED)), folder / "claims")
    review(folder, "", "y", "y")
    assert len(written(folder)) == 2
    assert "contradict" in listed(folder)


def test_it_asks_in_ukrainian_with_the_keys_of_that_keyboard(shared: Path) -> None:
    shown = review(shared, "н", "й", options=("--language", "uk")).output
    assert "залишилося 2 питання" in shown
    assert len(written(shared)) == 1


def test_nothing_to_decide_says_so(folder: Path) -> None:
    save_ledger([ONE], folder / "claims")
    assert "Nothing is left to decide" in review(folder).output


def test_ruling_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    ruling = Ruling(
        "correct",
        (("document", "a b"), ("metric", "injured"), ("low", "4"), ("high", "")),
        'says "four"\\ \x7f',
        "бюро",
        dt.date(2025, 6, 1),
        (("place", 'Sumy "city"'), ("admin1", "UA-59;UA-63")),
    )
    path = tmp_path / "rulings.toml"
    path.write_text(as_toml(ruling), encoding="utf-8")
    (held,) = load_rulings(path)
    assert held == replace(ruling, match=held.match)
    assert set(held.match) == set(ruling.match)
    assert "low = 4\n" in as_toml(ruling)


def test_fields_that_name_a_claim_name_no_other() -> None:
    twin = replace(ONE, id="twin", place="Romny")
    same = replace(ONE, id="same", start=ONE.start + 9)
    for one in (ONE, twin, same):
        match = naming(one, (ONE, twin, same))
        ruling = Ruling("reject", match, "why", "desk", dt.date(2025, 6, 1))
        assert set(judge((ONE, twin, same), [ruling]).rejected) == {one.id}
