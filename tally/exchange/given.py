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


def moment(as_of: str | None) -> dt.datetime | None:
    """Return the moment that --as-of names; without an offset it is Kyiv's clock."""
    try:
        return published_at(as_of) if as_of else None
    except ValueError as error:
        msg = f"--as-of {as_of!r} is not a date or time; give 2025-05-22 or 2025-05-22T08:00."
        raise click.UsageError(msg) from error
