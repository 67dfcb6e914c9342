"""How long a big ledger takes to open: `python benchmarks/opening.py` (see README.md).

The claims are those of the example corpus again and again, with ids, documents and days of their
own, over four years. Each way of opening is timed in a process of its own, after one that has made
the mirrors.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from reconcile import megabytes, shifted

from tally.frame import open_claims
from tally.ledger import load_ledger, month_files, save_ledger
from tally.model import Claim

ROOT = Path(__file__).parents[1]
SIZE = 1_000_000
FIRST_DAY = date(2022, 3, 1)
DAYS = 4 * 365
FORTNIGHT = (date(2025, 5, 14), date(2025, 5, 28))
SOME = ["metric", "low", "high", "attacker", "admin1", "claimant_side", "period_end", "published"]


def _all(data: Path) -> int:
    return len(open_claims(data))


def _some(data: Path) -> int:
    return len(open_claims(data, SOME))


def _fortnight(data: Path) -> int:
    return len(load_ledger(data / "claims", about=FORTNIGHT))


def _objects(data: Path) -> int:
    return len(load_ledger(data / "claims"))


WAYS: tuple[tuple[str, Callable[[Path], int]], ...] = (
    ("a table, all columns, making the mirrors", _all),
    ("a table, all columns", _all),
    (f"a table, {len(SOME)} columns", _some),
    ("Claim objects of a fortnight", _fortnight),
    ("Claim objects of all", _objects),
)


@click.command()
@click.option("--size", type=int, default=SIZE, show_default=True, help="Claims.")
def main(size: int) -> None:
    """Measure how long a big ledger takes to open."""
    (ROOT / "build").mkdir(exist_ok=True)
    with TemporaryDirectory(dir=ROOT / "build") as folder:
        data = Path(folder)
        save_ledger(_claims(load_ledger(ROOT / "data" / "claims"), size), data / "claims")
        months = month_files(data / "claims")
        held = sum(path.stat().st_size for path in months)
        click.echo(f"{size:,} claims in {len(months)} months, {held / 1e6:,.0f} MB of CSV")
        for name, way in WAYS:
            process = multiprocessing.get_context("spawn").Process(
                target=_measure, args=(name, way, data)
            )
            process.start()
            process.join()


def _claims(claims: Sequence[Claim], size: int) -> Iterator[Claim]:
    """Yield as many claims as are asked for, spread evenly over the days."""
    start = min(claim.period_end for claim in claims if claim.period_end)
    for number in range(size):
        copy, at = divmod(number, len(claims))
        days = FIRST_DAY - start + timedelta(days=copy * len(claims) * DAYS // size)
        yield shifted(claims[at], days, copy)


def _measure(name: str, way: Callable[[Path], int], data: Path) -> None:
    begun, used = time.perf_counter(), time.process_time()
    found = way(data)
    seconds, used = time.perf_counter() - begun, time.process_time() - used
    click.echo(
        f"{name:<42} {found:>9,} claims {seconds:>7.1f} s, processor {used:>7.1f} s, "
        f"memory {megabytes() / 1e3:.2f} GB"
    )


if __name__ == "__main__":
    main()
