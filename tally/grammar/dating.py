"""When a figure's event was: the nearest date, the day carried over, else that of publication."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from tally.grammar.chunks import PEOPLE, Chunk, Frame
from tally.grammar.context import Context, Line
from tally.grammar.dates import DateMark
from tally.grammar.draft import PUBLISHED, Draft
from tally.grammar.pointing import day_after, mark_of, of_those, that_day, to_come, turns_back
from tally.model import Metric

WEEK = dt.timedelta(days=6)
MORE_THAN_ONE_ATTACK, MORE_THAN_ONE_DAY = 1000, 5000
BARE_LINE = 12
TOLLS = {Metric.KILLED, Metric.INJURED}
LONGEST_PERIOD = 7


def date_draft(context: Context, line: Line, frame: Frame, draft: Draft) -> None:
    """Set the days, the window and the aggregation of a draft."""
    dates = [(i, mark.date) for i, mark in enumerate(line.marks) if mark.date is not None]
    events = [(i, d) for i, d in dates if _dated(d) and not of_speech(line, i)]
    events = [(i, d) for i, d in events if not to_come(d, context.published)]
    inside = {i for c in line.chunks if c.opener == "open" for i in range(c.first, c.last + 1)}
    events = [(i, d) for i, d in events if i not in inside] or events
    events = _of_death(events, line, frame)
    begin, end = _clause(frame, line)
    events = [(i, d) for i, d in events if d.rule != "year" or begin <= i <= end]
    day = _nearest(events, frame, line)
    part = _nearest(
        [(i, d) for i, d in dates if d.kind in {"window", "part"} or d.window], frame, line
    )
    carried = context.day_paragraph == line.sentence.paragraph
    back = turns_back(line, part)
    if day is not None:
        draft.first, draft.last = day.first, day.last
        draft.rules.append(day.rule)
        draft.own_day = _clause(frame, line)[0] <= mark_of(line, day)
        _span(line, day, draft)
    elif (following := day_after(context, line)) is not None:
        draft.first = draft.last = following
        draft.rules.append("the day after")
    elif context.named_day is not None and line.marks[0].text.lower() in THEN:
        draft.first, draft.last = context.named_day
        draft.rules.append("day carried over")
    elif context.day is not None and (that_day(line, part) or of_those(line)):
        draft.first, draft.last = context.day
        draft.rules.append("day carried over")
    elif part is None and _at_the_place(context, line):
        assert context.day is not None
        draft.first, draft.last = context.day
        draft.rules.append("day of the place")
    elif carried and context.day is not None and not back and _goes_on(context, part):
        draft.first, draft.last = context.day
        draft.rules.append("day carried over")
    elif context.lead is not None and not back and old(context):
        draft.first, draft.last = context.lead
        draft.rules.append("day of the lead")
    elif context.published is not None:
        draft.first = draft.last = _no_later(context.published, line, dates)
        draft.rules.append(PUBLISHED)
        reason = (
            "date from the text as a whole" if context.undated else "date from publication only"
        )
        draft.review.append(reason)
    _hours(line, draft)
    draft.own_hours = part is not None
    draft.window = part.window if part is not None else context.window if carried else ""
    _aggregate(context, line, frame, draft, day)


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
    if not any(mark.text.lower() in UP_TO for mark in before[-3:]):
        return
    for number, noun in pairwise(before):
        known = number.number is not None and noun.text.lower() in DAYS
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


def old(context: Context) -> bool:
    """Tell whether the lead speaks of a single day at least two days before the publication."""
    assert context.lead is not None
    first, last = context.lead
    if first is None or first != last or context.published is None:
        return False
    return (context.published - first).days >= 2


def _dated(date: DateMark) -> bool:
    return date.kind in {"day", "since", "month"} or (
        date.kind == "window" and date.last is not None
    )


def of_speech(line: Line, i: int) -> bool:
    """Tell whether a day is that of the report: "said on Thursday"."""
    before = line.marks[max(0, i - 2) : i]
    return any(m.sense("markers", "report") and m.text.lower() not in TALLIES for m in before)


TALLIES = {"count", "figures", "data", "tally", "toll"}


def _goes_on(context: Context, part: DateMark | None) -> bool:
    """Tell whether the day before still holds: not a span, nor in another part of a day."""
    assert context.day is not None
    if context.day[0] != context.day[1]:
        return False
    return part is None or part.window == context.window or context.window in {"", "overnight"}


def _aggregate(
    context: Context, line: Line, frame: Frame, draft: Draft, day: DateMark | None
) -> None:
    """Tell a running total from the figure of a day, a night or a short span."""
    past = _past(line, frame, day)
    since = day is not None and (day.kind == "since" or _since(line, day))
    if since:
        draft.last = context.published
        draft.aggregation = "cumulative" if _long(draft) else draft.aggregation
    elif (
        past
        or _so_far(line, frame, day, draft)
        or _too_many(frame, day)
        or (day is None and (_by_all_of_it(line, frame) or _says_again(context, line)))
        or _list_of_totals(context, line, draft, day)
    ):
        draft.aggregation, draft.first, draft.last = "cumulative", None, context.published
    elif (day is not None and day.kind == "month" and not _one_event(line, frame)) or (
        _long(draft) and not (day is not None and day.kind == "month")
    ):
        draft.aggregation = "cumulative"
    if draft.window == "week" and draft.last is not None and draft.first == draft.last:
        draft.first = draft.last - WEEK


def _one_event(line: Line, frame: Frame) -> bool:
    """Tell whether a figure of a month is one event's: "an attack in April killed 34"."""
    if frame.count.implied:
        return True
    marks = line.marks[: frame.count.first + 8]
    singles = {"a", "an", "the", "one"}
    return frame.event in PEOPLE and any(
        marks[i].text.lower() in singles
        and any(m.text.lower() in STRIKES for m in marks[i + 1 : i + 5])
        for i in range(len(marks))
    )


STRIKES = {
    "attack", "strike", "shelling", "bombing", "airstrike", "drone attack", "missile attack",
    "rocket", "missile", "drone", "explosion", "blast", "raid",
}  # fmt: skip


def _past(line: Line, frame: Frame, day: DateMark | None) -> bool:
    """Tell whether the sentence speaks of all time since something began: "since the invasion"."""
    chunk = line.chunks[frame.chunk]
    dated = day is not None and any(
        mark.date is day for mark in line.marks[chunk.first : chunk.last + 1]
    )
    return not dated and line.past


def _so_far(line: Line, frame: Frame, day: DateMark | None, draft: Draft) -> bool:
    """Tell whether weapons were counted up to now: "Russia has already used 660 of them"."""
    before = [mark.text.lower() for mark in line.marks[max(0, frame.at - 2) : max(0, frame.at)]]
    undated = day is None and not draft.window
    return undated and frame.event == "launched" and bool(ALREADY & set(before))


ALREADY = {"вже", "уже", "already"}


def _too_many(frame: Frame, day: DateMark | None) -> bool:
    """Tell whether a toll is larger than any one attack's: it is a running total."""
    quantity = frame.count.quantity
    number = quantity.low or quantity.high or 0
    least = MORE_THAN_ONE_ATTACK if day is None else MORE_THAN_ONE_DAY
    return frame.event in PEOPLE and number >= least


def _by_all_of_it(line: Line, frame: Frame) -> bool:
    """Tell whether many were hurt by the whole invasion: "480 дітей … внаслідок агресії рф"."""
    number = frame.count.quantity.low or 0
    named = any(mark.sense("markers", "invasion") for mark in line.marks)
    return named and number >= MORE_THAN_A_DAYS and frame.event in PEOPLE


MORE_THAN_A_DAYS = 100


def _says_again(context: Context, line: Line) -> bool:
    """Tell whether a sentence repeats a running toll, so that its other tolls are running too."""
    known = {
        (draft.metric, draft.quantity.low)
        for draft in context.drafts
        if draft.aggregation == "cumulative"
        and draft.metric in TOLLS
        and (draft.quantity.low or 0) >= MORE_THAN_A_DAYS
    }
    return any(
        frame.event in PEOPLE and (Metric(frame.event), frame.count.quantity.low) in known
        for frame in line.frames
    )


def _list_of_totals(context: Context, line: Line, draft: Draft, day: DateMark | None) -> bool:
    """Tell whether a bare line goes on with a list of running totals."""
    before = context.drafts[-1] if context.drafts else None
    short = len(line.marks) <= BARE_LINE
    near = before is not None and line.number - before.sentence <= BARE_LINE
    return (
        before is not None
        and near
        and short
        and day is None
        and before.aggregation == "cumulative"
        and before.metric in TOLLS
        and draft.metric in TOLLS
    )


def _long(draft: Draft) -> bool:
    if draft.first is None or draft.last is None:
        return draft.first is not None
    return (draft.last - draft.first).days > LONGEST_PERIOD


def _since(line: Line, day: DateMark) -> bool:
    """Tell whether "since" stands before the day: "Since 20:00 on Tuesday, May 20"."""
    for i, mark in enumerate(line.marks):
        if mark.date is day:
            return any(
                before.text.lower().split()[0] in {"since", "начиная", "починаючи"}
                for before in line.marks[max(0, i - 5) : i]
            )
    return False


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
