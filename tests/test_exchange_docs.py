"""docs/exchange.md and the help of the commands tell of everything that they take."""

from pathlib import Path

import click
import pytest

from tally.exchange.columns import TABLES, TEXTS
from tally.exchange.comparing import command as compare
from tally.exchange.exported import LOSS_COLUMNS
from tally.exchange.exporting import TARGETS
from tally.exchange.exporting import command as export
from tally.exchange.importing import command as take_in
from tally.exchange.kinds import NAMES
from tally.exchange.pairs import STATES

PAGE = (Path(__file__).parent.parent / "docs" / "exchange.md").read_text(encoding="utf-8")
COMMANDS = {"import": take_in, "compare": compare, "export": export}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help_and_is_on_the_page(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert f"scripts/{name}.py" in PAGE
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert all(f"`{word}" in PAGE or f" {word}" in PAGE for word in option.opts), (
                option.opts
            )


def test_every_format_kind_and_verdict_is_on_the_page() -> None:
    for name in (*TARGETS, *NAMES):
        assert f"| `{name}` |" in PAGE
    assert all(state in PAGE for state in STATES)


def test_every_column_is_explained() -> None:
    assert {column for columns in TABLES.values() for column in columns} <= TEXTS.keys()
    assert set(LOSS_COLUMNS) <= TEXTS.keys()
