"""Whose side a speaker is on: what the tables say, unless the words beside say otherwise."""

from collections.abc import Sequence
from itertools import pairwise

from tally.grammar.bodies import of_another_country
from tally.grammar.cues import stems
from tally.grammar.marks import Mark
from tally.grammar.singulars import is_somebody
from tally.model import Side

FIRM = {"Ukraine", "Russia", "third_party", "unattributed"}
UKRAINIAN = ("ukrain", "украин", "україн", "kyiv", "київ", "киев")
RUSSIAN = ("russia", "moscow", "russian", "российск", "росси", "рф", "росій", "москв", "kremlin")


def side_told(side: str, marks: Sequence[Mark], i: int) -> Side | None:
    """Return the side of a speaker whose table says `side`, by the words beside; None in doubt."""
    if _of_both(side, marks, i):
        return None
    near = _told_of(marks, i)
    if side == "Ukraine" and any(word in near for word in stems("installed")):
        return (
            "Russia" if "installed" in near or "окупац" in near or "оккупац" in near else "Ukraine"
        )
    if _abroad(marks, i):
        return "third_party"
    if side in FIRM:
        return side  # type: ignore[return-value]
    if any(word in near for word in stems("installed")):
        return "Russia"
    close = " ".join(mark.low for mark in marks[max(0, i - 2) : i + 1])
    for words, other in ((UKRAINIAN, "Ukraine"), (RUSSIAN, "Russia")):
        if any(word in close for word in words):
            return other  # type: ignore[return-value]
    return "third_party" if _tells_of_its_own(marks, i) else None


def _tells_of_its_own(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a foreign ministry speaks of its citizen: "a French citizen died, the …"."""
    foreign = marks[i].low.startswith(stems("foreign_ministry"))
    return foreign and any(
        of_another_country(mark) and is_somebody(after) for mark, after in pairwise(marks)
    )


def _abroad(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a body or office is some other country's: "міністр оборони Естонії".

    So are "the Polish police", "Germany's defence minister", "the president of Poland".
    """
    behind = [mark for mark in marks[i + 1 : i + 3] if mark.low not in {"of", "of the"}]
    return any(of_another_country(mark) for mark in (*marks[max(0, i - 1) : i], *behind[:1]))


def _told_of(marks: Sequence[Mark], i: int) -> str:
    """Return the words around a speaker, up to where a report ends: another is told of there."""
    first, last = i, i
    while first > max(0, i - 4) and not marks[first - 1].sense("markers", "report"):
        first -= 1
    while last + 1 < min(len(marks), i + 5) and not marks[last].sense("markers", "report"):
        last += 1
    return " ".join(mark.low for mark in marks[first : last + 1])


def _of_both(side: str, marks: Sequence[Mark], i: int) -> bool:
    """Tell whether those of both sides say so: "both Ukrainian and Russian officials"."""
    if i < 2 or not marks[i - 1].is_a("conj"):
        return False
    other = {"Ukraine": RUSSIAN, "Russia": UKRAINIAN}.get(side, ())
    before = marks[i - 2]
    return before.low.startswith(tuple(other)) and before.sense("places") is None
