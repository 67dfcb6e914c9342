"""Whether a figure is of a day, a night or a short span, or a total that keeps running."""

import datetime as dt
from itertools import pairwise

from tally.grammar.chunks import PEOPLE, Frame
from tally.grammar.context import Context, Line
from tally.grammar.cues import cues, stems
from tally.grammar.dates import PART_OF_MONTH, DateMark
from tally.grammar.draft import COUNTED_BACK, SPAN, Draft
from tally.grammar.marks import Mark
from tally.model import TOLLS, Metric

WEEK = dt.timedelta(days=6)
MORE_THAN_ONE_ATTACK, MORE_THAN_ONE_DAY = 1000, 5000
BARE_LINE = 12
LONGEST_PERIOD = 7


def aggregate(
    context: Context, line: Line, frame: Frame, draft: Draft, day: DateMark | None
) -> None:
    """Tell a running total from the figure of a day, a night or a short span."""
    past = _past(line, frame, day)
    since = day is not None and (day.kind == "since" or _since(line, frame, day))
    if since:
        draft.last = context.published
        draft.aggregation = "cumulative" if _long(draft) else draft.aggregation
    elif (
        past
        or _so_far(line, frame, day, draft)
        or _too_many(line, frame, day)
        or (day is None and (_by_all_of_it(line, frame) or _says_again(context, line)))
        or (not frame.count.implied and _list_of_totals(context, line, draft, day))
    ):
        draft.aggregation, draft.first, draft.last = "cumulative", None, context.published
        if day is not None and _counted_by(line, day):
            draft.last = day.last
    elif (day is not None and _whole_month(day) and not _one_event(line, frame)) or (
        _long(draft) and SPAN not in draft.rules and not (day is not None and day.kind == "month")
    ):
        draft.aggregation = "cumulative"
    one_day = draft.last if draft.first == draft.last else None
    if one_day is not None and (days := in_days(line, frame)):
        draft.first = one_day - dt.timedelta(days=days - 1)
    if draft.window == "week" and one_day is not None and COUNTED_BACK not in draft.rules:
        draft.first = one_day - WEEK


def _counted_by(line: Line, day: DateMark) -> bool:
    """Tell whether a running total ends on a day: "by the end of October it had counted 900"."""
    before = line.marks[: next((i for i, m in enumerate(line.marks) if m.date is day), 0)]
    words = " ".join(mark.low for mark in before[-4:])
    return words.endswith(stems("counted_by", "en")) or not AS_OF.isdisjoint(line.gist.words)


def _whole_month(day: DateMark) -> bool:
    """Tell whether a day is a month or a year, not the ten days in which one thing happened."""
    return day.kind == "month" and day.rule != PART_OF_MONTH


def _one_event(line: Line, frame: Frame) -> bool:
    """Tell whether a figure of a month is one event's: "an attack in April killed 34"."""
    if frame.count.implied:
        return True
    if any(_strike(a) and b.tag == "sub" for a, b in pairwise(line.marks[: frame.count.first])):
        return frame.event in PEOPLE  # "account of attack that killed 50 … last year"
    marks = line.marks[: frame.count.first + 8]
    singles = {"a", "an", "the", "one"}
    if any(m.date is not None and m.low.startswith(("a ", "an ")) for m in marks):
        return frame.event in PEOPLE  # "a January strike that killed 40"
    return frame.event in PEOPLE and any(
        marks[i].low in singles and any(_strike(m) for m in marks[i + 1 : i + 5])
        for i in range(len(marks))
    )


def _strike(mark: Mark) -> bool:
    return mark.low in STRIKES or mark.unit == "rocketlike"


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
    as_of = not AS_OF.isdisjoint(line.gist.words)  # "as of 12 July": the day that it runs to
    return line.past and (as_of or not dated)


AS_OF = {"as of", "станом", "станом на", "состоянию", "по состоянию на"}


def _so_far(line: Line, frame: Frame, day: DateMark | None, draft: Draft) -> bool:
    """Tell whether a count runs up to now: "has already used 660", the UN's "331 killed so far"."""
    if draft.side == "third_party" and frame.event in PEOPLE and day is None:
        words = [mark.low for mark in line.marks[frame.count.last :]]
        return any(word in cues("so_far") for word in (*words, *map(" ".join, pairwise(words))))
    before = [mark.low for mark in line.marks[max(0, frame.at - 2) : max(0, frame.at)]]
    undated = day is None and not draft.window
    return undated and frame.event == "launched" and bool(ALREADY & set(before))


ALREADY = {"вже", "уже", "already"}


def _too_many(line: Line, frame: Frame, day: DateMark | None) -> bool:
    """Tell whether a toll is larger than any one attack's: it is a running total."""
    quantity = frame.count.quantity
    number = quantity.low or quantity.high or 0
    if number < MORE_THAN_ONE_DAY and in_days(line, frame):
        return False
    dated = day is not None or any(m.date and m.date.window == "past_day" for m in line.marks)
    least = MORE_THAN_ONE_DAY if dated else MORE_THAN_ONE_ATTACK
    return frame.event in PEOPLE and number >= least


def in_days(line: Line, frame: Frame) -> int:
    """Return the days within which a toll came about: "in the space of three days", or 0."""
    after = line.marks[frame.count.last + 1 : frame.count.last + WITHIN]
    for at in range(len(after) - 1):
        number, noun = after[at].number, after[at + 1].low
        led = at > 0 and (after[at - 1].is_a("over", "outof") or after[at - 1].low == "the")
        if number is not None and led and 1 < number <= LONGEST_PERIOD and noun == "days":
            return round(number)
    return 0


WITHIN = 14  # marks


def _by_all_of_it(line: Line, frame: Frame) -> bool:
    """Tell whether many were hurt by the whole invasion: "480 дітей … внаслідок агресії рф"."""
    if (frame.count.quantity.low or 0) < MORE_THAN_A_DAYS or frame.event not in PEOPLE:
        return False
    return any(mark.sense("markers", "invasion") for mark in line.marks)


MORE_THAN_A_DAYS = 100
NEAR = 12  # drafts; a toll is said again within a few sentences


def totals_before(context: Context) -> list[Draft]:
    """Return the running totals read shortly before, in the order they were told."""
    return [draft for draft in context.drafts[-NEAR:] if draft.aggregation == "cumulative"]


def _says_again(context: Context, line: Line) -> bool:
    """Tell whether a sentence repeats a running toll, so that its other tolls are running too."""
    known = {
        (draft.metric, draft.quantity.low)
        for draft in totals_before(context)
        if draft.metric in TOLLS and (draft.quantity.low or 0) >= MORE_THAN_A_DAYS
    }
    return bool(known) and any(
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


def _since(line: Line, frame: Frame, day: DateMark) -> bool:
    """Tell whether "since" stands before the day: "Since 20:00 on Tuesday, May 20".

    So it does where it opens the clause of the day: "since the president ordered it in February".
    """
    for i, mark in enumerate(line.marks):
        if mark.date is day:
            clauses = [c for c in line.chunks if c.opener == "sub" and frame.count.last < c.first]
            opened = [c.first - 1 for c in clauses if c.first <= i <= c.last]
            return any(
                before.low.split()[0] in SINCE
                for before in [*line.marks[max(0, i - 5) : i], *(line.marks[at] for at in opened)]
            )
    return False


SINCE = {"since", "начиная", "починаючи"}
