"""How the commands of exchange end: their exit codes, and errors in a line or two."""

import datetime as dt
from collections.abc import Sequence

import click

from tally.errors import SettingsError, TallyError
from tally.house.words import visible
from tally.model import published_at

FAILED, WRONG_USE, STOPPED = 1, 2, 130


def run(command: click.Command, name: str, arguments: Sequence[str] | None, left: str) -> int:
    """Run a command and return its exit code; `left` is what holds when it is stopped.

    0, 1 something could not be read or written, 2 wrongly used, 130 stopped.
    """
    try:
        code = command.main(args=arguments, prog_name=name, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"Stopped; {left}.", err=True)
        return STOPPED
    except TallyError as error:
        click.echo(visible_lines(str(error)), err=True)
        return WRONG_USE if isinstance(error, SettingsError) else FAILED
    except OSError as error:
        msg = f"cannot read or write {error.filename} ({error.strerror}); {left}."
        click.echo(visible(msg), err=True)
        return FAILED
    return code if isinstance(code, int) else 0


def visible_lines(message: str) -> str:
    """Return a message in lines with nothing hidden in any of them."""
    return "\n".join(visible(line) for line in message.split("\n"))


def moment(as_of: str | None) -> dt.datetime | None:
    """Return the moment that --as-of names; without an offset it is Kyiv's clock."""
    try:
        return published_at(as_of) if as_of else None
    except ValueError as error:
        msg = f"--as-of {as_of!r} is not a date or time; give 2025-05-22 or 2025-05-22T08:00."
        raise click.UsageError(msg) from error
