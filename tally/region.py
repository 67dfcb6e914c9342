"""Tables of one region over a span of days: its days, its place among all, who speaks of it.

No words, no looks. Days are set side by side and never added up; a figure of the region is the
word of the side whose country it lies in, and what others say of it stands apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tally.doubts import Doubt, doubts
from tally.evidence import Count, Night, is_overnight
from tally.model import Claim, Estimate, Metric, Side
from tally.names import Names
from tally.rising import Rising
from tally.series import country_of
from tally.span import Day, Review
from tally.tolls import PEOPLE, Toll, region_toll, tolls
from tally.wording import capital

STOPPED = Metric.DRONES_INTERCEPTED
MEASURES = (*PEOPLE, STOPPED)
COUNTRY: Mapping[str, Side] = {"UA": "Ukraine", "RU": "Russia"}


@dataclass(frozen=True, slots=True)
class RegionDay:
    """One day of a region: `counts` by measure are its own side's, `reports` everybody's.

    `reports` of people hurt are there in a profile alone.
    """

    day: Day
    counts: Mapping[Metric, Count]
    claims: tuple[Claim, ...]
    reports: tuple[Toll, ...] = ()

    @property
    def hurt(self) -> bool:
        """Whether the region's own side says that anyone was killed or injured."""
        found = (self.counts.get(metric) for metric in PEOPLE)
        return any(count and (count.high is None or count.high > 0) for count in found)


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest figure of a measure over the days, and the day it is of."""

    count: Count
    day: RegionDay


@dataclass(frozen=True, slots=True)
class Standing:
    """How often one region is named over the days, and how grave its gravest days are."""

    code: str
    side: Side
    named: int
    hurt: int
    peaks: Mapping[Metric, Peak]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks of the region: how many claims, on how many days, of which measures."""

    name: str
    side: Side
    claims: int
    days: int
    metrics: tuple[Metric, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A region over a span; `review` numbers the claims about it, `standings` are of all regions.

    `standings` are ordered by the days on which people were hurt, then by days named.
    """

    code: str
    name: str
    review: Review
    days: tuple[RegionDay, ...]
    standings: tuple[Standing, ...]
    rising: tuple[Rising, ...] = ()

    @property
    def side(self) -> Side:
        """The side whose country the region lies in."""
        return COUNTRY[self.code[:2]]

    @property
    def standing(self) -> Standing | None:
        """The standing of this region, `None` where nobody names it."""
        return next((one for one in self.standings if one.code == self.code), None)

    def peak(self, metric: Metric) -> Peak | None:
        """Return the region's highest figure of a measure."""
        return self.standing.peaks.get(metric) if self.standing else None


def profile(made: Review, code: str, names: Names, rising: tuple[Rising, ...] = ()) -> Profile:
    """Return what the days of a review say of one region, and where it stands among all."""
    days = tuple(
        replace(region_day(day, code, located(day)), reports=_reports(day, code))
        for day in made.days
    )
    evidence: dict[str, tuple[Day, Claim]] = {}
    for one in days:
        for claim in one.claims:
            evidence.setdefault(claim.id, (one.day, claim))
    numbers = {claim_id: row for row, claim_id in enumerate(evidence, start=1)}
    own = replace(made, evidence=tuple(evidence.values()), numbers=numbers)
    return Profile(code, names.place("", (code,)), own, days, standings(made.days), rising)


def region_day(day: Day, code: str, shares: Mapping[tuple[str, str], Count]) -> RegionDay:
    """Return what is said of one region on one day; `shares` are what is `located` on it."""
    night, side = day.night, COUNTRY[code[:2]]
    found = {metric: region_toll(night, metric, side, code) for metric in PEOPLE}
    found[STOPPED] = shares.get((side, code)) or _stopped(night, side, code)
    return RegionDay(
        day,
        {metric: count for metric, count in found.items() if count},
        tuple(claim for claim in night.claims if code in claim.admin1),
    )


def located(day: Day) -> dict[tuple[str, str], Count]:
    """Return the drones that each side says it stopped over one region, by side and code."""
    return {
        (side, share.admin1[0]): share.count
        for side, share in day.shares()
        if len(share.admin1) == 1
    }


def standings(days: Sequence[Day]) -> tuple[Standing, ...]:
    """Return every region that is named, the one hurt on most days first."""
    shared = [(day, located(day)) for day in days]
    codes = {code for day in days for claim in day.night.claims for code in claim.admin1}
    made = (
        _standing(code, [region_day(day, code, shares) for day, shares in shared])
        for code in codes
        if code[:2] in COUNTRY
    )
    return tuple(sorted(made, key=lambda one: (-one.hurt, -one.named, one.code)))


def panels(
    days: Sequence[Day], metric: Metric, side: Side, most: int
) -> dict[str, tuple[RegionDay, ...]]:
    """Return the regions of a country with figures on most days, each with its days."""
    shared = [(day, located(day)) for day in days]
    rows = {
        one.code: tuple(region_day(day, one.code, shares) for day, shares in shared)
        for one in standings(days)
        if one.side == side and metric in one.peaks
    }

    def rank(code: str) -> tuple[int, int, str]:
        told = [one.counts[metric].drawn for one in rows[code] if metric in one.counts]
        return -len(told), -max(told), code

    return {code: rows[code] for code in sorted(rows, key=rank)[:most]}


def speakers(found: Profile) -> tuple[Speaker, ...]:
    """Return who speaks of the region, the one with most claims first."""
    held: dict[tuple[str, Side], list[tuple[Day, Claim]]] = defaultdict(list)
    for day, claim in found.review.evidence:
        name = day.night.names.printed(claim.claimant, claim.claimant_side)
        held[capital(name), claim.claimant_side].append((day, claim))
    made = [
        Speaker(
            *who,
            len(said),
            len({claim.period_end for _, claim in said}),
            tuple(metric for metric in Metric if any(c.metric == metric for _, c in said)),
        )
        for who, said in held.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.claims, one.side, one.name)))


def publishers(found: Profile) -> tuple[tuple[str, int, int], ...]:
    """Return who prints claims about the region, with how many documents and claims."""
    documents: dict[str, set[str]] = defaultdict(set)
    claims: dict[str, int] = defaultdict(int)
    for day, claim in found.review.evidence:
        document = day.night.documents.get(claim.document_id)
        name = document.publisher if document else ""
        documents[name].add(claim.document_id)
        claims[name] += 1
    made = ((name, len(documents[name]), count) for name, count in claims.items())
    return tuple(sorted(made, key=lambda one: (-one[2], one[0])))


def region_doubts(found: Profile) -> tuple[tuple[RegionDay, Doubt], ...]:
    """Return the questions that claims about the region leave, in the order of the days."""
    return tuple(
        (one, doubt)
        for one in found.days
        for doubt in doubts(one.day.night)
        if found.code in doubt.admin1
    )


def hurt_places(found: Profile) -> tuple[tuple[RegionDay, Toll], ...]:
    """Return the reports of people hurt in the region, its own side's first, the gravest first."""
    every: Iterable[tuple[RegionDay, Toll]] = (
        (one, toll) for one in found.days for toll in one.reports
    )
    return tuple(sorted(every, key=lambda held: (held[1].side != found.side, *_gravity(*held))))


def _reports(day: Day, code: str) -> tuple[Toll, ...]:
    return tuple(toll for toll in tolls(day.night) if code in toll.admin1)


def _standing(code: str, mine: Sequence[RegionDay]) -> Standing:
    peaks: dict[Metric, Peak] = {}
    for metric in MEASURES:
        told = [Peak(one.counts[metric], one) for one in mine if metric in one.counts]
        if told:
            peaks[metric] = max(told, key=lambda peak: peak.count.drawn)
    named = sum(bool(one.claims) for one in mine)
    return Standing(code, COUNTRY[code[:2]], named, sum(one.hurt for one in mine), peaks)


def _stopped(night: Night, side: Side, code: str) -> Count | None:
    """Return the drones stopped over a region in a night where no total locates them."""
    found = [e for e in night.estimates if _is_stopped(e, side, code)]
    best = min(found, key=_preference, default=None)
    return night.count(best) if best else None


def _is_stopped(one: Estimate, side: Side, code: str) -> bool:
    mine = one.side == side and one.admin1 == (code,) and country_of(one) == side
    return one.metric == STOPPED and mine and is_overnight(one.window)


def _preference(one: Estimate) -> tuple[object, ...]:
    """Order figures for a night: those for stated hours of the dark, whole ones, the higher."""
    return (not one.window, one.status == "partial", -(one.low or one.high or 0), one.claim_ids)


def _gravity(one: RegionDay, toll: Toll) -> tuple[object, ...]:
    killed, injured = (count.drawn if count else 0 for count in (toll.killed, toll.injured))
    return (-killed, -injured, one.day.night.day, toll.place)
