"""Whose word a figure is, for every way to name who speaks and every place in the sentence."""

import pytest
from phrases import claims_of

# {S} speaks, {G} is the same in the genitive, {P} a place; {v} "said" in the speaker's gender.
SENTENCES = {
    "en": (
        "Three people were killed in a strike {P}, {S} said.",
        "{S} said that three people had been killed in an overnight attack {P}.",
        "According to {S}, three people were killed in a strike {P}.",
        "Three people were killed in an overnight attack {P}, according to {S}.",
        "{S} confirmed that three people were killed in a strike {P}.",
        '"Three people were killed in the strike {P}," {S} wrote on Telegram.',
        "The strike {P} killed three people, {S} told Reuters.",
        "In a statement on Monday, {S} said three people were killed in a strike {P}.",
        "{S} said the death toll from the strike {P} had risen to three.",
        "Rescuers worked through the night. {S} said three people were killed {P} by a strike.",
    ),
    "uk": (
        "Троє людей загинули {P}, {v} {S}.",
        "{S} {v}, що {P} загинули троє людей.",
        "За даними {G}, {P} загинули троє людей.",
        "{P} загинули троє людей. Про це {v} {S}.",
        "{S}: {P} загинули троє людей",
        "«{P} загинули троє людей», – {v} {S}.",
        "{S} {v} про трьох загиблих {P}.",
        "{P} загинули троє людей, ідеться в повідомленні {G}.",
    ),
    "ru": (
        "Три человека погибли {P}, {v} {S}.",
        "{S} {v}, что {P} погибли три человека.",
        "По данным {G}, {P} погибли три человека.",
        "{P} погибли три человека. Об этом {v} {S}.",
        "{S}: {P} погибли три человека",
        "«{P} погибли три человека», – {v} {S}.",
        "{S} {v} о трех погибших {P}.",
        "{P} погибли три человека, говорится в сообщении {G}.",
    ),
}
SAID = {"uk": ("заявив", "заявила", "заявило", "заявили"),
        "ru": ("заявил", "заявила", "заявило", "заявили")}  # fmt: skip
GENDERS = "mfnp"
SPEAKERS = {
    ("en", "Ukraine"): (
        "Ukrainian officials", "President Zelensky", "Kharkiv Mayor Ihor Terekhov",
        "Governor Serhii Lysak", "the regional military administration", "local officials",
        "Ukraine's State Emergency Service", "the regional prosecutor's office", "police",
        "Ukraine's interior minister", "Ukraine's largest energy company", "rescue services",
    ),
    ("en", "Russia"): (
        "Russia's Defense Ministry", "the Kremlin", "regional governor Alexander Bogomaz",
        "Russia's Investigative Committee", "local officials", "Russian investigators",
        "Russia's children's rights commissioner", "the regional health ministry",
    ),
    ("en", "third_party"): (
        "the UN human rights office", "Poland's military", "the Israeli foreign ministry",
        "US officials", "Indian officials", "the Red Cross", "the Chinese embassy",
        "the Institute for the Study of War", "Germany's defence minister",
    ),
    ("en", "unattributed"): ("witnesses", "local media", "the BBC", "state news agency TASS"),
    ("uk", "Ukraine"): (
        "Генштаб/Генштабу/m", "Харківська ОВА/Харківської ОВА/f", "ДСНС/ДСНС/f",
        "мер Харкова Ігор Терехов/мера Харкова Ігоря Терехова/m", "поліція/поліції/f",
        "Повітряні сили/Повітряних сил/p", "місцева влада/місцевої влади/f",
    ),
    ("uk", "Russia"): (
        "Міноборони РФ/Міноборони РФ/n", "окупаційна влада/окупаційної влади/f",
        "Кремль/Кремля/m", "російська влада/російської влади/f",
    ),
    ("uk", "third_party"): (
        "ООН/ООН/f", "МЗС Польщі/МЗС Польщі/n", "британська розвідка/британської розвідки/f",
        "влада Молдови/влади Молдови/f", "Пентагон/Пентагону/m",
    ),
    ("uk", "unattributed"): ("очевидці/очевидців/p", "російські ЗМІ/російських ЗМІ/p"),
    ("ru", "Ukraine"): (
        "Генштаб ВСУ/Генштаба ВСУ/m", "украинские власти/украинских властей/p",
        "мэр Харькова Игорь Терехов/мэра Харькова Игоря Терехова/m", "СБУ/СБУ/f",
    ),
    ("ru", "Russia"): (
        "Минобороны/Минобороны/n", "губернатор/губернатора/m", "оперштаб/оперштаба/m",
        "Следственный комитет/Следственного комитета/m", "Пушилин/Пушилина/m", "МЧС/МЧС/n",
    ),
    ("ru", "third_party"): (
        "ООН/ООН/f", "МИД Польши/МИД Польши/m", "власти Молдавии/властей Молдавии/p",
        "Минобороны Румынии/Минобороны Румынии/n", "британская разведка/британской разведки/f",
    ),
    ("ru", "unattributed"): ("очевидцы/очевидцев/p", "местные СМИ/местных СМИ/p"),
}  # fmt: skip
PLACES = {
    ("en", "Ukraine"): "in Kharkiv", ("en", "Russia"): "in Belgorod",
    ("uk", "Ukraine"): "у Харкові", ("uk", "Russia"): "у Бєлгороді",
    ("ru", "Ukraine"): "в Харькове", ("ru", "Russia"): "в Белгороде",
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "side", "speaker"),
    [(lang, side, speaker) for (lang, side), named in SPEAKERS.items() for speaker in named],
)
def test_a_figure_is_the_word_of_who_says_it(lang: str, side: str, speaker: str) -> None:
    said, of_whom, gender = (*speaker.split("/"), "", "m")[:3]
    verb = SAID[lang][GENDERS.index(gender)] if lang in SAID else ""
    places = [at for (tongue, own), at in PLACES.items() if tongue == lang and own in (side, "")]
    wrong = []
    for place in places or [PLACES[lang, "Ukraine"], PLACES[lang, "Russia"]]:
        for sentence in SENTENCES[lang]:
            text = sentence.format(S=said, G=of_whom, P=place, v=verb)
            read = [c.claimant_side for c in claims_of(text, lang) if c.low == 3]
            if read != [side]:
                wrong.append((text, read))
    assert not wrong
