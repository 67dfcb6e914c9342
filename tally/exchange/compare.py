"""A series of other people beside ours, day by day, with every difference explained or not.

Ours is what the ledger's claims say together, theirs what the rows of the series add up to. A
reason is arithmetic that comes out ("22 + 41 = 63"), or a circumstance that may be behind a
difference ("other hours") and is called possible. What no rule explains stays unexplained.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tally.evidence import Count, Night, gather
from tally.exchange.pairs import Pair, Verdict
from tally.exchange.reasons import REASONS, Theirs, possible
from tally.exchange.regions import stated_tolls
from tally.exchange.totals import compare_totals
from tally.model import OPPONENT, TOLLS, Claim, Metric, Reconciled
from tally.names import Names
from tally.series import country_of, headline

STEADY = 3
WEEK = dt.timedelta(days=6)
Key = tuple[dt.date, Metric, str]


def compare(
    reconciled: Reconciled,
    series: Sequence[Claim],
    span: tuple[dt.date | None, dt.date | None] = (None, None),
    metrics: Sequence[Metric] = (),
    names: Names | None = None,
) -> tuple[Pair, ...]:
    """Set both beside one another over the days that both reach, or over a span that is given."""
    totals = [
        claim
        for claim in series
        if not claim.part_of and claim.aggregation == "period" and not is_long(claim)
    ]
    held = _by_key(totals)
    days = _days(reconciled, totals, span)
    wanted = metrics or tuple(dict.fromkeys(claim.metric for claim in totals))
    made: list[Pair] = []
    for day in days:
        night = gather(reconciled, day, {}, names)
        for metric in wanted:
            made += _pairs(night, metric, held)
    running = [claim for claim in series if claim.aggregation == "cumulative"]
    made += compare_totals(reconciled, running, span, metrics)
    order = list(Metric)
    made.sort(key=lambda pair: (order.index(pair.metric), pair.day, pair.region))
    return _broken(made, held)


def is_long(claim: Claim) -> bool:
    """Tell whether a claim is of more than a week: its last day is then no day to set it beside."""
    first, last = claim.period_start, claim.period_end
    return first is not None and last is not None and last - first > WEEK


def _broken(pairs: Sequence[Pair], held: Mapping[Key, object]) -> tuple[Pair, ...]:
    """Mark the days from which the series gives drones lost apart from stopped, or does no more.

    A day that is not like those around it is a gap and no break.
    """
    days = [p for p in pairs if p.metric == Metric.DRONES_INTERCEPTED and p.theirs]
    apart = [(pair.day, Metric.DRONES_LOST, pair.region) in held for pair in days]
    breaks = {
        days[at]
        for at in range(STEADY, len(days) - STEADY + 1)
        if len({*apart[at - STEADY : at]}) == 1 == len({*apart[at : at + STEADY]})
        and apart[at - 1] != apart[at]
    }
    return tuple(replace(pair, breaks=True) if pair in breaks else pair for pair in pairs)


def _by_key(totals: Iterable[Claim]) -> dict[Key, list[Claim]]:
    """Return the claims that may be added up for a day: of a whole country, or of one region."""
    held: dict[Key, list[Claim]] = defaultdict(list)
    for claim in totals:
        if claim.period_end is None:
            continue
        if claim.metric in TOLLS:
            region = claim.admin1[0] if len(claim.admin1) == 1 else ""
            held[claim.period_end, claim.metric, region].append(claim)
        elif not claim.place and not claim.admin1:
            held[claim.period_end, claim.metric, ""].append(claim)
    return held


def _days(
    reconciled: Reconciled, totals: Iterable[Claim], span: tuple[dt.date | None, dt.date | None]
) -> list[dt.date]:
    ours = {e.period_end for e in reconciled.estimates if e.period_end}
    theirs = {claim.period_end for claim in totals if claim.period_end}
    if not ours or not theirs:
        return []
    first = span[0] or max(min(ours), min(theirs))
    last = span[1] or min(max(ours), max(theirs))
    length = max((last - first).days + 1, 0)
    return [first + dt.timedelta(days=n) for n in range(length)]


def _pairs(night: Night, metric: Metric, held: Mapping[Key, Sequence[Claim]]) -> Iterator[Pair]:
    others = {
        Metric(name): Theirs(tuple(claims))
        for (day, name, region), claims in held.items()
        if day == night.day and not region
    }
    for region, ours in sorted(_ours(night, metric, held).items()):
        claims = held.get((night.day, metric, region), ())
        theirs = Theirs(tuple(claims)) if claims else None
        if ours is None and theirs is None:
            continue
        yield _pair(night, metric, region, (ours, theirs), others, held)


def _ours(
    night: Night, metric: Metric, held: Mapping[Key, Sequence[Claim]]
) -> dict[str, Count | None]:
    if metric not in TOLLS:
        claims = held.get((night.day, metric, ""), ())
        attacker = next((claim.attacker for claim in claims), "Russia")
        found = headline(night, metric, attacker, OPPONENT[attacker])
        return {"": night.count(found) if found else None}
    regions: dict[str, Count | None] = {}
    for country in OPPONENT.values():
        regions |= stated_tolls(night, metric, country)
    theirs = (region for day, name, region in held if (day, name) == (night.day, metric))
    return {region: regions.get(region) for region in {*regions, *theirs}}


def _pair(
    night: Night,
    metric: Metric,
    region: str,
    both: tuple[Count | None, Theirs | None],
    others: Mapping[Metric, Theirs],
    held: Mapping[Key, object],
) -> Pair:
    ours, theirs = both
    if ours is None:
        known = any(country_of(claim) for claim in night.claims)
        why = "our documents of that day give no such figure" if known else "no document of ours"
        return Pair(night.day, metric, region, ours, theirs, "only theirs", why)
    if theirs is None:
        rows = any(day == night.day for day, _, _ in held)
        why = "the series has rows of that day, and no such figure" if rows else "no row that day"
        return Pair(night.day, metric, region, ours, theirs, "only ours", why)
    if theirs.low == ours.exact and theirs.exact:
        return Pair(night.day, metric, region, ours, theirs, "same")
    for rule in REASONS:
        if why := rule(night, metric, ours, theirs, others):
            return Pair(night.day, metric, region, ours, theirs, "explained", why)
    why = "; ".join(possible(night, metric, ours, theirs))
    verdict: Verdict = "possible" if why else "unexplained"
    return Pair(night.day, metric, region, ours, theirs, verdict, why)
