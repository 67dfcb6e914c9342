"""The ledger: claims <-> data/claims/YYYY-MM.csv. It knows no grammar and decides nothing."""

from tally.ledger.cells import CHOICES, COLUMNS, as_cell, parse_field
from tally.ledger.months import (
    Filed,
    asking,
    file_claims,
    keep_mirrors,
    load_ledger,
    load_table,
    month_files,
    newest_publication,
    save_filed,
    save_ledger,
    told_days,
)
from tally.ledger.wanted import LONGEST, Days, Kind, Run, Wanted, kind_of, run_of

__all__ = [
    "CHOICES",
    "COLUMNS",
    "LONGEST",
    "Days",
    "Filed",
    "Kind",
    "Run",
    "Wanted",
    "as_cell",
    "asking",
    "file_claims",
    "keep_mirrors",
    "kind_of",
    "load_ledger",
    "load_table",
    "month_files",
    "newest_publication",
    "parse_field",
    "run_of",
    "save_filed",
    "save_ledger",
    "told_days",
]
