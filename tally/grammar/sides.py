"""Whose weapons, whose soldiers, whose attack, and which side a text itself takes."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tally.grammar.count import Count
from tally.grammar.cues import cues, stems
from tally.grammar.explosions import BLOW
from tally.grammar.killers import did_it_to
from tally.grammar.marks import Mark
from tally.grammar.singulars import ARTICLES
from tally.model import Side

MANY_WORDS = 1 << 16  # met often enough to be remembered
CRIMEA = {"UA-43", "UA-40"}
OCCUPIED = CRIMEA | {"UA-09", "UA-14", "UA-23", "UA-65"}  # wholly or in part


HOME: dict[str, Side] = {"uk": "Ukraine", "ru": "Russia"}


BELITTLED = re.compile(r"\b(?:рф|росія|росії|росією|путін|путіна)\b")


def own_side(text: str, lang: str) -> Side | None:
    """Return the side that a text speaks as: "our air defence", "ворог".

    "Ours" are also soldiers of one's town, and to write "росія" once is a habit of many.
    """
    low = text.lower()
    if (words := _calling_names(lang)) is not None and words.search(low):
        return "Ukraine"
    belittled = lang == "uk" and len(BELITTLED.findall(text)) >= TWICE
    taken = any(cue in low for cue in (*stems("own_side", lang), *stems("ours", lang)))
    return HOME.get(lang) if belittled or taken else None


def leaning(text: str, lang: str) -> Side | None:
    """Return the side whose enemies a text tells of, also where it does not speak as that side."""
    low = text.lower()
    leans = lang == "uk" and (BELITTLED.search(text) is not None or "наш" in low)
    return HOME[lang] if leans else own_side(text, lang)


TWICE = 2


@cache
def _calling_names(lang: str) -> re.Pattern[str] | None:
    """Return a pattern for what only Ukraine's side calls the other, where a language has it."""
    names = stems("ukraine_side", lang)
    return re.compile(rf"\b(?:{'|'.join(names)})") if names else None


def weapons_of(mods: Sequence[str], lang: str) -> str:
    """Return whose drones or missiles a noun phrase says they are.

    >>> weapons_of(["ukrainian", "drones"], "en")
    'Ukraine'
    """
    for word in mods:
        if word.startswith(stems("ukraine", lang)):
            return "Ukraine"
        if word.startswith(stems("russia", lang)):
            return "Russia"
    return ""


def soldiers_of(marks: Sequence[Mark], count: Count, event: int, lang: str) -> str:
    """Return whose soldiers were hurt: "six Ukrainian servicemen", "soldiers killed".

    Soldiers who did it, at the mark of the event, hurt the other side's.
    """
    own = weapons_of(_described(marks, count), lang) or _army_behind(marks, count, lang)
    if own:
        return own
    for i, mark in enumerate(marks[: count.first]):
        sense = mark.sense("units", "person")
        if sense is not None and sense.value == "military":
            words = [marks[i].text.lower(), *(m.text.lower() for m in marks[max(0, i - 1) : i])]
            if side := weapons_of(words, lang) or _army_at(marks, i + 1, lang):
                return OTHER_SIDE[side] if did_it_to(i, count, event, marks) else side
    return ""


def _described(marks: Sequence[Mark], count: Count) -> list[str]:
    """Return the words of a noun phrase, unknown ones too: "senior Russian naval officer"."""
    at = count.first
    while (
        at and marks[at - 1].tag in {"word", "mod"} and marks[at - 1].text.lower() not in ARTICLES
    ):
        at -= 1
    return [*(mark.text.lower() for mark in marks[at : count.first]), *count.mods]


def losers_of(marks: Sequence[Mark], count: Count, side: Side, lang: str) -> str:
    """Return whose army lost the soldiers: "росіяни втратили 300 загиблими", "the enemy lost".

    Whose enemy it is tells the side of who speaks.
    """
    lost = [i for i in range(count.first) if _loses(marks, i)]
    before = marks[max(0, lost[-1] - LOSER_REACH) : lost[-1]] if lost else ()
    for mark in reversed(before):
        word = mark.text.lower()
        if word.startswith(ENEMY) and side in OTHER_SIDE:
            return OTHER_SIDE[side]
        if named := _side_named(word, lang):
            return named
    return ""


def _loses(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a word is what an army does with its soldiers, not "lost their lives"."""
    alone = marks[i].event != "killed"
    return alone and not cues("losing").isdisjoint(marks[i].text.lower().split())


SHORT = 3  # letters: "рф", "ВСУ"
LOSER_REACH = 5  # marks
ENEMY = ("enem", "ворог", "противник")


def _army_behind(marks: Sequence[Mark], count: Count, lang: str) -> str:
    """Return whose army soldiers are of: "servicemen of Ukraine's armed forces"."""
    at = count.last + 1
    while at < len(marks) and (
        marks[at].is_a("outof", "conj") or marks[at].sense("units", "person") is not None
    ):
        at += 1
    return _army_at(marks, at, lang)


def _army_at(marks: Sequence[Mark], at: int, lang: str) -> str:
    """Return whose army or country stands at a mark."""
    if at >= len(marks):
        return ""
    mark = marks[at]
    named = mark.sense("speakers", "army") or mark.sense("countries") or len(mark.text) <= SHORT
    return _side_named(mark.text.lower(), lang) if named else ""


def attackers_in(marks: Sequence[Mark], lang: str) -> list[tuple[int, str]]:
    """Return (mark, side) where a sentence says whose attack it is: "Russian shelling"."""
    found = []
    for i, mark in enumerate(marks):
        if mark.senses and mark.sense("markers", "invasion"):
            found += [
                (i, side) for word in mark.text.lower().split() if (side := _side_named(word, lang))
            ]
            continue
        side = _side_named(mark.text.lower(), lang)
        before = marks[i - 1].text.lower() if i else ""
        if not side or before.startswith((*TERRITORY, *stems("toll_noun"))):
            continue
        if _attacked(marks, i, lang) or _suffers(marks, i) or _struck(marks, i):
            found.append((i, OTHER_SIDE[side]))
        elif _attacks(marks, i, lang) or did_it(marks, i, lang):
            found.append((i, side))
    return found


@lru_cache(MANY_WORDS)
def _side_named(word: str, lang: str) -> str:
    """Return the side whose country or nationality a word names, not as what is held by it."""
    if word.startswith(stems("held")):
        return ""
    if word.startswith(stems("ukraine", lang)):
        return "Ukraine"
    return "Russia" if word.startswith(stems("russia", lang)) else ""


def occupied_in(marks: Sequence[Mark]) -> bool:
    """Tell whether a sentence is about territory that Russia holds: "Russian-occupied Donetsk"."""
    return any(mark.text.lower().startswith(stems("held")) for mark in marks)


def blamed_on_each_other(marks: Sequence[Mark]) -> bool:
    """Tell whether each side says that the other did it: "both countries blamed the other".

    Nor is it one side's where people were hit on "either side of the front".
    """
    words = " ".join(mark.text.lower() for mark in marks)
    if any(sides in words for sides in EITHER_SIDE):
        return True
    for i, mark in enumerate(marks):
        if mark.text.lower().startswith(stems("blame")):
            near = " ".join(m.text.lower() for m in marks[max(0, i - 3) : i + 5])
            if any(words in near for words in stems("each_other")):
                return True
    return False


EITHER_SIDE = (
    "either side of the", "both sides of the front", "обе стороны фронта", "opposed accounts",
    "conflicting accounts", "traded accusations", "traded blame", "взаємні звинувачення",
    "взаимные обвинения",
)  # fmt: skip
OTHER_SIDE = {"Ukraine": "Russia", "Russia": "Ukraine"}


UPON = {"on", "against", "at", "of", "across", "по", "на", "проти", "против"}


TERRITORY = ("территор", "територ", "territory")


def _attacked(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether a country or what is in it was attacked: "raid on Ukraine", "on a Ukrainian X".

    Behind "of", or in the genitive, forces and weapons are who attacked: "атаки российских войск".
    """
    at = _before_noun(marks, i)
    if at >= 0 and marks[i].tag == "mod" and marks[at].text.lower().startswith(SHELLING):
        return not _armed(marks, i, lang)
    if at < 1 or marks[at].text.lower() not in UPON:
        return False
    if marks[at].text.lower() == "of" and _armed(marks, i, lang):
        return False
    before = marks[max(0, at - 3) : at]
    return any(
        mark.event == "launched" or any(word.startswith(BLOW) for word in mark.text.lower().split())
        for mark in before
    )


SHELLING = ("обстр", "бомбард")


def _before_noun(marks: Sequence[Mark], i: int) -> int:
    """Return the mark before the articles of a noun phrase that a nationality stands in."""
    at = i - 1
    while at > 0 and marks[at].text.lower() in ARTICLES:
        at -= 1
    return at


def _suffers(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a country is what was struck: "Ukraine was hit with", "Russia came under"."""
    if marks[i].sense("places") is None or i + 2 >= len(marks):
        return False
    words = [mark.text.lower() for mark in marks[i + 1 : i + 3]]
    passive = words[0].split()[-1] in PASSIVE and marks[i + 2].event in {"hit", "launched"}
    return passive or (words[0] in {"came", "comes", "come"} and words[1].startswith("under"))


def _struck(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a nationality is that of the thing struck: "struck two Russian depots"."""
    for mark in reversed(marks[max(0, i - 3) : i]):
        if mark.text.lower() in STRIKING:
            return True
        if mark.number is None and mark.tag not in {"mod", "number"}:
            return False
    return False


STRIKING = {
    "struck", "striking", "strikes", "hit", "hits", "hitting", "targeted", "targeting", "attacked",
    "attacking", "shelled", "shelling", "bombed",
    "вразили", "уразили", "атакували", "обстріляли", "поразили", "атаковали", "обстреляли",
}  # fmt: skip


def did_it(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether forces are who did it in the passive: "were killed by the Russian military"."""
    before = marks[max(0, i - 6) : i]
    by = [at for at, mark in enumerate(before) if mark.text.lower() in {"by", "by the"}]
    if not by or len(before) - by[-1] > 2:
        return False
    named = [*marks[i].text.lower().split()[1:], *(m.text.lower() for m in marks[i + 1 : i + 2])]
    forces = any(word.startswith(("military", *stems("attacking", lang))) for word in named)
    return forces and any(
        mark.event in HARM or mark.text.lower().startswith(BLOW) for mark in before[: by[-1]]
    )


HARM = {"killed", "injured", "launched", "hit"}


def _attacks(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether the nationality at a mark is that of an attack, its weapons or its forces."""
    if _where_it_was(marks, i, lang):
        return False
    events = [mark.text.lower() for mark in marks[i + 1 : i + 4] if mark.event]
    if events and events[0].startswith(stems("dying")):
        return _strike_of(marks, i) or (
            _armed(marks, i, lang) and (_blow(marks, i + 1) or _blow(marks, i - 1))
        )
    if marks[i].text.lower().startswith(stems("enemy")) or _strike_of(marks, i):
        return True
    after = marks[i + 1] if i + 1 < len(marks) else None
    if marks[i].sense("speakers") and after is not None and after.sense("markers", "report"):
        return False
    owned = marks[i].text.lower().endswith("'s") and after is not None and _office(after)
    if owned or _office(marks[i]):
        return False
    for mark in marks[i + 1 : i + 4]:
        if mark.text.lower() in PASSIVE:
            return False
        if mark.text.lower() == "reportedly":
            continue
        if mark.event in {"launched", "hit", "killed", "injured"} or mark.text.lower().startswith(
            stems("attacking", lang)
        ):
            return True
        if mark.event or mark.number is not None or mark.tag in {"comma", "conj", "over", "report"}:
            return False
    return False


def _armed(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether the noun behind a nationality is an attack, a weapon or forces."""
    if marks[i].sense("speakers", "army"):
        return True
    for mark in marks[i + 1 : i + 3]:
        if mark.text.lower().startswith(stems("attacking", lang)):
            return True
        if mark.tag != "word" or mark.event:
            return False
    return False


def _strike_of(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a country struck: "через удар РФ"; in "обстріл України" it is what was hit."""
    return i > 0 and STRIKE_OF.fullmatch(marks[i - 1].text.lower()) is not None


STRIKE_OF = re.compile(
    r"(?:ав[иі]а)?удар(?:[уиіае]|ом|ів|ов|ам|ами|ах)?|атак(?:[аиуіе]|о[юй]|ам|ами)?"
)


def _blow(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a word is an attack or the weapon of one."""
    if not 0 <= at < len(marks):
        return False
    mark = marks[at]
    word = mark.text.lower()
    return word.startswith((*BLOW, *FIRE)) or mark.unit in {"drone", "missile", "rocketlike"}


FIRE = ("fire", "artiller", "агрес", "вогн", "огонь", "огн", "артил", "міномет", "миномет")


def _where_it_was(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether a nationality is that of where it happened: "in a Ukrainian hospital"."""
    at, noun = _before_noun(marks, i), marks[i + 1] if i + 1 < len(marks) else None
    if at < 0 or noun is None or marks[at].text.lower() not in INSIDE:
        return False
    unknown = noun.tag == "word" and not noun.senses and not noun.event
    attack = (*BLOW, *FIRE, *stems("attacking", lang))
    return unknown and not any(
        mark.text.lower().startswith(attack) for mark in marks[i + 1 : i + 1 + ADJECTIVES]
    )


ADJECTIVES = 3  # words from a nationality to its noun: "in Russia's latest missile attack"


INSIDE = {"in", "at", "inside", "outside", "near", "у", "в", "біля", "возле", "около"}


def _office(mark: Mark) -> bool:
    """Tell whether a word is somebody's office or name: "Ukraine's President Zelensky"."""
    named = mark.sense("speakers")
    return mark.sense("titles") is not None or (named is not None and named.tag != "army")


PASSIVE = {"were", "was", "been", "being", "are", "is"}


def defender_in(marks: Sequence[Mark], event: int, lang: str) -> str:
    """Return the side whose defences bring down the weapons: "Russian air defences destroyed"."""
    for i in range(event - 1, max(-1, event - 8), -1):
        word = marks[i].text.lower()
        side = (
            "Ukraine"
            if word.startswith(stems("ukraine", lang))
            else "Russia"
            if word.startswith(stems("russia", lang)[:6])
            else ""
        )
        if side and not marks[i].unit:
            between = marks[i + 1 : event]
            if not between or all(m.tag in {"aux", "mod", "over"} for m in between):
                return side
            if any(m.text.lower().startswith(stems("defence", lang)) for m in [*between, marks[i]]):
                return side
    return ""
