"""Which region a name in another's table means, and where a settlement lies.

A name that the gazetteer does not know stays without a region: never a guess, never a centroid.
"""

import re
from functools import cache

from tally import vocabulary
from tally.model import TOLLS, Claim
from tally.name_tables import plain
from tally.names import LANGUAGES, is_latin

KINDS = (" oblast", " region", " krai", " republic", " province")
SETTLED = frozenset({"city", "town", "village"})
_SOFT = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")
AREA = re.compile(r"oblast|region|province|област|регіон|регион|район|край", re.IGNORECASE)
MACRO = frozenset({"ukraine", "south", "north", "east", "west", "center", "centre"})


@cache
def regions() -> dict[str, str]:
    """Return the code of each first-level unit by its English names, in lower case."""
    return {
        plain(form): row["admin1"]
        for row in vocabulary.rows("regions")
        for form in (row["en"], *row["forms_en"].split("|"))
        if is_latin(form)
    }


def region_code(name: str) -> str:
    """Return the code of the unit that a table's column of regions names, "" when it is unknown.

    Tables call an oblast by its bare name, its capital "City", and some write soft signs:

    >>> [region_code(n) for n in ("Kyiv", "Kyiv City", "Odesa oblast", "Crimea", "Lutsk oblast")]
    ['UA-32', 'UA-30', 'UA-51', 'UA-43', '']
    >>> [region_code(n) for n in ("Donets'k", "L'viv oblast", "Donetsk People's Republic")]
    ['UA-14', 'UA-46', 'UA-14']
    """
    known, word = regions(), plain(name)
    if word not in known:
        word = _SOFT.sub("", word)
    if word.endswith(" city"):
        return known.get(word, known.get(word.removesuffix(" city"), ""))
    tried = [word] if word.endswith(KINDS) else [*(word + kind for kind in KINDS), word]
    return next((known[one] for one in tried if one in known), "")


@cache
def settlements() -> dict[str, frozenset[str]]:
    """Return the units that hold a settlement of each English name, in lower case."""
    found: dict[str, set[str]] = {}
    for row in vocabulary.rows("settlements"):
        if row["kind"] in SETTLED:
            for form in (row["name_en"], *row["forms_en"].split("|")):
                found.setdefault(plain(form), set()).add(row["admin1"])
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def points() -> dict[tuple[str, str], frozenset[tuple[float, float]]]:
    """Return the longitude and latitude of settlements by unit and name in three languages."""
    found: dict[tuple[str, str], set[tuple[float, float]]] = {}
    for row in vocabulary.rows("settlements"):
        if row["latitude"]:
            at = float(row["longitude"]), float(row["latitude"])
            names = "|".join(row[f"forms_{lang}"] for lang in LANGUAGES).split("|")
            for name in (row["name_en"], *filter(None, names)):
                found.setdefault((row["admin1"], plain(name)), set()).add(at)
    return {key: frozenset(held) for key, held in found.items()}


def point(place: str, admin1: tuple[str, ...]) -> tuple[float, float] | None:
    """Return longitude and latitude of the one settlement that a place in one unit names.

    None for regions, seas and districts, for names that several settlements of the unit bear, and
    for what the gazetteer does not know: no centroid stands in.

    >>> point("Шостці", ("UA-59",)), point("Sumy Oblast", ("UA-59",)), point("Shostka", ())
    ((33.4728, 51.8643), None, None)
    """
    if len(admin1) != 1 or not place:
        return None
    held = points().get((admin1[0], plain(place)), frozenset())
    return next(iter(held)) if len(held) == 1 else None


def point_of(claim: Claim) -> tuple[float, float] | None:
    """Return longitude and latitude of the settlement that a claim is about, None for all else.

    "Lipetsk" may be the city or, in "over Lipetsk and Tula", the region of that name: people are
    hurt in a city unless the words name a region, drones fall in the region.
    """
    names_region = region_code(claim.place) in claim.admin1
    means_city = claim.metric in TOLLS and not AREA.search(claim.quote)
    if names_region and not means_city:
        return None
    return point(claim.place, claim.admin1)


def place_codes(name: str) -> tuple[str, ...]:
    """Return the units that a place as written lies in; () when unknown or in several alike.

    >>> place_codes("Odesa oblast and Mykolaiv oblast"), place_codes("south")
    (('UA-51', 'UA-48'), ())
    >>> place_codes("Kyiv"), place_codes("Dnipropetrovsk oblast, Kryvyi Rih Raion")
    (('UA-30',), ('UA-12',))
    """
    codes = [_code(part.split(",")[0].split("(")[0].strip()) for part in name.split(" and ")]
    return tuple(dict.fromkeys(codes)) if all(codes) else ()


def is_macro(name: str) -> bool:
    """Tell whether a name is a whole country or a quarter of it, which no unit stands for.

    >>> is_macro("south and east"), is_macro("Lutsk oblast")
    (True, False)
    """
    return all(word in MACRO for part in name.split(" and ") for word in part.casefold().split("-"))


def _code(name: str) -> str:
    if plain(name) in regions():
        return regions()[plain(name)]
    codes = settlements().get(plain(name), frozenset())
    return next(iter(codes)) if len(codes) == 1 else ""
