"""Which figure was where, for every way to set figures beside places."""

import pytest
from phrases import claims_of

# A number -> where it was: letters of the places, "" for nowhere named.
SENTENCES: dict[str, dict[str, dict[int, str]]] = {
    "en": {
        "Russian missiles killed 19 people, including five in {A}.": {19: "", 5: "A"},
        "Russian attacks killed 19 people in Ukraine, five of them in {A}.": {19: "", 5: "A"},
        "Attacks killed 19 people, among them five in {A} and four in {B}.": {
            19: "",
            5: "A",
            4: "B",
        },
        "Strikes killed five people in {A} and three in {B}.": {5: "A", 3: "B"},
        "Five people were killed in {A}, three in {B} and two in {C}.": {5: "A", 3: "B", 2: "C"},
        "Strikes on {A} and {B} killed eight people.": {8: "AB"},
        "Russian attacks in {A}, {B} and {C} killed eight people.": {8: "ABC"},
        "In {A}, five people were killed; in {B}, three were wounded.": {5: "A", 3: "B"},
        "Five people were killed in {A} and three others were injured.": {5: "A", 3: "A"},
        "A missile hit a market in {A}, killing five people and wounding three.": {5: "A", 3: "A"},
        "Russia attacked {A}, {B} and {C}. Five people were killed in {B}.": {5: "B"},
        "Drones launched from Crimea struck {A}, killing five people.": {5: "A"},
        "Five people were killed in {A}, a city 100 miles north of {B}.": {5: "A"},
        "Five people were killed in {A}, a day after three died in {B}.": {5: "A", 3: "B"},
        "Strikes killed five people: three in {A} and two in {B}.": {5: "", 3: "A", 2: "B"},
        "Ukraine shot down 30 drones, five of them over {A}.": {30: "", 5: "A"},
        "Ten drones were downed over {A}, three over {B}.": {10: "A", 3: "B"},
    },
    "uk": {
        "Російські ракети вбили 19 людей, зокрема п’ятьох у {A}.": {19: "", 5: "A"},
        "Унаслідок атаки загинули 19 людей, з них п’ятеро у {A}.": {19: "", 5: "A"},
        "У {A} загинули п’ятеро людей, у {B} — троє.": {5: "A", 3: "B"},
        "П’ятеро людей загинули у {A}, троє — у {B}.": {5: "A", 3: "B"},
        "Восьмеро людей загинули у {A} та {B}.": {8: "AB"},
        "У {A} загинули п’ятеро людей, ще троє поранені.": {5: "A", 3: "A"},
        "У {A} загинули п’ятеро людей, ще троє поранені у {B}.": {5: "A", 3: "B"},
        "П’ятеро людей загинули: троє у {A} і двоє у {B}.": {5: "", 3: "A", 2: "B"},
        "Збито 30 дронів: десять у {A}, три у {B}.": {30: "", 10: "A", 3: "B"},
        "Удень у {A} поранено п’ятьох. Напередодні у {B} загинули троє.": {5: "A", 3: "B"},
    },
    "ru": {
        "Российские ракеты убили 19 человек, в том числе пятерых в {A}.": {19: "", 5: "A"},
        "В результате атаки погибли 19 человек, из них пятеро в {A}.": {19: "", 5: "A"},
        "В {A} погибли пять человек, в {B} — три.": {5: "A", 3: "B"},
        "Пять человек погибли в {A}, трое — в {B}.": {5: "A", 3: "B"},
        "Восемь человек погибли в {A} и {B}.": {8: "AB"},
        "В {A} погибли пять человек, еще трое ранены.": {5: "A", 3: "A"},
        "В {A} погибли пять человек, еще трое ранены в {B}.": {5: "A", 3: "B"},
        "Погибли пять человек: трое в {A} и двое в {B}.": {5: "", 3: "A", 2: "B"},
        "Сбито 30 дронов: десять в {A}, три в {B}.": {30: "", 10: "A", 3: "B"},
        "После удара, унесшего жизни трех человек в {B}, в {A} ранены пятеро.": {3: "B", 5: "A"},
    },
}
CITIES = {
    "en": {"Kyiv": "UA-30", "Kharkiv": "UA-63", "Odesa": "UA-51", "Sumy": "UA-59"},
    "uk": {"Києві": "UA-30", "Харкові": "UA-63", "Одесі": "UA-51", "Сумах": "UA-59"},
    "ru": {"Киеве": "UA-30", "Харькове": "UA-63", "Одессе": "UA-51", "Сумах": "UA-59"},
}


@pytest.mark.parametrize(
    ("lang", "sentence"), [(lang, text) for lang, table in SENTENCES.items() for text in table]
)
def test_each_figure_is_where_it_is_said_to_be(lang: str, sentence: str) -> None:
    cities = list(CITIES[lang].items())
    for turn in range(len(cities)):
        named = dict(zip("ABC", cities[turn:] + cities[:turn], strict=False))
        text = sentence.format(**{letter: city for letter, (city, _) in named.items()})
        read = {claim.low: set(claim.admin1) for claim in claims_of(text, lang)}
        for number, where in SENTENCES[lang][sentence].items():
            assert read.get(number) == {named[letter][1] for letter in where}, text
