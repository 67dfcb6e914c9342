"""Tolls that grew: "the number of dead has grown to two", "погибших – до 12, раненых – до 30"."""

from collections.abc import Sequence

from tally.grammar.bare import unit_before
from tally.grammar.chunks import PEOPLE, Chunk, Frame, is_bare
from tally.grammar.count import Count
from tally.grammar.marks import Mark
from tally.model import Quantity

GREW = "the number grew"  # the rule of a figure that takes the place of an older one


def toll_grown(
    count: Count, chunk: Chunk, at: int, before: Sequence[Frame], marks: Sequence[Mark]
) -> Frame | None:
    """Read an updated number: "by 09:00 it had grown to seven", "since June, more than 2,000"."""
    if not before or count.unit or not is_bare(count, chunk, marks):
        return None
    grown = any(
        mark.sense("markers", "increase")
        for mark in marks[max(chunk.first, count.first - 4) : count.first]
    )
    since = any(mark.date is not None and mark.date.kind == "since" for mark in marks)
    if not (grown or since):
        return None
    last = before[-1]
    if any(marks[i].event != last.event or not since for i in chunk.events):
        return None
    return Frame(count, last.event, last.mode, -1, GREW, at, last.unit)


def toll_of(
    count: Count,
    chunk: Chunk,
    at: int,
    marks: Sequence[Mark],
    before_frames: Sequence[Frame],
    weapon: str,
) -> Frame | None:
    """Read "The number of people killed when … has grown to two"."""
    before = marks[max(chunk.first, count.first - 3) : count.first]
    grown = any(mark.sense("markers", "increase") for mark in before)
    put = bool(before) and before[-1].low == "at" and _puts(marks[: count.first])
    if not (grown or put) or count.unit not in {"", "person"} or count.part:
        return None
    events = [i for i in range(count.first) if marks[i].event in PEOPLE or (put and marks[i].event)]
    if not events:
        return None
    event = marks[events[-1]].event
    count.more |= marks[count.first - 1].low == "на"  # "увеличилось на три"
    unit = "person" if event in PEOPLE else unit_before(count, before_frames, marks, weapon)
    if not unit or count.unit not in {"", unit}:
        return None
    return Frame(count, event, "", events[-1], GREW, at, unit)


def _puts(marks: Sequence[Mark]) -> bool:
    return any(mark.low in {"put", "puts", "putting"} for mark in marks)


def grew_too(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark], frames: Sequence[Frame]
) -> Frame | None:
    """Read the second of two tolls that grew: "погибших – до 12, раненых – до 30".

    "до" is then the number grown to, no bound.
    """
    before = chunks[at - 1] if at else None
    if not frames or not _grew(frames[-1], marks) or before is None or before.counts:
        return None
    events = [i for i in before.events if marks[i].event in PEOPLE]
    number = count.quantity.low or count.quantity.high
    if chunks[at].opener != "dash" or not events or count.unit or number is None:
        return None
    count.quantity = Quantity(number, number)
    return Frame(count, marks[events[-1]].event, "", events[-1], GREW, at, "person")


def _grew(frame: Frame, marks: Sequence[Mark]) -> bool:
    """Tell whether a toll is one that grew: "выросло до 12 человек"."""
    before = marks[max(0, frame.count.first - 2) : frame.count.first + 1]
    return frame.rule == GREW or any(m.sense("markers", "increase") for m in before)
