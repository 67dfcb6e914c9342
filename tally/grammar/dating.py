"""When a figure's event was: the nearest date, the day carried over, else that of publication."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from tally.grammar.chunks import PEOPLE, Chunk, Frame
from tally.grammar.context import Context, Line, ranks_it
from tally.grammar.cues import cues
from tally.grammar.dates import DateMark
from tally.grammar.draft import AT_THE_PLACE, CARRIED, COUNTED_BACK, PUBLISHED, SPAN, Draft
from tally.grammar.pointing import (
    counted_back,
    day_after,
    mark_of,
    of_those,
    that_day,
    to_come,
    turns_back,
)
from tally.grammar.running import aggregate
from tally.model import TOLLS

Days = tuple[dt.date | None, dt.date | None]


def date_draft(context: Context, line: Line, frame: Frame, draft: Draft) -> None:
    """Set the days, the window and the aggregation of a draft."""
    marks = enumerate(line.marks) if line.gist.dated else ()
    dates = [(i, mark.date) for i, mark in marks if mark.date is not None]
    events = [(i, d) for i, d in dates if _dated(d) and not of_speech(line, i)]
    events = [(i, d) for i, d in events if not to_come(d, context.published)]
    events = [(i, d) for i, d in events if not (_goes_into(line, i) or _ranks(line, i))]
    inside = {i for c in line.chunks if c.opener == "open" for i in range(c.first, c.last + 1)}
    events = [(i, d) for i, d in events if i not in inside] or events
    events = _of_death(events, line, frame)
    begin, end = _clause(frame, line)
    events = [
        (i, d) for i, d in events if d.rule != "year" or begin <= i <= end or _heads(line, frame, i)
    ]
    day = _nearest(events, frame, line)
    part = _nearest(
        [(i, d) for i, d in dates if d.kind in {"window", "part"} or d.window], frame, line
    )
    carried = context.day_paragraph == line.sentence.paragraph
    if day is not None:
        draft.first, draft.last = day.first, day.last
        draft.rules.append(day.rule)
        draft.own_day = _clause(frame, line)[0] <= mark_of(line, day)
        _span(line, day, draft)
    elif (told := _told_before(context, line, frame, part)) is not None:
        (draft.first, draft.last), rule = told
        draft.rules.append(rule)
    elif context.published is not None:
        draft.first = draft.last = _no_later(context.published, line, dates)
        draft.rules.append(PUBLISHED)
        reason = (
            "date from the text as a whole" if context.undated else "date from publication only"
        )
        draft.review.append(reason)
    _hours(line, draft)
    draft.own_hours = part is not None
    carried = carried and not _is_another_day(context, day)
    draft.window = part.window if part is not None else context.window if carried else ""
    aggregate(context, line, frame, draft, day)


def _is_another_day(context: Context, day: DateMark | None) -> bool:
    """Tell whether a figure has a day of its own: hours told of the day before it say nothing."""
    told = context.day or (context.published, context.published)
    return day is not None and day.kind == "day" and (day.first, day.last) != told


def _ranks(line: Line, i: int) -> bool:
    """Tell whether a day only ranks an attack: "among the deadliest since the war began"."""
    before = line.marks[max(0, i - RANKED_WITHIN) : i]
    past = any(m.sense("markers", "past") or m.low in cues("since") for m in before)
    return past and ranks_it(before)


RANKED_WITHIN = 10  # marks


def _goes_into(line: Line, i: int) -> bool:
    """Tell whether a day is the evening of a night that another ends: "Friday into Saturday"."""
    after = line.marks[i + 1 : i + 3]
    return len(after) > 1 and after[0].low == "into" and after[1].date is not None


def _told_before(
    context: Context, line: Line, frame: Frame, part: DateMark | None
) -> tuple[Days, str] | None:
    """Return the days that the text before tells of a figure without one, and the rule."""
    if (following := day_after(context, line)) is not None:
        return (following, following), "the day after"
    if (counted := counted_back(context, line)) is not None:
        return (counted, counted), COUNTED_BACK
    if context.named_day is not None and line.marks[0].low in THEN:
        return context.named_day, CARRIED
    day, back = context.day, turns_back(line, part)
    if day is not None and (that_day(line, part) or of_those(line)):
        return day, CARRIED
    if part is None and context.span is not None:
        return context.span, SPAN
    if day is not None and part is None and _at_the_place(context, line):
        return day, AT_THE_PLACE
    here = context.day_paragraph == line.sentence.paragraph
    if day is not None and here and not back and _goes_on(context, part):
        return day, CARRIED
    if part is None and (others := _beside_others(context, line, frame)) is not None:
        return (others.first, others.last), SPAN
    if context.lead is not None and not back and old(context, _days_back(context, part)):
        return context.lead, "day of the lead"
    return None


def _beside_others(context: Context, line: Line, frame: Frame) -> Draft | None:
    """Return the figure of the sentence before that others join: "Another 73 were hurt"."""
    last = context.drafts[-1] if context.drafts else None
    if last is None or not frame.count.more or frame.unit != "person":
        return None
    beside = 0 <= line.number - last.sentence <= 1 and last.paragraph == line.sentence.paragraph
    people = last.metric in TOLLS and last.aggregation == "period"
    return last if beside and people and last.first and PUBLISHED not in last.rules else None


def _heads(line: Line, frame: Frame, at: int) -> bool:
    """Tell whether a year opens the sentence that a figure stands in: "In 2024, eight were …"."""
    opening = line.chunks[0]
    between = line.chunks[1 : frame.chunk]
    opened = len(line.chunks) > 1 and line.chunks[1].opener == "colon"
    free = opened or not any(c.counts for c in between)
    return at <= opening.last and not opening.counts and free


def _of_death(
    events: list[tuple[int, DateMark]], line: Line, frame: Frame
) -> list[tuple[int, DateMark]]:
    """Leave out when who died was wounded: "the man wounded on Friday died on Monday"."""
    between = line.marks[frame.count.last + 1 : max(0, frame.at)]
    wounded = frame.event == "killed" and any(mark.event == "injured" for mark in between)
    return [(i, d) for i, d in events if i > frame.at] or events if wounded else events


def _no_later(published: dt.date, line: Line, dates: Sequence[tuple[int, DateMark]]) -> dt.date:
    """Return the day of publication, or that on which somebody said so: "said on Monday"."""
    said = [d.last for i, d in dates if d.last is not None and of_speech(line, i)]
    return min([published, *said[-1:]])


THEN = {"тогда", "тоді", "then", "at that time", "того дня", "в тот день", "того ж дня"}


def _span(line: Line, day: DateMark, draft: Draft) -> None:
    """Reach back where the words count days: "in the three days up to Monday, 26 May"."""
    before = line.marks[max(0, mark_of(line, day) - 5) : mark_of(line, day)]
    if not any(mark.low in UP_TO for mark in before[-3:]):
        return
    for number, noun in pairwise(before):
        known = number.number is not None and noun.low in DAYS
        if known and draft.last is not None and number.number < FORTNIGHT:  # type: ignore[operator]
            draft.first = draft.last - dt.timedelta(days=int(number.number or 1) - 1)


def _hours(line: Line, draft: Draft) -> None:
    """Reach back where the words count hours: "37 drones in 95 hours"."""
    if draft.last is None:
        return
    for hours in line.hours:
        if MORE_THAN_A_DAY < hours < A_MONTH:
            draft.first = draft.last - dt.timedelta(days=round(hours / 24))


UP_TO = {"up", "up to", "to", "through", "until", "ending", "до"}
DAYS = {"days", "дней", "дня", "днів", "дні"}
FORTNIGHT, MORE_THAN_A_DAY, A_MONTH = 14, 30, 720


def _at_the_place(context: Context, line: Line) -> bool:
    """Tell whether a figure is of the event whose place the text points back to: "at the range"."""
    if context.day is None or context.day[0] != context.day[1]:
        return False
    return any(place.kind == "there" for place in line.places)


def _days_back(context: Context, part: DateMark | None) -> int:
    """Return how many days old a lead must be: that of an attack holds already the day after.

    A part of a day without a date, "overnight", may be of the day after that of the lead.
    """
    return 1 if part is None and context.lead_attack else 2


def old(context: Context, days: int = 2) -> bool:
    """Tell whether the lead speaks of a single day at least so many days before the publication."""
    assert context.lead is not None
    first, last = context.lead
    if first is None or first != last or context.published is None:
        return False
    return (context.published - first).days >= days


def _dated(date: DateMark) -> bool:
    return date.kind in {"day", "since", "month"} or (
        date.kind == "window" and date.last is not None
    )


def of_speech(line: Line, i: int) -> bool:
    """Tell whether a day is that of the report: "said on Thursday"."""
    date = line.marks[i].date
    if date is not None and date.first != date.last:
        return False  # "according to the report, between 1 March and 31 May"
    before = line.marks[max(0, i - 2) : i]
    if any(m.sense("markers", "report") and m.low not in TALLIES for m in before):
        return True
    return _of_update(line, i)


def _of_update(line: Line, i: int) -> bool:
    """Tell whether a day is that of a new count, not of the attack: "rose to 30 on Sunday"."""
    date = line.marks[i].date
    if date is None or date.first != date.last or not any(m.event in PEOPLE for m in line.marks):
        return False
    if any(m.unit == "rocketlike" or m.event == "launched" for m in line.marks[i + 1 : i + 2]):
        return False  # "the toll of Friday's strike rose to 20"
    before = line.marks[max(0, i - UPDATED_WITHIN) : i]
    struck = any(m.event in {"launched", "hit"} for m in line.marks[i:])
    near = line.marks[max(0, i - UPDATED_WITHIN) : i + (0 if struck else UPDATED_WITHIN)]
    counted = any(
        mark.sense("markers", "increase")
        and any(m.number is not None for m in near[at + 1 : at + 4])
        for at, mark in enumerate(near)
    )
    return counted or any(mark.low in cues("update") for mark in before[-3:])


UPDATED_WITHIN = 6  # marks


TALLIES = {"count", "figures", "data", "tally", "toll"}


def _goes_on(context: Context, part: DateMark | None) -> bool:
    """Tell whether the day before still holds: not a span, nor in another part of a day."""
    assert context.day is not None
    if context.day[0] != context.day[1]:
        return False
    return part is None or part.window == context.window or context.window in {"", "overnight"}


def _nearest(dates: list[tuple[int, DateMark]], frame: Frame, line: Line) -> DateMark | None:
    """Return the date nearest to the count: in its own clause, else before it rather than after."""
    if not dates:
        return None
    at = frame.count.first
    first, last = _clause(frame, line)
    own = [entry for entry in dates if first <= entry[0] <= last] or dates
    return min(own, key=lambda entry: abs(entry[0] - at) + (3 if entry[0] > at else 0))[1]


def _clause(frame: Frame, line: Line) -> tuple[int, int]:
    """Return the marks of a figure's own words, a dash after them included."""
    chunks, at = line.chunks, frame.chunk
    last = chunks[at].last
    for following in chunks[at + 1 : at + 4]:
        bare = all(c.unit == "other" for c in following.counts) and not following.events
        if not bare or not (following.opener == "dash" or _says_when(following, line)):
            break
        last = following.last
    beyond = next((c for c in chunks[at + 1 : at + 2] if c.first <= frame.at <= c.last), None)
    return chunks[at].first, beyond.last if beyond and not beyond.counts else last


def _says_when(chunk: Chunk, line: Line) -> bool:
    """Tell whether a clause only says when: "…, that of May 22"."""
    marks = line.marks[chunk.first : chunk.last + 1]
    return chunk.opener in {"comma", "sub"} and all(
        mark.date is not None or (mark.tag != "place" and len(marks) <= 4) for mark in marks
    )
