"""What a language must know: how numbers, dates, lists and names are written, and how words agree.

English is the base; another language overrides what differs. Knows no claims and no messages.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

from tally.model import Hedge


class Counted(Protocol):
    """A number with its doubt: `None` is an open end."""

    @property
    def low(self) -> int | None:
        """The least."""

    @property
    def high(self) -> int | None:
        """The most."""

    @property
    def hedge(self) -> Hedge:
        """The word of doubt."""


class Language(Protocol):
    """One language; `catalogue` gives its messages by the English ones, None for English itself."""

    code: ClassVar[str]
    catalogue: Mapping[str, str] | None

    def number(self, number: int) -> str:
        """Write a number with thousands apart."""

    def share(self, share: float) -> str:
        """Write a share in per cent, with one digit behind the point."""

    def quantity(self, counted: Counted) -> str:
        """Write a number for a sentence, its doubt in words."""

    def months(self, width: str) -> Mapping[int, str]:
        """Return the names of months, "wide" or "abbreviated", as they stand in a date."""

    def form(self, number: int | Counted, forms: Sequence[str]) -> str:
        """Choose the form of a word that agrees with a number."""

    def case(self, name: str, case: str, /) -> str:
        """Return a name in a grammatical case, or in a phrase that governs one."""

    def together(self, names: Sequence[str], case: str, /) -> str:
        """Return several names in a case, or in phrases that govern one, as a list."""

    def subject(self, name: str) -> str:
        """Return a name fit to begin a clause."""

    def reads(self, name: str) -> bool:
        """Tell whether readers of the language can read a name."""

    def keeps(self, place: str) -> bool:
        """Tell whether a place may stand in a sentence as a document has it."""

    def order(self, name: str) -> tuple[int, ...]:
        """Return what a list of names is sorted by."""

    def spelt(self, name: str, country: str) -> str:
        """Write a name of another script in the letters of the language, where it has a way."""
