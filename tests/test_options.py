"""An option that several commands take is one: what it is given, and how that is told."""

import click
import pytest

from tally import collecting, measure, reader
from tally.deciding.command import command as deciding
from tally.exchange import comparing, exporting, importing
from tally.schedule.command import command as schedule
from tally.second.command import command as second

COMMANDS = (
    collecting.command,
    comparing.command,
    deciding,
    exporting.command,
    importing.command,
    measure.command,
    reader.command,
    schedule,
    *schedule.commands.values(),
    second,
)


SHARED = ("--as-of", "--cluster", "--data", "--from", "--jobs")


@pytest.mark.parametrize("name", SHARED)
def test_an_option_of_several_commands_is_one(name: str) -> None:
    found = [
        (option.metavar, repr(option.type), option.help if name != "--jobs" else "")
        for command in COMMANDS
        for option in command.params
        if isinstance(option, click.Option) and name in option.opts
    ]
    assert len(found) > 1
    assert len(set(found)) == 1, found
