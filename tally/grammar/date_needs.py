"""What a text must tell for an expression of time to be in it, so that most rules are not tried."""

import re
from functools import cache

from tally.grammar.date_patterns import time_words

NEEDS: dict[str, frozenset[str]] = {
    "midnight to midnight": frozenset({"clock", "numbers"}),
    "clock window": frozenset({"clock"}),
    "year-month-day": frozenset({"numbers"}),
    "day.month.year": frozenset({"numbers"}),
    "day-month-year": frozenset({"numbers"}),
    "day month year": frozenset({"numbers"}),
    "day-day month": frozenset({"month", "digit"}),
    "since day": frozenset({"month", "digit"}),
    "day month": frozenset({"month", "digit"}),
    "months": frozenset({"month"}),
    "month": frozenset({"month"}),
    "year": frozenset({"numbers"}),
    "weekday": frozenset({"weekday"}),
    "relative day": frozenset({"day"}),
    "part of day": frozenset({"part"}),
    "clock time": frozenset({"clock"}),
}
DIGIT = re.compile(r"\d")
NUMBERS = re.compile(r"20\d\d|\d[. ]\d\d[. ]\d")  # a year, or a date in figures alone
HOUR = re.compile(r"\d(?:[:.]\d| ?(?:мск|час|год|[ap]\.?m|o'clock))", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]+")
CLOCKED = frozenset({"midnight", "noon", "полуночи", "опівночі", "півночі", "полудня"})


def told_kinds(text: str, lang: str) -> frozenset[str]:
    """Return the kinds of words and figures in a text that an expression of time can be made of."""
    words = set(LETTERS.findall(text.lower()))
    told = [kind for kind, needed in _needed_words(lang).items() if not needed.isdisjoint(words)]
    if DIGIT.search(text) is not None:
        told.append("digit")
        if HOUR.search(text) is not None:
            told.append("clock")
        if NUMBERS.search(text) is not None:
            told.append("numbers")
    return frozenset(told)


@cache
def _needed_words(lang: str) -> dict[str, frozenset[str]]:
    """Return one word of each expression of a kind, its longest: it cannot be there without it.

    Of two as long it is the last, the noun: "the day" begins with a word of most sentences.
    """
    told = time_words(lang)
    kinds = {"month": told.month, "weekday": told.weekday, "day": told.day, "part": told.part}
    needed = {
        kind: frozenset(max(reversed(LETTERS.findall(form.lower())), key=len) for form in forms)
        for kind, forms in kinds.items()
    }
    return {**needed, "clock": CLOCKED}
