"""A month in which the example corpus comes in day by day, and what goes wrong in it."""

import datetime as dt
import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest
from scheduled_place import Desk, at_kyiv

from tally import batches
from tally.documents import markdown, read_markdown
from tally.extract import extract
from tally.model import Claim, Document
from tally.schedule import channels
from tally.schedule.rows import Post
from tally.schedule.tick import HISTORY, Report
from tally.settings import ROOT

DAYS = [dt.date(2025, 5, 14) + dt.timedelta(days=n) for n in range(31)]
MORNING, EVENING = "09:00", "21:30"
TIMES = (MORNING, EVENING)
READER, MAINTAINER = "reader@example.org", "desk@example.org"
TELLING = f"""
[schedule]
inbox = "inbox"
jobs = 1
readers = ["{READER}"]
maintainers = ["{MAINTAINER}"]
[schedule.mail]
host = "localhost"
sender = "tally@example.org"
"""
CORPUS = {path: read_markdown(path) for path in sorted((ROOT / "data/documents").glob("*.md"))}

Corpus = Mapping[Path, Document]
_CLAIMS: dict[str, tuple[Claim, ...]] = {}
_DOWN = {f"2025-05-28T{MORNING}", "2025-05-28T09:02"}
_PATIENCE = dt.timedelta(minutes=20)


class Told(NamedTuple):
    """One mail: to whom, of what event, its subject, and the edition that it is about."""

    to: str
    event: str
    subject: str
    folder: str


def claims(document: Document) -> tuple[Claim, ...]:
    """Read a document once; collecting adds only where it was found."""
    if document.id not in _CLAIMS:
        _CLAIMS[document.id] = extract(document)
    return _CLAIMS[document.id]


def arrival(document: Document) -> dt.datetime:
    """Return when a document comes in: every other one in the morning of its day."""
    return at_kyiv(f"{str(document.published)[:10]}T{TIMES[len(document.id) % len(TIMES)]}")


def ticks() -> Iterator[dt.datetime]:
    """Give the times of the month, without those that trouble adds."""
    for day in DAYS:
        yield from (at_kyiv(f"{day}T{time}") for time in TIMES)


def history_is_lost(desk: Desk) -> None:
    shutil.rmtree(desk.plan.state)


def history_breaks(desk: Desk) -> None:
    (desk.plan.state / HISTORY).write_bytes(b"\xff" * 9_000)


def clock_is_set_back(desk: Desk) -> None:
    now = desk.now
    desk.now -= dt.timedelta(hours=2)
    desk.tick()
    desk.now = now


def disk_is_full(desk: Desk) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with mock.patch.object(os, "fsync", side_effect=full):
        assert desk.tick().failed
    desk.now += dt.timedelta(minutes=2)


Trouble = Mapping[str, Callable[[Desk], None]]
TROUBLE: Trouble = {
    f"2025-05-17T{EVENING}": history_is_lost,
    f"2025-05-19T{EVENING}": clock_is_set_back,
    f"2025-05-23T{EVENING}": history_breaks,
}


def live_through(
    desk: Desk,
    corpus: Corpus,
    trouble: Trouble,
    monkeypatch: pytest.MonkeyPatch,
    before: Callable[[dt.datetime], None] = lambda _: None,
) -> list[Told]:
    """Have documents come in and ticks run; return what was mailed.

    `before` sees each tick of the month before it comes.
    """
    sent: list[Told] = []

    def post(_: object, __: object, post: Post) -> None:
        if desk.now.strftime("%Y-%m-%dT%H:%M") in _DOWN:
            words = "the server cannot be reached"
            raise channels.NotSentError(words)
        told = post.message
        words = (told["event"], told["subject"], told.get("folder", ""))
        sent.append(Told(post.recipient, *map(str, words)))

    (desk.root / "inbox").mkdir()
    monkeypatch.setattr(channels, "send_mail", post)
    monkeypatch.setattr(batches, "extract", claims)
    monkeypatch.setattr(markdown.yaml, "safe_load", cache(markdown.yaml.safe_load))
    for at in ticks():
        _arrive(desk, corpus, at)
        before(at)
        desk.now = at
        trouble.get(at.strftime("%Y-%m-%dT%H:%M"), lambda _: None)(desk)
        # What went wrong is mended within minutes; nothing new has come until then.
        while _amiss(desk.tick()):
            desk.now += dt.timedelta(minutes=2)
            assert desk.now - at < _PATIENCE
    return sent


def _amiss(report: Report) -> bool:
    """Tell whether something is wrong that time mends; what waits for documents waits for days."""
    failed = any(made.state == "failed" for made in report.made)
    warned = any(not words.startswith("Late: ") for words in report.warnings)
    return bool(failed or warned or report.not_sent)


def _arrive(desk: Desk, corpus: Corpus, at: dt.datetime) -> None:
    for path, document in corpus.items():
        if arrival(document) == at:
            there = desk.root / "inbox" / path.name
            shutil.copy(path, there)
            os.utime(there, (0, 0))
