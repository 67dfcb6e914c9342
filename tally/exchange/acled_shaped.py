"""What the claims say together in the columns of ACLED: shaped like ACLED's data, never theirs.

Users of such files add rows up. So a region has one row a day and country with people hurt, the
highest of its least figures, and what may be inside that toll is lost and listed. Interceptions
have a row a region, their `fatalities` empty; an empty cell is a number that nobody gave.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tally.evidence import Count, Night
from tally.exchange.cells import to_csv
from tally.exchange.exported import Edition, Loss, texts_left
from tally.exchange.places import point_of, region_code
from tally.exchange.regions import stated_tolls
from tally.files import write_whole
from tally.gazetteer import region_names
from tally.model import OPPONENT, TOLLS, Claim, Metric, published_at
from tally.series import ATTACKERS, split
from tally.wording import agree, words

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
ISO = {"Ukraine": "804", "Russia": "643"}
FORCES = {
    "Russia": "Military Forces of Russia (2000-)",
    "Ukraine": "Military Forces of Ukraine (2019-)",
}
STRATEGIC = "Strategic developments"
TOWN, REGION = "1", "3"
NIGHT, WEEK = dt.timedelta(days=1), dt.timedelta(days=6)
MOST_QUOTES = 5


@dataclass(frozen=True, slots=True)
class Event:
    """A row: what was said of one region of a country on one day."""

    night: Night
    country: str
    code: str
    counts: dict[Metric, Count]

    @property
    def claims(self) -> list[Claim]:
        """The claims that the row rests on."""
        rows = dict.fromkeys(n for count in self.counts.values() for n in count.numbers)
        return [self.night.claims[number - 1] for number in rows]


def write_acled(edition: Edition, path: Path) -> tuple[Loss, ...]:
    """Write the rows, and return what they cannot hold."""
    events = list(_events(edition))
    write_whole(path, to_csv(COLUMNS, [list(_row(edition, event).values()) for event in events]))
    return (texts_left(edition), *_losses(edition, events))


@cache
def acled_region(code: str) -> str:
    """Return the name of a region as ACLED writes it, so that reading it gives the same region.

    >>> [acled_region(code) for code in ("UA-59", "UA-32", "UA-30", "RU-KDA")]
    ['Sumy', 'Kyiv', 'Kyiv City', 'Krasnodar']
    """
    name = region_names()[code]
    bare = name.removesuffix(" Oblast").removesuffix(" Krai").replace(" city", " City")
    tried = (bare, f"{bare} City", name)
    return next((one for one in tried if region_code(one) == code), name)


def _events(edition: Edition) -> Iterator[Event]:
    for night in edition.nights():
        for country in OPPONENT.values():
            tolls = {metric: stated_tolls(night, metric, country) for metric in TOLLS}
            for code in sorted({code for found in tolls.values() for code in found}):
                counts = {metric: tolls[metric][code] for metric in TOLLS if code in tolls[metric]}
                yield Event(night, country, code, counts)
        for attacker in ATTACKERS:
            found = split(night, attacker)
            for share in found.shares if found else ():
                if len(share.admin1) == 1:
                    counts = {Metric.DRONES_INTERCEPTED: share.count}
                    yield Event(night, OPPONENT[attacker], share.admin1[0], counts)


def _row(edition: Edition, event: Event) -> dict[str, str]:
    claims, killed = event.claims, event.counts.get(Metric.KILLED)
    attackers = {claim.attacker for claim in claims}
    attacker = attackers.pop() if len(attackers) == 1 else ""
    # One town for all that the row rests on, else the region alone.
    points = {point_of(claim) for claim in claims}
    at = next(iter(points)) if len(points) == 1 else None
    name = event.night.names.place(claims[0].place, (event.code,)) if at else ""
    stopped = Metric.DRONES_INTERCEPTED in event.counts
    known = max((published_at(c.published) for c in claims), default=None)
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "event_id_cnty": f"TALLY-{event.night.day}-{event.code}{'-AIR' if stopped else ''}",
        "event_date": event.night.day.isoformat(),
        "year": str(event.night.day.year),
        "time_precision": time_precision(claims),
        "disorder_type": STRATEGIC if stopped else "Political violence",
        "event_type": STRATEGIC if stopped else "",
        "sub_event_type": "Disrupted weapons use" if stopped else "",
        "actor1": FORCES.get(OPPONENT.get(attacker, "") if stopped else attacker, ""),
        "actor2": FORCES.get(attacker, "") if stopped else "",
        "iso": ISO[event.country],
        "region": "Europe",
        "country": event.country,
        "admin1": acled_region(event.code),
        "location": name or acled_region(event.code),
        "latitude": f"{at[1]:.4f}" if at else "",
        "longitude": f"{at[0]:.4f}" if at else "",
        "geo_precision": TOWN if at else REGION,
        "source": "; ".join(_publishers(edition, claims)),
        "notes": _notes(event, claims),
        "fatalities": str(killed.low) if killed and killed.low is not None else "",
        "tags": "; ".join(_tags(event, claims)),
        "timestamp": str(int(known.timestamp())) if known else "",
    }
    return row


def time_precision(claims: Iterable[Claim]) -> str:
    """Return how well ACLED would say the day is known: "1", "2" within a week, "3" less well."""
    spans = (c.period_end - c.period_start for c in claims if c.period_start and c.period_end)
    longest = max(spans, default=NIGHT)
    return "1" if longest <= NIGHT else "2" if longest <= WEEK else "3"


def _publishers(edition: Edition, claims: list[Claim]) -> list[str]:
    found = (edition.documents.get(claim.document_id) for claim in claims)
    return list(dict.fromkeys(d.publisher for d in found if d and d.publisher))


def _notes(event: Event, claims: list[Claim]) -> str:
    """Say who claims what, in our words, then the words of the documents."""
    said = ", ".join(
        f"{words(count)} {_verb(metric, count)}" for metric, count in event.counts.items()
    )
    names = dict.fromkeys(event.night.names.claimant(c.claimant, c.claimant_side) for c in claims)
    who = ", ".join(filter(None, names)) or "nobody named"
    day: dt.date = event.night.day
    quotes = "; ".join(f"“{c.quote}” ({c.document_id})" for c in claims[:MOST_QUOTES])
    where = region_names()[event.code]
    return f"{day.day} {day:%B %Y}, {where}: {said}, claimed by {who}. {quotes}"


def _verb(metric: Metric, count: Count) -> str:
    stopped = agree(count, "drone stopped", "drones stopped")
    return stopped if metric == Metric.DRONES_INTERCEPTED else str(metric)


def _tags(event: Event, claims: list[Claim]) -> Iterator[str]:
    yield "made by Tally, not by ACLED"
    for metric, count in event.counts.items():
        low = "" if count.low is None else str(count.low)
        high = "" if count.high is None else str(count.high)
        yield f"{metric}={low}..{high}"
    yield f"claimant_side={','.join(dict.fromkeys(c.claimant_side for c in claims))}"


def _losses(edition: Edition, events: list[Event]) -> Iterator[Loss]:
    """Give what no row holds: bounds and doubt, and the figures that are in no row at all."""
    hurt = sum(Metric.DRONES_INTERCEPTED not in event.counts for event in events)
    why = "claims do not say how by ACLED's types of event: left empty, for whoever codes them"
    yield Loss("people hurt", "event_type, sub_event_type", f"{hurt} rows", why)
    for event in events:
        name = f"TALLY-{event.night.day}-{event.code}"
        killed = event.counts.get(Metric.KILLED)
        if killed and killed.exact is None:
            why = "fatalities is one number, the least; bounds and doubt are in tags and notes"
            yield Loss(name, "fatalities", words(killed), why)
        injured = event.counts.get(Metric.INJURED)
        if injured:
            yield Loss(name, "injured", words(injured), "ACLED has no injured; see tags and notes")
    held = {claim.id for event in events for claim in event.claims[:MOST_QUOTES]}
    for claim in edition.claims:
        if claim.id not in held:
            yield Loss(claim.id, str(claim.metric), _figure(claim), _why_not(claim))


def _why_not(claim: Claim) -> str:
    if not claim.admin1:
        return "of a whole country or a sea, which ACLED ties to no event"
    if len(claim.admin1) > 1:
        return "of several regions, and a row has one"
    if claim.aggregation == "cumulative":
        return "a running total, which is no event"
    if claim.metric not in (*TOLLS, Metric.DRONES_INTERCEPTED):
        return "ACLED has no column for it"
    return "inside the figure of its region and day, or set aside: a sum would count it twice"


def _figure(claim: Claim) -> str:
    return words(Count(claim.low, claim.high, claim.hedge))
