"""Numbers that only a share is said of: "most of the 60 missiles were shot down".

What happened to some of them happened to no number that is told. Of weapons the number is how many
there were; of people, who were hurt only where the noun itself says it.
"""

from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.chunks import Frame
from tally.grammar.count import Count
from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark

HURT = {"killed", "injured", "wounded", "hurt"}


def is_of_a_share(marks: Sequence[Mark], first: int) -> bool:
    """Tell whether a share is taken of a number: "half of the 600", "почти все 60"."""
    at = first - 1
    while at >= 0 and marks[at].low in {"the", "those", "these"}:
        at -= 1
    if at < 0:
        return False
    vague = marks[at].sense("numerals", "vague") is not None
    if vague and marks[at].low.endswith(" of"):
        return True
    before = marks[at - 1].low if at else ""
    if marks[at].sense("markers", "all"):
        return before in cues("nearly")
    part = at - 1
    if marks[at].is_a("outof") and part > 0 and marks[part].number is not None:
        return excepted(marks, part)
    return marks[at].is_a("outof") and before.startswith(stems("share"))


def excepted(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number is of those that nothing happened to: "all but three of 25"."""
    before = [mark.low for mark in marks[max(0, at - 3) : at] if mark.tag != "comma"]
    if not before or before[-1] not in cues("except"):
        return False
    near = marks[max(0, at - 6) : at]
    return any(mark.sense("markers", "all") or mark.low.startswith("all") for mark in near)


def of_things(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether a part is of things named just before, no people: "missiles, one of which"."""
    of = marks[count.last + 1 : count.last + 2]
    if not of or of[0].low not in cues("of_which") or count.first < 2:
        return False
    thing = marks[count.first - 2]
    plain = thing.tag == "word" and thing.text.islower()
    return marks[count.first - 1].tag == "comma" and (plain or thing.unit not in {"", "person"})


def of_the_whole(frame: Frame, marks: Sequence[Mark]) -> Frame | None:
    """Return what a number says of all that it counts, None where it says nothing."""
    if not frame.count.share:
        return frame
    if frame.unit in {"drone", "missile"}:
        return replace(frame, event="launched", mode="", at=-1, rule="a share of the whole")
    own = frame.at <= frame.count.last
    beside = frame.at == frame.count.last + 1 and marks[frame.at].low in HURT
    return frame if own or beside else None
