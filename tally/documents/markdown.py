"""Documents as Markdown files with front matter: id, publisher, url, published, language, digest."""

import datetime as dt
import re
from pathlib import Path

import yaml

from tally.errors import DocumentError
from tally.model import Document
from tally.vocabulary import LANGUAGES

FRONT = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
HEADLINE = re.compile(r"\A\s*# (?P<title>[^\n]+)")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")
MOST_BYTES = 5_000_000
KEYS = {"id", "publisher", "url", "published", "language", "digest", "title"}


def load_documents(folder: Path) -> dict[str, Document]:
    """Return the documents of a folder by id; the first that cannot be read raises DocumentError."""
    documents = [read_markdown(path) for path in sorted(folder.glob("*.md"))]
    return {document.id: document for document in documents}


def read_markdown(path: Path) -> Document:
    """Return the document in a file, or raise DocumentError that says what is wrong with it."""
    match = FRONT.match(read_text(path))
    if match is None:
        msg = f"{path.name}: no front matter; begin the file with a block of lines between two lines of ---"
        raise DocumentError(msg)
    head = _head(path, match["head"])
    body = match["body"]
    if not body.strip():
        msg = (
            f"{path.name}: the text is empty; put the words of the document below the front matter"
        )
        raise DocumentError(msg)
    title = HEADLINE.match(body)
    return Document(
        id=head["id"],
        lang=head["language"],
        published=head["published"],
        publisher=head.get("publisher", ""),
        url=head.get("url", ""),
        title=head.get("title", title["title"] if title else ""),
        text=body,
        digest=head.get("digest") == "True",
    )


def read_text(path: Path) -> str:
    """Return a file's text, refusing what is too large or not UTF-8."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        msg = f"{path.name}: {size:,} bytes, more than the {MOST_BYTES:,} that a document may have; split it"
        raise DocumentError(msg)
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        msg = f"{path.name}: not UTF-8 (byte {error.start}); save it as UTF-8"
        raise DocumentError(msg) from error


def _head(path: Path, text: str) -> dict[str, str]:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        msg = f"{path.name}: the front matter is not YAML ({str(error).splitlines()[0]})"
        raise DocumentError(msg) from error
    if not isinstance(found, dict):
        msg = f"{path.name}: the front matter holds no keys; it needs id, published, language"
        raise DocumentError(msg)
    head = {str(key): _said(value) for key, value in found.items() if value is not None}
    unknown = sorted(set(head) - KEYS)
    if unknown:
        msg = f"{path.name}: unknown key {unknown[0]!r}; the keys are {', '.join(sorted(KEYS))}"
        raise DocumentError(msg)
    _check(path, head)
    return head


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)


def _check(path: Path, head: dict[str, str]) -> None:
    if not NAME.fullmatch(head.get("id", "")):
        msg = f"{path.name}: id {head.get('id', '')!r} is missing or not made of letters, digits, dots and dashes"
        raise DocumentError(msg)
    if "published" not in head:
        msg = f"{path.name}: no publication date; add published: YYYY-MM-DD (or a time with its offset)"
        raise DocumentError(msg)
    try:
        dt.datetime.fromisoformat(head["published"])
    except ValueError as error:
        msg = f"{path.name}: published {head['published']!r} is not a date; write YYYY-MM-DD or YYYY-MM-DDTHH:MM+03:00"
        raise DocumentError(msg) from error
    if head.get("language") not in LANGUAGES:
        msg = f"{path.name}: language {head.get('language', '')!r} is not one of {', '.join(LANGUAGES)}"
        raise DocumentError(msg)
