"""Whose people the hurt are, by the words that name them: "two Russian-installed officials"."""

from collections.abc import Sequence

from tally.grammar.count import Count
from tally.grammar.cues import stems
from tally.grammar.marks import Mark
from tally.grammar.sides import weapons_of
from tally.grammar.singulars import ARTICLES


def camp_of(marks: Sequence[Mark], count: Count, lang: str) -> str:
    """Return the country whose people were hurt, "" where their noun phrase does not tell.

    Who works for those who hold a place is of the holder's camp, whatever passport he has.
    """
    at = count.first
    while at and marks[at - 1].tag in DESCRIBING and marks[at - 1].low not in ARTICLES:
        at -= 1
    behind = count.last + 1 if count.unit else count.last + 2  # "two Russian-installed officials"
    phrase = marks[at:behind]
    if any(_serves_russia(mark) for mark in phrase):
        return "Russia"
    return weapons_of(count.mods, lang)


DESCRIBING = {"word", "mod"}


def _serves_russia(mark: Mark) -> bool:
    installed = mark.sense("speakers", "occupation") or mark.sense("titles", "occupation")
    return installed is not None or mark.low.startswith(stems("serves_russia"))


def of_a_ship(marks: Sequence[Mark], count: Count) -> bool:
    """Tell whether a crew was hurt: of whose ship, who tells of it does not show."""
    told = marks[: count.last + 2]  # "seven of the crew were killed and six injured"
    return any(mark.low.startswith(stems("ship_crew")) for mark in told)
