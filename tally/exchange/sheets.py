"""Tables of other people, cell by cell, each with its place in the file as it was received.

CSV with a comma or semicolon, and JSON that is a list of flat objects, or the answer of a service
with one such list in it. Knows no series.
"""

import json
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from tally.documents.limits import Limits, too_large
from tally.errors import ExchangeError

LIMITS = Limits()
NEIGHBOURS = 60
BANNER = 5

_CELL = re.compile(r'"((?:[^"]++|"")*+)"(?=[,;\r\n]|\Z)|([^,\r\n]*+)')
_CELL_SEMICOLON = re.compile(r'"((?:[^"]++|"")*+)"(?=[,;\r\n]|\Z)|([^;\r\n]*+)')
_OBJECT = re.compile(r"\{([^{}]*+)\}")
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*+:\s*+(?:"((?:[^"\\]|\\.)*+)"|([^\s,}\]]++))')
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and the characters of the file that hold it, quotation marks not included."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cells(Mapping[str, Cell]):
    """The cells of a CSV row by column, kept as offsets: a big export has millions."""

    text: str
    places: Mapping[str, int]
    offsets: Sequence[int]

    def __getitem__(self, column: str) -> Cell:
        """Return the cell of a column, its doubled quotation marks made one."""
        at = 2 * self.places[column]
        start, end = self.offsets[at], self.offsets[at + 1]
        value = self.text[start:end]
        quoted = start > 0 and self.text[start - 1] == '"'
        return Cell(value.replace('""', '"') if quoted else value, start, end)

    def __iter__(self) -> Iterator[str]:
        """Give the columns in their order."""
        return iter(self.places)

    def __len__(self) -> int:
        """Return how many columns there are."""
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by column; `number` counts from 1, the header not included."""

    number: int
    cells: Mapping[str, Cell]
    start: int
    end: int

    def text(self, column: str) -> str:
        """Return what stands in a column without spaces around it; "" where there is none."""
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file as it was received: its name, its text and its rows."""

    name: str
    text: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    ragged: tuple[int, ...] = ()

    def in_lower_case(self) -> "Sheet":
        """Return the table with the names of its columns in lower case."""
        columns = in_lower_case(self.columns)
        if columns == self.columns:
            return self
        places = {column: number for number, column in enumerate(columns)}
        return replace(self, columns=columns, rows=tuple(_renamed(r, places) for r in self.rows))

    def around(self, row: Row, start: int, end: int) -> str:
        """Return the characters of a row around some of its cells, to quote them with."""
        first = max(row.start, start - NEIGHBOURS, self.text.rfind("\n", row.start, start) + 1)
        line = self.text.find("\n", end, row.end)
        last = min(row.end, end + NEIGHBOURS, line if line >= 0 else row.end)
        while first < start and self.text[first] not in '"' and self.text[first - 1] not in ",;":
            first += 1
        while last > end and last < row.end and self.text[last] not in ",;\n":
            last -= 1
        return self.text[first:last]


def in_lower_case(columns: Sequence[str]) -> tuple[str, ...]:
    """Return names of columns in lower case, as they are where that would make two alike.

    >>> in_lower_case(["YEAR", "Actor1"]), in_lower_case(["a", "A"])
    (('year', 'actor1'), ('a', 'A'))
    """
    lower = tuple(map(str.lower, columns))
    return lower if len({*lower}) == len(lower) else tuple(columns)


def _renamed(row: Row, places: Mapping[str, int]) -> Row:
    if isinstance(row.cells, Cells):
        return replace(row, cells=replace(row.cells, places=places))
    return replace(row, cells={name.lower(): cell for name, cell in row.cells.items()})


def read_sheet(path: Path, limits: Limits = LIMITS) -> Sheet:
    """Return the table in a CSV or JSON file; ExchangeError says what is wrong with it."""
    if path.is_dir():
        msg = f"{path}: a folder; name the files in it that are of one series"
        raise ExchangeError(msg)
    if not _NAME.fullmatch(path.name):
        msg = f"{path.name!r}: rename the file; letters, digits, dots, dashes and _ only"
        raise ExchangeError(msg)
    text = _text(path, limits)
    is_json = path.suffix.lower() == ".json" or text[:NEIGHBOURS].lstrip().startswith(("[", "{"))
    if is_json:
        _check_size(path, limits, "series_json_bytes")
    sheet = _json(path.name, text) if is_json else parse_csv(path.name, text)
    if not sheet.rows and not sheet.ragged:
        msg = f"{path.name}: holds no rows; give the file as it was published"
        raise ExchangeError(msg)
    return sheet


def _check_size(path: Path, limits: Limits, name: str) -> None:
    size = path.stat().st_size
    if size > getattr(limits, name):
        msg = f"{path.name}: {too_large(size, limits, name)}"
        raise ExchangeError(msg)


def _text(path: Path, limits: Limits) -> str:
    try:
        _check_size(path, limits, "series_bytes")
        content = path.read_bytes()
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); check the name"
        raise ExchangeError(msg) from error
    text = _decoded(path.name, content)
    if "\0" in text:
        msg = f"{path.name}: holds a NUL character, which no table has; restore the file"
        raise ExchangeError(msg)
    return text


def _decoded(name: str, content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        msg = f"{name}: a workbook or archive; save the sheet, or what is in it, as CSV in UTF-8"
        raise ExchangeError(msg)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        msg = f"{name}: UTF-16, not UTF-8; save it as UTF-8"
        raise ExchangeError(msg)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        msg = f"{name}:{line}: not UTF-8 (byte {error.start}); save it as UTF-8"
        raise ExchangeError(msg) from error


def parse_csv(name: str, text: str) -> Sheet:
    """Return the table of a CSV text; rows with more or fewer cells than the header are told."""
    found = _csv_rows(name, text)
    columns = _header(text, found)
    places = {column: number for number, column in enumerate(columns)}
    rows, ragged = [], []
    for number, offsets in enumerate(found, start=1):
        if all(value[:1] in ("#", "") for value in _values(text, offsets)):
            continue  # HXL tags under the header
        if len(offsets) != 2 * len(columns):
            ragged.append(number)
            continue
        rows.append(Row(number, Cells(text, places, offsets), offsets[0], offsets[-1]))
    return Sheet(name, text, columns, tuple(rows), tuple(ragged))


def _values(text: str, offsets: Sequence[int]) -> Iterator[str]:
    ends = iter(offsets)
    return (text[start:end] for start, end in zip(ends, ends, strict=True))


def _header(text: str, rows: Iterator[Sequence[int]]) -> tuple[str, ...]:
    """Return the names of the columns: of the first row where they differ, below any banner."""
    first: tuple[str, ...] = ()
    for offsets in islice(rows, BANNER):
        names = tuple(value.strip().replace('""', '"') for value in _values(text, offsets))
        if len(set(names)) == len(names):
            return names
        first = first or names
    return first


def _csv_rows(name: str, text: str) -> Iterator[Sequence[int]]:
    """Give the offsets of each row: where a cell begins and ends, and the next, and so on."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    pattern = _CELL_SEMICOLON if delimiter == ";" else _CELL
    at, offsets = 0, array("I")
    while at < len(text):
        match = pattern.match(text, at)
        if match is None or (match[1] is None and match[2].startswith('"')):
            line = text.count("\n", 0, at) + 1
            msg = f"{name}:{line}: a quotation mark is not closed; restore the file"
            raise ExchangeError(msg)
        offsets.extend(match.span(match.lastindex or 0))
        at = match.end()
        if text.startswith(delimiter, at):
            at += 1
            if at < len(text):
                continue
            offsets.extend((at, at))
        at += 2 if text.startswith("\r\n", at) else 1
        if len(offsets) > 2 or offsets[0] < offsets[1]:
            yield offsets
        offsets = array("I")


def _json(name: str, text: str) -> Sheet:
    try:
        held = _listed(json.loads(text))
    except (ValueError, RecursionError) as error:
        msg = f"{name}: not JSON ({error}); restore the file"
        raise ExchangeError(msg) from error
    flat = isinstance(held, list) and all(
        isinstance(one, dict) and not any(isinstance(v, dict | list) for v in one.values())
        for one in held
    )
    objects = list(_OBJECT.finditer(text)) if flat else []
    if not flat or len(objects) != len(held):
        msg = f"{name}: not a list of flat objects, one a day or event; give the file as published"
        raise ExchangeError(msg)
    rows = [_json_row(number, match) for number, match in enumerate(objects, start=1)]
    columns = tuple(dict.fromkeys(column for row in rows for column in row.cells))
    return Sheet(name, text, columns, tuple(rows))


def _listed(held: Any) -> Any:
    """Return the list in the answer of a service where there is one alone; all else as it is."""
    lists = [v for v in held.values() if isinstance(v, list)] if isinstance(held, dict) else []
    return lists[0] if len(lists) == 1 else held


def _json_row(number: int, match: re.Match[str]) -> Row:
    cells = {}
    for pair in _PAIR.finditer(match.string, match.start(1), match.end(1)):
        group = 2 if pair[2] is not None else 3
        value = json.loads(f'"{pair[2]}"') if group == 2 else pair[3].replace("null", "")
        cells[json.loads(f'"{pair[1]}"')] = Cell(value, *pair.span(group))
    return Row(number, cells, match.start(1), match.end(1))
