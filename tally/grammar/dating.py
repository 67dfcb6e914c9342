"""When a figure's event was: the nearest date, the day carried over, else the day of publication."""

import datetime as dt

from tally.grammar.context import Context, Line
from tally.grammar.dates import DateMark
from tally.grammar.draft import Draft
from tally.grammar.frames import Frame

WEEK = dt.timedelta(days=6)
LONGEST_PERIOD = 7


def date_draft(context: Context, line: Line, frame: Frame, draft: Draft) -> None:
    dates = [(i, mark.date) for i, mark in enumerate(line.marks) if mark.date is not None]
    day = _nearest([(i, d) for i, d in dates if d.kind in {"day", "since", "month"} or (d.kind == "window" and d.last)], frame)
    part = _nearest([(i, d) for i, d in dates if d.kind in {"window", "part"} or d.window], frame)
    past = next((mark for mark in line.marks if mark.sense("markers", "past")), None)
    if day is not None:
        draft.first, draft.last = day.first, day.last
        draft.rules.append(day.rule)
    elif context.day is not None and context.day_paragraph == line.sentence.paragraph:
        draft.first, draft.last = context.day
        draft.rules.append("day carried over")
    elif context.published is not None:
        draft.first = draft.last = context.published
        draft.rules.append("day of publication")
        draft.review.append("date from publication only")
    draft.window = part.window if part is not None else context.window if context.day_paragraph == line.sentence.paragraph else ""
    if day is not None and day.kind == "since":
        draft.aggregation, draft.last = "cumulative", context.published
    elif past is not None:
        draft.aggregation, draft.first = "cumulative", None
    elif (day is not None and day.kind == "month") or (draft.first and draft.last and (draft.last - draft.first).days > LONGEST_PERIOD):
        draft.aggregation = "cumulative"
    if draft.window == "week" and draft.last is not None and draft.first == draft.last:
        draft.first = draft.last - WEEK


def _nearest(dates: list[tuple[int, DateMark]], frame: Frame) -> DateMark | None:
    """Return the date nearest to the count, those before it counting as a little nearer."""
    if not dates:
        return None
    at = frame.count.first
    return min(dates, key=lambda entry: abs(entry[0] - at) + (3 if entry[0] > at else 0))[1]
