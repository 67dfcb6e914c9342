"""What is typed behind an answer: which of the figures, which fields and values. Asks nobody."""

import shlex
from collections.abc import Sequence

from tally.errors import RulingError
from tally.language import say
from tally.ledger import parse_field
from tally.model import Claim
from tally.rulings import CORRECTABLE

LEAST_OF_ID = 4


def answered(given: str) -> tuple[str, str]:
    """Return the letter of an answer and what stands behind it; a word is no letter.

    >>> answered("Y 1-3"), answered("y2"), answered("yes")
    (('y', '1-3'), ('y', '2'), ('yes', ''))
    """
    text = given.strip()
    letter, which = text[:1], text[1:]
    if not which or which[0].isspace() or which[0].isdecimal():
        return letter.lower(), which.strip()
    return text, ""


def picked(which: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims that are meant by `1 3-5` or by ids, or how these begin; in their order.

    RulingError when one of them is not there.
    """
    places: set[int] = set()
    for word in which.replace(",", " ").split():
        places |= _places(word, claims)
    return tuple(claims[place] for place in sorted(places))


def _places(word: str, claims: Sequence[Claim]) -> set[int]:
    first, dash, last = word.partition("-")
    ends = (first, last or first) if dash else (word, word)
    if all(end.isdecimal() and len(end) < LEAST_OF_ID for end in ends):
        low, high = map(int, ends)
        if 1 <= low <= high <= len(claims):
            return set(range(low - 1, high))
    named = {n for n, claim in enumerate(claims) if claim.id.startswith(word)}
    if len(named) == 1 and (len(word) >= LEAST_OF_ID or claims[min(named)].id == word):
        return named
    raise RulingError(say("there is no figure {word} here.", word=repr(word)))


def fields_set(values: str) -> tuple[tuple[str, str], ...]:
    """Return the fields to set in `low=6 high=6`, words with blanks in quotation marks.

    RulingError for a field that cannot be set, ValueError for a value that it does not hold.
    """
    pairs = []
    for word in shlex.split(values):
        name, sign, text = word.partition("=")
        if not sign or name not in CORRECTABLE:
            names = ", ".join(CORRECTABLE)
            told = say(
                "{word} sets no field; write FIELD=VALUE, of {names}.", word=repr(word), names=names
            )
            raise RulingError(told)
        parse_field(name, text)
        pairs.append((name, text))
    return tuple(pairs)
