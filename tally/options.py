"""Options that several commands take, each said once. Knows nothing of what a command does."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tally.workers import MOST_JOBS


class Day(click.DateTime):
    """A day, in one form."""

    def __init__(self) -> None:
        """Take days as ISO 8601 writes them."""
        super().__init__(["%Y-%m-%d"])

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        """Return the day that was given, at its midnight."""
        try:
            made: dt.datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is not a day, such as 2025-05-21.", param, ctx)
        return made


# As click.option and click.Option take them.
DATA: dict[str, Any] = {
    "metavar": "DIR",
    "type": click.Path(file_okay=False, path_type=Path),
    "help": "Folder of documents, claims and rulings.  [default: data]",
}
OUT: dict[str, Any] = {
    "metavar": "DIR",
    "type": click.Path(file_okay=False, path_type=Path),
    "help": "Folder of what is rendered and published.  [default: reports]",
}
CLUSTER: dict[str, Any] = {
    "metavar": "ADDRESS",
    "help": "Have a Dask cluster do it instead, such as tcp://10.0.0.5:8786.",
}
DAY: dict[str, Any] = {"metavar": "DATE", "type": Day()}
JOBS: dict[str, Any] = {"metavar": "N", "type": click.IntRange(1, MOST_JOBS)}

data = click.option("--data", **DATA)
out = click.option("--out", **OUT)
cluster = click.option("--cluster", **CLUSTER)
first = click.option("--from", "first", **DAY, help="First day of what happened.")
as_of = click.option(
    "--as-of", metavar="TIME", help="Only what was known then, such as 2025-05-22T08:00."
)
