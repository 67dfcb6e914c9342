"""What the columns of a table of civilian casualties hold: a whole, a part, or what is no count."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tally.model import Hedge, Metric

CLAIMANT = "OHCHR"
PEOPLE = {
    Metric.KILLED: re.compile(r"kill\w*|dead|deaths?", re.I),
    Metric.INJURED: re.compile(r"injur\w*|wound\w*", re.I),
}
DATE = re.compile(r"^(?:report(?:ing)?[ _])?date$", re.I)
MONTH = re.compile(r"^(?:report(?:ing)?[ _])?month$", re.I)
ADDRESS = re.compile(r"^(?:source[ _]?)?(?:url|link|source)$", re.I)
# Columns whose value says of which part a row is.
DIVIDES = re.compile(
    r"^(?:weapon|type|cause|sex|gender|age|category|group|territory|control|oblast|region|admin1|"
    r"area|victims?)\b",
    re.I,
)
WHOLE = re.compile(r"^(?:all\b.*|total\b.*|overall|both.*|ukraine|)$", re.I)
NO_COUNT = re.compile(
    r"%|per ?cent|\bshare|\brate\b|change|\bsince last|previous|increase|"
    r"unverified|not (?:yet )?verified|alleg|pending|under verification|militar|soldier|combatant",
    re.I,
)
CHILDREN = re.compile(r"\b(?:child\w*|boys?|girls?|minors?)\b", re.I)
ADULTS = re.compile(r"\b(?:men|women|adults?|males?|females?|elderly|older)\b", re.I)
WEAPONS = re.compile(
    r"\b(?:weapons?|mines?|ERW|missiles?|rockets?|drones?|UAVs?|UAS|MLRS|bombs?|munitions?|arms)\b|"
    r"shell|artillery|air ?strike|explosive",
    re.I,
)
TERRITORY = re.compile(r"territor|control|government|occupied|oblast|region", re.I)
VERIFIED = re.compile(r"verified|confirmed|corroborated", re.I)
AT_LEAST = re.compile(r"\b(?:at least|minimum)\b", re.I)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of counts: what is counted, and of whom where it is a part."""

    name: str
    metric: Metric
    part: bool = False
    victims: str = "civilian"
    weapon: str = ""
    hedge: Hedge = "exact"


def counted_in(name: str) -> Column | None:
    """Return what a column counts, None where it is no count of killed or of injured.

    >>> counted_in("Killed - girls").victims, counted_in("Killed: mines").weapon
    ('child', 'mines')
    >>> counted_in("Killed and injured"), counted_in("Killed, not yet verified")
    (None, None)
    """
    metrics = [metric for metric, pattern in PEOPLE.items() if pattern.search(name)]
    if len(metrics) != 1 or NO_COUNT.search(name):
        return None
    (metric,) = metrics
    child, weapon = bool(CHILDREN.search(name)), bool(WEAPONS.search(name))
    return Column(
        name,
        metric,
        part=child or weapon or bool(ADULTS.search(name) or TERRITORY.search(name)),
        victims="child" if child else "civilian",
        weapon=PEOPLE[metric].sub("", name).strip(" -:,()") if weapon else "",
        hedge="at_least" if AT_LEAST.search(name) else "exact",
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by what they hold; "" where there is none."""

    wholes: tuple[Column, ...]
    parts: tuple[Column, ...]
    date: str
    month: str
    address: str
    dividing: tuple[str, ...]

    @property
    def read(self) -> frozenset[str]:
        """The names of the columns that are read."""
        counts = (column.name for column in (*self.wholes, *self.parts))
        return frozenset({*counts, self.date, self.month, self.address, *self.dividing})

    @property
    def lacking(self) -> tuple[str, ...]:
        """What a table of casualties must have and this one has not."""
        held = {column.metric for column in self.wholes}
        dated = () if self.date or self.month else ("date",)
        return (*dated, *(str(metric) for metric in PEOPLE if metric not in held))


def columns_of(names: Sequence[str]) -> Columns:
    """Return the columns of a table by what they hold.

    Where a table has columns of several bodies, those that name OHCHR are meant; where it has
    wholes that were verified and others, those that were.
    """
    own = [name for name in names if CLAIMANT in name] or list(names)
    counts = [column for name in own if (column := counted_in(name))]
    whole = [column for column in counts if not column.part]
    whole.sort(key=lambda column: not VERIFIED.search(column.name))
    wholes = [next((c for c in whole if c.metric == metric), None) for metric in PEOPLE]
    return Columns(
        tuple(column for column in wholes if column),
        tuple(column for column in counts if column.part),
        _named(DATE, names),
        _named(MONTH, names),
        _named(ADDRESS, names),
        tuple(name for name in names if DIVIDES.search(name) and not counted_in(name)),
    )


def _named(pattern: re.Pattern[str], names: Sequence[str]) -> str:
    return next((name for name in names if pattern.search(name)), "")
