"""CSV in which no cell is taken for a formula, whatever a document or a name begins with."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_csv(header: Sequence[object], rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV, every cell safe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe_cell(label) for label in header])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()


def safe_cell(value: object) -> str:
    """Write a cell that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell(None), safe_cell(("RU-MOW", "RU-MOS"))
    ("'=1+1", '', 'RU-MOW;RU-MOS')
    """
    if isinstance(value, tuple):
        value = ";".join(str(part) for part in value)
    cell = "" if value is None else str(value)
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
