"""A place that a text has told, settled only when somebody asks: most are asked for by nobody.

What a name means may hang on the place that was told before it, so each keeps that one until then.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tally.model import Place

Settle = Callable[[Place | None], Place | None]


@dataclass(slots=True, eq=False)
class Told:
    """A place, or what settles it, given the place told before.

    >>> sumy = Told(Place("Sumy", ("UA-59",)))
    >>> Told(None, lambda before: before, sumy).place
    Place(name='Sumy', admin1=('UA-59',))
    """

    _place: Place | None = None
    _settle: Settle | None = None
    _before: "Told | None" = None

    @property
    def place(self) -> Place | None:
        """The place meant; None for a whole country or none at all."""
        open_ones, told = list[Told](), self
        while told._settle is not None:
            open_ones.append(told)
            if told._before is None:
                break
            told = told._before
        for told in reversed(open_ones):
            before = told._before.place if told._before is not None else None
            told._place = told._settle(before) if told._settle is not None else None
            told._settle = told._before = None
        return self._place


NOWHERE = Told()
