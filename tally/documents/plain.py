"""Documents given on the command line: plain text files and JSONL, one object a line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tally.documents.markdown import FRONT, MOST_BYTES, read_markdown, read_text
from tally.errors import DocumentError
from tally.model import Document
from tally.vocabulary import LANGUAGES

ONLY_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
CYRILLIC = re.compile(r"[а-яА-Я]")


def read_plain(path: Path, published: str | None, language: str | None) -> Document:
    """Return the document in a text file; one with front matter says its own date and language."""
    text = read_text(path)
    if FRONT.match(text):
        return read_markdown(path)
    if not text.strip():
        msg = f"{path.name}: the text is empty; nothing to read"
        raise DocumentError(msg)
    lang = language or guess_language(text)
    return Document(path.stem, lang, published, "", "", "", text)


def guess_language(text: str) -> str:
    """Return uk, ru or en from the letters of a text.

    >>> guess_language("Збито 9 дронів над Києвом, їх було більше"), guess_language("сбиты дроны")
    ('uk', 'ru')
    """
    if len(CYRILLIC.findall(text)) * 2 < len(text.replace(" ", "")) // 2:
        return "en"
    return "uk" if len(ONLY_UKRAINIAN.findall(text)) * 100 > len(text) else "ru"


def read_jsonl(path: Path) -> Iterator[Document | DocumentError]:
    """Yield the document of each line, or what is wrong with the line; the rest goes on."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield _document(line)
                except (ValueError, KeyError, TypeError, DocumentError) as error:
                    yield DocumentError(f"{path.name}:{number}: {_reason(error)}")


def _document(line: bytes) -> Document:
    if len(line) > MOST_BYTES:
        msg = (
            f"{len(line):,} bytes, more than the {MOST_BYTES:,} that a document may have; split it"
        )
        raise DocumentError(msg)
    row = json.loads(line.decode("utf-8"))
    lang, title = row.get("lang") or guess_language(row["text"]), row.get("title") or ""
    if lang not in LANGUAGES:
        msg = f"language {lang!r} is not one of {', '.join(LANGUAGES)}"
        raise DocumentError(msg)
    text = f"{title}\n\n{row['text']}" if title else row["text"]
    return Document(
        str(row["id"]), lang, row.get("published") or None, row.get("source") or "",
        row.get("url") or "", title, text,
    )  # fmt: skip


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"no {error} in the object; a line needs id and text, and may have lang published source title"
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 (byte {error.start}); save the file as UTF-8"
    return str(error)
