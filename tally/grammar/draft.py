"""A claim in the making: what one frame says, before it is joined to the rest of its document."""

import datetime as dt
from dataclasses import dataclass, field

from tally.grammar.count import Count
from tally.model import Aggregation, Metric, Place, Quantity, Side

AT_THE_PLACE = "day of the place"
CARRIED = "day carried over"
SPAN = "span carried over"
COUNTED_BACK = "days counted back"
PUBLISHED = "day of publication"  # the rule of a figure that no day stands beside
ENDLESS = "its sentence goes on without an end: the rest was not read"
IN_PIECES = "its sentence is so long that it was read in pieces"


@dataclass(slots=True)
class Draft:
    """One figure with everything its sentence and the document so far say of it."""

    metric: Metric
    quantity: Quantity
    count: Count
    sentence: int
    paragraph: int
    headline: bool
    aggregation: Aggregation = "period"
    attacker: str = ""
    claimant: str = ""
    side: Side = "unattributed"
    place: Place | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    window: str = ""
    as_of: str = ""
    victims: str = ""
    weapon: str = ""
    mode: str = ""
    part_of: "Draft | None" = None
    unverified: bool = False
    start: int = 0
    end: int = 0
    quote_start: int = 0
    quote_end: int = 0
    rules: list[str] = field(default_factory=list)
    review: list[str] = field(default_factory=list)
    inherited: bool = False
    reference: bool = False
    shared: bool = False
    carried: bool = False
    everywhere: bool = False
    own_day: bool = False
    own_hours: bool = False

    @property
    def regions(self) -> tuple[str, ...]:
        """The first-level units that the figure is of; none where nothing tells."""
        return self.place.admin1 if self.place is not None else ()
