"""How claimants and places are called in a briefing, whatever language a document names them in.

Knows the gazetteer and the list of speakers; nothing of claims.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tally import vocabulary

LANGUAGES = ("en", "uk", "ru")
DISTRICTS = ("raion", "hromada")
LETTER_APOSTROPHE = "\N{MODIFIER LETTER APOSTROPHE}"


@dataclass(frozen=True, slots=True)
class Names:
    """Lookups from a form, in lower case, to the name that we print; what is unknown stays.

    A settlement is looked up within its region, a speaker within the side; "" is for all.
    """

    regions: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    speakers: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def claimant(self, name: str, side: str) -> str:
        """Return the name of a well-known body or person, else what the document calls it."""
        words = plain(name).split()
        known = self.speakers.get((side, " ".join(words))) or self._general(words, side)
        if not known and not is_latin(name):
            tails = (" ".join(words[start:]) for start in range(1, len(words)))
            known = next((self.speakers[side, t] for t in tails if (side, t) in self.speakers), "")
        return (known or name).replace("'", "’")

    def place(self, place: str, admin1: tuple[str, ...] = ()) -> str:
        """Return a place in English where the gazetteer has it, else as written, its region by."""
        keys = ((code, plain(place)) for code in ("", *admin1))
        known = next((self.places[key] for key in keys if key in self.places), "")
        if known:
            return known
        region = " and ".join(self.regions[code] for code in admin1 if code in self.regions)
        # What lies in several units is those units, whatever it is called.
        if not place or (len(admin1) > 1 and region and not is_latin(place)):
            return region
        return place if is_latin(place) or not region else f"{place} ({region})"

    def _general(self, words: list[str], side: str) -> str:
        """Name a body that both countries have by the side whose word it is."""
        name = self.speakers.get(("", " ".join(words)), "")
        owned = f"{side}'s {name}"
        return owned if name and (side, plain(owned)) in self.speakers else ""


def is_latin(name: str) -> bool:
    """Tell whether readers of English can read a name.

    >>> is_latin("Russia’s Ministry of Defence"), is_latin("Минобороны")
    (True, False)
    """
    return not any("\u0400" <= letter <= "\u04ff" for letter in name)


def plain(name: str) -> str:
    """Return a name as the lookups spell it.

    >>> plain("the Russian Defence Ministry")
    'russian defence ministry'
    """
    return (
        name.casefold()
        .replace("’", "'")
        .replace(LETTER_APOSTROPHE, "'")
        .removeprefix("the ")
        .strip()
    )


def load_names() -> Names:
    """Read the gazetteer and the speakers."""
    regions = {row["admin1"]: row["en"] for row in vocabulary.rows("regions")}
    places = {
        (row["admin1"], plain(form)): row["name_en"]
        for row in vocabulary.rows("settlements")
        for form in _forms(row)
    }
    # "In Belgorod and Oryol regions" leaves adjectives alone; within the unit they are clear.
    for code, form, name in _adjectives():
        places.setdefault((code, plain(form)), name)
    for table in ("seas", "regions"):
        for row in vocabulary.rows(table):
            for form in _forms(row):
                places["", plain(form)] = row.get("en") or row["name"]
    speakers = {
        (row["side"], plain(form)): row["name"]
        for row in reversed(list(vocabulary.rows("speakers")))
        for form in (row["name"], *_forms(row))
    }
    return Names(regions, places, speakers)


def load_tiles() -> dict[str, tuple[int, int]]:
    """Return the column and the row of each region on the grid of tiles, by its code."""
    return {
        row["admin1"]: (int(row["tile_col"]), int(row["tile_row"]))
        for row in vocabulary.rows("regions")
        if row["tile_col"]
    }


def _adjectives() -> Iterator[tuple[str, str, str]]:
    """Give the adjectives of regions, then of districts and communities: unit, form, name."""
    for row in vocabulary.rows("regions"):
        for lang in ("uk", "ru"):
            for form in filter(None, row[f"adjectives_{lang}"].split("|")):
                yield row["admin1"], form, row["en"]
    for row in vocabulary.rows("settlements"):
        if row["kind"] in DISTRICTS:
            for lang in ("uk", "ru"):
                for form in row[f"forms_{lang}"].split("|"):
                    yield row["admin1"], form.partition(" ")[0], row["name_en"]


def _forms(row: Mapping[str, str]) -> Iterator[str]:
    for lang in LANGUAGES:
        yield from filter(None, (row.get(f"forms_{lang}") or "").split("|"))
        if row.get(lang):
            yield row[lang]
