"""Which events an implied one can have met: "a man was killed", "сбит БПЛА", "a missile hit"."""

from collections.abc import Sequence

from tally.grammar.count import Count
from tally.grammar.marks import Mark


def plainly_one(count: Count, i: int, event: str, marks: Sequence[Mark]) -> bool:
    """Accept an implied one: a person always, a drone or missile as what was downed or what hit."""
    if any(mark.tag == "perhaps" for mark in marks[count.last : i]):
        return False
    if count.unit == "person":
        return not (marks[i].low.endswith(MANY) or _with_another(count, i, marks))
    if event == "intercepted" and (_acts_itself(count, i, marks) or _did_it(count, i, marks)):
        return False
    if count.means:  # "an attack with a drone" is of one; "атакували безпілотником" of any number
        near = count.first - i <= NEAR and marks[i].low in AN_ATTACK
        return i < count.first and (event == "hit" or near)
    if marks[count.first].low in UNDECLINED and event in {"intercepted", "lost"}:
        return marks[i].low.endswith(ONE_OF_THEM)
    if event in {"intercepted", "lost"}:
        return not marks[i].low.startswith(NOT_A_DEED) or i == count.first - 1
    if event == "hit" and i < count.first and _by_it(count, i, marks):
        return True
    if event == "hit" and _struck_by_one(count, i, marks):
        return True
    plural = marks[count.first].low in UNDECLINED and marks[i].low.endswith(PLURAL)
    return event == "hit" and i > count.last and not plural


AN_ATTACK = {"атака", "атаку", "атаки", "атаке", "атакой", "атакою", "атаці"}


def _with_another(count: Count, i: int, marks: Sequence[Mark]) -> bool:
    """Tell whether somebody of an unknown trade was hurt too: "водій і старший машини загинули"."""
    behind = marks[count.last + 1 : count.last + 3]
    joined = len(behind) > 1 and behind[0].tag == "conj" and behind[1].tag == "word"
    told = any(mark.is_a("person", "child") for mark in marks[count.last + 3 : i])
    return joined and not told and i > count.last + 2 and marks[i].low.endswith(TOGETHER)


TOGETHER = ("гибли", "гинули", "дали", "ранены", "ранені")


def _struck_by_one(count: Count, i: int, marks: Sequence[Mark]) -> bool:
    """Tell whether one weapon is the subject behind a verb: "У будинок влучив дрон"."""
    verb, noun = marks[i].low.split()[0], marks[count.last].low
    near = 0 < count.first - i <= BEHIND
    return near and verb.endswith(ONE_DID) and not noun.endswith(OBLIQUE)


BEHIND = 3  # marks from a verb to its subject: "влучив ворожий ударний дрон"
ONE_DID = ("ив", "ів", "ла", "ал", "ел", "ил")
OBLIQUE = ("ом", "ем", "ою", "ой", "ей", "у", "и", "ы", "ів", "ов")


def _by_it(count: Count, i: int, marks: Sequence[Mark]) -> bool:
    """Tell whether one weapon is what struck: "a hotel was struck by a ballistic missile"."""
    return i + 1 < len(marks) and marks[i + 1].low == "by" and count.first - i <= NEAR


NEAR = 5  # marks from the verb to the weapon: "hit by a Russian ballistic missile"


def _acts_itself(count: Count, i: int, marks: Sequence[Mark]) -> bool:
    return i > count.last and marks[i].low.endswith(ACTIVE)


def _did_it(count: Count, i: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a weapon is what sank or destroyed something: "sunk by a Ukrainian missile"."""
    before = [mark.low for mark in marks[max(0, count.first - 4) : count.first]]
    return i < count.first and "by" in before


ACTIVE = ("знищує", "знищив", "знищила", "уничтожает", "уничтожил", "уничтожила", "destroys")
PLURAL = ("ли", "лись", "лися", "ють", "ают", "яют")


UNDECLINED = {"бпла", "бла"}


ONE_OF_THEM = ("ен", "ан", "ит", "бит", "ено", "ний", "тий", "то", "но")


NOT_A_DEED = ("перехвата", "перехвату", "уничтожени", "сбити", "знищенн", "перехопленн", "збитт")


MANY = ("их", "ых", "ими", "ыми")  # "жінки загиблих", "she sees the wounded"
