"""Kernels: fresh for each notebook, reported when they die, and gone when the run is over."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode, v4
from sample_place import Place, make_place

from tally.errors import RenderError
from tally.render.run import NotebookFailed, run_notebook
from tally.settings import ROOT

SLEEPING = """
import time
(Path(os.environ["TALLY_DATA"]) / "pid").write_text(str(os.getpid()))
time.sleep(120)
"""
COMMAND = """
import sys
from pathlib import Path
from tally.render import command
from tally.settings import load_settings
place = Path(sys.argv[1])
settings = load_settings(place, data=place / "data", out=place / "reports")
command.load_briefings = lambda: settings.briefings
command.load_settings = lambda **_: settings
sys.exit(command.main(["daily", *sys.argv[2:]]))
"""
PATIENCE = 30.0
seen = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder for temporary files: empty when nothing is left behind."""
    folder = tmp_path_factory.mktemp("t")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def run(folder: Path, *cells: str) -> NotebookNode:
    given = v4.new_code_cell("", metadata={"tags": ["parameters"]})
    path = folder / "n.ipynb"
    nbformat.write(v4.new_notebook(cells=[given, *map(v4.new_code_cell, cells)]), path)
    return run_notebook(path, {}, {"PYTHONPATH": str(ROOT)}, folder)


def children() -> set[int]:
    """Return the processes that this one has started and that still run."""
    listed = Path("/proc/self/task").glob("*/children")
    return {int(child) for path in listed for child in path.read_text().split()}


def until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_charts_appear_and_state_does_not_leak(tmp_path: Path, sockets: Path) -> None:
    before = children()
    chart = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    leak = "import builtins, os\nbuiltins.leaked = 1\nos.environ['LEAKED'] = '1'"
    first = run(tmp_path, chart, leak)
    assert "image/png" in first.cells[-2].outputs[0].data
    ask = "import builtins, os\nprint(hasattr(builtins, 'leaked'), 'LEAKED' in os.environ)"
    assert run(tmp_path, ask).cells[-1].outputs[0].text == "False False\n"
    assert list(sockets.iterdir()) == []
    assert children() <= before


FAILURES: list[tuple[str, type[RenderError], str]] = [
    ("import os\nos.kill(os.getpid(), 9)", RenderError, r"^n\.ipynb: the kernel died\."),
    ("import os\nos._exit(3)", RenderError, r"^n\.ipynb: the kernel died\."),
    ("1 / 0", NotebookFailed, r"^n\.ipynb, cell \d: ZeroDivisionError: division by zero$"),
]


@pytest.mark.parametrize(("cell", "error", "words"), FAILURES)
def test_a_failure_is_told_and_leaves_nothing(
    cell: str, error: type[RenderError], words: str, tmp_path: Path, sockets: Path
) -> None:
    before = children()
    with pytest.raises(error, match=words):
        run(tmp_path, cell)
    assert list(sockets.iterdir()) == []
    assert children() <= before


@pytest.fixture
def asleep(tmp_path: Path) -> Place:
    return make_place(tmp_path, SLEEPING)


def start(place: Place, sockets: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(place.settings.root), *more],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(sockets)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kernel(place: Place) -> int:
    """Return the process of the kernel once it is in its last cell."""
    told = place.settings.data / "pid"
    assert until(lambda: told.exists() and told.read_text() != "")
    return int(told.read_text())


def gone(process: int) -> bool:
    """Return whether a process has ended; one that nobody has waited for has."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


ASKED = (["--day", "2025-05-21"], ["--from", "2025-05-21", "--to", "2025-05-23"])


@seen
@pytest.mark.parametrize("asked", ASKED)
def test_ctrl_c_ends_the_kernel_and_leaves_nothing(
    asked: list[str], asleep: Place, sockets: Path
) -> None:
    running = start(asleep, sockets, *asked)
    process = kernel(asleep)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130
    assert said.splitlines()[-1] == "Stopped; editions that were there are unchanged."
    assert "Traceback" not in said
    assert until(lambda: gone(process))
    assert list(sockets.iterdir()) == []
    assert list(asleep.settings.root.rglob("*.pdf")) == []


@seen
def test_a_killed_run_leaves_no_kernel_and_the_next_one_sweeps(
    asleep: Place, sockets: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    running = start(asleep, sockets, "--day", "2025-05-21")
    process = kernel(asleep)
    running.kill()
    running.communicate(timeout=PATIENCE)
    assert until(lambda: gone(process))
    run(tmp_path_factory.mktemp("next"), "1")
    assert list(sockets.iterdir()) == []
