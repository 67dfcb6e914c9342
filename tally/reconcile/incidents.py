"""What claims are brought together as: the events that they tell of, the numbers that they give.

An incident holds every claim of one metric about one event; inside it, claims that say the same
number are one statement.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tally.model import Claim, Metric, published_at
from tally.reconcile.identity import Locality, speaker
from tally.reconcile.windows import Scope, Window, window_of


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
