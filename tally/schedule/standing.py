"""How things stand: each serial's last edition, what is next, what is wrong. As table and JSON.

Only reads: it can be asked while a tick is at work.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from tally.schedule.due import late, newest
from tally.schedule.history import History, is_gone
from tally.schedule.lines import lines
from tally.schedule.plan import Plan, Serial
from tally.schedule.record import Record
from tally.schedule.rows import Run


@dataclass(frozen=True, slots=True)
class Line:
    """One serial: its newest edition, its next due time, its last run, and whether it is late."""

    serial: str
    last: Record | None
    state: str
    error: str
    next_due: dt.datetime | None
    late: tuple[str, ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Standing:
    """All serials, what is wrong since when, and what could not be sent."""

    lines: tuple[Line, ...]
    alarms: tuple[tuple[str, dt.datetime, str], ...]
    unsent: tuple[tuple[str, str, str], ...]
    last_tick: str

    @property
    def late(self) -> bool:
        """Tell whether any edition is late."""
        return any(line.late for line in self.lines)


def standing(
    plan: Plan, history: History, now: dt.datetime, max_age: dt.timedelta | None = None
) -> Standing:
    """Return how things stand; an edition is late after `max_age`, or its own `late_after`."""
    records = history.records()
    alarms = history.alarms()
    return Standing(
        lines=tuple(_line(serial, history, records, now, max_age) for serial in plan.serials),
        alarms=tuple((name, since, words) for name, (_, since, words) in alarms.items()),
        unsent=tuple(
            (post.channel, post.recipient, post.error or "not tried yet")
            for state in ("waiting", "refused")
            for post in history.posts(state)
        ),
        last_tick=history.note("last tick"),
    )


def _line(
    serial: Serial,
    history: History,
    records: Sequence[Record],
    now: dt.datetime,
    max_age: dt.timedelta | None,
) -> Line:
    published = newest(records)
    own = [record for (name, _), record in published.items() if name == serial.name]
    runs = [run for (name, _), run in history.latest_runs().items() if name == serial.name]
    last = max(runs, key=lambda run: (run.due, run.started_at), default=None)
    coming = serial.rules.calendar.next(now)
    after = serial.rules.late_after if max_age is None else max_age
    return Line(
        serial=serial.name,
        last=max(own, key=lambda record: record.due, default=None),
        state=_state(last) if last else "never run",
        error=last.error if last else "",
        next_due=coming[0].due if coming else None,
        late=tuple(period.name for period in late(serial, published, now, after)),
        zone=serial.briefing.zone,
    )


def _state(run: Run) -> str:
    """Return how a run stands; no tick may have come yet to note that its process is gone."""
    gone = run.state == "running" and is_gone(run.process)
    return "interrupted" if gone else run.state


def as_json(standing: Standing) -> dict[str, Any]:
    """Return how things stand as JSON; times are UTC."""
    return {
        "late": standing.late,
        "last_tick": standing.last_tick,
        "serials": [
            {
                "serial": line.serial,
                "period": line.last.period if line.last else None,
                "revision": line.last.revision if line.last else None,
                "published_at": _utc(line.last.published_at) if line.last else None,
                "address": line.last.address if line.last else None,
                "state": line.state,
                "error": line.error,
                "next_due": _utc(line.next_due) if line.next_due else None,
                "late": list(line.late),
            }
            for line in standing.lines
        ],
        "alarms": [
            {"name": name, "since": _utc(since), "words": words}
            for name, since, words in standing.alarms
        ],
        "unsent": [
            {"channel": channel, "to": to, "error": error} for channel, to, error in standing.unsent
        ],
    }


HEADS = ("briefing", "last edition", "published", "last run", "next due")


def as_table(standing: Standing) -> str:
    """Return how things stand as a table for a terminal, what is wrong below it."""
    zones = {line.zone for line in standing.lines}
    zone = zones.pop() if len(zones) == 1 else ZoneInfo("UTC")
    rows = [HEADS, *(_cells(line, zone) for line in standing.lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    table = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    table.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join((*table, *_ticked(standing, zone), *_wrong(standing, zone))) + "\n"


def _cells(line: Line, zone: ZoneInfo) -> tuple[str, ...]:
    last = line.last
    revision = f" rev {last.revision}" if last and last.revision > 1 else ""
    return (
        line.serial,
        f"{last.period}{revision}" if last else "-",
        _local(last.published_at, zone) if last else "-",
        line.state,
        _local(line.next_due, zone) if line.next_due else "-",
    )


def _ticked(standing: Standing, zone: ZoneInfo) -> Iterator[str]:
    last = standing.last_tick
    ticked = f"the last tick was on {_local(dt.datetime.fromisoformat(last), zone)}" if last else ""
    yield f"\nTimes are those of {zone}; {ticked or 'no tick has run yet'}."


def _wrong(standing: Standing, zone: ZoneInfo) -> Iterator[str]:
    """Give what is late, wrong and not sent, each under its heading."""
    alarms = (f"{name} (since {_local(at, zone)}): {why}" for name, at, why in standing.alarms)
    found = {
        "Late": [f"{line.serial} {each}" for line in standing.lines for each in line.late],
        "Wrong": list(alarms),
        "Not sent": [
            f"{' to '.join(filter(None, (channel, to)))}: {error}"
            for channel, to, error in standing.unsent
        ],
    }
    for heading, told in found.items():
        if told:
            yield "\n".join((f"\n{heading}:", *(line for each in told for line in lines(each))))


def _local(moment: dt.datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%a %d %b %H:%M}"


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
