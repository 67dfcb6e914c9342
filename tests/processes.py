"""Processes that a test has started, known by a mark, and ticks of their own that can be killed."""

import datetime as dt
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

MARK = "TALLY_TEST_OF_KILLS"
PATIENCE = 30.0
_A_MOMENT = 0.02
# Ticks at the time that it is told, in a child that has imported everything already.
_TICKING = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from scheduled_place import open_desk
from tally.schedule import running

for at in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            desk = open_desk(Path(sys.argv[1]))
            desk.render = running.render
            code = desk.tick(at.strip()).failed
        finally:
            os._exit(code)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def started(root: Path) -> set[int]:
    """Return the processes that bear the mark of a folder, whoever started them."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"{MARK}={root}".encode() in path.read_bytes().split(b"\0"):
                found.add(int(path.parent.name))
    return found


def kernels(root: Path) -> set[int]:
    """Return those of them that are kernels: they lead a session, as renderers do."""
    return {each for each in _running(root, b"multiprocessing.forkserver") if _leads(each)}


def renderers(root: Path) -> set[int]:
    """Return those of them that render an edition."""
    return _running(root, b"tally.schedule.rendering")


def _running(root: Path, program: bytes) -> set[int]:
    found = set()
    for process in started(root):
        with suppress(OSError):
            if program in Path(f"/proc/{process}/cmdline").read_bytes():
                found.add(process)
    return found


def _leads(process: int) -> bool:
    with suppress(OSError):
        return os.getsid(process) == process
    return False


def none_left(root: Path, but: int = 0) -> bool:
    return until(lambda: not started(root) - {but})


def until(true: Callable[[], object]) -> bool:
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(_A_MOMENT)
    return True


def kill(*processes: int) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


class Ticker:
    """Ticks of the newsroom in a folder, in processes of their own, which can be killed."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.root = root
        command = [sys.executable, "-c", _TICKING, str(root), str(Path(__file__).parent)]
        environment = {**os.environ, MARK: str(root), "TMPDIR": str(scratch)}
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )

    def tick(
        self,
        at: dt.datetime,
        wait: float | None = None,
        after: Callable[[], object] | None = None,
        *,
        everything: bool = False,
    ) -> tuple[int, float]:
        """Tick, killed after a time unless it was quicker; return how it ended, and after what.

        With `after` the time counts from when that is so.
        """
        begun = time.monotonic()
        child = self._begin(at)
        if after:
            assert until(lambda: after() or self._is_over(0))
        if not self._is_over(wait):
            kill(child, *(started(self.root) - {self.process.pid} if everything else ()))
        return self._end(), time.monotonic() - begun

    def close(self) -> None:
        self.process.communicate()

    def _begin(self, at: dt.datetime) -> int:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{at:%Y-%m-%dT%H:%M}\n".encode())
        return int(self.process.stdout.readline())

    def _is_over(self, wait: float | None) -> bool:
        """Tell whether a tick ends within a time."""
        assert self.process.stdout
        return bool(select.select([self.process.stdout], [], [], wait)[0])

    def _end(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())
