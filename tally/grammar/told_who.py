"""Who the counted are, said of some of them: "Nine were hurt. Two of the nine were children"."""

from collections.abc import Sequence

from tally.grammar.count import Count
from tally.grammar.marks import Mark
from tally.vocabulary import Sense


def told_who(count: Count, marks: Sequence[Mark]) -> str:
    """Return who a sentence says that some of those told before are: "two were children"."""
    after = marks[behind_whole(count, marks) :][:REACH]
    if count.unit not in {"", "person"} or count.implied or not after or after[0].tag != "aux":
        return ""
    for mark in after[1:]:
        person = mark.sense("units", "person")
        if person is not None:
            return _kind(person)
        if not (mark.sense("units", "mod") or mark.low in {"a", "the"}):
            return ""
    return ""


def behind_whole(count: Count, marks: Sequence[Mark]) -> int:
    """Return the mark behind a number and the whole it is of: "two of those nine were …"."""
    at = count.last + 1
    whole = marks[at : at + 3]
    if len(whole) < 2 or not whole[0].is_a("outof", "part"):
        return at
    number = next((i for i, mark in enumerate(whole) if i and mark.number is not None), 0)
    between = whole[1:number]
    return at + number + 1 if number and all(m.low in {"the", "those"} for m in between) else at


REACH = 4  # marks from the verb to who they are


def _kind(person: Sense) -> str:
    return person.value if person.value in {"child", "military", "responder", "civilian"} else ""
