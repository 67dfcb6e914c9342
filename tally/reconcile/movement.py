"""What moved between two editions: raised, lowered, new, withdrawn, each with its claims and cause.

It compares estimates of the same incident and side; parts and partial windows are left out.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tally.language import say, to_say
from tally.model import Claim, Estimate, Reconciled, Relation, RelationKind
from tally.reconcile.sentences import SEVERAL, figure, place_in, whose

ChangeKind = Literal["raised", "lowered", "new", "withdrawn", "newly contested", "doubt changed"]
KINDS: dict[ChangeKind, str] = {
    "raised": to_say("raised"),
    "lowered": to_say("lowered"),
    "new": to_say("new"),
    "withdrawn": to_say("withdrawn"),
    "newly contested": to_say("newly contested"),
    "doubt changed": to_say("doubt changed"),
}
MOVING = (
    RelationKind.UPDATES,
    RelationKind.CORRECTS,
    RelationKind.CONTRADICTS,
)
BESIDE = (RelationKind.OVERLAPS, RelationKind.PART_OF, RelationKind.REPEATS)


@dataclass(frozen=True, slots=True)
class Change:
    """One estimate as it was and as it is; `None` where it was not there yet, or is no more.

    `cause` is the sentence that says why; `cause_ids` are the claims that it names.
    """

    kind: ChangeKind
    before: Estimate | None
    after: Estimate | None
    sentence: str
    cause: str = ""
    cause_ids: tuple[str, ...] = ()

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """The claims that the later edition rests on, or the earlier one if it was withdrawn."""
        latest = self.after or self.before
        return latest.claim_ids if latest else ()


@dataclass(slots=True)
class _Editions:
    """Two editions, with what is asked of each looked up once."""

    before: Reconciled
    after: Reconciled
    old: dict[str, Claim] = field(init=False)
    new: dict[str, Claim] = field(init=False)
    relations: dict[str, list[Relation]] = field(init=False)

    def __post_init__(self) -> None:
        self.old = {claim.id: claim for claim in self.before.claims}
        self.new = {claim.id: claim for claim in self.after.claims}
        self.relations = defaultdict(list)
        for relation in self.after.relations:
            for claim_id in (relation.claim_id, relation.other_id):
                self.relations[claim_id].append(relation)


def what_moved(
    before: Reconciled, after: Reconciled, day: dt.date | None = None
) -> tuple[Change, ...]:
    """Return how the estimates of two editions differ, in the order of the later one.

    Of the estimates about one day alone, where it is given.
    """
    old, new = _by_incident(before), _by_incident(after)
    editions = _Editions(before, after)
    keys = (*new, *(key for key in old if key not in new))
    pairs = [pair for key in keys for pair in _paired(old.get(key, []), new.get(key, []))]
    about = [pair for pair in pairs if day is None or _is_about(pair[1] or pair[0], day)]
    made = [_change(was, now, editions) for was, now in about]
    return tuple(change for change in made if change)


def _is_about(one: Estimate | None, day: dt.date) -> bool:
    return one is not None and one.period_start == one.period_end == day


def _by_incident(reconciled: Reconciled) -> dict[tuple[object, ...], list[Estimate]]:
    found: dict[tuple[object, ...], list[Estimate]] = defaultdict(list)
    for one in reconciled.estimates:
        if one.status != "partial" or "+" in one.window:
            found[one.metric, one.side, one.incident, one.victims].append(one)
    return dict(found)


def _paired(
    old: Iterable[Estimate], new: Iterable[Estimate]
) -> Iterator[tuple[Estimate | None, Estimate | None]]:
    """Yield what each figure was before: that of the same hours, else the next that is left."""
    left, now = list(old), list(new)
    same: dict[int, Estimate] = {}
    for number, one in enumerate(now):
        former = next((was for was in left if was.window == one.window), None)
        if former:
            left.remove(former)
            same[number] = former
    for number, one in enumerate(now):
        yield same.get(number) or (left.pop(0) if left else None), one
    yield from ((was, None) for was in left)


def _change(before: Estimate | None, after: Estimate | None, editions: _Editions) -> Change | None:
    kind, about = _kind(before, after), after or before
    if kind is None or about is None:
        return None
    sentence = say(
        "{noun}{where}: {was}, now {now} ({kind}).",
        noun=say(SEVERAL[about.metric]),
        where=place_in(about),
        was=figure(before),
        now=figure(after),
        kind=say(KINDS[kind]),
    )
    cause, ids = next(_causes(before, after, editions), ("", ()))
    return Change(kind, before, after, sentence, cause, ids)


def _kind(before: Estimate | None, after: Estimate | None) -> ChangeKind | None:
    if before is None or after is None:
        return ("new" if after else "withdrawn") if before or after else None
    if after.status == "contested" != before.status:
        return "newly contested"
    was, now = _ends(before), _ends(after)
    if was != now:
        return "raised" if now > was else "lowered"
    return "doubt changed" if before.hedge != after.hedge else None


def _ends(one: Estimate) -> tuple[int, int]:
    ends = [end for end in (one.low, one.high) if end is not None]
    return (max(ends), min(ends)) if ends else (0, 0)


def _causes(
    before: Estimate | None, after: Estimate | None, editions: _Editions
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what may have moved an estimate, the likeliest first."""
    mine = dict.fromkeys(claim_id for one in (after, before) if one for claim_id in one.claim_ids)
    yield from _ruled(mine, editions)
    yield from _related(MOVING, mine, editions)
    if before:
        yield from _related(BESIDE, mine, editions)
    yield from _came(after, editions)
    gone = [i for i in mine if i in editions.old and i not in editions.new]
    for claim_id in gone:
        yield say("{claim} was not known then.", claim=whose(editions.old[claim_id])), (claim_id,)
    for claim_id in mine:
        claim = whose(_either(editions)[claim_id])
        yield say("{claim} is counted elsewhere now.", claim=claim), (claim_id,)


def _came(after: Estimate | None, editions: _Editions) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the claims that came in; of a figure that was added up, with all that it is made of."""
    ids = after.claim_ids if after else ()
    came = [i for i in ids if i in editions.new and i not in editions.old]
    if came and after and _is_sum(after):
        terms = ids if "+" in after.window else ids[::-1]
        numbers = " + ".join(figure(editions.new[i]) for i in terms)
        message = to_say("{sum}: {claim} came in.")
        claim = whose(editions.new[came[0]])
        yield say(message, sum=f"{numbers} = {after.low}", claim=claim), ids
    for claim_id in came:
        yield say("{claim} came in.", claim=whose(editions.new[claim_id])), (claim_id,)


def _is_sum(one: Estimate) -> bool:
    """Tell whether a figure is added up of windows, or of a count and its increments."""
    several = len(one.claim_ids) > 1
    return several and ("+" in one.window or one.incident.endswith(" increments"))


def _either(editions: _Editions) -> Mapping[str, Claim]:
    return {**editions.old, **editions.new}


def _ruled(mine: Iterable[str], editions: _Editions) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the decisions of people: nothing else changes a claim that was known."""
    for claim_id in mine:
        old, new = editions.old.get(claim_id), editions.new.get(claim_id)
        if old and new and old != new:
            said = say("A ruling made of {old}: {new}.", old=whose(old), new=whose(new))
            yield said, (claim_id,)
        was, now = claim_id in editions.before.rejected, claim_id in editions.after.rejected
        if old and new and was != now:
            message = to_say("A ruling takes back {claim}.")
            if now:
                message = to_say("A ruling takes out {claim}.")
            yield say(message, claim=whose(new)), (claim_id,)


def _related(
    kinds: Iterable[RelationKind], mine: Iterable[str], editions: _Editions
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what a claim that came in says of those that were there."""
    held = [relation for claim_id in mine for relation in editions.relations.get(claim_id, ())]
    for kind in kinds:
        for relation in held:
            pair = relation.claim_id, relation.other_id
            came = [claim_id for claim_id in pair if claim_id not in editions.old]
            if relation.kind == kind and len(came) == 1:
                yield relation.sentence, pair
