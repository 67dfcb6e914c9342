"""A Parquet mirror of big months, for reading only; the CSV stays what holds.

Each mirror names the SHA-256 of the CSV that it was made from, and is read only while the CSV has
it, so that it is never behind unnoticed. Without pyarrow there is none, and the CSV is read.
"""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from tally.files import Stamp, stamps, write_whole
from tally.ledger.arrow import REPEATED, schema, to_table
from tally.ledger.wanted import ASKED, Wanted, may_hold
from tally.model import Claim

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

FOLDER = ".mirror"
# A smaller CSV is read before pyarrow is loaded.
LEAST_BYTES = 500_000
MADE_FROM = b"tally.csv.sha256"


def read_mirror(
    path: Path, wanted: Wanted | None = None, columns: Sequence[str] | None = None
) -> "pa.Table | None":
    """Return the mirror of a month, None when there is none that fits its CSV.

    With `wanted`, of all its claims only some that hold every wanted one; with `columns`, these
    alone. Text that repeats is dictionary-encoded.
    """
    kept = _kept_at(path)
    if not kept.exists() or not _is_big(path.stat().st_size):
        return None
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(kept, read_dictionary=list(REPEATED)) as file:
            found = file.schema_arrow
            if (found.metadata or {}).get(MADE_FROM) != _digest_at(*stamps(path)):
                return None
            if not found.equals(schema(repeated=True), check_metadata=False):
                return None
            names = None if columns is None else list(columns)
            return file.read(names) if wanted is None else _some(file, wanted)
    except (pa.ArrowException, OSError):
        # Cut short or damaged: it is made again from the CSV.
        return None


def _some(file: "parquet.ParquetFile", wanted: Wanted) -> "pa.Table":
    rows = may_hold(file.read(list(ASKED)), wanted)
    none = rows.index(True).as_py() < 0
    return file.schema_arrow.empty_table() if none else file.read().filter(rows)


def write_mirror(path: Path, content: bytes, claims: Iterable[Claim]) -> None:
    """Keep the claims of a month, which its CSV holds as `content`, for the next time."""
    if not _is_big(len(content)):
        return
    from pyarrow import parquet

    table = to_table(claims)
    told = {**(table.schema.metadata or {}), MADE_FROM: _digest(content)}
    out = BytesIO()
    parquet.write_table(table.replace_schema_metadata(told), out, compression="zstd")
    # A ledger that only others may write is read without one.
    with suppress(OSError):
        _kept_at(path).parent.mkdir(exist_ok=True)
        write_whole(_kept_at(path), out.getvalue())


def may_have_mirror(path: Path) -> bool:
    """Tell whether a month is worth a mirror, and pyarrow is there to keep one."""
    return _is_big(path.stat().st_size)


def drop_mirrors(folder: Path, months: Iterable[str]) -> None:
    """Remove the mirrors of months that the ledger does not have."""
    held = set(months)
    for path in (folder / FOLDER).glob("*.parquet"):
        if path.stem not in held:
            path.unlink()


def _kept_at(path: Path) -> Path:
    return path.parent / FOLDER / f"{path.stem}.parquet"


def _is_big(size: int) -> bool:
    return size >= LEAST_BYTES and _is_there()


@lru_cache(maxsize=1024)
def _digest_at(stamp: Stamp) -> bytes:
    return _digest(Path(stamp[0]).read_bytes())


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _is_there() -> bool:
    try:
        import pyarrow.parquet
    except ImportError:
        return False
    return bool(pyarrow.parquet)
