"""What holds for every test, and fixtures that several files of tests share."""

import os
import signal

import pytest
from hypothesis import settings

from tally.render import manifest
from tally.schedule import history
from tally.settings import DATA_VARIABLE

# Shells start what runs in the background with Ctrl-C ignored, and commands would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
# How long an example takes is no property of ours, and depends on what else the machine does.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Begin each test, and what a whole file shares, with our own data.

    A command names its folder in the environment until it ends, and a test ends no process.
    """
    os.environ.pop(DATA_VARIABLE, None)


@pytest.fixture
def unflushed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out flushing to the disk: it costs time and shows nothing."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(history, "SYNCHRONOUS", "off")


@pytest.fixture
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out digests of our code too; a renderer of another process would miss them."""
    request.getfixturevalue("unflushed")
    monkeypatch.setattr(manifest, "_package", list)
