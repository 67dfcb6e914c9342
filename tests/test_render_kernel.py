"""Kernels: forked and fresh for each notebook, reported when they die, gone after the run."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode, v4
from sample_place import Place, make_place
from traitlets.config.loader import KVArgParseConfigLoader

from tally.errors import RenderError
from tally.render import prefork
from tally.render.forked import ForkedKernel, simple_config
from tally.render.kernel import BriefingClient
from tally.render.run import KernelDied, NotebookFailed, run_notebook
from tally.settings import ROOT

CHART = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
SLEEPING = """
import time
(Path(os.environ["TALLY_DATA"]) / "pid").write_text(f"{os.getpid()} {os.getppid()}")
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
pytestmark = pytest.mark.slow
Starter = Callable[..., "subprocess.Popen[str]"]
PATIENCE = 60.0
seen = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


forks = pytest.mark.skipif(not prefork.POSSIBLE, reason="kernels are forked on Linux only")


@pytest.fixture
def sockets(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Give the folder for temporary files: empty when nothing is left behind."""
    prefork.end_servers()
    resource_tracker.ensure_running()  # it stays with whoever uses multiprocessing
    folder = tmp_path_factory.mktemp("t")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    prefork.end_servers()


def left(sockets: Path, before: set[int]) -> tuple[list[Path], set[int]]:
    """Return the files and processes that are there once nobody needs a server any more."""
    prefork.end_servers()
    return list(sockets.iterdir()), children() - before


NOTHING: tuple[list[Path], set[int]] = ([], set())


class Ipc(AsyncKernelManager):
    """An ordinary manager of kernels, but for sockets in the folder for temporary files."""

    def __init__(self, **given: Any) -> None:
        sockets = Path(tempfile.gettempdir()) / "k"
        super().__init__(**{**given, "transport": "ipc", "ip": str(sockets)})


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
    leak = "import builtins, os\nbuiltins.leaked = 1\nos.environ['LEAKED'] = '1'"
    first = run(tmp_path, CHART, leak)
    assert "image/png" in first.cells[-2].outputs[0].data
    ask = "import builtins, os\nprint(hasattr(builtins, 'leaked'), 'LEAKED' in os.environ)"
    assert run(tmp_path, ask).cells[-1].outputs[0].text == "False False\n"
    assert left(sockets, before) == NOTHING


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
    assert left(sockets, before) == NOTHING


STARTS: list[tuple[signal.Signals, type[RenderError], type[Exception], str]] = [
    (signal.SIGKILL, KernelDied, DeadKernelError, r"^n\.ipynb: the kernel died\."),
    (signal.SIGSTOP, RenderError, TimeoutError, "Kernel did not answer in time"),
]


@forks
@pytest.mark.parametrize(("number", "error", "cause", "words"), STARTS)
def test_what_stops_a_kernel_that_starts_is_told_as_what_may_pass(
    number: signal.Signals,
    error: type[RenderError],
    cause: type[Exception],
    words: str,
    tmp_path: Path,
    sockets: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, fork, wait = children(), prefork.Prefork.fork, BriefingClient.wait_for_ready

    def stopped(server: prefork.Prefork, asked: ForkedKernel) -> prefork.Forked:
        forked = fork(server, asked)
        os.kill(forked.pid, number)
        return forked

    async def soon(client: BriefingClient, timeout: float | None = None) -> None:
        assert timeout
        await wait(client, 2.0)

    monkeypatch.setattr(prefork.Prefork, "fork", stopped)
    monkeypatch.setattr(BriefingClient, "wait_for_ready", soon)
    monkeypatch.setattr("tally.render.kernel._PATIENCE", 2.0)
    with pytest.raises(error, match=words) as caught:
        run(tmp_path, "")
    assert isinstance(caught.value.__cause__, cause)
    assert left(sockets, before) == NOTHING


@pytest.fixture
def start() -> Iterator[Starter]:
    """Give what starts the command; what still runs after the test is killed."""
    started: list[subprocess.Popen[str]] = []

    def begin(place: Place, sockets: Path, *more: str) -> subprocess.Popen[str]:
        running = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(place.settings.root), *more],
            env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(sockets)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(running)
        return running

    yield begin
    for running in started:
        if running.poll() is None:
            running.kill()
            running.communicate()


@pytest.fixture
def asleep(tmp_path: Path) -> Place:
    return make_place(tmp_path, SLEEPING)


def kernel(place: Place) -> list[int]:
    """Return the process of the kernel once it is in its last cell, and the one it came from."""
    told = place.settings.data / "pid"
    assert until(lambda: told.exists() and told.read_text() != "")
    return [int(process) for process in told.read_text().split()]


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
    asked: list[str], asleep: Place, sockets: Path, start: Starter
) -> None:
    running = start(asleep, sockets, *asked)
    processes = kernel(asleep)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130
    assert said.splitlines()[-1] == "Stopped; editions that were there are unchanged."
    assert "Traceback" not in said
    assert until(lambda: all(map(gone, processes)))
    assert list(sockets.iterdir()) == []
    assert list(asleep.settings.root.rglob("*.pdf")) == []


@seen
def test_a_killed_run_leaves_no_kernel_and_the_next_one_sweeps(
    asleep: Place, sockets: Path, start: Starter, tmp_path_factory: pytest.TempPathFactory
) -> None:
    running = start(asleep, sockets, "--day", "2025-05-21")
    processes = kernel(asleep)
    running.kill()
    running.communicate(timeout=PATIENCE)
    assert until(lambda: all(map(gone, processes)))
    before = children()
    run(tmp_path_factory.mktemp("next"), "1")
    assert left(sockets, before) == NOTHING


@forks
@pytest.mark.usefixtures("sockets")
def test_kernels_are_forked_from_what_has_loaded_their_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")
    ask = "import os, sys\nprint(os.getppid(), 'colorsys' in sys.modules)"
    found = {run(tmp_path, ask, "import colorsys").cells[1].outputs[0].text for _ in range(2)}
    assert len(found) == 1
    process, loaded = found.pop().split()
    assert (int(process) in children(), loaded) == (True, "True")
    assert os.environ["MPLBACKEND"] == "agg"
    assert prefork.LOADED not in os.environ


@forks
@pytest.mark.usefixtures("sockets")
def test_a_forked_kernel_looks_at_nothing_twice_and_keeps_no_history(tmp_path: Path) -> None:
    ask = (
        "import gc\n"
        "print(gc.isenabled(), gc.get_freeze_count() > 1000, "
        "get_ipython().history_manager.enabled, In[1] != '')"
    )
    assert run(tmp_path, ask).cells[-1].outputs[0].text == "True True False True\n"


OPTIONS: list[tuple[list[str], bool]] = [
    ([], True),
    (["--HistoryManager.enabled=False"], True),
    (["--HistoryManager.hist_file=:memory:", "--Session.username=a=b c"], True),
    (["--IPKernelApp.log_level=10", "--IPKernelApp.quiet=True"], True),
    (["--debug"], False),
    (["--matplotlib=inline"], False),
    (["--Session.username", "a"], False),
    (["-x"], False),
]


@pytest.mark.parametrize(("options", "simple"), OPTIONS)
def test_simple_options_of_a_kernel_mean_what_its_parser_says(
    options: list[str], simple: bool
) -> None:
    found = simple_config(options)
    assert (found is not None) == simple
    if simple:
        assert found == KVArgParseConfigLoader(options).load_config()


@forks
@pytest.mark.usefixtures("sockets")
def test_what_cannot_be_loaded_beforehand_is_told_by_its_cell(tmp_path: Path) -> None:
    (tmp_path / "breaking.py").write_text("raise SystemError('broken at home')")
    with pytest.raises(NotebookFailed, match=r"cell \d: SystemError: broken at home$"):
        run(tmp_path, "import sys; sys.path.insert(0, '.')", "import breaking")


@pytest.mark.usefixtures("sockets")
def test_without_forks_ordinary_kernels_do_the_same_and_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(prefork, "POSSIBLE", False)
    prefork.warned.cache_clear()
    for _ in range(2):
        assert "image/png" in run(tmp_path, CHART).cells[-1].outputs[0].data
    assert [record.getMessage().count("\n") for record in caplog.records] == [0]
    assert caplog.messages[0].startswith("Kernels cannot be forked here (")


@forks
def test_when_the_server_is_killed_the_next_kernel_is_an_ordinary_one(
    tmp_path: Path, sockets: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prefork.warned.cache_clear()
    before = children()
    ask = "import os\nprint(os.getppid())"
    process = int(run(tmp_path, ask).cells[-1].outputs[0].text)
    os.kill(process, signal.SIGKILL)
    assert until(lambda: gone(process))
    assert int(run(tmp_path, ask).cells[-1].outputs[0].text) == os.getpid()
    assert len(caplog.messages) == 1
    assert left(sockets, before) == NOTHING


@forks
def test_any_jupyter_can_ask_for_forked_kernels(
    sockets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = children()
    notebook = v4.new_notebook(cells=[v4.new_code_cell(CHART)])
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", "tally-prefork")
    done = NotebookClient(notebook, kernel_manager_class=Ipc, shutdown_kernel="immediate").execute()
    assert "image/png" in done.cells[0].outputs[0].data
    assert left(sockets, before)[1] == set()
