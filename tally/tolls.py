"""Tables of who was hurt in one night, place by place and country by country; no words, no looks.

The only sum made here is of regions' least figures, and it is kept with its terms.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tally.evidence import Count, Night, Voice
from tally.language import say
from tally.model import OPPONENT, TOLLS, Estimate, Hedge, Metric, Side
from tally.series import ATTACKERS, country_of, headline


@dataclass(frozen=True, slots=True)
class Toll:
    """Who was hurt in one place, by one side's word; `within` is the place it is a part of."""

    country: str
    side: Side
    place: str
    admin1: tuple[str, ...]
    killed: Count | None
    injured: Count | None
    voices: tuple[Voice, ...]
    among: tuple[tuple[str, str, Count], ...] = ()
    claim_ids: frozenset[str] = frozenset()
    within: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A country's toll: stated as such, or (`terms`) the regions' least figures added up.

    Of a stated one `independent` is how many claimants it rests on, copies and officials in general
    not counted, and `contested` whether they disagree.
    """

    metric: Metric
    country: str
    side: Side
    count: Count
    voices: tuple[Voice, ...]
    terms: tuple[Count, ...] = ()
    independent: int = 0
    contested: bool = False


def tolls(night: Night) -> tuple[Toll, ...]:
    """Return who was hurt, a row a place and side; a second attack there has a row of its own.

    The gravest come first, each with the places that its own claims count it in.
    """
    rows: dict[tuple[str, Side, str], list[_Row]] = {}
    local = [e for e in night.estimates if e.metric in TOLLS and _is_local(e)]
    for estimate in sorted(local, key=_breadth):
        place = night.names.place(estimate.place, estimate.admin1)
        held = rows.setdefault((country_of(estimate), estimate.side, place), [])
        same = next((r for r in held if _same(r.told.get(estimate.metric), estimate)), None)
        home = same or _free(held, estimate, local)
        if home is None and not (held and estimate.victims):
            home = _Row()
            held.append(home)
        if home is not None:
            home.add(estimate)
    made = [
        _toll(night, key, _numbered(key[2], index), row)
        for key, held in rows.items()
        for index, row in enumerate(held, start=1)
    ]
    return _nested(night, sorted(made, key=_gravity))


@dataclass(slots=True)
class _Row:
    """The dead and the injured of one attack on a place, and the attacks as others call them."""

    told: dict[Metric, Estimate] = field(default_factory=dict)
    incidents: set[str] = field(default_factory=set)
    claim_ids: set[str] = field(default_factory=set)

    def add(self, estimate: Estimate) -> None:
        """Take in a figure; one that is told already only by its claims."""
        self.told.setdefault(estimate.metric, estimate)
        self.incidents.add(estimate.incident)
        self.claim_ids |= set(estimate.claim_ids)


def _free(rows: Sequence[_Row], estimate: Estimate, local: Sequence[Estimate]) -> _Row | None:
    """Return the row that a figure belongs in: that of its own attack, where one has figures.

    The dead of one strike never stand beside the injured of another.
    """
    free = [row for row in rows if estimate.metric not in row.told]
    beside = [
        e
        for e in local
        if (e.incident, e.side, e.victims) == (estimate.incident, estimate.side, estimate.victims)
        and e.metric != estimate.metric
    ]
    own = [
        row
        for row in free
        if estimate.incident in row.incidents
        or any(_same(row.told.get(e.metric), e) for e in beside)
    ]
    return next(iter(own if own or beside else free), None)


def _nested(night: Night, rows: Sequence[Toll]) -> tuple[Toll, ...]:
    """Set the places whose every figure is a part of another place's behind that one."""
    wholes = [_whole(night, row, rows) for row in rows]
    placed: list[Toll] = []
    for row, whole in zip(rows, wholes, strict=True):
        if whole is None:
            inside = (part for part, its in zip(rows, wholes, strict=True) if its is row)
            placed += [row, *(replace(part, within=row.place) for part in inside)]
    return tuple(placed)


def _whole(night: Night, row: Toll, rows: Sequence[Toll]) -> Toll | None:
    """Return the widest row of another place that each figure of a row is a part of."""
    wider = [other for other in rows if _contains(night, other, row)]
    return next((one for one in wider if not any(_contains(night, o, one) for o in rows)), None)


def _contains(night: Night, whole: Toll, part: Toll) -> bool:
    alike = (whole.country, whole.side) == (part.country, part.side)
    if not alike or whole.place == part.place or not part.claim_ids:
        return False
    return all(_is_part(night, claim_id, whole.claim_ids) for claim_id in part.claim_ids)


def _is_part(night: Night, claim_id: str, wholes: frozenset[str]) -> bool:
    """Tell whether a claim is a part of one of some claims, of a part of it too."""
    claim = night.claim(claim_id)
    while claim is not None and claim.part_of:
        if claim.part_of in wholes:
            return True
        claim = night.claim(claim.part_of)
    return False


def toll_sums(night: Night, country: str) -> tuple[Sum | None, Sum | None]:
    """Return a country's killed and injured."""
    killed, injured = (toll_sum(night, metric, country) for metric in TOLLS)
    return killed, injured


def toll_sum(night: Night, metric: Metric, country: str) -> Sum | None:
    """Return a country's toll by its own side: as stated, else the regions' least added up."""
    attacker = next(a for a in ATTACKERS if OPPONENT[a] == country)
    stated = headline(night, metric, attacker)
    if stated and stated.low != 0:
        return _stated(night, metric, country, stated)
    units = _units(night, metric, country)
    if not units:
        return _stated(night, metric, country, stated) if stated else None
    terms = tuple(night.count(e) for _, e in sorted(units.items()))
    voices = _voices(night, units.values())
    return Sum(metric, country, OPPONENT[attacker], _added(terms), voices, terms)


def region_tolls(night: Night, metric: Metric, country: str) -> dict[str, Count]:
    """Return the least that a country's own side says of each of its regions, by code."""
    return {
        code: _added([night.count(estimate)])
        for code, estimate in sorted(_units(night, metric, country).items())
    }


def region_toll(night: Night, metric: Metric, country: str, code: str) -> Count | None:
    """Return what a country's own side says of one of its regions; of a place in it, at least that.

    `None` where its side gives no figure.
    """
    found = [e for e in night.estimates if _adds(e, metric, country) and e.admin1 == (code,)]
    region = night.names.place("", (code,))
    whole = {e: night.names.place(e.place, e.admin1) == region for e in found}
    best = max(found, key=lambda e: (e.low or 0, whole[e], len(e.claim_ids)), default=None)
    if best is None:
        return None
    count = night.count(best)
    if whole[best] or count.low is None or count.high == 0:
        return count
    hedge: Hedge = "more_than" if count.hedge == "more_than" else "at_least"
    return Count(count.low, None, hedge, count.numbers)


def _units(night: Night, metric: Metric, country: str) -> dict[str, Estimate]:
    """Return the highest least figure of each region; it may be that of one place in it."""
    units: dict[str, Estimate] = {}
    for estimate in night.estimates:
        if _adds(estimate, metric, country):
            held = units.setdefault(estimate.admin1[0], estimate)
            if (estimate.low or 0) > (held.low or 0):
                units[estimate.admin1[0]] = estimate
    return units


def _toll(
    night: Night,
    key: tuple[str, Side, str],
    place: str,
    row: _Row,
) -> Toll:
    country, side, _ = key
    found = row.told
    counts = {metric: night.count(estimate) for metric, estimate in found.items()}
    admin1 = next(iter(found.values())).admin1
    voices = _voices(night, found.values())
    ids = {claim_id for e in found.values() for claim_id in e.claim_ids}
    among = {
        (str(claim.metric), claim.victims): night.stated(claim)
        for claim in night.claims
        if claim.victims and (claim.part_of in ids or claim.id in ids) and night.in_scope(claim)
    }
    marked = tuple((metric, victims, count) for (metric, victims), count in among.items())
    killed, injured = counts.get(Metric.KILLED), counts.get(Metric.INJURED)
    return Toll(
        country, side, place, admin1, killed, injured, voices, marked, frozenset(row.claim_ids)
    )


def _numbered(place: str, report: int) -> str:
    if report == 2:
        return say("{place}, another report", place=place)
    return place if report == 1 else say("{place}, report {n}", place=place, n=report)


def _gravity(toll: Toll) -> tuple[object, ...]:
    """Order places by the gravest figure said of them."""
    killed = toll.killed.drawn if toll.killed else 0
    injured = toll.injured.drawn if toll.injured else 0
    return (toll.country != "Ukraine", -killed, -injured, toll.place)


def _breadth(estimate: Estimate) -> tuple[bool, int]:
    """Order estimates of one place: all its people before one class of them."""
    return bool(estimate.victims), -len(estimate.claim_ids)


def _same(held: Estimate | None, estimate: Estimate) -> bool:
    """Tell whether a figure is told already; two strikes may have the same toll."""
    if held is None or (held.low, held.high) != (estimate.low, estimate.high):
        return False
    strikes = all(" event" in one.incident for one in (held, estimate))
    return held.incident == estimate.incident or not strikes


def _is_local(estimate: Estimate) -> bool:
    return bool(estimate.place or estimate.admin1)


def _adds(estimate: Estimate, metric: Metric, country: str) -> bool:
    """Tell whether a figure may be a term: one region of this country, by its own side."""
    same = estimate.metric == metric and estimate.side == country
    return same and len(estimate.admin1) == 1 and country_of(estimate) == country


def _added(terms: Sequence[Count]) -> Count:
    """Add regions' least figures; regions that nobody counted may have more."""
    least = sum(term.low or 0 for term in terms)
    numbers = tuple(n for term in terms for n in term.numbers[:1])
    if all(term.high == 0 for term in terms):
        return Count(0, 0, "exact", numbers)
    return Count(least, None, "at_least", numbers)


def _stated(night: Night, metric: Metric, country: str, stated: Estimate) -> Sum:
    return Sum(
        metric,
        country,
        stated.side,
        night.count(stated),
        _voices(night, [stated]),
        independent=len(stated.claimants),
        contested=stated.status == "contested",
    )


def _voices(night: Night, estimates: Iterable[Estimate]) -> tuple[Voice, ...]:
    """Return everybody whose word these figures are, once each, with the title or without."""
    claims = [c for e in estimates for i in e.claim_ids if (c := night.claim(i))]
    found: dict[Voice, Voice] = {}
    for claim in claims:
        name, side = claim.claimant, claim.claimant_side
        known = Voice(night.names.person(name, side), side)
        found.setdefault(known, Voice(night.names.printed(name, side), side))
    return tuple(found.values())
