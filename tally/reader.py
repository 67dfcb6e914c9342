"""The command `extract`: rebuild the ledger, or print the claims of the files that are given."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from tqdm import tqdm

from tally.documents import read_jsonl, read_plain
from tally.errors import DocumentError, TallyError
from tally.extract import extract
from tally.listing import as_csv, as_json, as_table, explain
from tally.model import Document
from tally.rebuild import rebuild
from tally.settings import data_folder
from tally.vocabulary import LANGUAGES

FAILED = 1


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "jsonl"]),
    default="table",
    show_default=True,
    help="How to print the claims of the files.",
)
@click.option(
    "--published", metavar="DATE", help="Publication date of plain text files, YYYY-MM-DD."
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of plain text files; told from the letters when not given.",
)
@click.option(
    "--explain",
    "why",
    is_flag=True,
    help="Show for each claim its words, span and the rules that made it.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Folder with documents/ and claims/ instead of data/.",
)
def command(
    files: tuple[Path, ...],
    form: str,
    published: str | None,
    language: str | None,
    why: bool,
    data: Path | None,
) -> int:
    """Read documents into claims.

    Without FILES, rebuild the ledger in data/claims from data/documents. With FILES (.md, .txt or
    .jsonl), print their claims and leave the ledger alone.
    """
    if data is not None:
        os.environ["TALLY_DATA"] = str(data.resolve())
    if not files:
        return _rebuild(data_folder(data))
    problems = 0
    for number, found in enumerate(_documents(files, published, language)):
        if isinstance(found, DocumentError):
            click.echo(str(found), err=True)
            problems += 1
        else:
            _print(found, form, why=why, first=number == 0)
    return FAILED if problems else 0


def _rebuild(data: Path) -> int:
    def bar(documents: Iterable[Document]) -> Iterable[Document]:
        return tqdm(documents, desc="reading", unit="document", leave=False, disable=None)

    done = rebuild(data, bar)
    for problem in done.problems:
        click.echo(problem, err=True)
    click.echo(f"{done.documents} documents, {done.claims} claims in {data / 'claims'}")
    if done.problems:
        click.echo(f"{len(done.problems)} could not be admitted; the rest was read.", err=True)
    return FAILED if done.problems else 0


def _documents(
    files: Sequence[Path], published: str | None, language: str | None
) -> Iterator[Document | DocumentError]:
    for path in files:
        try:
            if path.suffix == ".jsonl":
                yield from read_jsonl(path)
            else:
                yield read_plain(path, published, language)
        except DocumentError as error:
            yield error
        except OSError as error:
            yield DocumentError(f"{path}: cannot be read ({error.strerror}); check the name")


def _print(document: Document, form: str, *, why: bool, first: bool) -> None:
    claims = extract(document)
    if form == "jsonl":
        click.echo(as_json(document, claims))
    elif form == "csv":
        click.echo(as_csv(claims, header=first), nl=False)
    else:
        click.echo(as_table(document, claims), nl=False)
    if why and form == "table":
        click.echo(explain(document, claims), nl=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, 1 something could not be read, 2 wrongly used."""
    try:
        code = command.main(args=arguments, prog_name="extract.py", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; the ledger is as it was.", err=True)
        return 130
    except TallyError as error:
        click.echo(str(error), err=True)
        return FAILED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    return code if isinstance(code, int) else 0
