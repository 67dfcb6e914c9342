"""Files written whole or not at all, and what tells whether files have changed."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

# The path of a file, when it was written in nanoseconds, and its bytes.
Stamp = tuple[str, int, int]


def write_whole(path: Path, content: str | bytes) -> None:
    """Make the file hold exactly this; what was there stays until the new one is complete.

    A file that holds it already is left untouched.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.exists() and path.read_bytes() == data:
        return
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def stamps(*places: Path) -> tuple[Stamp, ...]:
    """Return the stamp of each file at or below these places, in the order of their paths.

    It changes when one of them does. Links to folders are not followed; what is not there has none.
    """
    return tuple(sorted(stamp for place in places for stamp in _stamps(place)))


def _stamps(place: Path) -> Iterator[Stamp]:
    if not place.is_dir():
        if place.exists():
            yield _stamp(str(place), place.stat())
        return
    # Through strings: a Path for each of some thousand files takes ten times as long.
    left = [str(place)]
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                elif entry.is_file():
                    yield _stamp(entry.path, entry.stat())


def _stamp(path: str, at: os.stat_result) -> Stamp:
    return path, at.st_mtime_ns, at.st_size
