"""Words for numbers, times and names, with their agreement; knows no night and no table.

A number is never written here without its doubt.
"""

import datetime as dt
import re
from collections.abc import Sequence

from tally.evidence import Count
from tally.model import KYIV, Metric, Side, published_at

DASH = "—"

NOUNS = {
    Metric.DRONES_LAUNCHED: ("drone launched", "drones launched"),
    Metric.DRONES_INTERCEPTED: ("drone stopped", "drones stopped"),
    Metric.DRONES_LOST: ("drone lost from radar", "drones lost from radar"),
    Metric.DRONES_HIT: ("drone that hit", "drones that hit"),
    Metric.MISSILES_LAUNCHED: ("missile launched", "missiles launched"),
    Metric.MISSILES_INTERCEPTED: ("missile stopped", "missiles stopped"),
    Metric.MISSILES_HIT: ("missile that hit", "missiles that hit"),
    Metric.KILLED: ("person killed", "people killed"),
    Metric.INJURED: ("person injured", "people injured"),
    Metric.PERSONNEL_LOSSES: ("soldier lost", "soldiers lost"),
    Metric.EQUIPMENT_LOSSES: ("piece of equipment lost", "pieces of equipment lost"),
}

MODES = {
    "shot_down": "shot down",
    "suppressed": "suppressed",
    "shot_down_or_suppressed": "shot down or suppressed",
    "intercepted_and_destroyed": "intercepted and destroyed",
}

VICTIMS = {
    "civilian": ("civilian", "civilians"),
    "child": ("child", "children"),
    "military": ("soldier", "soldiers"),
    "responder": ("responder", "responders"),
}

WINDOWS = {
    "overnight": "overnight",
    "past_day": "over the past day",
    "morning": "in the morning",
    "daytime": "during the day",
    "evening": "in the evening",
}

ADJECTIVES = {"Ukraine": "Ukrainian", "Russia": "Russian"}

SIDES: dict[Side, str] = {
    "Ukraine": "Ukrainian officials",
    "Russia": "Russian officials",
    "third_party": "third parties",
    "unattributed": "unattributed reports",
}

_BODIES = (
    "Air Force",
    "Ministry",
    "Staff",
    "Service",
    "Police",
    "Office",
    "Guard",
    "Administration",
    "Committee",
    "Council",
    "Command",
    "Mission",
    "General Staff",
    "Navy",
)
_COMMON = ("Officials", "Authorities", "Local", "Regional", "Emergency", "Police", "Rescuers")
_PLURAL = re.compile(
    r"\b(officials|authorities|parties|reports|sources|media|services|channels|forces|prosecutors"
    r"|police|rescuers|governors|bloggers)\b|\band\b",
    re.IGNORECASE,
)


def grouped(number: int) -> str:
    """Write a number with thousands apart.

    >>> grouped(1177), grouped(298)
    ('1,177', '298')
    """
    return f"{number:,}"


def sign(count: Count | None) -> str:
    """Write a number for a table, its doubt as a sign.

    >>> [sign(Count(63, 63)), sign(Count(23, None, "at_least")), sign(Count(23, 24)), sign(None)]
    ['63', '≥ 23', '23–24', '—']
    """
    if count is None or (count.low is None and count.high is None):
        return DASH
    if count.low is None:
        return f"{'<' if count.hedge == 'less_than' else '≤'} {grouped(count.high or 0)}"
    if count.high is None:
        return f"{'>' if count.hedge == 'more_than' else '≥'} {grouped(count.low)}"
    if count.low != count.high:
        return f"{grouped(count.low)}–{grouped(count.high)}"
    if count.low == 0:
        return "none reported"
    return f"~{grouped(count.low)}" if count.hedge == "about" else grouped(count.low)


def words(count: Count) -> str:
    """Write a number for a sentence, its doubt in words.

    >>> [words(Count(0, 0)), words(Count(23, None, "at_least")), words(Count(23, 24))]
    ['none', 'at least 23', '23 to 24']
    """
    if count.low is None and count.high is None:
        return "an unstated number"
    if count.low is None:
        return (
            f"{'fewer than' if count.hedge == 'less_than' else 'up to'} {grouped(count.high or 0)}"
        )
    if count.high is None:
        return f"{'more than' if count.hedge == 'more_than' else 'at least'} {grouped(count.low)}"
    if count.low != count.high:
        return f"{grouped(count.low)} to {grouped(count.high)}"
    if count.low == 0:
        return "none"
    return f"about {grouped(count.low)}" if count.hedge == "about" else grouped(count.low)


def is_one(count: Count) -> bool:
    """Tell whether a verb after this number is singular.

    >>> is_one(Count(1, 1)), is_one(Count(1, None, "at_least")), is_one(Count(1, 2))
    (True, True, False)
    """
    return 1 in (count.low, count.high) and {count.low, count.high} <= {1, None}


def agree(count: Count, one: str, many: str) -> str:
    """Choose the form that agrees with the number.

    >>> agree(Count(1, 1), "drone was", "drones were"), agree(Count(0, 0), "is", "are")
    ('drone was', 'are')
    """
    return one if is_one(count) else many


def listed(items: Sequence[str], joiner: str = "and") -> str:
    """Join the parts of a list as a sentence does.

    >>> listed(["Oryol"]), listed(["Oryol", "Kursk"]), listed(["Oryol", "Kursk", "Tula"])
    ('Oryol', 'Oryol and Kursk', 'Oryol, Kursk and Tula')
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"


def date_words(day: dt.date) -> str:
    """Write a date.

    >>> date_words(dt.date(2025, 5, 5))
    '5 May 2025'
    """
    return f"{day.day} {day:%B %Y}"


def night_words(day: dt.date) -> str:
    """Name a night, which is dated by its morning.

    >>> night_words(dt.date(2025, 5, 25)), night_words(dt.date(2025, 6, 1))
    ('Night of 24–25 May 2025', 'Night of 31 May – 1 June 2025')
    """
    eve = day - dt.timedelta(days=1)
    if eve.month == day.month:
        return f"Night of {eve.day}–{date_words(day)}"
    before = date_words(eve) if eve.year != day.year else f"{eve.day} {eve:%B}"
    return f"Night of {before} – {date_words(day)}"


def known_words(published: str) -> str:
    """Write when something was known, on Kyiv's clock; a bare date stays a date.

    >>> known_words("2025-05-22T05:00+00:00"), known_words("2025-05-22")
    ('22 May 2025, 08:00 Kyiv time', '22 May 2025')
    """
    if len(published) == len("2025-05-22"):
        return date_words(dt.date.fromisoformat(published))
    moment = published_at(published).astimezone(KYIV)
    return f"{date_words(moment.date())}, {moment:%H:%M} Kyiv time"


def window_words(window: str) -> str:
    """Write a window as it was stated.

    >>> window_words("20:00-04:05"), window_words("past_day"), window_words("")
    ('from 20:00 to 04:05', 'over the past day', '')
    """
    if window in WINDOWS or not window:
        return WINDOWS.get(window, "")
    start, _, end = window.partition("-")
    return f"from {start} to {end}" if end else window


def metric_words(metric: Metric, victims: str = "", mode: str = "", attacker: str = "") -> str:
    """Say what is counted, for a row of a table.

    >>> metric_words(Metric.KILLED, victims="child")
    'killed: children'
    >>> metric_words(Metric.DRONES_INTERCEPTED, mode="shot_down", attacker="Russia")
    'Russian drones stopped (shot down)'
    """
    if metric in (Metric.KILLED, Metric.INJURED):
        return f"{metric}: {VICTIMS[victims][1]}" if victims in VICTIMS else str(metric)
    owner = f"{ADJECTIVES[attacker]} " if attacker in ADJECTIVES else ""
    how = f" ({MODES[mode]})" if mode in MODES else ""
    return f"{owner}{NOUNS[metric][1]}{how}"


def named(name: str, side: Side) -> str:
    """Return a claimant fit to begin a clause; who is not named is called by the side.

    >>> named("Ukrainian Air Force", "Ukraine"), named("Oleh Kiper", "Ukraine"), named("", "Russia")
    ('the Ukrainian Air Force', 'Oleh Kiper', 'Russian officials')
    """
    if not name:
        return SIDES[side]
    if name.split()[0] in _COMMON:
        return name[0].lower() + name[1:]
    first, last = name.split()[0].lower(), name.split()[-1].lower()
    is_body = any(body in name for body in _BODIES) and not last.endswith("s")
    owned = name.split()[0].endswith(("'s", "’s"))
    return f"the {name}" if is_body and first not in ("the", "a", "an") and not owned else name


def says(subject: str, one: str = "says", many: str = "say") -> str:
    """Choose the verb that agrees with a claimant.

    >>> says("the Air Force"), says("Ukrainian officials"), says("Denis Pushilin and his office")
    ('says', 'say', 'say')
    """
    return many if _PLURAL.search(subject) else one


def capital(sentence: str) -> str:
    """Begin with a capital letter, all else as it is.

    >>> capital("the Air Force")
    'The Air Force'
    """
    return sentence[:1].upper() + sentence[1:]
