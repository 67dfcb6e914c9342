"""Whether a place is where something or somebody came from: not where anything happened."""

import re
from collections.abc import Sequence

from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark

FROM = {"en": {"from"}, "uk": {"з", "із", "зі", "від"}, "ru": {"из", "с", "со", "от"}}
TAKEN_OUT = {"exhumed", "recovered", "pulled", "retrieved", "removed"}


def is_origin(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether the place is one that drones came from: after "from", "з напрямків"."""
    only_names = True
    for back in range(i - 1, -1, -1):
        mark = marks[back]
        word = mark.low
        if word in FROM[lang] and marks[back + 1].text == ".":
            return False  # "с. Урожайное": a village
        if word in FROM[lang] and (only_names or i - back <= REACH):
            behind = marks[i + 1 : i + 2] if lang == "en" else ()
            if any(_of_attack(other) for other in (*marks[back + 1 : i], *behind)):
                return False  # "від удару по Харкову", "from the Kharkiv strike"
            before = marks[back - 1] if back else None
            armed = any(other.unit in {"drone", "missile"} for other in marks[:back])
            lives = before is not None and (
                ((before.number is not None or before.tag == "dash") and not armed)
                or before.tag == "aux"
                or (before.unit == "person" and not _fell_elsewhere(marks, back, i, lang))
            )
            taken = before is not None and before.low in TAKEN_OUT
            return not (lives or taken)
        if word.startswith(("напрям", "направлени", "direction", "пуск")):
            return True
        if mark.event or mark.number is not None or (mark.is_a("over") and word not in FROM[lang]):
            return False
        only_names &= mark.tag in LISTED or _of_a_list(mark)
    return False


def is_birthplace(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a place is where somebody was born: "уродженець Тернополя", "a native of X"."""
    before = " ".join(mark.low for mark in marks[max(0, i - 2) : i])
    return BORN.search(before) is not None


BORN = re.compile(r"(?:уродженк?|уродженец|уроженк?|уроженец|native of)\w*$")


def is_destination(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a place is where people went: "212 people had left by bus for the X region"."""
    toward = False
    for mark in reversed(marks[max(0, i - REACH) : i]):
        toward |= mark.low in cues("to_place")
        if mark.low.startswith(stems("goes_away")):
            return toward
        if mark.event or mark.tag in {"comma", "semicolon"} or mark.sense("places"):
            return False
    return False


def _fell_elsewhere(marks: Sequence[Mark], back: int, i: int, lang: str) -> bool:
    """Tell whether "from" says where somebody was born or lived, not where it happened.

    So it is of soldiers, and of anybody where the sentence says where else: "two from X, in Y".
    """
    person = marks[back - 1].sense("units", "person")
    if person is not None and person.value == "military":
        return True
    return any(
        mark.sense("places") is not None
        and not mark.sense("places", "whole")
        and at > 0
        and marks[at - 1].is_a("over")
        and marks[at - 1].low not in FROM[lang]
        for at, mark in enumerate(marks)
        if not back <= at <= i
    )


def _of_a_list(mark: Mark) -> bool:
    """Tell whether a mark stands in a list of places: a name, or a word that says whose or what."""
    word = mark.low
    whose = mark.sense("units", "mod") is not None or word.startswith(stems("held"))
    unknown = mark.tag == "word" and mark.text[:1].isupper()  # a village no table names
    return mark.sense("places") is not None or whose or unknown or word in cues("listed_place")


REACH = 8  # marks; beyond them only a list of places goes on
LISTED = {"comma", "conj", "open", "close"}


def _of_attack(mark: Mark) -> bool:
    """Tell whether a place only names an attack: "from the Chernihiv missile strike"."""
    people = mark.event in {"killed", "injured"} or mark.unit == "person"
    return not people and (bool(mark.event) or bool(mark.unit))
