"""Documents with nearly the same text: reposts and agency stories, one source printed often.

Candidates come from MinHash over runs of three words; each is then compared word by word. Texts
that differ in a number are never copies: communiques of two nights differ in nothing else.
"""

import datetime as dt
import re
from collections import defaultdict
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from tally.documents.stating import needs_extra
from tally.model import KYIV, Document, published_at
from tally.vocabulary import rows

RUN = 3  # words
LONGEST = 3_000  # words that are compared one by one
LEAST_WORDS = 12
ALIKE = 0.7  # of the runs of both
HELD = 0.85  # of the runs of the shorter one
DAYS_APART = dt.timedelta(days=3)
PERMUTATIONS, BANDS, SEED = 128, 32, 1

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ADDRESS = re.compile(r"https?://\S+")


class Copies:
    """The documents that are known, to be asked which of them another is a copy of."""

    def __init__(self) -> None:
        """Know nothing yet."""
        try:
            import rensa
        except ImportError as error:
            what = "telling copies"
            raise needs_extra(what, error) from error
        self._hashing: Any = rensa.RMinHash
        self._index: Any = rensa.RMinHashLSH(0.5, PERMUTATIONS, BANDS)
        self._known: list[Document] = []
        self._same: dict[tuple[str, ...], list[int]] = defaultdict(list)

    def add(self, document: Document) -> None:
        """Know this document too."""
        words = words_of(document.text)
        number = len(self._known)
        self._known.append(document)
        if len(words) >= LEAST_WORDS:
            self._index.insert(number, self._minhash(words))
        else:
            self._same[tuple(words)].append(number)

    def original_of(self, document: Document) -> str:
        """Return the id of the document that this is a copy of, "" when it is of none."""
        words = words_of(document.text)
        near: list[int]
        if len(words) >= LEAST_WORDS:
            near = self._index.query(self._minhash(words))
        else:
            near = self._same.get(tuple(words), [])
        for other in (self._known[number] for number in sorted(near)):
            apart = other.id == document.id or not _near_in_time(document, other)
            if not apart and are_copies(words, words_of(other.text)):
                return other.copy_of or other.id
        return ""

    def _minhash(self, words: list[str]) -> Any:
        minhash = self._hashing(PERMUTATIONS, SEED)
        minhash.update(sorted(_runs(words)))
        return minhash


def are_copies(words: list[str], others: list[str]) -> bool:
    """Tell whether two texts, as words, are one text, with the same figures in it."""
    if words == others:
        return True
    if min(len(words), len(others)) < LEAST_WORDS:
        return False
    mine, theirs = _runs(words), _runs(others)
    shared = len(mine & theirs)
    near = shared >= ALIKE * len(mine | theirs) or shared >= HELD * min(len(mine), len(theirs))
    return near and not _figures_differ(words, others)


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, addresses left out.

    >>> words_of("Two people died in Sumy: https://t.me/x/1")
    ['two', 'people', 'died', 'in', 'sumy']
    """
    return [word.casefold() for word in _WORD.findall(_ADDRESS.sub(" ", text))]


def _runs(words: list[str]) -> set[str]:
    return {" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}


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
