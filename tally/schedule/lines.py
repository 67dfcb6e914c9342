"""Lines that fit a terminal of 80 columns."""

from textwrap import wrap

WIDTH = 80


def lines(words: str, first: str = "  ", rest: str = "    ") -> list[str]:
    """Return words as lines, indented; no name, address or day is broken.

    >>> lines("daily 2025-05-27: " + "late " * 15)[1]
    '    late late late'
    """
    return wrap(
        words,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
