"""How claimants and places are called in a briefing, whatever language a document names them in.

Knows the gazetteer and the list of speakers; nothing of claims.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from tally import vocabulary
from tally.language import say, spoken
from tally.name_tables import (
    load_adjectives,
    load_people,
    load_spellings,
    load_titles,
    plain,
)

LANGUAGES = ("en", "uk", "ru")
ENGLISH = "en"
NAMED = ("whole", "object")
_LOWER = re.compile(r"^(?:[a-z]+ )*(?:[a-z]+$)?")
_AND = re.compile(r" (?:and|і|й|та|и) ")
_WITHIN = re.compile(r",? (?:of|in) ")


@dataclass(frozen=True, slots=True)
class Names:
    """Lookups from a form, in lower case, to the name that we print; what is unknown stays.

    A settlement is looked up within its region, a speaker within the side; "" is for all.
    `called` leads from the English name of a claimant to that of another language, `titles` are
    those of them that stand before a name, `adjectives` what a body of a region begins with, and
    `spelt` how a name in Latin letters is written in that language, by country.
    """

    regions: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    speakers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    adjectives: Mapping[str, str] = field(default_factory=dict)
    spelt: Mapping[tuple[str, str], str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()

    def claimant(self, name: str, side: str) -> str:
        """Return the name of a well-known body or person, else what the document calls it."""
        known = self._known(name, side) or name
        return self._called(known, side) or known.replace("'", "’")

    def printed(self, name: str, side: str) -> str:
        """Return the name for a cell: officials in general that only Cyrillic names, in English."""
        shown = self.claimant(name, side)
        general = "" if self.called or is_latin(shown) else self.speakers.get(("", plain(name)), "")
        return general or shown

    def person(self, name: str, side: str) -> str:
        """Return who is meant: behind a title a person whom the list of speakers knows.

        What stands before a body is no title: the administration of Sumy is not that of Kyiv.
        """
        words = plain(name).split()
        tails = (" ".join(words[start:]) for start in range(1, len(words) - 1))
        known = (self.speakers.get((side, tail), "") for tail in tails)
        person = next((found for found in known if found in self.people), "")
        return self.claimant(person, side) if person else self.printed(name, side)

    def _known(self, name: str, side: str) -> str:
        words = plain(name).removesuffix("'s").split()
        known = self.speakers.get((side, " ".join(words))) or self._general(words, side)
        if not known and not is_latin(name):
            tails = (" ".join(words[start:]) for start in range(1, len(words)))
            known = next((self.speakers[side, t] for t in tails if (side, t) in self.speakers), "")
        return known

    def _called(self, name: str, side: str) -> str:
        """Return a claimant in another language, with the title or the region before it."""
        if not self.called:
            return ""
        whole = plain(name).removesuffix("'s")
        general = self.speakers.get(("", whole), "")
        if found := self.called.get(whole) or self.called.get(plain(general)):
            return found
        words = name.split()
        for size in range(len(words) - 1, 0, -1):
            first, rest = plain(" ".join(words[:size])).removesuffix("'s"), " ".join(words[size:])
            if first in self.titles:
                return f"{self.called[first]} {self.claimant(rest, side)}"
            if first in self.adjectives and (body := self.called.get(plain(rest))):
                return f"{self.adjectives[first]} {body}"
        return ""

    def place(self, place: str, admin1: tuple[str, ...] = ()) -> str:
        """Return a place as the gazetteer calls it, else as it is written, its region beside."""
        region = f" {say('and')} ".join(
            self.regions[code] for code in admin1 if code in self.regions
        )
        if not place or (known := self._gazetted(place, admin1)):
            return known if place else region
        # "the capital", "Владимирской и Тверской": the regions say it all.
        bare = _LOWER.sub("", place)
        if region and not bare:
            return region
        if spoken().keeps(place):
            return place
        if region and len(admin1) > 1:
            return region
        country = admin1[0][:2] if admin1 else ""
        if elsewhere := self.spelt.get((country, _smaller(place))):
            return f"{elsewhere} ({region})"
        spelt = spoken().spelt(place, country)
        beside = [word for word in (place if spelt != place else "", region) if word]
        return f"{spelt} ({', '.join(beside)})" if beside else spelt

    def _gazetted(self, place: str, admin1: tuple[str, ...]) -> str:
        """Return the gazetteer's name of a place, or of each of two."""
        whole = plain(place).removesuffix("'s")
        if known := self._listed(whole, admin1):
            return known
        if spoken().keeps(place):
            return ""
        if known := self._listed(plain(_LOWER.sub("", place)), admin1):
            return known
        found = [self._listed(plain(part), admin1) for part in _AND.split(place)]
        if len(found) > 1 and all(found):
            return f" {say('and')} ".join(found)
        return self._listed(_smaller(place), admin1)

    def _listed(self, name: str, admin1: tuple[str, ...]) -> str:
        keys = ((code, name) for code in ("", *admin1))
        return next((self.places[key] for key in keys if key in self.places), "")

    def _general(self, words: list[str], side: str) -> str:
        """Name a body that both countries have by the side whose word it is."""
        name = self.speakers.get(("", " ".join(words)), "")
        owned = f"{side}'s {name}"
        return owned if name and (side, plain(owned)) in self.speakers else ""


def _smaller(place: str) -> str:
    """Return the smaller of two places, one in the other, as the lookups spell it.

    >>> _smaller("Kherson's Dniprovskyi district"), _smaller("Lyman in Donetsk")
    ('dniprovskyi district', 'lyman')
    """
    return _WITHIN.split(plain(place).rpartition("'s ")[2])[0]


def is_latin(name: str) -> bool:
    """Tell whether readers of English can read a name.

    >>> is_latin("Russia’s Ministry of Defence"), is_latin("Минобороны")
    (True, False)
    """
    return not any("\u0400" <= letter <= "\u04ff" for letter in name)


def load_names(lang: str = "") -> Names:
    """Return the gazetteer and the speakers, read once; "" is for the language that is spoken."""
    return _read_names(lang or spoken().code, vocabulary.table_path("settlements"))


@cache
def _read_names(lang: str, _gazetteer: Path) -> Names:
    regions = {row["admin1"]: row[lang] for row in vocabulary.rows("regions")}
    places = {
        (row["admin1"], plain(form)): row[f"name_{lang}"]
        for row in vocabulary.rows("settlements")
        for form in _forms(row)
    }
    for table in ("seas", "regions"):
        for row in vocabulary.rows(table):
            for form in _forms(row):
                places["", plain(form)] = _shown(row, lang)
    places |= {key: name for key, name in _load_others(lang).items() if key not in places}
    speakers = {
        (row["side"], plain(form)): row["name"]
        for row in reversed(list(vocabulary.rows("speakers")))
        for form in (row["name"], *_forms(row))
    }
    if lang == ENGLISH:
        return Names(regions, places, speakers, people=load_people())
    return Names(
        regions,
        places,
        speakers,
        _load_called(lang),
        load_titles(lang),
        load_adjectives(lang),
        load_spellings(places),
        load_people(),
    )


def place_called(place: str, admin1: tuple[str, ...]) -> str:
    """Return how a place is called in a sentence: as the document has it, where it can stay."""
    if not place or spoken().keeps(place):
        return place
    return _place_called(spoken().code, place, admin1)


def place_printed(place: str, admin1: tuple[str, ...]) -> str:
    """Return how a place is called in a table, one spelling for all documents."""
    return _place_called(spoken().code, place, admin1) if place else ""


@lru_cache(maxsize=1 << 14)
def _place_called(lang: str, place: str, admin1: tuple[str, ...]) -> str:
    return load_names(lang).place(place, admin1)


def _load_others(lang: str) -> dict[tuple[str, str], str]:
    """Return names of several units, and adjectives that stand for a region, raion or hromada."""
    found: dict[tuple[str, str], str] = {}
    others = list(vocabulary.rows("other_places"))
    called = {row["name"]: row["forms"].split("|")[0] for row in others if row["lang"] == lang}
    for row in others:
        name = row["name"] if lang == ENGLISH else called.get(row["name"], "")
        if row["kind"] in NAMED and name:
            found |= {("", plain(form)): name for form in row["forms"].split("|")}
    for table, column in (("regions", lang), ("settlements", f"name_{lang}")):
        for row in vocabulary.rows(table):
            for form in filter(None, f"{row['adjectives_uk']}|{row['adjectives_ru']}".split("|")):
                found.setdefault((row["admin1"], plain(form)), row[column])
    return found


def load_letters(lang: str = "") -> dict[str, str]:
    """Return the letters on a region's tile, by its code, where a language has its own."""
    return _read_letters(lang or spoken().code, vocabulary.table_path("regions"))


@cache
def _read_letters(lang: str, _regions: Path) -> dict[str, str]:
    column = f"tile_{lang}"
    return {row["admin1"]: row.get(column, "") for row in vocabulary.rows("regions")}


def _load_called(lang: str) -> dict[str, str]:
    """Return what claimants are called in a language, by their English names in lower case."""
    column = f"forms_{lang}"
    called = {
        plain(row["name"]): row[column].split("|")[0]
        for row in vocabulary.rows("speakers")
        if lang != ENGLISH and row[column]
    }
    declined = {
        plain(row["name"]): row["nominative"]
        for row in vocabulary.rows("cases")
        if row["lang"] == lang
    }
    return called | declined


def _shown(row: Mapping[str, str], lang: str) -> str:
    """Return how a region or a sea is called; the first form of a sea is its name."""
    if lang in row:
        return row[lang]
    return row["name"] if lang == ENGLISH else row[f"forms_{lang}"].split("|")[0]


def load_tiles() -> dict[str, tuple[int, int]]:
    """Return the column and the row of each region on the grid of tiles, by its code."""
    return _read_tiles(vocabulary.table_path("regions"))


@cache
def _read_tiles(_regions: Path) -> dict[str, tuple[int, int]]:
    return {
        row["admin1"]: (int(row["tile_col"]), int(row["tile_row"]))
        for row in vocabulary.rows("regions")
        if row["tile_col"]
    }


def _forms(row: Mapping[str, str]) -> Iterator[str]:
    for lang in LANGUAGES:
        yield from filter(None, (row.get(f"forms_{lang}") or "").split("|"))
        if row.get(lang):
            yield row[lang]
