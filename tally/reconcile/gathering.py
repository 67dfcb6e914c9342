"""Claims brought together: by what, whose, where and when, never by the number alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tally.model import Claim
from tally.reconcile.identity import locality
from tally.reconcile.incidents import Incident, order
from tally.reconcile.joins import Groups, Key, join
from tally.reconcile.windows import window_of

WHOLE_VICTIMS = {"": "", "civilian": ""}


def gather(
    claims: Iterable[Claim],
    joined: Mapping[str, int],
    parted: Mapping[str, int],
    strikes: Mapping[str, str],
) -> tuple[Incident, ...]:
    """Bring claims together into incidents, one pass and no comparing of pairs.

    `joined` and `parted` are the rulings on claims, by id; `strikes` the later strikes of a day.
    """
    groups: Groups = defaultdict(list)
    for claim in sorted(claims, key=order):
        strike = "" if claim.id in joined else strikes.get(claim.id, "")
        key = _key(claim, joined.get(claim.id, 0), parted.get(claim.id, 0), strike)
        groups[key].append(claim)
    join(groups)
    return tuple(_incident(found, joined, parted, strikes) for found in groups.values() if found)


def _key(claim: Claim, joined: int, parted: int, strike: str) -> Key:
    victims = WHOLE_VICTIMS.get(claim.victims, claim.victims)
    if joined:
        return Key(claim.metric, claim.attacker, victims, parted, joined)
    when = window_of(claim)
    start = claim.period_start if when.scope == "days" else when.day
    cumulative = claim.aggregation == "cumulative"
    # What has no date can be no other document's event.
    own = claim.document_id if when.day is None else ""
    about = (locality(claim), start, when.day, when.scope, cumulative, own, strike)
    return Key(claim.metric, claim.attacker, victims, parted, joined, *about)


def _incident(
    claims: list[Claim],
    joined: Mapping[str, int],
    parted: Mapping[str, int],
    strikes: Mapping[str, str],
) -> Incident:
    one = next((c for c in claims if window_of(c).scope != "unsaid"), claims[0])
    when = window_of(one)
    return Incident(
        metric=one.metric,
        attacker=max(claim.attacker for claim in claims),
        place=locality(one),
        start=one.period_start,
        day=when.day,
        scope=when.scope,
        victims=max(WHOLE_VICTIMS.get(claim.victims, claim.victims) for claim in claims),
        ruled=(joined.get(one.id, 0), parted.get(one.id, 0)),
        strike="" if one.id in joined else strikes.get(one.id, ""),
        claims=tuple(claims),
    )
