"""The ledger: claims <-> data/claims/YYYY-MM.csv. It knows no grammar and decides nothing."""

from tally.ledger.cells import CHOICES, COLUMNS, as_cell, parse_field
from tally.ledger.months import (
    Filed,
    file_claims,
    keep_mirrors,
    load_ledger,
    load_table,
    month_files,
    newest_publication,
    save_filed,
    save_ledger,
)

__all__ = [
    "CHOICES",
    "COLUMNS",
    "Filed",
    "as_cell",
    "file_claims",
    "keep_mirrors",
    "load_ledger",
    "load_table",
    "month_files",
    "newest_publication",
    "parse_field",
    "save_filed",
    "save_ledger",
]
