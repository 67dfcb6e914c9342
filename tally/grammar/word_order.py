"""Who stands behind a verb in Russian and Ukrainian: "Харьков обстреляли российские войска".

Weapons and people there did it, by the ending of their adjective; of an army's "войска", whose
nominative is its accusative too, the word before the verb tells.
"""

from collections.abc import Sequence

from tally.grammar.cues import stems
from tally.grammar.marks import Mark
from tally.grammar.nouns import WEAPONS


def does_it(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether those whose nationality stands at mark `i`, behind a verb, are its subject."""
    after = marks[i + 1] if i + 1 < len(marks) else None
    if after is not None and after.unit in WEAPONS:
        return True
    if marks[i].unit == "person":
        return bool(marks[i].low.endswith(NOUNS))
    words = [*marks[i].low.split(), *(after.low.split() if after is not None else ())]
    adjective, noun = words[0], words[1] if len(words) > 1 else ""
    people = after is not None and after.unit == "person"
    if not (people or noun.startswith(_forces())):
        return False
    if adjective.endswith(SINGULAR):
        return True
    if noun in SAME_AS_OBJECT:
        return i > 1 and _is_object(marks[i - 2], marks[i - 1])
    return bool(adjective.endswith(PLURAL))


SINGULAR = ("ая", "ька")  # "российская авиация", whose accusative is "российскую"
PLURAL = ("ие", "ые", "кі", "ні")  # of persons, whose accusative has another ending
NOUNS = ("ы", "и", "і")  # "окупанти", whose accusative is "окупантів"
SAME_AS_OBJECT = {
    "войска", "війська", "силы", "сили", "части", "частини", "подразделения", "підрозділи",
}  # fmt: skip


def _forces() -> tuple[str, ...]:
    return (*stems("attacking", "ru"), *stems("attacking", "uk"), *stems("unit_of_army"))


def _is_object(before: Mark, verb: Mark) -> bool:
    """Tell whether the word before a verb is what was struck: a town, an accusative.

    So is one thing before a verb in the plural: "рынок обстреляли российские войска".
    """
    if before.sense("places") is not None:
        return True
    noun = before.tag == "word" and before.sense("speakers") is None
    one = verb.low.endswith("ли") and not before.low.endswith(OF_SEVERAL)
    return noun and (one or before.low.endswith(OBJECT))


OBJECT = ("у", "ю")
OF_SEVERAL = ("и", "ы", "і", "а", "я", "е")
