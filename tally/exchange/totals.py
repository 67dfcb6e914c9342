"""Running totals of a series beside those of our claims, on the days for which we have one.

A total is never set beside the figure of a day. A day's neighbours are looked at as well, because
a total is often dated by the morning after the day that it reaches to.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from tally.counts import counted
from tally.evidence import Count
from tally.exchange.pairs import Pair, Verdict
from tally.exchange.reasons import Theirs, allow_the_same
from tally.model import Claim, Metric, Reconciled

NEAR = 7
WHOLE = frozenset({"", "civilian", "military"})

Totals = Mapping[tuple[dt.date, Metric, str], Claim]


def compare_totals(
    reconciled: Reconciled,
    series: Sequence[Claim],
    span: tuple[dt.date | None, dt.date | None],
    metrics: Sequence[Metric],
) -> Iterator[Pair]:
    """Give a pair for each running total of a whole country that we have and they may have."""
    theirs = {key: claim for claim in series if (key := _key(claim))}
    known = {(metric, victims) for _, metric, victims in theirs}
    first, last = span
    for claim in counted(reconciled):
        key = _key(claim)
        if key is None or claim.aggregation != "cumulative" or key[1:] not in known:
            continue
        outside = (first and key[0] < first) or (last and key[0] > last)
        if not outside and (not metrics or claim.metric in metrics):
            yield _pair(claim, key, theirs)


def _key(claim: Claim) -> tuple[dt.date, Metric, str] | None:
    """Return what a total is of; None where it is of a place, a kind of arms, or of some people."""
    local = claim.place or claim.admin1 or claim.part_of
    kind = claim.metric == Metric.EQUIPMENT_LOSSES
    if local or kind or claim.period_end is None or claim.victims not in WHOLE:
        return None
    return claim.period_end, claim.metric, claim.victims


def _pair(claim: Claim, key: tuple[dt.date, Metric, str], theirs: Totals) -> Pair:
    ours = Count(claim.low, claim.high, claim.hedge)
    found = theirs.get(key)
    verdict, why = _verdict(ours, key, theirs)
    why = "; ".join(filter(None, [why, f"ours in {claim.document_id}"]))
    return Pair(key[0], claim.metric, "", ours, Theirs((found,)) if found else None, verdict, why)


def _verdict(ours: Count, key: tuple[dt.date, Metric, str], theirs: Totals) -> tuple[Verdict, str]:
    found = theirs.get(key)
    if found and ours.exact is not None and Theirs((found,)).exact and found.low == ours.exact:
        return "same", ""
    if found and (why := allow_the_same(ours, Theirs((found,)))):
        return "explained", why
    for step in sorted(range(-NEAR, NEAR + 1), key=abs):
        day = key[0] + dt.timedelta(days=step)
        near = theirs.get((day, *key[1:]))
        if near and ours.exact is not None and near.low == near.high == ours.exact:
            return "explained", f"theirs has that total on {day}"
    return ("unexplained", "") if found else ("only ours", "no row that day")
