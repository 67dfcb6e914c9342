"""Has one edition rendered by a process of its own, which may hang, die or be killed.

Whatever becomes of it, what comes back is a `Ran`. The process ends when this one does, because
its standard input does. Publishes nothing.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from tally.schedule.product import Product

RESULT, SAID = "result.json", "said.log"
COMMAND = (sys.executable, "-m", "tally.schedule.rendering")
_GRACE = 5.0
_LONGEST_TOLD = 400


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be rendered: `folder` is where, `timeout` how many seconds it may take."""

    briefing: str
    parameters: Mapping[str, str]
    label: str
    root: str
    data: str
    folder: str
    timeout: float
    cell_timeout: int


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a job: the folder of its files and its product, or how it failed.

    `kind` is "" when all went well, else one of cell, kernel, timeout, killed, system, failed.
    """

    kind: str = ""
    error: str = ""
    cell: int = 0
    folder: Path | None = None
    product: Product | None = None
    complaints: tuple[str, ...] = ()


Render = Callable[[Job], Ran]

_RUNNING: set["subprocess.Popen[bytes]"] = set()


def render(job: Job, command: Sequence[str] = COMMAND) -> Ran:
    """Render in a process of its own, within the time that the job has."""
    folder = Path(job.folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / SAID).open("wb") as said:
            code = _wait(job, command, said.fileno())
    except OSError as error:
        return Ran("system", f"rendering could not be started: {error.strerror or error}.")
    if code is None:
        return Ran("timeout", f"rendering took longer than {job.timeout:.0f} s and was stopped.")
    return _result(folder, code)


def end_all() -> None:
    """End every process that still renders, whichever thread waits for it."""
    for process in list(_RUNNING):
        _end(process)


def _wait(job: Job, command: Sequence[str], said: int) -> int | None:
    """Return the exit code; None when the time was up and the process was ended."""
    # A group of its own, so that a Ctrl-C meant for us does not reach it half-way.
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=said, stderr=said, start_new_session=True, cwd="/"
    ) as process:
        assert process.stdin is not None
        _RUNNING.add(process)
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
                process.stdin.flush()
            return process.wait(job.timeout)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)
            _RUNNING.discard(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and all that it started: first asked to, then made to."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def _result(folder: Path, code: int) -> Ran:
    """Return what the process left: its result, or what its end tells."""
    try:
        told = json.loads((folder / RESULT).read_text(encoding="utf-8"))
        product = Product.from_json(told["product"]) if told.get("product") else None
        place = folder / told["folder"] if told.get("folder") else None
        return Ran(
            told["kind"], told["error"], told["cell"], place, product, tuple(told["complaints"])
        )
    except FileNotFoundError:
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        return Ran(
            "killed", f"rendering ended {how}, leaving nothing. {_last_words(folder)}".strip()
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Ran(
            "system", f"rendering left what cannot be read ({type(error).__name__}: {error})."
        )


def _last_words(folder: Path) -> str:
    with suppress(OSError):
        lines = (folder / SAID).read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")[:_LONGEST_TOLD]
    return ""
