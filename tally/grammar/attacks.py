"""Whose attack the words of a sentence say it is: "Russian shelling", "a raid on Ukraine"."""

import re
from collections.abc import Sequence

from tally.grammar.accusing import accused
from tally.grammar.cues import cues, stems
from tally.grammar.explosions import BLOW
from tally.grammar.marks import INVASION, TABLE, Mark
from tally.grammar.senders import HARM, capital_sends, sender
from tally.grammar.sides import side_named
from tally.grammar.singulars import ARTICLES
from tally.grammar.word_order import does_it
from tally.model import OPPONENT


def attackers_in(marks: Sequence[Mark], lang: str) -> list[tuple[int, str]]:
    """Return (mark, side) where a sentence says whose attack it is: "Russian shelling"."""
    found = []
    for i, mark in enumerate(marks):
        kinds = mark.meaning.kinds
        if blamed := accused(marks, i, lang):
            found.append((i, blamed))
            continue
        if kinds & INVASION:
            found += [(i, side) for word in mark.low.split() if (side := side_named(word, lang))]
            continue
        if kinds & COUNTRIES and (agent := sender(marks, i) or capital_sends(marks, i)):
            found.append((i, agent))
            continue
        side = side_named(mark.low, lang) or _of_an_army(mark, lang)
        if not side:
            continue
        before = marks[i - 1].low if i else ""
        if before in cues("from_side") and any(
            mark.event == "launched" or mark.unit == "rocketlike"
            for mark in marks[max(0, i - BLOW_WITHIN) : i]
        ):
            found.append((i, side))  # "обстрела со стороны ВСУ"
            continue
        if before.startswith((*TERRITORY, *stems("toll_noun"), *stems("held"))):
            continue  # "підконтрольний РФ голова"
        if _attacked(marks, i, lang) or _suffers(marks, i) or _struck(marks, i):
            found.append((i, OPPONENT[side]))
        elif _attacks(marks, i, lang) or did_it(marks, i, lang) or _behind_its_verb(marks, i):
            found.append((i, side))
    return found


def _of_an_army(mark: Mark, lang: str) -> str:
    """Return the side whose army a name of several words is: "збройні сили україни"."""
    if not mark.meaning.kinds & SPEAKERS or mark.sense("speakers", "army") is None:
        return ""
    return next((side for word in mark.low.split()[1:] if (side := side_named(word, lang))), "")


BLOW_WITHIN = 5  # marks from a blow to whose it is: "обстрела города со стороны ВСУ"
COUNTRIES, SPEAKERS = TABLE["countries"], TABLE["speakers"]
UPON = {"on", "against", "at", "of", "across", "по", "на", "проти", "против"}


TERRITORY = ("территор", "територ", "territory")


def _attacked(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether a country or what is in it was attacked: "raid on Ukraine", "on a Ukrainian X".

    Behind "of", or in the genitive, forces and weapons are who attacked: "атаки российских войск".
    """
    at = _before_noun(marks, i)
    if at >= 0 and marks[i].tag == "mod" and marks[at].low.startswith(SHELLING):
        return not _armed(marks, i, lang)
    if at < 1 or marks[at].low not in UPON:
        return False
    if marks[at].low == "of" and _armed(marks, i, lang):
        return False
    before = marks[max(0, at - 3) : at]
    return any(
        mark.event == "launched" or any(word.startswith(BLOW) for word in mark.low.split())
        for mark in before
    )


SHELLING = ("обстр", "бомбард")


def _before_noun(marks: Sequence[Mark], i: int) -> int:
    """Return the mark before a noun phrase of a nationality: "on an eastern Ukrainian city"."""
    at = i - 1
    while at > 0 and (marks[at].low in ARTICLES or marks[at].low in cues("bearing", "en")):
        at -= 1
    return at


def _suffers(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a country is what was struck: "Ukraine was hit with", "Russia came under"."""
    if _worst_upon(marks, i):
        return True
    if marks[i].sense("places") is None or i + 2 >= len(marks):
        return False
    words = [mark.low for mark in marks[i + 1 : i + 3]]
    if any(word in cues("endures", "en") for word in words):
        return True  # "Ukraine endured a third night of attacks"
    passive = words[0].split()[-1] in PASSIVE and marks[i + 2].event in {"hit", "launched"}
    return passive or (words[0] in {"came", "comes", "come"} and words[1].startswith("under"))


def _worst_upon(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a capital is what the worst attack was upon: "Kyiv's deadliest attack".

    "Russia's deadliest bombardment this year" is Russia's own.
    """
    after = marks[i + 1 : i + 3]
    city = marks[i].low.endswith("'s") and marks[i].low.removesuffix("'s") in cues("capital")
    return bool(city) and bool(after) and after[0].low.startswith(stems("superlative"))


def _struck(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a nationality is that of the thing struck: "struck two Russian depots".

    Weapons strike: "Суми атакували російські дрони".
    """
    before = marks[max(0, i - 3) : i]
    if does_it(marks, i):
        return False
    if len(before) > 1 and before[-1].low in INTO and before[-2].event == "hit":
        return True  # "влучив у ворожий бліндаж"
    for mark in reversed(before):
        if mark.low in cues("striking"):
            return True
        told = mark.number is not None or mark.low in ARTICLES
        if not told and mark.tag not in {"mod", "number"}:
            return False
    return False


INTO = {"у", "в", "во", "into"}


def did_it(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether forces are who did it in the passive: "were killed by the Russian military"."""
    before = marks[max(0, i - 6) : i]
    by = [at for at, mark in enumerate(before) if mark.low in {"by", "by the"}]
    if not by or len(before) - by[-1] > 2:
        return False
    named = [*marks[i].low.split()[1:], *(m.low for m in marks[i + 1 : i + 2])]
    forces = any(word.startswith(("military", *stems("attacking", lang))) for word in named)
    return forces and any(
        mark.event in HARM or mark.low.startswith(BLOW) for mark in before[: by[-1]]
    )


def _behind_its_verb(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether soldiers or weapons are the subject behind a verb: "удар нанесли военные"."""
    told = i > 0 and marks[i - 1].event in {"launched", "hit"}
    return told and does_it(marks, i)


def _attacks(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether the nationality at a mark is that of an attack, its weapons or its forces."""
    if _where_it_was(marks, i, lang) or _inside(marks, i) or _counted(marks, i, lang):
        return False
    if any(mark.low.split()[0] in cues("its_place", lang) for mark in marks[i + 1 : i + 2]):
        return False  # "a strike on the Ukrainian city of Kharkiv has killed one"
    events = [mark.low for mark in marks[i + 1 : i + 4] if mark.event]
    if events and events[0].startswith(stems("dying")):
        return _strike_of(marks, i) or (
            _armed(marks, i, lang) and (_blow(marks, i + 1) or _blow(marks, i - 1))
        )
    if _stops_weapons(marks, i):
        return False
    if marks[i].low.startswith(stems("enemy")) or _strike_of(marks, i) or _owns(marks, i):
        return True
    after = marks[i + 1] if i + 1 < len(marks) else None
    if marks[i].sense("speakers") and after is not None and after.sense("markers", "report"):
        return False
    owned = marks[i].low.endswith("'s") and after is not None and _office(after)
    if owned or _office(marks[i]):
        return False
    if _does_it(marks, i, lang):
        return True
    for at, mark in enumerate(marks[i + 1 : i + 4], i + 1):
        if mark.low in PASSIVE or (at + 1 < len(marks) and marks[at + 1].is_a("report")):
            return False  # "Ukraine's Defence Forces report that …"
        if _tells_of(mark, lang):
            return False  # "Russia condemned the attack"
        if mark.low == "reportedly" or (mark.low == "by" and marks[at - 1].low in ANSWERED):
            continue
        if mark.event in {"launched", "hit", "killed", "injured"} or mark.low.startswith(
            stems("attacking", lang)
        ):
            return True
        if mark.event or mark.number is not None or mark.tag in ENDS:
            return False
    return False


def _does_it(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether a country did a deed: "carried out an attack", "взяла ответственность за"."""
    behind = [mark for mark in marks[i + 1 : i + 8] if not mark.is_a("aux")]
    if not behind or behind[0].low.split()[0] not in cues("does_it", lang):
        return False
    upon = next((at for at, mark in enumerate(behind) if mark.low in UPON_WHAT), len(behind))
    deed = any(_blow([mark], 0) or mark.low.startswith(RETALIATED) for mark in behind[:upon])
    return deed and (lang == "en" or any(m.low.startswith(RESPONSIBILITY) for m in behind))


UPON_WHAT = {"after", "to", "when", "as"}
RETALIATED = "retaliat"
RESPONSIBILITY = ("ответственност", "відповідальніст")


def _tells_of(mark: Mark, lang: str) -> bool:
    """Tell whether a verb is what is done about an attack: "condemned", "осудила"."""
    if lang == "en":
        return mark.low in cues("upon_attack", lang)
    return mark.low.startswith(stems("upon_attack", lang))


def _stops_weapons(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether forces only defended: "Ukraine's forces had destroyed 270 of 315 drones"."""
    done = next((at for at in range(i + 1, min(i + 5, len(marks))) if marks[at].event), 0)
    if not done or marks[done].event not in {"intercepted", "lost"}:
        return False
    return any(mark.unit in {"drone", "missile"} for mark in marks[done + 1 : done + 8])


ENDS = {"comma", "conj", "over", "report"}
ANSWERED = {"responded", "retaliated", "replied", "answered"}


def _inside(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a country is where something was: "killed in Russia when a drone hit a bus"."""
    before = marks[i - 1].low if i else ""
    if before in INSIDE and i + 1 < len(marks) and marks[i + 1].sense("places"):
        return True  # "in Ukraine's Sumy region"
    return before in {*INSIDE, *THROUGHOUT} and marks[i].sense("places", "whole") is not None


THROUGHOUT = {"over", "across", "throughout", "above", "по", "над"}


def _counted(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether a nationality is of people who are counted: "four Russian agents killed"."""
    number = i > 0 and marks[i - 1].number is not None
    weapon = any(mark.unit in {"drone", "missile", "rocketlike"} for mark in marks[i + 1 : i + 3])
    return number and not weapon and not _armed(marks, i, lang)


def _armed(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether the noun behind a nationality is an attack, a weapon or forces."""
    if marks[i].sense("speakers", "army"):
        return True
    for mark in marks[i + 1 : i + 3]:
        if mark.low.startswith(stems("attacking", lang)):
            return True
        if mark.tag != "word" or mark.event:
            return False
    return False


def _strike_of(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a country struck: "через удар РФ"; in "обстріл України" it is what was hit."""
    shelled = i > 0 and marks[i].low == "рф" and marks[i - 1].low.startswith(SHELLING)
    return shelled or (i > 0 and STRIKE_OF.fullmatch(marks[i - 1].low) is not None)


def _owns(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a weapon or a blow before is an army's: "дроном Вооруженных сил Украины"."""
    owned = i > 0 and marks[i - 1].unit in {"drone", "missile", "rocketlike"}
    return owned and " " in marks[i].low and marks[i].sense("speakers", "army") is not None


STRIKE_OF = re.compile(
    r"(?:ав[иі]а)?удар(?:[уиіае]|ом|ів|ов|ам|ами|ах)?|атак(?:[аиуіе]|о[юй]|ам|ами)?"
)


def _blow(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a word is an attack or the weapon of one."""
    if not 0 <= at < len(marks):
        return False
    mark = marks[at]
    word = mark.low
    return word.startswith((*BLOW, *FIRE)) or mark.unit in {"drone", "missile", "rocketlike"}


FIRE = ("fire", "artiller", "агрес", "вогн", "огонь", "огн", "артил", "міномет", "миномет")


def _where_it_was(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether a nationality is that of where it happened: "in a Ukrainian hospital"."""
    at, noun = _before_noun(marks, i), marks[i + 1] if i + 1 < len(marks) else None
    if at < 0 or noun is None or marks[at].low not in INSIDE:
        return False
    if any(m.low.startswith(stems("base")) for m in marks[i + 1 : i + 1 + ADJECTIVES]):
        return True
    unknown = noun.tag == "word" and not noun.senses and not noun.event
    attack = (*BLOW, *FIRE, *stems("attacking", lang))
    return unknown and not any(
        mark.low.startswith(attack) for mark in marks[i + 1 : i + 1 + ADJECTIVES]
    )


ADJECTIVES = 3  # words from a nationality to its noun: "in Russia's latest missile attack"


INSIDE = {"in", "at", "inside", "outside", "near", "у", "в", "біля", "возле", "около"}


def _office(mark: Mark) -> bool:
    """Tell whether a word is somebody's office or name: "Ukraine's President Zelensky"."""
    named = mark.sense("speakers")
    return mark.sense("titles") is not None or (named is not None and named.tag != "army")


PASSIVE = {"were", "was", "been", "being", "are", "is"}
