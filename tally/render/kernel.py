"""The kernel that runs a briefing: this very interpreter, quiet, and alone with its sockets.

Knows nothing of notebooks. Whatever kernelspecs a machine has installed are not looked at: one
named python3 may belong to another environment.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, BinaryIO

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

# A socket's path has a limit of about 100 bytes on every Unix; the longest name adds 10.
_LONGEST_SOCKET_FOLDER = 80
_ARGV = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
# The same seed for the same bytes; one thread because briefings are small; pydevd's warning about
# frozen modules concerns debuggers only.
_QUIET = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}


_PREFIX = "tally-kernel-"


class BriefingKernelManager(AsyncKernelManager):
    """Starts kernels of this interpreter; `kernels` sets the attributes of the class."""

    made: list["BriefingKernelManager"]
    folder: Path
    log_file: BinaryIO
    environment: Mapping[str, str]

    def __init__(self, **kwargs: Any) -> None:
        """Keep the connection file, and the sockets where they fit, in a folder of our own."""
        sockets = hasattr(os, "fork") and len(str(self.folder)) <= _LONGEST_SOCKET_FOLDER
        kwargs["transport"] = "ipc" if sockets else "tcp"
        kwargs["connection_file"] = str(self.folder / "kernel.json")
        super().__init__(**kwargs)
        self.made.append(self)
        _RUNNING.append(self)

    @property
    def kernel_spec(self) -> KernelSpec:
        """Return this interpreter as a kernel, whatever is installed under its name."""
        return KernelSpec(argv=list(_ARGV), display_name="Python 3", language="python")

    def start_kernel(self, *args: Any, **kw: Any) -> Any:
        """Start it with our environment; what it says outside the notebook goes to a file."""
        kw["env"] = {**os.environ, **_QUIET, **self.environment}
        return super().start_kernel(*args, stdout=self.log_file, stderr=self.log_file, **kw)


_RUNNING: list[BriefingKernelManager] = []


@contextmanager
def kernels(environment: Mapping[str, str]) -> Iterator[type[BriefingKernelManager]]:
    """Give a class of kernel managers whose kernels see `environment` and leave nothing behind."""
    _sweep()
    with TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        ours = {"IPYTHONDIR": str(folder / "ipython"), **environment}
        made: list[BriefingKernelManager] = []
        with (folder / "kernel.log").open("w+b") as log:
            attributes = {"folder": folder, "log_file": log, "environment": ours, "made": made}
            try:
                yield type("OurKernelManager", (BriefingKernelManager,), attributes)
            finally:
                for manager in made:
                    _end(manager)
                    _RUNNING.remove(manager)


def end_kernels() -> None:
    """End every kernel of this process, whichever thread waits for it."""
    for manager in list(_RUNNING):
        _end(manager)


def _end(manager: BriefingKernelManager) -> None:
    """End a kernel that outlived its run, as one does that was starting when Ctrl-C came."""
    process = getattr(manager.provisioner, "process", None)
    if process is not None and process.poll() is None:
        process.kill()
        process.wait()


def _sweep() -> None:
    """Remove the folders of runs that were killed; their kernels end by themselves."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}[0-9]*-*"):
        owner = int(folder.name.removeprefix(_PREFIX).split("-")[0])
        if not _alive(owner):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    if os.name == "nt":  # there, signal 0 is Ctrl-C
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def last_words(kernel: type[BriefingKernelManager]) -> str:
    """Return the last line that a kernel said outside its notebook: why it died, if it did."""
    lines = (kernel.folder / "kernel.log").read_text(encoding="utf-8", errors="replace")
    return next((line.strip() for line in reversed(lines.splitlines()) if line.strip()), "")
