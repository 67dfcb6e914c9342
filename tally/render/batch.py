"""Renders many editions, some at once; what is up to date is left, what fails keeps no other.

Knows no command line: it gives an outcome for each edition as soon as there is one.
"""

import asyncio
import contextlib
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tally.errors import TallyError
from tally.render.edition import current_edition, render_edition
from tally.render.kernel import end_kernels
from tally.render.prefork import end_servers
from tally.settings import Briefing, Settings

State = Literal["rendered", "up to date", "failed"]
Given = Mapping[str, str]
_PATIENCE = 0.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one edition: `words` say why it failed, `complaints` what its cells wrote."""

    name: str
    state: State
    folder: Path | None = None
    words: str = ""
    complaints: tuple[str, ...] = ()


def render_batch(
    settings: Settings,
    briefing: Briefing,
    wanted: Sequence[Given],
    jobs: int,
    force: bool,
    executor: Executor | None = None,
) -> Generator[Outcome, None, None]:
    """Give the outcome of each edition in the order in which they end, `jobs` at a time.

    A notebook runs in a process of its own, so threads are enough to wait for them. When the
    caller stops, by Ctrl-C or otherwise, every kernel is ended and no edition is begun. Another
    `executor` renders where it is, as many at a time as it can, into the same folders.
    """
    pool = executor or ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="tally")
    left = {pool.submit(_outcome, settings, briefing, given, force) for given in wanted}
    try:
        while left:
            done, left = wait(left, return_when=FIRST_COMPLETED)
            for future in done:
                yield _result(future)
    finally:
        _stop(pool, left)
        end_servers()


def _result(future: Future[Outcome]) -> Outcome:
    """Return an outcome; a folder that is not seen here was written on a machine of its own."""
    outcome = future.result()
    if outcome.folder and not outcome.folder.is_dir():
        msg = f"{outcome.folder} is not here: workers must share the folders of this machine."
        return Outcome(outcome.name, "failed", words=msg)
    return outcome


def _stop(pool: Executor, left: set[Future[Outcome]]) -> None:
    """End what still runs. A kernel may just be starting, hence again until all threads end."""
    pool.shutdown(wait=False, cancel_futures=True)
    running = {future for future in left if not future.cancelled()}
    while running:
        end_kernels()
        running = wait(running, timeout=_PATIENCE).not_done


def _outcome(settings: Settings, briefing: Briefing, given: Given, force: bool) -> Outcome:
    name = f"{briefing.name} {given[briefing.dated_by]}"
    try:
        if not force and (folder := current_edition(settings, briefing, given)):
            return Outcome(name, "up to date", folder)
        edition = render_edition(settings, briefing, given)
    except TallyError as error:
        return Outcome(name, "failed", words=str(error))
    finally:
        _close_loop()
    return Outcome(name, "rendered", edition.folder, complaints=edition.complaints)


def _close_loop() -> None:
    """Close the event loop that nbclient made for this thread and leaves open."""
    with contextlib.suppress(RuntimeError):
        asyncio.get_event_loop().close()
