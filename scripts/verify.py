"""Verify a briefing that was passed on: `python scripts/verify.py briefing.pdf`, or its HTML.

Exit code: 0 intact, 1 altered, 2 it cannot be read or is no briefing of ours.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tally import options
from tally.errors import TallyError
from tally.proof import judge, make_again, read
from tally.running import run, show
from tally.settings import load_settings

ALTERED, UNREADABLE = 1, 2


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.data
@options.out
def verify(file: Path, data: Path | None, out: Path | None) -> int:
    """Say whether a briefing is intact, which edition it is and what has changed since."""
    try:
        settings = load_settings(data=data, out=out)
        carried = read(file.suffix.lower(), file.read_bytes())
    except (TallyError, OSError) as error:
        show(f"{file.name}: {error}", err=True)
        return UNREADABLE
    again = make_again(settings, carried)
    fresh = read(file.suffix.lower(), again[carried.form]) if again else None
    verdict = judge(settings, carried, fresh)
    show("\n  ".join((f"{file.name}: {verdict.lines[0]}", *verdict.lines[1:])))
    return 0 if verdict.intact else ALTERED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    return run(verify, "verify.py", arguments, failed=UNREADABLE)


if __name__ == "__main__":
    sys.exit(main())
