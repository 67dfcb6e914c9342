"""Whose word a figure is when an agency cites it, a text announces it or a second verb says it."""

import pytest
from phrases import claims_of

# {N} the source in the nominative, {G} the genitive, {A} the accusative, {F} what is told.
SENTENCES = {
    "uk": (
        "{F}. Про це повідомляє агентство з посиланням на {A}.",
        "{F}, повідомляє УНІАН із посиланням на {A}.",
        "Посилаючись на {A}, агентство пише: {F}.",
        "{F}. Про це йдеться у повідомленні {G}.",
        "{F}. Про це свідчать дані {G}.",
        "{F}\nДжерело: {N}",
        "За інформацією {G}, станом на ранок {F}.",
        "{N}: {F}",
    ),
    "ru": (
        "{F}. Об этом сообщает ТАСС со ссылкой на {A}.",
        "{F}, передает ТАСС со ссылкой на {A}.",
        "Ссылаясь на {A}, агентство пишет: {F}.",
        "{F}. Об этом говорится в сообщении {G}.",
        "{F}. Об этом свидетельствуют данные {G}.",
        "{F}\nИсточник: {N}",
        "По информации {G}, к утру {F}.",
        "{N}: {F}",
    ),
    "en": (
        "{N} condemned the attack, saying {F}.",
        "{N} rejected the claim and said {F}.",
        "{N} denied involvement, saying {F}.",
        "{N} confirmed the strike, adding that {F}.",
        "{N} called it a lie, saying that {F}.",
        "{N} countered that {F}.",
    ),
}
TOLD = {
    "uk": ("загинули троє людей", "поранено п’ятьох людей", "збито 21 дрон"),
    "ru": ("погибли трое человек", "ранены пять человек", "сбит 21 беспилотник"),
    "en": ("three people were killed", "the attack wounded at least five people"),
}
SOURCES = {
    ("uk", "Ukraine"): (
        ("Повітряні сили ЗСУ", "Повітряних сил ЗСУ", "Повітряні сили ЗСУ"),
        ("ДСНС", "ДСНС", "ДСНС"),
        ("Генштаб ЗСУ", "Генштабу ЗСУ", "Генштаб ЗСУ"),
        ("Офіс генпрокурора", "Офісу генпрокурора", "Офіс генпрокурора"),
    ),
    ("uk", "Russia"): (("Міноборони РФ", "Міноборони РФ", "Міноборони РФ"),),
    ("ru", "Russia"): (
        ("Минобороны РФ", "Минобороны РФ", "Минобороны РФ"),
        ("МЧС России", "МЧС России", "МЧС России"),
        ("Следственный комитет", "Следственного комитета", "Следственный комитет"),
    ),
    ("ru", "Ukraine"): (("Воздушные силы ВСУ", "Воздушных сил ВСУ", "Воздушные силы ВСУ"),),
    ("en", "Ukraine"): (
        ("Ukraine", "", ""), ("Kyiv", "", ""), ("Zelensky", "", ""),
        ("Ukrainian officials", "", ""),
    ),
    ("en", "Russia"): (
        ("Russia", "", ""), ("Moscow", "", ""), ("The Kremlin", "", ""),
        ("Russian officials", "", ""),
    ),
    ("en", "third_party"): (("The United Nations", "", ""), ("The White House", "", "")),
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "side", "source"),
    [(lang, side, forms) for (lang, side), all_of in SOURCES.items() for forms in all_of],
)
def test_a_source_is_whom_the_words_name(lang: str, side: str, source: tuple[str, ...]) -> None:
    wrong = []
    for sentence in SENTENCES[lang]:
        for told in TOLD[lang]:
            begins = sentence.startswith("{F}")
            said = told[0].upper() + told[1:] if begins else told
            text = sentence.format(N=source[0], G=source[1], A=source[2], F=said)
            sides = {claim.claimant_side for claim in claims_of(text, lang)}
            if sides != {side}:
                wrong.append((text, sides))
    assert not wrong


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "{F}, повідомляє УНІАН."),
        ("ru", "{F}, передает ТАСС."),
        ("en", "{F}, Reuters reported."),
    ],
)
def test_an_agency_that_cites_nobody_is_nobodys_side(lang: str, text: str) -> None:
    for told in TOLD[lang]:
        sides = {claim.claimant_side for claim in claims_of(text.format(F=told), lang)}
        assert sides == {"unattributed"}
