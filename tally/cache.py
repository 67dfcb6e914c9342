"""What each document was read into, kept so that it is read once; deleting it loses nothing.

A reading is found again by a digest of the whole document and of all else that it depends on (see
`fingerprint`), and each is kept with a digest of its own: what does not hold is read anew.
"""

import hashlib
import json
import sqlite3
from contextlib import suppress
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from tally.kept import open_kept
from tally.ledger import Filed
from tally.model import Document, Origin

NAME = Path(".cache") / "readings.sqlite"
TABLES = """
CREATE TABLE IF NOT EXISTS reading (key BLOB PRIMARY KEY, check_ BLOB, content TEXT);
CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID;
"""

# Many times faster than `dataclasses.astuple`, which copies every value.
_DOCUMENT = attrgetter(*(each.name for each in fields(Document) if each.name != "origin"))
_ORIGIN = attrgetter(*(each.name for each in fields(Origin)))
_FILED = attrgetter(*(each.name for each in fields(Filed)))


class Cache:
    """The readings of a data folder under one fingerprint.

    Whatever is wrong with the file costs time and nothing else: `trouble` says what it was.
    """

    def __init__(self, path: Path, fingerprint: str) -> None:
        """Open the file, or make it, or begin it anew when it is not what it should be."""
        self.trouble = ""
        self._fingerprint = fingerprint
        self._path = path
        try:
            self._file: sqlite3.Connection | None = open_kept(path, TABLES)
        except (sqlite3.Error, OSError) as error:
            self._file = None
            self._fail(error)

    def __enter__(self) -> Self:
        """Use it for a run."""
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """Keep what was put into it, also when the run was stopped."""
        if self._file is not None:
            self.commit()
        if self._file is not None:
            self._file.close()

    def get(self, document: Document) -> tuple[Filed, ...] | None:
        """Return what the document was read into, None where that is not known."""
        if self._file is None:
            return None
        key = self._key(document)
        try:
            row = self._file.execute(
                "SELECT check_, content FROM reading WHERE key = ?", (key,)
            ).fetchone()
            if row is None or row[0] != _check(key, row[1]):
                return None
            self._file.execute("INSERT OR IGNORE INTO used VALUES (?)", (key,))
            return tuple(Filed(*each) for each in json.loads(row[1]))
        except (sqlite3.Error, OSError) as error:
            self._fail(error)
            return None

    def put(self, document: Document, filed: tuple[Filed, ...]) -> None:
        """Keep what a document was read into."""
        if self._file is None:
            return
        key = self._key(document)
        content = json.dumps([_FILED(each) for each in filed], ensure_ascii=False)
        try:
            self._file.execute(
                "INSERT OR REPLACE INTO reading VALUES (?, ?, ?)",
                (key, _check(key, content), content),
            )
            self._file.execute("INSERT OR IGNORE INTO used VALUES (?)", (key,))
        except (sqlite3.Error, OSError) as error:
            self._fail(error)

    def commit(self) -> None:
        """Make what was put safe from a crash."""
        if self._file is not None:
            try:
                self._file.commit()
            except (sqlite3.Error, OSError) as error:
                self._fail(error)

    def forget_unused(self) -> None:
        """Drop what this run had no use for: readings of documents gone, or by an older grammar."""
        if self._file is not None:
            try:
                self._file.execute("DELETE FROM reading WHERE key NOT IN (SELECT key FROM used)")
            except (sqlite3.Error, OSError) as error:
                self._fail(error)

    def _key(self, document: Document) -> bytes:
        origin = document.origin and _ORIGIN(document.origin)
        told = json.dumps([self._fingerprint, _DOCUMENT(document), origin], ensure_ascii=False)
        return hashlib.sha256(told.encode()).digest()

    def _fail(self, error: Exception) -> None:
        """Go on without it."""
        self.trouble = (
            f"{self._path}: readings cannot be kept ({error}), so that documents are read again; "
            "delete the file if this comes back."
        )
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
            self._file = None


def _check(key: bytes, content: str) -> bytes:
    return hashlib.blake2b(key + content.encode(), digest_size=16).digest()
