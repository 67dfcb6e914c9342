"""What a number without a noun counts: the weapon named before it, here or earlier."""

from collections.abc import Sequence

from tally.grammar.chunks import Frame, mode_of
from tally.grammar.count import Count
from tally.grammar.explosions import BLOW
from tally.grammar.marks import Mark


def said_plainly(count: Count, i: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a bare number is the subject: of drones just named, "25 were intercepted".

    So it is where nothing else is said: "58 запущено", "долетіли три", "збито 44 із 58".
    """
    after = marks[_behind_whole(count, marks) :][:2]
    ends = not after or after[0].tag in {"sign", "comma", "semicolon", "outof"}
    if count.implied or not (marks[i].event == "intercepted" or _of_weapons(marks[i])):
        return False
    whole = _behind_whole(count, marks) > count.last + 1
    if i == count.first - 1 and ends and (whole or marks[i].low.endswith(NEUTER)):
        return True
    return bool(after) and (after[0].tag == "aux" or bool(after[0].event))


def _behind_whole(count: Count, marks: Sequence[Mark]) -> int:
    """Return the mark behind a count and the whole that it is of: "14 із 16 приземлено"."""
    at = count.last + 1
    ratio = marks[at : at + 2]
    whole = len(ratio) > 1 and ratio[0].is_a("outof") and ratio[1].number is not None
    return at + 2 if whole else at


def _of_weapons(mark: Mark) -> bool:
    """Tell whether only weapons do it: they are "запущено", and "долетели"."""
    return mode_of(mark) == "arrived" or mark.low.endswith(NEUTER)


NEUTER = ("ено", "єно", "ано", "ито", "ило", "ело", "іло")


def unit_before(count: Count, earlier: Sequence[Frame], marks: Sequence[Mark], weapon: str) -> str:
    """Return what an elliptical count counts: the weapon named before it, here or earlier."""
    if count.implied:
        return ""
    told = [mark.unit for mark in marks[: count.first]]
    named = [unit for unit in told if unit in {"drone", "missile"}]
    things = [m.unit for m in marks[: count.first][-OF_THINGS:] if not m.low.startswith(BLOW)]
    last = next((unit for unit in reversed(things) if unit in OF_ARMS), "")
    if count.part and last == "rocketlike":
        return ""
    if named:
        return named[-1]
    weapons = [frame for frame in reversed(earlier) if frame.unit != "person"]
    whole = next((frame.unit for frame in weapons if _holds(frame, count)), "")
    return whole or next((frame.unit for frame in weapons), weapon)


OF_ARMS = {"rocketlike", "drone", "missile"}
OF_THINGS = 5  # marks from other things to a part of them: "5,000 warheads, of which some 700"


def _holds(frame: Frame, count: Count) -> bool:
    """Tell whether so many can be of those: "sent 126 drones and a missile. 79 were downed"."""
    most, few = frame.count.quantity.high, count.quantity.low or count.quantity.high or 0
    return most is None or most >= few
