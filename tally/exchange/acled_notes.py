"""What the notes of an ACLED event say of its number of dead: that number, a word, or nothing.

ACLED has one column for a count, for its stand-in where nobody counted ("several", "unknown") and
for the least of "at least seven". Only the notes tell them apart, and seldom.
"""

import calendar
import re
from dataclasses import dataclass

from tally.model import Hedge

STANDS_FOR = {
    3: "several or an unknown number",
    10: "tens or an unknown number",
    12: "dozens",
    100: "hundreds",
}
WRITTEN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
DEATH = r"(?:kill\w*|die[ds]?|dead|deaths?|fatalit\w+|perish\w*|eliminat\w+)"
BETWEEN = r"(?:\s+(?!and\b|\d)[\w'-]+){0,8}?\s+"
HEDGES: dict[Hedge, str] = {
    "at_least": r"at\s+least|no\s+(?:fewer|less)\s+than|a\s+minimum\s+of",
    "more_than": r"more\s+than|over",
    "about": r"about|around|approximately|roughly|some|nearly|almost|an\s+estimated",
}
DATE = re.compile(rf"\b\d{{1,2}}\s+(?:{'|'.join(calendar.month_name[1:])})\b")
CODED = re.compile(r"\bcoded\s+(?:as|at|to)\s+(\d+)\b", re.I)
VAGUE = re.compile(
    r"\b(?:unknown|unspecified|unclear|undetermined|several|many|multiple|numerous|dozens|tens|"
    rf"hundreds)\b(?:\s+[\w'-]+){{0,6}}?\s+{DEATH}|{DEATH}\s+(?:[\w'-]+\s+){{0,3}}?(?:unknown|"
    r"unspecified|unclear|several|many|multiple|numerous|dozens|tens|hundreds)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What notes tell of a count: how it is hedged, whether it is named, whether it stands in."""

    hedge: Hedge = "exact"
    named: bool = False
    stands_in: bool = False


def told_by(notes: str, count: int) -> Told:
    """Return what notes tell of a count of dead.

    >>> told_by("Unspecified fatalities coded as 10.", 10).stands_in
    True
    >>> told_by("On 3 May, several soldiers were killed.", 3).stands_in
    True
    >>> told_by("At least seven civilians were killed.", 7)
    Told(hedge='at_least', named=True, stands_in=False)
    >>> told_by("Around 10 Russian soldiers were killed.", 10).hedge
    'about'
    >>> told_by("On 3 May, 3 guns were destroyed.", 3)
    Told(hedge='exact', named=False, stands_in=False)
    """
    if any(int(found) == count for found in CODED.findall(notes)):
        return Told(stands_in=True)
    said = DATE.sub("", CODED.sub("", notes))
    found = _hedges(said, count)
    if found:
        return Told(found[0] if len(set(found)) == 1 else "exact", named=True)
    return Told(stands_in=count in STANDS_FOR and bool(VAGUE.search(said)))


def _hedges(said: str, count: int) -> list[Hedge]:
    """Return the hedge of each place where the count is given as one of dead."""
    words = [str(count), f"{count:,}", *WRITTEN[count : count + 1]]
    number = rf"(?<![\w.,-])(?:{'|'.join(words)})(?![\w-]|[.,]\d)"
    dead = re.compile(rf"{number}{BETWEEN}{DEATH}|{DEATH}{BETWEEN}{number}", re.I)
    return [
        next(
            (hedge for hedge, words in HEDGES.items() if _hedged(said, at, words, number)), "exact"
        )
        for at in dead.finditer(said)
    ]


def _hedged(said: str, at: re.Match[str], words: str, number: str) -> bool:
    """Tell whether the number in a match has words of doubt before it."""
    start = next(re.finditer(number, at[0], re.I)).start() + at.start()
    return bool(re.search(rf"\b(?:{words})\s+$", said[:start], re.I))
