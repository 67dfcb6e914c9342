"""Words for numbers, times and names, with their agreement; knows no night and no table.

A number is never written here without its doubt. All is said in the language that is spoken.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from tally.evidence import Count
from tally.language import messages, say, spoken, to_say
from tally.language.english import English
from tally.model import KYIV, Metric, Side, published_at

DASH = "—"

METRICS = {
    Metric.DRONES_LAUNCHED: to_say("{owner}drones launched"),
    Metric.DRONES_INTERCEPTED: to_say("{owner}drones stopped"),
    Metric.DRONES_LOST: to_say("{owner}drones lost from radar"),
    Metric.DRONES_HIT: to_say("{owner}drones that hit"),
    Metric.DRONES_AIRBORNE: to_say("{owner}drones still airborne"),
    Metric.MISSILES_LAUNCHED: to_say("{owner}missiles launched"),
    Metric.MISSILES_INTERCEPTED: to_say("{owner}missiles stopped"),
    Metric.MISSILES_HIT: to_say("{owner}missiles that hit"),
    Metric.KILLED: to_say("killed"),
    Metric.INJURED: to_say("injured"),
    Metric.PERSONNEL_LOSSES: to_say("{owner}soldiers lost"),
    Metric.EQUIPMENT_LOSSES: to_say("{owner}pieces of equipment lost"),
}

PIECES = {
    "stopped": to_say("{number} stopped"),
    "shot down": to_say("{number} shot down"),
    "lost": to_say("{number} lost from radar"),
    "hit": to_say("{number} hit"),
    "airborne": to_say("{number} still airborne"),
    "located": to_say("{number} located by region"),
    "unaccounted for": to_say("{number} unaccounted for"),
    "not located": to_say("{number} not located"),
}
OWNERS = {"Ukraine": to_say("Ukrainian "), "Russia": to_say("Russian ")}

MODES = {
    "shot_down": to_say("shot down"),
    "suppressed": to_say("suppressed"),
    "shot_down_or_suppressed": to_say("shot down or suppressed"),
    "intercepted_and_destroyed": to_say("intercepted and destroyed"),
}

VICTIMS = {
    "civilian": to_say("{n:civilian|civilians}"),
    "child": to_say("{n:child|children}"),
    "military": to_say("{n:soldier|soldiers}"),
    "responder": to_say("{n:responder|responders}"),
}

WINDOWS = {
    "overnight": to_say("overnight"),
    "past_day": to_say("over the past day"),
    "morning": to_say("in the morning"),
    "daytime": to_say("during the day"),
    "evening": to_say("in the evening"),
    "week": to_say("week"),
}

ADJECTIVES = {"Ukraine": to_say("Ukrainian"), "Russia": to_say("Russian")}

SIDES: Mapping[str, str] = {
    "Ukraine": to_say("Ukrainian officials"),
    "Russia": to_say("Russian officials"),
    "third_party": to_say("third parties"),
    "unattributed": to_say("unattributed reports"),
}
COUNTRY_NAMES = {"Ukraine": to_say("Ukraine"), "Russia": to_say("Russia")}
SIDE_NAMES: Mapping[str, str] = {
    **COUNTRY_NAMES,
    "third_party": to_say("third party"),
    "unattributed": to_say("no source named"),
}

_SEVERAL = 2
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
    return spoken().number(number)


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
        return say("none reported")
    return f"~{grouped(count.low)}" if count.hedge == "about" else grouped(count.low)


def words(count: Count) -> str:
    """Write a number for a sentence, its doubt in words.

    >>> [words(Count(0, 0)), words(Count(23, None, "at_least")), words(Count(23, 24))]
    ['none', 'at least 23', '23 to 24']
    """
    return spoken().quantity(count)


def is_one(count: Count) -> bool:
    """Tell whether a verb after this number is singular.

    >>> is_one(Count(1, 1)), is_one(Count(1, None, "at_least")), is_one(Count(1, 2))
    (True, True, False)
    """
    return agree(count, "one", "many") == "one"


def agree(count: Count, one: str, many: str) -> str:
    """Choose the English word that agrees with the number; messages write `{n:one|many}`.

    >>> agree(Count(1, 1), "drone was", "drones were"), agree(Count(0, 0), "is", "are")
    ('drone was', 'are')
    """
    return English().form(count, (one, many))


def listed(items: Sequence[str], joiner: str = "and") -> str:
    """Join the parts of a list as a sentence does.

    >>> listed(["Oryol"]), listed(["Oryol", "Kursk"]), listed(["Oryol", "Kursk", "Tula"])
    ('Oryol', 'Oryol and Kursk', 'Oryol, Kursk and Tula')
    """
    return messages.listed(spoken(), items, joiner)


def date_words(day: dt.date) -> str:
    """Write a date for a row of a table.

    >>> date_words(dt.date(2025, 5, 5))
    '5 May 2025'
    """
    return say("{day:d MMMM y}", day=day)


def short_date(day: dt.date) -> str:
    """Write a day for a label.

    >>> short_date(dt.date(2025, 9, 5))
    '5 Sep'
    """
    return say("{day:d MMM}", day=day)


def night_words(day: dt.date) -> str:
    """Name a night, which is dated by its morning.

    >>> night_words(dt.date(2025, 5, 25)), night_words(dt.date(2025, 6, 1))
    ('Night of 24–25 May 2025', 'Night of 31 May – 1 June 2025')
    """
    eve = day - dt.timedelta(days=1)
    if eve.month == day.month:
        return say("Night of {eve:d}–{day:d MMMM y}", eve=eve, day=day)
    if eve.year != day.year:
        return say("Night of {eve:d MMMM y} – {day:d MMMM y}", eve=eve, day=day)
    return say("Night of {eve:d MMMM} – {day:d MMMM y}", eve=eve, day=day)


def known_words(published: str) -> str:
    """Write when something was known, on Kyiv's clock; a bare date stays a date.

    >>> known_words("2025-05-22T05:00+00:00"), known_words("2025-05-22")
    ('22 May 2025, 08:00 Kyiv time', '22 May 2025')
    """
    if len(published) == len("2025-05-22"):
        return say("{date:d MMMM y}", date=dt.date.fromisoformat(published))
    moment = published_at(published).astimezone(KYIV)
    return say("{day:d MMMM y}, {time} Kyiv time", day=moment.date(), time=f"{moment:%H:%M}")


def window_words(window: str) -> str:
    """Write a window as it was stated.

    One time alone may be that by which, at which or since which something was counted.

    >>> window_words("20:00-04:05"), window_words("past_day"), window_words("09:00")
    ('from 20:00 to 04:05', 'over the past day', 'time stated: 09:00')
    """
    if window in WINDOWS or not window:
        return say(WINDOWS[window]) if window else ""
    start, _, end = window.partition("-")
    if not end:
        return say("time stated: {time}", time=start)
    return say("from {start} to {end}", start=start, end=end)


def metric_words(metric: Metric, victims: str = "", mode: str = "", attacker: str = "") -> str:
    """Say what is counted, for a row of a table.

    >>> metric_words(Metric.KILLED, victims="child")
    'killed: children'
    >>> metric_words(Metric.DRONES_INTERCEPTED, mode="shot_down", attacker="Russia")
    'Russian drones stopped (shot down)'
    """
    if metric in (Metric.KILLED, Metric.INJURED):
        who = f": {victims_words(victims, _SEVERAL)}" if victims in VICTIMS else ""
        return f"{say(METRICS[metric])}{who}"
    owner = say(OWNERS[attacker]) if attacker in OWNERS else ""
    how = f" ({say(MODES[mode])})" if mode in MODES else ""
    return f"{say(METRICS[metric], owner=owner)}{how}"


def victims_words(victims: str, number: int | Count) -> str:
    """Name a class of people, one or several of them.

    >>> victims_words("child", 1), victims_words("child", 2)
    ('child', 'children')
    """
    return say(VICTIMS[victims], n=number)


def named(name: str, side: Side) -> str:
    """Return a claimant fit to begin a clause; who is not named is called by the side.

    >>> named("Ukrainian Air Force", "Ukraine"), named("Oleh Kiper", "Ukraine"), named("", "Russia")
    ('the Ukrainian Air Force', 'Oleh Kiper', 'Russian officials')
    """
    return spoken().subject(name) if name else say(SIDES[side])


def says(subject: str, one: str = "says", many: str = "say") -> str:
    """Choose the English verb that agrees with a claimant; other languages say "according to".

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
