"""What the vocabulary tells of names beside the names: people, titles, adjectives, spellings.

Knows the tables; nothing of claims, nor of how a name is printed.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from tally import vocabulary

LETTER_APOSTROPHE = "\N{MODIFIER LETTER APOSTROPHE}"
NO_PEOPLE = ("media", "thinktank")
_NAMES = 2
# How the English name of a region ends before a body of it, and what its own name ends in.
_ENGLISH_ENDS = (" Oblast", " Region")
_ENDS = {"uk": " область"}


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


@cache
def seas() -> Mapping[str, str]:
    """Return the name of the sea that a form means, by the form as the lookups spell it."""
    return {
        plain(form): row["name"]
        for row in vocabulary.rows("seas")
        for lang in vocabulary.LANGUAGES
        for form in row[f"forms_{lang}"].split("|")
    }


def load_people() -> frozenset[str]:
    """Return the speakers that are people: of two names in English, not outlets or institutes.

    >>> sorted({"Oleh Kiper", "Kyiv Post", "Ukrainian military administrations"} & load_people())
    ['Oleh Kiper']
    """
    return frozenset(
        row["name"]
        for row in vocabulary.rows("speakers")
        if row["kind"] not in NO_PEOPLE
        if len(words := row["name"].split()) == _NAMES and all(word[0].isupper() for word in words)
    )


def load_titles(lang: str) -> frozenset[str]:
    """Return the titles that stand before a name, in English and lower case."""
    return frozenset(
        plain(row["name"])
        for row in vocabulary.rows("cases")
        if row["lang"] == lang and row["kind"] == "title"
    )


def load_adjectives(lang: str) -> dict[str, str]:
    """Return what the name of a body of a region begins with, by the English of the region.

    >>> load_adjectives("uk")["kyiv"]
    'Київська'
    """
    return {
        plain(form.removesuffix(ending)): row[lang].removesuffix(_ENDS[lang])
        for row in vocabulary.rows("regions")
        if row[lang].endswith(_ENDS[lang])
        for form in (row["en"], *row["forms_en"].split("|"))
        for ending in _ENGLISH_ENDS
        if form.endswith(ending)
    }


def load_spellings(places: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Return how a place is written that the gazetteer has in other regions of a country alone.

    `places` leads from a region and a form to a name; what has two names has no spelling.
    """
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for (region, form), name in places.items():
        if region and form.isascii():
            found[region[:2], form].add(name)
    return {key: names.pop() for key, names in found.items() if len(names) == 1}
