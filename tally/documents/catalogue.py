"""Some documents of a folder, by id, without reading the others: a folder may hold a million.

What each file holds is kept in `.cache` beside the folder, with the time and size of the file, and
a file is read again only after it changed. Deleting that loses nothing; where it cannot be kept,
every file is read each time.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from tally.documents.admission import digest, load_register, read_document
from tally.errors import DocumentError
from tally.files import Stamp, stamps
from tally.kept import open_kept
from tally.model import Document

NAME = Path(".cache") / "documents.sqlite"
TABLES = """
CREATE TABLE IF NOT EXISTS file (
    name BLOB PRIMARY KEY, written INTEGER, size INTEGER,
    id TEXT, sha256 TEXT, replaces TEXT, copy_of TEXT, admitted INTEGER DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_id ON file (id);
CREATE INDEX IF NOT EXISTS by_replaced ON file (replaces) WHERE replaces != '';
CREATE TABLE IF NOT EXISTS state (digest TEXT, code TEXT);
"""
AT_ONCE = 400

Entry = tuple[bytes, int, int]
Progress = Callable[[Sequence[Entry]], Iterable[Entry]]

# What is kept was made by this code; other code makes it anew.
CODE = "".join(
    digest((Path(__file__).parent / name).read_text(encoding="utf-8"))
    for name in ("admission.py", "intake.py", "markdown.py")
)


def load_related(
    folder: Path, ids: Iterable[str], at: Sequence[Stamp] | None = None
) -> dict[str, Document]:
    """Return the admitted documents of these ids, and every version and original of each, by id.

    `at` are the stamps of the folder where they are known. A folder that is not there has none.
    """
    if not folder.is_dir():
        return {}
    with closing(_opened(folder, stamps(folder) if at is None else at)) as file:
        names = _related(file, set(ids))
    made = (_read(folder / os.fsdecode(name)) for name in sorted(names))
    return {document.id: document for document in made if document}


def keep_catalogue(folder: Path, progress: Progress = iter) -> None:
    """Bring what is kept of a folder up to date; `progress` wraps the files that are read."""
    if folder.is_dir():
        _opened(folder, stamps(folder), progress).close()


def _opened(folder: Path, at: Sequence[Stamp], progress: Progress = iter) -> sqlite3.Connection:
    try:
        return _refreshed(open_kept(folder.parent / NAME, TABLES), folder, at, progress)
    except (sqlite3.Error, OSError):
        # Locked, or not to be written.
        return _refreshed(open_kept(":memory:", TABLES), folder, at, progress)


def _refreshed(
    file: sqlite3.Connection, folder: Path, at: Sequence[Stamp], progress: Progress
) -> sqlite3.Connection:
    now = hashlib.sha256(repr((CODE, at)).encode("utf-8", "surrogateescape")).hexdigest()
    try:
        if file.execute("SELECT digest FROM state").fetchall() != [(now,)]:
            with file:
                file.execute("BEGIN IMMEDIATE")
                _bring_up(file, folder, _files(folder, at), progress)
                _admit(file, folder)
                file.execute("DELETE FROM state")
                file.execute("INSERT INTO state VALUES (?, ?)", (now, CODE))
    except BaseException:
        file.close()
        raise
    return file


def _files(folder: Path, at: Sequence[Stamp]) -> set[Entry]:
    """Return the files that may be documents: name, when written, size."""
    above = f"{folder}{os.sep}"
    named = ((path.removeprefix(above), written, size) for path, written, size in at)
    return {
        (os.fsencode(name), written, size)
        for name, written, size in named
        if name.endswith(".md") and not name.startswith(".") and os.sep not in name
    }


def _bring_up(
    file: sqlite3.Connection, folder: Path, found: set[Entry], progress: Progress
) -> None:
    if file.execute("SELECT code FROM state").fetchall() != [(CODE,)]:
        file.execute("DELETE FROM file")
    kept = set(file.execute("SELECT name, written, size FROM file"))
    file.executemany("DELETE FROM file WHERE name = ?", ((row[0],) for row in kept - found))
    file.executemany(
        "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
        ((*row, *_told(folder / os.fsdecode(row[0]))) for row in progress(sorted(found - kept))),
    )


def _told(path: Path) -> tuple[str | None, str, str, str]:
    document = _read(path)
    if document is None:
        return None, "", "", ""
    return document.id, digest(document.text), document.replaces, document.copy_of


def _read(path: Path) -> Document | None:
    # What is wrong with a document is told where the ledger is made from it.
    try:
        return read_document(path)
    except DocumentError:
        return None


def _admit(file: sqlite3.Connection, folder: Path) -> None:
    """Mark which files hold a document of the ledger, by the rules of `admit_each`."""
    register, taken = load_register(folder), set[str]()
    rows = file.execute("SELECT name, id, sha256 FROM file WHERE id NOT NULL ORDER BY name")
    marks = []
    for name, each, sha256 in rows.fetchall():
        admitted = each not in taken and register.get(each, sha256) == sha256
        taken |= {each} if admitted else set()
        marks.append((admitted, name))
    file.executemany("UPDATE file SET admitted = ? WHERE name = ?", marks)


def _related(file: sqlite3.Connection, ids: set[str]) -> set[bytes]:
    names: set[bytes] = set()
    asked: set[str] = set()
    while wanted := ids - asked:
        asked |= wanted
        for name, *kin in _rows(file, sorted(wanted)):
            names.add(name)
            ids = ids.union(filter(None, kin))
    return names


def _rows(file: sqlite3.Connection, ids: Sequence[str]) -> Iterator[tuple[bytes, str, str, str]]:
    """Yield the admitted documents of these ids, and those that replaced one of them."""
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        marks = ", ".join("?" * len(some))
        for column in ("id", "replaces"):
            yield from file.execute(
                "SELECT name, id, replaces, copy_of FROM file "
                f"WHERE admitted AND {column} IN ({marks})",
                some,
            )
