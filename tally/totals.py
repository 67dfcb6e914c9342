"""Checks of totals over days: running totals that fall, and days that do not fit them."""

import datetime as dt
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from tally.counts import ceiling, claimant_name, counted, figure, least, most, noun
from tally.day_words import span_words
from tally.language import say, spoken, to_say
from tally.ledger import run_of
from tally.model import Claim, Estimate, Finding, Metric, Reconciled

STOPPED = frozenset({Metric.DRONES_INTERCEPTED, Metric.MISSILES_INTERCEPTED})
NIGHTS = to_say(
    "{noun}, {days}: the nights add up to {total} ({terms}), "
    "{document} gives {limit} for all the days: {excess} too many."
)
REGIONS_OF_DAY = to_say(
    "{noun}, past day to {day:d MMMM y}: the regions add up to {total} ({terms}), "
    "{document} gives {limit} for the country: {excess} too many."
)
REGIONS_OF_NIGHT = to_say(
    "{noun}, night to {day:d MMMM y}: the regions add up to {total} ({terms}), "
    "{document} gives {limit} for the country: {excess} too many."
)
STEP = to_say(
    "The running total of {noun} rose from {was} to {now} on {date}, by {step}; "
    "{document} gives {stated} for that day: {gap}."
)
LONG_STEP = to_say(
    "The running total of {noun} rose from {was} to {now} from {start} to {date}, by {step}; "
    "{document} gives {stated} for these days: {gap}."
)


def cumulative_falls(reconciled: Reconciled) -> Iterator[Finding]:
    """Find running totals of one claimant that go down."""
    running: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in counted(reconciled):
        if run := run_of(claim):
            running[*run, claimant_name(claim)].append(claim)
    for found in running.values():
        ordered = sorted(found, key=lambda c: (c.period_end or dt.date.min, c.published, c.id))
        for before, after in pairwise(ordered):
            if before.period_end != after.period_end and least(after) < most(before):
                drop = least(before) - least(after)
                yield Finding(
                    "cumulative_falls",
                    f"{before.document_id}, {after.document_id}",
                    f"at least {least(before)}",
                    str(least(after)),
                    say(
                        "A running total of {noun} fell: {was} to {day}, {now} to {later}: "
                        "{drop} fewer.",
                        noun=noun(after),
                        was=figure(before),
                        day=before.period_end,
                        now=figure(after),
                        later=after.period_end,
                        drop=drop,
                    ),
                    (before.id, after.id),
                )


def days_exceed_total(reconciled: Reconciled) -> Iterator[Finding]:
    """Find figures for several days that are smaller than their nights, each counted once.

    Only nights that begin and end inside the days are added: they share no hour.
    """
    nights: dict[tuple[object, ...], dict[dt.date, Claim]] = defaultdict(dict)
    known = {claim.id: claim for claim in counted(reconciled)}
    for one in reconciled.estimates:
        if one.status in {"single source", "agreed", "updated"} and " night" in one.incident:
            about = (one.metric, one.attacker, one.side, one.admin1, one.victims)
            certain = one.high is not None and one.window != "evening"
            if certain and one.period_end and one.period_start == one.period_end:
                nights[about][one.period_end] = known[one.claim_ids[0]]
    dated = {about: sorted(days) for about, days in nights.items()}
    for whole in known.values():
        about = (whole.metric, whole.attacker, whole.claimant_side, whole.admin1, whole.victims)
        start, end = whole.period_start, whole.period_end
        if start and end and start < end and whole.high is not None and not whole.part_of:
            days = dated.get(about, [])
            within = days[bisect_right(days, start) : bisect_right(days, end)]
            inside = [nights[about][day] for day in within]
            if sum(map(least, inside)) > ceiling(whole):
                limit = most(whole)
                span = span_words(start, end)
                yield _too_many("days_exceed_total", NIGHTS, whole, inside, limit, days=span)


def _too_many(
    check: str, message: str, whole: Claim, parts: list[Claim], limit: int, **when: object
) -> Finding:
    total = sum(map(least, parts))
    return Finding(
        check,
        whole.document_id,
        str(limit),
        str(total),
        say(
            message,
            noun=noun(whole),
            total=total,
            terms=" + ".join(spoken().number(least(part)) for part in parts),
            document=whole.document_id,
            limit=limit,
            excess=total - limit,
            **when,
        ),
        (whole.id, *(part.id for part in parts)),
    )


def regions_exceed_total(reconciled: Reconciled) -> Iterator[Finding]:
    """Find what is given for a country and is smaller than its regions' in other documents.

    Tolls of a past day, and what one claimant stopped over the same hours of a night.
    """
    wholes: dict[tuple[object, ...], Estimate] = {}
    regions: dict[tuple[object, ...], dict[str, Estimate]] = defaultdict(dict)
    for one in reconciled.estimates:
        about = _regional(one)
        if about and one.incident.endswith((" nationwide past_day", " nationwide night")):
            # A count up to the night's end lies inside one that goes on into the morning.
            wholes[about] = max(wholes.get(about, one), one, key=_ceiling)
        elif about and len(one.admin1) == 1:
            held = regions[about].setdefault(one.admin1[0], one)
            regions[about][one.admin1[0]] = max(held, one, key=lambda e: e.low or 0)
    known = {claim.id: claim for claim in reconciled.claims}
    for about, whole in wholes.items():
        found = [known[one.claim_ids[0]] for one in regions.get(about, {}).values()]
        mine = {known[claim_id].document_id for claim_id in whole.claim_ids}
        apart = any(claim.document_id not in mine for claim in found)
        if apart and whole.high is not None and sum(map(least, found)) > ceiling(whole):
            claim = known[whole.claim_ids[0]]
            message = REGIONS_OF_NIGHT if claim.metric in STOPPED else REGIONS_OF_DAY
            yield _too_many(
                "regions_exceed_total", message, claim, found, whole.high, day=claim.period_end
            )


def _ceiling(one: Estimate) -> float:
    return math.inf if one.high is None else one.high


def _regional(one: Estimate) -> tuple[object, ...] | None:
    """Return what a country's figure and a region's must share to be compared, if they may be."""
    day = (one.metric, one.attacker, one.side, one.period_end, one.victims)
    where = "nationwide" if not one.admin1 else one.admin1[0]
    if one.incident.endswith(f" {where} past_day"):
        return *day, "past_day"
    stopped = one.metric in STOPPED and one.status != "contested" and len(one.claimants) == 1
    if stopped and one.window and one.incident.endswith(f" {where} night"):
        return *day, one.window, one.claimants
    return None


def steps_disagree(reconciled: Reconciled) -> Iterator[Finding]:
    """Find days and months that are not the step between running totals of their own claimant."""
    running: dict[tuple[object, ...], dict[dt.date, Claim]] = defaultdict(dict)
    spans: dict[tuple[object, ...], Claim] = {}
    for claim in filter(_is_exact, counted(reconciled)):
        what = (claim.metric, claim.attacker, claim.admin1, claim.place, claim.victims)
        key = (*what, claimant_name(claim))
        if claim.aggregation == "cumulative" and claim.period_end:
            running[key].setdefault(claim.period_end, claim)
        elif claim.window in {"", "past_day"}:
            spans.setdefault((*key, (claim.period_start, claim.period_end)), claim)
    for counted_by, totals in running.items():
        for before, after in pairwise(sorted(totals)):
            span = before + dt.timedelta(days=1), after
            stated = spans.get((*counted_by, span))
            step = least(totals[after]) - least(totals[before])
            if stated and step >= 0 and step != least(stated):
                yield _other_step(totals[before], totals[after], stated)


def _is_exact(claim: Claim) -> bool:
    exact = claim.low is not None and claim.low == claim.high and claim.hedge == "exact"
    return bool(claim.claimant and claim.period_end and exact and not claim.part_of)


def _other_step(before: Claim, after: Claim, told: Claim) -> Finding:
    step, stated = least(after) - least(before), least(told)
    gap = abs(stated - step)
    return Finding(
        "steps_disagree",
        f"{before.document_id}, {after.document_id}, {told.document_id}",
        f"{step:,}",
        f"{stated:,}",
        say(
            STEP if told.period_start == told.period_end else LONG_STEP,
            noun=noun(told),
            was=least(before),
            now=least(after),
            start=told.period_start,
            date=after.period_end,
            step=step,
            document=told.document_id,
            stated=stated,
            gap=say("{n} too many", n=gap) if stated > step else say("{n} too few", n=gap),
        ),
        (before.id, after.id, told.id),
    )
