"""Which known documents another may be a copy of, found without comparing it with each.

A channel that posts one alert after another makes every post a candidate for every other. So
they are kept by day, a text that was met before is one candidate with the former, and those are
left out whose figures cannot be told of one event.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tally.documents.sketches import PERMUTATIONS, Sketch, words_of
from tally.documents.stating import needs_extra
from tally.model import KYIV, Document, published_at
from tally.vocabulary import rows

LONGEST = 3_000  # words that are compared one by one
DAYS_APART = dt.timedelta(days=3)
BANDS = 32
# A day longer than DAYS_APART: clocks are changed in spring.
_DAYS = range(-4, 5)

Figures = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """A document, its time and its day in Kyiv (None: not stated), its figures and its wording.

    `wording` is the same for the same words.
    """

    document: Document
    moment: dt.datetime | None
    day: dt.date | None
    figures: Figures
    wording: int


class Candidates:
    """The documents that are known, by the day of their publication."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: list[_Known] = []
        self._days: dict[dt.date | None, _Day] = defaultdict(_Day)
        self._figures: dict[Figures, Figures] = {}

    def add(self, document: Document, sketch: Sketch) -> None:
        """Know this document too, by the sketch of its text."""
        one = self._seen(document)
        self._days[one.day].add(len(self._known), one, sketch)
        self._known.append(one)

    def of(self, document: Document, sketch: Sketch) -> Iterator[Document]:
        """Yield those to compare a document with, one of each text, as they came."""
        one = self._seen(document)
        met: set[int] = set()
        apart: dict[Figures, bool] = {}
        for other in self._near(one, sketch):
            if other.wording in met or not _near_in_time(one, other):
                continue
            met.add(other.wording)
            if other.figures not in apart:
                apart[other.figures] = _apart(one.figures, other.figures)
            if not apart[other.figures]:
                yield other.document

    def _seen(self, document: Document) -> _Known:
        words = words_of(document.text)
        moment = published_at(document.published) if document.published else None
        day = moment.astimezone(KYIV).date() if moment else None
        figures = figures_of(words)
        figures = self._figures.setdefault(figures, figures)
        return _Known(document, moment, day, figures, hash(tuple(words)))

    def _near(self, one: _Known, sketch: Sketch) -> Iterator[_Known]:
        days = self._days_near(one.day)
        numbers = (number for day in days for number in day.like(one, sketch))
        others = (self._known[number] for number in sorted(numbers))
        return (other for other in others if other.document.id != one.document.id)

    def _days_near(self, day: dt.date | None) -> Iterable["_Day"]:
        if day is None:
            return self._days.values()
        near = (None, *(day + dt.timedelta(days=apart) for apart in _DAYS))
        return [self._days[each] for each in near if each in self._days]


class _Day:
    """What one day brought, as numbers: by sketch, by figures, and by words where these are few."""

    def __init__(self) -> None:
        try:
            import rensa
        except ImportError as error:
            what = "telling copies"
            raise needs_extra(what, error) from error
        self._index: Any = rensa.RMinHashLSH(0.5, PERMUTATIONS, BANDS)
        self._short: dict[int, list[int]] = defaultdict(list)
        self._holding: dict[str, list[int]] = defaultdict(list)
        self._longest: dict[str, list[int]] = defaultdict(list)

    def add(self, number: int, one: _Known, sketch: Sketch) -> None:
        """Know a document by its number."""
        if sketch is None:
            self._short[one.wording].append(number)
            return
        self._index.insert(number, sketch)
        self._longest[_longest(one.figures)].append(number)
        for figure in set(one.figures):
            self._holding[figure].append(number)

    def like(self, one: _Known, sketch: Sketch) -> Iterable[int]:
        """Return those with like words, without most of those with other figures."""
        if sketch is None:
            return self._short.get(one.wording, ())
        alike: list[int] = self._index.query(sketch)
        if not one.figures:
            return alike
        return set(alike).intersection(self._figures_like(set(one.figures)))

    def _figures_like(self, figures: set[str]) -> Iterator[int]:
        """Yield those whose figures may all be among these, and those that may have all these."""
        for figure in ("", *figures):
            yield from self._longest.get(figure, ())
        yield from min((self._holding.get(figure, []) for figure in figures), key=len)


def _longest(figures: Figures) -> str:
    """Return the figure to find a text by, the longest, which few others have; "" for none."""
    return max(figures, key=lambda figure: (len(figure), figure), default="")


def figures_of(words: list[str]) -> Figures:
    """Return the figures of a text, as far as it is compared, as they stand in it.

    >>> figures_of(["at", "03", "12", "two", "of", "12", "drones"])
    ('03', '12', 'two', '12')
    """
    return tuple(filter(is_figure, words[:LONGEST]))


def is_figure(word: str) -> bool:
    """Tell whether a word is a number or has a digit in it."""
    return word in _numerals() or any(map(str.isdigit, word))


@cache
def _numerals() -> frozenset[str]:
    return frozenset(row["form"] for row in rows("numerals") if row["tag"] != "vague")


def _apart(figures: Figures, others: Figures) -> bool:
    """Tell whether neither text has all figures of the other, in their order."""
    short, long = sorted((figures, others), key=len)
    rest = iter(long)
    return not all(figure in rest for figure in short)


def _near_in_time(one: _Known, other: _Known) -> bool:
    """Tell whether one may be printed from the other.

    A publisher that says the same on another day tells of another event: "tonight, too, …".
    """
    if one.moment is None or other.moment is None:
        return True
    publisher = one.document.publisher
    if publisher and publisher == other.document.publisher:
        return one.day == other.day
    return abs(one.moment - other.moment) <= DAYS_APART
