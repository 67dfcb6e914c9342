"""README.md: what it names is there, and its signs are those of a briefing."""

import re
import tomllib
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

from tally.evidence import Count
from tally.measure import command as score
from tally.model import Hedge
from tally.reader import command as extract
from tally.render.command import _group as render_group
from tally.settings import load_briefings
from tally.wording import sign, words

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
MADE = ("reports/daily/", "mine/")
COMMANDS: dict[str, click.Command] = {"extract.py": extract, "score.py": score}
COMMANDS |= {"render.py": render_group(load_briefings()).commands["daily"]}


def code(text: str) -> list[str]:
    """Return what is set as code, in the line and in blocks."""
    blocks = re.findall(r"^    (.+)$", text, re.M)
    return re.findall(r"`([^`\n]+)`", text) + blocks


def options(command: click.Command) -> set[str]:
    return {
        name
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
    }


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", MAKEFILE, re.M)) - {"force"}


def test_every_path_that_is_named_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    tree = re.findall(r"^    ((?:tally|data|notebooks|scripts|tests|reports)/\S*)", README, re.M)
    named = [word for word in code(README) if re.fullmatch(r"\.?[\w.-]+/[\w./-]*", word)]
    assert len(tree) > 15
    for name in {*links, *tree, *named}:
        there = any((base / name).exists() for base in (ROOT, ROOT / "data"))
        assert there or name.startswith(MADE), name


def test_every_script_and_notebook_is_there() -> None:
    for name in re.findall(r"(?:scripts|notebooks)/[\w.]+", README):
        assert (ROOT / name).exists(), name


def test_every_target_of_make_is_named_and_no_other() -> None:
    named = {name for text in code(README) for name in re.findall(r"make ([a-z]+)", text)}
    assert named == targets()
    helped = set(re.findall(r"@echo 'make ([a-z]+) ", MAKEFILE))
    assert helped == targets() - {"help"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    found = re.search(rf"^### scripts/{re.escape(name)}$(.*?)^##", README, re.M | re.S)
    assert found
    explained = {word for word in code(found[1]) if word.startswith("--")}
    assert options(COMMANDS[name]) - {"--help"} == explained


def test_every_option_that_is_mentioned_exists() -> None:
    known = set().union(*map(options, COMMANDS.values()))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter


def test_the_test_command_is_what_is_run_before_a_change_is_taken() -> None:
    shown = README[README.index("## Two commands") :]
    assert re.search(r"^    make test +# runs the tests$", shown, re.M)
    checks = re.findall(r"^check '[^']+' (.+)$", CI, re.M)
    assert checks[:3] == ["make lint", "make types", "make test"]


COUNTS: list[tuple[int | None, int | None, Hedge]] = [
    (63, 63, "exact"),
    (23, None, "at_least"),
    (300, None, "more_than"),
    (None, 70, "at_most"),
    (None, 12, "less_than"),
    (30, 30, "about"),
    (23, 24, "range"),
    (0, 0, "exact"),
]


@pytest.mark.parametrize(("low", "high", "hedge"), COUNTS)
def test_signs_and_words_are_those_of_a_briefing(
    low: int | None, high: int | None, hedge: Hedge
) -> None:
    count = Count(low, high, hedge)
    assert f"\n| {sign(count)} | {words(count)} | " in README


def test_a_number_nobody_gave_is_explained() -> None:
    assert f"\n| {sign(None)} | | nobody gave a number. It is not zero |" in README


def test_changes_are_dated() -> None:
    days = re.findall(r"^## (\S+)$", CHANGELOG, re.M)
    assert days
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)
    assert days == sorted(days, reverse=True)


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    for line in [*project["dependencies"], *(line for extra in extras for line in extra)]:
        name = Requirement(line).name
        assert re.search(
            rf"\b{re.escape(name.removeprefix('types-').removesuffix('-stubs'))}\b", CHANGELOG, re.I
        ), name
