"""The history: what was run, published and told, in one SQLite file. Reads no clock.

A row is written before anything is begun and again when it has ended, so what a killed process
began is seen. The published records (`record.py`) are the truth about editions; a history that is
lost or broken is made again from them.
"""

import datetime as dt
import json
import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from tally.errors import ScheduleError
from tally.processes import has_ended
from tally.schedule.record import Record, parse_record
from tally.schedule.rows import Post, Run, State, as_post, as_run, iso, moment_of

VERSION = 1
BUSY_SECONDS = 10.0
# What is noted is on the disk before anything else is done.
SYNCHRONOUS = "full"
_SCHEMA = """
create table runs (
    id text primary key, serial text not null, period text not null, due text not null,
    key text not null, attempt integer not null, state text not null, kind text not null default '',
    error text not null default '', cell integer not null default 0,
    started_at text not null, ended_at text not null default '', process text not null,
    record text not null default '');
create index runs_of on runs (serial, period);
create table alarms (name text primary key, serial text not null, since text not null,
    words text not null);
create table posts (id text primary key, channel text not null, recipient text not null,
    message text not null, state text not null, attempts integer not null default 0,
    made_at text not null, next_at text not null, error text not null default '');
create table notes (name text primary key, words text not null);
"""


def process_name() -> str:
    """Return what names this process until the machine starts anew: its boot and its number."""
    return f"{_boot()}:{os.getpid()}"


def is_gone(process: str) -> bool:
    """Tell whether the process of a name has surely ended."""
    boot, _, number = process.rpartition(":")
    if boot != _boot():
        return True
    return bool(boot) and has_ended(int(number))


def _boot() -> str:
    boot = Path("/proc/sys/kernel/random/boot_id")
    return boot.read_text().strip() if boot.is_file() else ""


class History:
    """The history of one site; every change is whole or not made."""

    def __init__(self, path: Path) -> None:
        """Open the file, made when it is not there.

        Raises sqlite3.DatabaseError when it is broken, ScheduleError when another holds it.
        """
        self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        try:
            self._prepare()
        except sqlite3.OperationalError as error:
            self._db.close()
            msg = (
                f"{path} cannot be used now ({error}); nothing was done, the next tick tries again."
            )
            raise ScheduleError(msg) from error
        except sqlite3.DatabaseError:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make several changes as one: all of them, or none when one fails."""
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    def begin(self, serial: str, period: str, due: dt.datetime, key: str, now: dt.datetime) -> Run:
        """Note that an attempt begins, and return it."""
        attempt = _attempt(self.last(serial, period), key)
        run = (uuid.uuid4().hex, serial, period, iso(due), key, attempt)
        self._db.execute(
            "insert into runs (id, serial, period, due, key, attempt, state, started_at, process)"
            " values (?, ?, ?, ?, ?, ?, 'running', ?, ?)",
            (*run, iso(now), process_name()),
        )
        return self._run("id = ?", run[0])[0]

    def end(
        self,
        run: str,
        state: State,
        now: dt.datetime,
        kind: str = "",
        error: str = "",
        cell: int = 0,
        record: Record | None = None,
    ) -> None:
        """Note how an attempt ended."""
        told = record.to_json() if record else ""
        self._db.execute(
            "update runs set state = ?, ended_at = ?, kind = ?, error = ?, cell = ?, record = ?"
            " where id = ?",
            (state, iso(now), kind, error, cell, told, run),
        )

    def adopt(self, record: Record) -> None:
        """Take a published record in that the history does not know."""
        at = iso(record.published_at)
        self._db.execute(
            "insert or ignore into runs (id, serial, period, due, key, attempt, state, started_at,"
            " ended_at, process, record) values (?, ?, ?, ?, ?, 1, 'published', ?, ?, '', ?)",
            (record.run, *record.edition, iso(record.due), record.key, at, at, record.to_json()),
        )

    def last(self, serial: str, period: str) -> Run | None:
        """Return the latest attempt at an edition."""
        found = self._run("serial = ? and period = ? order by rowid desc limit 1", serial, period)
        return found[0] if found else None

    def runs(self, state: State | None = None) -> list[Run]:
        """Return every attempt, the earliest first; those of one state only when it is given."""
        if state:
            return self._run("state = ? order by rowid", state)
        return self._run("true order by rowid")

    def latest_runs(self) -> dict[tuple[str, str], Run]:
        """Return the latest attempt at each edition."""
        found = self._run("rowid in (select max(rowid) from runs group by serial, period)")
        return {(run.serial, run.period): run for run in found}

    def records(self) -> list[Record]:
        """Return the record of every published revision, by serial, due time and revision."""
        rows = self._db.execute("select record from runs where state = 'published'")
        found = [parse_record(row["record"]) for row in rows]
        return sorted(found, key=lambda each: (each.serial, each.due, each.revision))

    def raise_alarm(self, name: str, serial: str, words: str, now: dt.datetime) -> bool:
        """Note that something is wrong; return whether that is new."""
        done = self._db.execute(
            "insert or ignore into alarms values (?, ?, ?, ?)", (name, serial, iso(now), words)
        )
        return done.rowcount > 0

    def clear_alarm(self, name: str) -> bool:
        """Note that something is right again; return whether it was not."""
        return self._db.execute("delete from alarms where name = ?", (name,)).rowcount > 0

    def alarms(self) -> dict[str, tuple[str, dt.datetime, str]]:
        """Return what is wrong: name -> serial, since when, and the words."""
        rows = self._db.execute("select * from alarms order by since, name")
        return {row["name"]: (row["serial"], moment_of(row["since"]), row["words"]) for row in rows}

    def post(
        self, name: str, channel: str, to: str, message: Mapping[str, Any], now: dt.datetime
    ) -> None:
        """Put a message into the box of what is to be sent; the same name is sent once."""
        self._db.execute(
            "insert or ignore into posts (id, channel, recipient, message, state, made_at, next_at)"
            " values (?, ?, ?, ?, 'waiting', ?, ?)",
            (f"{name}|{channel}|{to}", channel, to, json.dumps(message), iso(now), iso(now)),
        )

    def posts(self, state: str = "waiting") -> list[Post]:
        """Return the messages of a state, the oldest first."""
        rows = self._db.execute("select * from posts where state = ? order by rowid", (state,))
        return [as_post(row) for row in rows]

    def sent(self, post: str) -> None:
        """Note that a message was taken."""
        self._db.execute("update posts set state = 'sent', error = '' where id = ?", (post,))

    def not_sent(self, post: str, error: str, next_at: dt.datetime | None) -> None:
        """Note that a message was not taken; with `next_at` it is tried again, else given up."""
        state = "waiting" if next_at else "refused"
        self._db.execute(
            "update posts set attempts = attempts + 1, error = ?, state = ?, next_at = ?"
            " where id = ?",
            (error, state, iso(next_at) if next_at else "", post),
        )

    def note(self, name: str) -> str:
        """Return what was noted under a name; "" for nothing."""
        row = self._db.execute("select words from notes where name = ?", (name,)).fetchone()
        return str(row["words"]) if row else ""

    def set_note(self, name: str, words: str) -> None:
        """Note something under a name, in place of what was there."""
        self._db.execute("insert or replace into notes values (?, ?)", (name, words))

    def _prepare(self) -> None:
        """Set the file up; a version that is not ours is refused, never guessed at."""
        self._db.execute("pragma journal_mode = wal")
        self._db.execute(f"pragma synchronous = {SYNCHRONOUS}")
        if self._db.execute("pragma quick_check").fetchone()[0] != "ok":
            msg = "database disk image is malformed"
            raise sqlite3.DatabaseError(msg)
        version = self._db.execute("pragma user_version").fetchone()[0]
        if version == 0:
            self._db.executescript(f"begin; {_SCHEMA} pragma user_version = {VERSION}; commit;")
        elif version != VERSION:
            msg = f"the history has version {version}, this Tally writes {VERSION}; use that Tally."
            raise ScheduleError(msg)

    def _run(self, where: str, *given: str) -> list[Run]:
        # `where` is one of the few texts above; what varies is passed apart.
        rows = self._db.execute(f"select * from runs where {where}", given)
        return [as_run(row) for row in rows]


@contextmanager
def open_history(path: Path, records: Iterable[Record]) -> Iterator[tuple[History, Path | None]]:
    """Give the history, and where a broken one was moved aside, None when it was sound.

    A new or broken history is filled from the published records.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = None
    try:
        history = History(path)
    except sqlite3.DatabaseError:
        aside = _move_aside(path)
        history = History(path)
    with closing(history):
        if not history.note("filled"):
            with history.together():
                for record in sorted(records, key=lambda each: each.published_at):
                    history.adopt(record)
                history.set_note("filled", "yes")
        yield history, aside


def _move_aside(path: Path) -> Path:
    for number in range(1, 1000):
        aside = path.with_name(f"{path.name}.broken-{number}")
        if not aside.exists():
            break
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(f"{aside}{ending}")
    return aside


def _attempt(former: Run | None, key: str) -> int:
    """Return the number of an attempt; one that was interrupted has its own once more."""
    if former is None or former.key != key or former.state in ("published", "unchanged"):
        return 1
    return former.attempt + (former.state == "failed")
