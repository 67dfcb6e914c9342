"""Why a figure of another's series differs from ours: rules that do the arithmetic.

Each rule of `REASONS` returns a sentence when its sum comes out, "" when it does not; the first
that does is the reason. `possible` names circumstances that prove nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from tally.evidence import Count, Night, minutes
from tally.model import TOLLS, Claim, Metric
from tally.series import headline
from tally.wording import listed, window_words, words

MOST_TERMS = 10
HOUR = 60
LOST = Metric.DRONES_LOST
STOPPED = Metric.DRONES_INTERCEPTED
OTHERS = {
    Metric.DRONES_LAUNCHED: STOPPED,
    STOPPED: Metric.DRONES_LAUNCHED,
    Metric.MISSILES_LAUNCHED: Metric.MISSILES_INTERCEPTED,
    Metric.MISSILES_INTERCEPTED: Metric.MISSILES_LAUNCHED,
}
CALLED = {
    Metric.DRONES_LAUNCHED: "launched",
    STOPPED: "stopped",
    Metric.MISSILES_LAUNCHED: "launched",
    Metric.MISSILES_INTERCEPTED: "stopped",
}


@dataclass(frozen=True, slots=True)
class Theirs:
    """What rows of one day add up to: a range where windows of one weapon share hours."""

    claims: tuple[Claim, ...]

    @property
    def low(self) -> int:
        """The least that the rows add up to."""
        groups = self._groups()
        return sum(_largest(held) if _shared(held) else _summed(held) for held in groups)

    @property
    def high(self) -> int | None:
        """The most that the rows add up to; None where one is open."""
        ends = [claim.high for claim in self.claims]
        return None if None in ends else sum(end or 0 for end in ends)

    @property
    def exact(self) -> bool:
        """Whether no row is in doubt and no hour is counted twice."""
        return self.low == self.high and all(claim.hedge == "exact" for claim in self.claims)

    @property
    def count(self) -> Count:
        """What the rows say, to be printed."""
        if len(self.claims) == 1:
            return Count(self.low, self.high, self.claims[0].hedge)
        return Count(self.low, self.high, "exact" if self.exact else "range")

    @property
    def terms(self) -> str:
        """The sum in words: "34 Shahed-136/131 + 5 Iskander-M"; "" of one row."""
        if len(self.claims) < 2:
            return ""
        more = " + …" if len(self.claims) > MOST_TERMS else ""
        sum_ = " + ".join(self.term(claim) for claim in self.claims[:MOST_TERMS]) + more
        shared = any(_shared(held) for held in self._groups())
        return f"{sum_} (windows share hours)" if shared else sum_

    def term(self, claim: Claim) -> str:
        """Return one row in words, with its hours where another row is of the same kind."""
        what = claim.weapon or claim.place or "killed"
        alike = sum((other.weapon or other.place or "killed") == what for other in self.claims)
        hours = f" {claim.window}" if alike > 1 and claim.window else ""
        return f"{claim.low or 0:,} {what}{hours}"

    def _groups(self) -> list[list[Claim]]:
        held: dict[tuple[str, str, str], list[Claim]] = {}
        for claim in self.claims:
            key = claim.claimant, claim.weapon, "" if claim.window else claim.id
            held.setdefault(key, []).append(claim)
        return list(held.values())


def _shared(claims: Sequence[Claim]) -> bool:
    clocks = sorted(clock for claim in claims if (clock := minutes(claim.window)))
    return any(after[0] < before[1] for before, after in pairwise(clocks))


def _largest(claims: Sequence[Claim]) -> int:
    return max(claim.low or 0 for claim in claims)


def _summed(claims: Sequence[Claim]) -> int:
    return sum(claim.low or 0 for claim in claims)


Others = Mapping[Metric, Theirs]
Rule = Callable[[Night, Metric, Count, Theirs, Others], str]


def in_doubt(night: Night, metric: Metric, ours: Count, theirs: Theirs, others: Others) -> str:
    """Theirs lies within what ours allows, or ours within theirs."""
    del night, metric, others
    return allow_the_same(ours, theirs)


def allow_the_same(ours: Count, theirs: Theirs) -> str:
    """Return how two figures in doubt agree, "" when they do not."""
    if ours.exact is None and _within(theirs.low, theirs.high, ours):
        return f"within ours, {words(ours)}"
    if not theirs.exact and _within(ours.low, ours.high, theirs.count):
        return f"ours lies within theirs, {words(theirs.count)}"
    if _meet(ours, theirs.count):
        return f"ours, {words(ours)}, and theirs, {words(theirs.count)}, allow the same"
    return ""


def lost_inside(night: Night, metric: Metric, ours: Count, theirs: Theirs, others: Others) -> str:
    """One of them counts drones lost from radar as stopped."""
    if metric != STOPPED or ours.exact is None:
        return ""
    lost = others.get(LOST)
    if lost and theirs.low + lost.low == ours.exact:
        sum_ = f"{theirs.low:,} + {lost.low:,} = {ours.exact:,}"
        return f"other definition: ours counts drones lost from radar as stopped, {sum_}"
    own = headline(night, LOST, theirs.claims[0].attacker)
    if own and own.low and ours.exact + own.low == theirs.low:
        sum_ = f"{ours.exact:,} + {own.low:,} = {theirs.low:,}"
        return f"other definition: theirs counts drones lost from radar as stopped, {sum_}"
    return ""


def other_metric(night: Night, metric: Metric, ours: Count, theirs: Theirs, others: Others) -> str:
    """Theirs is what we have as launched where they have it as stopped, or the other way round."""
    del ours, others
    other = OTHERS.get(metric)
    attacker = theirs.claims[0].attacker
    found = headline(night, other, attacker) if other else None
    if found and other and found.low == found.high == theirs.low:
        return f"theirs is what we have as {CALLED[other]}, {theirs.low:,}, not {CALLED[metric]}"
    return ""


def fewer_weapons(night: Night, metric: Metric, ours: Count, theirs: Theirs, others: Others) -> str:
    """Ours is a sum of some of their rows: it leaves some weapons out."""
    del night, others
    whole = ours.exact
    if whole is None or metric in TOLLS or not 1 < len(theirs.claims) <= MOST_TERMS:
        return ""
    for size in range(1, len(theirs.claims)):
        for left in combinations(theirs.claims, size):
            if theirs.low - sum(claim.low or 0 for claim in left) == whole:
                return f"ours is without {listed([theirs.term(claim) for claim in left])}"
    return ""


def one_part(night: Night, metric: Metric, ours: Count, theirs: Theirs, others: Others) -> str:
    """Theirs is a part of a total of ours."""
    del ours, others
    attacker = theirs.claims[0].attacker
    for claim in night.claims:
        same = claim.metric == metric and claim.attacker in (attacker, "") and claim.part_of
        if same and claim.low == claim.high == theirs.low:
            part = claim.place or claim.victims or claim.weapon or claim.mode.replace("_", " ")
            return f"theirs is what we have as a part{f', {part}' if part else ''}"
    return ""


def other_claim(night: Night, metric: Metric, ours: Count, theirs: Theirs, others: Others) -> str:
    """Theirs is a figure that we have too and that others outweigh or replaced."""
    del ours, others
    attacker = theirs.claims[0].attacker
    regions = {code for claim in theirs.claims for code in claim.admin1}
    for claim in night.claims:
        same = claim.metric == metric and attacker in (claim.attacker, "")
        near = not regions or regions & set(claim.admin1)
        if same and near and not claim.part_of and claim.low == theirs.low:
            window = f" {window_words(claim.window)}" if claim.window else ""
            return f"we have it too{window}, in {claim.document_id}, and another figure above it"
    return ""


REASONS: tuple[Rule, ...] = (
    in_doubt,
    lost_inside,
    fewer_weapons,
    other_metric,
    one_part,
    other_claim,
)


def possible(night: Night, metric: Metric, ours: Count, theirs: Theirs) -> Iterator[str]:
    """Give circumstances that may be behind a difference."""
    windows = {claim.window for claim in theirs.claims if minutes(claim.window)}
    own = {night.claims[number - 1].window for number in ours.numbers}
    for mine in sorted(window for window in own if minutes(window)):
        for other in sorted(windows):
            if _apart(mine, other):
                yield f"other hours: ours {window_words(mine)}, theirs {window_words(other)}"
    long = next((c for c in theirs.claims if c.period_start != c.period_end), None)
    if long:
        yield f"theirs covers {long.period_start} to {long.period_end}"
    battles = sum(claim.low or 0 for claim in theirs.claims if claim.rule.endswith("Battles"))
    if metric in TOLLS and battles:
        yield f"{battles:,} of theirs fell in battles, which our documents seldom count"
    doubts = dict.fromkeys(d for c in theirs.claims for d in c.review.split("; ") if d)
    yield from doubts
    if metric in TOLLS and ours.numbers and len(theirs.claims) > 1:
        yield f"theirs adds up {len(theirs.claims)} events of the region, ours is one toll"


def _within(low: int | None, high: int | None, whole: Count) -> bool:
    above = whole.low is None or (low is not None and low >= whole.low)
    below = whole.high is None or (high is not None and high <= whole.high)
    return above and below


def _meet(one: Count, other: Count) -> bool:
    low = max(end for end in (one.low, other.low, 0) if end is not None)
    highs = [end for end in (one.high, other.high) if end is not None]
    return not highs or low <= min(highs)


def _apart(one: str, other: str) -> bool:
    mine, theirs = minutes(one), minutes(other)
    if mine is None or theirs is None:
        return False
    return any(abs(a - b) > HOUR for a, b in zip(mine, theirs, strict=True))
