"""What weapons did to things: what destroyed a hotel hit it, so did what attacked a car."""

from collections.abc import Sequence

from tally.grammar.chunks import Frame
from tally.grammar.count import Count
from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark


def destroys(count: Count, i: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a weapon is what destroyed something: "a missile destroyed a hotel"."""
    if i != count.last + 1:
        return False
    if marks[i].low in cues("attacks_it") and _a_vehicle(marks[i + 1 : i + VEHICLE]):
        return True
    if not _destroying(marks[i]):
        return False
    after = marks[i + 1] if i + 1 < len(marks) else None
    return after is not None and after.tag in {"word", "number", "mod", "vague"} and not after.unit


def _a_vehicle(after: Sequence[Mark]) -> bool:
    """Tell whether a vehicle is what was struck: "беспилотник атаковал легковой автомобиль"."""
    for mark in after:
        if mark.tag in {"comma", "conj", "over", "sub"}:
            return False
        if mark.low in cues("vehicle", "en") or mark.low.startswith(stems("vehicle_stem")):
            return True
    return False


VEHICLE = 5  # marks from the verb to the vehicle


def _destroying(mark: Mark) -> bool:
    return mark.low in cues("destroys", "en") or mark.low.endswith(DESTROYS)


DESTROYS = ("знищила", "знищив", "знищили", "уничтожила", "уничтожил",
            "уничтожили", "зруйнувала", "зруйнував", "разрушила", "разрушил",
            "пошкодила", "пошкодив", "пошкодили", "повредила", "повредил",
            "повредили")  # fmt: skip


def destroyed_something(frame: Frame, marks: Sequence[Mark]) -> bool:
    """Tell whether a clause says what a weapon destroyed: "a drone, which destroyed a school"."""
    between = marks[frame.count.last + 1 : max(0, frame.at)]
    relative = any(mark.tag == "sub" for mark in between)
    alone = all(
        mark.tag in {"sub", "comma"} or mark.low.endswith(("ly", "almost")) for mark in between
    )
    active = frame.event == "intercepted" and _destroying(marks[frame.at])
    return active and relative and alone


def struck(count: Count, i: int, marks: Sequence[Mark]) -> str:
    """Return what weapons behind "вдарили" did: "дві ракети" struck, "30 дронами" were sent.

    How many of those arrived that somebody struck with is not said; one did: "вдарили дроном".
    """
    if i >= count.first or not marks[i].low.startswith(STRUCK):
        return ""
    if count.means:
        return "hit"
    nouns = [word for word in count.mods if word.isalpha()]
    return "launched" if nouns and nouns[-1].endswith(INSTRUMENTAL) else "hit"


STRUCK = ("вдари", "удари")


INSTRUMENTAL = ("ами", "ями", "ою", "ею", "ом", "ем", "ой", "ей")
