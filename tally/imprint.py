"""Who printed a claim, in words."""

from collections.abc import Sequence

from tally.language import say, to_say
from tally.wording import listed

NAMELESS = ("", to_say("not stated"))
MOST_PUBLISHERS = 6


def naming_nobody(publisher: str) -> str:
    """Call a report that names nobody by who printed it.

    >>> naming_nobody("TASS"), naming_nobody("")
    ('TASS, naming no source', 'a report, naming no source')
    """
    printed = say("a report") if publisher in NAMELESS else publisher
    return say("{printed}, naming no source", printed=printed)


def printed_by(publisher: str) -> str:
    """Name a publisher, or say that it is not named."""
    return say("a publisher that is not named") if publisher in NAMELESS else publisher


def source_line(publishers: Sequence[str], claims: int) -> str:
    """Name the publishers of the claims that a chart draws.

    >>> source_line(["TASS", "Online.UA"], 3)
    '3 claims printed by Online.UA and TASS.'
    """
    known = sorted({name for name in publishers if name not in NAMELESS})
    if any(name in NAMELESS for name in publishers):
        known.append(printed_by(""))
    shown = listed(known)
    if len(known) > MOST_PUBLISHERS:
        first = ", ".join(known[:MOST_PUBLISHERS])
        shown = say("{first} and {n} more", first=first, n=len(known) - MOST_PUBLISHERS)
    return say("{n} {n:claim|claims} printed by {publishers}.", n=claims, publishers=shown)
