"""A text and its sentences, each read into marks once: when first asked for, whoever asks."""

import datetime as dt
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

from tally.grammar.asides import without_ages, without_nicknames
from tally.grammar.count import Count
from tally.grammar.counts import find_counts
from tally.grammar.marks import Mark, read_marks
from tally.grammar.telling import FIGURES, SCENES, telling
from tally.text import Sentence


@dataclass(frozen=True, slots=True)
class Marked:
    """A cleaned text cut into sentences; `published` is the day that its dates are read against.

    `gives` tells of sentences that have been looked at whether they may give a figure.
    """

    text: str
    lines: Sequence[Sentence]
    lang: str
    published: dt.date | None
    _marks: dict[int, Sequence[Mark]] = field(default_factory=dict)
    _counts: dict[int, list[Count]] = field(default_factory=dict)
    _told: dict[int, int] = field(default_factory=dict)
    _set: dict[int, int] = field(default_factory=dict)
    gives: dict[int, bool] = field(default_factory=dict)

    def body(self, number: int) -> str:
        """Return the words of a sentence."""
        sentence = self.lines[number]
        return self.text[sentence.start : sentence.end]

    def marks(self, number: int) -> Sequence[Mark]:
        """Return the marks of a sentence, for all to read and nobody to change."""
        known = self._marks.get(number)
        if known is None:
            start = self.lines[number].start
            body = self.body(number)
            read = without_ages(read_marks(body, start, self.lang, self.published), self.lang)
            known = self._marks[number] = without_nicknames(read) if '"' in body else read
        return known

    def counts(self, number: int) -> list[Count]:
        """Return the counts of a sentence, for its reader to keep and change."""
        tried = self._counts.pop(number, None)
        return find_counts(self.marks(number), self.lang) if tried is None else tried

    def counts_to_try(self, number: int) -> list[Count]:
        """Return the counts of a sentence before it is read, to see what they would give."""
        tried = self._counts[number] = self.counts(number)
        return [copy(count) for count in tried]

    def told(self, number: int) -> int:
        """Return which of FIGURES the words of a sentence may tell."""
        known = self._told.get(number)
        if known is None:
            known = self._told[number] = telling(self.lang, FIGURES).of(self.body(number))
        return known

    def scene(self, number: int) -> int:
        """Return which of SCENES the words of a sentence may tell."""
        known = self._set.get(number)
        if known is None:
            known = self._set[number] = telling(self.lang, SCENES).of(self.body(number))
        return known

    def opened(self, number: int) -> bool:
        """Tell whether the sentence before ended with a colon."""
        return number > 0 and self.text[self.lines[number - 1].end - 1] == ":"
