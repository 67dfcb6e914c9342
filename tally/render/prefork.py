"""A process that has imported what notebooks need, and forks a kernel whenever one is asked for.

multiprocessing's forkserver does it, as a server of our own that is ended for good. On Linux only:
elsewhere a process that has loaded numerical libraries is not safely forked.
"""

import atexit
import logging
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing import connection, forkserver
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tally.files import Stamp, stamps
from tally.render import forked
from tally.render.environment import environment_lock
from tally.render.forked import LOADED, ForkedKernel

PREFIX = "tally-kernel-"
POSSIBLE = sys.platform == "linux"
_PACKAGE = Path(__file__).parent.parent
# A backend chosen before the fork would never learn of the kernel.
_HIDDEN = ("MPLBACKEND",)


class _Server(forkserver.ForkServer):
    """A fork server that is started once, and not again when it has died."""

    started = False

    def ensure_running(self) -> None:
        """Start it, unless it was started before."""
        if not self.started:
            self.started = True
            super().ensure_running()

    def end(self) -> None:
        """End it at once, whatever it is doing; multiprocessing itself only waits for it."""
        process = getattr(self, "_forkserver_pid", None)
        stop = getattr(self, "_stop", None)
        if process is not None and stop is not None:
            os.kill(process, signal.SIGKILL)
            stop()


class Forked:
    """A forked process, as jupyter_client treats one that subprocess started."""

    stdin = stdout = stderr = None

    def __init__(self, status: int, process: int) -> None:
        """Keep the end of the pipe on which the server will tell the exit code."""
        self.pid = process
        self.returncode: int | None = None
        self._status = status

    def poll(self) -> int | None:
        """Return its exit code, negative for a signal, 255 for unknown; None while it runs."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for it, at most so many seconds, and return what `poll` does."""
        return self._ended(timeout)

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _ended(self, timeout: float | None) -> int | None:
        if self.returncode is None and connection.wait([self._status], timeout):
            try:
                self.returncode = forkserver.read_signed(self._status)
            except EOFError:  # the server was killed
                self.returncode = 255
            os.close(self._status)
        return self.returncode


class Prefork:
    """A running server; `users` counts who may still ask it for kernels or wait for one."""

    def __init__(self, loaded: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it, without waiting for it; raises OSError where that is not possible."""
        if not POSSIBLE:
            msg = "processes are safely forked on Linux only"
            raise OSError(msg)
        self.loaded = frozenset(loaded)
        self.environment = dict(environment)
        self.code = _code()
        self.users = 0
        self._folder = Path(mkdtemp(prefix=f"{PREFIX}{os.getpid()}-fork-"))
        self._server = _Server()
        self._server.set_forkserver_preload([forked.__name__])
        wanted = {**environment, LOADED: ",".join(loaded), "PYTHONSAFEPATH": "1"}
        try:
            with environment_lock, _environment(wanted), _sockets_in(self._folder):
                self._server.ensure_running()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def fork(self, kernel: ForkedKernel) -> Forked:
        """Return a new process that becomes this kernel; waits until the server has loaded all.

        Raises OSError or EOFError when the server cannot do it.
        """
        status, channel = self._server.connect_to_new_process([])
        try:
            with os.fdopen(channel, "wb") as out:
                # multiprocessing reads what to prepare, here nothing, and then the process.
                pickle.dump({}, out)
                pickle.dump(kernel, out)
            return Forked(status, forkserver.read_signed(status))
        except BaseException:
            os.close(status)
            raise

    def end(self) -> None:
        """End the server and leave nothing; its kernels must have ended."""
        self._server.end()
        shutil.rmtree(self._folder, ignore_errors=True)


_SERVERS: list[Prefork] = []


@contextmanager
def server(loaded: Sequence[str], environment: Mapping[str, str]) -> Iterator[Prefork | None]:
    """Give a server that has loaded these modules in this environment, a running one if it can.

    Where there can be none that is said once, and kernels have to be started one by one. It stays
    for the next until `end_servers`; one of another environment or with older code is ended.
    """
    found = _taken(tuple(loaded), environment)
    try:
        yield found
    finally:
        if found is not None:
            with environment_lock:
                found.users -= 1


def start_server(loaded: Sequence[str], environment: Mapping[str, str]) -> None:
    """Let a server load these modules while we do something else."""
    with server(loaded, environment):
        pass


def end_servers() -> None:
    """End every server of this process that nobody uses; another batch may be under way."""
    with environment_lock:
        for idle in [kept for kept in _SERVERS if not kept.users]:
            _SERVERS.remove(idle)
            idle.end()


@atexit.register
def _end_all() -> None:
    with environment_lock:
        while _SERVERS:
            _SERVERS.pop().end()


def warn(reason: object) -> None:
    """Say once why kernels are not forked."""
    warned(f"Kernels cannot be forked here ({reason}); each is started anew, which takes longer.")


@cache
def warned(words: str) -> None:
    """Say this once."""
    logging.getLogger(__name__).warning(words)


def _taken(loaded: tuple[str, ...], environment: Mapping[str, str]) -> Prefork | None:
    with environment_lock:
        code = _code()
        for kept in list(_SERVERS):
            fits = kept.environment == environment and kept.code == code
            if fits and kept.loaded.issuperset(loaded):
                kept.users += 1
                return kept
            if not kept.users:
                _SERVERS.remove(kept)
                kept.end()
        try:
            started = Prefork(loaded, environment)
        except (OSError, ValueError) as error:
            warn(error)
            return None
        started.users = 1
        _SERVERS.append(started)
        return started


def _code() -> tuple[Stamp, ...]:
    """Return what tells this code from other: a server that has loaded older must not be used."""
    return tuple(stamp for stamp in stamps(_PACKAGE) if stamp[0].endswith(".py"))


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Let what is started now see these variables, and none that is hidden."""
    before = dict(os.environ)
    os.environ.update(wanted)
    for name in _HIDDEN:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        for name in {*wanted, *_HIDDEN}:
            if name in before:
                os.environ[name] = before[name]
            else:
                os.environ.pop(name, None)


@contextmanager
def _sockets_in(folder: Path) -> Iterator[None]:
    """Let multiprocessing make its sockets in a folder that the next run sweeps if we are killed.

    Its own folder is removed only by a process that ends in its own time.
    """
    settings: dict[str, Any] = getattr(multiprocessing.current_process(), "_config", {})
    before = settings.get("tempdir")
    settings["tempdir"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del settings["tempdir"]
        else:
            settings["tempdir"] = before
