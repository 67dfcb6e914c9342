"""Counts that add to an earlier count: "26 more", "another 16". They are added to nothing else.

An increment is added only to a count of the same claimant, place and day in the same document.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tally.language import say
from tally.model import Claim, Relation, RelationKind
from tally.reconcile.identity import locality, speaker
from tally.reconcile.incidents import number
from tally.reconcile.sentences import whose


@dataclass(frozen=True, slots=True)
class Sum:
    """A base with what was added to it, and the claim that states the sum, if one does."""

    base: Claim | None
    additions: tuple[Claim, ...]
    stated: Claim | None

    @property
    def pieces(self) -> tuple[Claim, ...]:
        """The base, if there is one, and its additions."""
        return (self.base, *self.additions) if self.base else self.additions

    @property
    def total(self) -> int:
        """The base and its additions together."""
        return sum(map(number, self.pieces))


def add_up(claims: Iterable[Claim]) -> tuple[Sum, ...]:
    """Return the sums of a document's increments, one for each thing counted."""
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.aggregation != "cumulative":
            where = (claim.document_id, speaker(claim), locality(claim), claim.period_end)
            groups[(*where, claim.metric, claim.attacker, claim.victims)].append(claim)
    return tuple(
        _sum(sorted(found, key=lambda claim: claim.start))
        for found in groups.values()
        if any(claim.aggregation == "increment" for claim in found)
    )


def _sum(found: list[Claim]) -> Sum:
    additions = tuple(claim for claim in found if claim.aggregation == "increment")
    before = [claim for claim in found if claim.start < additions[0].start]
    base = before[-1] if before else None
    others = [c for c in found if c.aggregation != "increment" and c is not base]
    bare = Sum(base, additions, None)
    stated = next((claim for claim in others if number(claim) == bare.total), None)
    if stated is None and base and number(base) == sum(map(number, additions)):
        return Sum(None, additions, base)
    return Sum(base, additions, stated)


def explain(found: Sum) -> tuple[Relation, ...]:
    """Return how each piece is inside the sum that a document states."""
    stated = found.stated
    if stated is None:
        return ()
    terms = " + ".join(str(number(piece)) for piece in found.pieces)
    return tuple(
        Relation(
            RelationKind.PART_OF,
            piece.id,
            stated.id,
            "increments add up",
            say(
                "{sum}: {part} is inside {whole}.",
                sum=f"{terms} = {found.total}",
                part=whose(piece),
                whole=whose(stated),
            ),
        )
        for piece in found.pieces
    )
