"""Take documents in: every file of what is given is read and its texts put into data/documents.

Knows no claims. What it writes, `scripts/extract.py` reads.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tally.documents.addresses import download, is_address, without_account
from tally.documents.feeds import shown
from tally.documents.folders import files_in
from tally.documents.formats import Asked, completed, kind_of
from tally.documents.guard import Guard
from tally.documents.shelf import Place, Shelf, item_of
from tally.documents.sketches import Sketch
from tally.documents.stating import Found
from tally.errors import DocumentError, ExchangeError
from tally.exchange.kinds import kind_of as series_of
from tally.exchange.sheets import read_sheet
from tally.model import Document
from tally.workers import LocalExecutor

CHUNK = 1 << 20
SERIES = "{}: a series ({}), no document; take it in with scripts/import.py FILE --as NAME"


@dataclass(frozen=True, slots=True)
class Given:
    """A file, or the address of one, and what it is called to whoever gave it."""

    file: Path | str
    name: str


Progress = Callable[[Iterable[Given]], Iterable[Given]]
Within = Callable[[Iterable[tuple[Found, Sketch]]], Iterable[tuple[Found, Sketch]]]


@dataclass(slots=True)
class Collected:
    """What one run took in: ids by what became of them, problems, and files of other kinds."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


def utc_now() -> str:
    """Return the time in UTC, in ISO form to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def collect(
    paths: Iterable[Path | str],
    data: Path,
    asked: Asked,
    *,
    now: Callable[[], str] = utc_now,
    progress: Progress = iter,
    within: Within = iter,
    private: bool = False,
    executor: Executor | None = None,
) -> Collected:
    """Take in documents of files, folders and addresses; a bad one is a problem, the rest goes on.

    A file of an unknown kind is a problem when it is named, and passed over in a folder. Addresses
    are words; `private` allows those within one's own network. `executor` does what the search for
    copies can leave to others; this process alone when there is none. `progress` gets the files,
    `within` the documents of each.
    """
    folder = data / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    shelf, done = Shelf(folder, now, executor or LocalExecutor(jobs=1)), Collected()
    files: list[Given] = []
    for given in paths:
        files += [Given(given, "")] if isinstance(given, str) else _files(given, done)
    with Guard(asked) as guard, _folder_for(files) as fetched:
        for each in progress(files):
            try:
                if isinstance(each.file, str):
                    address = without_account(each.file)
                    got = download(address, Path(fetched), asked.limits, private=private)
                    _take_file(Given(got, shown(address)), address, shelf, guard, done, within)
                else:
                    _take_file(each, shown_path(each.file), shelf, guard, done, within)
            except DocumentError as error:
                where = "" if isinstance(each.file, str) else f"{each.name}: "
                done.problems.append(f"{where}{error}")
            except OSError as error:
                reason = error.strerror or type(error).__name__
                where = f"{each.file}: cannot be read ({reason})"
                done.problems.append(f"{where}; check who may read it")
    return done


def _folder_for(files: Iterable[Given]) -> AbstractContextManager[str]:
    """Give a folder for what is downloaded; where nothing is, a kill must not leave one."""
    asked = any(isinstance(each.file, str) for each in files)
    return TemporaryDirectory(prefix="tally-fetched-") if asked else nullcontext("")


def _files(path: Path, done: Collected) -> Iterator[Given]:
    for each in files_in(path):
        if isinstance(each, DocumentError):
            done.problems.append(str(each))
        elif path.is_dir() and not kind_of(each):
            done.passed_over[each.suffix.lower() or "no ending"] += 1
        else:
            # Many folders hold an index.html.
            yield Given(each, each.relative_to(path).as_posix() if path.is_dir() else each.name)


def _take_file(
    given: Given, found_at: str, shelf: Shelf, guard: Guard, done: Collected, within: Within
) -> None:
    file, name = Path(given.file), given.name
    sha256 = _digest(file)
    kind = kind_of(file)
    place = Place(found_at, sha256, sure_of_edits=kind != "telegram")
    told, first = False, True
    for found, sketch in within(shelf.sketched(guard.read(file))):
        if isinstance(found, DocumentError):
            series = _series(file, kind, guard.asked) if first else ""
            told_of = str(found).replace(file.name, name, 1)
            done.problems.append(SERIES.format(name, series) if series else told_of)
            told, first = True, False
            continue
        first = False
        # Its date was told to be none: a date for those that state none is not for it.
        undated, told = told and found.published is None, False
        if undated:
            continue
        if kind == "page" and not found.url and is_address(found_at):
            found = replace(found, url=found_at)
        try:
            document = completed(found, guard.asked, library=True)
            item = item_of(document, kind, file, found_at)
            taken = shelf.take(document, sketch, item, place)
        except DocumentError as error:
            where = name if found.id in (file.stem, found_at) else f"{name}, {found.id}"
            done.problems.append(f"{where}: {error}")
            continue
        _count(taken.outcome, taken.document, done)


def _series(file: Path, kind: str, asked: Asked) -> str:
    """Return which series of other people a table without documents is, "" for none."""
    if kind not in ("csv", "telegram") or file.stat().st_size > asked.limits.file_bytes:
        return ""
    try:
        return series_of([read_sheet(file)]).name
    except ExchangeError:
        return ""


def _count(outcome: str, document: Document, done: Collected) -> None:
    if outcome == "unchanged":
        done.unchanged += 1
        return
    (done.new if outcome == "new" else done.changed).append(document.id)
    if document.copy_of and outcome == "new":
        done.copies.append(document.id)


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def shown_path(path: Path) -> str:
    """Return a path in full, the home folder as ~, so that a document names nobody's account."""
    whole = path.resolve()
    try:
        return f"~/{whole.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return whole.as_posix()
