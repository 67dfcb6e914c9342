"""The ledger as one pandas table: a million claims opened at once, for notebooks.

Columns are those of the ledger. Text that repeats is a category, counts are nullable integers,
days are dates, `admin1` is joined by ";" as in the ledger; "" means "not said", a missing number
or day too.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from tally.ledger import COLUMNS, as_cell, load_ledger, load_table, month_files
from tally.ledger.arrow import COUNTS, DAYS, OFFSETS, REPEATED
from tally.settings import data_folder


def open_claims(data: Path | None = None, columns: Sequence[str] = COLUMNS) -> pd.DataFrame:
    """Return the claims of a data folder as a table, in the order of the ledger."""
    folder = data_folder(data) / "claims"
    if unknown := set(columns) - set(COLUMNS):
        msg = f"no column {', '.join(sorted(unknown))}; choose of {', '.join(COLUMNS)}"
        raise ValueError(msg)
    try:
        return _from_arrow(folder, list(columns))
    except ImportError:
        return _from_claims(folder, list(columns))


def _from_arrow(folder: Path, columns: list[str]) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.compute as pc

    from tally.ledger.arrow import schema

    repeated = pa.dictionary(pa.int32(), pa.string())
    found = [load_table(path, columns) for path in month_files(folder)]
    found = found or [schema().empty_table().select(columns)]
    tables = []
    for table in found:
        made = table
        for at, name in enumerate(columns):
            if name == "admin1":
                joined = pc.binary_join(made.column(at), ";").cast(repeated)
                made = made.set_column(at, name, joined)
            elif name in REPEATED:
                made = made.set_column(at, name, made.column(at).cast(repeated))
        tables.append(made.replace_schema_metadata(None))
    whole = pa.concat_tables(tables).unify_dictionaries()
    counts = {pa.int64(): pd.Int64Dtype()}
    frame: pd.DataFrame = whole.to_pandas(types_mapper=counts.get, date_as_object=False)
    return _typed(frame)


def _from_claims(folder: Path, columns: list[str]) -> pd.DataFrame:
    claims = load_ledger(folder)
    kept = {*COUNTS, *OFFSETS, "unverified"}
    found = {
        name: [
            getattr(claim, name) if name in kept else as_cell(getattr(claim, name))
            for claim in claims
        ]
        for name in columns
    }
    return _typed(pd.DataFrame(found, columns=columns))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give each column the one type that it has wherever it was read from."""
    kinds = (
        {"unverified": "bool"} | dict.fromkeys(COUNTS, "Int64") | dict.fromkeys(OFFSETS, "int64")
    )
    kinds |= dict.fromkeys((*REPEATED, "admin1"), "category")
    kinds |= dict.fromkeys(("id", "quote", "part_of"), "str")
    for name in DAYS:
        if name in frame:
            frame[name] = pd.to_datetime(frame[name], format="%Y-%m-%d").astype("datetime64[s]")
    return frame.astype({name: kind for name, kind in kinds.items() if name in frame})
