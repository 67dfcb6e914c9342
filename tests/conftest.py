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
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what costs time and shows nothing: flushing to the disk, digests of our code."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(history, "SYNCHRONOUS", "off")
    monkeypatch.setattr(manifest, "_package", list)
