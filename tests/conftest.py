"""What holds for every test, and fixtures that several files of tests share."""

import os

import pytest

from tally.render import manifest
from tally.schedule import history
from tally.settings import DATA_VARIABLE


@pytest.fixture(autouse=True)
def no_data_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with our own data: a command names its folder in the environment until it ends."""
    monkeypatch.delenv(DATA_VARIABLE, raising=False)


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
