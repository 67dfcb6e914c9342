"""How long reconciling takes as the ledger grows: `python benchmarks/reconcile.py`.

The claims are those of the example corpus, repeated for other fortnights: each copy is the same
fortnight later, with documents and ids of its own, as a ledger of many years would be.
"""

import argparse
import datetime as dt
import gc
import math
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from tally.ledger import load_ledger
from tally.model import Claim, published_at
from tally.reconcile import reconcile

SIZES = (1_000, 10_000, 100_000, 1_000_000)
FORTNIGHT = dt.timedelta(days=15)
FIRST = dt.date(1990, 1, 1)


def shifted(claim: Claim, days: dt.timedelta, copy: int) -> Claim:
    """Return a claim as one of another fortnight: its dates, document and ids are moved."""
    published = published_at(claim.published) + days
    return replace(
        claim,
        id=f"{claim.id}-{copy}",
        document_id=f"{claim.document_id}-{copy}",
        part_of=f"{claim.part_of}-{copy}" if claim.part_of else "",
        published=published.isoformat(),
        period_start=claim.period_start and claim.period_start + days,
        period_end=claim.period_end and claim.period_end + days,
    )


def grown(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the corpus again and again, each time a fortnight later."""
    start = min(claim.period_end for claim in claims if claim.period_end)
    copy = 0
    while True:
        days = FIRST - start + copy * FORTNIGHT
        yield from (shifted(claim, days, copy) for claim in claims)
        copy += 1


def megabytes() -> float:
    """Return the most memory the process has held; macOS counts it in bytes, Linux in kB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def measure(claims: Sequence[Claim], size: int) -> float:
    """Return the seconds of processor time that this many claims take, and print a line."""
    held = tuple(islice(grown(claims), size))
    gc.collect()
    begin = time.process_time()
    result = reconcile(held, (), None)
    seconds = time.process_time() - begin
    sys.stdout.write(
        f"{size:>9,} {seconds:>9.2f} {megabytes():>9,.0f} {len(result.estimates):>10,} "
        f"{len(result.relations):>10,} {len(result.findings):>9,}"
    )
    return seconds


def main() -> None:
    """Print seconds, memory and growth for each size; growth 1.00 is n log n exactly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of claims")
    parser.add_argument("--claims", type=Path, default=Path("data/claims"), help="ledger to grow")
    chosen = parser.parse_args()
    claims = load_ledger(chosen.claims)
    if not claims:
        parser.error(f"{chosen.claims} holds no claim; build the ledger with `make ledger`.")
    reconcile(claims, (), None)
    sys.stdout.write(
        f"{'claims':>9} {'seconds':>9} {'peak MB':>9} {'estimates':>10} {'relations':>10} "
        f"{'findings':>9}  seconds grew by / n log n grew by\n"
    )
    before: tuple[int, float] | None = None
    for size in chosen.sizes:
        seconds = measure(claims, size)
        if before:
            fair = size * math.log(size) / (before[0] * math.log(before[0]))
            sys.stdout.write(f"  {seconds / before[1]:.1f} / {fair:.1f}")
        sys.stdout.write("\n")
        sys.stdout.flush()
        before = size, seconds


if __name__ == "__main__":
    main()
