"""The claims of a big ledger that have part in what is said of some days, read without the others.

They are those about the days and a week around them, and all else that their documents say, for a
text is compared with others as a whole. Rulings bring the documents that they name, totals over
some weeks the days that they are held against, and running totals those before and after them. A
total over more than LONGEST is held against its days only where a ledger is opened whole.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tally.ledger import LONGEST, Days, Run, Wanted, asking, load_ledger, run_of
from tally.model import TOLLS, Claim, Ruling, published_at

NEAR = dt.timedelta(days=7)


def near(claims: Iterable[Claim], span: Days) -> list[Claim]:
    """Return the claims about days of a span, or so near that they may have part in it."""
    wanted = Wanted(_widened(span))
    return [claim for claim in claims if wanted.holds(claim)]


def load_around(
    ledger: Path, span: Days, rulings: Sequence[Ruling], as_of: dt.datetime | None
) -> tuple[Claim, ...]:
    """Return the claims of a ledger that have part in what was known of a span at a moment.

    All of them when a ruling names no document, for it may be about any claim.
    """
    ruled = [dict(ruling.match).get("document", "").split() for ruling in rulings]
    if not all(ruled):
        return load_ledger(ledger)
    named = frozenset(document for documents in ruled for document in documents)
    ask = asking(ledger)
    found = ask(Wanted(_widened(span), named))
    reach = _reach(found, span)
    if reach != span:
        found = ask(Wanted(_widened(reach), named))
    documents = frozenset(claim.document_id for claim in found)
    runs = frozenset(filter(None, map(run_of, found)))
    held = ask(Wanted(documents=documents, runs=runs))
    inside = [claim for claim in held if claim.document_id in documents]
    further = [claim for claim in held if claim.document_id not in documents]
    return *inside, *_neighbours(further, reach, as_of)


def _widened(span: Days) -> Days:
    return span[0] - NEAR, span[1] + NEAR


def _reach(claims: Iterable[Claim], span: Days) -> Days:
    """Return the days of a span and those that totals which it has part in are held against."""
    first, last = span
    for claim in claims:
        start, end = claim.period_start, claim.period_end
        if start is None or end is None or claim.high is None or claim.part_of:
            continue
        told = claim.metric not in TOLLS and start <= span[1] and end >= span[0]
        if told and end - start <= LONGEST:
            first, last = min(first, start), max(last, end)
    return first, last


def _neighbours(claims: Iterable[Claim], reach: Days, as_of: dt.datetime | None) -> Iterator[Claim]:
    """Yield the last running totals before the days and the first after them, of each run."""
    runs: dict[Run, dict[dt.date, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        known = as_of is None or published_at(claim.published) <= as_of
        if known and claim.period_end:
            runs[run_of(claim)][claim.period_end].append(claim)
    for days in runs.values():
        before = max((day for day in days if day < reach[0]), default=None)
        after = min((day for day in days if day > reach[1]), default=None)
        for day in filter(None, (before, after)):
            yield from days[day]
