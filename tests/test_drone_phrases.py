"""What was launched, stopped and lost, in every order in which sources tell it."""

import pytest
from phrases import claims_of

# N was launched, M shot down, K lost; "P" marks K as a part of M.
SENTENCES = {
    "en": {
        "Russia launched {N} drones overnight, of which {M} were shot down.": "NM",
        "Ukraine's air force said it shot down {M} of {N} drones launched by Russia.": "NM",
        "Ukraine's air force said it downed {M} out of {N} Russian drones.": "NM",
        "Russia attacked with {N} drones, {M} of which were destroyed by air defences.": "NM",
        "A total of {N} drones were used in the attack, {M} of which were shot down.": "NM",
        "The overnight attack involved {N} drones, {M} of which were neutralised.": "NM",
        "{N} drones were launched overnight and {M} of them were intercepted.": "NM",
        "Russia fired {N} drones; {M} were intercepted and {K} were lost from radar.": "NMK",
        "Of {N} drones launched, {M} were shot down and {K} were jammed.": "NMK",
        "Air defences shot down {M} drones, while {K} were lost, out of {N} launched.": "NMK",
        "Russia sent {N} drones. Air defences downed {M}. Another {K} were lost.": "NMK",
        "Ukraine destroyed {M} drones and suppressed {K} more with electronic warfare.": "MK",
        "Russia's defence ministry said {M} Ukrainian drones were intercepted.": "M",
        "Russia said it had downed {M} drones, including {K} over the Belgorod region.": "MP",
    },
    "uk": {
        "Вночі росіяни атакували {N} дронами, {M} з них збито.": "NM",
        "Сили ППО збили {M} з {N} ворожих дронів.": "NM",
        "Ворог запустив {N} ударних БпЛА, {M} збито, {K} локаційно втрачено.": "NMK",
        "Збито {M} дронів, ще {K} не досягли цілей.": "MK",
        "Протиповітряна оборона збила/подавила {M} ворожих БпЛА з {N}.": "NM",
        "Знищено {M} безпілотників із {N} запущених.": "NM",
        "Із {N} запущених дронів збито {M}.": "NM",
        "Росія випустила по Україні {N} дронів, з яких {M} знешкодили сили ППО.": "NM",
        "Росія атакувала {N} дронами: {M} збито, {K} подавлено засобами РЕБ.": "NMK",
        "Міноборони РФ заявило про {M} збитих українських дронів.": "M",
    },
    "ru": {
        "Ночью россияне атаковали {N} дронами, {M} из них сбиты.": "NM",
        "Силы ПВО сбили {M} из {N} вражеских дронов.": "NM",
        "Россия запустила {N} ударных БПЛА, {M} сбиты, {K} локационно потеряны.": "NMK",
        "Дежурными средствами ПВО уничтожены {M} украинских беспилотников.": "M",
        "Из {N} запущенных дронов сбиты {M}.": "NM",
        "Россия выпустила {N} дронов, из которых {M} сбили силы ПВО.": "NM",
        "Россия атаковала {N} дронами: {M} сбиты, {K} подавлены средствами РЭБ.": "NMK",
        "В период с 20:00 до 23:00 уничтожены {M} украинских беспилотников.": "M",
        "ПВО сбила {M} из {N} дронов, еще {K} потеряны.": "NMK",
        "{M} беспилотников, летевших на Москву, были сбиты.": "M",
    },
}
NUMBERS = ({"N": 100, "M": 63, "K": 20}, {"N": 41, "M": 37, "K": 3}, {"N": 250, "M": 138, "K": 95})
METRIC = {"N": "drones_launched", "M": "drones_intercepted", "K": "drones_lost"}


@pytest.mark.parametrize(
    ("lang", "sentence", "told"),
    [(lang, text, told) for lang, table in SENTENCES.items() for text, told in table.items()],
)
def test_each_number_is_of_what_became_of_it(lang: str, sentence: str, told: str) -> None:
    for numbers in NUMBERS:
        read = {(c.metric.value, c.low) for c in claims_of(sentence.format(**numbers), lang)}
        part = {("drones_intercepted", numbers["K"])} if "P" in told else set()
        assert read == part | {(METRIC[one], numbers[one]) for one in told if one in METRIC}
