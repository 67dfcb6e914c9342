"""Documents with nearly the same text: reposts and agency stories, one source printed often.

Candidates come from sketches of runs of words; each is then compared word by word. Texts
that differ in a number are never copies: communiques of two nights differ in nothing else.
"""

import datetime as dt
from collections import defaultdict
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from tally.documents.sketches import LEAST_WORDS, PERMUTATIONS, Sketch, runs_of, words_of
from tally.documents.stating import needs_extra
from tally.model import KYIV, Document, published_at
from tally.vocabulary import rows

LONGEST = 3_000  # words that are compared one by one
ALIKE = 0.7  # of the runs of both
HELD = 0.85  # of the runs of the shorter one
DAYS_APART = dt.timedelta(days=3)
BANDS = 32


class Copies:
    """The documents that are known, to be asked which of them another is a copy of."""

    def __init__(self) -> None:
        """Know nothing yet."""
        try:
            import rensa
        except ImportError as error:
            what = "telling copies"
            raise needs_extra(what, error) from error
        self._index: Any = rensa.RMinHashLSH(0.5, PERMUTATIONS, BANDS)
        self._known: list[Document] = []
        self._same: dict[tuple[str, ...], list[int]] = defaultdict(list)

    def add(self, document: Document, sketch: Sketch) -> None:
        """Know this document too, by the sketch of its text."""
        number = len(self._known)
        self._known.append(document)
        if sketch is None:
            self._same[tuple(words_of(document.text))].append(number)
        else:
            self._index.insert(number, sketch)

    def original_of(self, document: Document, sketch: Sketch) -> str:
        """Return the id of the document that this is a copy of, "" when it is of none."""
        words = words_of(document.text)
        found = self._same.get(tuple(words), []) if sketch is None else self._index.query(sketch)
        near: list[int] = sorted(found)
        for other in (self._known[number] for number in near):
            apart = other.id == document.id or not _near_in_time(document, other)
            if not apart and are_copies(words, words_of(other.text)):
                return other.copy_of or other.id
        return ""


def are_copies(words: list[str], others: list[str]) -> bool:
    """Tell whether two texts, as words, are one text, with the same figures in it."""
    if words == others:
        return True
    if min(len(words), len(others)) < LEAST_WORDS:
        return False
    mine, theirs = runs_of(words), runs_of(others)
    shared = len(mine & theirs)
    near = shared >= ALIKE * len(mine | theirs) or shared >= HELD * min(len(mine), len(theirs))
    return near and not _figures_differ(words, others)


def _figures_differ(words: list[str], others: list[str]) -> bool:
    """Tell whether a figure stands where the other text has something else.

    What one text has more of, a date line or a further paragraph, may hold figures of its own.
    """
    short, long = sorted((words[:LONGEST], others[:LONGEST]), key=len)
    steps = SequenceMatcher(None, short, long, autojunk=False).get_opcodes()
    return any(
        _has_figure(short[a:b]) or (kind == "replace" and _has_figure(long[c:d]))
        for kind, a, b, c, d in steps
        if kind != "equal"
    )


def _has_figure(words: list[str]) -> bool:
    spelled = _numerals()
    return any(word in spelled or any(map(str.isdigit, word)) for word in words)


@cache
def _numerals() -> frozenset[str]:
    return frozenset(row["form"] for row in rows("numerals") if row["tag"] != "vague")


def _near_in_time(one: Document, other: Document) -> bool:
    """Tell whether one may be printed from the other.

    A publisher that says the same on another day tells of another event: "tonight, too, …".
    """
    if not (one.published and other.published):
        return True
    if one.publisher and one.publisher == other.publisher:
        return _day(one.published) == _day(other.published)
    apart = published_at(one.published) - published_at(other.published)
    return abs(apart) <= DAYS_APART


def _day(published: str) -> dt.date:
    return published_at(published).astimezone(KYIV).date()
