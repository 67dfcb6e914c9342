"""What is due: the periods of the calendars minus those of the history. Reads no clock or file.

A first edition is due when its period is; a revision when figures may have changed since: the key
of the edition (parameters, claims, code) is another than that of its last run.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tally.schedule.calendar import Period
from tally.schedule.plan import Plan, Rules, Serial
from tally.schedule.record import Record
from tally.schedule.rows import Run

# What another attempt may mend, although nothing that the edition depends on has changed since.
PASSING = ("kernel", "timeout", "killed", "system", "changed")

Key = Callable[[Serial, Period], str]
Edition = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Due:
    """One edition to make: `former` is the revision that is published, `key` as it is now."""

    serial: Serial
    period: Period
    former: Record | None
    key: str

    @property
    def revision(self) -> int:
        """Return the number that it will have."""
        return self.former.revision + 1 if self.former else 1

    @property
    def name(self) -> str:
        """Return what it is called in messages."""
        return f"{self.serial.name} {self.period.name}"


def newest(records: Sequence[Record]) -> dict[Edition, Record]:
    """Return the newest revision of each edition."""
    found: dict[Edition, Record] = {}
    for record in records:
        if record.edition not in found or record.revision > found[record.edition].revision:
            found[record.edition] = record
    return found


def what_is_due(
    plan: Plan,
    published: Mapping[Edition, Record],
    runs: Mapping[Edition, Run],
    key: Key,
    now: dt.datetime,
) -> list[Due]:
    """Return what is to be made now: new editions before revisions, the latest first."""
    found: list[Due] = []
    for serial in plan.serials:
        for period in wanted(serial, published, now):
            former = published.get((serial.name, period.name))
            run = runs.get((serial.name, period.name))
            if former and run and not _may_revise(serial.rules, run, now):
                continue
            fresh = key(serial, period)
            if _again(serial.rules, run, fresh, now):
                found.append(Due(serial, period, former, fresh))
    return sorted(found, key=lambda due: (due.former is not None, -due.period.due.timestamp()))


def unpublished(
    serial: Serial, published: Mapping[Edition, Record], now: dt.datetime
) -> list[Period]:
    """Return the periods that should have been published and are not, the earliest first."""
    rules = serial.rules
    passed = _passed(serial, now, rules.max_age)
    expected = passed if rules.catch_up == "all" else passed[-1:]
    return [period for period in expected if (serial.name, period.name) not in published]


def late(
    serial: Serial, published: Mapping[Edition, Record], now: dt.datetime, after: dt.timedelta
) -> list[Period]:
    """Return the periods that are later than they may be.

    When they are too old to be made any more, it is the last one, until a newer one is out.
    """
    found = [each for each in unpublished(serial, published, now) if now - each.due > after]
    return found or _missing(serial, published, now - after)


def _missing(serial: Serial, published: Mapping[Edition, Record], by: dt.datetime) -> list[Period]:
    """Return the last period due by a moment, if what is published ends before it.

    What somebody asked for long after it was due says nothing of when a schedule began.
    """
    in_time = max(serial.rules.max_age, serial.rules.revise_for)
    out = [record for (name, _), record in published.items() if name == serial.name]
    begun = any(record.published_at - record.due <= in_time for record in out)
    last = serial.rules.calendar.last(by) if begun else None
    missing = last and serial.started(last) and all(each.due < last.due for each in out)
    return [last] if last and missing else []


def wanted(
    serial: Serial, published: Mapping[Edition, Record], now: dt.datetime
) -> Iterator[Period]:
    """Give the periods whose edition may be made now: those not made, and those not yet final."""
    rules = serial.rules
    patience = rules.late_after if rules.catch_up == "none" else rules.max_age
    yield from (each for each in unpublished(serial, published, now) if now - each.due <= patience)
    for period in _passed(serial, now, rules.revise_for):
        if (serial.name, period.name) in published:
            yield period


def _passed(serial: Serial, now: dt.datetime, within: dt.timedelta) -> list[Period]:
    """Return the periods due in the time before now, the earliest first."""
    # A moment more, so that a period is still seen at the very end of its time.
    found = serial.rules.calendar.between(now - within - dt.timedelta(seconds=1), now)
    return [period for period in found if serial.started(period)]


def _may_revise(rules: Rules, run: Run, now: dt.datetime) -> bool:
    """Tell whether enough time has passed since an edition was last made and found sound.

    A run that lies in the future was made before the clock was set back.
    """
    recent = now - rules.revise_every < run.started_at <= now
    return run.state not in ("published", "unchanged") or not recent


def _again(rules: Rules, run: Run | None, key: str, now: dt.datetime) -> bool:
    """Tell whether an edition may be tried, given its last run."""
    if run is None or run.key != key or run.state in ("interrupted", "waiting"):
        return True
    if run.state != "failed" or run.kind not in PASSING or run.attempt > rules.retries:
        return False
    ended = run.ended_at or run.started_at
    wait: dt.timedelta = rules.retry_wait * 2 ** (run.attempt - 1)
    return not now - wait < ended <= now
