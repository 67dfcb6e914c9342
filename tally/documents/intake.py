"""What holds for a document of any format: its bytes, and what it says of itself.

Knows no format and no file: a message says what is wrong and what to do, the reader adds where.
"""

import datetime as dt
import re

from tally.errors import DocumentError
from tally.vocabulary import LANGUAGES

MOST_BYTES = 5_000_000
YEARS = range(1990, 2100)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")
_PUBLISHED = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_NO_TEXT = re.compile(r"[\0\ud800-\udfff]")


def decoded(data: bytes) -> str:
    """Return the text of bytes, its line ends as \\n."""
    if len(data) > MOST_BYTES:
        raise too_long()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        msg = f"not UTF-8 (byte {error.start}); save it as UTF-8"
        raise DocumentError(msg) from error


def too_long() -> DocumentError:
    """Return the error for what is longer than a document may be."""
    return DocumentError(f"longer than the {MOST_BYTES:,} bytes that a document may have; split it")


def check_text(text: str) -> None:
    """Refuse a text without words, or with what no file of ours can carry."""
    if not text.strip():
        msg = "the text is empty; put the words of the document into it"
        raise DocumentError(msg)
    if found := _NO_TEXT.search(text):
        msg = f"the text holds U+{ord(found[0]):04X}, which is no character of a text; remove it"
        raise DocumentError(msg)


def check_id(name: str) -> None:
    """Refuse an id that could not name a file."""
    if not _NAME.fullmatch(name):
        msg = f"id {name!r} is missing or not made of letters, digits, dots and dashes"
        raise DocumentError(msg)


def check_published(published: str) -> None:
    """Refuse what is no ISO day or time, or lies outside the years that Tally reads about."""
    shape = "write YYYY-MM-DD or YYYY-MM-DDTHH:MM+03:00"
    try:
        when = dt.datetime.fromisoformat(published) if _PUBLISHED.fullmatch(published) else None
    except ValueError:
        when = None
    if when is None:
        msg = f"published {published!r} is not a date; {shape}"
        raise DocumentError(msg)
    if when.year not in YEARS:
        msg = f"published {published!r} is not between {YEARS[0]} and {YEARS[-1]}; {shape}"
        raise DocumentError(msg)


def check_language(lang: str) -> None:
    """Refuse a language that the grammar does not read."""
    if lang not in LANGUAGES:
        msg = f"language {lang!r} is not one of {', '.join(LANGUAGES)}"
        raise DocumentError(msg)
