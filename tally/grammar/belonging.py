"""What belongs to the dead and the hurt is counted, not they: "120 родин загиблих захисників".

Ukrainian and Russian set the owner behind what is owned, without a preposition.
"""

from collections.abc import Sequence

from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark

ADJECTIVE = ("их", "ых", "іх", "їх", "і", "ї", "ые", "ие")
ADVERB = ("о", "е", "же", "ще")
OWNER = ("их", "ых")
RESIDENTS = ("ян", "чан", "жан", "ців", "цев")  # "5 містян поранених"
HURT = {"killed", "injured", "mixed"}
LONG = 3  # letters of a word that can be a noun


def of_the_hurt(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number before `at` counts kin or things of those killed or hurt."""
    while at < len(marks) and _describes(marks[at]):
        at += 1
    owner = marks[at + 1] if at + 1 < len(marks) else None
    if owner is None or owner.event not in HURT or not owner.low.endswith(OWNER):
        return False
    return _is_thing(marks[at]) or _is_kin(marks[at])


def _describes(mark: Mark) -> bool:
    word = mark.low
    noun = bool(mark.event or mark.unit) or word.endswith("ії")
    return not noun and word.isalpha() and word.endswith(ADJECTIVE)


def _is_thing(mark: Mark) -> bool:
    """Tell whether an unknown word is a noun of its own; bodies stand for who died."""
    word = mark.low
    if mark.tag != "word" or mark.senses or not mark.text.islower() or len(word) < LONG:
        return False
    return word not in cues("bodies") and not word.endswith((*ADVERB, *RESIDENTS))


def _is_kin(mark: Mark) -> bool:
    return mark.low.startswith(stems("kin"))
