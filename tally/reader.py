"""The command `extract`: rebuild the ledger, or print the claims of the files that are given."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
from tqdm import tqdm

from tally import options
from tally.batches import Reading, claims_of
from tally.documents import keep_catalogue
from tally.documents import options as documents
from tally.documents.formats import LIGHT, TABLES, Asked, completed, kind_of
from tally.documents.guard import Guard
from tally.documents.limits import Columns, Limits, load_limits
from tally.errors import DocumentError
from tally.house.words import visible
from tally.ledger import load_ledger
from tally.listing import as_csv, as_json, as_table, explain, review
from tally.model import Claim, Document
from tally.rebuild import rebuild
from tally.running import FAILED, run, show
from tally.settings import DATA_VARIABLE, data_folder
from tally.workers import JOBS, open_workers

FORMATS = ("table", "csv", "jsonl")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How claims are to be printed."""

    form: str
    explain: bool
    review: bool


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How to print the claims of FILES.  [default: table]",
)
@documents.published
@documents.language
@click.option(
    "--explain",
    "why",
    is_flag=True,
    help="Show for each claim of FILES its words, span and the rules that made it.",
)
@click.option(
    "--review",
    "again",
    is_flag=True,
    help="List only the claims to look at again, with the reasons.",
)
@click.option(
    "--jobs",
    **options.JOBS,
    help=f"How many processes read when the ledger is rebuilt.  [default: {JOBS}]",
)
@options.cluster
@options.data
def command(
    files: tuple[Path, ...],
    form: str | None,
    published: str | None,
    language: str | None,
    why: bool,
    again: bool,
    jobs: int | None,
    cluster: str | None,
    data: Path | None,
) -> int:
    """Read documents into claims.

    Without FILES, rebuild the ledger in data/claims from data/documents; a document that did not
    change since the last time is not read again. With FILES, of any format that scripts/collect.py
    takes, print their claims and leave the ledger alone.
    """
    folder = data_folder(data)
    os.environ[DATA_VARIABLE] = str(folder)
    if not files:
        if form or published or language or why:
            msg = "--format, --published, --language and --explain are for FILES; name some."
            raise click.UsageError(msg)
        with open_workers(cluster, jobs or JOBS) as executor:
            return _rebuild(folder, executor, again=again)
    if jobs or cluster:
        msg = "--jobs and --cluster are for rebuilding the ledger; leave FILES out."
        raise click.UsageError(msg)
    if (why and again) or ((why or again) and form in ("csv", "jsonl")):
        msg = "--explain and --review print words for people: one of them, and no other --format."
        raise click.UsageError(msg)
    given = _documents(files, published, language, load_limits(folder))
    return _list(given, Wanted(form or "table", why, again))


def _rebuild(data: Path, executor: Executor, *, again: bool) -> int:
    folder = data / "documents"
    files = sum(1 for _ in folder.iterdir()) - 1 if folder.is_dir() else 0

    def bar(readings: Iterable[Reading]) -> Iterable[Reading]:
        shown = None if files > 1 else True
        return tqdm(
            readings,
            "reading",
            files,
            unit=" documents",
            leave=False,
            disable=shown,
            smoothing=0.05,
        )

    done = rebuild(data, executor, bar)
    keep_catalogue(folder, partial(tqdm, desc="listing", leave=False, disable=None))
    if again:
        click.echo(review(load_ledger(data / "claims")), nl=False)
    for problem in done.problems:
        _complain(problem)
    if done.note:
        _complain(done.note)
    known = done.documents - done.read
    said = f" ({done.read} read, {known} known from before)" if known else ""
    counts = f"{done.documents} documents, {done.claims} claims"
    show(f"{counts} in {data / 'claims'}{said}", err=again)
    if done.problems:
        click.echo(f"{len(done.problems)} could not be read; all else was.", err=True)
    return FAILED if done.problems else 0


def _documents(
    files: Sequence[Path],
    published: str | None,
    language: str | None,
    settings: tuple[Limits, Columns],
) -> Iterator[Document | DocumentError]:
    limits, columns = settings
    asked = Asked(published, language, columns=columns, limits=limits)
    with Guard(asked) as guard:
        for path in files:
            if kind_of(path) in TABLES:
                yield from guard.read(path)  # a line that states no date is said not to know it
                continue
            for found in guard.read(path):
                yield from _completed(found, path, asked)


def _completed(
    found: Document | DocumentError, path: Path, asked: Asked
) -> Iterator[Document | DocumentError]:
    """Yield a document with its language and date, and say so when it has no date."""
    if isinstance(found, DocumentError):
        yield found
        return
    try:
        document = completed(found, asked, library=kind_of(path) not in LIGHT)
    except DocumentError as error:
        yield DocumentError(f"{path.name}: {error}")
        return
    yield document
    if document.published is None:
        yield DocumentError(
            f"{path.name}: no publication date, so no day is known; say --published DATE"
        )


def _list(found: Iterable[Document | DocumentError], wanted: Wanted) -> int:
    problems, printed = 0, False
    kept: list[Claim] = []
    for document in found:
        try:
            if isinstance(document, DocumentError):
                raise document
            claims = claims_of(document)
        except DocumentError as error:
            _complain(str(error))
            problems += 1
            continue
        if wanted.review:
            kept += claims
        else:
            _print(document, claims, wanted, first=not printed)
        printed = True
    if wanted.review:
        click.echo(review(kept), nl=False)
    return FAILED if problems else 0


def _print(document: Document, claims: Sequence[Claim], wanted: Wanted, *, first: bool) -> None:
    if wanted.form == "jsonl":
        # As bytes: what programs read is UTF-8 whatever the terminal is.
        click.echo(as_json(document, claims).encode())
    elif wanted.form == "csv":
        click.echo(as_csv(claims, header=first).encode(), nl=False)
    else:
        click.echo(as_table(document.id, claims), nl=False)
    if wanted.explain:
        click.echo(explain(document, claims), nl=False)


def _complain(problem: str) -> None:
    """Tell a problem; file names and ids in it may hold anything."""
    click.echo(visible(problem), err=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    0, 1 something could not be read, 2 wrongly used, 130 stopped.
    """
    return run(command, "extract.py", arguments, "the ledger is as it was")
