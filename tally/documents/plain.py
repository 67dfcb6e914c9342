"""Documents given on the command line: plain text files and JSONL, one object a line."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tally.documents.intake import (
    MOST_BYTES,
    check_language,
    check_published,
    check_text,
    decoded,
    too_long,
)
from tally.documents.language import guess_language
from tally.documents.markdown import FRONT, parse_markdown, read_text
from tally.errors import DocumentError
from tally.model import Document

NOT_SAID = (None, "", "unknown")


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


def read_jsonl(
    path: Path, published: str | None = None, language: str | None = None
) -> Iterator[Document | DocumentError]:
    """Yield the document of each line, or what is wrong with the line; the rest goes on.

    The text of a document is its title, an empty line and its text: offsets count from there.
    `published` and `language` are for lines that do not say theirs. A line whose date cannot be
    read gives its document without one, and what is wrong.
    """
    other = {"published": published, "lang": language}
    seen: set[str] = set()
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), 1):
            if not line.strip():
                continue
            for found in _found(line, seen, other):
                if isinstance(found, DocumentError):
                    yield DocumentError(f"{path.name}:{number}: {found}")
                else:
                    yield found


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield each line; of one longer than a document may be only enough to tell."""
    while line := file.readline(MOST_BYTES + 1):
        yield line
        while len(line) > MOST_BYTES and not line.endswith(b"\n"):
            line = file.readline(MOST_BYTES + 1)


def _found(
    line: bytes, seen: set[str], other: Mapping[str, str | None]
) -> Iterator[Document | DocumentError]:
    try:
        document = _document(line, seen, other)
    except DocumentError as error:
        yield error
        return
    try:
        if document.published is not None:
            check_published(document.published)
    except DocumentError as error:
        yield error
        document = replace(document, published=None)
    yield document


def _document(line: bytes, seen: set[str], other: Mapping[str, str | None]) -> Document:
    if len(line) > MOST_BYTES:
        raise too_long()
    row = _row(decoded(line))
    name, title, body = row["id"], row.get("title", ""), row["text"]
    if not name.isprintable() or not name:
        msg = f"id {name!r} is missing or has characters that cannot be printed"
        raise DocumentError(msg)
    if name in seen:
        msg = f"the id {name!r} stands on an earlier line; give this document one of its own"
        raise DocumentError(msg)
    text = f"{title}\n\n{body}" if title else body
    check_text(text)
    lang = row.get("lang") or other["lang"] or guess_language(text)
    check_language(lang)
    seen.add(name)
    return Document(
        name,
        lang,
        row.get("published", other["published"]),
        row.get("source", ""),
        row.get("url", ""),
        title,
        text,
    )


def _row(line: str) -> dict[str, str]:
    """Return what a line says that is text; an id may be a number, null is not said."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        msg = f"not JSON ({error}); write one object a line"
        raise DocumentError(msg) from error
    if not isinstance(found, dict) or not {"id", "text"} <= found.keys():
        msg = "no object with id and text; a line may also have lang published source title url"
        raise DocumentError(msg)
    row = {key: value for key, value in found.items() if value not in NOT_SAID}
    row["id"] = str(row.get("id", ""))
    for key in ("text", "lang", "published", "source", "title", "url"):
        if not isinstance(row.get(key, ""), str):
            msg = f"{key} is {row[key]!r:.60}; write it as text in quotation marks"
            raise DocumentError(msg)
    row.setdefault("text", "")
    return row
