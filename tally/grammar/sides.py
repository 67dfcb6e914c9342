"""Which side words name, and which side a text itself takes."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark
from tally.grammar.nouns import WEAPONS
from tally.model import Place, Side

MANY_WORDS = 1 << 16  # met often enough to be remembered


CRIMEA = {"UA-43", "UA-40"}


OCCUPIED = CRIMEA | {"UA-09", "UA-14", "UA-23", "UA-65"}  # wholly or in part


HOME: dict[str, Side] = {"uk": "Ukraine", "ru": "Russia"}


# It begins with a set of letters, by which a pattern is looked for many times faster.
BELITTLED = re.compile(
    r"[рп](?<!\w[рп])(?:(?<=р)(?:ф|ос(?:і(?:я|ї|єю)|си(?:я|и|ей)))|(?<=п)ут[иі]на?)\b"
)


def own_side(text: str, lang: str) -> Side | None:
    """Return the side that a text speaks as: "our air defence", "ворог".

    "Ours" are also soldiers of one's town, and to write "росія" once is a habit of many.
    """
    low = text.lower()
    if (words := _calling_names(lang)) is not None and words.search(low):
        return "Ukraine"
    if len(BELITTLED.findall(text)) >= TWICE:
        return "Ukraine"
    if lang == "ru" and any(cue in low for cue in stems("ours_either", lang)):
        return _whose_russian(low)
    taken = any(cue in low for cue in (*stems("own_side", lang), *stems("ours", lang)))
    return HOME.get(lang) if taken else None


def leaning(text: str, lang: str) -> Side | None:
    """Return the side whose enemies a text tells of, also where it does not speak as that side."""
    low = text.lower()
    leans = lang == "uk" and (BELITTLED.search(text) is not None or "наш" in low)
    return HOME[lang] if leans else own_side(text, lang)


def _whose_russian(low: str) -> Side:
    """Return whose "наши зенитчики" are in Russian, which both sides write: who is shot at tells.

    What flies at Ukraine's are Shaheds and Russia's missiles; what flies at Russia's is the "ВСУ".
    """
    russian = any(arm in low for arm in stems("russian_arm"))
    ukrainian = any(arm in low for arm in (*stems("ukrainian_arm"), *stems("ukraine", "ru")))
    return "Ukraine" if russian and not ukrainian else "Russia"


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


@lru_cache(MANY_WORDS)
def side_named(word: str, lang: str) -> str:
    """Return the side whose country or nationality a word names, not as what is held by it."""
    if word.startswith(stems("held")):
        return ""
    if word.startswith(stems("ukraine", lang)):
        return "Ukraine"
    return "Russia" if word.startswith(stems("russia", lang)) else ""


def occupied_in(marks: Sequence[Mark]) -> bool:
    """Tell whether a sentence is about territory that Russia holds: "Russian-occupied Donetsk"."""
    return any(
        mark.low.startswith(stems("held"))
        or (mark.low in cues("holds", "en") and _by_russia(marks[i + 1 : i + 4]))
        for i, mark in enumerate(marks)
    )


def _by_russia(after: Sequence[Mark]) -> bool:
    """Tell whether Russia is who did it: "parts of Kherson held by Moscow"."""
    by = len(after) > 1 and after[0].low == "by"
    return by and any(
        mark.low.startswith(stems("russia", "en")) or mark.low in {"moscow", "kremlin"}
        for mark in after[1:]
    )


def held_from_the_start(place: Place | None) -> bool:
    """Tell whether a place is a town that Russia's side has held since 2014: either may shell it.

    Not in English, which calls the regions by the same names.
    """
    return place is not None and place.name.lower() in cues("held_town")


def blamed_on_each_other(marks: Sequence[Mark]) -> bool:
    """Tell whether each side says that the other did it: "both countries blamed the other".

    Nor is it one side's where people were hit on "either side of the front".
    """
    words = " ".join(mark.low for mark in marks)
    if any(sides in words for sides in EITHER_SIDE):
        return True
    if not any(stem in words for stem in stems("blame")):
        return False
    for i, mark in enumerate(marks):
        if mark.low.startswith(stems("blame")):
            near = " ".join(m.low for m in marks[max(0, i - 3) : i + 5])
            if any(words in near for words in stems("each_other")):
                return True
    return False


EITHER_SIDE = (
    "either side of the", "both sides of the front", "обе стороны фронта", "opposed accounts",
    "conflicting accounts", "traded accusations", "traded blame", "взаємні звинувачення",
    "взаимные обвинения",
)  # fmt: skip


def owns_weapons(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether an army stands behind its weapons: "70 дронов ВСУ", not "5 дронів ЗСУ збили"."""
    noun, after = marks[at - 1] if at else None, marks[at + 1 : at + 2]
    if noun is None or noun.unit not in WEAPONS or noun.text.isascii():
        return False
    return not (after and after[0].event and after[0].low.endswith(ACTIVE))


def owner_of_weapons(marks: Sequence[Mark], at: int, lang: str) -> str:
    """Return the side whose army stands behind its weapons: "Ukraine" in "дронов ВСУ"."""
    owned = at < len(marks) and owns_weapons(marks, at)
    return weapons_of([marks[at].low], lang) if owned else ""


ACTIVE = ("ли", "ла", "ло", "ють", "ют", "ят", "ать")


def defender_in(marks: Sequence[Mark], event: int, lang: str) -> str:
    """Return the side whose defences bring down the weapons: "Russian air defences destroyed"."""
    for i in range(event - 1, max(-1, event - 8), -1):
        word = marks[i].low
        side = (
            "Ukraine"
            if word.startswith(stems("ukraine", lang))
            else "Russia"
            if word.startswith(stems("russia", lang)[:6])
            else ""
        )
        if side and marks[i].unit in ("", "person") and not owns_weapons(marks, i):
            between = marks[i + 1 : event]
            if any(m.event == "launched" for m in between):
                return ""  # "Росія запустила 40 дронів, ППО збила 30"
            if not between or all(m.tag in {"aux", "mod", "over"} for m in between):
                return side
            if any(m.low.startswith(stems("defence", lang)) for m in [*between, marks[i]]):
                return side
    return ""
