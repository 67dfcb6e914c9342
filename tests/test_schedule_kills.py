"""A tick killed anywhere between the inbox and the last page: the next one completes it.

What is killed is the real thing: feeds over HTTP, readers of documents, kernels, typesetting. Now
the tick alone is killed and what it started finds itself orphaned, now everything at once.
"""

import datetime as dt
import os
import random
import signal
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from processes import Ticker, none_left, renderers
from scheduled_place import KYIV, SCHEDULE, STORY, Desk, make_desk, open_desk, put_notebook

from tally.ledger import load_ledger
from tally.rebuild import rebuild
from tally.schedule.tick import HISTORY

pytest.importorskip("feedparser", reason="needs the extra collect")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at /proc"),
]

KILLS = 50
# So many ticks are left alone, to see how long they take.
BEFORE = 3
RULES = """
catch_up = "all"
max_age = "20d"
revise_for = "0s"
start = 2025-05-21
[schedule]
jobs = 1
inbox = "inbox"
[[schedule.feed]]
url = "{site}/feed"
every = "1m"
private = true
[[schedule.webhook]]
url = "{site}/hook"
events = ["edition"]
"""
WORDS = "Russian drones killed {n} people in Sumy on May 21, the State Emergency Service said."
ENTRY = """<item><title>Night {n}</title><link>https://desk.example.org/{n}</link>
<guid>{n}</guid><pubDate>Wed, 21 May 2025 06:30:00 +0300</pubDate>
<description>&lt;p&gt;Russian drones hurt {n} people in Sumy on May 21.&lt;/p&gt;</description>
</item>"""


@dataclass
class Wire:
    """What a feed holds, and what a webhook was given: the address of an edition -> its keys."""

    entries: list[str] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def served(wire: Wire) -> Iterator[str]:
    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            head = '<?xml version="1.0"?><rss version="2.0"><channel><title>The Desk</title>'
            self.answer(f"{head}{''.join(wire.entries)}</channel></rss>".encode())

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"])).decode()
            wire.told.append((self.headers["Idempotency-Key"], content))
            self.answer(b"")

        def answer(self, content: bytes) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_fifty_kills_from_the_inbox_to_the_last_page_lose_and_double_nothing(
    tmp_path: Path,
) -> None:
    wire, chance = Wire(), random.Random(21)
    # Sockets have short names only; a folder of its own shows whatever is left in it.
    with TemporaryDirectory(prefix="tk") as scratch, served(wire) as site:
        desk = make_desk(tmp_path, SCHEDULE + RULES.format(site=site))
        put_notebook(tmp_path, "")
        (tmp_path / "inbox").mkdir()
        ticker = Ticker(tmp_path, Path(scratch))
        try:
            at = dt.datetime(2025, 5, 21, 8, tzinfo=KYIV)
            spans = measured(desk, wire, ticker, at)
            at += dt.timedelta(days=1, minutes=2 * BEFORE)
            cut: Counter[str] = Counter()
            ended = 0
            for turn in range(KILLS):
                deliver(desk, wire, BEFORE + turn + 1)
                # Another edition is due once there is none.
                at += dt.timedelta(days=ended == 0, minutes=2)
                wait, everything = chance.uniform(0, spans[turn % 2]), turn % 4 < 2
                after = (lambda: renderers(tmp_path)) if turn % 2 else None
                ended, _ = ticker.tick(at, wait, after, everything=everything)
                cut[reached(desk) if ended == -signal.SIGKILL else "nothing"] += 1
            last, _ = ticker.tick(at + dt.timedelta(minutes=2))
            assert last == 0
            assert cut["collecting"] >= KILLS / 5, cut
            assert cut["rendering"] >= KILLS / 5, cut
            assert none_left(tmp_path, but=ticker.process.pid)
            assert [path for path in Path(scratch).iterdir() if not _is_trial(path)] == []
        finally:
            ticker.close()
    complete(open_desk(tmp_path), wire, at)


def measured(desk: Desk, wire: Wire, ticker: Ticker, at: dt.datetime) -> tuple[float, float]:
    """Tick undisturbed; return how long it takes to collect, and then to make an edition."""
    took = []
    # The first one finds nothing loaded; nothing is due for the last.
    for number, days in enumerate((0, 1, 1)):
        deliver(desk, wire, number + 1)
        code, seconds = ticker.tick(at + dt.timedelta(days=days, minutes=2 * number))
        assert code == 0
        took.append(seconds)
    _, whole, collects = took
    return collects, whole - collects


def reached(desk: Desk) -> str:
    """Return what a tick was at when it was killed."""
    with closing(sqlite3.connect(desk.plan.state / HISTORY)) as kept:
        (running,) = kept.execute("select count(*) from runs where state = 'running'").fetchone()
    return "rendering" if running else "collecting"


def deliver(desk: Desk, wire: Wire, number: int) -> None:
    """Have one document come into the inbox and another into the feed."""
    wire.entries.append(ENTRY.format(n=number))
    text = STORY.format(
        id=f"2025-05-21-{number}", published="2025-05-21T06:30+03:00", words=WORDS.format(n=number)
    )
    path = desk.root / "inbox" / f"{number}.md"
    path.with_suffix(".part").write_text(text)
    os.utime(path.with_suffix(".part"), (0, 0))
    path.with_suffix(".part").rename(path)


def complete(desk: Desk, wire: Wire, at: dt.datetime) -> None:
    """Assert that all there was to be is there, and once."""
    first = dt.date(2025, 5, 21)
    days = [f"{first + dt.timedelta(n)}" for n in range((at.date() - first).days + 1)]
    assert desk.editions() == [f"daily/{day}/1" for day in days]
    for record in desk.records():
        folder = desk.plan.site / record.address
        assert {path.name for path in folder.iterdir()} == {
            *record.products, "edition.json", "index.html"
        }  # fmt: skip
    assert [path for path in desk.plan.site.rglob(".*") if not path.is_symlink()] == []
    assert not (desk.plan.state / "work").exists() or not any((desk.plan.state / "work").iterdir())
    with closing(sqlite3.connect(desk.plan.state / HISTORY)) as kept:
        states = Counter(state for (state,) in kept.execute("select state from runs"))
    assert (states["published"], states["running"]) == (len(days), 0)
    # One that was taken just when the tick was killed comes again, under the same key.
    assert len({key for key, _ in wire.told}) == len(days)
    inbox = desk.root / "inbox"
    assert sorted(path.name for path in inbox.iterdir()) == ["taken"]
    assert len(list((inbox / "taken").iterdir())) == KILLS + BEFORE
    documents = list((desk.plan.settings.data / "documents").glob("*.md"))
    assert len(documents) == 2 * (KILLS + BEFORE)
    before = sorted(claim.id for claim in load_ledger(desk.plan.settings.data / "claims"))
    rebuild(desk.plan.settings.data)
    assert before == sorted(claim.id for claim in load_ledger(desk.plan.settings.data / "claims"))
    assert len(before) == len(set(before)) == 2 * (KILLS + BEFORE)


def _is_trial(path: Path) -> bool:
    """Tell whether Python's tempfile was killed while it tried a folder with a file of its own."""
    return path.is_file() and len(path.name) == 8 and path.read_bytes() in {b"", b"blat"}
