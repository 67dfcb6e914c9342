"""One tick: collect, extract, make what is due, publish, tell. Stateless, and safe at any time.

Two ticks at once are one: the second finds the lock taken and ends. What a killed tick began is
taken up by the next. `now` is a parameter; only the command knows the clock.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from contextlib import contextmanager
from dataclasses import dataclass, field

from tally import house
from tally.errors import TallyError
from tally.files import stamps
from tally.ledger import newest_publication
from tally.render.manifest import Snapshot, digest
from tally.render.parameters import check_parameters
from tally.schedule import making, running, telling
from tally.schedule.calendar import Period
from tally.schedule.checking import stale
from tally.schedule.due import Due, Key, newest, what_is_due
from tally.schedule.gathering import gather
from tally.schedule.history import History, open_history
from tally.schedule.making import Clock, Made
from tally.schedule.plan import Plan, Serial
from tally.schedule.record import Record, read_records
from tally.schedule.recovery import recover
from tally.schedule.rows import Run
from tally.schedule.running import Ran, Render
from tally.schedule.site import build
from tally.schedule.views import troubles_of
from tally.schedule.watching import watch_clock, watch_editions

HISTORY, LOCK = "history.sqlite", "tick.lock"
# What lies further ahead was dated wrongly and says nothing of how fresh the ledger is.
_AHEAD = dt.timedelta(days=1)
_PATIENCE = 0.2


@dataclass(slots=True)
class Report:
    """What a tick did: `busy` when another was at work; `warnings` is what went wrong in words.

    `notes` are worth a word but nothing is wrong; `not_sent` is channel -> why.
    """

    busy: bool = False
    taken: int = 0
    made: list[Made] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_sent: dict[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Tell whether anything is wrong."""
        states = {made.state for made in self.made}
        return bool(self.warnings or self.not_sent or states & {"failed", "waiting"})


def tick(plan: Plan, clock: Clock, render: Render = running.render) -> Report:
    """Do all that is to be done now, and return what that was."""
    report = Report()
    with locked(plan) as free:
        if not free:
            report.busy = True
            return report
        with opened(plan, report, clock()) as history:
            _tick(plan, history, report, clock, render)
    return report


def make_now(
    plan: Plan,
    asked: Sequence[tuple[Serial, Period]],
    clock: Clock,
    render: Render = running.render,
    *,
    force: bool,
) -> Report:
    """Make certain editions, whatever the calendar and the history say of them."""
    report = Report()
    with locked(plan) as free:
        if not free:
            report.busy = True
            return report
        with opened(plan, report, clock()) as history:
            report.notes += recover(plan, history, clock())
            published = newest(history.records())
            key = _keys(plan)
            dues = [
                Due(serial, period, published.get((serial.name, period.name)), key(serial, period))
                for serial, period in asked
            ]
            _make(plan, history, dues, report, clock, render, force=force)
            report.warnings += watch_editions(plan, history, clock())
            _bring_out(plan, history, report, clock())
    return report


@contextmanager
def locked(plan: Plan) -> Iterator[bool]:
    """Give whether this process alone may work now. The lock goes when its process does."""
    plan.state.mkdir(parents=True, exist_ok=True)
    # SQLite's own lock is the one that every system has and no crash leaves behind.
    lock = sqlite3.connect(plan.state / LOCK, timeout=0, isolation_level=None)
    try:
        try:
            lock.execute("begin exclusive")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True
    finally:
        lock.close()


@contextmanager
def opened(plan: Plan, report: Report, now: dt.datetime) -> Iterator[History]:
    """Give the history, made again from what is published when it is lost or broken."""
    unreadable: list[str] = []

    def records() -> Iterator[Record]:
        for found in read_records(plan.site):
            if isinstance(found, Record):
                yield found
            else:
                unreadable.append(found)

    with open_history(plan.state / HISTORY, records()) as (history, aside):
        if aside:
            count = len(history.records())
            words = (
                f"The history was broken and is moved to {aside}; it was made again from the "
                f"{count} published revisions."
            )
            report.warnings.append(words)
            name = f"history {aside.name}"
            telling.raise_alarm(plan, history, name, "notice", "", words, now)
        report.warnings += [f"{path}: no record of an edition; left alone." for path in unreadable]
        yield history


def _tick(plan: Plan, history: History, report: Report, clock: Clock, render: Render) -> None:
    report.notes += recover(plan, history, clock())
    report.notes += watch_clock(plan, history, clock())
    gathered = gather(plan, history, clock())
    report.taken, report.warnings = gathered.taken, [*report.warnings, *gathered.problems]
    dues = what_is_due(plan, newest(history.records()), history.latest_runs(), _keys(plan), clock())
    _make(plan, history, dues, report, clock, render, force=False)
    report.warnings += watch_editions(plan, history, clock())
    _bring_out(plan, history, report, clock())


def _make(
    plan: Plan,
    history: History,
    dues: Sequence[Due],
    report: Report,
    clock: Clock,
    render: Render,
    *,
    force: bool,
) -> None:
    """Make editions, some at the same time; one that fails keeps no other from being made."""
    begun: dict[Future[Ran], tuple[Due, Run]] = {}
    pool = ThreadPoolExecutor(plan.jobs, "tally")
    try:
        for due in _fresh_enough(plan, history, dues, report, clock(), force=force):
            run = making.begin(history, due, clock())
            job = making.job_of(plan, due, run)
            begun[pool.submit(making.attempt, render, job)] = (due, run)
        for future in as_completed(begun):
            due, run = begun[future]
            ran = future.result()
            report.made.append(making.finish(plan, history, due, run, ran, clock, force=force))
            report.notes += [f"{due.name}: the notebook wrote: {each}" for each in ran.complaints]
            _bring_out(plan, history, report, clock())
    finally:
        _stop(pool, set(begun))


def _stop(pool: ThreadPoolExecutor, begun: set[Future[Ran]]) -> None:
    """End what still renders; a process may just be starting, hence again until all threads end."""
    pool.shutdown(wait=False, cancel_futures=True)
    left = {future for future in begun if not future.done()}
    while left:
        running.end_all()
        left = wait(left, timeout=_PATIENCE).not_done


def _fresh_enough(
    plan: Plan,
    history: History,
    dues: Sequence[Due],
    report: Report,
    now: dt.datetime,
    *,
    force: bool,
) -> Iterator[Due]:
    """Give what may be made from the ledger as it is; the rest is held back."""
    if not dues:
        return
    try:
        newest_at = newest_publication(plan.settings.data / "claims", now + _AHEAD)
    except TallyError as error:
        report.warnings.append(f"Nothing was made: {error}")
        return
    for due in dues:
        words = "" if force else stale(newest_at, due)
        if words:
            report.made.append(making.hold(plan, history, due, words, now))
        else:
            yield due


def _bring_out(plan: Plan, history: History, report: Report, now: dt.datetime) -> None:
    """Bring the pages of the site up to date, and send what is to be told."""
    wrong = {}
    try:
        build_site(plan, history)
    except OSError as error:
        words = f"The pages of the site could not be written ({error.strerror or error})."
        wrong["pages"] = words
        if words not in report.warnings:
            report.warnings.append(words)
    telling.compare_alarms(plan, history, "site", wrong, now)
    telling.deliver(plan, history, now, report.not_sent)


def build_site(plan: Plan, history: History, *, always: bool = False) -> bool:
    """Bring the pages of the site up to date; return whether there was anything to do."""
    records = history.records()
    troubles = troubles_of((name, since) for name, (_, since, _) in history.alarms().items())
    files = stamps(*(path for path in house.HOUSE.iterdir() if path.is_file()))
    looks = digest(files, house.HOUSE)
    noted = json.loads(history.note("site") or "{}")
    told = {
        "looks": [plan.title, plan.address, looks, *(each.title for each in plan.serials)],
        "shown": [
            *(record.address for record in records),
            *(f"{each.serial}/{each.period}/{each.kind}" for each in troubles),
        ],
    }
    if not always and noted == told and (plan.site / "index.html").is_file():
        return False
    known = not always and noted.get("looks") == told["looks"]
    changed = set(noted.get("shown", ())) ^ set(told["shown"])
    touched = {(serial, period) for serial, period, *_ in (each.split("/") for each in changed)}
    build(
        plan, records, troubles, touched if known and (plan.site / "index.html").is_file() else None
    )
    history.set_note("site", json.dumps(told))
    return True


def _keys(plan: Plan) -> Key:
    """Return the keys of editions as claims and code are now, read when the first is asked for."""
    read: list[Snapshot] = []

    def key(serial: Serial, period: Period) -> str:
        if not read:
            read.append(Snapshot(plan.settings))
        given = serial.parameters(period)
        return read[0].key(serial.briefing, check_parameters(serial.briefing, given))

    return key
