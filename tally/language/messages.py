"""Messages with slots: `{n}`, `{n:one|many}`, `{day:d MMMM y}`, `{name:case}`, `!c` for a capital.

What a slot does follows from its value; the grammar is that of the language. Knows no catalogue.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import cast

from tally.language.grammar import Counted, Language

Piece = tuple[str, str | None, str, str | None]
Shown = Callable[[Counted], object]

_DATE = re.compile(r"MMMM|MMM|MM|dd|d|y")


@lru_cache(maxsize=4096)
def parse(message: str) -> tuple[Piece, ...]:
    """Return the pieces of a message: words before, name, specification and capital of each slot.

    >>> parse("{n:claim|claims} of {day}")
    (('', 'n', 'claim|claims', None), (' of ', 'day', '', None))
    """
    return tuple(
        (text, name, spec or "", bang) for text, name, spec, bang in Formatter().parse(message)
    )


def filled(
    language: Language, message: str, slots: Mapping[str, object], shown: Shown
) -> list[object]:
    """Return the pieces of a message in a language, in order; an unknown message stays English."""
    said = language.catalogue.get(message, message) if language.catalogue else message
    pieces: list[object] = []
    for text, name, spec, bang in parse(said):
        if text:
            pieces.append(text)
        if name is not None:
            value = slots[name]
            if spec or type(value) is not str:
                value = _slot(language, value, spec, shown)
            pieces.append(capital(value) if bang else value)
    return pieces


def capital(value: object) -> object:
    """Begin with a capital letter: words, or the first words of a run of inlines."""
    if isinstance(value, str):
        return value[:1].upper() + value[1:]
    if isinstance(value, Sequence) and value:
        first, *rest = cast("Sequence[Mapping[str, str]]", value)
        return [{**first, "v": first["v"][:1].upper() + first["v"][1:]}, *rest]
    return value


def _slot(language: Language, value: object, spec: str, shown: Shown) -> object:
    if isinstance(value, str):
        return language.case(value, spec) if spec else value
    if isinstance(value, tuple):
        return language.together(value, spec) if spec else listed(language, value)
    if isinstance(value, dt.date):
        return dated(language, value, spec or "d MMMM y")
    if isinstance(value, list | dict):
        return value
    number = cast("int | Counted", value)
    if "|" in spec:
        return language.form(number, spec.split("|"))
    return language.number(number) if isinstance(number, int) else shown(number)


def dated(language: Language, day: dt.date, pattern: str) -> str:
    """Write a date by a pattern of CLDR's letters.

    >>> from tally.language.english import English
    >>> dated(English(), dt.date(2025, 5, 21), "d MMM y")
    '21 May 2025'
    """
    parts = {
        "d": lambda: str(day.day),
        "dd": lambda: f"{day:%d}",
        "MM": lambda: f"{day:%m}",
        "y": lambda: str(day.year),
        "MMM": lambda: language.months("abbreviated")[day.month],
        "MMMM": lambda: language.months("wide")[day.month],
    }
    return _DATE.sub(lambda found: parts[found[0]](), pattern)


def listed(language: Language, items: Sequence[str], joiner: str = "and") -> str:
    """Join the parts of a list as a sentence does."""
    if len(items) < 2:
        return "".join(items)
    word = language.catalogue.get(joiner, joiner) if language.catalogue else joiner
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
