"""How commands run and end: their exit codes, and what is wrong in a line or two.

Names of files, cells and options may hold anything; what is told has nothing hidden in it.
"""

import io
import os
from collections.abc import Callable, Sequence

import click

from tally.errors import ParameterError, SettingsError, TallyError
from tally.house.words import visible
from tally.settings import DATA_VARIABLE

FAILED, WRONG_USE, STOPPED = 1, 2, 130


def run(
    command: click.Command,
    name: str,
    arguments: Sequence[str] | None,
    left: str = "",
    failed: int = FAILED,
) -> int:
    """Run a command and return its exit code; `left` is what holds when it is stopped.

    What the command returns, `failed` when something could not be done, 2 wrongly used, 130
    stopped.
    """
    return ended(
        lambda: command.main(args=arguments, prog_name=name, standalone_mode=False), left, failed
    )


def ended(work: Callable[[], object], left: str = "", failed: int = FAILED) -> int:
    """Do some work and return its exit code, as `run` does a command."""
    holds = f"; {left}." if left else "."
    data = os.environ.get(DATA_VARIABLE)
    try:
        code = work()
    except click.ClickException as error:
        shown = _Shown()
        error.show(shown)
        show(shown.getvalue().rstrip("\n"), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        show(f"Stopped{holds}", err=True)
        return STOPPED
    except TallyError as error:
        show(str(error), err=True)
        return WRONG_USE if isinstance(error, SettingsError | ParameterError) else failed
    except OSError as error:
        show(f"{_fault(error)}{holds}", err=True)
        return failed
    finally:
        # The word tables of --data are for this command alone.
        os.environ.pop(DATA_VARIABLE, None)
        if data is not None:
            os.environ[DATA_VARIABLE] = data
    return code if isinstance(code, int) else 0


class _Shown(io.StringIO):
    """What click shows, in full: it would take colours out for what is no terminal."""

    def isatty(self) -> bool:
        return True


def _fault(error: OSError) -> str:
    if error.filename is None:
        return str(error)
    return f"cannot read or write {error.filename} ({error.strerror})"


def show(message: object, *, err: bool = False) -> None:
    """Print a message with nothing hidden in any of its lines."""
    click.echo(visible_lines(str(message)), err=err)


def visible_lines(message: str) -> str:
    """Return a message in lines with nothing hidden in any of them."""
    return "\n".join(visible(line) for line in message.split("\n"))
