"""SQLite files of what can be made anew: whatever is wrong with one costs time, nothing else."""

import sqlite3
from pathlib import Path

SECONDS = 10.0


def open_kept(path: Path | str, tables: str) -> sqlite3.Connection:
    """Open such a file, or make it, or begin it anew when it is not what it should be.

    Raises sqlite3.Error or OSError where it cannot be kept.
    """
    if path == ":memory:":
        return _connect(path, tables)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect(path, tables)
    except sqlite3.OperationalError:
        # Locked, or not to be written: another run's or another user's, and theirs to keep.
        raise
    except sqlite3.DatabaseError:
        Path(path).unlink()
        return _connect(path, tables)


def _connect(path: Path | str, tables: str) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=SECONDS)
    try:
        file.executescript(tables)
        file.commit()
    except sqlite3.Error:
        file.close()
        raise
    return file
