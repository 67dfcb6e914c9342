"""Options for what documents do not state themselves, for every command that is given some."""

import click

from tally.documents.intake import check_published
from tally.errors import DocumentError
from tally.vocabulary import LANGUAGES


def _checked(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    try:
        if given is not None:
            check_published(given)
    except DocumentError as error:
        raise click.BadParameter(str(error)) from error
    return given


published = click.option(
    "--published",
    metavar="DATE",
    callback=_checked,
    help="Publication date of documents that do not state it, YYYY-MM-DD or "
    "YYYY-MM-DDTHH:MM+03:00.",
)
language = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of documents that do not state it; told from their text when not given.",
)
