"""Cells that no spreadsheet takes for a formula, and back again without loss.

A cell that begins with a sign of a formula gets an apostrophe in front. One that begins with an
apostrophe of its own gets another, so that taking one away always gives what was there.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from tally.evidence import FORMULA_STARTS

WIDE = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
STARTS = (*FORMULA_STARTS, "\n", *WIDE, "'")


def defuse(cell: str) -> str:
    """Return a cell that is text everywhere.

    >>> defuse("=1+1"), defuse("'twas"), defuse("63")
    ("'=1+1", "''twas", '63')
    """
    return f"'{cell}" if cell.startswith(STARTS) else cell


def restore(cell: str) -> str:
    """Return what a defused cell held.

    >>> restore(defuse("=1+1")), restore(defuse("'twas")), restore("63")
    ('=1+1', "'twas", '63')
    """
    return cell[1:] if cell.startswith("'") else cell


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV, every cell defused; lone carriage returns are quoted as line ends are."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(header)
    for row in rows:
        cells = [defuse(cell) for cell in row]
        # csv.writer before Python 3.13 leaves a lone carriage return unquoted.
        csv.writer(
            out,
            lineterminator="\n",
            quoting=csv.QUOTE_ALL if any("\r" in cell for cell in cells) else csv.QUOTE_MINIMAL,
        ).writerow(cells)
    return out.getvalue()


def from_csv(text: str) -> Iterator[dict[str, str]]:
    """Give the rows of CSV that `to_csv` wrote, every cell restored."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(rows, [])
    for row in rows:
        yield dict(zip(header, map(restore, row), strict=True))
