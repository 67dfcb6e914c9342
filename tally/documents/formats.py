"""Which reader a file is for: by its name, and by a look into it where a name says too little.

A file that cannot be read is one DocumentError, whatever a library makes of its bytes.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tally.documents.docx import read_docx
from tally.documents.html import read_html
from tally.documents.intake import check_language, check_published, check_text
from tally.documents.language import detect_language, guess_language
from tally.documents.limits import Columns, Limits
from tally.documents.mail import read_mail
from tally.documents.markdown import FRONT, parse_markdown, read_text
from tally.documents.pdf import read_pdf
from tally.documents.stating import Found
from tally.documents.syndication import read_feed
from tally.documents.tables import read_csv, read_jsonl
from tally.documents.telegram import read_telegram
from tally.documents.warc import read_warc
from tally.errors import DocumentError
from tally.model import Document

SUFFIXES = {
    ".md": "text", ".markdown": "text", ".txt": "text",
    ".html": "page", ".htm": "page", ".xhtml": "page",
    ".pdf": "pdf", ".docx": "docx",
    ".eml": "mail", ".mht": "mail", ".mhtml": "mail",
    ".json": "telegram",
    ".rss": "feed", ".atom": "feed", ".xml": "feed",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv",
    ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip
KINDS = ("text", "page", "pdf", "docx", "mail", "telegram", "feed", "jsonl", "csv", "warc")
TABLES = frozenset({"jsonl", "csv"})
LIGHT = frozenset({"text", *TABLES})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is said beside the files: dates and languages for those without, and how to read."""

    published: str | None = None
    language: str | None = None
    publisher: str = ""
    columns: Columns = field(default_factory=Columns)
    limits: Limits = field(default_factory=Limits)


def kind_of(path: Path) -> str:
    """Return the kind of file that a name says, "" for one that Tally does not read."""
    name = path.name.lower()
    if name.endswith(".warc.gz"):
        return "warc"
    return SUFFIXES.get(path.suffix.lower(), "")


def check_kind(path: Path) -> None:
    """Refuse a file that no reader is for."""
    if not kind_of(path):
        msg = f"no format that Tally reads; these are {', '.join(SUFFIXES)}"
        raise DocumentError(msg)


def read_file(path: Path, asked: Asked) -> Iterator[Found]:
    """Yield the documents of a file and what is wrong with it, each problem with the file's name.

    Documents come without their language or publication where the file does not state them.
    """
    count = 0
    try:
        check_kind(path)
        for found in _READERS[kind_of(path)](path, asked):
            if isinstance(found, Document):
                found = _named(found, asked)
                check_text(found.text)
            elif not str(found).startswith(path.name):
                found = DocumentError(f"{path.name}: {found}")
            count += 1
            yield found
        if not count:
            msg = "holds no document with words"
            raise DocumentError(msg)
    except DocumentError as error:
        said = str(error)
        yield DocumentError(said if said.startswith(path.name) else f"{path.name}: {said}")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield DocumentError(f"{path.name}: cannot be read ({reason}); check the name")
    except (MemoryError, RecursionError) as error:
        what = "nested too deep" if isinstance(error, RecursionError) else "too much for the memory"
        yield DocumentError(f"{path.name}: {what}; it is not read")


def completed(document: Document, asked: Asked, *, library: bool) -> Document:
    """Return a document with its language told and its publication checked, which may be None.

    `library` asks the language library too, which knows the languages that Tally does not read.
    """
    lang = document.lang if _may_be(document.lang, document.text) else ""
    if not lang:
        lang = asked.language or (detect_language if library else guess_language)(document.text)
    check_language(lang)
    published = document.published or asked.published
    if published is not None:
        check_published(published)
    return replace(document, lang=lang, published=published)


def _may_be(lang: str, text: str) -> bool:
    """Tell whether a stated language fits the letters: pages often say that of their template."""
    if not lang:
        return False
    letters = [sign for sign in text if sign.isalpha()]
    cyrillic = sum("Ѐ" <= sign <= "ӿ" for sign in letters)
    return (cyrillic * 2 > len(letters)) == (lang in ("uk", "ru"))


def _named(document: Document, asked: Asked) -> Document:
    if asked.publisher and not document.publisher:
        return replace(document, publisher=asked.publisher)
    return document


def _text(path: Path, asked: Asked) -> Iterator[Found]:
    text = read_text(path)
    if FRONT.match(text):
        yield parse_markdown(text)
        return
    del asked
    check_text(text)
    yield Document(path.stem, "", None, "", "", "", text)


def _json(path: Path, asked: Asked) -> Iterator[Found]:
    """Read JSON as a Telegram export, or as JSONL when its first line is an object of its own."""
    with path.open("rb") as file:
        line = file.readline(asked.limits.file_bytes)
    try:
        first = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        first = None
    if isinstance(first, dict) and asked.columns.text in first and "messages" not in first:
        return _jsonl(path, asked)
    return read_telegram(path, asked.limits)


def _jsonl(path: Path, asked: Asked) -> Iterator[Found]:
    return read_jsonl(path, asked.published, asked.language, asked.columns)


_READERS: dict[str, Callable[[Path, Asked], Iterator[Found]]] = {
    "text": _text,
    "page": lambda path, asked: read_html(path, asked.limits),
    "pdf": lambda path, asked: read_pdf(path, asked.limits),
    "docx": lambda path, asked: read_docx(path, asked.limits),
    "mail": lambda path, asked: read_mail(path, asked.limits),
    "telegram": _json,
    "feed": lambda path, asked: read_feed(path, asked.limits),
    "jsonl": _jsonl,
    "csv": lambda path, asked: read_csv(path, asked.published, asked.language, asked.columns),
    "warc": lambda path, asked: read_warc(path, asked.limits),
}
