"""What a forked process is: a kernel, as if it had been started by itself.

The process that it is forked from imports this module first, so it imports nothing heavy at its
top. `LOADED` tells that process what to import besides.
"""

import contextlib
import gc
import importlib
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

LOADED = "TALLY_FORK_LOADED"
READY = "before_fork"
_OPTION = re.compile(r"--([A-Z]\w*)\.(\w+)=(.*)")
# What every kernel imports when it starts or runs its first cell.
KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "pdb",
    "sqlite3",
    "tornado.platform.asyncio",
)


@dataclass(frozen=True, slots=True)
class ForkedKernel:
    """A kernel to be: what it is told, its environment, its folder, and a file for its words."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str
    log: str

    def _bootstrap(self, _parent_sentinel: int) -> int:
        """Become that kernel; multiprocessing calls this in the forked process."""
        os.setsid()
        _let_server_go()
        os.environ.clear()
        os.environ.update(self.environment)
        if self.folder:
            os.chdir(self.folder)
        if self.log:
            _write_to(self.log)
        sys.argv = ["ipykernel_launcher", *self.arguments]
        _run(self.arguments)
        return 0


def load() -> None:
    """Import what kernels will need, and let our modules make ready what takes long.

    What cannot be imported is left: the cell that needs it tells its reader why.
    """
    # Next to nothing of it is garbage: looking for some takes a fifth of the time.
    gc.disable()
    for name in (*KERNEL, *filter(None, os.environ.pop(LOADED, "").split(","))):
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    for name, module in list(sys.modules.items()):
        ready = getattr(module, READY, None) if name.startswith("tally.") else None
        if ready is not None:
            with contextlib.suppress(Exception):
                ready()
    _know_backends()
    # What was loaded stays: not looked at by the collector of a kernel, it stays shared.
    gc.freeze()
    gc.enable()


def _know_backends() -> None:
    """Have matplotlib read which backends are installed: a look at every package there is."""
    if "matplotlib" in sys.modules:
        registry: Any = importlib.import_module("matplotlib.backends.registry")
        registry.backend_registry.list_all()


def _let_server_go() -> None:
    """Close our end of the pipe that keeps the server alive.

    With it open, a kernel that is left alone would keep the server that it waits to see end.
    """
    kept = getattr(forkserver, "_forkserver", None)
    kept = getattr(kept, "_forkserver_alive_fd", None)
    if kept is not None:
        os.close(kept)


def _write_to(log: str) -> None:
    """Send what is said outside the notebook to a file, and read nothing."""
    with Path(log).open("ab") as out, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)


def _run(arguments: tuple[str, ...]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    # ipykernel has read its parent from the environment of the server.
    app: Any = IPKernelApp.instance(parent_handle=os.getppid())
    config = simple_config(arguments[2:])
    if config is not None and arguments[:1] == ("-f",):
        # Making the parser of every option of a kernel takes longer than a cell of text does.
        app.connection_file = arguments[1]
        app.update_config(config)
        app.parse_command_line = lambda _arguments: None
    app.initialize(list(arguments))
    _draw_inline()
    app.start()


def simple_config(options: Sequence[str]) -> Any:
    """Return options such as --Session.key=abc as the parser of a kernel would; None for others."""
    from traitlets.config.loader import Config, DeferredConfigString

    config = Config()
    for option in options:
        found = _OPTION.fullmatch(option)
        if found is None:
            return None
        owner, trait, value = found.groups()
        config[owner][trait] = DeferredConfigString(value)
    return config


def _draw_inline() -> None:
    """Let charts reach this kernel: a backend that was loaded before the fork knows none.

    Without this they would vanish, in a run without an error.
    """
    sys.modules.pop("matplotlib_inline.backend_inline", None)
    backend = os.environ.get("MPLBACKEND")
    if backend and "matplotlib" in sys.modules:
        # It has read the environment of the server, which names no backend; ipykernel has by now
        # chosen one where ours does not either.
        sys.modules["matplotlib"].rcParams["backend"] = backend


if LOADED in os.environ:
    load()
