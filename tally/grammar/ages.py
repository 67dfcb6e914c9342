"""People told by an age each: "women aged 61 and 70", "жінки 61 та 70 років", "47- і 52-річний"."""

from collections.abc import Sequence

from tally.grammar.cues import cues
from tally.grammar.marks import Mark
from tally.grammar.singulars import AGE

AGED = {"aged", "ages", "віком", "возрастом", "возрасте", "віці"}
LINKS = {"conj", "comma"}
OLDEST = 110
MOST = 12  # people named by their ages
YEARS = {"en": "years", "uk": "років", "ru": "лет"}


def run_of_ages(marks: Sequence[Mark], at: int, lang: str) -> tuple[int, int]:
    """Return how many ages begin at a mark, and the mark of the last; (0, at) where none do.

    >>> run_of_ages([], 0, "en")
    (0, 0)
    """
    told, number, last = at, 0, at
    while told < len(marks) and number < MOST and _may_be_age(marks[told]):
        number, last = number + 1, told
        linked = told + 1 < len(marks) and marks[told + 1].tag in LINKS
        told += 2 if linked else 1
        if not linked:
            break
    said = last + 1 < len(marks) and marks[last + 1].low in {
        *cues("age_noun", lang),
        YEARS[lang],
    }
    aged = at > 0 and marks[at - 1].low in AGED
    return (number, last) if number and (said or aged) else (0, at)


def people_by_age(marks: Sequence[Mark], at: int, lang: str) -> tuple[int, int]:
    """Return how many people a plural without a number means, each told by an age; and its end."""
    after = at + 1
    while after < len(marks) and (marks[after].low in AGED or marks[after].is_a("over")):
        after += 1
    joined = at > 1 and marks[at - 1].tag in LINKS and bool(marks[at - 2].sense("singulars"))
    number, last = run_of_ages(marks, after, lang)
    return (0, at) if joined or number < 2 else (number, last)


def hanging_ages(marks: Sequence[Mark], at: int) -> tuple[int, int]:
    """Return how many ages share the end of the last: "47- і 52-річний"; and the mark of that one.

    >>> hanging_ages([], 0)
    (0, 0)
    """
    told, number = at, 0
    while told + 1 < len(marks) and number < MOST and _hangs(marks, told):
        number, told = number + 1, told + 2
        while told < len(marks) and (marks[told].tag in LINKS or marks[told].low in ARTICLES):
            told += 1
    ends = number and told < len(marks) and AGE.match(marks[told].text)
    return (number + 1, told) if ends else (0, at)


ARTICLES = {"a", "an"}


def _hangs(marks: Sequence[Mark], at: int) -> bool:
    dash = marks[at + 1]
    return _may_be_age(marks[at]) and dash.tag == "dash" and dash.start == marks[at].end


def _may_be_age(mark: Mark) -> bool:
    return mark.number is not None and mark.tag == "number" and 0 < mark.number < OLDEST
