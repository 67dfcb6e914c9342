"""Gazetteer and speakers as lookups for the lexicon: regions, settlements, seas, people, bodies.

Tables with columns of their own; data/vocabulary/README.md explains them.
"""

from functools import cache

from tally.vocabulary import Lexicon, Sense, rows, table_path

LANG_FORMS = {"en": "forms_en", "uk": "forms_uk", "ru": "forms_ru"}


def add_names(words: Lexicon, lang: str) -> None:
    """Teach a lexicon the names of places, seas, speakers and titles in one language."""
    _regions(words, lang)
    _settlements(words, lang)
    for row in _rows("seas"):
        _forms(words, row[LANG_FORMS[lang]], "places", "sea", "")
    for row in _rows("other_places"):
        if row["lang"] == lang:
            kind = "shared" if row["kind"] == "shared" else "whole"
            _forms(words, row["forms"], "places", kind, row["admin1"])
    for row in _rows("speakers"):
        value = f"{row['name']}|{row['side']}|{row['admin1']}"
        _forms(words, row[LANG_FORMS[lang]], "speakers", row["kind"], value)
    for row in _rows("countries"):
        _forms(
            words, row[LANG_FORMS[lang]], "countries", "country", f"{row['name']}|{row['side']}|"
        )
    for row in _rows("titles"):
        if row["lang"] == lang:
            _forms(words, row["forms"], "titles", row["kind"], row["side"])


def _rows(table: str) -> list[dict[str, str]]:
    return list(rows(table)) if table_path(table).exists() else []


def _forms(words: Lexicon, forms: str, table: str, tag: str, value: str) -> None:
    for form in filter(None, (form.strip() for form in forms.split("|"))):
        words.add(normal(form), Sense(table, tag, value, form))


def normal(form: str) -> str:
    """Return a name as the cleaned text writes it, in lower case.

    >>> normal("Орёл’s")
    "орел's"
    """
    return form.lower().replace("ё", "е").replace("’", "'").replace("\u02bc", "'")


def _regions(words: Lexicon, lang: str) -> None:
    for row in _rows("regions"):
        _forms(words, row[LANG_FORMS[lang]], "places", "region", row["admin1"])
        if lang != "en":
            _forms(words, row[f"adjectives_{lang}"], "places", "adjective", row["admin1"])


def _settlements(words: Lexicon, lang: str) -> None:
    for row in _rows("settlements"):
        common = set(row["common_forms"].split("|"))
        tag = _trust(row, lang)
        for form in row[LANG_FORMS[lang]].split("|"):
            kind = "common" if form in common else tag
            _forms(words, "|".join(_shortened(form)), "places", kind, row["admin1"])
        if lang != "en":
            _forms(words, row[f"adjectives_{lang}"], "places", "adjective", row["admin1"])


def _shortened(form: str) -> list[str]:
    """Return a name with the other short forms of "district" that people write.

    >>> _shortened("Куп'янського р-н")[1:3]
    ["Куп'янського рн", "Куп'янського р-ну"]
    """
    stem = form.removesuffix(DISTRICT)
    return [form, *(stem + short for short in ALSO_DISTRICT if stem != form)]


DISTRICT = " р-н"
ALSO_DISTRICT = (" рн", " р-ну", " р-ні", " р-на", " р-не")


def _trust(row: dict[str, str], lang: str) -> str:
    """Return how a name may be read: as a place at once, with a cue, or when the region is told."""
    if row["ambiguous"] in {"shared", "yes"}:
        return {"shared": "shared", "yes": "common"}[row["ambiguous"]]
    if row["ambiguous"] == "adjective" and lang != "en":
        return "common"
    return "raion" if row["kind"] in {"raion", "hromada"} else "settlement"


@cache
def region_names() -> dict[str, str]:
    """Return the English display name of each ISO 3166-2 code."""
    return {row["admin1"]: row["en"] for row in rows("regions")}
