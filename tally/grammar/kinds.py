"""What a number counts when its noun stands with another: "73 of 112 drones", "9 cruise, 4 …"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from tally.grammar.count import Count
from tally.grammar.countable import whole_behind_slash
from tally.grammar.cues import stems
from tally.grammar.marks import Mark
from tally.grammar.nouns import WEAPONS


def share_nouns(counts: Sequence[Count], marks: Sequence[Mark]) -> None:
    """Give "73" in "73 of 112 drones" the noun of its whole, "9 cruise" that of what it sorts."""
    for before, count in pairwise(counts):
        kind = "drone" if any(DRONE.search(word) for word in before.mods) else before.unit
        others = count.mods == ["others"] and before.unit in WEAPONS
        if (count.unit in ("", "other") and is_kind(count.mods, kind)) or others:
            count.unit, count.weapon, count.victims = kind, before.weapon, ""
    for part, whole in pairwise(counts):
        between = marks[part.last + 1 : whole.first]
        if (
            not part.unit
            and 1 <= len(between) <= 3
            and (
                any(mark.sense("markers", "outof") for mark in between)
                or [mark.low for mark in between] == [OF_TOTAL]
                or whole_behind_slash(marks, part.last + 1)
            )
        ):
            part.unit, part.victims, part.weapon, part.mods = (
                whole.unit,
                whole.victims,
                whole.weapon,
                whole.mods,
            )


def is_kind(words: Sequence[str], unit: str) -> bool:
    """Tell whether words only name a kind of drones or missiles: "cruise", "ударных".

    "Guided bombs" are known as a run of words, and no kind of missiles.
    """
    alone = bool(words) and unit in WEAPONS and not any(" " in word for word in words)
    return alone and all(word.startswith(stems(f"{unit}_kind")) for word in words)


OF_TOTAL = "of the total"  # "750 of the total 850 missiles", not "of the total 20 were …"
DRONE = re.compile("бпла|беспилот|безпілот|дрон")
