"""A month of mornings with a clock of our own: every edition once, the right revisions, told once.

Half the example corpus arrives day by day; some days go wrong. What must be published is worked out
from the claims alone, without a schedule.
"""

import datetime as dt
import errno
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from scheduled_place import SCHEDULE, Desk, at_kyiv, make_desk, put_notebook

from tally import batches
from tally.documents import markdown, read_markdown
from tally.extract import extract
from tally.model import Claim, Document
from tally.schedule import channels, running
from tally.schedule.rows import Post
from tally.schedule.running import Job, Ran
from tally.schedule.tick import HISTORY
from tally.settings import ROOT

DAYS = [dt.date(2025, 5, 14) + dt.timedelta(days=n) for n in range(31)]
TIMES = ("08:00", "21:30")
REVISED_FOR = dt.timedelta(days=3)
MAIL = """
revise_for = "3d"
max_age = "12h"
start = 2025-05-14
readers = ["reader@example.org"]
maintainers = ["desk@example.org"]
[schedule]
inbox = "inbox"
[schedule.mail]
host = "localhost"
sender = "tally@example.org"
"""
# Every other document of the example corpus: enough for each day, in half the time.
CORPUS = {path: read_markdown(path) for path in sorted((ROOT / "data/documents").glob("*.md"))[::2]}


@cache
def figures_of(document: Document, day: dt.date) -> tuple[tuple[str, int | None], ...]:
    return tuple(
        (f"{claim.metric} {claim.claimant}".strip(), claim.low or claim.high)
        for claim in claims(document)
        if claim.period_end == day
    )


_CLAIMS: dict[str, tuple[Claim, ...]] = {}


def claims(document: Document) -> tuple[Claim, ...]:
    """Read a document once; collecting adds only where it was found."""
    if document.id not in _CLAIMS:
        _CLAIMS[document.id] = extract(document)
    return _CLAIMS[document.id]


def arrival(document: Document) -> dt.datetime:
    """Return when a document comes in: every other one in the morning of its day."""
    morning = len(document.id) % len(TIMES)
    return at_kyiv(f"{str(document.published)[:10]}T{TIMES[morning]}")


def figures(day: dt.date, at: dt.datetime) -> dict[str, frozenset[int | None]]:
    """Return what the corpus says of a day by a moment, as the quick renderer reads it."""
    found: dict[str, set[int | None]] = defaultdict(set)
    for document in CORPUS.values():
        if arrival(document) <= at:
            for name, value in figures_of(document, day):
                found[name].add(value)
    return {name: frozenset(values) for name, values in found.items()}


def expected() -> Counter[str]:
    """Return how many revisions each day must have."""
    published: dict[str, list[object]] = defaultdict(list)
    for at in ticks():
        for day in DAYS:
            age, before = at - at_kyiv(f"{day}T08:00"), published[day.isoformat()]
            if before:
                new = age <= REVISED_FOR and figures(day, at) != before[-1]
            else:
                new = dt.timedelta() <= age <= dt.timedelta(hours=12)
            if new:
                before.append(figures(day, at))
    return Counter({day: len(found) for day, found in published.items() if found})


def ticks() -> Iterator[dt.datetime]:
    for day in DAYS:
        yield from (at_kyiv(f"{day}T{time}") for time in TIMES)


def kernel_dies(_: Job) -> Ran:
    return Ran("kernel", "the kernel died.")


def history_is_lost(desk: Desk) -> None:
    shutil.rmtree(desk.plan.state)


def history_breaks(desk: Desk) -> None:
    (desk.plan.state / HISTORY).write_bytes(b"\xff" * 9_000)


def clock_is_set_back(desk: Desk) -> None:
    now = desk.now
    desk.now -= dt.timedelta(hours=2)
    desk.tick()
    desk.now = now


# How often the kernel that renders a day dies.
DEATHS = {"2025-05-18": 1, "2025-05-21": 2}
# A briefing whose figures are those of the quick renderer.
CLAIMED = f"""
import signal
sys.path.insert(0, {str(Path(__file__).parent)!r})
from claimed import figures
data = Path(os.environ["TALLY_DATA"])
death = data.parent / "deaths" / day
if death.exists() and (left := death.read_text()):
    death.write_text(left[1:])
    os.kill(os.getpid(), signal.SIGKILL)
found = figures(data, day)
tiles = [dict(label=name, value=value, note="as claimed") for name, value in found.items()]
if tiles:
    b.show(b.tiles(tiles))
"""
TROUBLE: dict[str, Callable[[Desk], None]] = {
    "2025-05-17T21:30": history_is_lost,
    "2025-05-19T21:30": clock_is_set_back,
    "2025-05-23T21:30": history_breaks,
}


@pytest.mark.usefixtures("quick")
def test_a_month_of_mornings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path, SCHEDULE + MAIL)
    desk.stub.faults = {day: [kernel_dies] * times for day, times in DEATHS.items()}
    live_through_the_month(desk, monkeypatch)


@pytest.mark.slow
@pytest.mark.usefixtures("unflushed")
def test_a_month_through_kernels_and_typesetting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path, SCHEDULE + MAIL)
    put_notebook(tmp_path, CLAIMED)
    (tmp_path / "deaths").mkdir()
    for day, times in DEATHS.items():
        (tmp_path / "deaths" / day).write_text("x" * times)
    desk.render = running.render
    live_through_the_month(desk, monkeypatch)
    for record in desk.records():
        assert record.title == f"Night to {record.period}"
        assert record.title in _first_page(desk.plan.site / record.address / "briefing.pdf")
    assert [path.read_text() for path in (tmp_path / "deaths").iterdir()] == ["", ""]


def live_through_the_month(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have documents come in and ticks run; what is published is what the claims ask for."""
    (desk.root / "inbox").mkdir()
    sent: list[tuple[str, str, str]] = []
    down = {"2025-05-20T08:00", "2025-05-20T08:02"}

    def post(_: object, __: object, post: Post) -> None:
        if desk.now.strftime("%Y-%m-%dT%H:%M") in down:
            words = "the server cannot be reached"
            raise channels.NotSentError(words)
        told = post.message
        sent.append((post.recipient, str(told["event"]), str(told.get("folder", ""))))

    monkeypatch.setattr(channels, "send_mail", post)
    monkeypatch.setattr(batches, "extract", claims)
    monkeypatch.setattr(markdown.yaml, "safe_load", cache(markdown.yaml.safe_load))
    for at in ticks():
        _arrive(desk, at)
        desk.now = at
        if trouble := TROUBLE.get(at.strftime("%Y-%m-%dT%H:%M")):
            trouble(desk)
        if at.strftime("%Y-%m-%dT%H:%M") == "2025-05-16T08:00":
            with monkeypatch.context() as patched:
                patched.setattr(os, "fsync", _no_room)
                assert desk.tick().failed
            desk.now += dt.timedelta(minutes=2)
        # What went wrong is mended within minutes; nothing new has come until then.
        while desk.tick().failed:
            desk.now += dt.timedelta(minutes=2)
            assert desk.now - at < dt.timedelta(minutes=20)
    assert Counter(record.period for record in desk.records()) == expected()
    assert max(expected().values()) >= 3
    readers = Counter(folder for to, _, folder in sent if to == "reader@example.org")
    assert readers == Counter(record.address for record in desk.records())
    assert [event for to, event, _ in sent if to == "desk@example.org" and event == "failed"] == []
    for record in desk.records():
        assert record.revision == 1 or record.changes


def _first_page(path: Path) -> str:
    with closing(pypdfium2.PdfDocument(path)) as opened:
        return str(opened[0].get_textpage().get_text_range())


def _arrive(desk: Desk, at: dt.datetime) -> None:
    for path, document in CORPUS.items():
        if arrival(document) == at:
            there = desk.root / "inbox" / path.name
            shutil.copy(path, there)
            os.utime(there, (0, 0))


def _no_room(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
