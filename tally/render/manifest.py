"""What an edition was made from and of: digests, versions, parameters. Knows no layout."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tally.settings import FILE, Briefing, Settings

if TYPE_CHECKING:  # a page needs what is slow to import; a key does not
    from tally.render.page import Page

_SHOWN_VERSIONS = ("tally", "pandas", "matplotlib", "papermill", "nbconvert", "typst")


def sources(
    settings: Settings, briefing: Briefing, parameters: Mapping[str, str | int], page: "Page"
) -> dict[str, Any]:
    """Return what an edition was made from; nothing of it depends on when or where."""
    data = settings.data
    ledger = [*data.glob("claims/*.csv"), *data.glob("rulings.toml")]
    return {
        "briefing": briefing.name,
        "title": page.title,
        "parameters": dict(parameters),
        "as_of": page.masthead["as_of"],
        "known_at": page.masthead["known_at"],
        "edition": page.masthead["edition"],
        "ledger_sha256": digest(ledger, data),
        "code_sha256": _code(settings, briefing),
        "key": edition_key(settings, briefing, parameters),
        "documents": sum(1 for _ in data.glob("documents/**/*.md")),
        "versions": dict(_versions()),
    }


def edition_key(settings: Settings, briefing: Briefing, parameters: Mapping[str, str | int]) -> str:
    """Return a digest of all that an edition depends on: equal keys, equal editions."""
    return Snapshot(settings).key(briefing, parameters)


class Snapshot:
    """Data, code and versions at one moment, read once for the keys of many editions."""

    def __init__(self, settings: Settings) -> None:
        """Read every file of the data folder."""
        data = [path for path in settings.data.rglob("*") if path.is_file()]
        # What is hidden is kept to save time, and made of the rest.
        data = [
            p
            for p in data
            if not any(part[0] == "." for part in p.relative_to(settings.data).parts)
        ]
        self._settings = settings
        self._data = digest(data, settings.data)
        self._versions = _versions()
        self._codes: dict[str, str] = {}

    def key(self, briefing: Briefing, parameters: Mapping[str, str | int]) -> str:
        """Return the digest of all that an edition depends on."""
        if briefing.name not in self._codes:
            self._codes[briefing.name] = _code(self._settings, briefing)
        told = {
            "briefing": briefing.name,
            "parameters": dict(parameters),
            "code": self._codes[briefing.name],
            "data": self._data,
            "versions": dict(self._versions),
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _code(settings: Settings, briefing: Briefing) -> str:
    files = [*_package(), briefing.notebook, settings.root / FILE]
    return digest(files, settings.root)


def products(
    made_from: Mapping[str, Any], files: Mapping[str, bytes], rendered_at: dt.datetime
) -> dict[str, Any]:
    """Return the manifest of an edition: its sources, its files and when it was rendered."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    at = rendered_at.astimezone(dt.UTC).isoformat(timespec="seconds")
    return {**made_from, "products": digests, "rendered_at": at}


def digest(paths: Iterable[Path], root: Path) -> str:
    """Return one digest of files, their names below `root` and their bytes, in a fixed order.

    It is worked out again only when a file of them was written since.
    """
    named = sorted((_name(path, root), path) for path in paths)
    told = ((name, path, path.stat()) for name, path in named)
    return _digest(tuple((name, path, at.st_mtime_ns, at.st_size) for name, path, at in told))


@lru_cache(maxsize=64)
def _digest(files: tuple[tuple[str, Path, int, int], ...]) -> str:
    total = hashlib.sha256()
    for name, path, _, _ in files:
        content = path.read_bytes()
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


@cache
def _versions() -> dict[str, str]:
    return {name: version(name) for name in _SHOWN_VERSIONS}


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _package() -> list[Path]:
    """Return every file of the package, templates and fonts too."""
    package = Path(__file__).parent.parent
    return [
        path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ]
