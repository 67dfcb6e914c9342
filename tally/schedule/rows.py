"""What the history keeps, and how its rows are read and written. Opens no file, reads no clock."""

import datetime as dt
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

State = Literal["running", "published", "unchanged", "failed", "interrupted", "waiting"]


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt to make an edition. `kind` says how it failed, `cell` where; times are UTC."""

    id: str
    serial: str
    period: str
    due: dt.datetime
    key: str
    attempt: int
    state: State
    kind: str
    error: str
    cell: int
    started_at: dt.datetime
    ended_at: dt.datetime | None
    process: str
    record: str


@dataclass(frozen=True, slots=True)
class Post:
    """One message to one recipient by one channel, sent or to be sent."""

    id: str
    channel: str
    recipient: str
    message: Mapping[str, Any]
    state: str
    attempts: int
    made_at: dt.datetime
    next_at: dt.datetime
    error: str


def as_run(row: sqlite3.Row) -> Run:
    """Return the run of a row."""
    told = dict(row)
    told |= {name: moment_of(told[name]) for name in ("due", "started_at")}
    return Run(**{**told, "ended_at": moment_of(told["ended_at"]) if told["ended_at"] else None})


def as_post(row: sqlite3.Row) -> Post:
    """Return the message of a row."""
    told = dict(row)
    told |= {name: moment_of(told[name]) for name in ("made_at", "next_at")}
    return Post(**{**told, "message": json.loads(told["message"])})


def iso(moment: dt.datetime) -> str:
    """Return a moment as rows hold it: UTC, to the second."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def moment_of(words: str) -> dt.datetime:
    """Return the moment that a row holds; the earliest there is for none."""
    return dt.datetime.fromisoformat(words) if words else dt.datetime.min.replace(tzinfo=dt.UTC)
