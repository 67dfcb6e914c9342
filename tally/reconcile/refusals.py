"""Figures that one document puts under another heading than the rest: refused, and said aloud.

A copy that places a region's toll in the city, that turns hurt children into dead ones or drones
lost from radar into hits gives a number that others give, in the wrong place; one that exchanges
two digits of it gives a number that nobody else does. One document against at least two, two
against four, a text and its exact copies as one; no number alone is ever a reason.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tally.language import say, to_say
from tally.model import TOLLS, Claim, Metric, Relation, RelationKind
from tally.reconcile.digits import EXCHANGED, LONG_NUMBER, exchanged
from tally.reconcile.identity import locality, speaker
from tally.reconcile.incidents import number, order
from tally.reconcile.sentences import whose
from tally.reconcile.windows import window_of

Key = tuple[object, ...]
Verdict = tuple[Claim, list[Claim], str, RelationKind]
OTHER_PLACE = to_say("other place")
DEAD = to_say("dead here, injured elsewhere")
HITS = to_say("hits here, lost elsewhere")
AGAINST = 2
DISTINCT_INJURED = 10


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that is not counted, and the relation that says why."""

    claim: Claim
    relation: Relation


def refuse(claims: Iterable[Claim]) -> tuple[Refusal, ...]:
    """Return the claims that stand under a heading of their own, with the reason."""
    firsts, again = _texts(claims)
    verdicts = (
        *_other_heading(firsts, Metric.KILLED, Metric.INJURED, DEAD),
        *_other_heading(firsts, Metric.DRONES_HIT, Metric.DRONES_LOST, HITS),
        *_other_place(firsts),
        *_other_digits(firsts),
    )
    return tuple(
        _refusal(each, others, rule, kind)
        for claim, others, rule, kind in verdicts
        for each in (claim, *again.get(claim.id, ()))
    )


def _texts(claims: Iterable[Claim]) -> tuple[list[Claim], dict[str, list[Claim]]]:
    """Return what each text says once, and what its unmarked copies say again by the first's id.

    A copy has the same words at the same letters, of the same places and days.
    """
    firsts: dict[Key, Claim] = {}
    again: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=order):
        first = firsts.setdefault(_words(claim), claim)
        if first is not claim:
            again[first.id].append(claim)
    return list(firsts.values()), again


def _words(claim: Claim) -> Key:
    about = claim.place, claim.admin1, claim.period_end or dt.date.min
    return claim.start, claim.metric, claim.quote, number(claim), *about


def _other_heading(
    claims: list[Claim], here: Metric, elsewhere: Metric, rule: str
) -> Iterator[Verdict]:
    """Yield what only one document counts as `here`, and others as `elsewhere`."""
    mine = _documents(claims, here, _event)
    theirs = _documents(claims, elsewhere, _event)
    for key, documents in mine.items():
        others = [claim for name, claim in theirs.get(key, {}).items() if name not in documents]
        if len(documents) == 1 and len(others) >= AGAINST:
            (claim,) = documents.values()
            yield claim, others, rule, RelationKind.CONTRADICTS


def _event(claim: Claim) -> Key:
    return claim.attacker, window_of(claim).day, locality(claim), claim.victims, number(claim)


def _documents(
    claims: Iterable[Claim], metric: Metric, key: Callable[[Claim], Key]
) -> dict[Key, dict[str, Claim]]:
    found: dict[Key, dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        telling = claim.victims == "child" or claim.metric not in TOLLS
        if claim.metric == metric and telling and number(claim) > 1:
            found[key(claim)].setdefault(claim.document_id, claim)
    return found


def _other_digits(claims: list[Claim]) -> Iterator[Verdict]:
    """Yield what one document gives with two digits of a number exchanged: 135 for 153."""
    told: dict[Key, dict[int, dict[str, Claim]]] = defaultdict(lambda: defaultdict(dict))
    for claim in claims:
        if number(claim) >= LONG_NUMBER:
            heading = (claim.metric, claim.attacker, window_of(claim), locality(claim))
            told[heading][number(claim)].setdefault(claim.document_id, claim)
    for by_number in told.values():
        for value, documents in by_number.items():
            for other in exchanged(value) & by_number.keys() if len(documents) == 1 else ():
                others = [c for name, c in by_number[other].items() if name not in documents]
                if len(others) >= AGAINST:
                    (claim,) = documents.values()
                    yield claim, others, EXCHANGED, RelationKind.CONTRADICTS


def _other_place(claims: list[Claim]) -> Iterator[Verdict]:
    """Yield killed and injured, the same two numbers, that others give for another place."""
    places: dict[Key, dict[object, dict[str, tuple[Claim, Claim]]]] = defaultdict(dict)
    for killed, injured in _pairs(claims):
        toll = (killed.attacker, killed.period_end, number(killed), number(injured))
        where = places[toll].setdefault(locality(killed), {})
        where.setdefault(killed.document_id, (killed, injured))
    for by_place in places.values():
        common = max(by_place.values(), key=len)
        others = [pair[0] for pair in common.values()]
        for documents in by_place.values():
            if len(others) < AGAINST * len(documents):
                continue
            for killed, injured in documents.values():
                if not _is_own(killed):
                    yield killed, others, OTHER_PLACE, RelationKind.CORRECTS
                    hurt = [pair[1] for pair in common.values()]
                    yield injured, hurt, OTHER_PLACE, RelationKind.CORRECTS


def _is_own(claim: Claim) -> bool:
    """Tell whether the named head of a region speaks of it: others do not place it for him.

    An administration that is not named has its region from the very place that is in doubt.
    """
    who = speaker(replace(claim, admin1=()))
    return who in {f"administration {code}" for code in claim.admin1}


def _pairs(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the killed and injured of one place and day in one document, when they are telling."""
    tolls: dict[Key, dict[Metric, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if (
            claim.metric in TOLLS
            and claim.victims in {"", "civilian"}
            and (claim.admin1 or claim.place)
        ):
            about = (claim.document_id, claim.attacker, claim.period_end, locality(claim))
            tolls[about][claim.metric].append(claim)
    for found in tolls.values():
        killed, injured = found[Metric.KILLED], found[Metric.INJURED]
        for dead in killed:
            for hurt in injured:
                if number(dead) > 1 and number(hurt) >= DISTINCT_INJURED:
                    yield dead, hurt


def _refusal(claim: Claim, others: list[Claim], rule: str, kind: RelationKind) -> Refusal:
    one = others[0]
    sentence = say(
        "{claim} is not counted: {n} other {n:documents|documents} give the number as {other}.",
        claim=whose(claim),
        n=len(others),
        other=whose(one),
    )
    if kind == RelationKind.CORRECTS:
        return Refusal(claim, Relation(kind, one.id, claim.id, rule, sentence))
    return Refusal(claim, Relation(kind, claim.id, one.id, rule, sentence))
