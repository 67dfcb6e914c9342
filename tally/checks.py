"""What is wrong with the data, said aloud: an ordered tuple of checks, each giving findings.

Bad data never raises. A sentence does the subtraction. It reads the result of reconciling and
knows nothing of how that was done.
"""

from collections.abc import Callable, Iterator

from tally.counts import figure
from tally.excess import fates_exceed_launched, parts_exceed_total
from tally.model import Claim, Finding, Reconciled, Relation, RelationKind
from tally.pages import published_before_event, published_twice, two_tolls, unknown_place
from tally.totals import (
    cumulative_falls,
    days_exceed_total,
    regions_exceed_total,
    steps_disagree,
)

Check = Callable[[Reconciled], Iterator[Finding]]
DISAGREE = frozenset({RelationKind.CONTRADICTS})
REFUSED = frozenset({"other place"})


def check(reconciled: Reconciled) -> tuple[Finding, ...]:
    """Return what every check finds, in the order of the checks."""
    return tuple(finding for one in CHECKS for finding in one(reconciled))


def contradictions(reconciled: Reconciled) -> Iterator[Finding]:
    """Find what does not agree, and what was refused because the rest says otherwise."""
    known = {claim.id: claim for claim in reconciled.claims}
    for relation in reconciled.relations:
        if relation.kind in DISAGREE or relation.rule in REFUSED:
            yield _disagreement(relation, known[relation.claim_id], known[relation.other_id])


def _disagreement(relation: Relation, claim: Claim, other: Claim) -> Finding:
    return Finding(
        "contradictions",
        f"{claim.document_id}, {other.document_id}",
        figure(other),
        figure(claim),
        relation.sentence,
        (claim.id, other.id),
    )


CHECKS: tuple[Check, ...] = (
    parts_exceed_total,
    fates_exceed_launched,
    contradictions,
    two_tolls,
    cumulative_falls,
    days_exceed_total,
    regions_exceed_total,
    steps_disagree,
    published_twice,
    published_before_event,
    unknown_place,
)
