"""Words for an event that tell of none here: "took four drones to Kyiv", "made life hard"."""

from collections.abc import Sequence

from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark
from tally.grammar.nouns import WEAPONS


def says_nothing(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a word for an event says here that nothing happened to those counted."""
    told = (_of_purpose, _meant_to, _is_office, _has_losses, _only_lies, _own_body)
    return any(test(marks, i) for test in (*told, _takes_no_life, _on_paper, _brings_nothing_down))


def _only_lies(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether something has fallen that never lived: "pinned by fallen bricks"."""
    if marks[i].low not in cues("fallen") or i + 1 >= len(marks):
        return False
    after = marks[i + 1]
    return after.tag == "word" and not after.senses and after.text.islower()


def _has_losses(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether losses without a number are suffered: "suffered tremendous losses"."""
    if marks[i].low != "suffered":
        return False
    after = marks[i + 1 : i + 4]
    losses = any(mark.low in cues("losses") for mark in after)
    return losses and not any(mark.number is not None for mark in after)


def _brings_nothing_down(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a verb lacks the word that makes it a downing: "took four drones to Kyiv".

    It has one in "brought four drones down".
    """
    if marks[i].low not in cues("brings_down", "en"):
        return False
    after = marks[i + 1 : i + BROUGHT_WITHIN]
    weapon = next((at for at, mark in enumerate(after) if mark.unit in WEAPONS), len(after))
    behind = after[weapon + 1 : weapon + 3]
    return not any(mark.low in cues("down_behind", "en") for mark in behind)


BROUGHT_WITHIN = 9  # marks from "brought" to "down": "brought one of the four missiles down"


def _takes_no_life(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether nobody's life is taken: "made life difficult", "cost her a place"."""
    word = marks[i].low
    if word == "cost":
        return not any(mark.low in LIVES for mark in marks[i + 1 : i + TAKEN_WITHIN])
    if word not in LIVES:
        return False
    before = marks[max(0, i - TAKEN_WITHIN) : i]
    return not any(mark.low.startswith(stems("takes_life")) for mark in before)


LIVES = {"life", "lives", "their lives", "his life", "her life"}
TAKEN_WITHIN = 8  # marks between "cost" and "lives": "cost as many as 12 more people their lives"


def _on_paper(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a death is only what a paper certifies: "свидетельство о смерти жены"."""
    if marks[i].event != "killed":
        return False
    beside = marks[i + 1 : i + 2] if marks[i].low == "death" else marks[max(0, i - 2) : i]
    return any(mark.low.startswith(stems("paper")) for mark in beside)


def _of_purpose(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether an event is only what a thing or a site is for: "a device for launching"."""
    return i > 0 and marks[i - 1].low in PURPOSE


def _meant_to(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether harm is only meant: "he came to kill two soldiers", "хотели убить двоих"."""
    word = marks[i].low
    if word in TO_HARM:
        before = (mark.low for mark in marks[max(0, i - 3) : i])
        return not any(done.startswith(MANAGED) for done in before)
    done = i > 1 and marks[i - 2].low in cues("managed")  # "managed to shoot down 24"
    return i > 0 and marks[i - 1].low == "to" and word in HARM and not done


def _is_office(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether bodies are institutions: "three Russian bodies linked to the programme"."""
    if marks[i].low not in {"body", "bodies"} or not i:
        return False
    before = marks[i - 1]
    state = before.sense("countries") is not None or before.low in OF_STATE
    acts = before.tag == "word" and before.low.endswith(("ing", "ory"))
    return (state or acts) and not any(m.low in FOUND for m in marks[i + 1 : i + 5])


def _own_body(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a body is that of somebody wounded: "shrapnel wounds all over his body"."""
    owned = i > 1 and marks[i].low == "body" and marks[i - 1].low in cues("whose")
    over = owned and marks[i - 2].low in cues("upon_body")
    return over and not any(mark.low in FOUND for mark in marks[i + 1 : i + 5])


OF_STATE = {
    "russian", "ukrainian", "international", "government", "state", "public", "official", "un",
    "regulatory", "governing", "advisory", "legal", "key", "sporting", "sports", "judicial",
}  # fmt: skip
FOUND = {"found", "recovered", "retrieved", "discovered", "exhumed", "buried", "lay", "lying"}
TO_HARM = {"убить", "убивать", "ранить", "вбити", "убити", "вбивати", "поранити", "ранити"}
MANAGED = ("удал", "смог", "сумел", "вдал", "зміг", "змогли", "зумі")
HARM = {"kill", "injure", "wound", "hurt", "maim", "murder", "shoot down", "die"}
PURPOSE = {
    "для", "місце", "место", "місця", "места", "дальностью", "дальність", "дальністю", "радиус",
    "радиусом", "радіус", "радіусом",
}  # fmt: skip
