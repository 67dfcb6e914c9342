"""What the words of a count say already of what happened: "five dead", "20 lives", "22 hurt"."""

from collections.abc import Sequence

from tally.grammar.chunks import PEOPLE, Chunk, Frame
from tally.grammar.count import Count
from tally.grammar.cues import stems
from tally.grammar.idle import LIVES, TAKEN_WITHIN
from tally.grammar.marks import Mark


def called_so(count: Count, chunk: Chunk, at: int, marks: Sequence[Mark]) -> Frame | None:
    """Read what the noun of a count says already: "three lives", "five dead", "two wounded"."""
    return (
        _lives_taken(count, at, marks)
        or _described(count, chunk, at, marks)
        or _called_hurt(count, chunk, at, marks)
    )


def both_told(
    count: Count, counts: Sequence[Count], at: int, marks: Sequence[Mark]
) -> Frame | None:
    """Read two figures around words for both: "четверо погибли и ранены 22", four and 22."""
    if count.unit not in {"", "person"}:
        return None
    for i in range(max(0, count.first - BESIDE), min(len(marks), count.last + 1 + BESIDE)):
        if marks[i].event != "mixed" or AND.isdisjoint(marks[i].low.split()):
            continue
        before = [c for c in counts if 0 < i - c.last <= BESIDE and c.unit in {"", "person"}]
        after = [c for c in counts if 0 < c.first - i <= BESIDE and c.unit in {"", "person"}]
        if before and after and (count is before[-1] or count is after[0]):
            first = count is before[-1]
            dead = first != marks[i].low.startswith(WOUND)
            event = "killed" if dead else "injured"
            return Frame(count, event, "", i, "each of two words", at, "person")
    return None


BESIDE = 2  # marks between a number and the words for both
AND = {"и", "та", "і", "й"}  # English joins such words for one figure
WOUND = ("поран", "ранен", "пострад")


def _lives_taken(count: Count, at: int, marks: Sequence[Mark]) -> Frame | None:
    """Read lives as those who died: "an attack that claimed at least 20 lives"."""
    if count.implied or not LIVES.intersection(count.mods[-1:]):
        return None
    before = range(max(0, count.first - TAKEN_WITHIN), count.first)
    taken = [i for i in before if marks[i].low.startswith(stems("takes_life"))]
    return Frame(count, "killed", "", taken[-1], "lives taken", at, "person") if taken else None


def _described(count: Count, chunk: Chunk, at: int, marks: Sequence[Mark]) -> Frame | None:
    """Read a person called wounded whom something else happens to: "a wounded girl was freed"."""
    described = count.implied and count.unit == "person" and bool(WOUNDED & set(count.mods))
    if not described or any(marks[i].event == "killed" for i in chunk.events):
        return None
    return Frame(count, "injured", "", count.first, "called wounded", at, "person")


WOUNDED = {"wounded", "injured"}


def _called_hurt(count: Count, chunk: Chunk, at: int, marks: Sequence[Mark]) -> Frame | None:
    """Read people whose noun says what happened: "one dead and five пострадавших"."""
    called = count.mods[-1:] and count.mods[-1].startswith(stems("hurt_noun"))
    told = [i for i in chunk.events if marks[i].event in PEOPLE]
    if not called or count.implied or any(not _of_those_before(i, count, chunk) for i in told):
        return None
    return Frame(count, "injured", "", count.last, "called hurt", at, "person")


def _of_those_before(i: int, count: Count, chunk: Chunk) -> bool:
    """Tell whether an event is of a number before a count: of "4 погибших 22 пострадавших"."""
    others = [c for c in chunk.counts if c.first < count.first]
    return i < count.first and any(i in {c.first - 1, c.last + 1} for c in others)
