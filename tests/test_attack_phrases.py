"""Whose attack it was and where, for every way to name an attack with every place beside it."""

from itertools import product

import pytest
from phrases import claims_of

SENTENCES = {
    "en": (
        "Three people were killed in {attack} {place}.",
        "Three people were wounded as a result of {attack} {place}.",
        "At night {attack} {place} killed three people.",
    ),
    "uk": (
        "Троє людей загинули внаслідок {attack} {place}.",
        "Вночі {place} внаслідок {attack} загинули троє людей.",
        "Унаслідок {attack} {place} поранено трьох людей.",
    ),
    "ru": (
        "Три человека погибли в результате {attack} {place}.",
        "Ночью {place} в результате {attack} погибли три человека.",
        "Из-за {attack} {place} ранены трое мирных жителей.",
    ),
}
ATTACKS = {
    ("en", "Russia"): (
        "a Russian strike", "Russian shelling", "a Russian drone attack", "an attack by Russia",
        "shelling by Russian forces", "a strike by the Russian army", "Russia's overnight attack",
        "a Russian guided bomb attack", "a strike by Russian drones", "Russian artillery fire",
    ),
    ("en", "Ukraine"): (
        "a Ukrainian strike", "Ukrainian shelling", "a Ukrainian drone attack",
        "an attack by Ukraine", "shelling by Ukrainian forces", "a strike by the Ukrainian army",
        "Ukraine's overnight attack", "a HIMARS strike", "a strike by Ukrainian drones",
    ),
    ("uk", "Russia"): (
        "удару росіян", "обстрілу РФ", "атаки російських дронів", "удару армії РФ",
        "удару російських військ", "обстрілу окупантів", "атаки ворога", "атаки шахедів",
        "влучання російського дрона", "обстрілу з боку російської армії", "удару з боку РФ",
        "скидання вибухівки з російського дрона", "атаки FPV-дрона росіян",
    ),
    ("uk", "Ukraine"): (
        "удару ЗСУ", "українського удару", "атаки українських дронів", "атаки безпілотника ЗСУ",
    ),
    ("ru", "Russia"): (
        "удара россиян", "российского удара", "атаки российских дронов", "удара армии РФ",
        "обстрела РФ", "обстрела со стороны РФ", "удара российских войск", "атаки шахедов",
    ),
    ("ru", "Ukraine"): (
        "удара ВСУ", "обстрела со стороны ВСУ", "атаки украинских беспилотников", "удара HIMARS",
        "атаки БПЛА ВСУ", "ракетного удара ВСУ", "сброса взрывчатки с дрона ВСУ",
        "атаки вооруженных формирований Украины", "обстрела украинскими войсками",
        "атаки беспилотника Вооруженных сил Украины", "удара беспилотника киевского режима",
    ),
}  # fmt: skip
PLACES = {
    ("en", "Russia"): {"in Kherson": "UA-65", "on the Ukrainian city of Sumy": "UA-59",
                       "in the Kharkiv region": "UA-63", "in Kyiv": "UA-30"},
    ("en", "Ukraine"): {"in Belgorod": "RU-BEL", "on the Russian city of Bryansk": "RU-BRY",
                        "in Russian-occupied Donetsk": "UA-14", "in Sevastopol": "UA-40"},
    ("uk", "Russia"): {"у Херсоні": "UA-65", "на Сумщині": "UA-59", "у Краматорську": "UA-14",
                       "в Одеській області": "UA-51"},
    ("uk", "Ukraine"): {"у Бєлгороді": "RU-BEL", "у Курській області": "RU-KRS"},
    ("ru", "Russia"): {"в Харькове": "UA-63", "в Сумской области": "UA-59", "в Одессе": "UA-51"},
    ("ru", "Ukraine"): {"в Херсонской области": "UA-65", "в Горловке": "UA-14",
                        "в Мелитополе": "UA-23", "в Белгороде": "RU-BEL",
                        "в Курской области": "RU-KRS"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "side", "attack"),
    [(lang, side, attack) for (lang, side), attacks in ATTACKS.items() for attack in attacks],
)
def test_an_attack_is_laid_on_who_made_it_wherever_it_was(
    lang: str, side: str, attack: str
) -> None:
    wrong = []
    for sentence, (place, code) in product(SENTENCES[lang], PLACES[lang, side].items()):
        text = sentence.format(attack=attack, place=place)
        tolls = [c for c in claims_of(text, lang) if c.metric in {"killed", "injured"}]
        read = [(c.low, c.high, c.attacker, c.admin1) for c in tolls]
        if read != [(3, 3, side, (code,))]:
            wrong.append((text, read))
    assert not wrong
