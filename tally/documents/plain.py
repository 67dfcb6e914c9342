"""Documents given on the command line as plain text files, with front matter or without."""

from pathlib import Path

from tally.documents.intake import check_text
from tally.documents.language import guess_language
from tally.documents.markdown import FRONT, parse_markdown, read_text
from tally.errors import DocumentError
from tally.model import Document


def read_plain(path: Path, published: str | None, language: str | None) -> Document:
    """Return the document in a text file; one with front matter says its own date and language."""
    try:
        text = read_text(path)
        if FRONT.match(text):
            return parse_markdown(text)
        check_text(text)
        return Document(path.stem, language or guess_language(text), published, "", "", "", text)
    except DocumentError as error:
        msg = f"{path.name}: {error}"
        raise DocumentError(msg) from error
