"""Days that a sentence points to without naming them: "that evening", "the next day"."""

import datetime as dt
from itertools import pairwise

from tally.grammar.chunks import PEOPLE
from tally.grammar.context import Context, Line
from tally.grammar.cues import stems
from tally.grammar.dates import DateMark

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


def to_come(date: DateMark, published: dt.date | None) -> bool:
    """Tell whether a day is after the text, as that of a funeral: nothing counted was then."""
    if published is None or date.kind != "day" or date.first is None:
        return False
    return (date.first - published).days >= 1


def turns_back(line: Line, part: DateMark | None) -> bool:
    """Tell whether a text comes back to its own day: "Earlier the ministry said overnight …"."""
    told = part is not None and bool(line.reporting)
    return told and line.marks[0].low in EARLIER
