"""Whether a name of a place is one in its sentence: not a government, an origin, a surname."""

from collections.abc import Sequence

from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark

FROM = {"en": {"from"}, "uk": {"з", "із", "зі", "від"}, "ru": {"из", "с", "со", "от"}}


def is_place(marks: Sequence[Mark], i: int, lang: str, tags: set[str]) -> bool:
    """Tell whether a name that may be a place is one here."""
    mark, before = marks[i], marks[i - 1] if i else None
    after = marks[i + 1] if i + 1 < len(marks) else None
    word = mark.text.lower()
    if _origin(marks, i, lang):
        return False
    if (
        i >= 2
        and before is not None
        and before.is_a("over")
        and marks[i - 2].is_a("ministry", "army")
    ):
        return False
    if "whole" in tags and i >= 2 and before is not None and before.text.lower() == "of":
        return not marks[i - 2].sense("speakers")
    if lang == "en" and after is not None and (after.sense("titles") or after.sense("speakers")):
        return False
    if lang == "en" and word in cues("capital") and _metonym(before, after):
        return False
    if tags == {"adjective"}:
        unit = after is not None and after.text.lower().startswith(stems("unit_noun"))
        listed = before is not None and (
            before.is_a("over")
            or before.tag in {"comma", "conj", "open", "number"}
            or before.text.lower().startswith("территор")
        )
        return unit or (listed and (after is None or after.tag in BREAKING))
    if tags == {"common"}:
        listed = (
            after is not None
            and after.number is not None
            and (before is None or before.tag in {"comma", "conj"})
        )
        return listed or (before is not None and before.text.lower() in cues("place_cue", lang))
    return True


BREAKING = {
    "comma",
    "conj",
    "close",
    "open",
    "semicolon",
    "sign",
    "dash",
    "colon",
    "place",
    "adjective",
}


def _metonym(before: Mark | None, after: Mark | None) -> bool:
    if before is not None and before.text.lower() in {
        "in",
        "on",
        "over",
        "near",
        "at",
        "around",
        "outside",
        "of",
        "toward",
        "towards",
        "across",
        "into",
        "central",
        "for",
        "above",
        "hit",
        "hitting",
        "struck",
        "within",
        "southern",
        "western",
        "eastern",
        "northern",
        "approaching",
        "headed",
        "to",
        "targeting",
        "against",
    }:
        return False
    if after is None:
        return False
    return after.is_a("report", "aux", "launched") or after.text.startswith("'") or before is None


def _origin(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether the place is one that drones came from: after "from", "з напрямків"."""
    for back in range(i - 1, max(-1, i - 9), -1):
        mark = marks[back]
        word = mark.text.lower()
        if word in FROM[lang]:
            if i + 1 < len(marks) and _of_attack(marks[i + 1]):
                return False
            lives = back and (marks[back - 1].number is not None or marks[back - 1].tag == "aux")
            return not lives
        if word.startswith(("напрям", "направлени", "direction")):
            return True
        if mark.event or mark.number is not None or (mark.is_a("over") and word not in FROM[lang]):
            return False
    return False


def _of_attack(mark: Mark) -> bool:
    """Tell whether a place only names an attack: "from the Chernihiv missile strike"."""
    return bool(mark.event) or mark.sense("units") is not None
