"""Figures behind a label: "ранены: 140", "в плену: 12", "танки — 475"."""

from collections.abc import Sequence

from tally.grammar.chunks import Chunk
from tally.grammar.count import Count
from tally.grammar.marks import Mark


def labelled_otherwise(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]
) -> bool:
    """Tell whether a bare number is of the label before it, of which nothing is known: "танки: 5".

    So it cannot go on with the figures before. A place, a noun that is counted and "of them" can.
    """
    chunk = chunks[at]
    if count.unit or chunk.opener not in {"colon", "dash"} or at != 1 or chunk.events:
        return False
    label = marks[chunks[0].first : chunks[0].last + 1]
    named = any(mark.tag == "word" and not mark.senses for mark in label)
    return named and all(mark.tag in LABELS and not mark.event for mark in label)


LABELS = {"word", "over", "sign", "conj"}
