"""Whose attack it was by where it was: whose territory was hit, whose country is named."""

from collections.abc import Sequence

from tally.grammar.context import Line
from tally.grammar.cues import cues
from tally.grammar.draft import Draft
from tally.grammar.marks import Mark
from tally.grammar.places import PlaceMark
from tally.grammar.sides import CRIMEA, OCCUPIED, side_named
from tally.model import OPPONENT, Place, Side


def attacker_by_place(draft: Draft) -> str:
    """Return the attacker by the territory that was hit."""
    return by_territory(draft.place, draft.side)


def by_country(line: Line, lang: str) -> str:
    """Return whose attack it was where only the country is named: "in central Ukraine"."""
    named = {_country(place) for place in line.places} or _countries_of_towns(line.marks, lang)
    return str(OPPONENT[str(*named)]) if len(named) == 1 and None not in named else ""


def _countries_of_towns(marks: Sequence[Mark], lang: str) -> set[str | None]:
    """Return the countries of towns that nobody names: "in a Russian border town"."""
    found: set[str | None] = set()
    for i, mark in enumerate(marks):
        if mark.low in cues("there", lang):
            at = i - 1
            while at > 0 and marks[at].low in cues("bearing", "en"):
                at -= 1
            found.add(side_named(marks[at].low, lang) or None)
    return found - {None}


def _country(place: PlaceMark) -> str | None:
    """Return whose country a place is in, also where only its region is in doubt."""
    countries = {code[:2] for code in place.ambiguous if code}
    if len(countries) == 1:
        return "Ukraine" if countries == {"UA"} else "Russia"
    return COUNTRIES.get(place.name.split()[-1][:6])


COUNTRIES = {"Ukrain": "Ukraine", "Україн": "Ukraine", "Украин": "Ukraine"}


def by_territory(place: Place | None, side: Side) -> str:
    """Return whose attack it was by whose territory was hit; Crimea is claimed by both."""
    codes = place.admin1 if place else ()
    if set(codes) <= CRIMEA and side not in OPPONENT:
        return ""
    countries = {code[:2] for code in codes}
    if countries == {"UA"}:
        return "Ukraine" if side == "Russia" and set(codes) <= OCCUPIED else "Russia"
    if countries == {"RU"}:
        return "Ukraine"
    return ""
