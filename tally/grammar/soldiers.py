"""Whose soldiers were hurt: "six Ukrainian servicemen", "the enemy lost 300 killed"."""

from collections.abc import Sequence

from tally.grammar.count import Count
from tally.grammar.cues import cues
from tally.grammar.killers import did_it_to
from tally.grammar.marks import Mark
from tally.grammar.sides import side_named, weapons_of
from tally.grammar.singulars import ARTICLES
from tally.model import OPPONENT, Side


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
            words = [marks[i].low, *(m.low for m in marks[max(0, i - 1) : i])]
            if side := weapons_of(words, lang) or _army_at(marks, i + 1, lang):
                return OPPONENT[side] if did_it_to(i, count, event, marks) else side
    return ""


def _described(marks: Sequence[Mark], count: Count) -> list[str]:
    """Return the words of a noun phrase, unknown ones too: "senior Russian naval officer"."""
    at = count.first
    while at and marks[at - 1].tag in {"word", "mod"} and marks[at - 1].low not in ARTICLES:
        at -= 1
    return [*(mark.low for mark in marks[at : count.first]), *count.mods]


def losers_of(marks: Sequence[Mark], count: Count, side: Side, lang: str) -> str:
    """Return whose army lost the soldiers: "росіяни втратили 300 загиблими", "the enemy lost".

    Whose enemy it is tells the side of who speaks; "боевики" are always the other side's.
    """
    if side in OPPONENT and any(word.startswith(FIGHTERS) for word in count.mods):
        return OPPONENT[side]
    lost = [i for i in range(count.first) if _loses(marks, i)]
    before = marks[max(0, lost[-1] - LOSER_REACH) : lost[-1]] if lost else ()
    for mark in reversed(before):
        word = mark.low
        if word.startswith(ENEMY) and side in OPPONENT:
            return OPPONENT[side]
        if named := side_named(word, lang):
            return named
    return ""


def _loses(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a word is what an army does with its soldiers, not "lost their lives"."""
    alone = marks[i].event != "killed"
    return alone and not cues("losing").isdisjoint(marks[i].low.split())


SHORT = 3  # letters: "рф", "ВСУ"


LOSER_REACH = 5  # marks


FIGHTERS = ("боевик", "бойовик")
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
    return side_named(mark.low, lang) if named else ""
