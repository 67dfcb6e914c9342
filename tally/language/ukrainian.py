"""The grammar of Ukrainian: three plurals and a genitive, the cases of names, "за даними" of whom.

The messages are in uk.po, the names in data/vocabulary (cases.csv, speakers.csv, regions.csv).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from babel import Locale

from tally import vocabulary
from tally.language.catalogue import load_catalogue
from tally.language.grammar import Counted
from tally.language.messages import listed

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LOCALE = Locale("uk")
_CATEGORIES = ("one", "few", "many")
_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_PLACES = {letter: ord("а") + place for place, letter in enumerate(_ALPHABET)}
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
_NAMES = 2
WORD, FIGURES = "за словами", "за даними"
ALSO = "та"


@dataclass(frozen=True, slots=True)
class Cases:
    """A name in the cases that briefings need; `according` and `within` are whole phrases."""

    genitive: str
    according: str
    within: str = ""


class Ukrainian:
    """One, few, many, and the genitive singular that "до" and "близько" ask for after one."""

    code: ClassVar[str] = "uk"

    def __init__(self) -> None:
        """Read the catalogue."""
        self.catalogue: Mapping[str, str] | None = load_catalogue(Path(__file__).with_name("uk.po"))

    def number(self, number: int) -> str:
        """Write a number with thousands apart by a narrow space that does not break.

        >>> Ukrainian().number(1177)
        '1\\u202f177'
        """
        return f"{number:,}".replace(",", NARROW_SPACE)

    def share(self, share: float) -> str:
        """Write a share in per cent, with one digit behind the comma.

        >>> Ukrainian().share(0.9876)
        '98,8'
        """
        return f"{100 * share:.1f}".replace(".", ",")

    def quantity(self, counted: Counted) -> str:
        """Write a number for a sentence, its doubt in words."""
        low, high = counted.low, counted.high
        if low is None:
            if high is None:
                return "невказана кількість"
            return f"{'менш ніж' if counted.hedge == 'less_than' else 'до'} {self.number(high)}"
        if high is None:
            hedge = "понад" if counted.hedge == "more_than" else "щонайменше"
            return f"{hedge} {self.number(low)}"
        if low != high:
            return f"від {self.number(low)} до {self.number(high)}"
        return f"{'близько ' if counted.hedge == 'about' else ''}{self.number(low)}"

    def months(self, width: str) -> Mapping[int, str]:
        """Return the names of months in the genitive, as they stand in a date."""
        months: Mapping[int, str] = _LOCALE.months["format"][width]
        return months

    def form(self, number: int | Counted, forms: Sequence[str]) -> str:
        """Choose one of: one, few, many, and the genitive singular, which may be left out.

        >>> [Ukrainian().form(n, ("людина", "людини", "людей")) for n in (1, 22, 11, 101)]
        ['людина', 'людини', 'людей', 'людина']
        """
        n, governed = (number, False) if isinstance(number, int) else _governing(number)
        category = _LOCALE.plural_form(n)
        if governed:
            return forms[-1] if category == "one" else forms[2]
        return forms[_CATEGORIES.index(category)]

    def case(self, name: str, case: str, /) -> str:
        """Return a name as "genitive", or in the phrases "according" and "within".

        A name that nobody declined stays as it is, in a phrase that asks for no case.
        """
        found = declined(name)
        if found is not None and (known := str(getattr(found, case))):
            return known
        unknown = {"according": f"як повідомляє {name}", "within": f"– {name}"}
        return unknown.get(case, name)

    def together(self, names: Sequence[str], case: str, /) -> str:
        """Return several names in a case, "за даними" said once for all whose figures they are.

        >>> Ukrainian().together(["ДСНС України", "Олег Кіпер", "місцева влада"], "according")
        'за даними ДСНС України і місцевої влади та за словами Олега Кіпера'
        """
        held: dict[str, list[str]] = {}
        for name in names:
            said = self.case(name, case)
            start = next((s for s in (WORD, FIGURES) if said.startswith(f"{s} ")), "")
            held.setdefault(start or said, []).append(said.removeprefix(start).strip())
        if len(held) == len(names):
            return listed(self, [self.case(name, case) for name in names])
        groups = [
            f"{start} {listed(self, rest)}" if start in (WORD, FIGURES) else start
            for start, rest in held.items()
        ]
        return listed(self, groups, ALSO)

    def subject(self, name: str) -> str:
        """Return a name as it is: there are no articles."""
        return name

    def reads(self, name: str) -> bool:
        """Tell whether a name is one that we decline, or in Latin letters as a document has it."""
        return declined(name) is not None or _CYRILLIC.search(name) is None

    def keeps(self, place: str) -> bool:
        """Keep nothing: a document has a name in any case or language."""
        return not place

    def order(self, name: str) -> tuple[int, ...]:
        """Sort by the Ukrainian alphabet, which is not the order of its code points.

        >>> sorted(["Якутія", "Івано-Франківськ", "Ґудзики", "Донецьк"], key=Ukrainian().order)
        ['Ґудзики', 'Донецьк', 'Івано-Франківськ', 'Якутія']
        """
        return tuple(_PLACES.get(letter, ord(letter)) for letter in name.casefold())

    def spelt(self, name: str, _country: str) -> str:
        """Leave a name in Latin letters as it is: there is no one way back."""
        return name


def _governing(counted: Counted) -> tuple[int, bool]:
    """Return the number that a noun agrees with, and whether a preposition governs both."""
    low, high = counted.low, counted.high
    if low is None:
        return (high or 0), counted.hedge != "less_than"
    if high is None:
        return low, False
    return high, low != high or counted.hedge == "about"


@cache
def declined(name: str) -> Cases | None:
    """Return the cases of a name; None where neither table nor rule has it.

    A title before a name is declined with it: "губернатор Олег Синєгубов".
    """
    known = _names().get(name) or _region(name)
    if known:
        return known
    words = name.split()
    for size in range(len(words) - 1, 0, -1):
        title = _names().get(" ".join(words[:size]))
        if title and title.according.startswith(WORD):
            rest = " ".join(words[size:])
            person = declined(rest)
            genitive = f"{title.genitive} {person.genitive if person else rest}"
            return Cases(genitive, f"{WORD} {genitive}")
    return _of_region(name)


def _of_region(name: str) -> Cases | None:
    """Decline a body of a region: "Сумська обласна військова адміністрація"."""
    first, _, rest = name.partition(" ")
    body = _names().get(rest)
    if body is None or not first.endswith("ька"):
        return None
    of = f"{first.removesuffix('а')}ої {body.genitive}"
    return Cases(of, f"{FIGURES} {of}")


def _region(name: str) -> Cases | None:
    """Decline the names of regions, which are of a few kinds."""
    for ending, genitive, locative in _REGIONS:
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            within = f"{stem}{locative}"
            of = f"{stem}{genitive}"
            return Cases(of, f"{FIGURES} {of}", f"{before(within)} {within}")
    return None


_REGIONS = (
    ("ька область", "ької області", "ькій області"),
    ("ський край", "ського краю", "ському краї"),
    ("цький край", "цького краю", "цькому краї"),
    ("ська автономна область", "ської автономної області", "ській автономній області"),
    ("ький автономний округ", "ького автономного округу", "ькому автономному окрузі"),
)


def before(word: str) -> str:
    """Return the preposition "in" that is easy to say before a word.

    >>> before("Україні"), before("Росії"), before("Одеській області")
    ('в', 'у', 'в')
    """
    return "в" if word[:1].lower() in "аеєиіїоуюя" else "у"


@cache
def _names() -> Mapping[str, Cases]:
    """Return the cases of every name that the vocabulary declines."""
    found = {name: Cases(of, f"{WORD} {of}") for name, of in _people()}
    for row in vocabulary.rows("cases"):
        if row["lang"] == Ukrainian.code:
            of = row["genitive"]
            usual = f"{WORD if row['kind'] in ('person', 'title') else FIGURES} {of}"
            found[row["nominative"]] = Cases(of, row["according"] or usual, row["within"])
    return found


def _people() -> list[tuple[str, str]]:
    """Return people in the nominative and the genitive: the first two forms of their whole name."""
    found = []
    for row in vocabulary.rows("speakers"):
        forms = [form for form in row["forms_uk"].split("|") if len(form.split()) == _NAMES]
        if forms and all(_is_name(word) for word in forms[0].split()):
            found.append((forms[0], forms[min(1, len(forms) - 1)]))
    return found


def _is_name(word: str) -> bool:
    return word[:1].isupper() and not word.isupper()
