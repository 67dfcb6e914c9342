"""The faults that a night brings: kills, a full disk, broken history, clocks, two ticks, hangs."""

import errno
import os
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from scheduled_place import SCHEDULE, Desk, make_desk, open_desk

from tally.errors import ScheduleError
from tally.schedule import history, making, running, site
from tally.schedule import tick as tick_module
from tally.schedule.running import Job, Ran, render
from tally.schedule.tick import HISTORY
from tally.settings import FILE

STORY = "Russian drones killed {} people in Sumy on May 21, the State Emergency Service said."
KILLS = 50


pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return stocked(tmp_path)


def stocked(root: Path, schedule: str = SCHEDULE) -> Desk:
    made = make_desk(root, schedule)
    made.story("2025-05-21-sumy", STORY.format("two"), "2025-05-21T06:30+03:00")
    return made


def sound(desk: Desk) -> None:
    """Assert that nothing half-made is seen in the published folder."""
    for record in desk.records():
        folder = desk.plan.site / record.address
        assert {*record.products, "edition.json", "index.html"} == {
            path.name for path in folder.iterdir()
        }
    left = [path for path in desk.plan.site.rglob(".*") if not path.is_symlink()]
    assert left == []


# Ticks in a child that is killed at a random moment, again and again; forked from a process
# without threads of its own, so that a tick need not import everything anew.
KILLING = """
import os, random, signal, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from scheduled_place import open_desk
from tally.render import manifest
manifest._package = list

def child(root):
    desk = open_desk(root)
    desk.tick("2025-05-25T18:00")

def forked(root, wait):
    pid = os.fork()
    if pid == 0:
        try:
            child(root)
        finally:
            os._exit(0)
    if wait is not None:
        time.sleep(wait)
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]

root = Path(sys.argv[1])
random.seed(21)
cut = 0
for turn in range(int(sys.argv[3])):
    cut += forked(root, random.uniform(0.0, 0.12)) != 0
print(cut)
"""


def test_kill_at_fifty_random_points_loses_and_doubles_nothing(tmp_path: Path) -> None:
    rules = 'catch_up = "all"\nmax_age = "20d"\n'
    desk = stocked(tmp_path, SCHEDULE + rules)
    arguments = [sys.executable, "-c", KILLING, str(tmp_path), str(Path(__file__).parent)]
    done = subprocess.run(
        [*arguments, str(KILLS)], capture_output=True, text=True, check=True, timeout=120
    )
    assert int(done.stdout) >= KILLS / 2, "most kills come while a tick is at work"
    report = desk.tick("2025-05-25T18:00")
    assert not report.failed, report
    sound(desk)
    days = [f"2025-05-{day:02}" for day in range(6, 26)]
    assert desk.editions() == [f"daily/{day}/1" for day in days]
    with sqlite3.connect(desk.plan.state / HISTORY) as kept:
        told = kept.execute("select count(*) from runs where state = 'published'").fetchone()[0]
        running_still = kept.execute("select count(*) from runs where state = 'running'").fetchone()
    kept.close()
    assert (told, running_still) == (len(days), (0,))
    assert desk.tick("2025-05-25T18:01").made == []


# The steps between which a tick leaves something to be taken up: where they are called from.
STEPS = [
    (tick_module.making, "begin"),
    (tick_module.making, "attempt"),
    (making, "publish"),
    (making, "note_published"),
    (making.telling, "tell_edition"),
    (making, "_clear"),
    (tick_module, "build"),
    (site, "point_latest"),
    (tick_module.telling, "deliver"),
]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("place", "name"), STEPS)
def test_a_kill_between_any_two_steps(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, place: ModuleType, name: str, after: bool
) -> None:
    def killed(*given: object, **named: object) -> None:
        if after:
            step(*given, **named)
        raise KeyboardInterrupt

    told = '[[schedule.command]]\nrun = ["tee", "-a", "told"]\nevents = ["edition"]\n'
    with (desk.root / FILE).open("a") as rules:
        rules.write(told.replace('"told"', f'"{desk.root}/told"'))
    again = open_desk(desk.root)
    step = getattr(place, name)
    with monkeypatch.context() as patched:
        patched.setattr(place, name, killed)
        with pytest.raises(KeyboardInterrupt):
            again.tick("2025-05-21T08:00")
    assert not again.tick("2025-05-21T08:01").failed
    sound(again)
    assert again.editions() == ["daily/2025-05-21/1"]
    assert (again.plan.site / "daily/latest").readlink() == Path("2025-05-21/1")
    assert (desk.root / "told").read_text().count('"event": "edition"') == 1
    assert again.tick("2025-05-21T08:02").made == []


LEFT = [
    ("daily/2025-05-21/.2.ab_d3f6h/briefing.html", False),
    (".index.html.ab_d3f6h", False),
    ("by-day/.2025-05-21.html.ab_d3f6h", False),
    ("daily/2025-05-21/.index.html.ab_d3f6h", False),
    ("daily/.latest.4711", False),
    (".htaccess", True),
    (".well-known/security.txt", True),
    ("daily/.nojekyll", True),
]


def test_what_a_kill_left_is_swept_and_nothing_else(desk: Desk) -> None:
    for name, _ in LEFT:
        path = desk.plan.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half")
    desk.tick("2025-05-21T08:00")
    assert [(name, (desk.plan.site / name).exists()) for name, _ in LEFT] == LEFT


@pytest.mark.parametrize("number", range(9))
def test_a_disk_that_fills_while_publishing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Whichever write finds no room, nothing half-made is seen, and the next tick mends it."""
    desk.tick("2025-05-20T08:00")
    calls = iter(range(1_000))

    def full(_: int) -> None:
        if next(calls) >= number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = desk.editions()
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        report = desk.tick("2025-05-21T08:00")
        assert report.failed
    sound(desk)
    assert desk.editions()[: len(before)] == before
    assert not desk.tick("2025-05-21T08:05").failed
    assert desk.editions() == [*before, "daily/2025-05-21/1"]
    assert (desk.plan.site / "daily/latest").readlink() == Path("2025-05-21/1")


@pytest.mark.parametrize("content", [b"no database at all", b"", None])
def test_a_broken_history_is_moved_aside_and_made_again(desk: Desk, content: bytes | None) -> None:
    desk.tick("2025-05-20T08:00")
    desk.tick("2025-05-21T08:00")
    path = desk.plan.state / HISTORY
    whole = path.read_bytes()
    # Overwritten in the middle, the head intact; emptied; or something else altogether.
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096) if content is None else content)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    report = desk.tick("2025-05-21T08:05")
    assert report.made == [], "nothing is made or told twice"
    assert desk.editions() == ["daily/2025-05-20/1", "daily/2025-05-21/1"]
    if content != b"":
        assert [words.partition(" is moved")[0] for words in report.warnings] == [
            "The history was broken and"
        ]
        assert "made again from the 2 published revisions" in report.warnings[0]
        assert list(desk.plan.state.glob(f"{HISTORY}.broken-1"))
    assert not desk.tick("2025-05-21T08:06").failed


def test_an_older_history_put_back_learns_what_was_published_since(desk: Desk) -> None:
    desk.tick("2025-05-20T08:00")
    path = desk.plan.state / HISTORY
    older = path.read_bytes()
    desk.tick("2025-05-21T08:00")
    path.write_bytes(older)
    report = desk.tick("2025-05-21T08:05")
    assert (report.failed, report.made) == (False, []), report
    assert desk.editions() == ["daily/2025-05-20/1", "daily/2025-05-21/1"]
    with tick_module.opened(desk.plan, report, desk.now) as kept:
        assert [record.period for record in kept.records()] == ["2025-05-20", "2025-05-21"]


def test_a_history_that_is_held_is_told_and_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.tick("2025-05-21T08:00")
    monkeypatch.setattr(history, "BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(desk.plan.state / HISTORY, isolation_level=None)
    holder.execute("pragma locking_mode = exclusive")
    holder.execute("begin exclusive")
    holder.execute("create table held (x)")
    with pytest.raises(ScheduleError, match=r"cannot be used now \(database is locked\); nothing"):
        desk.tick("2025-05-22T08:00")
    holder.execute("rollback")
    holder.close()
    assert not desk.tick("2025-05-22T08:01").failed
    assert len(desk.editions()) == 2


def test_a_clock_set_back_makes_nothing_twice_and_is_said_once(desk: Desk) -> None:
    desk.tick("2025-05-21T08:00")
    desk.tick("2025-05-23T08:00")
    back = desk.tick("2025-05-22T09:00")
    assert [made.name for made in back.made] == ["daily 2025-05-22"], "that day had not been made"
    assert back.notes == [
        "The clock of this machine was set back: the last tick was at 2025-05-23T08:00:00+03:00."
    ]
    assert desk.tick("2025-05-21T08:10").made == []
    desk.tick("2025-05-23T08:10")
    assert desk.editions() == [f"daily/2025-05-{day}/1" for day in (21, 22, 23)]
    assert (desk.plan.site / "daily/latest").readlink() == Path("2025-05-23/1")


def test_two_ticks_at_once_are_one(desk: Desk) -> None:
    reports = []

    def second(job: Job) -> Ran:
        reports.append(open_desk(desk.root).tick("2025-05-21T08:00"))
        return desk.stub.make(job)

    desk.stub.faults["2025-05-21"] = [second]
    first = desk.tick("2025-05-21T08:00")
    assert [report.busy for report in (first, *reports)] == [False, True]
    assert desk.editions() == ["daily/2025-05-21/1"]


FAILURES = [
    ("cell", 1),
    ("check", 1),
    ("kernel", 3),
    ("timeout", 3),
    ("killed", 3),
    ("system", 3),
]


@pytest.mark.parametrize(("kind", "attempts"), FAILURES)
def test_what_may_pass_is_tried_again_and_what_cannot_is_not(
    desk: Desk, kind: str, attempts: int
) -> None:
    """A cell that raises would raise again; a kernel that was killed may have had bad luck."""

    def fail(job: Job) -> Ran:
        if kind == "check":
            made = desk.stub.make(job)
            assert made.folder
            (made.folder / "briefing.pdf").write_bytes(b"%PDF-1.4 cut off")
            return made
        return Ran(kind, f"it ended by {kind}.")

    desk.tick("2025-05-20T08:00")
    desk.stub.faults["2025-05-21"] = [fail] * 20
    for minute in (0, 1, 2, 3, 4, 8, 29):
        desk.tick(f"2025-05-21T08:{minute:02}")
    assert desk.stub.rendered.count("2025-05-21") == attempts
    index = (desk.plan.site / "index.html").read_text(encoding="utf-8")
    assert "Daily briefing, 21 May 2025:" in index
    assert "The edition could not be made (noticed on 21 May 2025, 08:0" in index
    assert "The last good edition is that of 20 May 2025." in index
    assert (desk.plan.site / "daily/latest").readlink() == Path("2025-05-20/1")
    # Something that the edition depends on changes: then there is a reason to try again.
    desk.stub.faults.clear()
    desk.story("2025-05-21-more", STORY.format("three"), "2025-05-21T08:30+03:00")
    assert not desk.tick("2025-05-21T08:31").failed
    assert desk.editions()[-1] == "daily/2025-05-21/1"
    assert "could not be made" not in (desk.plan.site / "index.html").read_text(encoding="utf-8")


def test_one_that_fails_keeps_no_other_from_being_made(tmp_path: Path) -> None:
    desk = stocked(tmp_path, SCHEDULE + 'grid = { region = ["UA-59", "UA-63"] }\n')
    desk.stub.faults["2025-05-21"] = [lambda _: Ran("cell", "ValueError: no")]
    report = desk.tick("2025-05-21T08:00")
    assert sorted(made.state for made in report.made) == ["failed", "published"]
    assert len(desk.editions()) == 1


# Processes in the place of the renderer: each ends, or does not, in its own way.
ENDS = {
    "loops": ("import time\ntime.sleep(20)", "timeout", "took longer than 1 s"),
    "ignores": (
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(20)",
        "timeout",
        "took longer than 1 s",
    ),
    "is killed": (
        "import os\nos.kill(os.getpid(), 9)",
        "killed",
        "ended by signal 9, leaving nothing",
    ),
    "says": ("import sys\nsys.exit('no such module')", "killed", "exit code 1.*no such module"),
    "lies": (
        "import json, pathlib, sys\njob = json.loads(sys.stdin.readline())\n"
        "(pathlib.Path(job['folder']) / 'result.json').write_text('{}')",
        "system",
        "left what cannot be read",
    ),
}


def job(folder: Path, timeout: float = 1.0) -> Job:
    return Job("daily", {"day": "2025-05-21"}, "", "/", "/", str(folder), timeout, 5)


@pytest.mark.parametrize("name", ENDS)
def test_whatever_becomes_of_the_renderer_is_told(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_GRACE", 0.1)
    program, kind, words = ENDS[name]
    begun = time.monotonic()
    ran = render(job(tmp_path), (sys.executable, "-I", "-S", "-c", program))
    assert ran.kind == kind
    assert re.search(words, ran.error)
    assert not running._RUNNING
    assert time.monotonic() - begun < 8, "it was waited for no longer than it may take"
