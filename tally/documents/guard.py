"""Read files in a process of its own, so that no file can stop, crash or fill up the run.

The parsers of foreign formats are large, and some are written in C: a file made for it can keep
one busy for ever or end its process. Here that costs one line and one process, and the next file
is read by another. Memory is bounded where the system can bound it (not on Windows).
"""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from tally.documents.formats import LIGHT, Asked, kind_of, read_file
from tally.documents.stating import Found
from tally.errors import DocumentError

_STARTING = 60  # seconds: a busy machine may take a while to start a process
_DONE = None
_READY = "ready"


class Guard:
    """A process that reads files, made anew when one breaks it; to be used in a `with`."""

    def __init__(self, asked: Asked) -> None:
        """Start nothing yet: text and tables, which no foreign parser reads, need no process."""
        self.asked = asked
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        """Return the guard."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the process."""
        self._end()

    @property
    def process_id(self) -> int | None:
        """The id of the process that reads, `None` when there is none."""
        return self._child.pid if self._child else None

    def read(self, path: Path) -> Iterator[Found]:
        """Yield the documents of a file and what is wrong with it; never longer than allowed."""
        if kind_of(path) in LIGHT or not kind_of(path):
            yield from read_file(path, self.asked)
            return
        pipe = self._started()
        pipe.send(path)
        whole = False
        try:
            while True:
                if not pipe.poll(self.asked.limits.seconds):
                    yield _stopped(path, f"nothing for {self.asked.limits.seconds} seconds")
                    return
                found = pipe.recv()
                if found is _DONE:
                    whole = True
                    return
                yield found
        except (EOFError, OSError):
            yield _stopped(path, f"its reader ended ({self._cause()})")
        finally:
            if not whole:
                self._end()

    def _started(self) -> Connection:
        if self._pipe is not None and self._child is not None and self._child.is_alive():
            return self._pipe
        self._end()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(target=_serve, args=(theirs, self.asked), daemon=True)
        self._child.start()
        theirs.close()
        try:
            ready = self._pipe.poll(_STARTING) and self._pipe.recv() == _READY
        except (EOFError, OSError):
            ready = False
        if not ready:
            self._end()
            msg = "no process to read files in could be started; free some memory and try again"
            raise DocumentError(msg)
        return self._pipe

    def _cause(self) -> str:
        if self._child is None:
            return "unknown"
        self._child.join(_STARTING)
        code = self._child.exitcode
        if code is not None and code < 0:
            return signal.Signals(-code).name
        return f"exit code {code}"

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        self._pipe = self._child = None


def _stopped(path: Path, why: str) -> DocumentError:
    return DocumentError(
        f"{path.name}: {why}, so it was given up; open it in its own program and save it again, or "
        "save its words as text"
    )


def _serve(pipe: Connection, asked: Asked) -> None:
    """Read the files that are asked for, until nobody asks any more."""
    # Ctrl-C goes to all processes of a terminal; the run decides, and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Libraries print what they make of a file, its bytes with it; what is told goes over the pipe.
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    _bound(asked.limits.memory_bytes)
    pipe.send(_READY)
    while True:
        try:
            path = pipe.recv()
        except EOFError:
            return
        for found in _bounded(path, asked):
            pipe.send(found)
        pipe.send(_DONE)


def _bounded(path: Path, asked: Asked) -> Iterator[Found]:
    """Yield what a file gives; what its parser breaks on is told like any file that is broken."""
    try:
        yield from read_file(path, asked)
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        yield DocumentError(
            f"{path.name}: the reader broke on this file ({what}); please report it, with the file"
        )


def _bound(memory: int) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (ValueError, OSError):
        return  # macOS refuses it for a process that holds more already
