"""Fixtures that several files of tests share."""

import os

import pytest

from tally.render import manifest


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what costs time and shows nothing: flushing to the disk, digests of our code."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(manifest, "_package", list)
