"""A process that is dead has ended, whether or not its parent has asked about it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import until

from tally.processes import has_ended
from tally.render import kernel
from tally.schedule.history import is_gone, process_name

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
SLEEPING = [sys.executable, "-c", "input()"]


@pytest.fixture
def dead() -> Iterator[int]:
    """Return a process that was killed and that nobody asks about."""
    process = subprocess.Popen(SLEEPING, stdin=subprocess.PIPE)
    process.kill()
    stat = Path(f"/proc/{process.pid}/stat")
    assert until(lambda: ") Z " in stat.read_text())
    try:
        yield process.pid
    finally:
        process.communicate()


def test_the_dead_have_ended(dead: int) -> None:
    os.kill(dead, 0)
    assert has_ended(dead)


@pytest.mark.parametrize("number", [0, -1])
def test_what_is_no_process_has_ended(number: int) -> None:
    assert has_ended(number)


def test_the_living_have_not() -> None:
    with subprocess.Popen(SLEEPING, stdin=subprocess.PIPE) as process:
        assert not has_ended(process.pid)
        assert not has_ended(os.getpid())
        process.kill()
    assert has_ended(process.pid)


def test_a_run_of_a_dead_process_is_over(dead: int) -> None:
    boot, _, _ = process_name().rpartition(":")
    assert is_gone(f"{boot}:{dead}")
    assert not is_gone(process_name())


def test_folders_of_a_dead_process_are_swept(
    dead: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for owner in (dead, os.getpid()):
        (tmp_path / f"{kernel.PREFIX}{owner}-fork-a").mkdir()
    with kernel.kernels({}):
        assert not list(tmp_path.glob(f"{kernel.PREFIX}{dead}-*"))
    assert (tmp_path / f"{kernel.PREFIX}{os.getpid()}-fork-a").is_dir()
