"""Counts whose event stands a chunk or more behind them, past an aside, a list, who did it."""

from collections.abc import Sequence

from tally.grammar.bare import unit_before
from tally.grammar.chunks import SHARED, Chunk, Frame, is_bare, mode_of
from tally.grammar.count import Count
from tally.grammar.counts import BOTH
from tally.grammar.cues import stems
from tally.grammar.marks import Mark
from tally.grammar.nouns import WEAPONS
from tally.grammar.whole import STOPPED


def told_later(
    count: Count,
    chunks: Sequence[Chunk],
    at: int,
    marks: Sequence[Mark],
    earlier: Sequence[Frame],
    weapon: str,
) -> Frame | None:
    """Return what a later chunk says of those counted in one that says nothing."""
    if count.implied or chunks[at].events:
        return None
    if (people := _people_behind_aside(count, chunks, at, marks)) is not None:
        return people
    if count.unit not in {"", *WEAPONS}:
        return None
    found = (find(count, chunks, at, marks) for find in (_by_those_joined, _arrived, _behind_list))
    i = next((event for event in found if event >= 0), -1)
    unit = count.unit or (unit_before(count, earlier, marks, weapon) if i >= 0 else "")
    if i < 0 or unit not in WEAPONS:
        return None
    return Frame(count, marks[i].event, mode_of(marks[i]), i, SHARED, at, unit)


def _people_behind_aside(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]
) -> Frame | None:
    """Return what a clause says behind a word on who they are: "ще двоє, обидва цивільні, ранені".

    They do not go on with what befell those before them.
    """
    following = chunks[at + 1 : at + 3]
    if (
        count.unit not in {"", "person"}
        or not _ends(count, chunks[at], marks)
        or len(following) < 2
    ):
        return None
    aside, rest = following
    if aside.opener != "comma" or rest.opener != "comma" or aside.events or rest.counts:
        return None
    if not rest.events or aside.last - aside.first >= SHORT or _counts_others(aside, marks):
        return None
    i = rest.events[0]
    if marks[i].event not in {"killed", "injured"} or not _names_people(aside, marks):
        return None
    return Frame(count, marks[i].event, mode_of(marks[i]), i, SHARED, at, "person")


SHORT = 4  # marks of an aside on who the counted are


def _ends(count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether a count is the last word of its chunk, "more" aside: "and four more"."""
    return count.last == chunk.last or (
        count.last == chunk.last - 1 and marks[chunk.last].is_a("more")
    )


def _counts_others(aside: Chunk, marks: Sequence[Mark]) -> bool:
    return bool(aside.counts) and marks[aside.first].low not in BOTH


def _names_people(aside: Chunk, marks: Sequence[Mark]) -> bool:
    own = marks[aside.first : aside.last + 1]
    return any(mark.unit == "person" or mark.sense("markers", "all") for mark in own)


def _by_those_joined(count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]) -> int:
    """Return the event behind those who did it: "37 из них зенитчики и пехота приземлили"."""
    following = chunks[at + 1 : at + 2]
    if not following or following[0].opener != "conj" or following[0].counts:
        return -1
    who = marks[count.last + 1 : chunks[at].last + 1]
    did = any(mark.unit == "person" or mark.low.startswith(stems("defence")) for mark in who)
    own = following[0].events[:1]
    return own[0] if did and own and marks[own[0]].event in STOPPED else -1


def _arrived(count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]) -> int:
    """Return the arrival behind an aside: "а один, признал он, долетел до завода"."""
    if count.unit or not is_bare(count, chunks[at], marks):
        return -1
    for later in chunks[at + 1 : at + 3]:
        if later.opener != "comma" or later.counts:
            return -1
        if later.events:
            i = later.events[0]
            return i if i == later.first and mode_of(marks[i]) == "arrived" else -1
    return -1


def _behind_list(count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]) -> int:
    """Return the event behind a list of weapons: "90 дронов, 40 бомб и 3 ракеты враг направил …".

    A list has no events of its own; what is a part of it may stand in it.
    """
    if not count.unit or count.part or chunks[at].part:
        return -1
    last = at + 1
    while last < len(chunks) and _goes_on(chunks[last]):
        last += 1
    if last >= len(chunks) or any(c.events for c in chunks[:at]):
        return -1
    rest = chunks[last]
    events = [i for i in rest.events if marks[i].event == "launched"]
    if not events or mode_of(marks[events[0]]) == "weak":
        return -1
    ends = rest.opener == "conj" and _only_weapons(rest) and rest.counts[-1].last < events[0]
    behind = last > at + 1 and rest.opener == "comma" and not rest.counts
    return events[0] if ends or behind else -1


def _goes_on(chunk: Chunk) -> bool:
    """Tell whether a chunk only names more weapons, of whatever kind, or some of those."""
    return bool(chunk.counts) and not chunk.events and (chunk.part or _only_weapons(chunk))


def _only_weapons(chunk: Chunk) -> bool:
    return bool(chunk.counts) and {count.unit for count in chunk.counts} <= {"other", *WEAPONS}
