"""All of what was launched: "all of them were shot down", "все БПЛА уничтожены".

The sentence has no figure of its own; it speaks of the figure before it.
"""

from collections.abc import Sequence

from tally.grammar.chunks import Chunk, Frame
from tally.grammar.count import Count
from tally.grammar.draft import Draft
from tally.grammar.marks import Mark
from tally.model import Metric

LAUNCHED = {Metric.DRONES_LAUNCHED: "drone", Metric.MISSILES_LAUNCHED: "missile"}
STOPPED = {"intercepted", "lost"}
NEAR = 2
BEFORE_EVENT = 7
THINGS = ("target", "цел", "ціл", "them", "вони", "они", "objects", "drones", "missiles")


def all_of_them(
    marks: Sequence[Mark], chunks: Sequence[Chunk], earlier: Sequence[Draft], sentence: int
) -> list[Frame]:
    """Return the frame of a sentence that says what became of all that was launched before it."""
    if not any(mark.sense("markers", "all") for mark in marks):
        return []
    launched = [d for d in earlier if d.metric in LAUNCHED and sentence - d.sentence <= NEAR]
    if not launched:
        return []
    for i, mark in enumerate(marks):
        if not mark.sense("markers", "all") or _numbered(marks, i):
            continue
        for at in range(i + 1, min(i + BEFORE_EVENT, len(marks))):
            if marks[at].event in STOPPED and _things(marks[i:at]):
                wholes = _wholes(launched, marks[i:at])
                return [_frame(marks, chunks, i, at, whole) for whole in wholes]
        if i and marks[i - 1].event in STOPPED and _things(marks[i : i + 3]):
            wholes = _wholes(launched, marks[i : i + 3])
            return [_frame(marks, chunks, i, i - 1, whole) for whole in wholes]
    return []


def _wholes(launched: Sequence[Draft], said: Sequence[Mark]) -> list[Draft]:
    """Return what "all" is all of: the last sent, and weapons of the other kind sent with them."""
    last = launched[-1]
    kinds = {mark.unit for mark in said} & set(LAUNCHED.values())
    with_it = [
        d for d in launched[-2:-1] if d.sentence == last.sentence and d.metric != last.metric
    ]
    both = [*with_it, last]
    return [d for d in both if LAUNCHED[d.metric] in kinds] or (both if not kinds else [last])


def _numbered(marks: Sequence[Mark], i: int) -> bool:
    return any(mark.number is not None for mark in marks[i + 1 : i + 4])


def _things(between: Sequence[Mark]) -> bool:
    return any(
        mark.unit in {"drone", "missile"} or any(thing in mark.low for thing in THINGS)
        for mark in between
    )


def _frame(
    marks: Sequence[Mark], chunks: Sequence[Chunk], first: int, at: int, whole: Draft
) -> Frame:
    unit = LAUNCHED[whole.metric]
    sense = marks[at].sense("events")
    count = Count(
        whole.quantity, unit, "", "", first, first, marks[first].start, marks[first].end,
        "all of them", mods=list(whole.count.mods),
    )  # fmt: skip
    chunk = next(n for n, c in enumerate(chunks) if c.first <= first <= c.last)
    mode = sense.value if sense else ""
    return Frame(count, marks[at].event, mode, at, "all of them", chunk, unit)
