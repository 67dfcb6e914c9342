"""The kernel that runs a briefing: this very interpreter, quiet, and alone with its sockets.

Knows nothing of notebooks. Whatever kernelspecs a machine has installed are not looked at: one
named python3 may belong to another environment.
"""

import asyncio
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, BinaryIO

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from tally.processes import has_ended
from tally.render import prefork
from tally.render.environment import QUIET, environment_lock
from tally.render.forked import ForkedKernel
from tally.render.jupyter import DeadKernelError
from tally.render.prefork import PREFIX

# A socket's path has a limit of about 100 bytes on every Unix; the longest name adds 10.
_LONGEST_SOCKET_FOLDER = 80
_LAUNCH = [sys.executable, "-m", "ipykernel_launcher"]
_PROVISIONER = "tally-prefork"
_PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
_A_MOMENT = 0.005
_A_SECOND = 1.0
_PATIENCE = 60.0


class PreforkProvisioner(LocalProvisioner):
    """Forks kernels from a process that has loaded what they need; Jupyter knows it by its name.

    What asks it to run another program than this interpreter's kernel, or runs where nothing can
    be forked, gets an ordinary kernel.
    """

    process: Any = None
    loaded: Any = List(
        Unicode(), ["pandas", "matplotlib.pyplot"], config=True, help="modules to load beforehand"
    )

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel, else start it, and return where it listens."""
        words = _arguments(cmd)
        if words is not None:
            try:
                self.process = self._forked(words, kwargs)
            except (OSError, EOFError) as error:
                prefork.warn(error or type(error).__name__)
        if self.process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        await self._listens()
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and return when it has ended: who asks next would wait for longer."""
        await super().kill(restart)
        while await self.poll() is None:
            await asyncio.sleep(_A_MOMENT)

    async def _listens(self) -> None:
        """Wait for its sockets: who connects before tries again after a tenth of a second."""
        told: dict[str, Any] = {**self.connection_info}
        if told["transport"] == "ipc":
            sockets = [Path(f"{told['ip']}-{told[port]}") for port in _PORTS]
            end = time.monotonic() + _PATIENCE
            while not all(map(Path.exists, sockets)) and time.monotonic() < end:
                if await self.poll() is not None:
                    return
                await asyncio.sleep(_A_MOMENT)

    def _forked(self, arguments: list[str], given: Mapping[str, Any]) -> prefork.Forked | None:
        """Return the forked kernel, None where there is no server."""
        log = getattr(given.get("stdout"), "name", "")
        kernel = ForkedKernel(
            arguments=tuple(arguments),
            environment=dict(given.get("env") or os.environ),
            folder=str(given.get("cwd") or ""),
            log=log if isinstance(log, str) else "",
        )
        server: prefork.Prefork | None = getattr(self.parent, "server", None)
        if server is not None:
            return server.fork(kernel)
        quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": QUIET["PYDEVD_DISABLE_FILE_VALIDATION"]}
        with prefork.server(self.loaded, quiet) as shared:
            return shared.fork(kernel) if shared else None


def _arguments(command: list[str]) -> list[str] | None:
    """Return what this interpreter's kernel is told, None for another program."""
    module = _LAUNCH[-1]
    if command[0] != sys.executable or module not in command:
        return None
    return command[command.index(module) + 1 :]


class BriefingClient(AsyncKernelClient):
    """Talks to a kernel; jupyter_client's own would listen for a fifth of a second to silence."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel has answered and what it tells everybody is heard.

        Raises DeadKernelError when it has died, TimeoutError when it stays silent for so many
        seconds: another attempt may mend either.
        """
        end = time.monotonic() + (_PATIENCE if timeout is None else timeout)
        while time.monotonic() < end:
            self.kernel_info()
            with suppress(Empty):
                await self.get_shell_msg(timeout=_A_SECOND)
                # What is said before this channel is connected is lost, so it is asked again.
                await self.get_iopub_msg(timeout=_A_SECOND / 5)
                return
            if not await self.is_alive():
                msg = "Kernel died before it was ready"
                raise DeadKernelError(msg)
        msg = "Kernel did not answer in time"
        raise TimeoutError(msg)


class BriefingKernelManager(AsyncKernelManager):
    """Starts kernels of this interpreter; `kernels` sets the attributes of the class."""

    made: list["BriefingKernelManager"]
    folder: Path
    log_file: BinaryIO
    environment: Mapping[str, str]
    server: prefork.Prefork | None

    def __init__(self, **kwargs: Any) -> None:
        """Keep the connection file, and the sockets where they fit, in a folder of our own."""
        sockets = hasattr(os, "fork") and len(str(self.folder)) <= _LONGEST_SOCKET_FOLDER
        kwargs["transport"] = "ipc" if sockets else "tcp"
        kwargs["connection_file"] = str(self.folder / "kernel.json")
        kwargs["client_factory"] = BriefingClient
        super().__init__(**kwargs)
        self.made.append(self)
        _RUNNING.append(self)

    @property
    def kernel_spec(self) -> KernelSpec:
        """Return this interpreter as a kernel, whatever is installed under its name."""
        spec = KernelSpec(
            argv=[*_LAUNCH, "-f", "{connection_file}"], display_name="Python 3", language="python"
        )
        if self.server:
            spec.metadata = {"kernel_provisioner": {"provisioner_name": _PROVISIONER}}
            if not KernelProvisionerFactory.instance().is_provisioner_available(spec):
                prefork.warn("Tally was installed before it could; install it again")
                spec.metadata = {}
        return spec

    def start_kernel(self, *args: Any, **kw: Any) -> Any:
        """Start it with our environment; what it says outside the notebook goes to a file."""
        with environment_lock:
            kw["env"] = {**os.environ, **QUIET, **self.environment}
        return super().start_kernel(*args, stdout=self.log_file, stderr=self.log_file, **kw)


_RUNNING: list[BriefingKernelManager] = []


@contextmanager
def kernels(
    environment: Mapping[str, str], loaded: Sequence[str] = ()
) -> Iterator[type[BriefingKernelManager]]:
    """Give a class of kernel managers whose kernels see `environment` and leave nothing behind.

    They are forked, where that can be, from a process that has `loaded` these modules.
    """
    _sweep()
    with TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        ours = {"IPYTHONDIR": str(folder / "ipython"), **environment}
        made: list[BriefingKernelManager] = []
        with (
            prefork.server(loaded, {**QUIET, **environment}) as server,
            (folder / "kernel.log").open("w+b") as log,
        ):
            attributes = {"folder": folder, "log_file": log, "environment": ours, "made": made}
            attributes["server"] = server
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
    for folder in Path(gettempdir()).glob(f"{PREFIX}[0-9]*-*"):
        owner = int(folder.name.removeprefix(PREFIX).split("-")[0])
        if has_ended(owner):
            shutil.rmtree(folder, ignore_errors=True)


def last_words(kernel: type[BriefingKernelManager]) -> str:
    """Return the last line that a kernel said outside its notebook: why it died, if it did."""
    lines = (kernel.folder / "kernel.log").read_text(encoding="utf-8", errors="replace")
    return next((line.strip() for line in reversed(lines.splitlines()) if line.strip()), "")
