"""The ledger: claims <-> data/claims/YYYY-MM.csv. It knows no grammar and decides nothing."""

from tally.ledger.cells import COLUMNS, as_cell, parse_field
from tally.ledger.months import (
    Filed,
    file_claims,
    load_ledger,
    newest_publication,
    save_filed,
    save_ledger,
)

__all__ = [
    "COLUMNS",
    "Filed",
    "as_cell",
    "file_claims",
    "load_ledger",
    "newest_publication",
    "parse_field",
    "save_filed",
    "save_ledger",
]
