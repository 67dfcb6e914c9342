"""What occurs anywhere in a sentence, told once: so that most rules need not look at its marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from tally.grammar.marks import Mark


@dataclass(frozen=True, slots=True)
class Gist:
    """The words of a sentence, the kinds of them (see `marks.Meaning`), and whether it has dates.

    A run of words that is one mark is one word here.
    """

    words: frozenset[str]
    kinds: int
    dated: bool


def gist_of(marks: Sequence[Mark]) -> Gist:
    """Return what occurs in a sentence."""
    kinds, dated = 0, False
    for mark in marks:
        kinds |= mark.meaning.kinds
        dated |= mark.date is not None
    return Gist(frozenset([mark.low for mark in marks]), kinds, dated)
