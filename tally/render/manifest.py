"""What an edition was made from and of: digests, versions, parameters. Knows no layout."""

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tally.files import Stamp, stamps
from tally.settings import FILE, Briefing, Settings

if TYPE_CHECKING:  # a page needs what is slow to import; a key does not
    from tally.render.page import Page

_PACKAGE = Path(__file__).parent.parent
_MADE = f"{os.sep}__pycache__{os.sep}"
_LEDGER = re.compile(r"claims/[^/]+\.csv|rulings\.toml")
_DOCUMENT = re.compile(r"documents/.+\.md")
_SHOWN_VERSIONS = ("tally", "pandas", "matplotlib", "papermill", "nbconvert", "typst")


def edition_key(settings: Settings, briefing: Briefing, parameters: Mapping[str, str | int]) -> str:
    """Return a digest of all that an edition depends on: equal keys, equal editions."""
    return Snapshot(settings).key(briefing, parameters)


class Snapshot:
    """Data, code and versions at one moment, read once for the keys of many editions."""

    def __init__(self, settings: Settings) -> None:
        """Look at every file of the data folder; what is hidden there is made of the rest."""
        found = {_name(stamp, settings.data): stamp for stamp in stamps(settings.data)}
        self._settings = settings
        self._data = {name: at for name, at in found.items() if "/." not in f"/{name}"}
        self._codes: dict[str, str] = {}

    def sources(
        self, briefing: Briefing, parameters: Mapping[str, str | int], page: "Page"
    ) -> dict[str, Any]:
        """Return what an edition was made from; nothing of it depends on when or where."""
        ledger = [stamp for name, stamp in self._data.items() if _LEDGER.fullmatch(name)]
        return {
            "briefing": briefing.name,
            "title": page.title,
            "parameters": dict(parameters),
            "as_of": page.masthead["as_of"],
            "known_at": page.masthead["known_at"],
            "edition": page.masthead["edition"],
            "ledger_sha256": digest(ledger, self._settings.data),
            "code_sha256": self._code(briefing),
            "key": self.key(briefing, parameters),
            "documents": sum(1 for name in self._data if _DOCUMENT.fullmatch(name)),
            "versions": dict(_versions()),
        }

    def key(self, briefing: Briefing, parameters: Mapping[str, str | int]) -> str:
        """Return the digest of all that an edition depends on."""
        told = {
            "briefing": briefing.name,
            "parameters": dict(parameters),
            "code": self._code(briefing),
            "data": self._data_digest,
            "versions": dict(_versions()),
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    @cached_property
    def _data_digest(self) -> str:
        return digest(self._data.values(), self._settings.data)

    def _code(self, briefing: Briefing) -> str:
        """Return the digest of the package, of the notebook and of what is declared."""
        if briefing.name not in self._codes:
            root = self._settings.root
            files = [*_package(), *stamps(briefing.notebook, root / FILE)]
            self._codes[briefing.name] = digest(files, root)
        return self._codes[briefing.name]


def products(
    made_from: Mapping[str, Any], files: Mapping[str, bytes], rendered_at: dt.datetime
) -> dict[str, Any]:
    """Return the manifest of an edition: its sources, its files and when it was rendered."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    at = rendered_at.astimezone(dt.UTC).isoformat(timespec="seconds")
    return {**made_from, "products": digests, "rendered_at": at}


def digest(files: Iterable[Stamp], root: Path) -> str:
    """Return one digest of files, their names below `root` and their bytes, in a fixed order.

    It is worked out again only when a file of them was written since.
    """
    return _digest(tuple(sorted((_name(stamp, root), stamp) for stamp in files)))


@lru_cache(maxsize=64)
def _digest(files: tuple[tuple[str, Stamp], ...]) -> str:
    total = hashlib.sha256()
    for name, (path, _, _) in files:
        content = Path(path).read_bytes()
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


@cache
def _versions() -> dict[str, str]:
    return {name: version(name) for name in _SHOWN_VERSIONS}


def _name(stamp: Stamp, root: Path) -> str:
    """Return a file's name below `root`, its bare name elsewhere."""
    path, above = stamp[0], f"{root}{os.sep}"
    if not path.startswith(above):
        return Path(path).name
    return path.removeprefix(above).replace(os.sep, "/")


def _package() -> list[Stamp]:
    """Return the stamps of the whole package, templates and fonts too."""
    return [stamp for stamp in stamps(_PACKAGE) if _MADE not in stamp[0]]
