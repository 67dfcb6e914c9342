"""A Parquet mirror of big months, for reading only; the CSV stays what holds.

Each mirror names the SHA-256 of the CSV that it was made from, and is read only while the CSV has
it, so that it is never behind unnoticed. Without pyarrow there is none, and the CSV is read.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from tally.files import write_whole
from tally.ledger.arrow import REPEATED, schema, to_table
from tally.model import Claim

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = ".mirror"
# A smaller CSV is read before pyarrow is loaded.
LEAST_BYTES = 500_000
MADE_FROM = b"tally.csv.sha256"


def read_mirror(path: Path, content: bytes) -> "pa.Table | None":
    """Return the mirror of a month whose CSV has this content; None when there is none that fits.

    Text that repeats is dictionary-encoded.
    """
    kept = _kept_at(path)
    if not is_big(content) or not kept.exists():
        return None
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(kept, read_dictionary=list(REPEATED))
        with file:
            found = parquet.read_schema(kept)
            if (found.metadata or {}).get(MADE_FROM) != _digest(content):
                return None
            if not found.equals(schema(), check_metadata=False):
                return None
            return file.read()
    except (pa.ArrowException, OSError):
        # Cut short or damaged: it is made again from the CSV.
        return None


def write_mirror(path: Path, content: bytes, claims: Iterable[Claim]) -> None:
    """Keep the claims of a month, which its CSV holds as `content`, for the next time."""
    if not is_big(content):
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


def is_big(content: bytes) -> bool:
    """Tell whether a month is worth a mirror, and pyarrow is there to keep one."""
    return len(content) >= LEAST_BYTES and _is_there()


def drop_mirrors(folder: Path, months: Iterable[str]) -> None:
    """Remove the mirrors of months that the ledger does not have."""
    held = set(months)
    for path in (folder / FOLDER).glob("*.parquet"):
        if path.stem not in held:
            path.unlink()


def _kept_at(path: Path) -> Path:
    return path.parent / FOLDER / f"{path.stem}.parquet"


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _is_there() -> bool:
    try:
        import pyarrow.parquet
    except ImportError:
        return False
    return bool(pyarrow.parquet)
