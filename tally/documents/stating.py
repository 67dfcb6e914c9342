"""What every reader does to what a format states: words made plain text, times made ISO.

Knows no format. Nothing is guessed here: a time that a file does not state stays unknown.
"""

import datetime as dt
import email.utils
import re

from tally.errors import DocumentError
from tally.model import KYIV, Document

Found = Document | DocumentError

LONGEST_TITLE = 300
INSTALL = ".venv/bin/python -m pip install -e '.[collect]'"

_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ENDS = re.compile(r"\r\n?|\u2028|\u2029")
_TRAILING = re.compile(r"[^\S\n]+(?=\n|\Z)")
_BLANK_LINES = re.compile(r"\n{3,}")
_BLANKS = re.compile(r"\s+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def tidy(text: str) -> str:
    """Return words as plain text: control characters made blanks, line ends \\n, ends trimmed.

    >>> tidy("12\\x07 drones \\r\\n\\r\\n\\r\\n\\r\\nover Sumy ")
    '12  drones\\n\\nover Sumy'
    """
    plain = printable(_ENDS.sub("\n", text))
    return _BLANK_LINES.sub("\n\n", _TRAILING.sub("", plain)).strip()


def printable(text: str) -> str:
    """Return words with a blank for each control character, which no tree of XML may hold."""
    return _CONTROL.sub(" ", text)


def one_line(words: object) -> str:
    """Return a title or a name on one line and of a bearable length; "" for what is no text."""
    if not isinstance(words, str):
        return ""
    return _BLANKS.sub(" ", printable(words)).strip()[:LONGEST_TITLE]


def headed(title: str, body: str) -> str:
    """Return a body under its title, which often states figures of its own.

    >>> headed("Night over Sumy", "Two people died.")
    '# Night over Sumy\\n\\nTwo people died.\\n'
    """
    first = body.partition("\n")[0].lstrip("# ").strip()
    again = first and first.casefold() == title.casefold()
    rest = body.partition("\n")[2].lstrip("\n") if again else body
    return f"# {title}\n\n{rest}\n" if title else f"{body}\n"


def stated_time(words: object) -> str | None:
    """Return the time that words state, as ISO; its day where they give no offset; None if neither.

    A time without an offset cannot be placed, so only its day is kept. One in UTC is a machine's:
    it is put on Kyiv's clock, so that its day is that of the people whom the text is about.

    >>> stated_time("2025-05-21T06:30:00+0300"), stated_time("2025-05-21 06:30")
    ('2025-05-21T06:30:00+03:00', '2025-05-21')
    >>> stated_time("Wed, 21 May 2025 22:30:00 +0000"), stated_time("this morning")
    ('2025-05-22T01:30:00+03:00', None)
    """
    if not isinstance(words, str):
        return None
    value = words.strip()
    if _DAY.fullmatch(value):
        return value
    moment = _parsed(value)
    if moment is None or not 1000 <= moment.year < 9999:
        return None
    if moment.tzinfo is None:
        return moment.date().isoformat()
    return kyiv_time(moment).isoformat(timespec="seconds")


def kyiv_time(moment: dt.datetime) -> dt.datetime:
    """Return a time in UTC on Kyiv's clock, any other as it is."""
    return moment if moment.utcoffset() else moment.astimezone(KYIV)


def _parsed(value: str) -> dt.datetime | None:
    for parse in (dt.datetime.fromisoformat, email.utils.parsedate_to_datetime):
        try:
            moment = parse(value)
            moment.utcoffset()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment
    return None


def needs_extra(what: str, error: ImportError) -> DocumentError:
    """Return the error for a library of the extra `collect` that is not installed."""
    return DocumentError(f"{what} needs {error.name}, which is not installed: {INSTALL}")
