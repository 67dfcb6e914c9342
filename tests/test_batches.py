"""Reading many documents: what is known is not read again, and the cache is never believed."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from tally import batches, cache, fingerprint
from tally.batches import Task, read_batch
from tally.errors import WorkerError
from tally.ledger import load_ledger
from tally.model import Claim, Document
from tally.rebuild import Rebuilt, rebuild
from tally.settings import DATA_VARIABLE
from tally.workers import AHEAD, LocalExecutor, done, in_order, open_workers

STORY = """\
---
id: {id}
publisher: The Desk
url: https://example.org/{id}
published: {published}
language: en
---
# Night {id}

Ukraine's Air Force said it shot down {figure} out of 90 Russian drones overnight.
"""


class Desk:
    """A data folder, and a note of every document that the grammar was given."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.read: list[str] = []
        true = batches.extract
        (folder / "documents").mkdir()

        def extract(document: Document) -> tuple[Claim, ...]:
            self.read.append(document.id)
            return true(document)

        monkeypatch.setattr(batches, "extract", extract)
        monkeypatch.setenv(DATA_VARIABLE, str(folder))

    def story(self, name: str, figure: int = 63, published: str = "2025-05-21") -> None:
        text = STORY.format(id=name, figure=figure, published=published)
        (self.folder / "documents" / f"{name}.md").write_text(text, encoding="utf-8")

    def rebuild(self) -> Rebuilt:
        self.read.clear()
        return rebuild(self.folder)

    def ledger(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "claims").glob("*.csv")}

    @property
    def cache(self) -> Path:
        return self.folder / cache.NAME


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path, monkeypatch)
    for name in "abc":
        made.story(name)
    made.rebuild()
    return made


def test_after_one_new_document_one_is_read(desk: Desk) -> None:
    desk.story("d", published="2025-06-02")
    assert (desk.rebuild().read, desk.read) == (1, ["d"])
    assert {claim.document_id for claim in load_ledger(desk.folder / "claims")} == set("abcd")
    assert (desk.rebuild().read, desk.read) == (0, [])


def change_text(desk: Desk) -> None:
    desk.story("b", figure=64)
    (desk.folder / "documents" / "admitted.csv").unlink()


def change_date(desk: Desk) -> None:
    desk.story("b", published="2025-06-01")


def change_publisher(desk: Desk) -> None:
    path = desk.folder / "documents" / "b.md"
    path.write_text(path.read_text().replace("The Desk", "Ministry of Defence of Ukraine"))


def change_nothing(_: Desk) -> None:
    """Leave all as it is."""


CHANGES = [
    (change_text, ["b"]),
    (change_date, ["b"]),
    (change_publisher, ["b"]),
    (change_nothing, []),
]


@pytest.mark.parametrize(("change", "read"), CHANGES)
def test_what_changed_is_read_and_nothing_else(
    desk: Desk, change: Callable[[Desk], None], read: list[str]
) -> None:
    change(desk)
    desk.rebuild()
    assert desk.read == read
    incremental = desk.ledger()
    desk.cache.unlink()
    assert desk.rebuild().read == 3
    assert desk.ledger() == incremental


def other_words(desk: Desk, _: pytest.MonkeyPatch) -> None:
    table = desk.folder / "vocabulary" / "issuers.csv"
    table.parent.mkdir()
    table.write_text("publisher,name,side,kind\nThe Desk,The Desk,third_party,body\n")


def other_code(_: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "CODE", "another")


def other_python(_: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint.sys, "version", "4.0")


@pytest.mark.parametrize("change", [other_words, other_code, other_python])
def test_with_another_reader_all_is_read_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, change: Callable[..., None]
) -> None:
    monkeypatch.setattr("tally.vocabulary._READ", {})
    change(desk, monkeypatch)
    assert desk.rebuild().read == 3
    assert desk.rebuild().read == 0


def test_words_that_were_read_are_told_as_they_were_then(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process reads a table once; a change of its file since is none to what it reads."""
    monkeypatch.setattr("tally.vocabulary._READ", {"issuers": {"as read"}})
    before = fingerprint.fingerprint()
    other_words(desk, monkeypatch)
    assert fingerprint.fingerprint() == before


def scribble(path: Path) -> None:
    path.write_bytes(b"not a database, " * 1000)


def falsify(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("UPDATE reading SET content = replace(content, ',63,', ',36,')")
    file.close()


def swap(path: Path) -> None:
    """Give each reading the content of another, with the digest that belongs to it."""
    with sqlite3.connect(path) as file:
        rows = file.execute("SELECT key, check_, content FROM reading ORDER BY key").fetchall()
        for (key, *_), (_, check, content) in zip(rows, [*rows[1:], rows[0]], strict=True):
            file.execute(
                "UPDATE reading SET check_ = ?, content = ? WHERE key = ?", (check, content, key)
            )
    file.close()


def remove(path: Path) -> None:
    path.unlink()


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


@pytest.mark.parametrize("damage", [scribble, falsify, swap, remove, cut_short])
def test_a_damaged_cache_costs_time_and_no_claim(
    desk: Desk, damage: Callable[[Path], None]
) -> None:
    before = desk.ledger()
    damage(desk.cache)
    assert desk.rebuild().read == 3
    assert desk.ledger() == before


def test_a_cache_that_cannot_be_kept_is_told(desk: Desk) -> None:
    before = desk.ledger()
    desk.cache.unlink()
    desk.cache.mkdir()
    done = desk.rebuild()
    assert "readings cannot be kept" in done.note
    assert "delete the file if this comes back" in done.note
    assert not done.problems
    assert desk.ledger() == before


def test_what_no_run_needs_is_forgotten(desk: Desk) -> None:
    (desk.folder / "documents" / "b.md").unlink()
    desk.rebuild()
    file = sqlite3.connect(desk.cache)
    assert file.execute("SELECT count(*) FROM reading").fetchone() == (2,)
    file.close()


def test_a_stopped_run_goes_on_where_it_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "TOGETHER", 1)
    desk.cache.unlink()
    counting = batches.extract

    def stop(document: Document) -> tuple[Claim, ...]:
        if document.id == "c":
            raise KeyboardInterrupt
        return counting(document)

    with monkeypatch.context() as patch:
        patch.setattr(batches, "extract", stop)
        with pytest.raises(KeyboardInterrupt):
            desk.rebuild()
    desk.rebuild()
    assert desk.read == ["c"]


def test_processes_give_the_bytes_of_one(desk: Desk) -> None:
    for number in range(40):
        desk.story(f"n{number}", figure=20 + number, published=f"2025-0{1 + number % 9}-02")
    desk.rebuild()
    alone = desk.ledger()
    desk.cache.unlink()
    with open_workers(jobs=2) as executor, pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "TOGETHER", 2)
        patch.setattr("tally.workers.FEW", 3)
        done = rebuild(desk.folder, executor)
    assert (done.documents, done.read, done.problems) == (43, 43, [])
    assert desk.ledger() == alone


def test_workers_that_end_are_told_and_leave_the_ledger(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.ledger()
    desk.cache.unlink()
    monkeypatch.setattr("tally.workers.FEW", 0)
    monkeypatch.setattr(batches, "read_batch", end_this_process)
    said = r"the workers are gone (.|\n)*run it again to go on"
    with open_workers(jobs=2) as executor, pytest.raises(WorkerError, match=said):
        rebuild(desk.folder, executor)
    assert desk.ledger() == before


def end_this_process(_: Task) -> None:
    os._exit(9)


def test_a_worker_of_another_version_reads_nothing(desk: Desk) -> None:
    with pytest.raises(WorkerError, match="another version of the code, the word tables"):
        read_batch(Task((), str(desk.folder), "another"))


def test_no_more_is_begun_than_can_be_held() -> None:
    first: Future[int] = Future()
    begun: list[int] = []

    def begin(number: int) -> Future[int]:
        begun.append(number)
        if len(begun) == AHEAD:
            first.set_result(0)
        return done(number) if number else first

    def numbers() -> Iterator[int]:
        for number in range(3 * AHEAD):
            assert first.done() or len(begun) < AHEAD
            yield number

    ended = [future.result() for _, future in in_order(begin, numbers())]
    assert ended == list(range(3 * AHEAD))


def test_first_calls_run_here() -> None:
    executor = LocalExecutor(jobs=4)
    assert executor.submit(os.getpid).result() == os.getpid()
    assert isinstance(executor.submit(int, "x").exception(), ValueError)
    executor.shutdown()
