"""Claims brought together: by what, whose, where and when, never by the number.

An incident holds every claim of one metric about one event; inside it, claims that say the same
number are one statement.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tally.model import TOLLS, Claim, Metric, published_at
from tally.reconcile.identity import AROUND, Locality, locality, speaker
from tally.reconcile.windows import Scope, Window, window_of

PLACE = 5  # where the key of a group has its place
WHOLE_VICTIMS = {"": "", "civilian": ""}


@dataclass(frozen=True, slots=True)
class Incident:
    """One event as one metric counts it. `place` is shared by the metrics of the same event.

    `strike` tells a later strike of the day on that place from the first.
    """

    metric: Metric
    attacker: str
    place: Locality
    start: dt.date | None
    day: dt.date | None
    scope: Scope
    victims: str
    ruled: tuple[int, int]
    strike: str
    claims: tuple[Claim, ...]

    @property
    def subject(self) -> tuple[object, ...]:
        """What is counted, of whom, where and on which day, whatever the hours."""
        return self.metric, self.attacker, self.victims, self.place, self.day

    @property
    def label(self) -> str:
        """Name the event: the same for the killed and the injured of one attack."""
        where = " ".join(filter(None, (*self.place.admin1, self.place.spot))) or "nationwide"
        when = self.day.isoformat() if self.day else "undated"
        ruled = f" ruling {max(self.ruled)}" if max(self.ruled) else ""
        strike = f" {self.strike}" if self.strike else ""
        return f"{self.attacker or 'unknown'} {when} {where} {self.scope}{strike}{ruled}"


@dataclass(slots=True)
class Statement:
    """One number that one side gives, in one document or in twenty: the earliest claim first.

    `rounded` are the ids of claims that only round it; none of them is its wording.
    """

    claims: list[Claim]
    speakers: set[str] = field(default_factory=set)
    rounded: set[str] = field(default_factory=set)
    _chosen: tuple[int, int, Claim] | None = field(default=None, repr=False, compare=False)

    @property
    def first(self) -> Claim:
        """The claim that came out first."""
        return self.claims[0]

    @property
    def best(self) -> Claim:
        """The claim to show: in the wording that most texts give, the more doubtful on a tie.

        A copy that drops "up to" or "at least" is outvoted by those that keep it.
        """
        # Claims are only added, so that as many are the same; it is asked again and again.
        size = len(self.claims), len(self.rounded)
        if self._chosen is None or self._chosen[:2] != size:
            self._chosen = (*size, self._choose())
        return self._chosen[2]

    def _choose(self) -> Claim:
        if len(self.claims) == 1:
            return self.claims[0]
        votes: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            votes[wording(claim)].append(claim)
        rivals = votes if len(votes) > 1 else {}
        texts = {words: len(texts_of(claims)) for words, claims in rivals.items()}

        def rank(claim: Claim) -> tuple[bool, int, bool, bool]:
            rounds, timed = claim.id in self.rounded, window_of(claim).stated
            return rounds, -texts.get(wording(claim), 0), claim.hedge == "exact", not timed

        return min(self.claims, key=rank)

    @property
    def number(self) -> int:
        """The number to compare by: the stated one, the upper end of "up to"."""
        return number(self.best)

    @property
    def documents(self) -> set[str]:
        """The documents that print it."""
        return {claim.document_id for claim in self.claims}

    @property
    def texts(self) -> set[str]:
        """The documents that print it, those with the same words once."""
        return texts_of(self.claims)

    @property
    def window(self) -> Window:
        """When it was, as its best claim says."""
        return window_of(self.best)


def texts_of(claims: Iterable[Claim]) -> set[str]:
    """Return the first document of each text: the same words at the same letters are one."""
    firsts: dict[tuple[int, str], str] = {}
    return {firsts.setdefault((c.start, c.quote), c.document_id) for c in claims}


def wording(claim: Claim) -> tuple[object, ...]:
    """Return a number as it is worded, for counting who words it alike."""
    return claim.low, claim.high, claim.hedge


def number(claim: Claim) -> int:
    """Return the number that a claim states, 0 for one that states none."""
    value = claim.low if claim.low is not None else claim.high
    return value if value is not None else 0


def order(claim: Claim) -> tuple[object, ...]:
    """Order claims by when they became known."""
    return published_at(claim.published), claim.document_id, claim.start, claim.id


def gather(
    claims: Iterable[Claim],
    joined: Mapping[str, int],
    parted: Mapping[str, int],
    strikes: Mapping[str, str],
) -> tuple[Incident, ...]:
    """Bring claims together into incidents, one pass and no comparing of pairs.

    `joined` and `parted` are the rulings on claims, by id; `strikes` the later strikes of a day.
    """
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=order):
        key = _key(claim, joined.get(claim.id, 0), parted.get(claim.id, 0))
        strike = "" if claim.id in joined else strikes.get(claim.id, "")
        groups[(*key, strike)].append(claim)
    _send_home(groups, joined)
    _join_victims(groups)
    _join_attackers(groups)
    _join_districts(groups)
    return tuple(_incident(found, joined, parted, strikes) for found in groups.values() if found)


def _send_home(groups: dict[tuple[object, ...], list[Claim]], joined: Mapping[str, int]) -> None:
    """Move drones counted on no stated hours to the hours for which others give their number.

    So too a count over several days whose first day is given in two ways.
    """
    homes: dict[tuple[object, ...], list[Claim]] = {}
    for found in sorted(groups.values(), key=len, reverse=True):
        for claim in found:
            if window_of(claim).scope != "unsaid":
                homes.setdefault(_figure(claim), found)
    for found in groups.values():
        loose = window_of(found[0]).scope in {"unsaid", "days"}
        for claim in [c for c in found if loose and c.id not in joined and c.metric not in TOLLS]:
            home = homes.get(_figure(claim), found)
            if home is not found:
                found.remove(claim)
                home.append(claim)
                home.sort(key=order)


def _join_victims(groups: dict[tuple[object, ...], list[Claim]]) -> None:
    """Put "six killed", and an early "nobody", with the six soldiers that others count."""
    for key, found in groups.items():
        if not found or key[2] or found[0].metric not in TOLLS:
            continue
        for victims in ("military", "responder"):
            kin = groups.get((*key[:2], victims, *key[3:]))
            if kin and {number(claim) for claim in found} <= {0, *map(number, kin)}:
                kin.extend(found)
                kin.sort(key=order)
                found.clear()
                break


def _join_attackers(groups: dict[tuple[object, ...], list[Claim]]) -> None:
    """Put a toll that is laid on nobody with the same toll of that place that others lay on one."""
    laid: dict[tuple[object, ...], list[list[Claim]]] = defaultdict(list)
    for key, found in groups.items():
        if key[1] and found and found[0].metric in TOLLS and locality(found[0]) != Locality():
            laid[key[0], *key[2:]].append(found)
    for key, found in groups.items():
        kin = laid.get((key[0], *key[2:]), []) if not key[1] and found else []
        if len(kin) == 1 and {number(claim) for claim in found} <= set(map(number, kin[0])):
            kin[0].extend(found)
            kin[0].sort(key=order)
            found.clear()


def _join_districts(groups: dict[tuple[object, ...], list[Claim]]) -> None:
    """Put a district's toll with the same toll of its town: one text left out what it is.

    A document that tells of both knows them apart.
    """
    for key, found in groups.items():
        where = key[PLACE]
        if not found or not isinstance(where, Locality) or not where.spot.endswith(AROUND):
            continue
        town = replace(where, spot=where.spot.removesuffix(AROUND))
        kin = groups.get((*key[:PLACE], town, *key[PLACE + 1 :]))
        told = {claim.document_id for claim in found}
        if kin and not any(claim.document_id in told for claim in kin) and _same_toll(found, kin):
            found.extend(kin)
            found.sort(key=order)
            kin.clear()


def _same_toll(some: Iterable[Claim], others: Iterable[Claim]) -> bool:
    one, other = set(map(number, some)), set(map(number, others))
    return one <= other or other <= one


def _figure(claim: Claim) -> tuple[object, ...]:
    when = window_of(claim)
    about = (claim.metric, claim.attacker, claim.claimant_side, locality(claim), when.day)
    several = when.scope == "days"
    return *about, number(claim), several, claim.aggregation == "cumulative"


def _key(claim: Claim, joined: int, parted: int) -> tuple[object, ...]:
    victims = WHOLE_VICTIMS.get(claim.victims, claim.victims)
    about = (claim.metric, claim.attacker, victims, parted)
    if joined:
        return (*about, joined)
    when = window_of(claim)
    start = claim.period_start if when.scope == "days" else when.day
    kind = claim.aggregation == "cumulative"
    # What has no date can be no other document's event.
    own = claim.document_id if when.day is None else ""
    return (*about, joined, locality(claim), start, when.day, when.scope, kind, own)


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


def state(claims: Iterable[Claim]) -> list[Statement]:
    """Collapse claims that give one number into statements, in the order of first publication."""
    statements: dict[tuple[int | None, int | None], Statement] = {}
    for claim in claims:
        held = statements.setdefault(_value(claim), Statement([]))
        held.claims.append(claim)
        if who := speaker(claim):
            held.speakers.add(who)
    return list(statements.values())


def _value(claim: Claim) -> tuple[int | None, int | None]:
    closed = claim.low is not None and claim.high is not None
    return (claim.low, claim.high) if closed else (number(claim), number(claim))
