"""What is wrong with the data, said aloud: an ordered tuple of checks, each giving findings.

Bad data never raises. A sentence does the subtraction. It knows the result of reconciling and
nothing of how that was done.
"""

from collections.abc import Callable, Iterator

from tally.model import Finding, Reconciled

Check = Callable[[Reconciled], Iterator[Finding]]

CHECKS: tuple[Check, ...] = ()


def check(reconciled: Reconciled) -> tuple[Finding, ...]:
    """Return what every check finds, in the order of the checks."""
    return tuple(finding for one in CHECKS for finding in one(reconciled))
