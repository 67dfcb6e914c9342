"""Some documents of a folder, by id, without reading the others: a folder may hold a million.

What each file holds is kept in `.cache` beside the folder, with the time and size of the file, and
a file is read again only after it changed. Deleting that loses nothing; where it cannot be kept,
every file is read each time.

In a folder of MANY files one that was written where it stands is seen when it is asked for; that
one not asked for names another now, when a file comes or goes, or `keep_catalogue` is run.
"""

import hashlib
import marshal
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tally.documents.admission import (
    REGISTER,
    digest,
    load_register,
    read_document,
    refusal,
)
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
CREATE TABLE IF NOT EXISTS seen (folder TEXT, files TEXT, code TEXT);
"""
AT_ONCE = 400
# To ask each of so many files for its time takes a tenth of a second.
MANY = 20_000
# A folder that changed just now may change again within the same tick of its clock.
SETTLED_NS = 2_000_000_000

Entry = tuple[bytes, int, int]
Stamps = tuple[Stamp, ...]
Progress = Callable[[Sequence[Entry]], Iterable[Entry]]

# What is kept was made by this code; other code makes it anew.
CODE = "".join(
    digest((Path(__file__).parent / name).read_text(encoding="utf-8"))
    for name in ("admission.py", "intake.py", "markdown.py")
)


def related_files(folder: Path, ids: Iterable[str]) -> Stamps:
    """Return the stamps of the files that hold these admitted documents, and every version and
    original of each; of a folder that is not there, none.
    """
    wanted = frozenset(ids)
    if not folder.is_dir():
        return ()
    files = _found(folder, wanted, anew=False)
    if stamps(*(Path(path) for path, _, _ in files)) != files:
        files = _found(folder, wanted, anew=True)
    return files


def read_files(files: Iterable[Stamp]) -> dict[str, Document]:
    """Return the documents of these files, by id."""
    made = (_read(Path(path)) for path, _, _ in files)
    return {document.id: document for document in made if document}


def keep_catalogue(folder: Path, progress: Progress = iter) -> None:
    """Bring what is kept of a folder up to date; `progress` wraps the files that are read."""
    if folder.is_dir():
        _opened(folder, anew=True, progress=progress).close()


def _found(folder: Path, ids: frozenset[str], anew: bool) -> Stamps:
    with closing(_opened(folder, anew)) as file:
        found = _related(file, ids)
    return tuple(sorted((str(folder / os.fsdecode(n)), at, size) for n, at, size in found))


def _opened(folder: Path, anew: bool, progress: Progress = iter) -> sqlite3.Connection:
    try:
        return _refreshed(open_kept(folder.parent / NAME, TABLES), folder, anew, progress)
    except (sqlite3.Error, OSError):
        # Locked, or not to be written.
        return _refreshed(open_kept(":memory:", TABLES), folder, anew, progress)


def _refreshed(
    file: sqlite3.Connection, folder: Path, anew: bool, progress: Progress
) -> sqlite3.Connection:
    try:
        kept = file.execute("SELECT folder, files FROM seen WHERE code = ?", (CODE,)).fetchone()
        whole = _folder_now(folder)
        if anew or not whole or kept is None or kept[0] != whole:
            _look_through(file, folder, whole, kept or ("", ""), progress)
    except BaseException:
        file.close()
        raise
    return file


def _look_through(
    file: sqlite3.Connection, folder: Path, now: str, kept: tuple[str, str], progress: Progress
) -> None:
    """Ask each file of a folder for its time; `now` is how the folder is, `kept` what was kept."""
    at = stamps(folder)
    whole, files = now if len(at) > MANY else "", _digest_of(at)
    if (whole, files) == kept:
        return
    with file:
        file.execute("BEGIN IMMEDIATE")
        if files != kept[1]:
            _bring_up(file, folder, _files(folder, at), progress)
            _admit(file, folder)
        file.execute("DELETE FROM seen")
        file.execute("INSERT INTO seen VALUES (?, ?, ?)", (whole, files, CODE))


def _folder_now(folder: Path) -> str:
    """Return what changes when a file comes to a folder or goes; "" while it may still change."""
    written = folder.stat().st_mtime_ns
    if time.time_ns() - written < SETTLED_NS:
        return ""
    return _digest_of((str(folder), written, stamps(folder / REGISTER)))


def _digest_of(told: Stamps | tuple[str, int, Stamps]) -> str:
    # As bytes of version 2, which know no references: quicker than words, for a million files.
    return hashlib.sha256(marshal.dumps(told, 2)).hexdigest()


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
    if file.execute("SELECT code FROM seen").fetchall() != [(CODE,)]:
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
    """Mark which files hold a document of the ledger."""
    register, taken = load_register(folder), set[str]()
    rows = file.execute("SELECT name, id, sha256 FROM file WHERE id NOT NULL ORDER BY name")
    marks = []
    for name, each, sha256 in rows.fetchall():
        admitted = not refusal("", (each, sha256), taken, register)
        taken |= {each} if admitted else set()
        marks.append((admitted, name))
    file.executemany("UPDATE file SET admitted = ? WHERE name = ?", marks)


def _related(file: sqlite3.Connection, ids: frozenset[str]) -> set[Entry]:
    found: set[Entry] = set()
    asked: set[str] = set()
    while wanted := ids - asked:
        asked |= wanted
        for name, written, size, *kin in _rows(file, sorted(wanted)):
            found.add((name, written, size))
            ids = ids.union(filter(None, kin))
    return found


def _rows(file: sqlite3.Connection, ids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the admitted documents of these ids, and those that replaced one of them."""
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        marks = ", ".join("?" * len(some))
        for column in ("id", "replaces"):
            yield from file.execute(
                "SELECT name, written, size, id, replaces, copy_of FROM file "
                f"WHERE admitted AND {column} IN ({marks})",
                some,
            )
