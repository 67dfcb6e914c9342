"""Deaths that are not the war's: accidents, crimes, disasters, and those in other countries.

A sentence that names an accident and no attack, or a place abroad and none of the two countries,
speaks of something else; so does the sentence after it that goes on without naming an attack. A
fire may follow an attack: it counts as an accident only where the sentences around name none.
"""

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache

from tally.grammar.cues import cues, stems
from tally.grammar.gist import Gist
from tally.grammar.marks import ACCIDENT, CRIME, FIRE, OTHER_WAR, RETURNED, Mark
from tally.grammar.places import PlaceMark
from tally.grammar.telling import Telling
from tally.vocabulary import rows

WEAPONS = {"drone", "missile", "rocketlike"}
LOCATIVE = {
    "en": (
        r"(?:in|on|near|across|at|into|outside|(?:now|next|over|on|turning|moving|back) to)"
        r"(?:(?: \w+){0,2}|(?: (?:the|of|city|town|capital|state|(?-i:[A-Z])\w+|\w+ern)){0,5})"
    ),
    "uk": r"(?:в|у|на|під|біля|поблизу|до|по)(?: \w+){0,2}",
    "ru": (
        r"(?:в|во|на|под|около|близ|возле|до|по(?! оценк| данн| слов| сведен| мнени))"
        r"(?: \w+){0,2}"
    ),
}


def not_the_war(
    marks: Sequence[Mark],
    gist: Gist,
    places: Sequence[PlaceMark],
    text: str,
    around: Callable[[], str],
    lang: str,
    *,
    before: bool,
) -> bool:
    """Tell whether a sentence's deaths come from something else than the war.

    `around` gives the text of the sentences beside it; `before` tells that the sentence before it
    spoke of something else.
    """
    ours = any(place.admin1 for place in places if place.kind != "there")
    if not ours and abroad(text, lang):
        return True
    if gist.kinds & (RETURNED | CRIME) or _given_back(gist.words):
        return True
    if gist.kinds & OTHER_WAR and any(_of_old(marks, i) for i in range(len(marks))):
        return True
    past = long_ago(text)
    if not (before or past or gist.kinds & (ACCIDENT | FIRE)) or _attack(marks, lang):
        return False
    if past or gist.kinds & ACCIDENT:
        return True
    if gist.kinds & FIRE and not _attack_in(around(), lang):
        return True
    return before and not (ours and _turns(marks))


def _given_back(words: Collection[str]) -> bool:
    """Tell whether bodies are those given back: "the bodies of 400 soldiers have been returned"."""
    return not cues("bodies").isdisjoint(words) and any(
        word.startswith(stems("given_back")) for word in words
    )


def _of_old(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a sentence is about another war, not of the worst "since World War II"."""
    before = {mark.low for mark in marks[max(0, i - 4) : i]}
    return bool(marks[i].sense("markers", "other_war")) and before.isdisjoint(cues("since"))


def abroad(text: str, lang: str) -> bool:
    """Tell whether a sentence is about a place or people abroad and names neither country."""
    told = _names_abroad(lang).of(text)
    if told & PEOPLE and _peoples(lang).search(text) is not None:
        return OURS.search(text) is None
    if not told & PLACE:
        return False
    return _abroad(lang).search(text) is not None and OURS.search(text) is None


@cache
def _names_abroad(lang: str) -> Telling:
    names = Telling()
    for name in _words("place", lang):
        names.add(name.lower().split() if lang == "en" else f"{name.lower()}*".split(), PLACE)
    for people in _words("people", lang):
        names.add(people.lower().split(), PEOPLE)
    return names


PLACE, PEOPLE = 1, 2


def another_war(text: str, lang: str) -> bool:
    """Tell whether a text is about another part of the world or time and names neither country."""
    past = long_ago(text)
    if past and OLD_WAR.search(text) is not None:
        return True
    return OURS.search(text) is None and (past or _world(lang).search(text) is not None)


def long_ago(text: str) -> bool:
    """Tell whether every year that a text names, years of birth aside, lies before this war.

    >>> long_ago("В сражении 1790 года погиб 21 человек"), long_ago("женщина 1966 г.р. погибла")
    (True, False)
    """
    if BEFORE_THIS_WAR.search(text) is None:
        return False
    years = [int(found[1] or found[2]) for found in YEAR.finditer(text)]
    return bool(years) and max(years) < FIRST_YEAR


FIRST_YEAR = 2014
OLD_WAR = re.compile(
    r"(?:войн|війн|сражени|битв|кампани|\bwar\b|\bbattle)[^.!?\n]{0,40}\b1[5-9]\d\d\b"
    r"|\b1[5-9]\d\d\b[^.!?\n]{0,20}(?:войн|війн|сражени|битв|кампани|\bwar\b|\bbattle)",
    re.IGNORECASE,
)
BEFORE_THIS_WAR = re.compile(r"1[5-9]\d\d|20(?:0\d|1[0-3])")
YEAR = re.compile(
    r"(?<![\d.,:/-])((?:1[5-9]|20)\d\d)(?:[-–](?:1[5-9]|20)?\d\d)?"
    r" ?(?:год[ау]?\b|годов|рок[иу]\b|рік|році|рр?\.(?! ?н)|гг?\.(?! ?р))"
    r"(?! рождения| народження)"
    r"|\b(?:in|since|the|a|an) ((?:1[5-9]|20)\d\d)\b"
)


OURS = re.compile(
    r"ukrain|russia|kyiv|kiev|moscow|укра|росс|росі|\bрф\b|\bзсу\b|\bвсу\b|киев|київ|москв"
    r"|донец|донб|крым|крим|ворог|противник|област"
    r"|kharkiv|kharkov|odes?sa|kherson|zaporizh|dnipro|mykolaiv|chernihiv|donetsk|luhansk|crimea"
    r"|kramatorsk|lviv|belgorod|kursk|bryansk|sevastopol|харк|херсон|запор|дніпр|днепр|микола[їє]в"
    r"|никола[ев]в|черніг|черниг|луган|краматор|львов|львів|бєлгород|белгород|курськ|курск|брянськ"
    r"|брянск|севаст|одес",
    re.IGNORECASE,
)


def _attack(marks: Sequence[Mark], lang: str) -> bool:
    return any(_is_weapon(mark) or _attacks(mark, lang) for mark in marks)


def _is_weapon(mark: Mark) -> bool:
    return mark.unit in WEAPONS and not mark.low.startswith(stems("aircraft"))


def _attacks(mark: Mark, lang: str) -> bool:
    if mark.sense("markers", "accident"):
        return False  # "взрыв газа"
    flown = mark.event == "launched" and not mark.low.startswith(FOUND)
    return flown or _attack_words(lang).match(mark.text) is not None


# What is found may be a body, what flies a plane.
FOUND = ("виявил", "виявлен", "detected", "spotted", "лете", "леті", "flying", "flew")


def _attack_in(text: str, lang: str) -> bool:
    return _attack_words(lang).search(text) is not None


def _turns(marks: Sequence[Mark]) -> bool:
    """Tell whether a sentence dates itself anew: it goes on to another event."""
    return any(
        mark.date is not None and mark.date.kind == "day" and mark.low not in TODAY
        for mark in marks
    )


TODAY = {"today", "сьогодні", "сегодня"}


def of_something_else(text: str, lang: str) -> bool:
    """Tell whether a text of some length names the war nowhere; a short one may take it as known.

    Nor is it about the war where somebody died of age or illness and no attack is told by then.

    >>> of_something_else("Two people are in hospital after an outbreak. " * 9, "en")
    True
    """
    if len(text) > BRIEF and _war_words(lang).search(text) is None:
        return True
    died = _peacefully(lang).search(text)
    return died is not None and not _attack_in(text[: died.end() + BRIEF], lang)


BRIEF = 300  # characters


@cache
def _words(tag: str, lang: str) -> tuple[str, ...]:
    return tuple(row["form"] for row in rows("abroad") if row["tag"] == tag and row["lang"] == lang)


@cache
def _attack_words(lang: str) -> re.Pattern[str]:
    return _any_of(_words("attack", lang))


@cache
def _peoples(lang: str) -> re.Pattern[str]:
    return _any_of(_words("people", lang))


@cache
def _peacefully(lang: str) -> re.Pattern[str]:
    return _any_of(_words("illness", lang))


@cache
def _war_words(lang: str) -> re.Pattern[str]:
    """Return a pattern for what only a text about the war, or about an attack, says."""
    return _any_of((*_words("attack", lang), *_words("war", lang)))


def _any_of(forms: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern for words as a word table writes them: `*` stands for any ending."""
    words = (form[:-1] if form.endswith("*") else rf"{form}\b" for form in forms)
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)


@cache
def _world(lang: str) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in _words("place", lang))
    return re.compile(rf"\b(?:{names})", re.IGNORECASE)


@cache
def _abroad(lang: str) -> re.Pattern[str]:
    """Return a pattern for somewhere in the countries and cities of the rest of the world."""
    names = "|".join(re.escape(name) for name in _words("place", lang))
    end = r"\b" if lang == "en" else ""
    return re.compile(rf"\b{LOCATIVE[lang]} (?:{names}){end}", re.IGNORECASE)
