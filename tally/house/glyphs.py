"""Which signs our fonts have, and what to print for the others. Knows no layout."""

import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from tally.house import FONTS


def printable(words: str) -> str:
    """Return words in signs that our fonts have; another is named, so that none vanishes.

    >>> printable("Київ ≥ 23 🔴")
    'Київ ≥ 23 [large red circle]'
    """
    known = _known()
    if words.isascii() or known.issuperset(words):
        return words
    return "".join(sign if sign in known else _named(sign) for sign in words)


@cache
def _known() -> frozenset[str]:
    """Return the signs of the font that every text falls back to."""
    with TTFont(FONTS / "DejaVuSans.ttf", lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _named(sign: str) -> str:
    """Return a picture's name in words, another sign's number."""
    if unicodedata.category(sign) in ("So", "Sk"):
        return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"
    return f"[U+{ord(sign):04X}]"
