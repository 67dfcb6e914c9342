"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from tally.files import write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_exactly_the_text(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.csv", "Суми\r\n63\n")
    assert (tmp_path / "a.csv").read_bytes() == "Суми\r\n63\n".encode()
    write_whole(tmp_path / "a.csv", "")
    assert (tmp_path / "a.csv").read_bytes() == b""
    assert names(tmp_path) == ["a.csv"]


def test_same_text_leaves_the_file_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_whole(path, "63")
    os.utime(path, (1, 1))
    write_whole(path, "63")
    assert path.stat().st_mtime == 1
    write_whole(path, "64")
    assert path.stat().st_mtime > 1


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_was_there_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    write_whole(tmp_path / "a.csv", "63")
    monkeypatch.setattr(os if call == "fsync" else Path, call, fail)
    with pytest.raises(type(error)):
        write_whole(tmp_path / "a.csv", "64")
    assert names(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "63"
