"""Events that stand apart from their count: after it, or behind a dash."""

from collections.abc import Sequence

from tally.grammar.chunks import PEOPLE, SHARED, Chunk, Frame, compatible, fits, is_bare, mode_of
from tally.grammar.count import Count
from tally.grammar.cues import cues
from tally.grammar.marks import Mark
from tally.grammar.nouns import WEAPONS
from tally.grammar.plainly import plainly_one


def event_ahead(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark], frames: Sequence[Frame]
) -> Frame | None:
    """Share the event of a later chunk: "two men and a child were hurt", "Three, he said, died"."""
    chunk = chunks[at]
    if at + 1 == len(chunks) or _far(chunk):
        return None
    if chunk.opener == "colon" and chunk.header >= 0 and fits(marks[chunk.header].event, "person"):
        return None  # "killed: 5, wounded: 8"
    begins = _begins(chunk, marks)
    again = _begins_again(count, chunks, at, marks, frames) or _behind_aside(chunks, at, marks)
    told = not (begins or again) and any(compatible(frame, count) for frame in frames)
    own_part = _own_part(count, chunk, marks) and not again
    if own_part or told or (chunk.part and count.implied) or _of_wounds(count, marks):
        return None
    first = _behind_age(chunks, at)
    for later in chunks[first : first + 3]:
        if marks[later.first - 1].low in TURNS or (count.implied and _unhurt(later, marks)):
            return None
        if count.implied and later.opener == "sub" and _told_later(count, chunks, later, marks):
            continue
        if later.counts and all(c.part for c in later.counts):
            continue
        if later.counts and (
            later.opener != "conj"
            or not any(_alike(c, count) or c.unit == "other" for c in later.counts)
        ):
            if count.implied and count.last == chunk.last and _lists_people(chunks, later):
                continue
            return None
        for i in later.events:
            event = marks[i].event
            if not fits(event, count.unit) or (count.unit == "" and event not in PEOPLE):
                continue
            if event == "intercepted" and later.counts and i < later.counts[0].first:
                continue  # "saw four drones and shot down two missiles"
            if event == "launched" and _only_flew(chunks, later, marks):
                continue
            if later.negated and later.opener != "conj" and event in PEOPLE:
                if count.implied:
                    return None  # "the driver, luckily, was not hurt"
                continue
            if count.implied and not plainly_one(count, i, event, marks):
                continue
            unit = count.unit or "person"
            return Frame(count, event, mode_of(marks[i]), i, SHARED, at, unit)
    return None


def _of_wounds(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether wounds are counted, not who has them: "17 wounds and three deaths"."""
    behind = marks[count.last + 1 : count.last + 2]
    return not count.unit and bool(behind) and mode_of(behind[0]) == "wound"


def _only_flew(chunks: Sequence[Chunk], aside: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether an aside says where weapons flew that were stopped: "two, flying to X, were …".

    "Два беспилотника, летевших на Москву, сбиты".
    """
    rest = next((chunk for chunk in chunks if chunk.first > aside.last), None)
    if aside.opener not in {"comma", "sub"} or rest is None or rest.opener != "comma":
        return False
    first = rest.first + (marks[rest.first].tag == "aux")
    ends = first in rest.events and marks[first].event in {"intercepted", "lost", "hit"}
    return ends and not any(count.first < first for count in rest.counts)


def _begins(chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether a clause of its own begins: "…, while two", "fired 13 and that seven … fell"."""
    if not chunk.first:
        return True
    before = marks[max(0, chunk.first - 2) : chunk.first]
    that = before[-1].low in THAT and before[0].tag == "conj"
    return that or before[-1].low in cues("new_clause")


THAT = {"that", "що", "что"}


def _lists_people(chunks: Sequence[Chunk], own: Chunk) -> bool:
    """Tell whether a chunk goes on with people who end a list: "a girl, two women and a man"."""
    rest = [chunk for chunk in chunks if chunk.first > own.last][:1]
    openers = [own.opener, *(chunk.opener for chunk in rest)]
    people = [count.unit == "person" for chunk in (own, *rest) for count in chunk.counts]
    ends = bool(rest) and bool(rest[0].counts)
    return openers == ["comma", "conj"] and ends and all(people) and not own.events


def _own_part(count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether a count is only a part of others: "among them two children"."""
    before = marks[chunk.first : count.first]
    return count.part or any(mark.sense("markers", "part") for mark in before)


def _unhurt(chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether a chunk says that somebody was not hurt: "водитель, к счастью, не пострадал"."""
    own = marks[chunk.first : chunk.last + 1]
    return any(mark.tag == "not" and mark.low.startswith("не ") for mark in own)


def _behind_aside(chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a clause goes on behind an aside: "13 people, including a child, were hurt"."""
    following = at + 1
    while following < len(chunks) and (
        chunks[following].part or chunks[following].opener == "conj"
    ):
        following += 1
    if following == at + 1 or following >= len(chunks) or not chunks[at + 1].part:
        return False
    rest = chunks[following]
    begins = marks[rest.first].tag == "aux" or marks[rest.first].event in PEOPLE
    return rest.opener in {"comma", "dash", "close"} and begins and not rest.counts


def _begins_again(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark], frames: Sequence[Frame]
) -> bool:
    """Tell whether weapons begin a clause of their own: "sent 250, 245 drones and six … fell"."""
    following = chunks[at + 1] if at + 1 < len(chunks) else None
    if following is None or chunks[at].opener != "comma" or following.opener != "conj":
        return False
    ours = [c for c in following.counts if c.unit in WEAPONS and c.unit != count.unit]
    if count.unit not in WEAPONS or not ours or not following.events or chunks[at].events:
        return False
    event = following.events[0]
    return event > ours[0].last and all(marks[event].event != frame.event for frame in frames)


def _behind_age(chunks: Sequence[Chunk], at: int) -> int:
    """Return the chunk to look on from, an age left out: "a woman (22 years old), who … died"."""
    following = at + 1
    while following < len(chunks) and chunks[following].opener in {"open", "close"}:
        own = chunks[following]
        if own.events or any(count.unit != "other" for count in own.counts):
            break
        following += 1
    return following


TURNS = {"but", "но", "але"}


def _told_later(count: Count, chunks: Sequence[Chunk], aside: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether the main clause says it after an aside: "a man, who was wounded, died"."""
    rest = [c for c in chunks if aside.last < c.first <= aside.last + 20]
    return any(fits(marks[i].event, count.unit) for c in rest for i in c.events if not c.counts)


def _far(chunk: Chunk) -> bool:
    """Tell whether other words stand between the last count of a chunk and its end."""
    return chunk.counts[-1].last + 3 < chunk.last


def _alike(first: Count, second: Count) -> bool:
    weapons = {"drone", "missile"}
    return (
        first.unit in ("", second.unit) or second.unit == "" or {first.unit, second.unit} <= weapons
    )


def behind_dash(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark], frames: Sequence[Frame]
) -> Frame | None:
    """Read what a dash says of a count: "вісім – локаційно втрачені"."""
    following = chunks[at + 1] if at + 1 < len(chunks) else None
    if following is None or following.opener != "dash" or following.counts or not following.events:
        return None
    i = following.events[0]
    event = marks[i].event
    unit = count.unit or next((frame.unit for frame in reversed(frames)), "")
    rest = marks[count.last + 1 : chunks[at].last + 1]
    ends = all(mark.is_a("part", "outof") or mark.low in OF_THEM for mark in rest)
    if not unit or not fits(event, unit) or count.implied or not ends:
        return None
    goes_on = bool(frames) and frames[-1].event == event
    return Frame(count, event, mode_of(marks[i]), i, "said after a dash", at, unit, goes_on)


OF_THEM = {"них", "them"}


def before_dash(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]
) -> Frame | None:
    """Read a number that a dash sets behind what it counts: "Число погибших в Сумах – уже 12"."""
    told = chunks[at - 1] if at else None
    if told is None or chunks[at].opener != "dash" or told.counts or not told.events:
        return None
    if count.implied or count.part or not is_bare(count, chunks[at], marks):
        return None
    lead, i = marks[chunks[at].first : count.first], told.events[-1]
    if any(mark.low not in cues("by_now") for mark in lead) or told.last - i > NEAR:
        return None
    event, nouns = marks[i].event, [mark.unit for mark in marks[told.first : told.last + 1]]
    unit = "person" if event in PEOPLE else next((noun for noun in nouns if noun in WEAPONS), "")
    if not unit or count.unit not in ("", unit):
        return None
    return Frame(count, event, mode_of(marks[i]), i, "said before a dash", at, unit)


NEAR = 6  # marks from an event to the dash
