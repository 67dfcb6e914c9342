"""A tick killed anywhere between the inbox and the last page: the next one completes it.

What is killed is the real thing: feeds over HTTP, readers of documents, kernels, typesetting. Now
the tick alone is killed and what it started finds itself orphaned, now everything at once.
"""

import datetime as dt
import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
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
# A new day is due after so many kills.
KILLS_A_DAY = 7
MARK = "TALLY_TEST_OF_KILLS"
PATIENCE = 30.0
RULES = """
catch_up = "all"
max_age = "20d"
revise_for = "0s"
start = 2025-05-21
[schedule]
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
# Ticks at the time that it is told, in a child that has imported everything already.
TICKING = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from scheduled_place import open_desk
from tally.schedule import running

for at in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            desk = open_desk(Path(sys.argv[1]))
            desk.render = running.render
            code = desk.tick(at.strip()).failed
        finally:
            os._exit(code)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


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


def started() -> set[int]:
    """Return the processes that bear our mark, whoever started them."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if MARK.encode() in path.read_bytes():
                found.add(int(path.parent.name))
    return found


def none_left(but: int) -> bool:
    until = time.monotonic() + PATIENCE
    while left := started() - {but}:
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return not left


class Ticker:
    """Ticks in processes of its own, which can be killed."""

    def __init__(self, root: Path, scratch: Path) -> None:
        command = [sys.executable, "-c", TICKING, str(root), str(Path(__file__).parent)]
        environment = {**os.environ, MARK: "1", "TMPDIR": str(scratch)}
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )

    def tick(
        self, at: dt.datetime, wait: float | None = None, *, everything: bool = False
    ) -> tuple[int, float]:
        """Tick, killed after a time unless it was quicker; return how it ended, and after what."""
        assert self.process.stdin
        assert self.process.stdout
        begun = time.monotonic()
        self.process.stdin.write(f"{at:%Y-%m-%dT%H:%M}\n".encode())
        child = int(self.process.stdout.readline())
        if not select.select([self.process.stdout], [], [], wait)[0]:
            for each in {child} | (started() - {self.process.pid} if everything else set()):
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
        return int(self.process.stdout.readline()), time.monotonic() - begun

    def close(self) -> None:
        self.process.communicate()


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
            deliver(desk, wire, 1)
            code, whole = ticker.tick(at)
            cut = 0
            for turn in range(1, KILLS + 1):
                deliver(desk, wire, turn + 1)
                at += dt.timedelta(days=turn % KILLS_A_DAY == 0, minutes=2)
                wait = chance.uniform(0, whole)
                ended, took = ticker.tick(at, wait, everything=bool(turn % 2))
                cut += ended == -signal.SIGKILL
                # The first tick finds nothing loaded, and takes longer than any other.
                whole = whole if ended else min(whole, took)
            last, _ = ticker.tick(at + dt.timedelta(minutes=2))
            assert (code, last) == (0, 0)
            assert cut >= KILLS / 2, "most kills come while a tick is at work"
            assert none_left(ticker.process.pid)
            assert list(Path(scratch).iterdir()) == []
        finally:
            ticker.close()
    complete(open_desk(tmp_path), wire, at)


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
    days = [f"2025-05-{day}" for day in range(21, at.day + 1)]
    assert len(days) > KILLS / KILLS_A_DAY
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
    assert len(list((inbox / "taken").iterdir())) == KILLS + 1
    documents = list((desk.plan.settings.data / "documents").glob("*.md"))
    assert len(documents) == 2 * (KILLS + 1)
    before = sorted(claim.id for claim in load_ledger(desk.plan.settings.data / "claims"))
    rebuild(desk.plan.settings.data)
    assert before == sorted(claim.id for claim in load_ledger(desk.plan.settings.data / "claims"))
    assert len(before) == len(set(before)) == 2 * (KILLS + 1)
