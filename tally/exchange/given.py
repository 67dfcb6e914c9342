"""What options of the commands of exchange mean."""

import datetime as dt
import os
from pathlib import Path

import click

from tally.model import published_at
from tally.settings import DATA_VARIABLE, data_folder


def open_data(given: Path | None) -> Path:
    """Return the folder of data in use, whose word tables go before ours."""
    folder = data_folder(given)
    os.environ[DATA_VARIABLE] = str(folder)
    return folder


def span(
    first: dt.datetime | None, last: dt.datetime | None, option: str = "--to"
) -> tuple[dt.date | None, dt.date | None]:
    """Return the days that --from and the option for the last day name."""
    if first and last and last < first:
        msg = f"{option} is before --from; turn them round."
        raise click.UsageError(msg)
    return first and first.date(), last and last.date()


def moment(as_of: str | None) -> dt.datetime | None:
    """Return the moment that --as-of names; without an offset it is Kyiv's clock."""
    try:
        return published_at(as_of) if as_of else None
    except ValueError as error:
        msg = f"--as-of {as_of!r} is not a date or time; give 2025-05-22 or 2025-05-22T08:00."
        raise click.UsageError(msg) from error
