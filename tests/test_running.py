"""Every command ends alike: a line or two of what is wrong, nothing of it run, its exit code."""

import os
import runpy
import unicodedata
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tally import collecting, measure, reader
from tally.deciding import main as review
from tally.errors import ExchangeError, ParameterError, SettingsError
from tally.exchange import comparing, exporting, importing
from tally.render import command as render
from tally.render import copies
from tally.running import run, show
from tally.schedule import command as schedule
from tally.second import command as second
from tally.settings import DATA_VARIABLE

ROOT = Path(__file__).parent.parent
verify = runpy.run_path(str(ROOT / "scripts" / "verify.py"))["main"]
# What sets the title of a terminal, reorders words and cannot be shown at all.
HOSTILE = "\x1b[2J\x1b]0;owned\x07\u202ename\udcff"

Main = Callable[[list[str]], int]
MAINS: dict[str, tuple[Main, list[str]]] = {
    "collect": (collecting.main, ["story.txt"]),
    "extract": (reader.main, []),
    "score": (measure.main, []),
    "review": (review, ["--author", "desk"]),
    "import": (importing.main, []),
    "compare": (comparing.main, ["attacks"]),
    "export": (exporting.main, ["--to", "jsonl", "--out", "out"]),
    "render": (render.main, ["daily", "--day", "2025-05-21"]),
    "schedule": (schedule.main, ["status"]),
    "second_reader": (second.main, []),
}


def hidden(words: str) -> list[str]:
    return [sign for sign in words if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf")]


@pytest.mark.parametrize("name", MAINS)
def test_a_folder_of_data_that_is_not_there_is_wrong_use(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TALLY_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("TALLY_LLM_MODEL", "none")
    main, asked = MAINS[name]
    missing = f"none{HOSTILE}"
    order = ["--data", missing, *asked] if name == "schedule" else [*asked, "--data", missing]
    assert main(order) == 2
    told = capsys.readouterr()
    assert "none [2J ]0;owned [U+202E]name" in told.err
    assert hidden(told.out + told.err) == []


ALL = {name: main for name, (main, _) in MAINS.items()} | {"charts": copies.main, "verify": verify}


@pytest.mark.parametrize("name", ALL)
def test_an_option_that_is_not_there_is_shown_and_never_run(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ALL[name]([f"--{HOSTILE}"]) == 2
    told = capsys.readouterr()
    assert "owned" in told.err
    assert hidden(told.out + told.err) == []


FILES = {
    "collect": (collecting.main, ["{}", "--data", "data"], 1),
    "extract": (reader.main, ["{}"], 1),
    "score": (measure.main, ["--gold", "{}.jsonl"], 1),
    "charts": (copies.main, ["{}"], 2),
    "verify": (verify, ["{}"], 2),
    "import": (importing.main, ["{}", "--as", "a", "--data", "data"], 1),
    "export": (exporting.main, ["--to", "jsonl", "--out", "{}/out", "--data", "data"], 2),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_there_is_shown_and_never_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main, asked, code = FILES[name]
    monkeypatch.chdir(tmp_path)
    for folder in ("documents", "claims"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    assert main([word.replace("{}", HOSTILE) for word in asked]) == code
    told = capsys.readouterr()
    assert "owned" in told.err
    assert hidden(told.out + told.err) == []


ENDS: list[tuple[BaseException, int, str]] = [
    (KeyboardInterrupt(), 130, "Stopped; all is whole.\n"),
    (click.Abort(), 130, "Stopped; all is whole.\n"),
    (
        ExchangeError(f"{HOSTILE}: bad\n  mend it"),
        1,
        " [2J ]0;owned [U+202E]name : bad\n  mend it\n",
    ),
    (SettingsError("no such folder"), 2, "no such folder\n"),
    (ParameterError("no such day"), 2, "no such day\n"),
    (OSError(28, "No space left", f"x{HOSTILE}"), 1, "(No space left); all is whole.\n"),
    (OSError("odd"), 1, "odd; all is whole.\n"),
    (click.UsageError(f"wrong {HOSTILE}"), 2, "Error: wrong  [2J ]0;owned [U+202E]name \n"),
]


@pytest.mark.parametrize(("error", "code", "said"), ENDS, ids=lambda one: type(one).__name__)
def test_what_goes_wrong_has_its_exit_code_and_its_words(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def command() -> None:
        os.environ[DATA_VARIABLE] = "elsewhere"
        raise error

    before = os.environ.get(DATA_VARIABLE)
    assert run(command, "some.py", [], "all is whole") == code
    told = capsys.readouterr()
    assert told.err.endswith(said)
    assert told.out == ""
    assert hidden(told.err) == []
    assert os.environ.get(DATA_VARIABLE) == before


def test_a_command_has_its_own_code_for_what_fails(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def command() -> None:
        msg = "not to be read"
        raise ExchangeError(msg)

    assert run(command, "some.py", [], failed=2) == 2
    assert capsys.readouterr().err == "not to be read\n"


def test_stopped_with_nothing_to_add_is_one_word(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def command() -> None:
        raise KeyboardInterrupt

    assert run(command, "some.py", []) == 130
    assert capsys.readouterr().err.strip() == "Stopped."


def test_what_is_told_has_nothing_hidden_in_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    show(f"one {HOSTILE}\n  two")
    assert capsys.readouterr().out == "one  [2J ]0;owned [U+202E]name \n  two\n"
