"""Ages and nicknames, taken out of a sentence before it is read: "a man, 46, and …".

Ages count nobody, and their commas would cut what belongs together: "two men, 46 and 52, were
killed" says of two men what "two men were killed" says. The person keeps the age. Nor would a
name be one with "Marcel" in the middle of it: "General Serhii “Marcel” Melnyk".
"""

from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.ages import AGED, OLDEST, YEARS
from tally.grammar.cues import cues
from tally.grammar.marks import Mark
from tally.grammar.singulars import is_somebody

LINKS = {"comma", "conj", "dash"}
SPANS = {"to", "and", "between", "from", "від", "до", "от", "at", "в", "у"}
LEADING = AGED | SPANS
NOUN_PHRASE = 5  # marks before a noun in which its number stands
GOES_ON = {"conj", "aux", "comma", "close"}
CLOSES = {"comma", "close", "sign", "conj", "aux", "dash", "semicolon", "sub"}


def without_ages(marks: Sequence[Mark], lang: str) -> Sequence[Mark]:
    """Return the marks of a sentence without the ages that are set off behind people."""
    if not any(mark.tag == "number" for mark in marks):
        return marks
    kept: list[Mark] = []
    at = 0
    while at < len(marks):
        last, age = _ages(marks, at, lang, kept)
        if last > at:
            kept[-1] = replace(kept[-1], age=age)
            at = last + (1 if _closing(marks, last, at) else 0)
        else:
            kept.append(marks[at])
            at += 1
    return kept


def without_nicknames(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Return the marks of a sentence without a name in quotes inside of a name."""
    inside = {
        at
        for i in range(1, len(marks) - 3)
        if marks[i].tag == marks[i + 2].tag == "quote" and _names(marks, i)
        for at in (i, i + 1, i + 2)
    }
    return [mark for at, mark in enumerate(marks) if at not in inside] if inside else marks


def _names(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether words before, in and behind quotes are parts of somebody's name."""
    parts = (marks[i - 1], marks[i + 1], marks[i + 3])
    return all(mark.tag == "word" and mark.text.istitle() for mark in parts)


def _ages(marks: Sequence[Mark], at: int, lang: str, kept: Sequence[Mark]) -> tuple[int, float]:
    """Return the mark behind ages that begin at `at` and the youngest; `at` where none do."""
    comma = marks[at].tag == "comma"
    if not (comma or marks[at].low in LEADING) or not kept or not _who(kept[-1]):
        return at, 0
    begin = at + comma
    first = begin
    while first < len(marks) and marks[first].low in LEADING:
        first += 1
    aged = any(mark.low in AGED for mark in marks[begin:first])
    if first > begin and not aged:
        return at, 0
    ages, last = _run(marks, first)
    after = marks[last].low if last < len(marks) else ""
    said = after in cues("age_noun", lang) or after == YEARS[lang]
    last += said
    closed = last >= len(marks) or marks[last].tag in CLOSES
    if not ages or not closed or not (aged or comma):
        return at, 0
    told = aged or said or _plain(marks, last)
    span = aged and any(mark.tag == "dash" for mark in marks[first:last])
    many = span or _as_many(kept, len(ages), aged=aged)
    return (last, min(ages)) if told and many else (at, 0)


def _run(marks: Sequence[Mark], first: int) -> tuple[list[float], int]:
    """Return the ages of a run: "46", "46 and 52", "3 to 11", and the mark behind it."""
    ages: list[float] = []
    at = first
    while at < len(marks) and marks[at].tag == "number" and 0 < (marks[at].number or 0) < OLDEST:
        ages.append(marks[at].number or 0)
        at += 1
        if [mark.tag for mark in marks[at : at + 3]] == ["comma", "conj", "number"]:
            at += 1  # "aged 22, 26, and 54"
        linked = at + 1 < len(marks) and marks[at + 1].tag == "number"
        if not linked or not (marks[at].tag in LINKS or marks[at].low in SPANS):
            break
        at += 1
    return ages, at


def _plain(marks: Sequence[Mark], last: int) -> bool:
    """Tell whether a bare number ends where an age would: before a comma, not before a noun."""
    return last >= len(marks) or marks[last].tag in {"comma", "sign", "close"}


def _who(mark: Mark) -> bool:
    """Tell whether a mark names somebody: a person's noun, or a name."""
    named = mark.tag == "word" and mark.text[:1].isupper() and mark.text[1:2].islower()
    return named or is_somebody(mark)


def _as_many(kept: Sequence[Mark], ages: int, *, aged: bool) -> bool:
    """Tell whether as many people are named as ages are given; a span is of any number."""
    phrase: list[Mark] = []
    for mark in reversed(kept[-NOUN_PHRASE:]):
        if mark.tag in {"comma", "conj", "aux"} and phrase:
            break
        phrase.append(mark)
    numbers = [mark.number for mark in phrase if mark.number is not None]
    single = kept[-1].sense("singulars") is not None or kept[-1].unit != "person"
    if numbers:
        return aged or numbers[0] == ages
    return single and ages == 1


def _closing(marks: Sequence[Mark], last: int, at: int) -> bool:
    """Tell whether the comma behind an age only closes it: "a man, 46, and …"."""
    if last + 1 >= len(marks) or marks[last].tag != "comma" or marks[at].tag != "comma":
        return False
    return marks[last + 1].tag in GOES_ON or bool(marks[last + 1].event)
