"""Claims that words set apart and that are of one event: moved to where the others tell of it.

A word is missing or another one is used: the hours, the place, the attacker, the class of people.
Here a number is asked for too, never alone: all else that is told of the event must agree.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tally.model import TOLLS, Claim, Metric
from tally.reconcile.identity import AROUND, Locality, locality
from tally.reconcile.incidents import number, order
from tally.reconcile.windows import Scope, window_of

NOWHERE = Locality()
TELLING = 10  # drones; fewer are the number of many events


class Key(NamedTuple):
    """What the claims of one event share; `own` is the document of what has no date."""

    metric: Metric
    attacker: str
    victims: str
    parted: int
    joined: int
    place: Locality = NOWHERE
    start: dt.date | None = None
    day: dt.date | None = None
    scope: Scope | None = None
    cumulative: bool = False
    own: str = ""
    strike: str = ""


Groups = dict[Key, list[Claim]]


def join(groups: Groups) -> None:
    """Move the claims of each group to where they belong; a group may be left with none."""
    _send_home(groups)
    _send_to_evenings(groups)
    _join_victims(groups)
    _join_attackers(groups)
    _join_districts(groups)
    _join_places(groups)


def _move(claims: Iterable[Claim], found: list[Claim], home: list[Claim]) -> None:
    moving = {claim.id: claim for claim in claims}
    if moving:
        found[:] = [claim for claim in found if claim.id not in moving]
        home.extend(moving.values())
        home.sort(key=order)


def _numbers(claims: Iterable[Claim]) -> set[int]:
    return set(map(number, claims))


def _send_home(groups: Groups) -> None:
    """Move drones counted on no stated hours to the hours for which others give their number.

    So too a count over several days whose first day is given in two ways. Small numbers by which
    a document counts on, two and then three, are found elsewhere by chance and stay together.
    """
    homes: dict[tuple[object, ...], list[Claim]] = {}
    for found in sorted(groups.values(), key=len, reverse=True):
        for claim in found:
            if window_of(claim).scope != "unsaid":
                homes.setdefault(_figure(claim), found)
    for key, found in groups.items():
        if key.scope in {"unsaid", "days"} and key.metric not in TOLLS:
            numbers: dict[str, set[int]] = defaultdict(set)
            for claim in found:
                numbers[claim.document_id].add(number(claim))
            for claim in list(found):
                counts_on = number(claim) < TELLING and len(numbers[claim.document_id]) > 1
                home = found if counts_on else homes.get(_figure(claim), found)
                if home is not found:
                    _move([claim], found, home)


def _figure(claim: Claim) -> tuple[object, ...]:
    when = window_of(claim)
    about = (claim.metric, claim.attacker, claim.claimant_side, locality(claim), when.day)
    several = when.scope == "days"
    return *about, number(claim), several, claim.aggregation == "cumulative"


def _send_to_evenings(groups: Groups) -> None:
    """Move a toll dated by its day alone to the evening of that day for which others give it.

    An evening is filed with the night that it begins.
    """
    evenings: dict[Key, list[Claim]] = {}
    for key, found in groups.items():
        if key.scope == "event":
            for claim in found:
                if claim.period_end != key.day:
                    before = key._replace(start=claim.period_end, day=claim.period_end, strike="")
                    evenings.setdefault(before, found)
    for before, home in evenings.items():
        found = groups.get(before, [])
        timed = _numbers(claim for claim in found if claim.window)
        told = _numbers(home) - timed
        _move([c for c in found if not c.window and number(c) in told], found, home)


def _join_victims(groups: Groups) -> None:
    """Put "six killed", and an early "nobody", with the six soldiers that others count."""
    for victims in ("military", "responder"):
        for key in [key for key in groups if key.victims == victims and key.metric in TOLLS]:
            kin, found = groups[key], groups.get(key._replace(victims=""), [])
            if kin and _numbers(found) <= {0} | _numbers(kin):
                _move(found, found, kin)


def _join_attackers(groups: Groups) -> None:
    """Put a toll that is laid on nobody with the same toll of that place that others lay on one."""
    attackers = {key.attacker for key in groups} - {""}
    for key, found in groups.items():
        if key.attacker or key.metric not in TOLLS or key.place == NOWHERE or not found:
            continue
        laid = (groups.get(key._replace(attacker=attacker), []) for attacker in sorted(attackers))
        kin = [home for home in laid if home]
        if len(kin) == 1 and _numbers(found) <= _numbers(kin[0]):
            _move(found, found, kin[0])


def _join_districts(groups: Groups) -> None:
    """Put a district's toll with the same toll of its town: one text left out what it is.

    A document that tells of both knows them apart.
    """
    for key, found in groups.items():
        if not found or not key.place.spot.endswith(AROUND):
            continue
        town = Locality(key.place.admin1, key.place.spot.removesuffix(AROUND))
        kin = groups.get(key._replace(place=town), [])
        told = {claim.document_id for claim in found}
        if not any(claim.document_id in told for claim in kin) and _is_same_toll(found, kin):
            _move(kin, kin, found)


def _is_same_toll(some: Sequence[Claim], others: Sequence[Claim]) -> bool:
    one, other = _numbers(some), _numbers(others)
    return one <= other or other <= one


def _join_places(groups: Groups) -> None:
    """Put a toll for which media name neither speaker nor place with the one place that has it.

    Killed and injured together tell it; one number alone many places may have.
    """
    bare = {key: found for key, found in groups.items() if _is_bare(key, found)}
    placed: dict[Key, dict[Key, list[Claim]]] = defaultdict(dict)
    for key, found in groups.items() if bare else ():
        nowhere = key._replace(place=NOWHERE, strike="")
        if key.place != NOWHERE and nowhere in bare and found:
            placed[nowhere][key._replace(metric=Metric.KILLED)] = found
    for killed in [key for key in bare if key.metric == Metric.KILLED]:
        both = killed, killed._replace(metric=Metric.INJURED)
        where = [
            spot
            for spot in placed[killed]
            if all(_numbers(bare.get(k, [])) <= _numbers(placed[k].get(spot, [])) for k in both)
        ]
        if both[1] in bare and len(where) == 1:
            for key in both:
                _move(bare[key], bare[key], placed[key][where[0]])


def _is_bare(key: Key, found: Iterable[Claim]) -> bool:
    event = key.scope == "event" and key.place == NOWHERE and key.metric in TOLLS
    return event and all(
        claim.claimant_side == "unattributed" and number(claim) > 1 for claim in found
    )
