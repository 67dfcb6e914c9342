"""The answer to a selection: the figure of each day and place with the claims that it rests on.

Computes tables only; the rules by which figures are chosen are those of the briefings (series,
tolls, span). Nothing is added up over days. No words, no looks.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tally.evidence import Count, Night, is_overnight
from tally.explorer.corpus import Corpus, Known, known
from tally.explorer.selection import EVERY, OWN, Selection, place_key
from tally.model import OPPONENT, TOLLS, Claim, Estimate, Metric, Relation, Side
from tally.series import ATTACKERS, MUNITIONS, Bar, country_of, headline, split
from tally.span import Day, breaks, definition
from tally.tolls import region_tolls, toll_sum

SIDES: tuple[Side, ...] = ("Ukraine", "Russia", "third_party", "unattributed")
INTERCEPTED = {stopped: name for name, (_, stopped, _) in MUNITIONS.items()}


@dataclass(frozen=True, slots=True)
class Mark:
    """One day of one panel: its figure, the pieces it is drawn of, and the claims under it.

    `whole` is what it is a part of ("63 of 76"); `breaks` that its definition differs from the
    day before; `inside` that drones lost from radar are within it.
    """

    day: dt.date
    count: Count | None = None
    whole: Count | None = None
    pieces: tuple[tuple[str, Count], ...] = ()
    claim_ids: tuple[str, ...] = ()
    breaks: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One side's word on one country's drones or people, day by day.

    `attacker` is whose weapons; `side` whose word it is.
    """

    attacker: str
    side: Side
    marks: tuple[Mark, ...]

    @property
    def given(self) -> tuple[Mark, ...]:
        """The days that somebody gives a figure for."""
        return tuple(mark for mark in self.marks if mark.count)

    @property
    def highest(self) -> Mark | None:
        """The day with the greatest figure, the first of equals."""
        drawn = (mark for mark in self.given if mark.count)
        return max(drawn, key=lambda m: m.count.drawn if m.count else 0, default=None)


@dataclass(frozen=True, slots=True)
class Region:
    """The greatest figure of one place in one day of the span."""

    key: str
    side: Side
    count: Count
    day: dt.date
    claim_ids: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class View:
    """All that a selection shows; `relations` are by the claim that they are told of."""

    selection: Selection
    panels: tuple[Panel, ...]
    regions: tuple[Region, ...]
    claims: tuple[Claim, ...]
    drawn: frozenset[str]
    rejected: frozenset[str]
    relations: Mapping[str, tuple[Relation, ...]]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing that the selection asks for is in the ledger."""
        return not self.claims and not any(panel.given for panel in self.panels)


def look(corpus: Corpus, selection: Selection) -> View:
    """Answer a selection."""
    found = known(corpus, selection.span, selection.as_of, selection.claimant)
    panels = tuple(_panels(found.review.days, selection))
    drawn = frozenset(i for panel in panels for mark in panel.marks for i in mark.claim_ids)
    claims = tuple(
        claim
        for claim in found.reconciled.claims
        if claim.id in drawn or selection.holds(claim, corpus)
    )
    asked = selection.metric
    ranked = sorted(claims, key=lambda c: _evidence_order(c, c.id in drawn, c.metric != asked))
    return View(
        selection,
        panels,
        _regions(found.review.days, selection),
        tuple(ranked),
        drawn,
        found.reconciled.rejected,
        _relations(found),
    )


def _panels(days: tuple[Day, ...], selection: Selection) -> Iterator[Panel]:
    """Give the panels with a figure; for both countries also the one that nobody gives any for."""
    both = selection.word == OWN and not selection.place and not selection.claimant
    for attacker in ATTACKERS:
        for side in _sides(attacker, selection.word):
            changed = breaks(days, attacker) if _is_stacked(selection) else frozenset()
            marks = tuple(_mark(day, attacker, side, selection, changed) for day in days)
            panel = Panel(attacker, side, marks)
            if both or panel.given:
                yield panel


def _sides(attacker: str, word: str) -> tuple[Side, ...]:
    if word == OWN:
        return (OPPONENT[attacker],)
    return tuple(side for side in SIDES if word in (EVERY, side))


def _is_stacked(selection: Selection) -> bool:
    """Tell whether a day is drawn by what became of all that flew."""
    return selection.metric in INTERCEPTED and not selection.place


def _mark(
    day: Day, attacker: str, side: Side, selection: Selection, changed: frozenset[dt.date]
) -> Mark:
    night, on = day.night, day.night.day
    bar = day.bar(attacker, INTERCEPTED[selection.metric]) if _is_stacked(selection) else None
    if bar and bar.stopped and bar.side == side:
        return _stacked(night, bar, on in changed)
    count = _count(night, attacker, side, selection)
    if count is None:
        return Mark(on)
    return Mark(on, count, None, (("stopped", count),), _ids(night, count))


def _stacked(night: Night, bar: Bar, changed: bool) -> Mark:
    """Return a day by what became of what flew: shot down, lost, unaccounted for."""
    stopped = bar.stopped or Count(None, None)
    pieces = tuple((part.kind, part.count) for part in bar.parts if part.count.drawn)
    counts = (stopped, *filter(None, [bar.launched]), *(count for _, count in pieces))
    ids = tuple(dict.fromkeys(i for count in counts for i in _ids(night, count)))
    inside = definition(bar) == "inside"
    whole = (("stopped", stopped),)
    return Mark(night.day, stopped, bar.launched, pieces or whole, ids, changed, inside)


def _count(night: Night, attacker: str, side: Side, selection: Selection) -> Count | None:
    """Return a side's figure of a day: for the whole country, or for the place chosen."""
    if selection.place:
        return _local(night, attacker, side, selection.metric).get(selection.place)
    if selection.metric in TOLLS:
        made = toll_sum(night, selection.metric, OPPONENT[attacker])
        if made and made.side == side:
            return made.count
    found_estimate = headline(night, selection.metric, attacker, side)
    return night.count(found_estimate) if found_estimate else None


def _local(night: Night, attacker: str, side: Side, metric: Metric) -> dict[str, Count]:
    """Return a side's figure of each place of a day, by the place's key."""
    if metric in TOLLS and side == OPPONENT[attacker]:
        return region_tolls(night, metric, side)
    held: dict[str, list[Estimate]] = {}
    for estimate in night.estimates:
        key = place_key(estimate, night.names)
        if key and _is_of(estimate, attacker, side, metric):
            held.setdefault(key, []).append(estimate)
    found = {key: night.count(min(every, key=_rank)) for key, every in held.items()}
    whole = split(night, attacker) if metric == Metric.DRONES_INTERCEPTED else None
    if whole and whole.side == side:
        found |= {place_key(share, night.names): share.count for share in whole.shares}
    return found


def _is_of(estimate: Estimate, attacker: str, side: Side, metric: Metric) -> bool:
    whose = country_of(estimate) if metric in TOLLS else OPPONENT.get(estimate.attacker)
    return (estimate.metric, estimate.side, whose) == (metric, side, OPPONENT[attacker])


def _rank(estimate: Estimate) -> tuple[object, ...]:
    """Order the figures of a place in a day, the one to draw first."""
    return (
        bool(estimate.victims),
        not is_overnight(estimate.window),
        -len(estimate.claim_ids),
        -(estimate.low or estimate.high or 0),
        estimate.window,
    )


def _regions(days: tuple[Day, ...], selection: Selection) -> tuple[Region, ...]:
    """Return each place's greatest day, the highest first."""
    held: dict[tuple[str, Side], list[tuple[Count, Night]]] = {}
    for day in days:
        for attacker in ATTACKERS:
            for side in _sides(attacker, selection.word):
                for key, count in _local(day.night, attacker, side, selection.metric).items():
                    held.setdefault((key, side), []).append((count, day.night))
    made = []
    for (key, side), found in held.items():
        count, night = max(found, key=lambda one: one[0].drawn)
        if count.drawn:
            days_named = len({n.day for _, n in found})
            made.append(Region(key, side, count, night.day, _ids(night, count), days_named))
    return tuple(sorted(made, key=lambda one: (-one.count.drawn, one.side, one.key)))


def _ids(night: Night, count: Count) -> tuple[str, ...]:
    """Return the claims that a count rests on."""
    return tuple(night.claims[number - 1].id for number in count.numbers)


def _relations(found: Known) -> dict[str, tuple[Relation, ...]]:
    """Return what is told of each claim: how it stands to earlier ones, and later ones to it."""
    made: dict[str, list[Relation]] = {}
    for relation in found.reconciled.relations:
        made.setdefault(relation.claim_id, []).append(relation)
        made.setdefault(relation.other_id, []).append(relation)
    return {claim_id: tuple(relations) for claim_id, relations in made.items()}


def _evidence_order(claim: Claim, drawn: bool, other: bool) -> tuple[object, ...]:
    day = claim.period_end.toordinal() if claim.period_end else 0
    return (-day, not drawn, other, -(claim.low or claim.high or 0), claim.published, claim.id)
