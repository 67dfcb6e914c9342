"""Publishes one revision: all of its files appear at its permanent address at once, or none.

A revision is a folder that is written beside its place and renamed into it; nothing that is
published is ever written to again. Knows no pages of the site but the one that leads on.
"""

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from tally import house
from tally.errors import ScheduleError
from tally.files import write_whole
from tally.schedule.checking import FILES, Candidate
from tally.schedule.record import FILE, Record

LATEST = "latest"
# What is written aside to be renamed; a site may have other names with a dot, such as .htaccess.
_ASIDE = re.compile(r"\..+\.[a-z0-9_]{8}|\.latest\.\d+")


def publish(site: Path, record: Record, candidate: Candidate) -> Path:
    """Publish a revision and return its folder; ScheduleError when its address is taken.

    OSError when it cannot be written: then nothing of it is there.
    """
    folder = site / record.address
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        msg = f"{folder} is there already; a published revision is never replaced."
        raise ScheduleError(msg)
    aside = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name in candidate.files:
            _write(aside / name, (candidate.folder / name).read_bytes())
        _write(aside / FILE, record.to_json().encode())
        _write(aside / "index.html", _leads_to(_first(candidate), record.title).encode())
        aside.chmod(0o755)
        _flush(aside)
        aside.rename(folder)
        # It is out now; a disk that cannot keep the name for sure does not take that back.
        with suppress(OSError):
            _flush(folder.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def sweep(site: Path) -> None:
    """Remove what publishing left that was killed half-way: nothing of it was ever seen."""
    for left in (path for depth in (".*", "*/.*", "*/*/.*") for path in site.glob(depth)):
        if not _ASIDE.fullmatch(left.name):
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def point_latest(site: Path, record: Record) -> None:
    """Make `SERIAL/latest` lead to a revision, in one step.

    Where a file system has no symbolic links, it is a folder with a page that leads there.
    """
    latest, target = site / record.serial / LATEST, f"{record.period}/{record.revision}"
    if latest.is_symlink() and latest.readlink() == Path(target):
        return
    beside = latest.with_name(f".{LATEST}.{os.getpid()}")
    with suppress(FileNotFoundError):
        beside.unlink()
    try:
        beside.symlink_to(target, target_is_directory=True)
        beside.replace(latest)
    except (OSError, NotImplementedError):
        with suppress(OSError):
            beside.unlink()
        latest.mkdir(exist_ok=True)
        write_whole(latest / "index.html", _leads_to(f"../{target}/index.html", record.title))


def _first(candidate: Candidate) -> str:
    """Return the file that a reader of a folder is led to."""
    return next(name for name in (*FILES.values(), *candidate.files) if name in candidate.files)


def _leads_to(target: str, title: str) -> str:
    template = house.environment().get_template("leads_to.html.j2")
    return template.render(target=target, title=title)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _flush(folder: Path) -> None:
    """Have the names in a folder written; where a folder cannot be opened, there is no need."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
