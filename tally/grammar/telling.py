"""What the words of a text may tell, asked before it is read: a figure, what happened, a place.

Never too little, often too much. Each word is looked up once and remembered as it stands in a text,
signs and capitals included: so that most texts cost no more than cutting them at their blanks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from tally.grammar.cues import stems
from tally.grammar.singulars import FELL, FELL_IN_ENGLISH, ONE_MORE
from tally.lexicon import lexicon
from tally.vocabulary import LONGEST_WORD, MOST_REMEMBERED, SHORTEST_STEM, Sense

NUMBER, EVENT, UNVERIFIED, ALL, GROWN = 1, 2, 4, 8, 16
ACCIDENT, PLACE, NATION, FAREWELL = 32, 64, 128, 256
OFFICE, FELLED = 512, 1024  # together they tell of one person: "a mayor was killed"
FIGURES = NUMBER | EVENT | UNVERIFIED | ALL | GROWN | ACCIDENT
SCENES = PLACE | NATION | FAREWELL
CUES = {"ukraine": NATION, "russia": NATION, "farewell": FAREWELL}
MARKERS = {"unverified": UNVERIFIED, "all": ALL, "increase": GROWN, "accident": ACCIDENT}
WORD = re.compile(r"[^\W\d_]++(?:'[^\W\d_]++)*|\d++")
RUN = re.compile(r"[^\W\d_]++(?:['\-/.][^\W\d_]++)*|\d++")  # п'ятеро, женщина-водитель
DIGITS = "0"
JOINT = re.compile(r"[\-/.](?<=[^\W\d_].)[^\W\d_]")
Told = tuple[frozenset[str], int]  # the other words that it takes, and what it then may tell


@dataclass(frozen=True, slots=True)
class Meant:
    """What one word may tell alone, and what together with other words."""

    alone: int
    together: tuple[Told, ...]


@dataclass(slots=True)
class Telling:
    """What the words of a language may tell of some kinds; each run of words by its longest.

    `idle` are words met that tell nothing, most of a text, and `memo` what the others tell.
    """

    exact: dict[str, list[Told]] = field(default_factory=dict)
    stems: dict[str, list[Told]] = field(default_factory=dict)
    idle: set[str] = field(default_factory=set)
    memo: dict[str, Meant] = field(default_factory=dict)

    def add(self, forms: Sequence[str], kind: int) -> None:
        """Learn a run of words as a word table writes it; `*` stands for any ending."""
        pieces = [
            (piece, form.endswith("*") and form.endswith(f"{piece}*"))
            for form in forms
            for piece in WORD.findall(form)
        ]
        longest, stem = max(pieces, key=lambda piece: len(piece[0]))
        others = frozenset(word for word, open_ended in pieces if not open_ended) - {longest}
        index = self.stems if stem else self.exact
        index.setdefault(longest, []).append((others, kind))

    def of(self, text: str) -> int:
        """Return all that the words of a text may tell, as a sum of NUMBER, EVENT and so on."""
        told = 0
        low, words = "", frozenset[str]()
        for written in set(text.split()) - self.idle:
            meant = self.memo.get(written) or self._learn(written)
            told |= meant.alone
            for others, more in meant.together:
                if more & ~told:
                    low = low or text.lower()
                    if all(word in low for word in others):
                        words = words or _words(low)
                        told |= more if others <= words else 0
        return told | NUMBER if told & OFFICE and told & FELLED else told

    def _learn(self, written: str) -> Meant:
        """Return what a word may tell as it is written, and remember it."""
        found = [told for word in _words(written.lower()) for told in self._meant(word)]
        alone = 0
        for others, kind in found:
            alone |= 0 if others else kind
        meant = Meant(alone, tuple({told for told in found if told[1] & ~alone}))
        if len(written) <= LONGEST_WORD:
            if len(self.memo) + len(self.idle) >= MOST_REMEMBERED:
                self.memo.clear()
                self.idle.clear()
            if found:
                self.memo[written] = meant
            else:
                self.idle.add(written)
        return meant

    def _meant(self, word: str) -> list[Told]:
        found = list(self.exact.get(word, ()))
        if word[0].isdigit():
            found += self.exact.get(DIGITS, ())
        for size in range(SHORTEST_STEM, len(word) + 1):
            found += self.stems.get(word[:size], ())
        return found


@cache
def telling(lang: str, kinds: int) -> Telling:
    """Return what the words of a language may tell of some kinds."""
    made = Telling()
    for form in (DIGITS, *ONE_MORE) if kinds & NUMBER else ():
        made.exact[form] = [(frozenset(), NUMBER)]
    if kinds & NUMBER:
        _tell_of_one(made, lang)
    for forms, sense in lexicon(lang).runs():
        if kind := _kind(sense) & kinds:
            made.add(forms, kind)
    for tag, kind in CUES.items():
        for form in (*stems(tag, lang), *stems(tag)) if kind & kinds else ():
            made.add(f"{form}*".split(), kind)
    return made


def _tell_of_one(made: Telling, lang: str) -> None:
    """Learn what tells of one person without a number: an office that fell, a singular verb."""
    if lang != "en":
        for verb in FELL:
            made.exact.setdefault(verb, []).append((frozenset(), NUMBER))
        return
    for verb in FELL_IN_ENGLISH:
        made.exact.setdefault(verb.split()[-1], []).append((frozenset(), FELLED))
    for forms, sense in lexicon(lang).runs():
        if sense.table == "titles" and not forms[-1].endswith("s"):
            words = [word for form in forms for word in WORD.findall(form)]
            made.exact.setdefault(max(words, key=len), []).append((frozenset(), OFFICE))


def _words(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, those joined by signs both whole and apart."""
    words = RUN.findall(text)
    if JOINT.search(text):
        for joined in [word for word in words if JOINT.search(word)]:
            words += WORD.findall(joined)
    if "'s" in text:
        words += [word.removesuffix("'s") for word in words]  # "Kherson's" is a place
    return frozenset(words)


def _kind(sense: Sense) -> int:
    if sense.table in {"numerals", "singulars"}:
        return NUMBER
    if sense.table == "places":
        return PLACE
    if sense.table == "markers":
        return MARKERS.get(sense.tag, 0)
    return EVENT if sense.table == "events" and sense.tag != "neutral" else 0
