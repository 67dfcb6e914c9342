"""Tables of a span of days, out of its nights; no words, no looks.

Days are set side by side and never added up: windows of neighbouring days may overlap.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tally.evidence import Count, Night, gather
from tally.model import OPPONENT, TOLLS, Claim, Document, Metric, Reconciled, RelationKind
from tally.names import Names
from tally.rising import Rising
from tally.series import ATTACKERS, Bar, Share, bars, split
from tally.tolls import toll_sum

LONGEST = 62
REVISED = (RelationKind.UPDATES, RelationKind.CORRECTS)


@dataclass(frozen=True, slots=True)
class Day:
    """One night of a span, with what its headlines rest on; `tolls` are by metric and country."""

    night: Night
    bars: tuple[Bar, ...]
    tolls: Mapping[tuple[Metric, str], Count | None]

    def bar(self, attacker: str, munition: str = "drones") -> Bar | None:
        """Return what the attacked side says became of one kind of munition."""
        found = (b for b in self.bars if (b.attacker, b.munition) == (attacker, munition))
        return next(found, None)

    def shares(self) -> Iterator[tuple[str, Share]]:
        """Give the regions that each side locates drones stopped in, with the side."""
        for made in filter(None, (split(self.night, attacker) for attacker in ATTACKERS)):
            yield from ((made.side, share) for share in made.shares)

    @staticmethod
    def counts(bar: Bar) -> Iterator[Count]:
        """Give the figures that a bar is drawn from."""
        yield from (count for count in (bar.launched, bar.stopped) if count)
        yield from (part.count for part in bar.parts)

    def claims(self) -> Iterator[Claim]:
        """Give each claim that a figure of the day rests on, in the order of the night."""
        rows = {n for bar in self.bars for count in self.counts(bar) for n in count.numbers}
        rows |= {n for count in self.tolls.values() if count for n in count.numbers}
        rows |= {n for _, share in self.shares() for n in share.count.numbers}
        yield from (self.night.claims[row - 1] for row in sorted(rows))


@dataclass(frozen=True, slots=True)
class Review:
    """The days of a span; the claims that its figures rest on are numbered over all of it."""

    start: dt.date
    end: dt.date
    days: tuple[Day, ...]
    as_of: dt.datetime | None = None
    evidence: tuple[tuple[Day, Claim], ...] = ()
    known: tuple[dt.date, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    rising: tuple[Rising, ...] = ()

    def rows(self, day: Day, count: Count) -> tuple[int, ...]:
        """Return the evidence rows of the review that a count of a night rests on."""
        ids = (day.night.claims[number - 1].id for number in count.numbers)
        return tuple(self.numbers[i] for i in ids if i in self.numbers)


@dataclass(frozen=True, slots=True)
class Region:
    """What was said of one region over a span: the days it was named, and its greatest day."""

    place: str
    side: str
    days: int
    most: Count
    on: dt.date


@dataclass(frozen=True, slots=True)
class Revision:
    """A toll that a later claim replaced: what it was, what it became, and why we think so."""

    day: dt.date
    earlier: Claim
    later: Claim
    sentence: str
    names: Names


def review(
    reconciled: Reconciled,
    span: tuple[dt.date, dt.date],
    documents: Mapping[str, Document],
    names: Names | None = None,
    as_of: dt.datetime | None = None,
    rising: tuple[Rising, ...] = (),
) -> Review:
    """Set the nights from `span[0]` to `span[1]`, both included, side by side.

    `rising` are the tolls of these days that moved over time.
    """
    start, end = span
    length = (end - start).days + 1
    dates = (start + dt.timedelta(days=n) for n in range(length))
    days = tuple(_day(gather(reconciled, day, documents, names, as_of)) for day in dates)
    evidence: dict[str, tuple[Day, Claim]] = {}
    moved = {claim_id for one in rising for claim_id in one.claim_ids}
    for day in days:
        held = (claim for claim in day.night.claims if claim.id in moved)
        for claim in (*day.claims(), *_revised(day.night), *held):
            evidence.setdefault(claim.id, (day, claim))
    numbers = {claim_id: row for row, claim_id in enumerate(evidence, start=1)}
    known = tuple(sorted({c.period_end for c in reconciled.claims if c.period_end}))
    return Review(start, end, days, as_of, tuple(evidence.values()), known, numbers, rising)


def definition(bar: Bar | None) -> str:
    """Tell whether drones lost from radar are "inside" a figure of those stopped or "apart".

    "" where the figures and the words do not tell.
    """
    if bar is None or bar.stopped is None:
        return ""
    if bar.part("lost"):
        return "inside" if bar.part("shot down") else "apart"
    return "inside" if bar.mode == "shot_down_or_suppressed" else ""


def breaks(days: Sequence[Day], attacker: str) -> frozenset[dt.date]:
    """Return the days on which a side's definition differs from the last that is known."""
    made, last = set(), ""
    for day in days:
        now = definition(day.bar(attacker))
        if now and last and now != last:
            made.add(day.night.day)
        last = now or last
    return frozenset(made)


def regions(days: Sequence[Day]) -> tuple[Region, ...]:
    """Return where drones were said to be stopped, the region named on most days first."""
    found: dict[tuple[str, str], list[tuple[dt.date, Count]]] = {}
    for day in days:
        for side, share in day.shares():
            place = day.night.names.place("" if share.admin1 else share.place, share.admin1)
            held = found.setdefault((place, side), [])
            held.append((day.night.day, share.count))
    rows = [
        Region(place, side, len({on for on, _ in held}), *_most(held))
        for (place, side), held in found.items()
        if place
    ]
    return tuple(sorted(rows, key=lambda row: (row.side, -row.days, -row.most.drawn, row.place)))


def revisions(days: Sequence[Day]) -> tuple[Revision, ...]:
    """Return the tolls that were raised or lowered, in the order of the days."""
    made: dict[tuple[str, str], Revision] = {}
    for day in days:
        claims = {claim.id: claim for claim in day.night.claims}
        for relation in day.night.relations:
            later, earlier = claims[relation.claim_id], claims[relation.other_id]
            if relation.kind in REVISED and later.metric in TOLLS and _differ(later, earlier):
                found = Revision(day.night.day, earlier, later, relation.sentence, day.night.names)
                made.setdefault((later.id, earlier.id), found)
    return tuple(made.values())


def weapons(days: Sequence[Day]) -> dict[str, tuple[int, int]]:
    """Return how many claims of people hurt name each weapon, and on how many days."""
    found: dict[str, list[tuple[str, dt.date]]] = {}
    for day in days:
        for claim in day.night.claims:
            if claim.metric in TOLLS and day.night.in_scope(claim):
                found.setdefault(claim.weapon, []).append((claim.id, day.night.day))
    ranked = sorted(found.items(), key=lambda held: (not held[0], -len(held[1]), held[0]))
    return {name: (len(held), len({on for _, on in held})) for name, held in ranked}


def _day(night: Night) -> Day:
    tolls: dict[tuple[Metric, str], Count | None] = {}
    for metric in TOLLS:
        for country in OPPONENT.values():
            made = toll_sum(night, metric, country)
            tolls[metric, country] = made.count if made else None
    return Day(night, bars(night), tolls)


def _revised(night: Night) -> Iterator[Claim]:
    claims = {claim.id: claim for claim in night.claims}
    for relation in night.relations:
        later, earlier = claims[relation.claim_id], claims[relation.other_id]
        if relation.kind in REVISED and later.metric in TOLLS and _differ(later, earlier):
            yield from (earlier, later)


def _differ(one: Claim, other: Claim) -> bool:
    return (one.low, one.high) != (other.low, other.high)


def _most(held: Sequence[tuple[dt.date, Count]]) -> tuple[Count, dt.date]:
    on, count = max(held, key=lambda one: one[1].drawn)
    return count, on
