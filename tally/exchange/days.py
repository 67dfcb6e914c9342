"""Days as tables of other people write them."""

import datetime as dt
import re
from collections.abc import Iterable

SHAPES = ("%Y-%m-%d", "%d %B %Y", "%Y/%m/%d", "%d.%m.%Y", "%d-%b-%y", "%d-%b-%Y", "%d %b %Y")
DAY_FIRST, MONTH_FIRST = "%d/%m/%Y", "%m/%d/%Y"
MONTHS = 12

_MIDNIGHT = re.compile(r"[ T]0?0:00.*")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")


def day(text: str, shapes: Iterable[str] = SHAPES) -> dt.date | None:
    """Return the day that a cell states, None when it states none of 1990 to 2099.

    >>> day("2022-04-22"), day("22 April 2022"), day("0025-05-03"), day("2022-04-22 00:00:00.000")
    (datetime.date(2022, 4, 22), datetime.date(2022, 4, 22), None, datetime.date(2022, 4, 22))
    """
    said = _MIDNIGHT.sub("", text.strip())
    for shape in shapes:
        try:
            found = dt.datetime.strptime(said, shape).date()
        except ValueError:
            continue
        return found if found.year in range(1990, 2100) else None
    return None


def shapes_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return how the days of a column are written.

    With slashes, its days beyond the twelfth tell day from month; where none does, or they differ,
    such days cannot be read.

    >>> shapes_of(["03/04/2022", "24/02/2022"])[-1], shapes_of(["2/24/2022"])[-1]
    ('%d/%m/%Y', '%m/%d/%Y')
    >>> shapes_of(["03/04/2022"]) == shapes_of(["24/02/2022", "2/24/2022"]) == SHAPES
    True
    """
    slashed = [found.groups() for text in texts if (found := _SLASHED.match(text.strip()))]
    day_first = any(int(first) > MONTHS for first, _ in slashed)
    month_first = any(int(second) > MONTHS for _, second in slashed)
    if day_first == month_first:
        return SHAPES
    return (*SHAPES, DAY_FIRST if day_first else MONTH_FIRST)
