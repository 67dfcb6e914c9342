"""Words that tell how to read what stands beside them, as data/vocabulary/cues.csv lists them.

`cues` are whole words, `stems` beginnings; a row without a language holds in all three.
"""

from functools import cache

from tally.vocabulary import rows


@cache
def cues(tag: str, lang: str = "") -> frozenset[str]:
    """Return the words of a tag in a language.

    >>> "he" in cues("pronoun", "en")
    True
    """
    return frozenset(_forms().get((tag, lang), ()))


@cache
def stems(tag: str, lang: str = "") -> tuple[str, ...]:
    """Return the beginnings of words of a tag in a language.

    >>> "росій" in stems("russia", "uk") or "російськ" in stems("russia", "uk")
    True
    """
    return tuple(_forms().get((tag, lang), ()))


@cache
def _forms() -> dict[tuple[str, str], list[str]]:
    forms: dict[tuple[str, str], list[str]] = {}
    for row in rows("cues"):
        forms.setdefault((row["tag"], row["lang"]), []).append(row["form"])
    return forms
