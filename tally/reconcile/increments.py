"""Counts that add to an earlier count: "26 more", "another 16". They are added to nothing else.

An increment is added only to a count of the same claimant, place and day in the same document. The
sum is counted once, however many documents tell its pieces, or the sum itself.
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

    `told` is the earlier sum of another document that comes to the same, `upon` the count there
    that this one's additions lead from to the stated one.
    """

    base: Claim | None
    additions: tuple[Claim, ...]
    stated: Claim | None
    told: "Sum | None" = None
    upon: Claim | None = None

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
    first: dict[int, Sum] = {}
    for document in held.values():
        if any(map(_is_increment, document)):
            made = _sum(sorted(document, key=lambda claim: claim.start))
            whole = wholes.get(made.total)
            if made.stated is None and whole and whole not in made.pieces:
                made = replace(made, stated=whole)
            if made.stated is None and made.base is None:
                made = _led_on(made, wholes)
            yield replace(made, told=None if made.stated else first.get(made.total))
            first.setdefault(made.total, made)


def _led_on(made: Sum, wholes: Mapping[int, Claim]) -> Sum:
    """Return additions between two stated counts, 3 + 1 = 4, as inside the higher one."""
    for whole in sorted(wholes):
        upon = wholes.get(whole - made.total)
        if upon and upon is not wholes[whole] and order(upon) < order(made.additions[0]):
            return replace(made, stated=wholes[whole], upon=upon)
    return made


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
    upon = (found.upon,) if found.upon else ()
    terms = " + ".join(str(number(piece)) for piece in (*upon, *found.pieces))
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
