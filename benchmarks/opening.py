"""How long a big ledger takes to open: `python benchmarks/opening.py` (see README.md).

The claims are those of the example corpus again and again, with ids, documents and days of their
own, over four years, each document a file. Each way of opening is timed in a process of its own,
after those that have made the mirrors and the catalogue of documents.
"""

import multiprocessing
import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from reconcile import megabytes, shifted

from tally.briefing import open_night
from tally.documents import keep_catalogue
from tally.frame import open_claims
from tally.ledger import Wanted, load_ledger, month_files, save_ledger
from tally.model import Claim
from tally.review import open_review

ROOT = Path(__file__).parents[1]
SIZE = 1_000_000
FIRST_DAY = date(2022, 3, 1)
DAYS = 4 * 365
# The lines in front of a document that name it or another.
NAMES = re.compile(r"^(?:id|replaces|copy_of): [\w.-]+", re.MULTILINE)
FORTNIGHT = (date(2025, 5, 14), date(2025, 5, 28))
SOME = ["metric", "low", "high", "attacker", "admin1", "claimant_side", "period_end", "published"]


def _all(data: Path) -> int:
    return len(open_claims(data))


def _some(data: Path) -> int:
    return len(open_claims(data, SOME))


def _fortnight(data: Path) -> int:
    return len(load_ledger(data / "claims", Wanted(FORTNIGHT)))


def _catalogue(data: Path) -> int:
    keep_catalogue(data / "documents")
    return 0


def _night(data: Path) -> int:
    return len(open_night("2025-05-21", data=data).claims)


def _week(data: Path) -> int:
    return len(open_review("2025-05-15", "2025-05-21", data=data).evidence)


def _objects(data: Path) -> int:
    return len(load_ledger(data / "claims"))


WAYS: tuple[tuple[str, Callable[[Path], int]], ...] = (
    ("a table, all columns, making the mirrors", _all),
    ("a table, all columns", _all),
    (f"a table, {len(SOME)} columns", _some),
    ("Claim objects of a fortnight", _fortnight),
    ("the documents, the first time", _catalogue),
    ("a night: read, reconciled, gathered", _night),
    ("a week: read, reconciled, gathered", _week),
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
        files = _write_documents(data, size)
        months = month_files(data / "claims")
        held = sum(path.stat().st_size for path in months)
        click.echo(
            f"{size:,} claims in {len(months)} months, {held / 1e6:,.0f} MB of CSV, "
            f"{files:,} documents"
        )
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


def _write_documents(data: Path, size: int) -> int:
    """Write the documents of that many claims; return how many they are."""
    (data / "documents").mkdir()
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "data/documents").glob("*.md"))]
    copies = -(-size // len(load_ledger(ROOT / "data" / "claims")))
    for copy in range(copies):
        for number, text in enumerate(texts):
            made = NAMES.sub(rf"\g<0>-{copy}", text)
            (data / f"documents/{copy}-{number}.md").write_text(made, "utf-8")
    return copies * len(texts)


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
