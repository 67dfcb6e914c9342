"""The command `collect`: take files, folders and addresses into data/documents."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path

import click
from tqdm import tqdm

from tally import options
from tally.collect import Collected, Given, collect
from tally.documents import options as documents
from tally.documents.addresses import is_address
from tally.documents.formats import SUFFIXES, Asked
from tally.documents.limits import Columns, load_limits
from tally.documents.sketches import Sketch
from tally.documents.stating import Found
from tally.house.words import visible
from tally.running import FAILED, run, show
from tally.settings import data_folder
from tally.workers import JOBS, open_workers

SHOWN = 5  # problems of one file, before the rest is counted
_KEYS = tuple(each.name for each in fields(Columns))
Read = tuple[Found, Sketch]
_FILE = re.compile(r"[^:,]+")


def _columns(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    for key, sign, _name in pairs:
        if not sign or key not in _KEYS:
            msg = f"write KEY=NAME with one of {', '.join(_KEYS)}; {key!r} is none."
            raise click.BadParameter(msg)
    return {key: name for key, _sign, name in pairs}


@click.command(epilog=f"Formats: {' '.join(SUFFIXES)}. See docs/documents.md.")
@click.argument("paths", nargs=-1, required=True)
@documents.published
@documents.language
@click.option("--publisher", default="", help="Publisher of documents that do not state it.")
@click.option(
    "--column",
    "columns",
    metavar="KEY=NAME",
    multiple=True,
    callback=_columns,
    help=f"In CSV and JSONL, the column that holds KEY: {', '.join(_KEYS)}.",
)
@click.option(
    "--private", is_flag=True, help="Fetch addresses within your own network too; else refused."
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help=f"Show every problem; without it, the first {SHOWN} of a file.",
)
@click.option(
    "--jobs",
    **options.JOBS,
    help=f"How many processes look for copies.  [default: {JOBS}]",
)
@options.cluster
@options.data
def command(
    paths: tuple[str, ...],
    published: str | None,
    language: str | None,
    publisher: str,
    columns: dict[str, str],
    private: bool,
    every: bool,
    jobs: int | None,
    cluster: str | None,
    data: Path | None,
) -> int:
    """Take files, folders and web addresses, PATHS, into data/documents.

    What is there already is skipped. A text that changed is kept beside the one that it replaces,
    and a text that is nearly another's is marked as its copy: the two count as one source.
    """
    folder = data_folder(data)
    limits, mapped = load_limits(folder)
    asked = Asked(published, language, publisher, replace(mapped, **columns), limits)

    def bar(files: Iterable[Given]) -> Iterable[Given]:
        return tqdm(files, desc="collecting", unit="file", leave=False, disable=None)

    def bar_within(found: Iterable[Read]) -> Iterable[Read]:
        return tqdm(found, desc="documents", unit="document", leave=False, disable=None, position=1)

    given = [path if is_address(path) else Path(path) for path in paths]
    with open_workers(cluster, jobs or JOBS) as executor:
        done = collect(
            given, folder, asked, progress=bar, within=bar_within, private=private,
            executor=executor,
        )  # fmt: skip
    _tell(done, folder, every=every)
    return FAILED if done.problems else 0


def _tell(done: Collected, folder: Path, *, every: bool) -> None:
    told: Counter[str] = Counter()
    for problem in done.problems:
        where = _FILE.match(problem)
        name = where[0] if where else ""
        told[name] += 1
        if every or told[name] <= SHOWN:
            click.echo(visible(problem), err=True)
    for name, count in told.items():
        if count > SHOWN and not every:
            click.echo(
                f"{visible(name)}: {count - SHOWN} more like these; --all shows them", err=True
            )
    if done.passed_over:
        kinds = ", ".join(f"{count} {kind}" for kind, count in done.passed_over.most_common())
        click.echo(visible(f"Passed over, as no documents: {kinds}."), err=True)
    counts = [f"{len(done.new)} new"]
    counts += [f"{len(done.copies)} of them copies of others"] if done.copies else []
    counts += [f"{len(done.changed)} changed", f"{done.unchanged} unchanged"]
    show(f"{', '.join(counts)} in {folder / 'documents'}")
    if done.problems:
        click.echo(f"{len(done.problems)} could not be taken in; all else was.", err=True)
    if done.new or done.changed:
        click.echo("Read them into claims with scripts/extract.py.", err=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    0, 1 something could not be taken in, 2 wrongly used, 130 stopped.
    """
    return run(command, "collect.py", arguments, "each document that was taken in is whole")
