"""Days that a sentence points to without naming them: "that evening", "the next day"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tally.grammar.chunks import PEOPLE
from tally.grammar.context import Context, Line
from tally.grammar.cues import cues, stems
from tally.grammar.dates import DateMark
from tally.grammar.marks import Mark

THAT = ("того ", "тієї ", "тем ", "той ", "в тот ", "that ", "the same ")
A_DAY = {"day", "дня", "день", "днем"}
EARLIER = {"earlier", "ранее", "раніше"}


def mark_of(line: Line, day: DateMark) -> int:
    """Return the index of the mark that a date stands at."""
    return next(i for i, mark in enumerate(line.marks) if mark.date is day)


def that_day(line: Line, part: DateMark | None) -> bool:
    """Tell whether a part of a day points back: "того вечора", "in the same night"."""
    if part is None:
        return False
    return line.marks[mark_of(line, part)].low.startswith(THAT)


def of_those(line: Line) -> bool:
    """Tell whether a sentence begins with the people hurt in the one before: "Among the dead …"."""
    return bool(line.marks[0].sense("markers", "part")) and any(
        mark.event in PEOPLE for mark in line.marks[:2]
    )


def day_after(context: Context, line: Line) -> dt.date | None:
    """Return the day that "the next day" means, counted from the one told before."""
    known = context.day[1] if context.day else None
    if known is None or (context.published is not None and known >= context.published):
        return None
    if A_DAY.isdisjoint(line.gist.words):
        return None
    pairs = pairwise(mark.low for mark in line.marks)
    told = any(first.startswith(stems("next")) and noun in A_DAY for first, noun in pairs)
    return known + dt.timedelta(days=1) if told else None


def counted_from_day_told(context: Context, marks: Sequence[Mark]) -> Sequence[Mark]:
    """Return marks that count "a day earlier" from the day told before, not from the publication.

    "Two died on Friday. A day earlier two were hurt": on Thursday.
    """
    known, published = context.day, context.published
    if published is None or known is None or known[1] is None or known[0] != known[1]:
        return marks
    if not any(mark.date and mark.low in cues("from_day_told", "en") for mark in marks):
        return marks
    return [_recounted(mark, known[1], published) for mark in marks]


def _recounted(mark: Mark, told: dt.date, published: dt.date) -> Mark:
    date = mark.date
    if date is None or date.last is None or date.kind != "day":
        return mark
    if mark.low not in cues("from_day_told", "en"):
        return mark
    day = told - (published - date.last)
    return replace(mark, date=replace(date, first=day, last=day))


def counted_back(context: Context, line: Line) -> dt.date | None:
    """Return the day that a sentence begins by counting back to: "Two weeks earlier, missiles …".

    Counted from the day told before, else from the publication.
    """
    known = context.day[1] if context.day else context.published
    words = [mark.low for mark in line.marks[:OPENING]]
    for number, unit, back in zip(line.marks[:OPENING], words[1:], words[2:], strict=False):
        days = next((n for n, stem in UNITS.items() if unit.startswith(stem)), 0)
        if known and days and number.number and back in BACK:
            return known - dt.timedelta(days=min(int(number.number), MOST) * days)
    return None


OPENING, MOST = 5, 60
UNITS: dict[int, tuple[str, ...]] = {
    1: ("day", "дн", "день"),
    7: ("week", "недел", "тиж"),
}
BACK = {"earlier", "before", "previously", "ранее", "раньше", "раніше", "до", "перед"}


def to_come(date: DateMark, published: dt.date | None) -> bool:
    """Tell whether a day is after the text, as that of a funeral: nothing counted was then."""
    if published is None or date.kind != "day" or date.first is None:
        return False
    return (date.first - published).days >= 1


def turns_back(line: Line, part: DateMark | None) -> bool:
    """Tell whether a text comes back to its own day: "Earlier the ministry said overnight …"."""
    told = part is not None and bool(line.reporting)
    return told and line.marks[0].low in EARLIER
