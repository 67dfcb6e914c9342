"""The day of a text that nobody dated: written with its year, told by its weekday, or counted."""

import datetime as dt
import re
from functools import cache

from tally.grammar.date_patterns import one_of, time_words
from tally.grammar.dates import find_dates

INVASION = dt.date(2022, 2, 24)  # the first day of the war as both sides count its days
LONGEST_WAR = 5000
YEARS = range(2022, 2028)  # a day of the year falls on one weekday only once among these
ENDS = 300  # characters at either end of a post in which it says what day it is


def stated_day(text: str, lang: str) -> dt.date | None:
    """Return the latest day that a text without a publication date gives, or None.

    >>> stated_day("Зведення за 14.09.2023", "uk")
    datetime.date(2023, 9, 14)
    >>> stated_day("В четверг, 26 октября, погиб мужчина", "ru")
    datetime.date(2023, 10, 26)
    >>> stated_day("Розпочалась 393-тя доба вторгнення", "uk")
    datetime.date(2023, 3, 23)
    """
    days = [d.last for d in find_dates(text, lang, None) if d.kind == "day" and d.last is not None]
    return max(days, default=None) or _by_weekday(text, lang) or _by_day_of_the_war(text, lang)


def _by_weekday(text: str, lang: str) -> dt.date | None:
    """Return the day in the one year in which it falls on the weekday written beside it."""
    words = time_words(lang)
    found = _weekday_and_day(lang).search(text)
    if found is None:
        return None
    said = found.groupdict()
    month = int(words.month[(said["month"] or said.get("month1") or "").lower()])
    day = int(said["day"] or said.get("day1") or 0)
    weekday = int(words.weekday[said["weekday"].lower()])
    return next((d for d in _every_year(day, month) if d.weekday() == weekday), None)


def _every_year(day: int, month: int) -> list[dt.date]:
    days = []
    for year in YEARS:
        try:
            days.append(dt.date(year, month, day))
        except ValueError:  # no such day that year
            continue
    return days


@cache
def _weekday_and_day(lang: str) -> re.Pattern[str]:
    words = time_words(lang)
    month = one_of(words.month)
    after = rf"(?P<day>[0-3]?\d)(?:st|nd|rd|th|-го|-е)? (?P<month>{month})\b"
    if lang == "en":
        after = rf"(?:{after}|(?P<month1>{month}) (?P<day1>[0-3]?\d)\b)"
    return re.compile(rf"\b(?P<weekday>{one_of(words.weekday)})\b,? {after}", re.IGNORECASE)


def _by_day_of_the_war(text: str, lang: str) -> dt.date | None:
    said = DAY_OF_THE_WAR[lang]
    found = said.search(text[:ENDS]) or said.search(text, max(0, len(text) - ENDS))
    number = int(found["number"] or found["number1"]) if found else 0
    return INVASION + dt.timedelta(days=number - 1) if 0 < number < LONGEST_WAR else None


THE_WAR = {
    "en": r"of (?:the |russia's )?(?:full-scale |all-out )?(?:war|invasion)\b",
    "uk": r"(?:[^\W\d_]+ ){0,3}(?:війни|вторгнення|агресії)\b",
    "ru": r"(?:[^\W\d_]+ ){0,3}(?:войны|вторжения|агрессии|спецоперации|сво)\b",
}
DAY = {"en": "day", "uk": "(?:день|дня|доба|доби|добу)", "ru": "(?:день|дня|сутки)"}
DAY_OF_THE_WAR = {
    lang: re.compile(
        rf"\b(?P<number>\d{{1,4}})(?:-?[^\W\d_]{{1,3}})? +{DAY[lang]} {THE_WAR[lang]}"
        rf"|\b{DAY[lang]} (?P<number1>\d{{1,4}}) {THE_WAR[lang]}",
        re.IGNORECASE,
    )
    for lang in DAY
}
