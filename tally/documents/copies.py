"""Documents with nearly the same text: reposts and agency stories, one source printed often.

Candidates come from sketches of runs of words; each is then compared word by word. Texts
that differ in a number are never copies: communiques of two nights differ in nothing else.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from tally.documents.candidates import LONGEST, Candidates, is_figure
from tally.documents.sketches import LEAST_WORDS, Sketch, runs_of, words_of
from tally.model import Document

ALIKE = 0.7  # of the runs of both
HELD = 0.85  # of the runs of the shorter one
KEPT = 2_048  # texts as words: a channel that repeats itself is compared with the same ones


class Copies:
    """The documents that are known, to be asked which of them another is a copy of."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._candidates = Candidates()

    def add(self, document: Document, sketch: Sketch) -> None:
        """Know this document too, by the sketch of its text."""
        self._candidates.add(document, sketch)

    def original_of(self, document: Document, sketch: Sketch) -> str:
        """Return the id of the document that this is a copy of, "" when it is of none."""
        mine = _wording(document.text)
        for other in self._candidates.of(document, sketch):
            if _same_text(mine, _wording(other.text)):
                return other.copy_of or other.id
        return ""


@dataclass(frozen=True, slots=True)
class _Wording:
    """A text as its words and their runs."""

    words: list[str]
    runs: set[str]


def are_copies(words: list[str], others: list[str]) -> bool:
    """Tell whether two texts, as words, are one text, with the same figures in it."""
    return _same_text(_Wording(words, runs_of(words)), _Wording(others, runs_of(others)))


def _same_text(one: _Wording, other: _Wording) -> bool:
    if one.words == other.words:
        return True
    if min(len(one.words), len(other.words)) < LEAST_WORDS:
        return False
    shared, shorter = len(one.runs & other.runs), min(len(one.runs), len(other.runs))
    both = len(one.runs) + len(other.runs) - shared
    near = shared >= ALIKE * both or shared >= HELD * shorter
    return near and not _figures_differ(one.words, other.words)


@lru_cache(KEPT)
def _wording(text: str) -> _Wording:
    words = words_of(text)
    return _Wording(words, runs_of(words))


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
    return any(map(is_figure, words))
