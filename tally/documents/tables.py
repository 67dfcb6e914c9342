"""Tables of documents: JSONL, one object a line, and CSV, one row a document.

`Columns` says which column or key holds what. A bad row is told and the rest goes on.
"""

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from textwrap import shorten
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
from tally.documents.limits import Columns
from tally.documents.stating import Found
from tally.errors import DocumentError
from tally.model import Document

NOT_SAID = (None, "", "unknown")
DELIMITERS = ",;\t"
LONGEST_LISTED = 200

Row = Mapping[str, object]
Parse = Callable[[], Mapping[str, str]]


def read_jsonl(
    path: Path,
    published: str | None = None,
    language: str | None = None,
    columns: Columns | None = None,
) -> Iterator[Found]:
    """Yield the document of each line, or what is wrong with the line; the rest goes on.

    The text of a document is its title, an empty line and its text: offsets count from there.
    `published` and `language` are for lines that do not say theirs. A line whose date cannot be
    read gives its document without one, and what is wrong.
    """
    taking = _Taking(path.name, columns or Columns(), published, language)
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), 1):
            if line.strip():
                yield from taking.documents(number, partial(_parsed, line, taking.columns))


def read_csv(
    path: Path,
    published: str | None = None,
    language: str | None = None,
    columns: Columns | None = None,
) -> Iterator[Found]:
    """Yield the document of each row, or what is wrong with the row; the rest goes on.

    The delimiter is that of the first line, a comma, a semicolon or a tab. Cells are words and
    never formulas. Without a column of ids, a row goes by its address or the digest of its text.
    """
    taking = _Taking(path.name, columns or Columns(), published, language)
    csv.field_size_limit(MOST_BYTES)
    with path.open("rb") as file:
        lines = _decoded(file)
        first = next(lines, "")
        delimiter = "\t" if path.suffix == ".tsv" else max(DELIMITERS, key=first.count)
        header = _header(first, delimiter)
        _check_header([name.strip() for name in header], taking.columns)
        table = csv.DictReader(lines, [name.strip() for name in header], delimiter=delimiter)
        number = 1
        try:
            for number, row in enumerate(table, 2):
                yield from taking.documents(number, partial(_told, row, taking.columns))
        except csv.Error as error:
            msg = (
                f"row {number + 1}: {error}; is a quotation mark left open? What is before was read"
            )
            raise DocumentError(msg) from error


def _header(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as error:
        msg = f"the first line is no header of a table ({error}); save the file as CSV again"
        raise DocumentError(msg) from error


class _Taking:
    """The rows of one table: where they are, what holds for those that do not say, ids taken."""

    def __init__(
        self, where: str, columns: Columns, published: str | None, language: str | None
    ) -> None:
        self.where, self.columns = where, columns
        self.published, self.language = published, language
        self.seen: set[str] = set()

    def documents(self, number: int, parse: Parse) -> Iterator[Found]:
        """Yield the document of a row; one without its date when only that cannot be read."""
        try:
            document = self._document(parse())
        except DocumentError as error:
            yield DocumentError(f"{self.where}:{number}: {error}")
            return
        try:
            if document.published is not None:
                moment = _dated(document.published, self.columns.dates)
                document = replace(document, published=moment)
        except DocumentError as error:
            yield DocumentError(f"{self.where}:{number}: {error}")
            document = replace(document, published=None)
        yield document

    def _document(self, row: Mapping[str, str]) -> Document:
        title, body, name = row.get("title", ""), row["text"], row["id"]
        if not name.isprintable() or not name:
            msg = f"id {name!r} is missing or has characters that cannot be printed"
            raise DocumentError(msg)
        if name in self.seen:
            msg = f"the id {name!r} stands on an earlier line; give this document one of its own"
            raise DocumentError(msg)
        text = f"{title}\n\n{body}" if title else body
        check_text(text)
        lang = row.get("lang") or self.language or guess_language(text)
        check_language(lang)
        self.seen.add(name)
        return Document(
            name,
            lang,
            row.get("published", self.published),
            row.get("publisher", ""),
            row.get("url", ""),
            title,
            text,
        )


def _dated(published: str, form: str) -> str:
    if not form:
        check_published(published)
        return published
    try:
        moment = dt.datetime.strptime(published, form)
    except ValueError as error:
        msg = f"published {published!r:.60} is not written as {form!r} (dates in [columns])"
        raise DocumentError(msg) from error
    has_time = any(sign in form for sign in ("%H", "%I", "%X", "%c", "%T"))
    stated = moment.isoformat(timespec="seconds") if has_time else moment.date().isoformat()
    check_published(stated)
    return stated


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield each line; of one longer than a document may be only enough to tell."""
    while line := file.readline(MOST_BYTES + 1):
        yield line
        while len(line) > MOST_BYTES and not line.endswith(b"\n"):
            line = file.readline(MOST_BYTES + 1)


def _decoded(file: BinaryIO) -> Iterator[str]:
    """Yield the lines of a CSV file as text; UTF-16 with its mark is what Excel calls Unicode."""
    mark = file.read(2)
    file.seek(0)
    if mark in (b"\xff\xfe", b"\xfe\xff"):
        try:
            yield from io.TextIOWrapper(file, encoding="utf-16", newline="")
        except UnicodeDecodeError as error:
            msg = f"not the UTF-16 that it begins as (byte {error.start}); save it as UTF-8"
            raise DocumentError(msg) from error
        return
    for number, line in enumerate(_lines(file), 1):
        if len(line) > MOST_BYTES:
            raise too_long()
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            msg = f"line {number} is not UTF-8 (byte {error.start}); save it as “CSV UTF-8”"
            raise DocumentError(msg) from error


def _name(columns: Columns, key: str, there: Container[str]) -> str:
    """Return the column of a key: as mapped, else of our own name, for folders of several kinds."""
    mapped = str(getattr(columns, key))
    return mapped if mapped in there else key


def _check_header(header: list[str], columns: Columns) -> None:
    if _name(columns, "text", header) not in header:
        listed = shorten(", ".join(header), LONGEST_LISTED, placeholder=" …") or "none"
        msg = (
            f"no column {columns.text!r} of texts; its columns are {listed}: "
            "say which with --column text=NAME"
        )
        raise DocumentError(msg)


def _parsed(line: bytes, columns: Columns) -> dict[str, str]:
    """Return what a line of JSONL says that is text; an id may be a number, null is not said."""
    if len(line) > MOST_BYTES:
        raise too_long()
    try:
        found = json.loads(decoded(line))
    except (ValueError, RecursionError) as error:
        msg = f"not JSON ({error}); write one object a line"
        raise DocumentError(msg) from error
    needed = ("id", "text")
    if not isinstance(found, dict) or any(_name(columns, n, found) not in found for n in needed):
        msg = (
            f"no object with {columns.id} and {columns.text}; "
            "a line may also have lang published publisher title url"
        )
        raise DocumentError(msg)
    return _told(found, columns)


def _told(row: Row, columns: Columns) -> dict[str, str]:
    """Return a row under our own names; what is null, empty or "unknown" is not there."""
    told: dict[str, str] = {}
    if isinstance(row.get("source"), str):
        row = {"publisher": row["source"], **row}
    for key in ("text", "title", "published", "publisher", "url", "lang"):
        value = row.get(_name(columns, key, row))
        if value in NOT_SAID:
            continue
        if not isinstance(value, str):
            msg = f"{key} is {value!r:.60}; write it as text in quotation marks"
            raise DocumentError(msg)
        told[key] = value
    told.setdefault("text", "")
    column = _name(columns, "id", row)
    name = row.get(column)
    if column not in row:
        name = (
            told.get("url")
            or hashlib.sha256(told["text"].encode("utf-8", "replace")).hexdigest()[:12]
        )
    told["id"] = "" if name in NOT_SAID else str(name).strip()
    return told
