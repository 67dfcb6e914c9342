"""The record of one published revision, kept beside its files as `edition.json`.

The records are the truth about what is published: the history can be lost and made again from
them. A record is never changed.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tally.schedule.changing import Change
from tally.schedule.product import Tile

FILE = "edition.json"


@dataclass(frozen=True, slots=True)
class Record:
    """One revision of one edition: its address is `serial/period/revision/`.

    `changes` are against the revision before; `figures` are all of this one. Times are UTC.
    """

    serial: str
    period: str
    revision: int
    briefing: str
    serial_title: str
    title: str
    lang: str
    as_of: str
    known_at: str
    lead: str
    due: dt.datetime
    published_at: dt.datetime
    run: str
    key: str
    parameters: Mapping[str, str]
    products: Mapping[str, str]
    tiles: tuple[Tile, ...]
    figures: Mapping[str, str]
    changes: tuple[Change, ...]

    @property
    def address(self) -> str:
        """Return where it is, below the site."""
        return f"{self.serial}/{self.period}/{self.revision}/"

    @property
    def edition(self) -> tuple[str, str]:
        """Return which edition this is a revision of."""
        return self.serial, self.period

    def to_json(self) -> str:
        """Return the record as the text of its file."""
        told = asdict(self)
        for name in ("due", "published_at"):
            told[name] = getattr(self, name).astimezone(dt.UTC).isoformat(timespec="seconds")
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def parse_record(text: str) -> Record:
    """Return the record that a text holds; ValueError when it is none."""
    try:
        told: dict[str, Any] = json.loads(text)
        told["due"] = dt.datetime.fromisoformat(told["due"])
        told["published_at"] = dt.datetime.fromisoformat(told["published_at"])
        told["tiles"] = tuple(Tile(**each) for each in told["tiles"])
        told["changes"] = tuple(Change(**each) for each in told["changes"])
        return Record(**told)
    except (KeyError, TypeError, AttributeError) as error:
        msg = f"no record of an edition ({type(error).__name__}: {error})"
        raise ValueError(msg) from error


def read_records(site: Path, edition: str = "*/*") -> Iterator[Record | str]:
    """Give the record of every published revision, or the path of one that cannot be read.

    `edition` is `SERIAL/PERIOD` where only one is wanted. What lies elsewhere than its record says
    is no edition of ours.
    """
    for path in sorted(site.glob(f"{edition}/*/{FILE}")):
        if any(part.startswith(".") for part in path.relative_to(site).parts):
            continue
        if path.parents[1].is_symlink() or path.parent.is_symlink():
            continue
        try:
            record = parse_record(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            yield str(path)
            continue
        yield record if path.parent == (site / record.address) else str(path)
