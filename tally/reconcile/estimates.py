"""What stands of each line, as estimates: low to high over the standing claims, never a mean."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

from tally.counts import claimant_name
from tally.model import TOLLS, Claim, Estimate, Hedge, Metric
from tally.reconcile.identity import OFFICIALS, speaker
from tally.reconcile.incidents import Incident, Statement
from tally.reconcile.lines import SHOT_AND_LOST, Line
from tally.reconcile.scopes import is_inside

Status = Literal["single source", "agreed", "updated", "contested", "partial"]


def estimate(line: Line, *, partial: bool = False) -> tuple[Estimate, ...]:
    """Return the estimate of a line, and one for each part that a total is said to hold."""
    made = [_estimate(line, line.standing, "partial" if partial else _status(line))]
    if line.incident.metric not in TOLLS:
        made += [_estimate(line, [part], "partial") for part in line.parts]
    return tuple(one for one in made if one.claim_ids)


def join_windows(lines: Iterable[Line]) -> Estimate | None:
    """Add up counts of one claimant over windows that share no hour, and say which they are.

    A window inside another is counted by that one. None unless there are
    several such windows, no figure for the whole, and each is certain.
    """
    held = list(lines)
    whole = [line for line in held if not is_inside(line, held)]
    found = sorted(whole, key=lambda line: line.window.begin)
    apart = all(a.window.end <= b.window.begin for a, b in pairwise(found))
    certain = all(
        len(line.standing) == 1 and line.standing[0].best.hedge == "exact" and line.window.stated
        for line in found
    )
    if len(found) < 2 or not apart or not certain:
        return None
    bests = [line.standing[0].best for line in found]
    speakers = [line.standing[0].speakers for line in found]
    if not set.intersection(*speakers):
        return None
    gaps = any(a.window.end < b.window.begin for a, b in pairwise(found))
    total = sum(claim.low or 0 for claim in bests)
    incident = found[0].incident
    return Estimate(
        metric=incident.metric,
        side=found[0].side,
        attacker=incident.attacker,
        place=bests[0].place,
        admin1=incident.place.admin1,
        period_start=incident.day,
        period_end=incident.day,
        window=" + ".join(claim.window for claim in bests),
        low=total,
        high=None if gaps else total,
        hedge="at_least" if gaps else "exact",
        status="partial",
        claimants=(claimant_name(bests[0]),),
        claim_ids=tuple(claim.id for claim in bests),
        incident=incident.label,
        victims=incident.victims,
        mode=bests[0].mode,
    )


def _estimate(line: Line, standing: list[Statement], status: Status) -> Estimate:
    ranked = sorted(standing, key=lambda s: (-len(s.texts), s.number, s.first.id))
    claims = [claim for statement in ranked for claim in (statement.best, *_others(statement))]
    low, high, hedge = _bounds([statement.best for statement in ranked])
    best = claims[0] if claims else line.incident.claims[0]
    return Estimate(
        metric=line.incident.metric,
        side=line.side,
        attacker=line.incident.attacker,
        place=_place(line.incident, best),
        admin1=line.incident.place.admin1,
        period_start=best.period_start,
        period_end=best.period_end,
        window=best.window,
        low=low,
        high=high,
        hedge=hedge,
        status=status,
        claimants=_claimants(claims),
        claim_ids=tuple(claim.id for claim in claims),
        incident=line.incident.label,
        victims=line.incident.victims,
        mode=_mode(line, best),
    )


def _others(statement: Statement) -> list[Claim]:
    best = statement.best
    return [claim for claim in statement.claims if claim.id != best.id]


def _place(incident: Incident, best: Claim) -> str:
    return best.place if incident.place.admin1 or incident.place.spot else ""


def _bounds(claims: list[Claim]) -> tuple[int | None, int | None, Hedge]:
    if not claims:
        return None, None, "exact"
    if len(claims) == 1:
        return claims[0].low, claims[0].high, claims[0].hedge
    lows, highs = [claim.low for claim in claims], [claim.high for claim in claims]
    low = None if None in lows else min(value for value in lows if value is not None)
    high = None if None in highs else max(value for value in highs if value is not None)
    if low is None and high is None:
        # "Up to 20" beside "at least 12": what is open on both ends is shown by what is stated.
        stated = [end for end in (*lows, *highs) if end is not None]
        low, high = min(stated, default=None), max(stated, default=None)
    if low is not None and high is not None:
        return low, high, "range"
    return low, high, "at_most" if low is None else "at_least"


def _status(line: Line) -> Status:
    if len(line.standing) > 1:
        return "contested"
    if line.replaced:
        return "updated"
    claims = [claim for statement in line.standing for claim in statement.claims]
    return "agreed" if len(_independent(claims)) > 1 else "single source"


def _independent(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Return one claim for each independent voice; copies and unnamed officials are no voice."""
    voices: dict[str, Claim] = {}
    for claim in claims:
        voices.setdefault(speaker(claim), claim)
    named = {who: claim for who, claim in voices.items() if who not in {"", OFFICIALS}}
    unnamed = {OFFICIALS: voices[OFFICIALS]} if OFFICIALS in voices else voices
    return named or unnamed


def _claimants(claims: list[Claim]) -> tuple[str, ...]:
    return tuple(claimant_name(claim) for claim in _independent(claims).values() if claim.claimant)


def _mode(line: Line, best: Claim) -> str:
    if line.incident.metric != Metric.DRONES_INTERCEPTED:
        return ""
    split = [relation for relation in line.relations if relation.rule == SHOT_AND_LOST]
    if any(relation.other_id == best.id for relation in split):
        return "shot_down_or_suppressed"
    return "shot_down" if any(r.claim_id == best.id for r in split) else best.mode
