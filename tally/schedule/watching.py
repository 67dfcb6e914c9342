"""Watches what no single run sees: lateness, what is given up, a clock set back."""

import datetime as dt
from collections.abc import Mapping

from tally.schedule import telling
from tally.schedule.due import Edition, late, newest, wanted
from tally.schedule.history import History
from tally.schedule.plan import Plan
from tally.schedule.record import Record

# The alarm of a tick that was killed or broke; raised by whatever starts ticks.
BROKEN = "broken tick"


def watch_clock(plan: Plan, history: History, now: dt.datetime) -> list[str]:
    """Say once that the clock was set back. Nothing depends on it: no edition is made twice."""
    last = history.note("last tick")
    words = f"The clock of this machine was set back: the last tick was at {last}."
    wrong = {"set back": words} if last and now < dt.datetime.fromisoformat(last) else {}
    if not wrong:
        history.set_note("last tick", now.isoformat())
    telling.compare_alarms(plan, history, "clock", wrong, now)
    return list(wrong.values())


def watch_editions(plan: Plan, history: History, now: dt.datetime) -> list[str]:
    """Raise the alarm for what is late, take back that for what is over; return what is late."""
    published = newest(history.records())
    overdue = {
        f"late {serial.name} {period.name}": (serial, period)
        for serial in plan.serials
        for period in late(serial, published, now, serial.rules.late_after)
    }
    found = []
    alarms = history.alarms()
    for name, (serial, period) in overdue.items():
        words = f"{serial.name} {period.name} was due at {period.due:%Y-%m-%d %H:%M} UTC."
        # Whoever was told why it is not made need not be told that it is late for it.
        if not {name.replace("late", kind, 1) for kind in ("failed", "waiting")} & alarms.keys():
            telling.raise_alarm(plan, history, name, "late", serial.name, words, now)
        found.append(f"Late: {words}")
    _clear_what_is_over(plan, history, published, set(overdue), now)
    telling.clear_alarm(plan, history, BROKEN, "A tick ended well again.", now)
    return found


def _clear_what_is_over(
    plan: Plan,
    history: History,
    published: Mapping[Edition, Record],
    overdue: set[str],
    now: dt.datetime,
) -> None:
    """Take back the alarms of editions that nobody waits for any more, in silence.

    Readers are told of one that is missing until a newer one is out.
    """
    open_ones = {
        (serial.name, period.name)
        for serial in plan.serials
        for period in wanted(serial, published, now)
    }
    for name in history.alarms():
        kind, _, edition = name.partition(" ")
        serial_name, _, period_name = edition.partition(" ")
        if f"late {edition}" in overdue:
            continue
        if kind == "late":
            done = (serial_name, period_name) in published
            telling.clear_alarm(plan, history, name, "It is published.", now, tell=done)
        elif kind in ("failed", "waiting") and (serial_name, period_name) not in open_ones:
            telling.clear_alarm(plan, history, name, "", now, tell=False)
