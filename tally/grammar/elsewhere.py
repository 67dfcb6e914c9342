"""Deaths that are not the war's: accidents, crimes, disasters, and those in other countries.

A sentence that names an accident and no attack, or a place abroad and none of the two countries,
speaks of something else; so does the sentence after it that goes on without naming an attack.
"""

import re
from collections.abc import Sequence
from functools import cache

from tally.grammar.marks import Mark
from tally.grammar.places import PlaceMark
from tally.vocabulary import rows

WEAPONS = {"drone", "missile", "rocketlike"}


def not_the_war(
    marks: Sequence[Mark], places: Sequence[PlaceMark], text: str, lang: str, *, before: bool
) -> bool:
    """Tell whether a sentence's deaths come from something else than the war.

    `before` tells that the sentence before it did so.
    """
    if _attack(marks, lang):
        return False
    if any(mark.sense("markers", "accident") for mark in marks):
        return True
    if any(place.admin1 for place in places if place.kind != "there"):
        return before and not _turns(marks)
    return _abroad(lang).search(text) is not None or before


def _attack(marks: Sequence[Mark], lang: str) -> bool:
    return any(mark.unit in WEAPONS or _attacks(mark, lang) for mark in marks)


def _attacks(mark: Mark, lang: str) -> bool:
    if mark.event == "launched":
        return True
    return mark.text.lower().startswith(tuple(_words("attack", lang)))


def _turns(marks: Sequence[Mark]) -> bool:
    """Tell whether a sentence dates itself anew: it goes on to another event."""
    return any(mark.date is not None and mark.date.kind == "day" for mark in marks)


@cache
def _words(tag: str, lang: str) -> tuple[str, ...]:
    return tuple(row["form"] for row in rows("abroad") if row["tag"] == tag and row["lang"] == lang)


@cache
def _abroad(lang: str) -> re.Pattern[str]:
    """Return a pattern for the countries and cities of the rest of the world."""
    names = "|".join(re.escape(name) for name in _words("place", lang))
    return re.compile(rf"\b(?:{names})" + (r"\b" if lang == "en" else ""))
