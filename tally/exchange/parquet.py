"""Claims as Parquet, in the schema that the ledger's own mirror has (tally.ledger.arrow)."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tally.errors import ExchangeError
from tally.exchange.extras import library
from tally.files import write_whole
from tally.ledger import arrow
from tally.model import Claim

if TYPE_CHECKING:
    import pyarrow as pa

WHAT = "Parquet"


def schema() -> "pa.Schema":
    """Return the Arrow schema of claims: a field a column of the ledger, in its order."""
    library("pyarrow", WHAT)
    return arrow.schema()


def to_table(claims: Iterable[Claim]) -> "pa.Table":
    """Return claims as an Arrow table of `schema()`, in the order given."""
    library("pyarrow", WHAT)
    return arrow.to_table(claims)


def from_table(table: "pa.Table") -> tuple[Claim, ...]:
    """Return the claims of an Arrow table; one of another schema is an ExchangeError."""
    if not table.schema.equals(schema()):
        found = ", ".join(f"{field.name} ({field.type})" for field in table.schema)
        msg = f"not a table of claims: its columns are {found}.\n  Export it anew."
        raise ExchangeError(msg)
    return arrow.to_claims(table)


def write_parquet(claims: Iterable[Claim], path: Path) -> None:
    """Write claims to a Parquet file, whole or not at all; the same claims give the same bytes."""
    pq = library("pyarrow.parquet", WHAT)

    out = io.BytesIO()
    pq.write_table(to_table(claims), out, compression="zstd")
    write_whole(path, out.getvalue())


def read_parquet(path: Path) -> tuple[Claim, ...]:
    """Return the claims of a Parquet file that `write_parquet` wrote."""
    pa = library("pyarrow", WHAT)
    pq = library("pyarrow.parquet", WHAT)

    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        msg = f"{path}: not a Parquet file ({str(error).splitlines()[0]}); export it anew."
        raise ExchangeError(msg) from error
    return from_table(table)
