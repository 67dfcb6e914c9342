"""Runs of words, numbers and links: what a paragraph or a cell of a briefing consists of.

A number leads to the rows of the evidence that it rests on.
"""

import re
from collections.abc import Iterable
from typing import cast

from tally import blocks
from tally.blocks import Inline
from tally.evidence import Count
from tally.language import Counted, fill
from tally.wording import sign, words


def tell(message: str, **slots: object) -> list[Inline]:
    """Say a message in the language that is spoken; a number in it is a link to its evidence."""
    run: list[Inline] = []
    for piece in fill(message, slots, _linked):
        if isinstance(piece, str):
            run += [blocks.text(piece)] if piece else []
        elif isinstance(piece, dict):
            run.append(piece)
        else:
            run += cast("list[Inline]", piece)
    return run


def _linked(counted: Counted) -> list[Inline]:
    count = counted if isinstance(counted, Count) else Count(counted.low, counted.high)
    return number(count)


def number(count: Count, most: int = 1) -> list[Inline]:
    """Write a number as a link to its evidence, with the first rows it rests on after it."""
    if not count.numbers:
        return [blocks.text(words(count))]
    first = blocks.link(f"#claim-{count.numbers[0]}", words(count))
    return [first, *references(count.numbers, most)]


def linked(count: Count | None) -> Inline:
    """Return a figure as a link to the first claim that gives it."""
    if count is None or not count.numbers:
        return blocks.text(sign(count))
    return blocks.link(f"#claim-{count.numbers[0]}", sign(count))


def sentence(*parts: str | Inline | Iterable[Inline]) -> list[Inline]:
    """Join words and numbers into one run of inlines."""
    run: list[Inline] = []
    for part in parts:
        if isinstance(part, str):
            run.append(blocks.text(part))
        elif isinstance(part, dict):
            run.append(part)
        else:
            run.extend(part)
    return run


def references(numbers: Iterable[int], most: int = 3) -> list[Inline]:
    """Point at rows of the evidence.

    >>> references([])
    []
    """
    run: list[Inline] = []
    for row in list(dict.fromkeys(numbers))[:most]:
        run += [blocks.text(" "), blocks.link(f"#claim-{row}", f"[{row}]")]
    return run


def with_links(said: str) -> list[Inline]:
    """Return a sentence whose `[3]` lead to the evidence."""
    pieces = re.split(r"\[(\d+)\]", said)
    return [
        blocks.link(f"#claim-{piece}", f"[{piece}]") if index % 2 else blocks.text(piece)
        for index, piece in enumerate(pieces)
        if piece
    ]
