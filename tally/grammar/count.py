"""A number with what it counts, as one sentence says it."""

from dataclasses import dataclass, field

from tally.model import Quantity


@dataclass(slots=True)
class Count:
    """A quantity and what it counts; `first` and `last` index the marks it is made of.

    `unit` is drone, missile, person, other, or empty when no noun is said. `partner` indexes the
    count of the whole in "63 out of 76".
    """

    quantity: Quantity
    unit: str
    victims: str
    weapon: str
    first: int
    last: int
    start: int
    end: int
    rule: str
    implied: bool = False
    means: bool = False
    companion: bool = False
    every: bool = False
    part: bool = False
    more: bool = False
    each: bool = False
    total: bool = False
    collective: bool = False
    share: bool = False
    state: bool = False
    mods: list[str] = field(default_factory=list)
