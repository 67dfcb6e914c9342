"""Rows as CSV that no spreadsheet executes, as text or as a link that saves it; knows no block."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """Write a cell that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell(None), safe_cell(("RU-MOW", "RU-MOS"))
    ("'=1+1", '', 'RU-MOW;RU-MOS')
    """
    if isinstance(value, tuple):
        value = ";".join(str(part) for part in value)
    cell = "" if value is None else str(value)
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def csv_text(header: Sequence[object], rows: Iterable[Iterable[object]]) -> str:
    """Return a table as CSV.

    >>> csv_text(["day", "figure"], [["2025-05-25", "266"]])
    'day,figure\\n2025-05-25,266\\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe_cell(label) for label in header])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()


def csv_uri(data: Mapping[str, Any]) -> str:
    """Return the columns and rows of a chart as an address that holds them as CSV.

    >>> csv_uri({"columns": ["a"], "rows": [["1 & 2"]]})
    'data:text/csv;charset=utf-8,a%0A1%20%26%202%0A'
    """
    return "data:text/csv;charset=utf-8," + quote(csv_text(data["columns"], data["rows"]))
