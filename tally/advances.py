"""How wide words are in the font of the charts; knows letters and pairs of them.

Setting words as a renderer does takes a hundred times as long. What only that would find, letters
that are joined, makes them narrower.
"""

import string
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, Kerning, LoadFlags

Weight = Literal["normal", "bold"]

_POINT = 1 / 72
# Fine enough for a hundredth of a point, and what the library counts in.
_EM, _FRACTION, _PARTS = 100, 1 / 65536, 1 / 64

_USUAL = string.digits + string.ascii_letters + string.punctuation + "–—’≥≤…"
_USUAL += "".join(map(chr, range(ord("А"), ord("я") + 1))) + "ЄІЇҐєіїґ"


def before_fork() -> None:
    """Load the fonts, and what most words consist of, in the process that kernels are forked from.

    A kernel then reads no font.
    """
    for letter in _USUAL:
        _advance(letter, "normal")
        _advance(letter, "bold")


@lru_cache(maxsize=4096)
def across(words: str, points: float, weight: Weight) -> float:
    """Return how wide words are, in inches.

    >>> round(across("Sumy", 8.5, "normal") * 72, 1), across("", 8.5, "bold")
    (24.1, 0.0)
    """
    wide = sum(_advance(letter, weight) for letter in words)
    wide += sum(_kerning(*pair, weight) for pair in pairwise(words))
    return wide * points / _EM * _POINT


@cache
def _font(weight: Weight) -> FT2Font:
    font = FT2Font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(_EM, 72)
    return font


@cache
def _advance(letter: str, weight: Weight) -> float:
    font = _font(weight)
    index = font.get_char_index(ord(letter))
    if not index:
        # Another font will be found for it, with wide letters if it is Chinese or a picture.
        return _EM
    return font.load_glyph(index, LoadFlags.NO_HINTING).linearHoriAdvance * _FRACTION


@cache
def _kerning(one: str, other: str, weight: Weight) -> float:
    font = _font(weight)
    left, right = (font.get_char_index(ord(letter)) for letter in (one, other))
    return font.get_kerning(left, right, Kerning.UNFITTED) * _PARTS
