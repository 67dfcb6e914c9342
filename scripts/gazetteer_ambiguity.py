"""Which forms of place names mean somebody or something else as well; knows no GeoNames.

Needs `pymorphy3` and its dictionaries, which Tally does not depend on.
"""

import csv
import importlib
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from gazetteer_tables import NOT_ALONE, RELATIONAL, SURNAME, Settlement

MUCH_LARGER = 10


def drop_region_words(rows: list[Settlement], regions: Path) -> None:
    """Take from every place the forms that mean a region, as "Курской" of a list of regions."""
    owners: dict[str, str] = {}
    with regions.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("forms_en", "forms_uk", "forms_ru", "adjectives_uk", "adjectives_ru"):
                owners |= dict.fromkeys(row[column].split("|"), row["admin1"])
    for one in rows:
        for forms in one.lists():
            stays = [form for form in forms if owners.get(form, one.admin1) == one.admin1]
            forms[:] = stays if forms and forms[0] in stays else []


def settle_shared_forms(rows: list[Settlement]) -> None:
    """A form of two units belongs to the place that is ten times larger, else to nobody alone."""
    for number in range(3):
        bearers: dict[str, list[Settlement]] = defaultdict(list)
        for one in rows:
            for form in one.lists()[number]:
                bearers[form].append(one)
        for form, places in bearers.items():
            if len({one.admin1 for one in places}) > 1:
                _settle(form, number, sorted(places, key=_standing))


def _standing(one: Settlement) -> tuple[bool, int]:
    """Order bearers of a name: the one marked as meant by reports first, then by size."""
    return one.ambiguous != "main", -one.population


def _settle(form: str, number: int, places: list[Settlement]) -> None:
    """Leave a form to the largest bearer, or mark it as shared where it is their name."""
    largest = places[0]
    others = [one for one in places if one.admin1 != largest.admin1]
    namesakes = any(largest.lists()[number][0] in one.lists()[number] for one in others)
    lead = largest.population >= MUCH_LARGER * max(1, others[0].population)
    if lead or largest.ambiguous == "main" or not namesakes:
        for one in others:
            if form in one.lists()[number] and one.ambiguous != "shared":
                one.lists()[number].remove(form)
        return
    for one in places:
        one.ambiguous = one.ambiguous or "shared"


def mark_common_words(rows: list[Settlement]) -> None:
    """Mark names that are surnames, and list forms that are words of the language as well."""
    pymorphy = importlib.import_module("pymorphy3")
    for number, lang in ((1, "uk"), (2, "ru")):
        morph = pymorphy.MorphAnalyzer(lang=lang)
        for one in rows:
            forms = one.lists()[number]
            kinds = {form: _kind(morph, form) for form in forms if " " not in form}
            one.common.extend(form for form in forms if kinds.get(form) == "word")
            well_known = 15_000 if one.admin1.startswith("UA") else 60_000
            person = re.search(SURNAME, one.lists()[number][0]) if forms else None
            if person and kinds.get(forms[0]) == "person" and one.population < well_known:
                one.ambiguous = one.ambiguous or "yes"
            _drop_surnames(one, forms, kinds)
            adjective = forms and _is_adjective(morph, forms[0], lang)
            if adjective and one.population < well_known and one.kind not in {"raion", "hromada"}:
                one.ambiguous = one.ambiguous or "adjective"
    for one in rows:
        if {one.name_en, one.name_uk} & NOT_ALONE:
            one.ambiguous = one.ambiguous or "yes"


def _drop_surnames(one: Settlement, forms: list[str], kinds: dict[str, str]) -> None:
    """Иваново has the genitive Иванова, which is always somebody."""
    if one.name_ru.endswith(("ово", "ево", "ино")):
        forms[:] = [form for form in forms if kinds.get(form) != "person" or form == forms[0]]


def _is_adjective(morph: Any, name: str, lang: str) -> bool:
    """Tell whether a name is nothing but an adjective of the language, as Центральный."""
    if lang != "ru" or " " in name or not morph.word_is_known(name):
        return False
    return all("ADJF" in str(parse.tag) for parse in morph.parse(name))


def _kind(morph: Any, form: str) -> str:
    """Return "place", "person", "word", or "" for a form that the dictionary does not know."""
    if not morph.word_is_known(form) or re.search(RELATIONAL, form):
        return ""
    tags = [str(parse.tag) for parse in morph.parse(form)]
    if any("Surn" in tag or "Name" in tag for tag in tags):
        return "person"
    # The Ukrainian dictionary does not tell towns from other nouns.
    places = any("Geox" in tag for tag in tags) or all("NOUN" in tag for tag in tags)
    return "place" if places and (morph.lang == "uk" or "Geox" in " ".join(tags)) else "word"
