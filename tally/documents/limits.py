"""How much of a file is read before it is refused: defaults, and DATA/collect.toml to change them.

Knows no format. Each limit keeps one hostile or mistaken file from costing the run its memory or
its time; none of them is reached by an ordinary document.
"""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from tally.errors import DocumentError

FILE = "collect.toml"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; each is a whole number under `[limits]` in DATA/collect.toml."""

    file_bytes: int = field(default=20_000_000, metadata={"of": "a page, letter, PDF or DOCX"})
    export_bytes: int = field(default=250_000_000, metadata={"of": "a Telegram export"})
    archive_bytes: int = field(default=100_000_000, metadata={"of": "what a DOCX unpacks to"})
    archive_parts: int = field(default=5_000, metadata={"of": "the files inside a DOCX"})
    pdf_pages: int = field(default=2_000, metadata={"of": "the pages of a PDF"})
    seconds: int = field(default=60, metadata={"of": "the wait for the next document of a file"})
    memory_bytes: int = field(default=2_000_000_000, metadata={"of": "the process that reads"})
    series_bytes: int = field(default=500_000_000, metadata={"of": "a series of other people"})
    # Parsed, JSON takes eight times its length.
    series_json_bytes: int = field(default=100_000_000, metadata={"of": "such a series in JSON"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table, or key of a line, holds what; "" where there is none.

    `dates` is how `published` is written, in the signs of strftime; "" means ISO 8601.
    """

    text: str = "text"
    id: str = "id"
    title: str = "title"
    published: str = "published"
    publisher: str = "publisher"
    url: str = "url"
    lang: str = "lang"
    dates: str = ""


def load_limits(data: Path) -> tuple[Limits, Columns]:
    """Return the limits and columns of a data folder; the defaults where it says nothing."""
    path = data / FILE
    if not path.exists():
        return Limits(), Columns()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{path}: cannot be read ({error}); it is TOML with [limits] and [columns]"
        raise DocumentError(msg) from error
    _refuse(f"{path}", tables, ("limits", "columns"))
    limits, columns = tables.get("limits", {}), tables.get("columns", {})
    for name, table, made in (("limits", limits, Limits), ("columns", columns, Columns)):
        if not isinstance(table, dict):
            msg = f"{path}: {name} is not a table; write [{name}] and a line for each"
            raise DocumentError(msg)
        _refuse(f"{path}: [{name}]", table, tuple(each.name for each in fields(made)))
    for name, value in limits.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            msg = f"{path}: [limits] {name} is {value!r}; write a whole number above 0"
            raise DocumentError(msg)
    for name, value in columns.items():
        if not isinstance(value, str):
            msg = f"{path}: [columns] {name} is {value!r}; write the name of a column in quotes"
            raise DocumentError(msg)
    return Limits(**limits), Columns(**columns)


def _refuse(where: str, table: dict[str, object], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            msg = f"{where} has an unknown key {key!r}; it takes: {', '.join(known)}"
            raise DocumentError(msg)


def too_large(size: int, limits: Limits, name: str) -> DocumentError:
    """Return the error for a file over a limit, which names the limit to raise."""
    most = getattr(limits, name)
    return DocumentError(
        f"{size:,} is over the {most:,} allowed ({name}); if it is honest, raise {name} under "
        f"[limits] in DATA/{FILE}"
    )
