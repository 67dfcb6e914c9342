"""Counts that add to an earlier count: "26 more", "another 16". They are added to nothing else.

An increment is added only to a count of the same claimant, place and day in the same document. The
sum is counted once, however many documents tell its pieces, or the sum itself; additions that
documents tell one after another, "two more", "one more", lie inside the total that one states.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tally.language import say, to_say
from tally.model import Claim, Relation, RelationKind
from tally.reconcile.identity import locality, speaker
from tally.reconcile.incidents import number, order
from tally.reconcile.sentences import whose


@dataclass(frozen=True, slots=True)
class Sum:
    """A base with what was added to it, and the claim that states the sum, if one does.

    `told` is the earlier sum of another document that comes to the same, `terms` what makes the
    stated one where the pieces are told in several documents.
    """

    base: Claim | None
    additions: tuple[Claim, ...]
    stated: Claim | None
    told: "Sum | None" = None
    terms: tuple[Claim, ...] = ()

    @property
    def pieces(self) -> tuple[Claim, ...]:
        """The base, if there is one, and its additions."""
        return (self.base, *self.additions) if self.base else self.additions

    @property
    def total(self) -> int:
        """The base and its additions together."""
        return sum(map(number, self.pieces))


def add_up(claims: Iterable[Claim]) -> tuple[Sum, ...]:
    """Return the sums of each document's increments, one for each thing counted."""
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.aggregation != "cumulative":
            where = (speaker(claim), locality(claim), claim.period_end)
            groups[(*where, claim.metric, claim.attacker, claim.victims)].append(claim)
    grown = (found for found in groups.values() if any(map(_is_increment, found)))
    return tuple(made for found in grown for made in _once(found))


def _once(found: list[Claim]) -> Iterator[Sum]:
    """Yield the sum of each document in turn, tied to where the same total was told before."""
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(found, key=order):
        held[claim.document_id].append(claim)
    wholes = {number(claim): claim for claim in reversed(found) if not _is_increment(claim)}
    grown = (document for document in held.values() if any(map(_is_increment, document)))
    sums = [
        _with_whole(_sum(sorted(each, key=lambda claim: claim.start)), wholes) for each in grown
    ]
    first: dict[int, Sum] = {}
    for made in sums:
        first.setdefault(made.total, made)
    bare = [made for made in first.values() if made.stated is None and made.base is None]
    led = {id(made): one for made, one in zip(bare, _led_on(bare, wholes), strict=True)}
    for made in sums:
        again = first[made.total]
        told = again if again is not made and made.stated is None else None
        yield replace(led.get(id(made), made), told=told)


def _with_whole(made: Sum, wholes: Mapping[int, Claim]) -> Sum:
    """Return a sum with the claim of another document that states it."""
    whole = wholes.get(made.total)
    if made.stated is None and whole and whole not in made.pieces:
        return replace(made, stated=whole)
    return made


def _led_on(bare: list[Sum], wholes: Mapping[int, Claim]) -> list[Sum]:
    """Return bare additions with the count that they make, on a lower one told before them.

    3 and one more are inside the 4 that somebody states; two more and then one more inside the 6.
    """
    homes: dict[int, Sum] = {}
    for lower in sorted(wholes, reverse=True):
        after = [made for made in bare if order(wholes[lower]) < order(made.additions[0])]
        runs = [after[:end] for end in range(1, len(after) + 1)] + [[made] for made in after]
        for run in runs:
            whole = wholes.get(lower + sum(made.total for made in run))
            if whole and run:
                terms = (wholes[lower], *(piece for made in run for piece in made.additions))
                for made in run:
                    homes.setdefault(id(made), replace(made, stated=whole, terms=terms))
    return [homes.get(id(made), made) for made in bare]


def _is_increment(claim: Claim) -> bool:
    return claim.aggregation == "increment"


def _sum(found: list[Claim]) -> Sum:
    additions = tuple(claim for claim in found if _is_increment(claim))
    before = [claim for claim in found if claim.start < additions[0].start]
    base = before[-1] if before else None
    others = [c for c in found if not _is_increment(c) and c is not base]
    bare = Sum(base, additions, None)
    stated = next((claim for claim in others if number(claim) == bare.total), None)
    if stated is None and base and number(base) == sum(map(number, additions)):
        return Sum(None, additions, base)
    return Sum(base, additions, stated)


def explain(found: Sum) -> tuple[Relation, ...]:
    """Return how each piece is inside the sum that a document states, or was told before."""
    stated = found.stated
    if stated is None:
        return tuple(map(_repeats, found.pieces, found.told.pieces)) if found.told else ()
    terms = " + ".join(str(number(piece)) for piece in found.terms or found.pieces)
    return tuple(
        Relation(
            RelationKind.PART_OF,
            piece.id,
            stated.id,
            to_say("increments add up"),
            say(
                "{sum}: {part} is inside {whole}.",
                sum=f"{terms} = {number(stated)}",
                part=whose(piece),
                whole=whose(stated),
            ),
        )
        for piece in found.pieces
    )


def _repeats(piece: Claim, former: Claim) -> Relation:
    sentence = say("{claim} repeats {first}.", claim=whose(piece), first=whose(former))
    return Relation(
        RelationKind.REPEATS, piece.id, former.id, to_say("told in another document"), sentence
    )
