"""The nouns of the system. Everything here is immutable and imports nothing from `tally`.

Clocks are kept apart: `period` is when it happened, `as_of` what the figure is as of, `published`
when the document came out. `published` is an ISO date or an ISO time with its offset.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

Side = Literal["Ukraine", "Russia", "third_party", "unattributed"]
Hedge = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "range"]
Aggregation = Literal["period", "increment", "cumulative"]

# The belligerent that each of the two is at war with.
OPPONENT: dict[str, Side] = {"Russia": "Ukraine", "Ukraine": "Russia"}

KYIV = ZoneInfo("Europe/Kyiv")


class Metric(StrEnum):
    """What is counted; the meaning of each is in `data/README.md`."""

    DRONES_LAUNCHED = "drones_launched"
    DRONES_INTERCEPTED = "drones_intercepted"
    DRONES_LOST = "drones_lost"
    DRONES_HIT = "drones_hit"
    DRONES_AIRBORNE = "drones_airborne"
    MISSILES_LAUNCHED = "missiles_launched"
    MISSILES_INTERCEPTED = "missiles_intercepted"
    MISSILES_HIT = "missiles_hit"
    KILLED = "killed"
    INJURED = "injured"
    PERSONNEL_LOSSES = "personnel_losses"
    EQUIPMENT_LOSSES = "equipment_losses"


# What counts people, in the order in which they are told.
TOLLS = (Metric.KILLED, Metric.INJURED)


class RelationKind(StrEnum):
    """How one claim stands to another; the first claim named is the one that came later."""

    PART_OF = "part_of"
    REPEATS = "repeats"
    UPDATES = "updates"
    CORRECTS = "corrects"
    CONTRADICTS = "contradicts"
    OVERLAPS = "overlaps"
    OTHER_SCOPE = "other_scope"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document was collected from: a path or address, and the item in it by its own name.

    `item` is what the format calls the document (a Message-ID, `telegram:CHAT/MESSAGE`), `taken_at`
    the UTC time of the first taking in, `sha256` the digest of the file as it was then.
    """

    found_at: str
    item: str
    taken_at: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it was received: never edited, and where it came from.

    `revised` is the time from which this text stood in the place of an earlier one, `replaces` the
    id of that one; `copy_of` the id of a document that has nearly the same text.
    """

    id: str
    lang: str
    published: str | None
    publisher: str
    url: str
    title: str
    text: str
    digest: bool = False
    revised: str = ""
    replaces: str = ""
    copy_of: str = ""
    origin: Origin | None = None

    @property
    def known_from(self) -> str:
        """When this text came out, in ISO form: as revised, else as published, "" if unknown."""
        return self.revised or self.published or ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets in the stored text of a document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count as the source put it: the words of doubt are part of the number.

    `None` is an open end: "at least 30" is `Quantity(30, None, "at_least")`.
    """

    low: int | None
    high: int | None
    hedge: Hedge = "exact"

    def __post_init__(self) -> None:
        """Refuse a range written backwards."""
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"low {self.low} is above high {self.high}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Period:
    """The days something happened on, both included; `None` where nothing tells."""

    start: dt.date | None
    end: dt.date | None
    window: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written, and the first-level units (ISO 3166-2) that contain it."""

    name: str
    admin1: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One number that one document asserts, who asserts it, and the words that show it.

    Empty strings mean "not said". `window` holds clock times as stated ("20:00-23:00");
    `admin1` ISO 3166-2 codes; `part_of` the id of a claim of the same document; `start` and `end`
    the offsets of the figure in the stored text; `rule` the names of the rules that made it,
    joined by "; "; `review` reasons to look again, joined by "; ".
    """

    id: str
    document_id: str
    lang: str
    metric: Metric
    low: int | None
    high: int | None
    hedge: Hedge
    aggregation: Aggregation
    attacker: str
    claimant: str
    claimant_side: Side
    place: str
    admin1: tuple[str, ...]
    period_start: dt.date | None
    period_end: dt.date | None
    window: str
    as_of: str
    published: str
    victims: str
    weapon: str
    mode: str
    part_of: str
    unverified: bool
    quote: str
    start: int
    end: int
    rule: str
    review: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A human decision about claims: what, why, who, when.

    `match` are the fields that name the claims it is about (`document`, `metric`, `low`, …);
    `values` the corrected fields when `decision` is "correct".
    """

    decision: Literal["accept", "reject", "correct", "same_incident", "different_incident"]
    match: tuple[tuple[str, str], ...]
    reason: str
    author: str
    date: dt.date
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """How claim `claim_id` stands to the earlier claim `other_id`, by which rule, in a sentence."""

    kind: RelationKind
    claim_id: str
    other_id: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the claims say together of one metric, attacker, place and period.

    `side` is the side whose word it is: belligerents' figures are never one estimate. `low` and
    `high` span the standing claims; `claim_ids` are those it rests on, best first; `claimants`
    counts independent ones.
    """

    metric: Metric
    side: Side
    attacker: str
    place: str
    admin1: tuple[str, ...]
    period_start: dt.date | None
    period_end: dt.date | None
    window: str
    low: int | None
    high: int | None
    hedge: Hedge
    status: Literal["single source", "agreed", "updated", "contested", "partial"]
    claimants: tuple[str, ...]
    claim_ids: tuple[str, ...]
    incident: str = ""
    victims: str = ""
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """One side's account of one night's attack: where the drones went, by its own figures.

    `remainder` is what the account leaves over: launched minus intercepted, lost, hit and still
    airborne; where no launched figure is given, intercepted minus `located` (what the parts place
    in a region).
    It may be negative, which is a finding; it is None where the account has no total.
    """

    attacker: str
    side: Side
    period_end: dt.date
    launched: int | None
    intercepted: int | None
    lost: int | None
    hit: int | None
    remainder: int | None
    mode: str
    claim_ids: tuple[str, ...]
    located: int | None = None
    airborne: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Bad data, said aloud: what was expected, what was found, and the claims concerned."""

    check: str
    where: str
    expected: str
    found: str
    sentence: str
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the claims known at one moment say together, and where they do not agree.

    `claims` are all that were known, as corrected by rulings, the rejected ones included: their
    ids are in `rejected`, and no estimate rests on them.
    """

    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    estimates: tuple[Estimate, ...]
    balances: tuple[Balance, ...]
    findings: tuple[Finding, ...]
    rejected: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 16)
def published_at(published: str) -> dt.datetime:
    """Return the UTC time from which a publication counts as known.

    A bare date counts from the end of that day in Kyiv: nobody had it for certain before.

    >>> published_at("2025-05-21T06:30+03:00").isoformat()
    '2025-05-21T03:30:00+00:00'
    >>> published_at("2025-05-21").isoformat()
    '2025-05-21T20:59:59+00:00'
    """
    if len(published) == len("2025-05-21"):
        day = dt.date.fromisoformat(published)
        moment = dt.datetime.combine(day, dt.time(23, 59, 59), KYIV)
    else:
        moment = dt.datetime.fromisoformat(published)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=KYIV)
    return moment.astimezone(dt.UTC)
