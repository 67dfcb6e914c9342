"""Countries and capitals that sent weapons: "launched by Moscow", "Moscow fired 60 drones"."""

import re
from collections.abc import Sequence

from tally.grammar.explosions import plural_blow
from tally.grammar.marks import Mark
from tally.model import OPPONENT, Side
from tally.vocabulary import Sense

HARM = {"killed", "injured", "launched", "hit"}


def sender(marks: Sequence[Mark], i: int) -> Side | None:
    """Return the side whose name says by whom weapons were sent: "43 drones launched by Moscow"."""
    country = marks[i].sense("countries") if i else None
    if country is None:
        return None
    before, by = marks[i - 1], marks[i - 1].low == "by"
    if by and i > 1:
        before = marks[i - 2]
    if not (by or AGENT.search(marks[i].text)) or before.event not in HARM:
        return None
    return side_of_country(country)


def capital_sends(marks: Sequence[Mark], i: int) -> Side | None:
    """Return the side whose capital did what the verb right behind it says: "Moscow fired 60 …".

    Nobody's in "Moscow attacked by drones" and "the raid on Moscow sent …".
    """
    country = marks[i].sense("countries")
    if country is None or marks[i].low in UNBENT or (i and marks[i - 1].is_a("over", "outof")):
        return None
    after = [m for m in marks[i + 1 : i + 5] if m.low not in ALSO]
    if i and plural_blow(marks[i - 1]) and after and after[0].low in ORDERED:
        return side_of_country(country)  # "strikes Moscow ordered"
    if len(after) < 2 or after[0].event not in {"launched", "hit"}:
        return None
    if after[1].low in BY or (
        after[0].low.endswith(" with") and not after[0].low.startswith("let")
    ):
        return None
    return side_of_country(country)


def side_of_country(country: Sense) -> Side | None:
    """Return which belligerent a country is, if any."""
    side = country.value.split("|")[1]
    return side if side in OPPONENT else None  # type: ignore[return-value]


ORDERED = {"ordered", "launched", "carried", "conducted", "unleashed", "staged", "mounted"}
UNBENT = {"russia", "ukraine"}  # names of countries, of whom more is known than of capitals
ALSO = {"also", "has", "had", "again", "then", "since", "reportedly", "allegedly", "having"}
BY = {"by", "by the", "with"}
AGENT = re.compile(r"(?:ою|ею|єю|ой|ей|ом|ем|ём)$")  # "запущених Росією", "запущенных Москвой"
