"""Claims as Parquet: one schema for what is exported and for what is kept for reading.

The columns are those of the ledger in its order, with types: counts and offsets are integers,
days are dates, `admin1` is a list, `unverified` a truth value, all else text. A count or day that
was not said is null; a text that was not said is empty, as in the ledger. `published` stays text,
because a bare day and a time with its offset are not the same statement.
"""

import io
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from tally.errors import ExchangeError
from tally.exchange.extras import library
from tally.files import write_whole_bytes
from tally.model import Claim, Metric

if TYPE_CHECKING:
    import pyarrow as pa

WHAT = "Parquet"
COUNTS = ("low", "high")
DAYS = ("period_start", "period_end")
OFFSETS = ("start", "end")
COLUMNS = tuple(field.name for field in fields(Claim))
KIND = {b"tally": b"claims", b"tally.schema": b"1"}


def schema() -> "pa.Schema":
    """Return the Arrow schema of claims: a field a column of the ledger, in its order."""
    pa = library("pyarrow", WHAT)
    types = dict.fromkeys(COLUMNS, pa.string())
    types |= dict.fromkeys((*COUNTS, *OFFSETS), pa.int64())
    types |= dict.fromkeys(DAYS, pa.date32())
    types |= {"admin1": pa.list_(pa.string()), "unverified": pa.bool_()}
    nullable = {*COUNTS, *DAYS}
    return pa.schema(
        [pa.field(name, types[name], nullable=name in nullable) for name in COLUMNS], KIND
    )


def to_table(claims: Iterable[Claim]) -> "pa.Table":
    """Return claims as an Arrow table of `schema()`, in the order given."""
    pa = library("pyarrow", WHAT)
    held = tuple(claims)
    wanted = schema()
    arrays = [
        pa.array([_stored(getattr(claim, field.name)) for claim in held], field.type)
        for field in wanted
    ]
    return pa.Table.from_arrays(arrays, schema=wanted)


def from_table(table: "pa.Table") -> tuple[Claim, ...]:
    """Return the claims of an Arrow table; one of another schema is an ExchangeError."""
    if not table.schema.equals(schema()):
        found = ", ".join(f"{field.name} ({field.type})" for field in table.schema)
        msg = f"not a table of claims: its columns are {found}.\n  Export it anew."
        raise ExchangeError(msg)
    columns = [table.column(name).to_pylist() for name in COLUMNS]
    columns[COLUMNS.index("metric")] = [Metric(name) for name in table.column("metric").to_pylist()]
    columns[COLUMNS.index("admin1")] = [tuple(codes) for codes in columns[COLUMNS.index("admin1")]]
    return tuple(Claim(*row) for row in zip(*columns, strict=True))


def write_parquet(claims: Iterable[Claim], path: Path) -> None:
    """Write claims to a Parquet file, whole or not at all; the same claims give the same bytes."""
    pq = library("pyarrow.parquet", WHAT)

    out = io.BytesIO()
    pq.write_table(to_table(claims), out, compression="zstd")
    write_whole_bytes(path, out.getvalue())


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


def _stored(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
