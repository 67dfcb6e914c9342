"""A JupyterLab of a test's own, with the settings that `make lab` gives it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tally.settings import ROOT

PATIENCE = 120_000
TOKEN = "a-token-of-this-test"
_HOMES = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")


def homes(folder: Path) -> dict[str, str]:
    """Return what keeps the server's files within a folder."""
    return {name: str(folder / name.lower()) for name in _HOMES}


@contextmanager
def lab_server(folder: Path, more: Mapping[str, str]) -> Iterator[str]:
    """Give the address of a server of this folder; `more` is its environment besides ours."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {**homes(folder), "JUPYTER_CONFIG_PATH": str(ROOT / "tally/house/lab"), **more}
    asked = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    asked += [f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}"]
    asked += [f"--IdentityProvider.token={TOKEN}", "--ServerApp.port_retries=0"]
    told = (folder / "server.log").open("wb")
    with (
        told,
        # Jobs are brought into the folder that the server was started in.
        subprocess.Popen(
            asked, env={**os.environ, **settings}, stdout=told, stderr=told, cwd=folder
        ) as running,
    ):
        try:
            _wait(f"http://127.0.0.1:{port}/api", running, folder / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            try:
                running.wait(20)
            except subprocess.TimeoutExpired:
                running.kill()


def _wait(address: str, running: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until and running.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-2000:]}")
