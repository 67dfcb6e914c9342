"""Countries and capitals that speak: "Kyiv says", "according to Moscow", "by Kyiv's count"."""

from collections.abc import Sequence
from functools import cache

from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark, meant_by_owner
from tally.vocabulary import Sense


def itself_or_owner(mark: Mark, table: str) -> Sense | None:
    """Return what a word means in a table, also as an owner: "Kyiv", "by Kyiv's count"."""
    if (own := mark.sense(table)) is not None or not mark.low.endswith("'s"):
        return own
    return next((sense for sense in meant_by_owner(mark) if sense.table == table), None)


def says(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a country or capital speaks: "Kyiv says", "Moscow, for its part, claimed".

    Behind its figures it speaks the other way round: "…, says Ukraine".
    """
    if marks[i].low.endswith("'s"):
        owned = marks[i + 1].low if i + 1 < len(marks) else ""
        return i > 0 and marks[i - 1].low == "by" and owned in cues("reckoning", "en")
    if i and marks[i - 1].low in cues("beside_it", "en"):
        return False  # "the region, which borders Ukraine, said"
    if i > 2 and marks[i - 1].tag == "comma" and marks[i - 3].is_a("over"):
        return False  # "in Przemysl, Poland, refugees described …"
    if i > 1 and marks[i - 1].low in INVERTED and marks[i - 2].tag == "comma":
        return True
    if i and marks[i].low in _itself() and marks[i - 1].is_a("report"):
        return not _of_its_body(marks, i)  # "сообщила Россия", "по данным Киева"
    if by_whom_told(marks, i) and not _of_its_body(marks, i):
        return True
    if says_then(marks, i):
        return True
    after = marks[i + 1 : i + 6]
    for mark in after:
        if mark.low in {SOURCE, "reportedly", "allegedly", "it"} or mark.tag == "sub":
            return False
        if mark.sense("markers", "report") and mark.low not in {
            "data",
            "figures",
            "count",
        }:
            return not (i and marks[i - 1].is_a("over"))
        if (
            mark.event
            or mark.number is not None
            or mark.text in {"'", "'s"}
            or mark.sense("speakers")
            or mark.is_a("speaker", "governor", "mayor", "ministry", "army")
        ):
            return False
    return False


def says_then(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a second verb says so: "Ukraine condemned the attack, saying", "… and said".

    Who begins the sentence says it, when nobody else who could speak is named between.
    """
    begins = all(mark.low in ARTICLES for mark in marks[:i])
    if not begins or marks[i].low.endswith("'s"):
        return False
    for at in range(i + 2, min(len(marks), i + SAYS_WITHIN)):
        mark, before = marks[at], marks[at - 1]
        if mark.sense("speakers") or mark.is_a("speaker", *OFFICES) or mark.number is not None:
            return False
        if mark.is_a("report") and (before.tag in {"comma", "conj"} or before.low == "but"):
            return before.tag != "comma" or _is_gerund(mark, marks[at + 1 : at + 3])
    return False


SAYS_WITHIN = 14  # marks


def _is_gerund(mark: Mark, behind: Sequence[Mark]) -> bool:
    """Tell whether a verb goes with another: "saying", "заявивши", Russian "заявив, что"."""
    russian = mark.low.endswith("ив") and any(after.low == "что" for after in behind)
    return russian or mark.low.split()[0].endswith(("ing", "вши"))


OFFICES = ("governor", "mayor", "ministry", "army", "official", "president", "police")


@cache
def _itself() -> frozenset[str]:
    return cues("state_itself", "uk") | cues("state_itself", "ru")


def by_whom_told(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a report is of who follows: "according to X", "confirmed by the X"."""
    before = [mark for mark in marks[max(0, i - 3) : i] if mark.low not in ARTICLES]
    if not before:
        return False
    passive = before[-1].low == "by" and len(before) > 1 and before[-2].is_a("report")
    return passive or before[-1].low in {SOURCE, "reported by"}


ARTICLES = {"a", "an", "the"}


def _of_its_body(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a body or an office follows a country's name: "according to Kyiv officials"."""
    after = marks[i + 1 : i + 4]
    return any(
        mark.sense("speakers") or mark.sense("titles") or mark.low.startswith(stems("body"))
        for mark in after
        if mark.tag not in {"comma", "sub"}
    )


INVERTED = {"says", "said", "claims"}
SOURCE = "according to"
