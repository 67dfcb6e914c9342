"""Where a night's drones went, by one side's own figures, with the remainder never clipped."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from tally.model import OPPONENT, Balance, Claim, Estimate, Metric, Relation, RelationKind
from tally.reconcile.incidents import texts_of

FATES = (
    Metric.DRONES_LAUNCHED,
    Metric.DRONES_INTERCEPTED,
    Metric.DRONES_LOST,
    Metric.DRONES_HIT,
    Metric.DRONES_AIRBORNE,
)


def balances(
    estimates: Iterable[Estimate], relations: Sequence[Relation], known: Mapping[str, Claim]
) -> tuple[Balance, ...]:
    """Return the account of each night and attacker by the side that was attacked."""
    nights: dict[tuple[str, object], list[Estimate]] = defaultdict(list)
    for one in estimates:
        defended = OPPONENT.get(one.attacker) == one.side
        whole = not one.place and not one.admin1
        night = one.period_end and one.period_start == one.period_end and _is_of_its_night(one)
        if one.metric in FATES and defended and whole and night:
            nights[one.attacker, one.period_end].append(one)
    children: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        if relation.kind == RelationKind.PART_OF:
            children[relation.other_id].add(relation.claim_id)
    made = (_balance(found, children, known) for _, found in sorted(nights.items(), key=str))
    return tuple(one for one in made if one)


def _is_of_its_night(one: Estimate) -> bool:
    """Tell whether a figure is of the night that it is dated by: an evening begins the next one."""
    return f" {one.period_end} " in one.incident and " night" in one.incident


def _balance(
    found: list[Estimate], children: Mapping[str, set[str]], known: Mapping[str, Claim]
) -> Balance | None:
    exact, pick = partial(_exact, known=known), partial(_pick, found, known)
    launched, stopped = pick(Metric.DRONES_LAUNCHED), pick(Metric.DRONES_INTERCEPTED)
    lost, hit = pick(Metric.DRONES_LOST), pick(Metric.DRONES_HIT)
    airborne = _of_one_count(pick(Metric.DRONES_AIRBORNE), stopped or launched, known)
    shot = next((e for e in found if stopped and lost and _is_shot_down(e, stopped, lost)), stopped)
    used = [one for one in (launched, shot, lost, hit, airborne) if one]
    day = found[0].period_end
    if not used or day is None:
        return None
    located, parts = _located(stopped, children, known) if not launched and stopped else (None, ())
    gone = located if not launched else sum(exact(e) or 0 for e in (shot, lost, hit, airborne))
    whole = launched or stopped
    total = exact(whole) if whole else None
    certain = total is not None and shot is not None and all(exact(e) is not None for e in used)
    return Balance(
        attacker=found[0].attacker,
        side=found[0].side,
        period_end=day,
        launched=exact(launched),
        intercepted=exact(shot),
        lost=exact(lost),
        hit=exact(hit),
        remainder=total - gone if certain and total is not None and gone is not None else None,
        mode=shot.mode if shot else "",
        claim_ids=(*(one.claim_ids[0] for one in used), *parts),
        located=located,
        airborne=exact(airborne),
    )


def _pick(found: Iterable[Estimate], known: Mapping[str, Claim], metric: Metric) -> Estimate | None:
    """Return the figure for the whole night that most texts print: no part, or windows added up."""
    whole = [e for e in found if e.metric == metric and (e.status != "partial" or "+" in e.window)]

    def rank(one: Estimate) -> tuple[int, str]:
        return -len(texts_of(known[i] for i in one.claim_ids)), one.window

    return min(whole, key=rank, default=None)


def _of_one_count(
    airborne: Estimate | None, whole: Estimate | None, known: Mapping[str, Claim]
) -> Estimate | None:
    """Return those still airborne where they are told with the count that stands: later they land.

    A count that a later one replaced has taken its own with it.
    """
    if airborne is None or whole is None:
        return None
    mine, others = ({known[i].document_id for i in e.claim_ids} for e in (airborne, whole))
    return airborne if mine & others else None


def _is_shot_down(one: Estimate, stopped: Estimate, lost: Estimate) -> bool:
    """Tell whether one is the shot down of "63 stopped: 22 shot down, 41 lost"."""
    parts = one.low, lost.low, stopped.low
    return one.metric == Metric.DRONES_INTERCEPTED and None not in parts and _adds_up(*parts)


def _adds_up(one: int | None, other: int | None, total: int | None) -> bool:
    return (one or 0) + (other or 0) == total


def _exact(one: Estimate | None, known: Mapping[str, Claim]) -> int | None:
    """Return the one number of an estimate; of a contested one, what most documents print."""
    if one is None:
        return None
    held: dict[int | None, list[Claim]] = defaultdict(list)
    for claim in filter(_is_exact, map(known.__getitem__, one.claim_ids)):
        held[claim.low].append(claim)
    votes = Counter({value: len(texts_of(claims)) for value, claims in held.items()})
    ranked = votes.most_common(2)
    tied = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
    return ranked[0][0] if ranked and not tied and _is_exact(known[one.claim_ids[0]]) else None


def _is_exact(claim: Claim) -> bool:
    return claim.low is not None and claim.low == claim.high and claim.hedge == "exact"


def _located(
    stopped: Estimate, children: Mapping[str, set[str]], known: Mapping[str, Claim]
) -> tuple[int | None, tuple[str, ...]]:
    """Return how many of a total its parts place, by the most complete of the documents."""
    best: tuple[int, tuple[str, ...]] | None = None
    for claim_id in stopped.claim_ids:
        shares = [known[i] for i in sorted(children.get(claim_id, ())) if known[i].place]
        own = [c for c in shares if c.document_id == known[claim_id].document_id]
        made = sum(c.low or 0 for c in own), tuple(c.id for c in own)
        if own and (best is None or made[0] > best[0]):
            best = made
    return best if best else (None, ())
