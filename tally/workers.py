"""Who does the work: processes of this machine, or a Dask cluster, each as an executor.

Knows no documents and no briefings. What is run is a function of this package, so that every
worker can import it.
"""

import logging
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
)
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from tally.errors import WorkerError

if TYPE_CHECKING:
    from distributed import Client

SCHEMES = ("tcp://", "tls://", "ws://", "wss://")
INSTALL = ".venv/bin/python -m pip install -e '.[cluster]'"
JOBS = min(os.cpu_count() or 1, 8)
MOST_JOBS = 64
# Until a process has started, this one has done about as many calls.
FEW = 8
AHEAD = 64
SECONDS = 20

Given = ParamSpec("Given")
Item = TypeVar("Item")
Made = TypeVar("Made")


@contextmanager
def open_workers(cluster: str | None = None, jobs: int = JOBS) -> Iterator[Executor]:
    """Give an executor: the cluster at an address such as tcp://10.0.0.5:8786, or `jobs` processes.

    When the block is left, by Ctrl-C or otherwise, nothing of it runs on.
    """
    if cluster is None:
        executor: Executor = LocalExecutor(jobs)
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)
        return
    with _connected(cluster) as client:
        executor = ClusterExecutor(client)
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)


def in_order(
    begin: Callable[[Item], Future[Made]], items: Iterable[Item]
) -> Iterator[tuple[Item, Future[Made]]]:
    """Yield each item with its ended call, in order; at most AHEAD of them are begun and not ended.

    So memory is bounded however many items there are. WorkerError when the workers are gone.
    """
    waiting: deque[tuple[Item, Future[Made]]] = deque()
    try:
        for item in items:
            waiting.append((item, _begun(begin, item)))
            while waiting and (len(waiting) >= AHEAD or waiting[0][1].done()):
                yield _ended(*waiting.popleft())
        while waiting:
            yield _ended(*waiting.popleft())
    finally:
        for _, future in waiting:
            future.cancel()


def _begun(begin: Callable[[Item], Future[Made]], item: Item) -> Future[Made]:
    try:
        return begin(item)
    except BrokenExecutor as error:
        raise _gone(type(error).__name__) from error


def _ended(item: Item, future: Future[Made]) -> tuple[Item, Future[Made]]:
    try:
        error = future.exception()
    except CancelledError as cancelled:
        raise _gone(type(cancelled).__name__) from cancelled
    if isinstance(error, BrokenExecutor):
        raise _gone(type(error).__name__) from error
    return item, future


def _gone(why: str) -> WorkerError:
    return WorkerError(
        f"the workers are gone ({why}): ended from outside, or for want of memory.\n"
        "  What was done so far is kept; run it again to go on, with fewer --jobs if memory is low."
    )


def done(made: Made) -> Future[Made]:
    """Return a call that has ended."""
    future: Future[Made] = Future()
    future.set_result(made)
    return future


class LocalExecutor(Executor):
    """Runs the first FEW calls in this process, and the others, if there are more, in processes."""

    def __init__(self, jobs: int = JOBS) -> None:
        """Use up to `jobs` processes; with one job, none but this."""
        self._jobs = jobs
        self._begun = 0
        self._pool: ProcessPoolExecutor | None = None

    def submit(
        self, call: Callable[Given, Made], /, *given: Given.args, **named: Given.kwargs
    ) -> Future[Made]:
        """Run a call, here and now or in a process."""
        self._begun += 1
        if self._jobs > 1 and self._begun > FEW:
            return self._processes().submit(call, *given, **named)
        try:
            return done(call(*given, **named))
        except Exception as error:
            failed: Future[Made] = Future()
            failed.set_exception(error)
            return failed

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: this process may have threads, such as that of a progress bar.
            fresh = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, fresh, _leave_interrupts)
        return self._pool


def _leave_interrupts() -> None:
    """Leave Ctrl-C, which a terminal sends to every process, to the one that began the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class ClusterExecutor(Executor):
    """A Dask cluster. When a worker is lost, the scheduler gives its calls to another one."""

    def __init__(self, client: "Client") -> None:
        """Use the cluster of a client, which stays open."""
        # Not pure: two calls that look alike are two calls.
        self._executor = cast("Callable[..., Executor]", client.get_executor)(pure=False)

    def submit(
        self, call: Callable[Given, Made], /, *given: Given.args, **named: Given.kwargs
    ) -> Future[Made]:
        """Have a worker run a call."""
        return self._executor.submit(call, *given, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what was begun, or drop it."""
        self._executor.shutdown(wait=wait and not cancel_futures)


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    if not address.startswith(SCHEMES):
        msg = (
            f"{address!r} is no address of a Dask scheduler; write one such as tcp://10.0.0.5:8786."
        )
        raise WorkerError(msg)
    try:
        from distributed import Client
    except ImportError as error:
        msg = f"--cluster needs Dask, which is not installed; install it: {INSTALL}"
        raise WorkerError(msg) from error
    # What goes wrong is told as an error; these add pages of their own words.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        connect = cast("Callable[..., Client]", Client)
        client = connect(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        msg = (
            f"no Dask scheduler answers at {address}; start one there with `dask scheduler`, and "
            f"workers with `dask worker {address}`."
        )
        raise WorkerError(msg) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError as error:
            msg = f"the scheduler at {address} has no worker; start some: `dask worker {address}`."
            raise WorkerError(msg) from error
        yield client
