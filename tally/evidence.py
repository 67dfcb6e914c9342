"""The claims of one night in a fixed order, numbered, so that every figure can point at its words.

Knows claims and documents; nothing of tables, charts or how a briefing looks.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from tally.cells import safe_csv
from tally.model import (
    Balance,
    Claim,
    Document,
    Estimate,
    Finding,
    Hedge,
    Metric,
    Reconciled,
    Relation,
    Side,
)
from tally.names import Names
from tally.reconcile import Change

CLOCK = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
NIGHT_WORDS = ("overnight", "")
LONGEST = dt.timedelta(days=7)

_EVENING = "18:00"
_MORNING = "10:00"
_SMALL_HOURS = "03:00"
_RANKS = {metric: rank for rank, metric in enumerate(Metric)}


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its doubt and the numbers of the evidence rows it rests on."""

    low: int | None
    high: int | None
    hedge: Hedge = "exact"
    numbers: tuple[int, ...] = ()

    @property
    def exact(self) -> int | None:
        """The number when nothing about it is in doubt."""
        return self.low if self.hedge == "exact" and self.low == self.high else None

    @property
    def drawn(self) -> int:
        """The length of its bar: the least that is said, or the most when only that is said."""
        return self.low if self.low is not None else self.high or 0


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a figure: a claimant by name, or "" for the side when nobody in particular does."""

    claimant: str
    side: Side


@dataclass(frozen=True, slots=True)
class Night:
    """What the ledger says about one day; `claims` stand in the order of the evidence.

    `moved` is what differs from an earlier edition, the one of `since`; `None` compares with none.
    """

    day: dt.date
    claims: tuple[Claim, ...]
    estimates: tuple[Estimate, ...]
    eve: tuple[Estimate, ...]
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
    documents: Mapping[str, Document]
    names: Names
    as_of: dt.datetime | None = None
    known: tuple[dt.date, ...] = ()
    rejected: frozenset[str] = frozenset()
    balances: tuple[Balance, ...] = ()
    since: dt.datetime | None = None
    moved: tuple[Change, ...] = ()
    _numbers: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Number the claims from 1."""
        numbers = {claim.id: number for number, claim in enumerate(self.claims, start=1)}
        object.__setattr__(self, "_numbers", numbers)

    def claim(self, claim_id: str) -> Claim | None:
        """Return a claim of this night, `None` when it belongs to another day."""
        number = self._numbers.get(claim_id)
        return self.claims[number - 1] if number else None

    def numbers(self, claim_ids: Iterable[str]) -> tuple[int, ...]:
        """Return the evidence rows of these claims, in the order given."""
        return tuple(self._numbers[i] for i in claim_ids if i in self._numbers)

    def count(self, estimate: Estimate) -> Count:
        """Return what an estimate says, its evidence with it."""
        rows = self.numbers(estimate.claim_ids)
        return Count(estimate.low, estimate.high, estimate.hedge, rows)

    def stated(self, claim: Claim) -> Count:
        """Return what one claim says."""
        return Count(claim.low, claim.high, claim.hedge, self.numbers([claim.id]))

    def voice(self, estimate: Estimate) -> Voice:
        """Return who says it most often; the side alone when several say different things."""
        claims = [claim for i in estimate.claim_ids if (claim := self.claim(i))]
        named = [claim for claim in claims if claim.claimant]
        if claims and not named:
            return Voice("", claims[0].claimant_side)
        found = Counter(self.names.printed(c.claimant, c.claimant_side) for c in named)
        figures = {(claim.low, claim.high) for claim in named}
        if not found or (len(found) > 1 and estimate.low != estimate.high and len(figures) > 1):
            return Voice("", estimate.side)
        return Voice(found.most_common(1)[0][0], estimate.side)

    def in_scope(self, claim: Claim) -> bool:
        """Tell whether a claim is about this day alone: only such enter a total."""
        one_day = claim.period_start == claim.period_end == self.day
        counted = claim.aggregation != "cumulative" and claim.id not in self.rejected
        return one_day and counted


def gather(
    reconciled: Reconciled,
    day: dt.date,
    documents: Mapping[str, Document],
    names: Names | None = None,
    as_of: dt.datetime | None = None,
) -> Night:
    """Collect what concerns one day."""
    claims = tuple(sorted((c for c in reconciled.claims if touches(c, day)), key=_order(day)))
    held = {claim.id for claim in claims}
    days = {c.period_end for c in reconciled.claims if c.period_end and c.period_end != day}
    return Night(
        day,
        claims,
        tuple(e for e in reconciled.estimates if e.period_start == e.period_end == day),
        tuple(e for e in reconciled.estimates if is_eve(e, day)),
        tuple(r for r in reconciled.relations if r.claim_id in held and r.other_id in held),
        tuple(f for f in reconciled.findings if held.intersection(f.claim_ids)),
        documents,
        names or Names(),
        as_of,
        tuple(sorted(days)),
        reconciled.rejected,
        tuple(b for b in reconciled.balances if b.period_end == day),
    )


def touches(claim: Claim, day: dt.date) -> bool:
    """Tell whether a claim says something of this day: long totals only where they end on it."""
    start, end = claim.period_start, claim.period_end
    if end is None:
        return False
    if is_eve(claim, day):
        return True
    if claim.aggregation == "cumulative" or start is None or end - start > LONGEST:
        return end == day
    return start <= day <= end


def is_eve(about: Claim | Estimate, day: dt.date) -> bool:
    """Tell whether a figure is about the evening that a night began with, before its midnight."""
    before = day - dt.timedelta(days=1)
    clock = CLOCK.fullmatch(about.window)
    evening = clock is not None and _EVENING <= clock[1] < clock[2]
    return about.period_start == about.period_end == before and (
        evening or about.window == "evening"
    )


def is_overnight(window: str) -> bool:
    """Tell whether a window is the night: said so, not said, or hours of the dark.

    >>> is_overnight("20:00-08:00"), is_overnight("08:00-20:00"), is_overnight("past_day")
    (True, False, False)
    """
    clock = CLOCK.fullmatch(window)
    if clock:
        return (clock[1] >= _EVENING or clock[1] <= _SMALL_HOURS) and clock[2] <= _MORNING
    return window in NIGHT_WORDS


def minutes(window: str) -> tuple[int, int] | None:
    """Return clock times as minutes from the midnight of the night, `None` for a word.

    >>> minutes("20:00-04:05"), minutes("overnight")
    ((-240, 245), None)
    """
    clock = CLOCK.fullmatch(window)
    if clock is None:
        return None
    begin, end = (int(time[:2]) * 60 + int(time[3:]) for time in clock.groups())
    return (begin - 24 * 60 if begin > end else begin), end


def nearest(days: Sequence[dt.date], day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return the last day before and the first day after that have claims."""
    before = max((known for known in days if known < day), default=None)
    after = min((known for known in days if known > day), default=None)
    return before, after


def marked_quote(claim: Claim, document: Document | None) -> tuple[str, str, str]:
    """Split a quote around its figure: before, figure, after; no figure when it is not found."""
    text = document.text if document else ""
    figure = text[claim.start : claim.end]
    begin = text.rfind(claim.quote, 0, claim.start + len(claim.quote)) if claim.quote else -1
    if figure and 0 <= begin <= claim.start and claim.end <= begin + len(claim.quote):
        at = claim.start - begin
    elif figure and figure in claim.quote:
        at = claim.quote.index(figure)
    else:
        return claim.quote, "", ""
    return claim.quote[:at], figure, claim.quote[at + len(figure) :]


def claims_csv(night: Night) -> str:
    """Return the claims of the night as CSV, numbered as in the briefing."""
    return numbered_csv([(night, claim) for claim in night.claims])


def numbered_csv(shown: Iterable[tuple[Night, Claim]]) -> str:
    """Return claims as CSV, numbered from 1, each with the origin that its night knows."""
    names = [f.name for f in fields(Claim)]
    rows = [
        [number, *(getattr(claim, name) for name in names), *_origin(night, claim)]
        for number, (night, claim) in enumerate(shown, start=1)
    ]
    return safe_csv(["number", *names, "publisher", "url", "in_totals"], rows)


def estimates_csv(night: Night) -> str:
    """Return the estimates of the night as CSV, each with the evidence rows it rests on."""
    names = [f.name for f in fields(Estimate)]
    rows = [
        [*(getattr(estimate, name) for name in names), night.numbers(estimate.claim_ids)]
        for estimate in night.estimates
    ]
    return safe_csv([*names, "numbers"], rows)


def _origin(night: Night, claim: Claim) -> list[object]:
    document = night.documents.get(claim.document_id)
    origin = [document.publisher, document.url] if document else ["", ""]
    return [*origin, "yes" if night.in_scope(claim) else "no"]


def _order(day: dt.date) -> Callable[[Claim], tuple[object, ...]]:
    """Order claims as a reader looks for them: this day's totals, then parts, then other spans."""

    def key(claim: Claim) -> tuple[object, ...]:
        one_day = claim.period_start == claim.period_end == day
        other_scope = not one_day or claim.aggregation == "cumulative"
        people = claim.metric in (Metric.KILLED, Metric.INJURED)
        return (
            other_scope,
            people,
            claim.attacker,
            bool(claim.place or claim.admin1),
            claim.admin1,
            claim.place,
            _RANKS[claim.metric],
            claim.window,
            -((claim.high if claim.low is None else claim.low) or 0),
            claim.published,
            claim.id,
        )

    return key
