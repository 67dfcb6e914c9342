"""The place and speaker tables: complete, without contradictions, in three languages.

A table of surface forms stands for what the grammar will look up; it is case-sensitive.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "data" / "vocabulary"
LANGS = ("en", "uk", "ru")
SIDES = {"Ukraine", "Russia", "third_party", "unattributed", ""}
KINDS = {
    *("army", "ministry", "governor", "mayor", "emergency", "police", "prosecutor"),
    *("president", "un", "thinktank", "media", "official", "occupation"),
}
AMBIGUITIES = {"", "yes", "adjective", "shared", "main"}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def forms(row: dict[str, str], lang: str, column: str = "forms") -> list[str]:
    return [form for form in row[f"{column}_{lang}"].split("|") if form]


REGIONS = rows("regions")
SETTLEMENTS = rows("settlements")
SPEAKERS = rows("speakers")
OTHER = rows("other_places")
SEAS = rows("seas")
TITLES = rows("titles")


def region_index(lang: str) -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for row in REGIONS:
        adjectives = forms(row, lang, "adjectives") if lang != "en" else []
        for form in (*forms(row, lang), *adjectives):
            index.setdefault(form, set()).add(row["admin1"])
    return index


def place_index(lang: str) -> dict[str, set[str]]:
    index = region_index(lang)
    for row in OTHER:
        if row["lang"] == lang:
            for form in row["forms"].split("|"):
                index.setdefault(form, set()).add(row["admin1"])
    for row in sorted(SETTLEMENTS, key=lambda row: row["ambiguous"] != "main"):
        for form in forms(row, lang):
            index.setdefault(form, {row["admin1"]})
    for row in SEAS:
        for form in forms(row, lang):
            index.setdefault(form, {""})
    return index


PLACES = {lang: place_index(lang) for lang in LANGS}


def test_every_unit_of_both_countries_is_there_once():
    codes = [row["admin1"] for row in REGIONS]
    assert len(codes) == len(set(codes))
    countries = Counter(code[:2] for code in codes)
    assert countries == {"UA": 27, "RU": 83}
    assert all(row["country"] == row["admin1"][:2] for row in REGIONS)


def test_tile_positions_are_unique():
    tiles = [(int(row["tile_col"]), int(row["tile_row"])) for row in REGIONS]
    assert len(tiles) == len(set(tiles))
    assert min(min(tile) for tile in tiles) >= 0


@pytest.mark.parametrize("lang", LANGS)
def test_every_region_has_names_in_every_language(lang):
    assert [row["admin1"] for row in REGIONS if not row[lang] or not forms(row, lang)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_form_means_two_regions(lang):
    assert {form: codes for form, codes in region_index(lang).items() if len(codes) > 1} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_no_settlement_form_means_another_region(lang):
    regions = region_index(lang)
    clashes = [
        (form, row["admin1"])
        for row in SETTLEMENTS
        for form in forms(row, lang)
        if regions.get(form, {row["admin1"]}) != {row["admin1"]}
    ]
    assert clashes == []


@pytest.mark.parametrize("lang", LANGS)
def test_settlements_of_two_units_share_a_form_only_when_marked(lang):
    bearers: dict[str, list[dict[str, str]]] = {}
    for row in SETTLEMENTS:
        for form in forms(row, lang):
            bearers.setdefault(form, []).append(row)
    unmarked = {
        form
        for form, places in bearers.items()
        if len({row["admin1"] for row in places}) > 1 and not any(p["ambiguous"] for p in places)
    }
    assert unmarked == set()


def test_there_are_enough_settlements_and_all_are_well_formed():
    codes = {row["admin1"] for row in REGIONS}
    assert len(SETTLEMENTS) >= 1_500
    assert {row["admin1"] for row in SETTLEMENTS} <= codes
    assert {row["ambiguous"] for row in SETTLEMENTS} <= AMBIGUITIES
    kinds = {row["kind"] for row in SETTLEMENTS}
    assert kinds == {"city", "town", "village", "raion", "hromada"}
    assert all(row["origin"] and row["name_uk"] and row["name_ru"] for row in SETTLEMENTS)


def test_the_same_settlement_is_not_listed_twice():
    names = Counter((row["name_uk"], row["name_ru"], row["admin1"]) for row in SETTLEMENTS)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("name", ["regions", "settlements", "speakers", "seas"])
def test_forms_are_clean(name):
    bad = [
        form
        for row in rows(name)
        for lang in LANGS
        for form in row[f"forms_{lang}"].split("|")
        if form != form.strip() or "  " in form or ("," in form and name != "speakers")
    ]
    assert bad == []


def test_speakers_are_well_formed():
    codes = {row["admin1"] for row in REGIONS} | {""}
    assert {row["side"] for row in SPEAKERS} <= SIDES
    assert {row["kind"] for row in SPEAKERS} <= KINDS
    assert {row["kind"] for row in TITLES} <= KINDS
    assert {row["admin1"] for row in SPEAKERS} <= codes
    assert all(row["admin1"] for row in SPEAKERS if row["kind"] in {"governor", "mayor"})


def test_who_speaks_in_occupied_territory_is_russia():
    assert {row["side"] for row in SPEAKERS if row["kind"] == "occupation"} == {"Russia"}


@pytest.mark.parametrize("lang", LANGS)
def test_no_speaker_form_belongs_to_two_sides(lang):
    sides: dict[str, set[str]] = {}
    for row in SPEAKERS:
        for form in forms(row, lang):
            sides.setdefault(form, set()).add(row["side"])
    assert {form for form, found in sides.items() if len(found) > 1} == set()


FOUND = [
    ("en", "Sumy Oblast", "UA-59"),
    ("en", "Sumy region", "UA-59"),
    ("en", "Zaporozhye region", "UA-23"),
    ("en", "Kyiv", "UA-30"),
    ("en", "Kyiv region", "UA-32"),
    ("en", "Kiev oblast", "UA-32"),
    ("en", "Odessa region", "UA-51"),
    ("en", "Crimea", "UA-43"),
    ("en", "Sevastopol", "UA-40"),
    ("en", "Oryol region", "RU-ORL"),
    ("en", "Orel", "RU-ORL"),
    ("en", "Krasnodar Territory", "RU-KDA"),
    ("en", "Republic of Tatarstan", "RU-TA"),
    ("en", "Bashkiria", "RU-BA"),
    ("en", "Moscow", "RU-MOW"),
    ("en", "Moscow Oblast", "RU-MOS"),
    ("en", "Moscow region", "RU-MOW;RU-MOS"),
    ("en", "Kupyansk", "UA-63"),
    ("en", "Bilopillya", "UA-59"),
    ("en", "Severodonetsk", "UA-09"),
    ("en", "Kryvyi Rih", "UA-12"),
    ("en", "Snake Island", "UA-51"),
    ("en", "Tyotkino", "RU-KRS"),
    ("en", "Kirovohrad", "UA-35"),
    ("en", "Donbas", "UA-14;UA-09"),
    ("en", "Black Sea", ""),
    ("uk", "Сумщині", "UA-59"),
    ("uk", "Сумської області", "UA-59"),
    ("uk", "Київщину", "UA-32"),
    ("uk", "Києва", "UA-30"),
    ("uk", "Донеччиною", "UA-14"),
    ("uk", "Прикарпатті", "UA-26"),
    ("uk", "Волині", "UA-07"),
    ("uk", "Криму", "UA-43"),
    ("uk", "Курщині", "RU-KRS"),
    ("uk", "Бєлгородської області", "RU-BEL"),
    ("uk", "Підмосков’ї", "RU-MOS"),
    ("uk", "Кубані", "RU-KDA"),
    ("uk", "Херсонській", "UA-65"),
    ("uk", "Кривому Розі", "UA-12"),
    ("uk", "Великої Писарівки", "UA-59"),
    ("uk", "Слов'янську", "UA-14"),
    ("uk", "Сумах", "UA-59"),
    ("uk", "Нікопольському районі", "UA-12"),
    ("uk", "Часовому Яру", "UA-14"),
    ("uk", "Азовським морем", ""),
    ("ru", "Белгородской области", "RU-BEL"),
    ("ru", "Орловской", "RU-ORL"),
    ("ru", "Краснодарским краем", "RU-KDA"),
    ("ru", "Республикой Крым", "UA-43"),
    ("ru", "Республики Татарстан", "RU-TA"),
    ("ru", "Московского региона", "RU-MOW;RU-MOS"),
    ("ru", "Подмосковье", "RU-MOS"),
    ("ru", "Москвой", "RU-MOW"),
    ("ru", "Харьковщине", "UA-63"),
    ("ru", "Сумской области", "UA-59"),
    ("ru", "ДНР", "UA-14"),
    ("ru", "Старого Оскола", "RU-BEL"),
    ("ru", "Ельце", "RU-LIP"),
    ("ru", "Ростове-на-Дону", "RU-ROS"),
    ("ru", "Шебекинского района", "RU-BEL"),
    ("ru", "Шебекинском округе", "RU-BEL"),
    ("ru", "Артёмовска", "UA-14"),
    ("ru", "Орла", "RU-ORL"),
    ("ru", "Чёрного моря", ""),
    ("ru", "акватория Черного моря", ""),
]


@pytest.mark.parametrize(("lang", "form", "code"), FOUND)
def test_surface_form_leads_to_its_unit(lang, form, code):
    assert PLACES[lang].get(form) == {code}


NOT_FOUND = [
    ("en", "sumy"),
    ("en", "Shot"),
    ("en", "Region"),
    ("en", "Oblast"),
    ("uk", "суми"),
    ("uk", "крім"),
    ("uk", "область"),
    ("uk", "Українська"),
    ("ru", "орла"),
    ("ru", "Иванова"),
    ("ru", "области"),
    ("ru", "край"),
    ("ru", "мир"),
]


@pytest.mark.parametrize(("lang", "form"), NOT_FOUND)
def test_common_word_is_no_place(lang, form):
    assert form not in PLACES[lang]


SPOKEN = [
    ("en", "Russia’s Ministry of Defence", "Russia"),
    ("en", "Russian Defense Ministry", "Russia"),
    ("en", "Ukrainian Air Force", "Ukraine"),
    ("en", "Syniehubov", "Ukraine"),
    ("en", "Synyehubov", "Ukraine"),
    ("en", "Vyacheslav Gladkov", "Russia"),
    ("en", "Moscow-installed authorities", "Russia"),
    ("en", "Kremlin-installed official", "Russia"),
    ("en", "HRMMU", "third_party"),
    ("en", "ISW", "third_party"),
    ("en", "Reuters", "unattributed"),
    ("en", "officials", ""),
    ("uk", "Міноборони РФ", "Russia"),
    ("uk", "Повітряних Сил ЗСУ", "Ukraine"),
    ("uk", "Синєгубова", "Ukraine"),
    ("uk", "ДСНС", "Ukraine"),
    ("uk", "Офісом генпрокурора", "Ukraine"),
    ("uk", "Гладков", "Russia"),
    ("ru", "Минобороны РФ", "Russia"),
    ("ru", "Минобороны", ""),
    ("ru", "Воздушных сил ВСУ", "Ukraine"),
    ("ru", "Гладковым", "Russia"),
    ("ru", "Развожаева", "Russia"),
    ("ru", "оперштабе Краснодарского края", "Russia"),
    ("ru", "ТАСС", "unattributed"),
]


@pytest.mark.parametrize(("lang", "form", "side"), SPOKEN)
def test_speaker_has_a_side(lang, form, side):
    assert {row["side"] for row in SPEAKERS if form in forms(row, lang)} == {side}
