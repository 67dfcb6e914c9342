"""Which language a text is in, told from its letters and its small words, or not at all."""

import re
from functools import cache

from tally.errors import DocumentError
from tally.vocabulary import LANGUAGES, rows

ENOUGH = 20
LEAST_ENGLISH = 0.1
ENOUGH_RUSSIAN = 80

_LATIN = re.compile(r"[a-zA-Z]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_OTHERS = re.compile(r"[ўЎјљњћђџѓќЈЉЊЋЂЏЃЌ]")
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def guess_language(text: str) -> str:
    """Return en, uk or ru; DocumentError when the text seems to be in another language.

    >>> guess_language("Збито 9 дронів над Києвом, їх було більше"), guess_language("сбиты дроны")
    ('uk', 'ru')
    """
    text = _ADDRESS.sub("", text)
    latin, cyrillic = len(_LATIN.findall(text)), len(_CYRILLIC.findall(text))
    letters = sum(sign.isalpha() for sign in text)
    words = [word.lower() for word in _WORD.findall(text)]
    if not letters or (latin + cyrillic) * 2 <= letters or _OTHERS.search(text):
        raise _unknown()
    if latin >= cyrillic:
        return _read("en", len(words) < ENOUGH or _english(words) >= LEAST_ENGLISH)
    if len(_UKRAINIAN.findall(text)) * 100 > len(text):
        return "uk"
    # Bulgarian, the one neighbour left, has no ы; no long Russian text is without it.
    return _read("ru", len(words) < ENOUGH_RUSSIAN or "ы" in text.lower())


def _read(lang: str, likely: bool) -> str:
    if not likely:
        raise _unknown()
    return lang


def _unknown() -> DocumentError:
    choices = ", ".join(LANGUAGES)
    return DocumentError(
        f"the language cannot be told; Tally reads {choices}: if it is one of them, say which"
    )


def _english(words: list[str]) -> float:
    """Return the share of words that are small words of English; other languages have few."""
    return sum(word in _small_words() for word in words) / len(words)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(row["form"] for row in rows("markers") if row["lang"] == "en")
