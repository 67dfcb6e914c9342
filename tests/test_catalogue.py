"""Some documents of a folder: the same as those of all of them, whatever was done to the folder."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tally.documents import REGISTER, admission, catalogue, load_documents, register_text
from tally.documents.catalogue import NAME, keep_catalogue, read_files, related_files
from tally.documents.markdown import as_markdown
from tally.files import Stamp, stamps
from tally.model import Document

FIRST = Document("desk-first", "en", "2025-05-21", "The Desk", "", "", "Six were hurt in Sumy.\n")
DOCUMENTS = (
    FIRST,
    replace(FIRST, id="desk-second", text="Seven were hurt.\n", replaces="desk-first"),
    replace(FIRST, id="desk-third", text="Eight were hurt.\n", replaces="desk-second"),
    replace(FIRST, id="copy", publisher="Other", copy_of="desk-first"),
    replace(FIRST, id="alone", text="Nobody was hurt in Kursk.\n"),
    replace(FIRST, id="lost-copy", text="Nine were hurt.\n", copy_of="gone"),
)
KIN = (
    (["alone"], {"alone"}),
    (["desk-first"], {"desk-first", "desk-second", "desk-third"}),
    (["desk-second"], {"desk-first", "desk-second", "desk-third"}),
    (["copy"], {"copy", "desk-first", "desk-second", "desk-third"}),
    (["lost-copy", "gone", "nobody"], {"lost-copy"}),
    ([], set()),
)


def load_related(folder: Path, ids: Iterable[str]) -> dict[str, Document]:
    return read_files(related_files(folder, ids))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of documents, some of which go back to others."""
    made = tmp_path / "documents"
    made.mkdir()
    for document in DOCUMENTS:
        (made / f"{document.id}.md").write_text(as_markdown(document), encoding="utf-8")
    return made


@pytest.mark.parametrize(("ids", "found"), KIN)
def test_documents_come_with_their_kin(folder: Path, ids: list[str], found: set[str]) -> None:
    for _ in range(2):
        assert load_related(folder, ids).keys() == found
    every = load_documents(folder)
    assert load_related(folder, ids) == {name: every[name] for name in found}


def _change(folder: Path) -> None:
    text = (folder / "alone.md").read_text(encoding="utf-8")
    (folder / "alone.md").write_text(text.replace("Nobody", "One man"), encoding="utf-8")


def _remove(folder: Path) -> None:
    (folder / "desk-second.md").unlink()


def _break(folder: Path) -> None:
    (folder / "alone.md").write_text("no front matter\n", encoding="utf-8")


def _double(folder: Path) -> None:
    shutil.copy(folder / "alone.md", folder / "a-second-file.md")


def _rename(folder: Path) -> None:
    (folder / "alone.md").rename(folder / "zzz.md")


def _hide(folder: Path) -> None:
    (folder / "alone.md").rename(folder / ".alone.md")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    (folder / "below").mkdir()
    shutil.copy(folder / "copy.md", folder / "below" / "copy.md")


def _register_another_text(folder: Path) -> None:
    (folder / REGISTER).write_text(register_text({"alone": admission.digest("other")}))


CHANGES = (
    *(_change, _remove, _break, _double, _rename, _hide),
    _register_another_text,
)


@pytest.fixture(params=["few", "many"])
def held(folder: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder, as one of few files and as one of many that have been there for long."""
    if request.param == "many":
        monkeypatch.setattr(catalogue, "MANY", 0)
        monkeypatch.setattr(catalogue, "SETTLED_NS", 0)
    return folder


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_in_the_folder_is_seen(held: Path, change: Callable[[Path], None]) -> None:
    every = {document.id for document in DOCUMENTS}
    load_related(held, every)
    change(held)
    assert load_related(held, every) == load_documents(held)


def test_a_change_of_the_register_where_it_stands_is_seen(held: Path) -> None:
    (held / REGISTER).write_text(register_text({}), encoding="utf-8")
    assert load_related(held, ["alone"]).keys() == {"alone"}
    _register_another_text(held)
    assert load_related(held, ["alone"]) == {}


def test_many_files_are_not_each_asked_for_their_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "MANY", 0)
    monkeypatch.setattr(catalogue, "SETTLED_NS", 0)
    keep_catalogue(folder)
    asked: list[Path] = []

    def noted(*places: Path) -> tuple[Stamp, ...]:
        asked.extend(places)
        return stamps(*places)

    monkeypatch.setattr(catalogue, "stamps", noted)
    assert load_related(folder, ["alone"]).keys() == {"alone"}
    assert asked == [folder / REGISTER, folder / "alone.md"]


def test_what_begins_to_name_another_where_it_stands_is_seen_when_it_is_looked_for(
    held: Path,
) -> None:
    load_related(held, ["alone"])
    follower = replace(FIRST, id="copy", publisher="Other", replaces="alone")
    (held / "copy.md").write_text(as_markdown(follower), encoding="utf-8")
    keep_catalogue(held)
    assert load_related(held, ["alone"]).keys() == {"alone", "copy"}


def test_only_what_was_asked_for_is_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_catalogue(folder)
    read: list[str] = []

    def reading(path: Path) -> Document:
        read.append(path.name)
        return admission.read_document(path)

    monkeypatch.setattr("tally.documents.catalogue.read_document", reading)
    load_related(folder, ["alone"])
    assert read == ["alone.md"]


def _spoil(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def _forget(path: Path) -> None:
    path.unlink()


def _make_a_folder_of_it(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _lock(path: Path) -> None:
    file = sqlite3.connect(path)
    file.execute("UPDATE seen SET files = 'old', folder = 'old'")
    file.commit()
    file.close()
    path.chmod(0o444)


@pytest.mark.parametrize("harm", [_spoil, _forget, _make_a_folder_of_it, _lock])
def test_what_is_kept_may_be_lost(folder: Path, harm: Callable[[Path], None]) -> None:
    keep_catalogue(folder)
    harm(folder.parent / NAME)
    assert load_related(folder, ["copy", "alone"]).keys() == KIN[3][1] | {"alone"}


def test_a_name_that_is_no_text(folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"\xff.md")).write_text(
            as_markdown(replace(FIRST, id="odd")), encoding="utf-8"
        )
    except OSError:
        pytest.skip("this file system takes no such name")
    assert load_related(folder, ["odd"]).keys() == {"odd"}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    keep_catalogue(tmp_path / "none")
    assert load_related(tmp_path / "none", ["a"]) == {}
    assert list(tmp_path.iterdir()) == []
