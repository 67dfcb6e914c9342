"""The widths of a table's columns, by what a writer asked for and what stands in them.

Knows a table only as JSON.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from tally.house.words import plain

_LEAST = 0.6
# What a letter and the gap between columns take of the width of a page.
_LETTER, _GAP = 0.0098, 0.02
_BREAKS = re.compile(r"[ \-–—/]+")


def balanced(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table whose columns of words share the width by what they hold.

    A column of figures and one that gave no width keep what they have; another keeps at least
    three fifths of what it was given, so that one long cell does not crush its neighbours. Where it
    was given room for its longest word, it keeps that too.
    """
    columns = table["columns"]
    free = [n for n, column in enumerate(columns) if column["width"] and column["align"] == "left"]
    if len(free) < 2 or not table["rows"]:
        return dict(table)
    room = sum(columns[n]["width"] for n in free)
    wish = {n: math.sqrt(columns[n]["width"] * _held(table, n)) for n in free}
    least = {n: _least(table, n) for n in free}
    rest = {n: max(0.0, wish[n] * room / sum(wish.values()) - least[n]) for n in free}
    spare = room - sum(least.values())
    given = {n: least[n] + spare * rest[n] / (sum(rest.values()) or 1) for n in free}
    return {
        **table,
        "columns": [
            {**column, "width": round(given.get(n, column["width"]), 3)}
            for n, column in enumerate(columns)
        ],
    }


def _held(table: Mapping[str, Any], place: int) -> float:
    """Return how many signs a cell of a column holds that holds any."""
    lengths = [len(plain(row[place])) for row in table["rows"]]
    return 1 + sum(lengths) / (sum(map(bool, lengths)) or 1)


def _least(table: Mapping[str, Any], place: int) -> float:
    """Return the least width of a column, of what it was given."""
    given = float(table["columns"][place]["width"])
    words = (word for row in table["rows"] for word in _BREAKS.split(plain(row[place])))
    return max(_LEAST * given, min(given, _GAP + _LETTER * max(map(len, words))))
