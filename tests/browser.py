"""A headless Chromium that a test steers, over its own debugging protocol."""

import json
import re
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # not installed everywhere
    from playwright.sync_api import Browser

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
_MISSING = "Chromium is not installed (on Debian: apt-get install chromium)"
# What a module of tests bears that drives a browser.
DRIVEN = [pytest.mark.slow, pytest.mark.skipif(PROGRAM is None, reason=_MISSING)]
_ADDRESS = re.compile(r"ws://127\.0\.0\.1:(\d+)/")
_QUIET = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


class Tab:
    """One page; keeps what it logged and what it asked the network for."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self.logged: list[str] = []
        self.requested: list[str] = []

    def call(self, method: str, **given: Any) -> Any:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": given}))
        return self._until(lambda told: told.get("id") == self._number)["result"]

    def open(self, address: str, width: int, dark: bool = False) -> None:
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=800,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        self.call("Emulation.setEmulatedMedia", features=scheme)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.logged.clear()
        self.requested.clear()
        self.call("Page.navigate", url=address)
        self._until(lambda told: told.get("method") == "Page.loadEventFired")

    def value(self, expression: str) -> Any:
        told = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def _until(self, wanted: Any) -> Any:
        while True:
            told = json.loads(self._socket.recv())
            self._note(told.get("method", ""), told.get("params", {}))
            if wanted(told):
                assert "error" not in told, told
                return told

    def _note(self, method: str, given: Any) -> None:
        if method in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"):
            self.logged.append(json.dumps(given))
        if method == "Network.requestWillBeSent":
            self.requested.append(given["request"]["url"])


@contextmanager
def tab() -> Iterator[Tab]:
    """Give a tab of a fresh Chromium; skips the test where there is none."""
    websocket = pytest.importorskip("websocket", reason="needs websocket-client")
    if PROGRAM is None:
        pytest.skip(_MISSING)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        asked = [PROGRAM, *_QUIET, "--remote-debugging-port=0", "--remote-allow-origins=*"]
        asked += [f"--user-data-dir={profile}", "about:blank"]
        with subprocess.Popen(asked, stderr=subprocess.PIPE, text=True) as running:
            try:
                assert running.stderr is not None
                port = next(found[1] for line in running.stderr if (found := _ADDRESS.search(line)))
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as told:
                    pages = [each for each in json.load(told) if each["type"] == "page"]
                socket = websocket.create_connection(pages[0]["webSocketDebuggerUrl"], timeout=120)
                try:
                    yield Tab(socket)
                finally:
                    socket.close()
            finally:
                running.kill()


@contextmanager
def driven() -> Iterator["Browser"]:
    """Give a Chromium that Playwright drives."""
    tools = pytest.importorskip("playwright.sync_api", reason="needs Playwright's Python package")
    with tools.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=PROGRAM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield opened
        opened.close()
