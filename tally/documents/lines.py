"""Lines that a page or a letter broke for width, put together again into sentences.

A line end inside a sentence would cut it in two for the grammar, and a figure from its verb.
"""

import re

SHORT = 0.75  # of the width: a line below it ended because its paragraph did

_ITEM = re.compile(r"(?:[-–—*•▪▫●◦]|\d{1,2}[.)])\s")
_HYPHEN = re.compile(r"(?<=\w)[\ufffe\u00ad\x02]$|(?<=[^\W\d])-$")


def unwrapped(text: str) -> str:
    """Return text whose paragraphs are lines; blank lines, items and short lines end one.

    A line that goes on in small letters is joined however short the one before it is.

    >>> unwrapped("Air defences shot down 63 of 76 drones\\nover Sumy.\\nNobody was hurt.")
    'Air defences shot down 63 of 76 drones over Sumy.\\nNobody was hurt.'
    """
    lines = [line.strip() for line in text.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    made: list[str] = []
    former = ""
    for line in lines:
        full = len(former) >= width * SHORT or line[:1].islower()
        if former and line and full and not _ITEM.match(line):
            made[-1] = _joined(made[-1], line)
        else:
            made.append(line)
        former = line
    return "\n".join(made)


def _joined(line: str, following: str) -> str:
    hyphen = _HYPHEN.search(line)
    if hyphen and following[:1].islower():
        kept = line[: hyphen.start()]
        return f"{kept}{following}"
    return f"{line.rstrip(chr(0xFFFE))} {following}"
