"""Whether a document can give a claim at all: most of a day's news cannot, and is not read on.

Exact: a document that is turned away would have given no claim. The first claim of a document needs
a figure and an event in one sentence, or a figure under a line that ended with a colon; nothing
carried over from sentences before can make it.
"""

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from tally.grammar.counts import find_counts
from tally.grammar.frames import find_frames
from tally.grammar.marks import read_marks
from tally.grammar.singulars import ONE_MORE
from tally.lexicon import lexicon
from tally.text import Sentence
from tally.vocabulary import LONGEST_WORD, MOST_REMEMBERED, Lexicon, Sense

WORD = re.compile(r"[^\W\d_]++(?:'[^\W\d_]++)*|\d++")
RUN = re.compile(r"[^\W\d_]++(?:['\-/.][^\W\d_]++)*|\d++")  # п'ятеро, женщина-водитель
JOINT = re.compile(r"[\-/.](?<=[^\W\d_].)[^\W\d_]")
NUMBER, EVENT, DOUBT = 1, 2, 4
AFTERWARDS = 4  # sentences after a figure that may still say who gave it
Bits = tuple[int, tuple[tuple[frozenset[str], int], ...]]
NOTHING: Bits = (0, ())


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
    known, idle, memo = lexicon(lang), _idle(lang), _memo(lang)
    words = set(RUN.findall(body.lower()))
    if JOINT.search(body):
        for joined in [word for word in words if JOINT.search(word)]:
            words.update(WORD.findall(joined))
    found = 0
    for word in words - idle:
        alone, runs = memo.get(word) or _learn(word, known, memo, idle)
        found |= alone
        for forms, more in runs:
            if more & ~found and forms <= words:
                found |= more
        if found == NUMBER | EVENT | DOUBT:
            break
    return found


@cache
def _idle(lang: str) -> set[str]:
    """Return the words met so far that can mean none of it; most words of a text are among them."""
    del lang  # the key of the cache
    return set()


@cache
def _memo(lang: str) -> dict[str, Bits]:
    del lang  # the key of the cache
    return {}


def _learn(word: str, known: Lexicon, memo: dict[str, Bits], idle: set[str]) -> Bits:
    """Return what a word may be alone and with which other words, and remember it."""
    bits = _bits(word, known)
    if len(memo) + len(idle) < MOST_REMEMBERED and len(word) <= LONGEST_WORD:
        if bits == NOTHING:
            idle.add(word)
        else:
            memo[word] = bits
    return bits


def _bits(word: str, known: Lexicon) -> Bits:
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
    return alone, tuple(runs.items())


def _bit(sense: Sense) -> int:
    if sense.table in {"numerals", "singulars"}:
        return NUMBER
    if sense.table == "markers" and sense.tag in {"all", "unverified", "increase"}:
        return DOUBT
    return EVENT if sense.table == "events" and sense.tag != "neutral" else 0
