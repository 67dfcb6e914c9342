"""The language that a briefing speaks: chosen once, asked for every word that a reader sees.

A message is written in English where it is said, its slots in braces; each other language has a
catalogue of the messages and a module for its grammar. Knows no claims (docs/languages.md).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tally.errors import ParameterError
from tally.language.english import English
from tally.language.grammar import Counted, Language
from tally.language.messages import filled

__all__ = [
    "LANGUAGES",
    "Counted",
    "Language",
    "fill",
    "say",
    "speak",
    "speaking",
    "spoken",
    "to_say",
]


def _ukrainian() -> Language:
    # Imported when it is spoken: its tables and its library cost English nothing.
    from tally.language.ukrainian import Ukrainian

    return Ukrainian()


_MAKERS: dict[str, Callable[[], Language]] = {"en": English, "uk": _ukrainian}
LANGUAGES = tuple(_MAKERS)


class _Speech:
    """What this process speaks; a briefing has a process of its own."""

    language: Language = English()


def speak(code: str) -> None:
    """Choose the language of all that is said from now on.

    Raises ParameterError for a code that is none of `LANGUAGES`.
    """
    if code not in _MAKERS:
        msg = f"language {code!r} is not known; choose one of {', '.join(LANGUAGES)}."
        raise ParameterError(msg)
    if code != _Speech.language.code:
        _Speech.language = _MAKERS[code]()


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Speak a language for a while.

    >>> with speaking("uk"):
    ...     say("and")
    'і'
    """
    before = _Speech.language
    speak(code)
    try:
        yield _Speech.language
    finally:
        _Speech.language = before


def spoken() -> Language:
    """Return the language that is spoken."""
    return _Speech.language


def to_say(message: str) -> str:
    """Mark a message that is said elsewhere, so that the catalogues have it."""
    return message


def say(message: str, **slots: object) -> str:
    """Return a message in the language that is spoken, its slots filled.

    >>> import datetime as dt
    >>> say("{n} {n:claim|claims} of {day:d MMMM}", n=1, day=dt.date(2025, 5, 21))
    '1 claim of 21 May'
    """
    language = _Speech.language
    return "".join(map(str, filled(language, message, slots, language.quantity)))


def fill(
    message: str, slots: dict[str, object], shown: Callable[[Counted], object]
) -> list[object]:
    """Give the pieces of a message; `shown` sets a number with its doubt, lists stay lists."""
    return filled(_Speech.language, message, slots, shown)
