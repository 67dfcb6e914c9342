"""Spellings of Ukrainian and Russian place names in each other and in English; knows no places."""

import re

UK_LATIN = "a b v h g d e zh z y i i k l m n o p r s t u f kh ts ch sh shch _ _ _"
RU_LATIN = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e"
UK = dict(zip("абвгґдежзиійклмнопрстуфхцчшщь’'", UK_LATIN.split(), strict=True))
RU = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэ", RU_LATIN.split(), strict=True))
SOFT = {"є": "e", "ї": "i", "ю": "u", "я": "a"}
VOWELS = "аеєиіїоуюяёыэ"


def _cased(name: str, latin: list[str]) -> str:
    """Join transcribed letters with the capitals of the original."""
    pairs = zip(name, latin, strict=True)
    return "".join(part.capitalize() if letter.isupper() else part for letter, part in pairs)


def from_ukrainian(name: str, glide: str = "i") -> str:
    """Transcribe by the Ukrainian national system; with glide "y" by the older English one.

    >>> from_ukrainian("Білопілля"), from_ukrainian("Костянтинівка", "y")
    ('Bilopillia', 'Kostyantynivka')
    """
    latin = []
    for place, letter in enumerate(name.lower()):
        first = place == 0 or not name[place - 1].isalpha()
        if letter in SOFT:
            plain_yi = letter == "ї" and glide == "i" and not first
            latin.append("i" if plain_yi else ("y" if first else glide) + SOFT[letter])
        elif letter == "й":
            latin.append("y" if first else glide)
        else:
            latin.append(UK.get(letter, letter))
    return _cased(name, latin).replace("_", "")


def from_russian(name: str, *, glides: bool = True, yo: bool = True) -> str:
    """Transcribe Russian; without glides Елец is Elets, without yo Орёл is Orel.

    >>> from_russian("Тёткино"), from_russian("Елец"), from_russian("Грайворон")
    ('Tyotkino', 'Yelets', 'Grayvoron')
    """
    latin = []
    for place, letter in enumerate(name.lower()):
        before = name[place - 1].lower() if place else ""
        open_ = not before.isalpha() or before in VOWELS + "ьъ"
        if letter == "ё":
            latin.append(("yo" if before not in "жчшщ" else "o") if yo else "e")
        elif letter == "е":
            latin.append("ye" if open_ and glides else "e")
        elif letter in "юя":
            latin.append("yu" if letter == "ю" else "ya")
        else:
            latin.append(RU.get(letter, letter).replace("_", ""))
    return re.sub(r"(?:iy|yy)\b", "y", _cased(name, latin))


def english_forms(name: str, lang: str) -> list[str]:
    """Return the spellings that English texts use, the standard one first.

    >>> english_forms("Хмельницький", "uk")
    ['Khmelnytskyi', 'Khmelnytskyy', 'Khmelnytsky', 'Khmelnytskiy']
    """
    if lang == "uk":
        forms = [from_ukrainian(name), from_ukrainian(name, "y")]
        forms += [re.sub(r"yi\b", end, forms[0]) for end in ("y", "iy")]
        return list(dict.fromkeys(forms)) if len(set(forms)) > 1 else forms[:2]
    forms = [from_russian(name), from_russian(name, glides=False), from_russian(name, yo=False)]
    forms.append(from_russian(name, glides=False, yo=False))
    forms.append(re.sub(r"([aeo])y(?=[b-df-hj-np-tv-z]|\b)", r"\1i", forms[0]))
    forms.append(forms[0].replace("ya", "ia").replace("yu", "iu"))
    if name.endswith(("ий", "ый")):
        forms += [forms[0] + "i", forms[0][:-1] + "iy"]
    return list(dict.fromkeys(forms))


def russian_of(name: str) -> str:
    """Return what a Ukrainian name is most likely to be in Russian; a guess by rules.

    >>> russian_of("Миколаївка"), russian_of("Покровськ"), russian_of("Лиман")
    ('Николаевка', 'Покровск', 'Лыман')
    """
    for pattern, to in (
        (r"Микол", "Нікол"),
        (r"ївк", "евк"),
        (r"([жчшщц])івк", r"\1евк"),
        (r"івк", "овк"),
        (r"ськ", "ск"),
        (r"цьк", "цк"),
        (r"ця\b", "ца"),
        (r"їв\b", "ев"),
        (r"ів\b", "ов"),
        (r"ий\b", "ый"),
        (r"([кгхцчшжщ])ый\b", r"\1ий"),
        (r"ова\b", "овая"),
        (r"(ськ|цьк|ск|цк)а\b", r"\1ая"),
        (r"ське\b|ске\b", "ское"),
        (r"не\b", "ное"),
        (r"ве\b", "вое"),
        (r"нь\b", "нь"),
        (r"([гкхжчшщ])и", r"\1И"),
        (r"и", "ы"),
        (r"И", "и"),
        (r"і", "и"),
        (r"ї", "и"),
        (r"І", "И"),
        (r"Ї", "И"),
        (r"є", "е"),
        (r"Є", "Е"),
        (r"ґ", "г"),
        (r"Ґ", "Г"),
        (r"[’']", "ъ"),
        (r"([бвгджзклмнпрстфхцчшщ])\1я\b", r"\1ье"),
    ):
        name = re.sub(pattern, to, name)
    return name


def ukrainian_of(name: str) -> str:
    """Return what a Russian name is most likely to be in Ukrainian; a guess by rules.

    >>> ukrainian_of("Шебекино"), ukrainian_of("Рыльск"), ukrainian_of("Глушковский")
    ('Шебекіно', 'Рильськ', 'Глушковський')
    """
    for pattern, to in (
        (r"([жчшщц])и(?!\b)", r"\1ы"),
        (r"Нижн", "Ныжн"),
        (r"(?:ые|ие)\b", "і"),
        (r"([рмвб])ь\b", r"\1"),
        (r"(?:ий|ый)\b", "ЫЙ"),
        (r"ск", "ськ"),
        (r"цк", "цьк"),
        (r"И", "І"),
        (r"и", "і"),
        (r"ы", "и"),
        (r"ЫЙ", "ий"),
        (r"ё", "ьо"),
        (r"э", "е"),
        (r"Э", "Е"),
        (r"ъ", "’"),
        (r"\bЕ", "Є"),
        (r"(?<=[аеєиіїоуюяь])е", "є"),
        (r"ая\b", "а"),
        (r"ое\b", "е"),
    ):
        name = re.sub(pattern, to, name)
    return name
