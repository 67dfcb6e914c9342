"""Sentences without a subject of their own: "Дівчинка та її батько. Загинули від удару …"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.counts import find_counts
from tally.grammar.marks import read_marks
from tally.grammar.telling import EVENT, FIGURES, telling
from tally.text import Sentence

FRONT = 1  # marks before people with whom a sentence begins: an age
LONGEST = 200  # characters of a sentence that only names people
DIED = re.compile(
    r"(?:загинул[аои]|загинув|помер(?:л[аои])?|поранен[іоа]|погиб(?:л[аои])?|скончал(?:ся|ась|ись)"
    r"|ранен[ыао])"
    r" (?:від|внаслідок|унаслідок|під|в|у|на|от|вследствие|при|прямо|просто|миттєво|вдома|дома)\b",
    re.IGNORECASE,
)

DYING = ("загину", "помер", "погиб", "сконч", "ранен")  # one of them is in whatever DIED finds


def with_subjects(lines: Sequence[Sentence], text: str, lang: str) -> Sequence[Sentence]:
    """Return sentences in which one that only says what happened goes with those named before it.

    The one before names people and says nothing of them.
    """
    low = text.lower()
    if not any(word in low for word in DYING) or DIED.search(text) is None:
        return lines
    joined: list[Sentence] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and DIED.match(text, line.start) and _names(before, line, text, lang):
            joined[-1] = replace(before, end=line.end)
        else:
            joined.append(line)
    return joined


def _names(before: Sentence, line: Sentence, text: str, lang: str) -> bool:
    """Tell whether a sentence only names people, for the next one to go on with."""
    if before.paragraph != line.paragraph or before.end - before.start > LONGEST:
        return False
    if telling(lang, FIGURES).of(text[before.start : before.end]) & EVENT:
        return False
    named, own = (_people(text[each.start : each.end], lang) for each in (before, line))
    return bool(named) and named[0] <= FRONT and not own


def _people(body: str, lang: str) -> list[int]:
    """Return the marks at which a sentence counts people."""
    counts = find_counts(read_marks(body, 0, lang, None), lang)
    return [count.first for count in counts if count.unit == "person"]
