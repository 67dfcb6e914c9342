"""Whether a document can give a claim at all: most of a day's news cannot, and is not read on.

Exact: a document that is turned away would have given no claim. The first claim of a document needs
a figure and an event in one sentence, or a figure under a line that ended with a colon; nothing
carried over from sentences before can make it.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cache

from tally.grammar.counts import find_counts
from tally.grammar.frames import find_frames
from tally.grammar.marks import read_marks
from tally.grammar.singulars import ONE_MORE
from tally.lexicon import lexicon
from tally.text import Sentence
from tally.vocabulary import Sense

WORD = re.compile(r"[^\W\d_]++(?:'[^\W\d_]++)*|\d++")
RUN = re.compile(r"[^\W\d_]++(?:['\-/.][^\W\d_]++)*|\d++")  # п'ятеро, женщина-водитель
JOINT = re.compile(r"[\-/.]")
NUMBER, EVENT, DOUBT = 1, 2, 4
AFTERWARDS = 4  # sentences after a figure that may still say who gave it
MOST_REMEMBERED = 200_000
Bits = tuple[int, tuple[tuple[frozenset[str], int], ...]]


def worth_reading(
    text: str, lines: Sequence[Sentence], lang: str, published: dt.date | None
) -> bool:
    """Tell whether any sentence of a document gives a figure with what happened."""
    for number, sentence in enumerate(lines):
        opened = number > 0 and text[lines[number - 1].end - 1] == ":"
        body = text[sentence.start : sentence.end]
        found = _found(body, lang)
        if not _may_give(found, opened=opened):
            continue
        marks = read_marks(body, sentence.start, lang, published)
        counts = find_counts(marks, lang)
        if counts and (opened or find_frames(marks, counts, [], goes_on=True, weapon="drone")[0]):
            return True
    return False


def worth_reading_to(text: str, lines: Sequence[Sentence], lang: str) -> int:
    """Return how many sentences to read: those after the last figure or doubt change nothing."""
    for number in range(len(lines) - 1, -1, -1):
        opened = number > 0 and text[lines[number - 1].end - 1] == ":"
        found = _found(text[lines[number].start : lines[number].end], lang)
        if found & DOUBT or _may_give(found, opened=opened):
            return number + 1 + AFTERWARDS
    return 0


def _may_give(found: int, *, opened: bool) -> bool:
    return bool(found & NUMBER) and (bool(found & EVENT) or opened)


def _found(body: str, lang: str) -> int:
    """Return which of NUMBER, EVENT and DOUBT the words may hold; never too little."""
    bits = _bits(lang)
    found = 0
    words = set(RUN.findall(body.lower()))
    for joined in [word for word in words if JOINT.search(word)]:
        words.update(WORD.findall(joined))
    for word in words:
        alone, runs = bits(word)
        found |= alone
        for forms, more in runs:
            if more & ~found and forms <= words:
                found |= more
        if found == NUMBER | EVENT | DOUBT:
            break
    return found


@cache
def _bits(lang: str) -> Callable[[str], Bits]:
    """Return what tells, for a word, what it may be alone and with which other words."""
    known = lexicon(lang)
    memo: dict[str, Bits] = {}

    def bits(word: str) -> Bits:
        if word in memo:
            return memo[word]
        starting = known.starting(word)
        alone = NUMBER if word[0].isdigit() or word in ONE_MORE else 0
        for sense in starting.alone:
            alone |= _bit(sense)
        runs: dict[frozenset[str], int] = {}
        for rest, sense in starting.runs:
            if more := _bit(sense) & ~alone:
                whole = " ".join(form for form in rest if not form.endswith("*"))
                forms = frozenset(WORD.findall(whole))
                runs[forms] = runs.get(forms, 0) | more
        if len(memo) < MOST_REMEMBERED:
            memo[word] = alone, tuple(runs.items())
        return alone, tuple(runs.items())

    return bits


def _bit(sense: Sense) -> int:
    if sense.table in {"numerals", "singulars"}:
        return NUMBER
    if sense.table == "markers" and sense.tag in {"all", "unverified", "increase"}:
        return DOUBT
    return EVENT if sense.table == "events" and sense.tag != "neutral" else 0
