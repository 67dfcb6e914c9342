"""The claims of a big ledger that have part in what is said of some days, read without the others.

They are those about the days and NEAR them, and all else that their documents say. Counts of
several days, which reach further, bring the claims of their kind that they are held against.
Rulings bring the documents that they name, and running totals those before and after them. A
total over more than LONGEST is held against its days only where a ledger is opened whole.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tally.counts import claimant_name
from tally.ledger import LONGEST, Days, Kind, Run, Wanted, asking, kind_of, load_ledger, run_of
from tally.model import TOLLS, Claim, Ruling, published_at
from tally.reconcile import NEAR


def near(claims: Sequence[Claim], span: Days) -> list[Claim]:
    """Return the claims about days of a span, or so near that they may have part in it."""
    about = Wanted(_widened(span))
    wanted = replace(about, kinds=_kinds(filter(about.holds, claims), span))
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
    documents = frozenset(claim.document_id for claim in found)
    runs = frozenset(filter(None, map(run_of, found)))
    whole = Wanted(documents=documents, kinds=_kinds(found, span))
    held = ask(replace(whole, runs=runs))
    further = [claim for claim in held if not whole.holds(claim)]
    return *filter(whole.holds, held), *_neighbours(further, span, as_of)


def _widened(span: Days) -> Days:
    return span[0] - NEAR, span[1] + NEAR


def _kinds(claims: Iterable[Claim], span: Days) -> Mapping[Kind, Days]:
    """Return the days on which claims are held against what is counted over several days.

    They are those near its last day, and for a total all its days, which are added up: not for
    the dead and injured, whose days are no part of what is told of them.
    """
    found: dict[Kind, Days] = {}
    for claim in claims:
        start, end = claim.period_start, claim.period_end
        if start is None or end is None or not _is_several(start, end, span):
            continue
        is_total = claim.metric not in TOLLS and claim.high is not None and not claim.part_of
        first, last = _widened((start if is_total else end, end))
        held = found.get(kind_of(claim), (first, last))
        found[kind_of(claim)] = min(first, held[0]), max(last, held[1])
    return found


def _is_several(start: dt.date, end: dt.date, span: Days) -> bool:
    return start < end <= start + LONGEST and start <= span[1] and end >= span[0]


def _neighbours(claims: Iterable[Claim], span: Days, as_of: dt.datetime | None) -> Iterator[Claim]:
    """Yield the last running totals before the days and the first after them, of each run."""
    runs: dict[Run, dict[dt.date, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        known = as_of is None or published_at(claim.published) <= as_of
        if known and claim.period_end:
            runs[*run_of(claim), claimant_name(claim)][claim.period_end].append(claim)
    for days in runs.values():
        before = max((day for day in days if day < span[0]), default=None)
        after = min((day for day in days if day > span[1]), default=None)
        for day in filter(None, (before, after)):
            yield from days[day]
