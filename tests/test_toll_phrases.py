"""How many were killed and how many hurt, for every way to say the one beside the other."""

from itertools import product

import pytest
from phrases import claims_of

KILLED = {
    "en": {"4 dead": 4, "four people were killed": 4, "at least four people were killed": 4,
           "one person was killed": 1, "a man was killed": 1, "four fatalities": 4},
    "uk": {"4 загиблих": 4, "четверо людей загинули": 4, "загинула одна людина": 1,
           "загинув чоловік": 1, "вбито чотирьох людей": 4, "загинуло 4 цивільних": 4},
    "ru": {"4 погибших": 4, "четыре человека погибли": 4, "погиб один человек": 1,
           "погиб мужчина": 1, "убиты четыре человека": 4, "погибли 4 мирных жителя": 4},
}  # fmt: skip
HURT = {
    "en": {"22 wounded": 22, "22 people were wounded": 22, "22 others were injured": 22,
           "one person was injured": 1, "a child was wounded": 1,
           "22 were taken to hospital with injuries": 22},
    "uk": {"22 поранених": 22, "двадцять двоє поранених": 22, "поранено 22 людини": 22,
           "ще 22 людини дістали поранення": 22, "22 постраждалих": 22, "поранена дитина": 1,
           "поранення отримали 22 людини": 22},
    "ru": {"22 раненых": 22, "ранены 22 человека": 22, "еще 22 человека получили ранения": 22,
           "22 пострадавших": 22, "ранен ребенок": 1, "пострадали 22 человека": 22},
}  # fmt: skip
BETWEEN = {
    "en": (" and ", ", ", "; ", ". ", "\n", ", while "),
    "uk": (" та ", " і ", ", ", "; ", ". ", "\n", ", а "),
    "ru": (" и ", ", ", "; ", ". ", "\n", ", а "),
}
SENTENCES = {
    "en": ("In Kharkiv, {}.", "Russian strike on Kharkiv: {}.", "{} in Kharkiv, the mayor said."),
    "uk": ("У Харкові {}.", "Харків: {}.", "Унаслідок удару по Харкову {}, повідомив мер."),
    "ru": ("В Харькове {}.", "Харьков: {}.", "В результате удара {}, сообщил мэр Харькова."),
}


@pytest.mark.parametrize(
    ("lang", "killed", "hurt"),
    [(lang, killed, hurt) for lang in KILLED for killed in KILLED[lang] for hurt in HURT[lang]],
)
def test_the_dead_and_the_hurt_are_told_apart(lang: str, killed: str, hurt: str) -> None:
    wanted = [("killed", KILLED[lang][killed]), ("injured", HURT[lang][hurt])]
    wrong = []
    for between, sentence in product(BETWEEN[lang], SENTENCES[lang]):
        anew = between in {". ", "\n"}
        text = sentence.format(f"{killed}{between}{hurt[0].upper() + hurt[1:] if anew else hurt}")
        read = [(claim.metric.value, claim.low) for claim in claims_of(text, lang)]
        if sorted(read) != sorted(wanted):
            wrong.append((text, read))
    assert not wrong
