"""A table of a TOML file, read key by key; what is wrong with one is told with its line.

Knows no meaning of any key. An error names the line, what was found, and the choices.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tally.errors import SettingsError

Step = str | int

_HEADER = re.compile(r"\s*(\[{1,2})\s*([^\[\]#]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w.\"' -]+?)\s*=")
_PART = re.compile(r'"([^"]*)"|\'([^\']*)\'|([\w-]+)')
_SPAN = re.compile(r"(\d+)\s*([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_span(words: str) -> dt.timedelta:
    """Return a length of time written as numbers with s, m, h, d or w; ValueError for others.

    >>> parse_span("1d 12h")
    datetime.timedelta(days=1, seconds=43200)
    """
    found = _SPAN.findall(words)
    if not found or _SPAN.sub("", words).strip():
        msg = f"{words!r} is no length of time such as 90s, 15m, 18h, 3d"
        raise ValueError(msg)
    return sum((dt.timedelta(**{_UNITS[unit]: int(n)}) for n, unit in found), dt.timedelta())


def span_words(span: dt.timedelta) -> str:
    """Write a length of time as `parse_span` reads it.

    >>> span_words(dt.timedelta(days=1, hours=12)), span_words(dt.timedelta())
    ('1d 12h', '0s')
    """
    left, words = round(span.total_seconds()), []
    for unit, seconds in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        count, left = divmod(left, seconds)
        words += [f"{count}{unit}"] if count else []
    return " ".join(words) or "0s"


@dataclass(frozen=True, slots=True)
class Keys:
    """A table of keys and values, and where in its file it is: `path` leads to it."""

    file: str
    text: str
    path: tuple[Step, ...]
    values: Mapping[str, Any]

    def wrong(self, words: str, key: str = "", within: str = "") -> SettingsError:
        """Return the error that says what is wrong with a key, or with the table.

        `within` is a key whose line is meant when the words are about the whole table.
        """
        line = line_of(self.text, (*self.path, *filter(None, [key or within])))
        top, *rest = map(str, (*self.path, *filter(None, [key])))
        place = f"[{top}] {'.'.join(rest)}".rstrip()
        return SettingsError(f"{self.file}{f':{line}' if line else ''}: {place} {words}")

    def check(self, allowed: Sequence[str]) -> None:
        """Refuse a key that is not one of these."""
        for key in self.values:
            if key not in allowed:
                msg = f"has an unknown key {key!r}; it takes: {', '.join(allowed)}."
                raise self.wrong(msg, within=key)

    def text_of(self, key: str, default: str | None = None) -> str:
        """Return text, not empty unless that is the default."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or (not value and default != ""):
            msg = f'must be text, such as {key} = "…"; it is {value!r}.'
            raise self.wrong(msg, key)
        return value

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        """Return one of the choices."""
        value = self.text_of(key, default)
        if value not in choices:
            msg = f"{value!r} is not known; choose one of {', '.join(choices)}."
            raise self.wrong(msg, key)
        return value

    def truth(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            msg = f"must be true or false; it is {value!r}."
            raise self.wrong(msg, key)
        return value

    def whole(self, key: str, default: int, least: int = 0, most: int = 1_000_000) -> int:
        """Return a whole number from least to most."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            msg = f"must be a whole number, {least} to {most}; it is {value!r}."
            raise self.wrong(msg, key)
        return value

    def span(self, key: str, default: str) -> dt.timedelta:
        """Return a length of time, written such as "90s", "15m", "18h", "3d"."""
        value = self.text_of(key, default)
        try:
            return parse_span(value)
        except (ValueError, OverflowError) as error:
            msg = f"must be a length of time; {error}."
            raise self.wrong(msg, key) from error

    def strings(self, key: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.values.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            msg = f'must be a list of texts, such as ["…"]; it is {value!r}.'
            raise self.wrong(msg, key)
        return tuple(value)

    def day(self, key: str) -> dt.date | None:
        """Return a day, written bare or as text; None when it is not given."""
        value = self.values.get(key)
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            msg = f"must be a day such as 2025-05-21; it is {value!r}."
            raise self.wrong(msg, key) from error

    def table(self, key: str) -> "Keys":
        """Return the table below a key; an empty one when there is none."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            msg = "is not a table of keys and values."
            raise self.wrong(msg, key)
        return Keys(self.file, self.text, (*self.path, key), value)

    def tables(self, key: str) -> "Iterator[Keys]":
        """Give each table of a list of tables, written as [[…]]."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            name = ".".join(str(step) for step in (*self.path, key))
            msg = f"must be tables, each under a line [[{name}]]."
            raise self.wrong(msg, key)
        for place, each in enumerate(value):
            yield Keys(self.file, self.text, (*self.path, key, place), each)


def line_of(text: str, path: Sequence[Step]) -> int:
    """Return the line of a key, or of the nearest thing above it that has one; 0 for none.

    >>> line_of('[a]\\nb = 1\\n[[a.c]]\\nd = 2\\n[[a.c]]\\nd = 3', ("a", "c", 1, "d"))
    6
    """
    wanted, best, found = tuple(path), 0, 0
    header: tuple[Step, ...] = ()
    seen: dict[tuple[Step, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEADER.match(line):
            header = _parts(match[2])
            if match[1] == "[[":
                seen[header] = seen.get(header, -1) + 1
            header = _placed(header, seen)
            here = header
        elif match := _KEY.match(line):
            here = (*header, *_parts(match[1]))
        else:
            continue
        if here == wanted[: len(here)] and len(here) > best:
            best, found = len(here), number
    return found


def _placed(header: tuple[Step, ...], seen: Mapping[tuple[Step, ...], int]) -> tuple[Step, ...]:
    """Return a header with the number of each list of tables that it lies in."""
    placed: list[Step] = []
    for end, step in enumerate(header, 1):
        placed.append(step)
        if header[:end] in seen:
            placed.append(seen[header[:end]])
    return tuple(placed)


def _parts(words: str) -> tuple[Step, ...]:
    return tuple("".join(found) for found in _PART.findall(words))
