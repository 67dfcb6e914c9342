"""Cyrillic names in Latin letters: Ukrainian by the state's table of 2010, Russian as in passports.

Sources: Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010; ICAO Doc 9303-3.
"""

import re

_SHARED = {
    "а": "a", "б": "b", "в": "v", "д": "d", "ж": "zh", "з": "z", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh",
}  # fmt: skip
UKRAINIAN = _SHARED | {
    "г": "h", "ґ": "g", "е": "e", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i",
    "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "зг": "zgh",
}  # fmt: skip
RUSSIAN = _SHARED | {
    "г": "g", "е": "e", "ё": "e", "и": "i", "й": "i", "щ": "shch", "ъ": "ie", "ы": "y", "ь": "",
    "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}

_LETTERS = re.compile("зг|.")
_WORD = re.compile(r"[\u0400-\u04ff'’\u02bc]+")
_ONLY_RUSSIAN = re.compile("[ёъыэ]", re.IGNORECASE)
_ONLY_UKRAINIAN = re.compile("[ґєії]", re.IGNORECASE)


def romanised(name: str, country: str) -> str:
    """Write a Cyrillic name in Latin letters; where its letters do not tell, by its country.

    >>> romanised("Згорани", "UA"), romanised("Єнакієве", "UA"), romanised("Щёлково", "RU")
    ('Zghorany', 'Yenakiieve', 'Shchelkovo')
    """
    of_russia = country == "RU" and not _ONLY_UKRAINIAN.search(name)
    russian = of_russia or bool(_ONLY_RUSSIAN.search(name))
    return _WORD.sub(lambda found: _word(found[0], russian), name)


def _word(word: str, russian: bool) -> str:
    """Write one word; its first letter may have a value of its own."""
    table, lowered = (RUSSIAN if russian else UKRAINIAN), word.lower()
    letters = _LETTERS.findall(lowered)
    latin = "".join(table.get(letter, "") for letter in letters)
    if not russian and letters[0] in _UKRAINIAN_FIRST:
        latin = _UKRAINIAN_FIRST[letters[0]] + latin[len(table[letters[0]]) :]
    return latin[:1].upper() + latin[1:] if word[:1].isupper() else latin
