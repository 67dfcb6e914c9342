"""Clock windows as hours on one line, so that they can be compared: which hold, share or miss.

It reads `Claim.window` and the period, and knows nothing of numbers.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from tally.model import KYIV, TOLLS, Claim, published_at

Scope = Literal["night", "day", "past_day", "event", "days", "unsaid"]

CLOCK = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
WORDS: dict[str, tuple[float, float, Scope]] = {
    "overnight": (-6, 10, "night"),
    "morning": (5, 12, "day"),
    "daytime": (6, 20, "day"),
    "evening": (18, 24, "night"),
    "past_day": (-24, 24, "past_day"),
}
MIDNIGHT = "-00:00"
EVENING, DAWN, LATE = 18.0, 5.0, 10.0
LONGEST_NIGHT = 16.0
MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True, slots=True)
class Window:
    """Hours from `begin` to `end` counted from midnight of `day`, the day it is filed under.

    `stated` is true of clock times, false of words such as overnight, which only say about when.
    """

    day: dt.date | None
    begin: float
    end: float
    scope: Scope
    stated: bool

    def holds(self, other: "Window") -> bool:
        """Tell whether the other lies inside this one."""
        return self.day == other.day and self.begin <= other.begin and other.end <= self.end

    def shares(self, other: "Window") -> bool:
        """Tell whether the two have an hour in common."""
        return self.day == other.day and self.begin < other.end and other.begin < self.end


def window_of(claim: Claim) -> Window:
    """Return when a claim's event was; a night, its evening included, is filed by its morning."""
    said = claim.window
    if said[-6:] == MIDNIGHT and _came_out_later(claim):
        said = said.removesuffix(MIDNIGHT) + "-24:00"
    return _window(said, claim.metric in TOLLS, claim.period_start, claim.period_end)


def _came_out_later(claim: Claim) -> bool:
    """Tell whether a claim is of a day that was over: its midnight is then the one that ends it.

    What is dated by the day of its publication ended with the midnight that begins it.
    """
    day = published_at(claim.published).astimezone(KYIV).date()
    return claim.period_end is not None and claim.period_end < day


# Each is asked for again and again in the order of the days: a cache that does not hold the windows
# of all the days misses every time.
@cache
def _window(said: str, of_people: bool, start: dt.date | None, day: dt.date | None) -> Window:
    begin, end, scope, stated = _hours(said)
    of_evening = begin >= EVENING and scope == "night"
    if of_people and scope not in {"past_day", "days"}:
        scope = "event"
    if start != day and day and start:
        begin -= 24 * (day - start).days * (said != "overnight")
        return Window(day, min(begin, end), end, "days", stated)
    if of_evening and day:
        day, begin, end = day + dt.timedelta(days=1), begin - 24, end - 24
    return Window(day, begin, end, scope, stated)


def with_hours(claim: Claim, known: Mapping[str, Claim]) -> Claim:
    """Return a share of a total with the hours of that total, when it has none of its own."""
    whole = known.get(claim.part_of)
    if whole is None or whole.metric != claim.metric or claim.metric in TOLLS:
        return claim
    hours = window_of(whole)
    vague = claim.window == "" or (claim.window == "overnight" and hours.scope == "night")
    local = claim.place != whole.place or claim.admin1 != whole.admin1
    if not (vague and local and hours.stated and claim.period_end == whole.period_end):
        return claim
    start, end = whole.period_start, whole.period_end
    return replace(claim, window=whole.window, period_start=start, period_end=end)


def by_moscow(window: Window) -> Window:
    """Return clock times of Kyiv as those of Moscow: an hour later, and in summer the same."""
    if window.day is None:
        return window
    midnight = dt.datetime.combine(window.day, dt.time(), KYIV)
    ahead = midnight.replace(tzinfo=None) - midnight.astimezone(MOSCOW).replace(tzinfo=None)
    hours = -ahead / dt.timedelta(hours=1)
    return replace(window, begin=window.begin + hours, end=window.end + hours)


def is_morning_after(claim: Claim) -> bool:
    """Tell whether clock times take up where a night ends: 07:15 to 09:00."""
    window = window_of(claim)
    return window.scope == "day" and window.stated and DAWN <= window.begin < LATE


def _hours(window: str) -> tuple[float, float, Scope, bool]:
    clock = CLOCK.fullmatch(window)
    if not clock:
        begin, end, scope = WORDS.get(window, (0.0, 24.0, "unsaid"))
        return begin, end, scope, False
    begin = int(clock[1]) + int(clock[2]) / 60
    end = int(clock[3]) + int(clock[4]) / 60
    begin -= 24 if begin > end else 0
    return begin, end, _scope(begin, end), True


def _scope(begin: float, end: float) -> Scope:
    if end - begin > LONGEST_NIGHT:
        return "past_day"
    night = begin < 0 or begin >= EVENING or (begin < DAWN and end <= LATE)
    return "night" if night else "day"
