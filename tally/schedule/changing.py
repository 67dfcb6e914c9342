"""What a revision changed: the figures of two revisions side by side. Reads no page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# What says that a place is part of another, as tables of the hurt do.
PARTS = ("of which ", "з них: ")
_DIGITS = re.compile(r"\d[\d,]*")
_NUMBERS = re.compile(rf"({_DIGITS.pattern})")
_RANGE = re.compile(r"#(?: to | до |–)#")
_NOTE = re.compile(r" \([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Change:
    """One figure as it was and as it is; "" where there was none, or is none any more."""

    name: str
    was: str
    now: str

    @property
    def before(self) -> str:
        """Return what it was, without a note that what it is repeats.

        >>> Change("OPEN", "4 (as listed)", "12 (as listed)").before
        '4'
        """
        note = _NOTE.search(self.now)
        return self.was.removesuffix(note[0]) if note else self.was

    @property
    def sentence(self) -> str:
        """Return the change in words."""
        if not self.was:
            return f"{self.name}: new, {self.now}"
        if not self.now:
            return f"{self.name}: withdrawn"
        return f"{self.name}: {self.before}, now {self.now}"


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the figures that differ, in the order of the later edition."""
    before = _renamed(before, after)
    names = (*after, *(name for name in before if name not in after))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(Change(*pair) for pair in pairs if pair[1] != pair[2])


def _renamed(before: Mapping[str, str], after: Mapping[str, str]) -> Mapping[str, str]:
    """Return earlier figures by the names that later ones have.

    A name may say the figure itself, and a place be told within another now and by itself then.
    """
    gone, come = _by_likeness(before, after), _by_likeness(after, before)
    same = {
        gone[like][0]: come[like][0]
        for like in gone.keys() & come.keys()
        if len(gone[like]) == len(come[like]) == 1
    }
    return {same.get(name, name): value for name, value in before.items()}


def _by_likeness(figures: Mapping[str, str], others: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names that others have not, by what is left of them without figures and parts."""
    found: dict[str, list[str]] = {}
    for name in figures.keys() - others.keys():
        found.setdefault(_bare(name, figures[name]), []).append(name)
    return found


def _bare(name: str, value: str) -> str:
    """Return a name without the numbers of its own figure, and without what says it is a part."""
    own = set(_DIGITS.findall(value))
    for part in PARTS:
        name = name.replace(f": {part}", ": ")
    words = [("#" if each in own else each) for each in _NUMBERS.split(name)]
    return _RANGE.sub("#", "".join(words)).casefold()
