"""What is wrong with the series of attacks as a whole: rows twice, shared hours, another meaning.

It compares rows with one another and makes no claims.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tally.exchange.imported import Defect, Intake, whole
from tally.exchange.sheets import Row

SAME = ("time_start", "time_end", "model", "target", "launch_place", "launched")
TWICE = Defect("row_twice", "each row once", "rows alike but for the address: one may be a copy")
OVERLAP = Defect(
    "windows_overlap",
    "windows apart",
    "windows of one claimant and weapon that share hours, never to be added up",
)
BREAK = Defect(
    "series_break",
    "one definition throughout",
    "`destroyed` has two meanings: only where `not_reach_goal` is given are drones lost from radar "
    "outside it, so figures of the two kinds do not compare",
)


@dataclass(frozen=True, slots=True)
class Span:
    """When a row's attack was: its days and hours as the ledger has them."""

    begin: dt.datetime
    end: dt.datetime
    first: dt.date
    last: dt.date
    window: str


def note_twice(intake: Intake, rows: Sequence[tuple[Span, str, Row]]) -> None:
    """Record rows that differ in nothing but their address."""
    seen: dict[tuple[str, ...], Row] = {}
    for _, who, row in rows:
        key = (who, *(row.text(column) for column in SAME))
        if key in seen:
            intake.note(TWICE, f"rows {seen[key].number} and {row.number} {row.text('model')}")
        seen.setdefault(key, row)


def note_overlaps(intake: Intake, rows: Sequence[tuple[Span, str, Row]]) -> None:
    """Record windows of one claimant, weapon and target that share hours."""
    held: dict[tuple[str, str, str], list[tuple[Span, Row]]] = defaultdict(list)
    for span, who, row in rows:
        if span.window:
            held[who, row.text("model"), row.text("target")].append((span, row))
    for spans in held.values():
        spans.sort(key=lambda one: (one[0].begin, one[0].end))
        for (one, row), (other, later) in pairwise(spans):
            if other.begin < one.end:
                where = f"rows {row.number} and {later.number} {one.window} and {other.window}"
                intake.note(OVERLAP, f"{where} to {other.last}")


def note_break(intake: Intake, rows: Sequence[tuple[Span, Row]]) -> None:
    """Say between which days drones lost are given apart, and how steadily."""
    days = sorted((span.last, bool(whole(row.text("not_reach_goal")))) for span, row in rows)
    first, last = _densest([told for _, told in days])
    inside = [told for _, told in days[first:last]]
    outside = len(days) - len(inside)
    if not inside or not outside:
        return
    stray = sum(told for _, told in days) - sum(inside)
    intake.note(
        BREAK,
        f"given in {sum(inside):,} of {len(inside):,} rows from {days[first][0]} to "
        f"{days[last - 1][0]}, in {stray:,} of the {outside:,} before and after",
    )


def _densest(told: Sequence[bool]) -> tuple[int, int]:
    """Return where the run begins and ends in which most are true and fewest false.

    >>> _densest([False, True, False, True, True, False, False])
    (3, 5)
    """
    best, score, start, sum_here = (0, 0), 0, 0, 0
    for at, one in enumerate(told):
        sum_here += 1 if one else -1
        if sum_here > score:
            best, score = (start, at + 1), sum_here
        if sum_here <= 0:
            start, sum_here = at + 1, 0
    return best
