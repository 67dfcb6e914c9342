"""Whom somebody lays an attack on: "Moscow blamed Kyiv", "Київ звинуватив Москву"."""

from collections.abc import Sequence

from tally.grammar.cues import stems
from tally.grammar.marks import Mark
from tally.grammar.senders import side_of_country
from tally.grammar.sides import side_named

BETWEEN = 2  # marks from the verb to the accused: "blamed on the Russian army"


def accused(marks: Sequence[Mark], i: int, lang: str) -> str:
    """Return the side that a word names and somebody lays the attack on; nothing else."""
    return _side(marks[i], lang) if is_accused(marks, i) else ""


def _side(mark: Mark, lang: str) -> str:
    country = mark.sense("countries")
    return (side_of_country(country) or "") if country is not None else side_named(mark.low, lang)


def is_accused(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether whoever a word names is accused, in whichever order.

    "They blamed Kyiv", "blamed on the Ukrainian army", "Kyiv was accused of".
    """
    for mark in reversed(marks[max(0, i - BETWEEN) : i]):
        if mark.low.startswith(stems("blame")):
            return not mark.low.startswith(PASSIVE)
        if mark.low not in ON:
            break
    after = marks[i + 1 : i + 3]
    passive = len(after) > 1 and after[0].is_a("aux") and after[0].low not in ACTIVE
    return passive and after[1].low.startswith(stems("blame"))


ON = {"on", "the", "on the", "у", "в"}
ACTIVE = {"has", "have", "had"}
PASSIVE = ("звинувачен", "обвинен", "обвинён")
