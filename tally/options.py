"""Options that several commands take, each said once. Knows nothing of what a command does."""

from pathlib import Path
from typing import Any

import click

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
DAY: dict[str, Any] = {"metavar": "DATE", "type": click.DateTime(["%Y-%m-%d"])}

data = click.option("--data", **DATA)
out = click.option("--out", **OUT)
cluster = click.option("--cluster", **CLUSTER)
