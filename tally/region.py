"""Tables of one region over a span of days: its days, its place among all, who speaks of it.

No words, no looks. Days are set side by side and never added up; a figure of the region is the
word of the side whose country it lies in, and what others say of it stands apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tally.doubts import Doubt, doubts
from tally.evidence import Count, Night, is_overnight
from tally.hosts import publisher
from tally.model import OPPONENT, TOLLS, Claim, Estimate, Metric, Side
from tally.names import Names
from tally.rising import Rising
from tally.span import Day, Review
from tally.tolls import Toll, region_toll, tolls
from tally.wording import capital

STOPPED = Metric.DRONES_INTERCEPTED
MEASURES = (*TOLLS, STOPPED)
COUNTRY: Mapping[str, Side] = {"UA": "Ukraine", "RU": "Russia"}


@dataclass(frozen=True, slots=True)
class Joint:
    """Drones that a region's own side says it stopped over it and `others` together."""

    count: Count
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionDay:
    """One day of a region: `counts` by measure are its own side's, `reports` everybody's.

    In a profile alone are `reports` of people hurt; `joint`, what was stopped over several regions
    where no figure is of this one alone; and `theirs`, what the other side says it stopped over it.
    """

    day: Day
    counts: Mapping[Metric, Count]
    claims: tuple[Claim, ...]
    reports: tuple[Toll, ...] = ()
    joint: Joint | None = None
    theirs: Count | None = None

    @property
    def hurt(self) -> bool:
        """Whether the region's own side says that anyone was killed or injured."""
        found = (self.counts.get(metric) for metric in TOLLS)
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

    @property
    def joint_peak(self) -> Peak | None:
        """The highest figure that is of this region and others together."""
        return _highest(Peak(one.joint.count, one) for one in self.days if one.joint)

    @property
    def their_peak(self) -> Peak | None:
        """The highest figure of drones that the other side says it stopped over the region."""
        return _highest(Peak(one.theirs, one) for one in self.days if one.theirs)

    @property
    def joined(self) -> tuple[str, ...]:
        """The regions that joint figures hold beside this one."""
        every = (code for one in self.days if one.joint for code in one.joint.others)
        return tuple(dict.fromkeys(every))


def profile(made: Review, code: str, names: Names, rising: tuple[Rising, ...] = ()) -> Profile:
    """Return what the days of a review say of one region, and where it stands among all."""
    days = tuple(_whole_day(day, code) for day in made.days)
    evidence: dict[str, tuple[Day, Claim]] = {}
    for one in days:
        for claim in one.claims:
            evidence.setdefault(claim.id, (one.day, claim))
    numbers = {claim_id: row for row, claim_id in enumerate(evidence, start=1)}
    own = replace(made, evidence=tuple(evidence.values()), numbers=numbers)
    return Profile(code, names.place("", (code,)), own, days, standings(made.days), rising)


def _whole_day(day: Day, code: str) -> RegionDay:
    shares, other = located(day), OPPONENT[COUNTRY[code[:2]]]
    theirs = shares.get((other, code)) or _stopped(day.night, other, code)
    one = region_day(day, code, shares)
    joint = None if STOPPED in one.counts else _joint(day, code)
    behind = {day.night.claims[number - 1].id for number in joint.count.numbers} if joint else {""}
    claims = tuple(c for c in day.night.claims if code in c.admin1 or c.id in behind)
    reports = _reports(day, code)
    return replace(one, claims=claims, reports=reports, joint=joint, theirs=theirs)


def region_day(day: Day, code: str, shares: Mapping[tuple[str, str], Count]) -> RegionDay:
    """Return what is said of one region on one day; `shares` are what is `located` on it."""
    night, side = day.night, COUNTRY[code[:2]]
    found = {metric: region_toll(night, metric, side, code) for metric in TOLLS}
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
        name = day.night.names.person(claim.claimant, claim.claimant_side)
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
        name = publisher(document)
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
        if found.code in doubt.regions
    )


def hurt_places(found: Profile) -> tuple[tuple[RegionDay, Toll], ...]:
    """Return the reports of people hurt in the region, its own side's first, the gravest first."""
    every: Iterable[tuple[RegionDay, Toll]] = (
        (one, toll) for one in found.days for toll in one.reports
    )
    return tuple(sorted(every, key=lambda held: (held[1].side != found.side, *_gravity(*held))))


def _highest(told: Iterable[Peak]) -> Peak | None:
    return max(told, key=lambda peak: peak.count.drawn, default=None)


def _reports(day: Day, code: str) -> tuple[Toll, ...]:
    return tuple(toll for toll in tolls(day.night) if code in toll.admin1)


def _standing(code: str, mine: Sequence[RegionDay]) -> Standing:
    peaks: dict[Metric, Peak] = {}
    for metric in MEASURES:
        told = [Peak(one.counts[metric], one) for one in mine if metric in one.counts]
        if highest := _highest(told):
            peaks[metric] = highest
    named = sum(bool(one.claims) for one in mine)
    return Standing(code, COUNTRY[code[:2]], named, sum(one.hurt for one in mine), peaks)


def _stopped(night: Night, side: str, code: str) -> Count | None:
    """Return the drones stopped over a region in a night where no total locates them."""
    found = [e for e in night.estimates if _is_stopped(e, side) and e.admin1 == (code,)]
    best = min(found, key=_preference, default=None)
    return night.count(best) if best else None


def _joint(day: Day, code: str) -> Joint | None:
    """Return the drones stopped over a region and others, of the fewest regions."""
    side = COUNTRY[code[:2]]
    held = [(s.admin1, s.count) for whose, s in day.shares() if whose == side]
    told = sorted((e for e in day.night.estimates if _is_stopped(e, side)), key=_preference)
    held += [(e.admin1, day.night.count(e)) for e in told]
    found = [(codes, count) for codes, count in held if code in codes and len(codes) > 1]
    if not found:
        return None
    codes, count = min(found, key=lambda one: len(one[0]))
    return Joint(count, tuple(each for each in codes if each != code))


def _is_stopped(one: Estimate, side: str) -> bool:
    return one.metric == STOPPED and one.side == side and is_overnight(one.window)


def _preference(one: Estimate) -> tuple[object, ...]:
    """Order figures for a night: those for stated hours of the dark, whole ones, the higher."""
    return (not one.window, one.status == "partial", -(one.low or one.high or 0), one.claim_ids)


def _gravity(one: RegionDay, toll: Toll) -> tuple[object, ...]:
    killed, injured = (count.drawn if count else 0 for count in (toll.killed, toll.injured))
    return (-killed, -injured, one.day.night.day, toll.place)
