"""The grammar of English, which the messages are written in."""

import calendar
import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from tally.language.grammar import Counted
from tally.language.messages import listed
from tally.language.romanise import romanised

_BODIES = (
    "Air Force",
    "Armed Forces of",
    "Ministry",
    "Staff",
    "Service",
    "Police",
    "Office",
    "Guard",
    "Administration",
    "Committee",
    "Council",
    "Command",
    "Mission",
    "General Staff",
    "Navy",
)
# A title behind which no name stands.
_TITLE = "Secretary-General"
_COMMON = ("Officials", "Authorities", "Local", "Regional", "Emergency", "Police", "Rescuers")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_MONTHS = {"wide": calendar.month_name, "abbreviated": calendar.month_abbr}


class English:
    """Two forms, no cases, an article before the names of bodies."""

    code: ClassVar[str] = "en"
    catalogue: Mapping[str, str] | None = None

    def number(self, number: int) -> str:
        """Write a number with thousands apart.

        >>> English().number(1177)
        '1,177'
        """
        return f"{number:,}"

    def share(self, share: float) -> str:
        """Write a share in per cent, with one digit behind the point.

        >>> English().share(0.9876)
        '98.8'
        """
        return f"{100 * share:.1f}"

    def quantity(self, counted: Counted) -> str:
        """Write a number for a sentence, its doubt in words."""
        low, high = counted.low, counted.high
        if low is None:
            if high is None:
                return "an unstated number"
            return f"{'fewer than' if counted.hedge == 'less_than' else 'up to'} {high:,}"
        if high is None:
            return f"{'more than' if counted.hedge == 'more_than' else 'at least'} {low:,}"
        if low != high:
            return f"{low:,} to {high:,}"
        if low == 0:
            return "none"
        return f"about {low:,}" if counted.hedge == "about" else f"{low:,}"

    def months(self, width: str) -> Mapping[int, str]:
        """Return the names of months by their number."""
        return dict(enumerate(_MONTHS[width]))

    def form(self, number: int | Counted, forms: Sequence[str]) -> str:
        """Choose the singular only where the number cannot be more than one, or is at least one.

        >>> English().form(1, ["claim", "claims"]), English().form(21, ["claim", "claims"])
        ('claim', 'claims')
        """
        ends = {number} if isinstance(number, int) else {number.low, number.high}
        return forms[0] if 1 in ends and ends <= {1, None} else forms[1]

    def case(self, name: str, _case: str, /) -> str:
        """Return the name: English has no cases."""
        return name

    def together(self, names: Sequence[str], _case: str, /) -> str:
        """Return the names as a list: English has no cases."""
        return listed(self, names)

    def subject(self, name: str) -> str:
        """Return a claimant fit to begin a clause.

        >>> English().subject("Ukrainian Air Force"), English().subject("Oleh Kiper")
        ('the Ukrainian Air Force', 'Oleh Kiper')
        >>> English().subject("UN Secretary-General"), English().subject("Armed Forces of Russia")
        ('the UN Secretary-General', 'the Armed Forces of Russia')
        """
        if name.split()[0] in _COMMON:
            return name[0].lower() + name[1:]
        first, last = name.split()[0].lower(), name.split()[-1].lower()
        is_body = any(body in name for body in _BODIES) and not last.endswith("s")
        titled = name.endswith(_TITLE)
        owned = first in ("the", "a", "an") or first.endswith(("'s", "’s"))
        return f"the {name}" if (is_body or titled) and not owned else name

    def reads(self, name: str) -> bool:
        """Tell whether a name has no Cyrillic letter."""
        return _CYRILLIC.search(name) is None

    def keeps(self, place: str) -> bool:
        """Keep what has no Cyrillic letter: English names are not inflected."""
        return self.reads(place)

    def order(self, name: str) -> tuple[int, ...]:
        """Sort by letters, capitals or not."""
        return tuple(map(ord, name.casefold()))

    def spelt(self, name: str, country: str) -> str:
        """Write a Cyrillic name in Latin letters.

        >>> English().spelt("Шостка", "UA")
        'Shostka'
        """
        return romanised(name, country)
