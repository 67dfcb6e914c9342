"""What checks read of a claim: the least and the most that it allows, and its words."""

from collections.abc import Iterable

from tally.model import Claim, Reconciled


def counted(reconciled: Reconciled) -> Iterable[Claim]:
    """Return the claims that count: those that no ruling took out."""
    return (claim for claim in reconciled.claims if claim.id not in reconciled.rejected)


def least(claim: Claim) -> int:
    """Return the least that a claim allows."""
    return next((end for end in (claim.low, claim.high) if end is not None), 0)


def most(claim: Claim) -> int:
    """Return the most that a claim allows."""
    return next((end for end in (claim.high, claim.low) if end is not None), 0)


def figure(claim: Claim) -> str:
    """Return a number as it is printed in a finding."""
    low, high = claim.low, claim.high
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"at least {low:,}" if low is not None else f"up to {high or 0:,}"


def noun(claim: Claim) -> str:
    """Return what a claim counts, in words."""
    return claim.metric.replace("_", " ")
