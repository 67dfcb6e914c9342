"""Case forms of Ukrainian and Russian place names, by ending; knows no places and no files.

A declension gives a list of forms for each of six cases. Where an ending leaves two readings open
(a city in -ь may be of either gender) both are given: a form that nobody writes costs nothing,
a form that is missing loses a place.
"""

from itertools import product

Cases = tuple[list[str], ...]
"""Nominative, genitive, dative, accusative, instrumental, locative."""

HISSING = "жчшщ"
VELAR = "гкхжчшщ"
SOFTENED = {"к": "ц", "г": "з", "х": "с"}


def fixed(word: str) -> Cases:
    """Return the paradigm of a word that does not change."""
    return tuple([word] for _ in range(6))


def paradigm(stem: str, *endings: str) -> Cases:
    """Return a stem with endings for six cases; variants within a case are joined by "/"."""
    return tuple([stem + end for end in ending.split("/")] for ending in endings)


def merged(*paradigms: Cases) -> Cases:
    """Return the variants of several paradigms, case by case."""
    return tuple([form for one in case for form in one] for case in zip(*paradigms, strict=True))


def ukrainian_feminine(word: str) -> Cases:
    """Decline a Ukrainian name in -а or -я."""
    stem, last = word[:-1], word[-1]
    if last == "а":
        before = stem[:-1] + SOFTENED.get(stem[-1], stem[-1])
        ending = "ею" if stem[-1] in HISSING else "ою"
        noun = (
            [word],
            [stem + "и", stem + "і"] if stem[-1] in HISSING else [stem + "и"],
            [before + "і"],
            [stem + "у"],
            [stem + ending],
            [before + "і"],
        )
        if word.endswith(("ова", "ева", "єва", "ська", "цька", "ла", "на")):
            adjective = paradigm(stem, "а", "ої", "ій", "у", "ою", "ій")
            return merged(noun, adjective)
        return noun
    if len(stem) > 1 and (stem[-1] == stem[-2] or stem[-1] in "'’"):
        return paradigm(stem, "я", "я", "ю", "я", "ям", "і/ю/ї")
    if stem[-1] in "іїаеоуи":
        return paradigm(stem, "я", "ї", "ї", "ю", "єю", "ї")
    return paradigm(stem, "я", "і", "і", "ю", "ею", "і")


def ukrainian_neuter(word: str) -> Cases:
    """Decline a Ukrainian name in -о or -е."""
    stem = word[:-1]
    if word.endswith("о"):
        return paradigm(stem, "о", "а", "у", "о", "ом", "і/у")
    if word.endswith(("поле", "море", "горе")):
        return paradigm(stem, "е", "я", "ю", "е", "ем", "і/ю")
    if word.endswith(("ще", "ище")):
        return paradigm(stem, "е", "а", "у", "е", "ем", "і/у")
    return paradigm(stem, "е", "ого", "ому", "е", "им", "ому/ім")


def ukrainian_plural(word: str) -> Cases:
    """Decline a Ukrainian plural name in -и, -і or -ї."""
    stem, soft = word[:-1], word[-1] in "ії"
    genitive = {stem, stem + ("їв" if word[-1] == "ї" else "ів")}
    if len(stem) > 1 and stem[-1] == "к" and stem[-2] not in "аеиоуіїєюяйь":
        genitive.add(stem[:-1] + "ок")
    if len(stem) > 1 and stem[-1] == "к" and stem[-2] in "ьй":
        genitive.add(stem[:-2] + "ьок")
    a = "я" if soft else "а"
    word_list = [word]
    return (
        word_list,
        sorted(genitive),
        [stem + a + "м"],
        word_list,
        [stem + a + "ми"],
        [stem + a + "х"],
    )


SHORT = 5  # letters of a name that may end in -ий and be no adjective


def ukrainian_masculine(word: str) -> Cases:
    """Decline a Ukrainian name in a consonant, -й or -ь."""
    stem = word[:-1]
    if word.endswith(("ський", "цький", "ий")) and len(word) > 4:
        adjective = paradigm(word[:-2], "ий", "ого", "ому", "ий", "им", "ому/ім")
        noun = paradigm(word[:-2], "ий", "ия", "ию", "ий", "иєм", "ию/иї")
        return merged(adjective, noun) if len(word) == SHORT else adjective  # "у Стрию"
    if word.endswith("їв"):
        return merged(paradigm(word[:-2], "їв", "єва", "єву", "їв", "євом", "єві"))
    if word.endswith("ів"):
        return paradigm(word[:-2], "ів", "ова/ева", "ову/еву", "ів", "овом/евом", "ові/еві")
    if word.endswith(("піль", "пiль")):
        return paradigm(word[:-3], "іль", "оля", "олю", "іль", "олем", "олі")
    if word.endswith("ець"):
        before = word[:-3] + ("ь" if word[-4] == "л" else "")
        endings = ("ця", "цю", "цем", "ці")
        genitive, dative, ins, loc = ([before + end] for end in endings)
        return ([word], genitive, dative, [word], ins, loc)
    if word.endswith("інь"):
        both = paradigm(word[:-3], "інь", "еня/іня", "еню/іню", "інь", "енем/інем", "ені/іні")
        return merged(both)
    if word.lower().endswith("ріг"):
        return paradigm(word[:-2], "іг", "огу", "огу", "іг", "огом", "озі")
    if word.endswith("ь"):
        return paradigm(stem, "ь", "я/і", "ю/і", "ь", "ем/" + stem[-1] + "ю", "і")
    if word.endswith("й"):
        return paradigm(stem, "й", "я/ю", "ю", "й", "єм", "ї/ю")
    if word.endswith("ч"):
        return paradigm(word, "", "а/і", "у/і", "", "ем/ю", "і")
    if word.endswith(("ок", "ек")) and len(word) > 4:
        return merged(
            paradigm(word[:-2], word[-2:], "ка", "ку", word[-2:], "ком", "ку"),
            paradigm(word, "", "а/у", "у", "", "ом", "у"),
        )
    if word[-1] not in SOFTENED:
        return paradigm(word, "", "а/у", "у", "", "ом", "і/у")
    *cases, locative = paradigm(word, "", "а/у", "у", "", "ом", "у")
    softened = [] if word.endswith(("ськ", "цьк", "зьк")) else [stem + SOFTENED[word[-1]] + "і"]
    return (*cases, [*locative, *softened])  # "у Кременчуці", "в Острозі"


SOFTENED = {"к": "ц", "г": "з", "х": "с"}


def decline_ukrainian_word(word: str) -> Cases:
    """Return the case forms of one Ukrainian word."""
    if len(word) < 2 or not word[0].isupper():
        return fixed(word)
    if word[-1] in "ая":
        return ukrainian_feminine(word)
    if word[-1] in "ое":
        return ukrainian_neuter(word)
    if word[-1] in "иії":
        return ukrainian_plural(word)
    if word[-1] in "уюєґ":
        return fixed(word)
    return ukrainian_masculine(word)


def russian_vowel(word: str) -> Cases:
    """Decline a Russian name in a vowel."""
    stem, last = word[:-1], word[-1]
    if word.endswith("ая"):
        return paradigm(word[:-2], "ая", "ой", "ой", "ую", "ой", "ой")
    if word.endswith(("ое", "ее")):
        m = "ым" if word[-3] not in VELAR else "им"
        return paradigm(word[:-2], word[-2:], "ого/его", "ому/ему", word[-2:], m + "/им", "ом/ем")
    if word.endswith(("ые", "ие")) and not word.endswith("ние"):
        v = word[-2]
        return paradigm(stem[:-1], v + "е", v + "х", v + "м", v + "е", v + "ми", v + "х")
    if last == "а":
        genitive = "и" if stem[-1] in VELAR else "ы"
        ins = "ей/ой" if stem[-1] in HISSING + "ц" else "ой"
        return paradigm(stem, "а", genitive, "е", "у", ins, "е")
    if last == "я":
        loc = "и" if word.endswith("ия") else "е"
        return paradigm(stem, "я", "и", loc, "ю", "ей/ёй", loc)
    if last == "о":
        return merged(paradigm(stem, "о", "а", "у", "о", "ом", "е"), fixed(word))
    if last in "её":
        soft = not word.endswith(("ще", "це"))
        a, u = ("я", "ю") if soft else ("а", "у")
        return paradigm(stem, last, a, u, last, "ем/ём", "е/и")
    if last in "иы":
        return russian_plural(word)
    return fixed(word)


def russian_plural(word: str) -> Cases:
    """Decline a Russian plural name in -и or -ы."""
    stem = word[:-1]
    genitive = {stem, stem + "ов"} if stem[-1] not in HISSING else {stem, stem + "ей"}
    if len(stem) > 1 and stem[-1] == "к" and stem[-2] not in "аеиоуыэюяйь":
        genitive.add(stem[:-1] + ("ек" if stem[-2] in HISSING else "ок"))
    if len(stem) > 1 and stem[-2] in "ьй":
        genitive.add(stem[:-2] + "е" + stem[-1])
    a = "я" if stem[-1] in "лнрть" and word.endswith("и") else "а"
    return ([word], sorted(genitive), [stem + a + "м"], [word], [stem + a + "ми"], [stem + a + "х"])


def russian_consonant(word: str) -> Cases:
    """Decline a Russian name in a consonant, -й or -ь."""
    stem = word[:-1]
    if word.endswith(("ый", "ий", "ой")) and len(word) > 5:
        m = "им" if word[-3] in VELAR else "ым"
        adjective = paradigm(
            word[:-2], word[-2:], "ого/его", "ому/ему", word[-2:], m + "/им", "ом/ем"
        )
        noun = paradigm(stem, "й", "я", "ю", "й", "ем", "е")
        return merged(adjective, noun) if word.endswith("ой") else adjective  # "в Джанкое"
    if word.endswith("ковь"):
        return paradigm(word[:-3], "овь", "ви", "ви", "овь", "овью", "ви")  # "в Белой Церкви"
    if word in {"Орёл", "Орел"}:
        return ([word], ["Орла"], ["Орлу"], [word], ["Орлом"], ["Орле"])
    if word.endswith("ец"):
        before = word[:-2] + ("ь" if word[-3] == "л" else "")
        cases = ([word], [before + "ца"], [before + "цу"], [word], [before + "цом", before + "цем"])
        return (*cases, [before + "це"])
    if word.endswith(("поль", "вль", "ель", "аль")):
        return paradigm(stem, "ь", "я", "ю", "ь", "ем/ём", "е")
    if word.endswith("ь"):
        return paradigm(stem, "ь", "и/я", "и/ю", "ь", "ью/ем", "и/е")
    if word.endswith("й"):
        return paradigm(stem, "й", "я", "ю", "й", "ем", "е/и")
    if word.endswith(("ок", "ек")) and len(word) > 4:
        return merged(
            paradigm(word[:-2], word[-2:], "ка", "ку", word[-2:], "ком", "ке"),
            paradigm(word, "", "а", "у", "", "ом", "е"),
        )
    return paradigm(word, "", "а", "у", "", "ом/ем" if word[-1] in HISSING else "ом", "е")


def decline_russian_word(word: str) -> Cases:
    """Return the case forms of one Russian word."""
    if len(word) < 2 or not word[0].isupper():
        return fixed(word)
    return russian_vowel(word) if word[-1] in "аяоеёиыуюэ" else russian_consonant(word)


STIFF = ("о", "е", "Усть")  # ends of a first part that never changes


def decline(name: str, lang: str) -> list[str]:
    """Return every case form of a name of one or more words, nominative first.

    >>> decline("Нова Каховка", "uk")[:3]
    ['Нова Каховка', 'Нової Каховки', 'Новій Каховці']
    >>> decline("Белгород", "ru")
    ['Белгород', 'Белгорода', 'Белгороду', 'Белгородом', 'Белгороде']
    """
    words = [part for part in name.replace("-", " - ").split(" ") if part]
    parts: list[Cases] = []
    for place, word in enumerate(words):
        linked = place + 1 < len(words) and words[place + 1] == "-" and word.endswith(STIFF)
        stays = linked or word == "-" or words[max(0, place - 2) : place] == ["на", "-"]
        parts.append(fixed(word) if stays else _agreeing(word, lang, words, place))
    forms: list[str] = []
    for case in range(6):
        for choice in product(*(part[case] for part in parts)):
            form = " ".join(choice).replace(" - ", "-")
            if form not in forms and not (case and form == name):
                forms.append(form)
    return forms


def _agreeing(word: str, lang: str, words: list[str], place: int) -> Cases:
    """Decline a word; one that stands before another and looks like an adjective is one."""
    one = decline_ukrainian_word if lang == "uk" else decline_russian_word
    if lang == "uk" and place + 1 < len(words) and words[place + 1] != "-":
        stem = word[:-1]
        if word.endswith("а"):
            return paradigm(stem, "а", "ої", "ій", "у", "ою", "ій")
        if word.endswith("ий"):
            return paradigm(word[:-2], "ий", "ого", "ому", "ий", "им", "ому")
        if word.endswith("ів"):
            return paradigm(word[:-2], "ів", "ового/ова", "овому/ову", "ів", "овим", "овому")
        if word.endswith("ій"):
            return paradigm(word[:-2], "ій", "ього", "ьому", "ій", "ім", "ьому")
        if word.endswith("е"):
            return paradigm(stem, "е", "ого", "ому", "е", "им", "ому")
        if word.endswith("і"):
            return paradigm(stem, "і", "их", "им", "і", "ими", "их")
    if lang == "ru" and place + 1 < len(words) and word.endswith(("ий", "ый", "ой")):
        if word.endswith("ний"):
            return paradigm(word[:-2], "ий", "его", "ему", "ий", "им", "ем")
        m = "им" if word[-3] in VELAR else "ым"
        return paradigm(word[:-2], word[-2:], "ого", "ому", word[-2:], m, "ом")
    if lang == "ru" and place + 1 < len(words) and word.endswith(("ев", "ов")):
        return paradigm(word, "", "а", "у", "", "ым/ом", "ом/е")
    return one(word)
