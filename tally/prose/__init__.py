"""The sentences of a briefing: every number computed, attributed and linked to its evidence.

Knows bars, splits, sums and windows; chooses no figure itself.
"""

from tally.prose.bars import (
    KINDS,
    bar_sentence,
    bar_sentences,
    bar_title,
    evening_sentence,
    missing_side,
    part_words,
)
from tally.prose.phrases import who
from tally.prose.splits import share_name, share_place, split_sum, split_title
from tally.prose.tolls import PEOPLE, toll_sentence, toll_title

__all__ = [
    "KINDS",
    "PEOPLE",
    "bar_sentence",
    "bar_sentences",
    "bar_title",
    "evening_sentence",
    "missing_side",
    "part_words",
    "share_name",
    "share_place",
    "split_sum",
    "split_title",
    "toll_sentence",
    "toll_title",
    "who",
]
