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
DATE = re.compile(r"^(?:report(?:ing)? )?date$", re.I)
MONTH = re.compile(r"^(?:report(?:ing)? )?month$", re.I)
YEAR = re.compile(r"^(?:report(?:ing)? )?year$", re.I)
FIRST = re.compile(r"^(?:(?:date|period) )?(?:start|from|begin)(?: date)?$", re.I)
LAST = re.compile(r"^(?:(?:date|period) )?(?:end|to|until)(?: date)?$", re.I)
PUBLISHED = re.compile(r"^(?:date )?(?:published|publication|released?)(?: (?:on|at|date))?$", re.I)
ADDRESS = re.compile(r"^(?:source ?)?(?:url|link|source)$", re.I)
RUNNING = re.compile(r"\b(?:cum(?:ul\w*)?|running|to date|since)\b", re.I)
# Columns whose value says of which part a row is.
DIVIDES = re.compile(
    r"^(?:weapon|type|cause|sex|gender|age|category|group|territory|control|oblast|region|admin1|"
    r"area|location|victims?)\b",
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


_BETWEEN_WORDS = re.compile(r"_|(?<=[a-z])(?=[A-Z])")


def words(name: str) -> str:
    """Return the name of a column in words, as programs do not write it.

    >>> words("killed_children"), words("CiviliansKilled")
    ('killed children', 'Civilians Killed')
    """
    return _BETWEEN_WORDS.sub(" ", name)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of counts: what is counted, and of whom where it is a part."""

    name: str
    metric: Metric
    part: bool = False
    victims: str = "civilian"
    weapon: str = ""
    hedge: Hedge = "exact"

    @property
    def running(self) -> bool:
        """Whether its name says that it is a running total."""
        return bool(RUNNING.search(words(self.name)))

    @property
    def plain(self) -> str:
        """Its name without that, to know the same count by."""
        return RUNNING.sub("", words(self.name)).strip(" -:,()").casefold()


def counted_in(name: str) -> Column | None:
    """Return what a column counts, None where it is no count of killed or of injured.

    >>> counted_in("Killed - girls").victims, counted_in("Killed: mines").weapon
    ('child', 'mines')
    >>> counted_in("Killed and injured"), counted_in("Killed, not yet verified")
    (None, None)
    """
    said = words(name)
    metrics = [metric for metric, pattern in PEOPLE.items() if pattern.search(said)]
    if len(metrics) != 1 or NO_COUNT.search(said):
        return None
    (metric,) = metrics
    child, weapon = bool(CHILDREN.search(said)), bool(WEAPONS.search(said))
    return Column(
        name,
        metric,
        part=child or weapon or bool(ADULTS.search(said) or TERRITORY.search(said)),
        victims="child" if child else "civilian",
        weapon=PEOPLE[metric].sub("", said).strip(" -:,()") if weapon else "",
        hedge="at_least" if AT_LEAST.search(said) else "exact",
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by what they hold; "" where there is none."""

    wholes: tuple[Column, ...]
    parts: tuple[Column, ...]
    date: str
    month: str
    year: str
    first: str
    last: str
    published: str
    address: str
    dividing: tuple[str, ...]

    @property
    def by_bulletin(self) -> bool:
        """Whether a row is a running total to a day."""
        return bool(self.date) and not self.month

    @property
    def read(self) -> frozenset[str]:
        """The names of the columns that are read."""
        counts = (column.name for column in (*self.wholes, *self.parts))
        days = (self.date, self.month, self.year, self.first, self.last, self.published)
        return frozenset({*counts, *days, self.address, *self.dividing})

    @property
    def lacking(self) -> tuple[str, ...]:
        """What a table of casualties must have and this one has not."""
        held = {column.metric for column in self.wholes}
        dated = () if self.date or self.month or (self.first and self.last) else ("date",)
        return (*dated, *(str(metric) for metric in PEOPLE if metric not in held))


def columns_of(names: Sequence[str]) -> Columns:
    """Return the columns of a table by what they hold.

    Where a table has columns of several bodies, those that name OHCHR are meant; where it has
    wholes that were verified and others, those that were; where it has running totals beside what
    is new, totals where a row is of one day, else what is new.
    """
    own = [name for name in names if CLAIMANT in name] or list(names)
    counts = [column for name in own if (column := counted_in(name))]
    month = _named(MONTH, names)
    if month or not _named(DATE, names):
        counts = [column for column in counts if not column.running]
    else:
        running = {column.plain for column in counts if column.running}
        counts = [column for column in counts if column.running or column.plain not in running]
    whole = [column for column in counts if not column.part]
    whole.sort(key=lambda column: not VERIFIED.search(column.name))
    wholes = [next((c for c in whole if c.metric == metric), None) for metric in PEOPLE]
    return Columns(
        tuple(column for column in wholes if column),
        tuple(column for column in counts if column.part),
        _named(DATE, names),
        month,
        _named(YEAR, names),
        _named(FIRST, names),
        _named(LAST, names),
        _named(PUBLISHED, names),
        _named(ADDRESS, names),
        tuple(name for name in names if DIVIDES.search(words(name)) and not counted_in(name)),
    )


def _named(pattern: re.Pattern[str], names: Sequence[str]) -> str:
    return next((name for name in names if pattern.search(words(name))), "")
