"""Claims as Arrow tables: one schema for what is exported and for what is kept for reading.

The columns are those of the ledger in its order, with types: counts and offsets are integers,
days are dates, `admin1` is a list, `unverified` a truth value, all else text. A count or day that
was not said is null; a text that was not said is empty, as in the ledger. `published` stays text,
because a bare day and a time with its offset are not the same statement.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tally.ledger.cells import COLUMNS
from tally.model import Claim, Metric

if TYPE_CHECKING:
    import pyarrow as pa

COUNTS = ("low", "high")
DAYS = ("period_start", "period_end")
OFFSETS = ("start", "end")
KIND = {b"tally": b"claims", b"tally.schema": b"1"}
NOT_TEXT = frozenset({*COUNTS, *DAYS, *OFFSETS, "admin1", "unverified"})
# Text that is another in nearly every row; all other text is met again and again.
ITS_OWN = frozenset({"id", "quote", "part_of"})
REPEATED = tuple(name for name in COLUMNS if name not in NOT_TEXT | ITS_OWN)


def schema(*, repeated: bool = False) -> "pa.Schema":
    """Return the Arrow schema of claims: a field a column of the ledger, in its order.

    With `repeated`, text that is met again and again is dictionary-encoded.
    """
    import pyarrow as pa

    types = dict.fromkeys(COLUMNS, pa.string())
    if repeated:
        types |= dict.fromkeys(REPEATED, pa.dictionary(pa.int32(), pa.string()))
    types |= dict.fromkeys((*COUNTS, *OFFSETS), pa.int64())
    types |= dict.fromkeys(DAYS, pa.date32())
    types |= {"admin1": pa.list_(pa.string()), "unverified": pa.bool_()}
    nullable = {*COUNTS, *DAYS}
    return pa.schema(
        [pa.field(name, types[name], nullable=name in nullable) for name in COLUMNS], KIND
    )


def to_table(claims: Iterable[Claim]) -> "pa.Table":
    """Return claims as an Arrow table of `schema()`, in the order given."""
    import pyarrow as pa

    held = tuple(claims)
    wanted = schema()
    arrays = [
        pa.array([_stored(getattr(claim, field.name)) for claim in held], field.type)
        for field in wanted
    ]
    return pa.Table.from_arrays(arrays, schema=wanted)


def to_claims(table: "pa.Table") -> tuple[Claim, ...]:
    """Return the claims of an Arrow table whose columns are those of `schema()`."""
    columns = {name: _values(table.column(name)) for name in COLUMNS}
    metrics = {metric.value: metric for metric in Metric}
    columns["metric"] = [metrics[name] for name in columns["metric"]]
    columns["admin1"] = [tuple(codes) for codes in columns["admin1"]]
    return tuple(map(Claim, *columns.values()))


def _values(column: Any) -> list[Any]:
    """Return the values of a column; a value that its dictionary holds once is made once."""
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type):
        return list(column.to_pylist())
    values: list[Any] = []
    for chunk in column.chunks:
        words = chunk.dictionary.to_pylist()
        values += [words[at] for at in chunk.indices.to_pylist()]
    return values


def _stored(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
