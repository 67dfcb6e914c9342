"""Read days, nights and clock windows: "the night to 21 May", "з 20:00 до 23:30", "yesterday".

A night is dated by its morning. Years come from the text, else from the publication date.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tally.grammar.date_needs import NEEDS, told_kinds
from tally.grammar.date_patterns import TimeWords, patterns, time_words
from tally.grammar.spans import SPANS, span_of

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class DateMark:
    """One expression of time: its offsets, the rule that read it, and what it says.

    `kind` is "day" (a dated day or span), "since" (start of a running total), "month", "part" (a
    part of a day, no date), "window" (clock times from-to) or "time" (one clock time).
    """

    start: int
    end: int
    rule: str
    kind: str
    first: dt.date | None = None
    last: dt.date | None = None
    window: str = ""


Produce = Callable[[str, Match, TimeWords, dt.date | None], DateMark | None]


def find_dates(text: str, lang: str, published: dt.date | None) -> list[DateMark]:
    """Return the expressions of time in a sentence, in order, none overlapping another.

    >>> [found.last.isoformat() for found in find_dates("on 14 May 2025", "en", None)]
    ['2025-05-14']
    """
    rules = _rules(lang, told_kinds(text, lang))
    if not rules:
        return []
    found: list[DateMark] = []
    taken = bytearray(len(text))
    for name, pattern, produce in rules:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            mark = produce(name, match, time_words(lang), published)
            if mark is not None:
                found.append(mark)
                taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return sorted(found, key=lambda mark: mark.start)


def day_of(day: int, month: int, year: str | None, published: dt.date | None) -> dt.date | None:
    """Return the date, in the last year that is not after publication when none is written.

    >>> day_of(31, 12, None, dt.date(2025, 1, 2))
    datetime.date(2024, 12, 31)
    """
    try:
        if year is not None:
            return dt.date(int(year) + (2000 if len(year) == len("25") else 0), month, day)
        if published is None:
            return None
        found = dt.date(published.year, month, day)
        late = found > published + dt.timedelta(days=2)
        return found.replace(year=found.year - 1) if late else found
    except ValueError:
        return None


def clock(text: str) -> str:
    """Return a clock time as HH:MM.

    >>> clock("8.30 p.m."), clock("7"), clock("midnight")
    ('20:30', '07:00', '00:00')
    """
    digits = re.findall(r"\d+", text)
    if not digits:
        return "12:00" if text.lower() in {"noon", "полудня"} else "00:00"
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    if re.search(r"p\.?m", text, re.IGNORECASE) and hour < 12:
        hour += 12
    if re.search(r"a\.?m", text, re.IGNORECASE) and hour == 12:
        hour = 0
    return f"{hour % 24:02}:{minute:02}"


def _dated(name: str, match: Match, words: TimeWords, published: dt.date | None) -> DateMark | None:
    said = match.groupdict()
    begin = int(words.month[said["month"].lower()])
    until = said.get("month2")
    month = int(words.month[until.lower()]) if until else begin
    last = day_of(int(said.get("day2") or said["day"]), month, said.get("year"), published)
    first = last
    if said.get("day2"):
        other = said.get("month1")
        first_month = int(words.month[other.lower()]) if other else begin
        if first_month == month and int(said["day"]) > int(said["day2"]):
            first_month = (month - 2) % 12 + 1
        first = day_of(int(said["day"]), first_month, said.get("year"), published)
    if first is None or last is None:
        known = published is None and said.get("year") is None
        return DateMark(match.start(), match.end(), name, "day") if known else None
    if said.get("night") and (last - first).days <= 1:
        return DateMark(
            match.start(), match.end(), f"night of {name}", "day", last, last, "overnight"
        )
    return DateMark(match.start(), match.end(), name, "day", min(first, last), last)


def _since(name: str, match: Match, words: TimeWords, published: dt.date | None) -> DateMark | None:
    mark = _dated(name, match, words, published)
    return mark and DateMark(mark.start, mark.end, name, "since", mark.first, None)


def _numeric(
    name: str, match: Match, words: TimeWords, published: dt.date | None
) -> DateMark | None:
    del words, published
    day = day_of(int(match["day"]), int(match["mon"]), match["year"], None)
    return DateMark(match.start(), match.end(), name, "day", day, day) if day else None


def _month(name: str, match: Match, words: TimeWords, published: dt.date | None) -> DateMark | None:
    first = day_of(1, int(words.month[match["month"].lower()]), match["year"], published)
    if first is None or (match["month"] == "may"):
        return None
    before = match["before"].lower()
    ago = match["ago"] or match["ago1"]
    if published is not None and (
        (ago and first.year == published.year)
        or (before == "last" and first == published.replace(day=1))
    ):
        first = first.replace(year=first.year - 1)
    if before.split()[0] in {"since", "з", "с", "від"}:
        return DateMark(match.start(), match.end(), "since month", "since", first, None)
    last = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    said = match.groupdict()
    third = (said.get("third") or said.get("ends") or "").lower()
    if before == "на" and not third:
        return None  # "на травень" is what something is set for
    if third in THIRDS:
        begin, end = THIRDS[third]
        first, last = first.replace(day=begin), last.replace(day=end) if end else last
        name = PART_OF_MONTH
    return DateMark(match.start(), match.end(), name, "month", first, last)


def _months(
    name: str, match: Match, words: TimeWords, published: dt.date | None
) -> DateMark | None:
    """Read a span of months, of the first one's year where it has one of its own."""
    begin, end = (int(words.month[match[group].lower()]) for group in ("month1", "month"))
    last = day_of(1, end, match["year"], published)
    if last is None or "may" in (match["month1"], match["month"]):
        return None
    year = int(match["year1"]) if match["year1"] else last.year - (begin > end)
    last = (last + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    if published is not None:
        last = min(last, published)
    return DateMark(match.start(), match.end(), name, "month", dt.date(year, begin, 1), last)


PART_OF_MONTH = "part of a month"


THIRDS = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 0),
    "початку": (1, 10), "середині": (11, 20), "кінці": (21, 0), "наприкінці": (21, 0),
    "начале": (1, 10), "середине": (11, 20), "конце": (21, 0),
}  # fmt: skip


def _year(name: str, match: Match, words: TimeWords, published: dt.date | None) -> DateMark | None:
    del words
    if COMPARED.search(match.string, 0, match.start()):
        return None  # "з 2014 року"
    year = int(match["year"])
    last = dt.date(year, 12, 31)
    last = min(last, published) if published is not None and published.year == year else last
    return DateMark(match.start(), match.end(), name, "month", dt.date(year, 1, 1), last)


def _weekday(
    name: str, match: Match, words: TimeWords, published: dt.date | None
) -> DateMark | None:
    if published is None:
        return DateMark(match.start(), match.end(), name, "day")
    said = match.groupdict()
    back = _days_since(published, said["weekday"], words)
    if said.get("last") and back == 0:
        back = 7
    day = published - dt.timedelta(days=back)
    return DateMark(
        match.start(), match.end(), name, "day", day, day, "overnight" if said.get("night") else ""
    )


def _relative(
    name: str, match: Match, words: TimeWords, published: dt.date | None
) -> DateMark | None:
    if published is None:
        return DateMark(match.start(), match.end(), name, "day")
    meant = words.day[match["relative"].lower()]
    if meant in SPANS:
        kind, first, last = span_of(meant, published)
        compared = COMPARED.search(match.string, 0, match.start()) is not None
        rule = "year" if meant in {"last_year", "this_year"} else name
        return None if compared else DateMark(match.start(), match.end(), rule, kind, first, last)
    day = published + dt.timedelta(days=int(meant))
    return DateMark(match.start(), match.end(), name, "day", day, day)


COMPARED = re.compile(r"\b(?:than|as|since|from|like|чем|ніж|як|с|з|від) $", re.IGNORECASE)


def _part(name: str, match: Match, words: TimeWords, published: dt.date | None) -> DateMark | None:
    del published
    return DateMark(
        match.start(), match.end(), name, "part", window=words.part[match["part"].lower()]
    )


def _window(
    name: str, match: Match, words: TimeWords, published: dt.date | None
) -> DateMark | None:
    told = [_end_of_window(match, end, words, published) for end in ("a", "b")]
    days = [day for day in told if day is not None]
    first, last = clock(match["from"]), clock(match["to"])
    day = days[-1] if days else None
    if told[1] is None and first > last and day is not None:
        day += dt.timedelta(days=1)
    start = day
    if len(days) == 2 and days[0] and day and ((day - days[0]).days > 1 or first < EVENING):
        start = days[0]
    return DateMark(match.start(), match.end(), name, "window", start, day, f"{first}-{last}")


EVENING = "18:00"


def _end_of_window(
    match: Match, end: str, words: TimeWords, published: dt.date | None
) -> dt.date | None:
    said = match.groupdict()
    day, month = (
        said.get(f"{kind}_{end}") or said.get(f"{kind}2_{end}") for kind in ("day", "month")
    )
    if day and month:
        return day_of(int(day), int(words.month[month.lower()]), None, published)
    if published is None:
        return None
    if weekday := said.get(f"weekday_{end}"):
        return published - dt.timedelta(days=_days_since(published, weekday, words))
    if relative := said.get(f"relative_{end}"):
        return published + dt.timedelta(days=int(words.day[relative.lower()]))
    return None


def _days_since(published: dt.date, weekday: str, words: TimeWords) -> int:
    return (published.weekday() - int(words.weekday[weekday.lower()])) % 7


def _time(name: str, match: Match, words: TimeWords, published: dt.date | None) -> DateMark | None:
    del words, published
    at = clock(match["at"] or match["at2"])
    return DateMark(match.start(), match.end(), name, "time", window=at)


def _whole_days(
    name: str, match: Match, words: TimeWords, published: dt.date | None
) -> DateMark | None:
    """Return the days from one midnight to another: the second one is over when it begins."""
    del words, published
    first = day_of(int(match["day"]), int(match["mon"]), match["year"], None)
    until = day_of(int(match["day2"]), int(match["mon2"]), match["year2"] or match["year"], None)
    if first is None or until is None or not first < until:
        return None
    last = until - dt.timedelta(days=1)
    return DateMark(match.start(), match.end(), name, "day", first, last)


PRODUCTIONS: dict[str, Produce] = {
    "midnight to midnight": _whole_days,
    "clock window": _window,
    "year-month-day": _numeric,
    "day.month.year": _numeric,
    "day-month-year": _numeric,
    "day month year": _numeric,
    "day-day month": _dated,
    "since day": _since,
    "day month": _dated,
    "months": _months,
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "relative day": _relative,
    "part of day": _part,
    "clock time": _time,
}


@cache
def _rules(lang: str, told: frozenset[str]) -> tuple[tuple[str, re.Pattern[str], Produce], ...]:
    """Return the rules for which a text tells all that they need."""
    return tuple(
        (name, pattern, PRODUCTIONS[name])
        for name, pattern in patterns(lang)
        if NEEDS[name] <= told
    )
