"""Tables of one night, out of what `reconcile` says; no words, no looks, nothing is added up
that a source did not give as parts of one whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tally.evidence import Count, Night, Voice, is_overnight, minutes
from tally.model import OPPONENT, Claim, Estimate, Hedge, Metric, Side
from tally.rates import interception

MUNITIONS = {
    "drones": (Metric.DRONES_LAUNCHED, Metric.DRONES_INTERCEPTED, Metric.DRONES_HIT),
    "missiles": (Metric.MISSILES_LAUNCHED, Metric.MISSILES_INTERCEPTED, Metric.MISSILES_HIT),
}
ATTACKERS = ("Russia", "Ukraine")
INNER = ("shot down", "lost")
DARK = 9 * 60


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: what became of some of what flew; a remainder keeps its subtraction."""

    kind: str
    count: Count
    terms: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """What one side says became of one attack: `whole` is what its parts are parts of.

    `rate` is the percent of those launched that were stopped, where one claimant gives both.
    """

    attacker: str
    munition: str
    side: Side
    voice: Voice
    window: str
    launched: Count | None
    stopped: Count | None
    parts: tuple[Part, ...]
    claimants: int = 1
    mode: str = ""
    rate: Count | None = None

    @property
    def whole(self) -> Count:
        """The number launched, or where nobody gave it the number stopped."""
        return self.launched or self.stopped or Count(None, None)

    def part(self, kind: str) -> Count | None:
        """Return the count of one kind of part."""
        return next((part.count for part in self.parts if part.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a total that one region got; no region for what nobody located."""

    place: str
    admin1: tuple[str, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class Split:
    """A total, and the parts of it that one document locates."""

    attacker: str
    side: Side
    voice: Voice
    window: str
    total: Count
    shares: tuple[Share, ...]

    @property
    def located(self) -> int:
        """How many the parts add up to."""
        return sum(share.count.drawn for share in self.shares)

    @property
    def stated(self) -> Count:
        """The same with its doubt: a part that is in doubt leaves the sum in doubt."""
        if len(self.shares) == 1:
            return self.shares[0].count
        certain = all(share.count.exact is not None for share in self.shares)
        return Count(self.located, self.located, "exact" if certain else "about")

    @property
    def unlocated(self) -> int | None:
        """What is left of the total; `None` when it is in doubt or the parts exceed it."""
        exact = self.total.exact
        certain = all(share.count.exact is not None for share in self.shares)
        return (
            exact - self.located
            if exact is not None and certain and exact >= self.located
            else None
        )


def headline(
    night: Night, metric: Metric, attacker: str, side: Side | None = None
) -> Estimate | None:
    """Choose the figure for a whole country: the defender's own word first, then the night's."""
    found = [e for e in _national(night, metric, attacker) if side in (None, e.side)]
    whole = (b for b in night.balances if b.lost is None and b.remainder is not None)
    accounts = {i for balance in whole for i in balance.claim_ids}
    return min(found, key=lambda e: _rank(e, accounts), default=None)


def bars(night: Night) -> tuple[Bar, ...]:
    """Return what each side says became of what flew at it; the larger figure's side first."""
    made = (_bar(night, attacker, name) for attacker in ATTACKERS for name in MUNITIONS)
    found = [bar for bar in made if bar]
    most = {a: max((b.whole.drawn for b in found if b.attacker == a), default=0) for a in ATTACKERS}
    return tuple(sorted(found, key=lambda bar: -most[bar.attacker]))


def split(night: Night, attacker: str) -> Split | None:
    """Return a total of drones stopped with its parts by region: the headline's, else the most."""
    metric = Metric.DRONES_INTERCEPTED
    first = headline(night, metric, attacker)
    others = [e for e in _national(night, metric, attacker) if first and e.side == first.side]
    chosen = _best_split(night, first)
    splits = (made for e in others if is_overnight(e.window) and (made := _best_split(night, e)))
    return chosen or max(splits, key=lambda made: made.located, default=None)


def country_of(about: Estimate | Claim) -> str:
    """Return the country that a figure is about, by its place or by who attacked."""
    prefixes = {code[:2] for code in about.admin1}
    if len(prefixes) == 1:
        return {"UA": "Ukraine", "RU": "Russia"}.get(prefixes.pop(), "")
    return OPPONENT.get(about.attacker, "")


def _national(night: Night, metric: Metric, attacker: str) -> list[Estimate]:
    return [
        e
        for e in night.estimates
        if e.metric == metric and e.attacker == attacker and not e.place and not e.admin1
    ]


def _rank(estimate: Estimate, accounts: set[str]) -> tuple[object, ...]:
    """Order candidates for a headline, best first; `accounts` are what a side's balance uses."""
    return (
        bool(estimate.victims),
        estimate.side != OPPONENT.get(estimate.attacker),
        estimate.side == "unattributed",
        accounts.isdisjoint(estimate.claim_ids),
        not is_overnight(estimate.window),
        not _covers_night(estimate.window),
        -len(estimate.claim_ids),
        -(estimate.low or estimate.high or 0),
        estimate.window,
    )


def _covers_night(window: str) -> bool:
    """Tell whether a window covers the hours of the dark; one that is named does."""
    clock = minutes(window)
    return clock is None or clock[1] - clock[0] >= DARK


def _bar(night: Night, attacker: str, munition: str) -> Bar | None:
    launched_metric, stopped_metric, hit_metric = MUNITIONS[munition]
    stopped = headline(night, stopped_metric, attacker)
    launched = headline(night, launched_metric, attacker, stopped.side if stopped else None)
    known = stopped or launched
    if known is None or (stopped is None and known.side != OPPONENT[attacker]):
        return None
    metrics = {"lost": Metric.DRONES_LOST, "hit": hit_metric, "airborne": Metric.DRONES_AIRBORNE}
    apart = {
        kind: headline(night, metric, attacker, known.side)
        for kind, metric in metrics.items()
        if metric.startswith(munition)
    }
    if not _told_together(night, apart.get("airborne"), known):
        apart["airborne"] = None
    whole = night.count(launched) if launched else None
    parts = _fates(night, stopped, apart)
    if whole is None and munition == "drones":
        parts = _located(_best_split(night, stopped)) or parts
    return Bar(
        attacker,
        munition,
        known.side,
        night.voice(known),
        known.window,
        whole,
        night.count(stopped) if stopped else None,
        _with_rest(whole, night.count(stopped) if stopped else None, parts),
        len(known.claimants),
        known.mode,
        interception(night, stopped, launched),
    )


def _told_together(night: Night, airborne: Estimate | None, known: Estimate) -> bool:
    """Tell whether those still airborne are told with the count that stands: later they land."""
    found = (
        {claim.document_id for i in e.claim_ids if (claim := night.claim(i))}
        for e in (airborne, known)
        if e
    )
    return airborne is not None and not set.isdisjoint(*found)


def _fates(
    night: Night, stopped: Estimate | None, apart: Mapping[str, Estimate | None]
) -> tuple[Part, ...]:
    """Return what became of them, with those lost apart where they are not inside the stopped."""
    parts = []
    inner = _shot_down(night, stopped, apart.get("lost")) if stopped else None
    if inner:
        parts.append(Part("shot down", inner))
    elif stopped:
        parts.append(Part("stopped", night.count(stopped)))
    parts += [Part(kind, night.count(found)) for kind, found in apart.items() if found]
    return tuple(part for part in parts if part.count.drawn)


def _shot_down(night: Night, stopped: Estimate, lost: Estimate | None) -> Count | None:
    """Return the shot down of "63 stopped, 22 shot down and 41 lost": the two add up."""
    if lost is None or lost.low is None or stopped.low is None:
        return None
    for claim in night.claims:
        same = claim.metric == stopped.metric and claim.attacker == stopped.attacker
        whole = not claim.place and not claim.admin1 and night.in_scope(claim)
        if same and whole and claim.low is not None and claim.low + lost.low == stopped.low:
            return night.stated(claim)
    return None


def _with_rest(
    whole: Count | None, stopped: Count | None, parts: tuple[Part, ...]
) -> tuple[Part, ...]:
    """Add what nobody accounts for, where every number has both its ends to subtract."""
    if whole is None or not parts or not all(_closed(c) for c in (whole, *_counts(parts))):
        return parts
    low = (whole.low or 0) - sum(count.high or 0 for count in _counts(parts))
    high = (whole.high or 0) - sum(count.low or 0 for count in _counts(parts))
    if low < 0 or high == 0:
        return parts
    inner = INNER if any(part.kind == "shot down" for part in parts) else ()
    gone = [part.count for part in parts if part.kind not in inner]
    terms = (whole, *([stopped] if stopped and inner else []), *gone)
    numbers = tuple(n for count in (whole, *_counts(parts)) for n in count.numbers[:1])
    hedge: Hedge = "exact" if all(term.exact is not None for term in terms) else "range"
    return (*parts, Part("unaccounted for", Count(low, high, hedge, numbers), terms))


def _counts(parts: tuple[Part, ...]) -> tuple[Count, ...]:
    return tuple(part.count for part in parts)


def _closed(count: Count) -> bool:
    return count.low is not None and count.high is not None


def _located(found: Split | None) -> tuple[Part, ...]:
    if found is None or found.unlocated is None:
        return ()
    numbers = tuple(n for share in found.shares for n in share.count.numbers)
    located = Count(found.located, found.located, "exact", numbers)
    rest = Count(found.unlocated, found.unlocated, "exact", (*found.total.numbers, *numbers))
    parts = (Part("located", located), Part("not located", rest, (found.total, located)))
    return tuple(part for part in parts if part.count.drawn)


def _best_split(night: Night, total: Estimate | None) -> Split | None:
    """Return the split of the document that locates most of a total."""
    splits = [made for i in (total.claim_ids if total else ()) if (made := _split(night, i))]
    fitting = [made for made in splits if made.unlocated is not None] or splits
    return max(fitting, key=lambda made: made.located, default=None)


def _split(night: Night, claim_id: str) -> Split | None:
    total = night.claim(claim_id)
    if total is None:
        return None
    shares = [
        Share(claim.place, claim.admin1, night.stated(claim))
        for claim in night.claims
        if claim.part_of == claim_id and claim.place and claim.metric == total.metric
    ]
    shares.sort(key=lambda share: (-share.count.drawn, share.place))
    count = night.stated(total)
    voice = Voice(night.names.claimant(total.claimant, total.claimant_side), total.claimant_side)
    key = (total.attacker, total.claimant_side, voice, total.window)
    return Split(*key, count, tuple(shares)) if shares else None
