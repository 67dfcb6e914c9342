"""The command `export`: claims and what they say together in other people's formats."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from tally import options
from tally.exchange.acled_shaped import write_acled
from tally.exchange.datapackage import LICENCES, write_datapackage
from tally.exchange.exported import Edition, Loss, open_edition, save_losses
from tally.exchange.extras import library
from tally.exchange.geojson import write_geojson
from tally.exchange.given import moment, open_data, span
from tally.exchange.hxl_rows import write_hxl
from tally.exchange.jsonl import write_jsonl
from tally.exchange.parquet import write_parquet
from tally.exchange.workbook import write_workbook
from tally.running import run, show
from tally.settings import ROOT


@dataclass(frozen=True, slots=True)
class Target:
    """A format: how it is written, whether it is a folder, and the library that it needs."""

    write: Callable[[Edition, Path], tuple[Loss, ...]]
    folder: bool = False
    needs: str = ""


def _parquet(edition: Edition, path: Path) -> tuple[Loss, ...]:
    write_parquet(edition.claims, path)
    why = "the file holds claims alone; the data package has documents and estimates beside them"
    documents = f"{len(edition.used())} documents"
    return (Loss("documents", "publisher, url, title, text", documents, why),)


TARGETS = {
    "datapackage": Target(write_datapackage, folder=True),
    "acled": Target(write_acled),
    "hxl": Target(write_hxl),
    "geojson": Target(write_geojson),
    "parquet": Target(_parquet, needs="pyarrow"),
    "xlsx": Target(write_workbook, needs="openpyxl"),
    "jsonl": Target(write_jsonl),
}


@click.command()
@click.option("--to", "name", required=True, type=click.Choice(list(TARGETS)), help="The format.")
@click.option(
    "--out",
    required=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="The file to write; of a datapackage the folder.",
)
@options.first
@click.option("--until", "last", **options.DAY, help="Last day of what happened.")
@options.as_of
@click.option(
    "--licence",
    metavar="NAME",
    help=f"Under what licence you pass it on, such as {', '.join(list(LICENCES)[:3])}.  "
    "[default: MIT for our example, else not stated]",
)
@options.data
def command(
    name: str,
    out: Path,
    first: dt.datetime | None,
    last: dt.datetime | None,
    as_of: str | None,
    licence: str | None,
    data: Path | None,
) -> int:
    """Write claims, and what they say together, for the tools of others.

    Beside the file (in the folder of a datapackage) stands losses.csv: what the format cannot hold,
    value by value, with the reason.
    """
    folder, target = open_data(data), TARGETS[name]
    _check_out(out, folder=target.folder)
    if target.needs:
        library(target.needs, f"--to {name}")
    ours = folder == ROOT / "data"
    stated = licence if licence is not None else "MIT" if ours else ""
    edition = open_edition(folder, span(first, last, "--until"), moment(as_of), stated)
    losses = target.write(edition, out)
    where = save_losses(losses, out)
    show(f"{len(edition.claims):,} claims, {len(edition.estimates):,} estimates: {out}")
    show(f"{len(losses):,} losses: {where}")
    if not edition.claims:
        click.echo("No claim fits: the ledger is empty or the days are others.", err=True)
    return 0


def _check_out(out: Path, *, folder: bool) -> None:
    wrong = out.exists() and out.is_dir() != folder
    if wrong or not out.absolute().parent.is_dir():
        kind = "a folder" if folder else "a file"
        msg = f"--out {out} must be {kind} in a folder that is there."
        raise click.UsageError(msg)
    if folder and out.is_dir() and any(out.iterdir()) and not (out / "datapackage.json").exists():
        msg = f"--out {out} holds other files; name an empty folder or a data package of before."
        raise click.UsageError(msg)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, 1 failed, 2 wrongly used, 130 stopped."""
    return run(command, "export.py", arguments, "no half-written file is left")
