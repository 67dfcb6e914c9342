"""A month of mornings with a clock of our own: every edition once, the right revisions, told once.

Half the example corpus arrives day by day; some days go wrong. What must be published is worked out
from the claims alone, without a schedule.
"""

import datetime as dt
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest
from month import (
    CORPUS,
    DAYS,
    MAINTAINER,
    MORNING,
    READER,
    TELLING,
    TROUBLE,
    arrival,
    claims,
    disk_is_full,
    live_through,
    ticks,
)
from scheduled_place import SCHEDULE, at_kyiv, make_desk

from tally.model import Document
from tally.schedule.running import Job, Ran

REVISED_FOR = dt.timedelta(days=3)
RULES = """
revise_for = "3d"
max_age = "12h"
start = 2025-05-14
"""
# Every other document: enough for each day, in half the time.
HALF = dict(list(CORPUS.items())[::2])
# How often the kernel that renders a day dies.
DEATHS = {"2025-05-18": 1, "2025-05-21": 2}


@cache
def figures_of(document: Document, day: dt.date) -> tuple[tuple[str, int | None], ...]:
    return tuple(
        (f"{claim.metric} {claim.claimant}".strip(), claim.low or claim.high)
        for claim in claims(document)
        if claim.period_end == day
    )


def figures(day: dt.date, at: dt.datetime) -> dict[str, frozenset[int | None]]:
    """Return what the corpus says of a day by a moment, as the quick renderer reads it."""
    found: dict[str, set[int | None]] = defaultdict(set)
    for document in HALF.values():
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


def kernel_dies(_: Job) -> Ran:
    return Ran("kernel", "the kernel died.")


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_a_month_of_mornings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path, SCHEDULE + RULES + TELLING)
    desk.stub.faults = {day: [kernel_dies] * times for day, times in DEATHS.items()}
    trouble = {**TROUBLE, f"2025-05-16T{MORNING}": disk_is_full}
    sent = live_through(desk, HALF, trouble, monkeypatch)
    assert Counter(record.period for record in desk.records()) == expected()
    assert max(expected().values()) >= 3
    readers = Counter(told.folder for told in sent if told.to == READER)
    assert readers == Counter(record.address for record in desk.records())
    assert [told for told in sent if told.to == MAINTAINER and told.event == "failed"] == []
    for record in desk.records():
        assert record.revision == 1 or record.changes
