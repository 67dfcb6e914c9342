"""How the three languages write days, nights and clock times, as patterns with named groups.

Syntax only: the words themselves come from data/vocabulary/times.csv.
"""

import re
from dataclasses import dataclass
from functools import cache

from tally.grammar.spans import SPANS
from tally.vocabulary import rows

CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])[:.][0-5]\d(?: ?[ap]\.?m\b\.?)?"
    r"|(?:[01]?\d|2[0-4])(?= ?(?:мск|час|год))|(?:1[0-2]|\d) ?[ap]\.?m\b\.?"
    r"|midnight|noon|полуночи|опівночі|півночі|полудня)"
)
ZONE = (
    r"(?:,? ?\(?(?:мск|по мск|по московскому времени|московского времени|moscow time|msk|kyiv time"
    r"|local time|gmt|utc|часов|часа|годин\w*|за києвом|київського часу|за київським часом)\)?)?"
)
# "By evening the toll had risen" tells when it was counted, not when people were hurt.
NOT_BY = r"(?<!\bby )(?<!\bby the )"
NOT_NEXT = (
    r"(?<!\bnext )(?<!\bcoming )(?<!наступного )(?<!наступний )(?<!следующей )(?<!следующую )"
)
FLAGS = re.IGNORECASE
NIGHT = {
    "en": (
        r"(?P<night>(?:the )?(?:late |early )?(?:overnight|night)"
        r"(?: (?:of|to|into|on|from|before|between|ending|hours of))?(?: the)?(?: morning of)?) "
    ),
    "uk": r"(?P<night>(?:ніч|ночі) (?:на|з|із)) ",
    "ru": r"(?P<night>(?:ночь|ночи) (?:на|с|со)) ",
}
JOIN = {
    "en": (r"(?:from |between |starting at )?", r"(?: to | until | till | and |-| – |–| through )"),
    "uk": (r"(?:з |із |від |між )?", r"(?: до | та | по |-| – |–)"),
    "ru": (r"(?:с |со |от |между )?", r"(?: до | по | и |-| – |–)"),
}
DASH = {
    "en": (
        r"(?: ?- ?| ?– ?| to | and | into | until | through )(?:the )?"
        r"(?:(?:early )?(?:morning|evening|night|afternoon) of )?"
    ),
    "uk": r"(?: ?- ?| ?– ?| на | по | до | та | і | й )(?:ранку |вечора )?",
    "ru": r"(?: ?- ?| ?– ?| на | по | до | и )(?:утра |вечера )?",
}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The words of one language that name months, weekdays, days and parts of a day."""

    month: dict[str, str]
    weekday: dict[str, str]
    day: dict[str, str]
    part: dict[str, str]


@cache
def time_words(lang: str) -> TimeWords:
    """Return the words of times.csv by tag."""
    table: dict[str, dict[str, str]] = {"month": {}, "weekday": {}, "day": {}, "part": {}}
    for row in rows("times"):
        if row["lang"] == lang:
            table[row["tag"]][row["form"]] = row["value"]
    return TimeWords(**table)


def one_of(words: dict[str, str]) -> str:
    """Return a pattern for any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def initial(words: dict[str, str]) -> str:
    """Return a pattern that looks at one letter only, to pass quickly over most words."""
    return f"(?=[{''.join(sorted({word[0] for word in words}))}])"


SINCE = {"en": "since|from", "uk": "з|із|від|починаючи з", "ru": "с|со|начиная с"}
SPAN_FROM = {
    "en": "from |between ",
    "uk": "(?:з|із|від) (?:вечора |ранку )?",
    "ru": "(?:с|со|от) (?:вечера |утра )?",
}


YEAR = (
    r"(?:,? (?P<year>20\d\d)\b(?! (?:drones|people|missiles))"
    r"(?: ?(?:года|году|року|г\.|р\.))?)?"
)


def patterns(lang: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return (rule name, pattern) in order of precedence: where two overlap the earlier wins."""
    words = time_words(lang)
    names = one_of(words.month)
    month, month1 = rf"(?P<month>{names})\b\.?", rf"(?: (?P<month1>{names})\b)?"
    day = r"(?<![\d.,:])(?P<day>[0-3]?\d)(?:st|nd|rd|th|-го|-е)?"
    day2 = r"(?P<day2>[0-3]?\d)(?![:.]?\d)(?:st|nd|rd|th|-го|-е)?"
    night, dash = rf"(?:{NIGHT[lang]})?", DASH[lang]
    since, span_from = SINCE[lang], SPAN_FROM[lang]
    clock_from, clock_to = JOIN[lang]
    day_a, day_b = (_day_of_window(lang, words, end) for end in ("a", "b"))
    midnight, of_day = "(?:00[:.]00|24[:.]00)", r"[0-3]?\d)\.(?P<mon"
    table = [
        (
            "midnight to midnight",
            rf"\b(?:с|со|з|із|from) {midnight} (?P<day>{of_day}>[01]\d)\.(?P<year>20\d\d|\d\d)"
            rf" (?:по|до|to) {midnight} (?P<day2>{of_day}2>[01]\d)\.(?P<year2>20\d\d|\d\d)",
        ),
        (
            "clock window",
            rf"\b{clock_from}(?P<from>{CLOCK}){ZONE}{day_a}{clock_to}(?P<to>{CLOCK}){ZONE}{day_b}{ZONE}",
        ),
        ("year-month-day", r"(?<![\d-])(?P<year>20\d\d)-(?P<mon>[01]\d)-(?P<day>[0-3]\d)(?![\d-])"),
        (
            "day.month.year",
            r"(?<![\d.])(?P<day>[0-3]?\d)\.(?P<mon>[01]\d)\.(?P<year>20\d\d|\d\d)(?!\.?\d)",
        ),
        (
            "day-month-year",
            r"(?<![\d-])(?P<day>[0-3]?\d)-(?P<mon>[01]\d)-(?P<year>20\d\d)(?![\d-])",
        ),
        (
            "day month year",
            r"\b(?:за|на|підсумками|итогам) (?P<day>[0-3]\d) (?P<mon>[01]\d) (?P<year>2\d)"
            r"(?!\d| ?[а-яєії])",
        ),
        ("day-day month", rf"\b{night}(?:{span_from})?{day}{month1}{dash}{day2} {month}{YEAR}"),
        *_month_first(lang, month, day, day2, dash, night, YEAR, names),
        ("since day", rf"\b(?:{since}) {day} {month}{YEAR}(?! \d\d?[.:]\d\d)"),
        ("day month", rf"\b{night}{day}(?: of)? {month}{YEAR}"),
        ("months", _months(lang, names)),
        *_month_only(lang, month, YEAR),
        ("year", _year_only(lang)),
        *_between_weekdays(lang, one_of(words.weekday)),
        ("weekday", _weekday(lang, one_of(words.weekday), night) + _undated(names)),
        ("relative day", rf"\b{initial(words.day)}(?P<relative>{one_of(words.day)})\b"),
        (
            "part of day",
            rf"{NOT_BY}{NOT_NEXT}\b{initial(words.part)}(?P<part>{one_of(words.part)})\b",
        ),
        ("clock time", rf"(?<![\d.,])(?:(?P<at>(?:[01]?\d|2[0-4]):[0-5]\d)|{_at(lang)}){ZONE}"),
    ]
    return [(name, re.compile(pattern, FLAGS)) for name, pattern in table]


def _day_of_window(lang: str, words: TimeWords, end: str) -> str:
    """Return a pattern for the day beside a clock time: "on May 20", "20 мая", "Tuesday"."""
    month = one_of(words.month)
    numbered_days = {word: value for word, value in words.day.items() if value not in SPANS}
    numbered = rf"(?P<day_{end}>[0-3]?\d) (?P<month_{end}>{month})\b"
    if lang == "en":
        numbered += rf"|(?P<month2_{end}>{month}) (?P<day2_{end}>[0-3]?\d)\b(?!:)"
    weekday = rf"(?P<weekday_{end}>{one_of(words.weekday)})\b"
    relative = rf"(?P<relative_{end}>{one_of(numbered_days)})\b"
    return rf"(?:,? (?:on |of |в |у |во )?(?:{numbered}|{weekday}|{relative}))?"


def _month_first(
    lang: str, month: str, day: str, day2: str, dash: str, night: str, year: str, names: str
) -> list[tuple[str, str]]:
    if lang != "en":
        return []
    return [
        (
            "day-day month",
            rf"\b{night}(?:from |between )?{month} {day}{dash}(?:(?P<month2>{names}) )?{day2}\b"
            rf"(?! (?:people|drones|missiles|were|per|of)){year}",
        ),
        ("since day", rf"\bsince {month} {day}\b{year}"),
        ("day month", rf"\b{night}{month} {day}\b(?![\d:]|,\d){year}"),
    ]


def _months(lang: str, names: str) -> str:
    """Return a pattern for a span of months: "between February 2022 and April 2025"."""
    leads, joins, years, this_year = {
        "en": ("between|from", "and|to|until|through", "", "of this year"),
        "uk": ("з|із|від|між", "по|до|та|і", "(?: (?:року|р\\.))?", "цього року"),
        "ru": ("с|со|между", "по|до|и", "(?: (?:года|г\\.))?", "этого года"),
    }[lang]
    first = rf"(?P<month1>{names})(?:,? (?P<year1>20\d\d)\b{years})?"
    last = rf"(?P<month>{names})\b(?! [0-3]?\d\b){YEAR}(?: {this_year})?"
    return rf"\b(?:{leads}) {first} (?:{joins}) {last}"


def _month_only(lang: str, month: str, year: str) -> list[tuple[str, str]]:
    before = {
        "en": "in|during|throughout|for|of|last|this|since(?: the (?:start|beginning) of)?",
        "uk": "в|у|за|протягом|упродовж|з|(?:від|з) початку",
        "ru": "в|за|в течение|с|с начала",
    }[lang]
    third = {
        "en": r"(?:(?P<third>early|mid|late)[ -])?",
        "uk": r"(?:(?P<third>початку|середині|кінці) )?",
        "ru": r"(?:(?P<third>начале|середине|конце) )?",
    }[lang]
    if lang == "uk":
        before += "|на|(?P<ends>наприкінці)"
    ago = {
        "en": "last year",
        "uk": "торік|минулого року",
        "ru": "в прошлом году|прошлого года",
    }[lang]
    never = r"(?P<ago>(?!))?(?P<ago1>(?!))?"
    attack = r"(?= (?:\w+ ){0,2}(?:strike|attack|shelling|bombing|airstrike|raid|assault)s?\b)"
    named = ("month", rf"\b(?P<before>an?|the|that) {never}{third}{month}{year}{attack}")
    return [
        (
            "month",
            rf"\b(?:(?P<ago>{ago})[, ]+)?(?P<before>{before}) {third}{month}{year}"
            rf"(?:,? (?P<ago1>{ago})\b)?(?! ?\d)",
        ),
        *([named] if lang == "en" else []),
    ]


def _year_only(lang: str) -> str:
    if lang == "en":
        after = r"(?! \w*(?:drones|people|missiles))"
        return rf"\b(?<!born )(?:in|during|throughout|the year) (?P<year>20\d\d)\b{after}(?![-–]\d)"
    before = {"uk": "в|у|за|протягом|упродовж", "ru": "в|за|в течение"}[lang]
    noun = {"uk": "ро(?:ці|ку)|рік", "ru": "год[уа]?"}[lang]
    return rf"\b(?:(?:{before}) )?(?P<year>20\d\d) (?:{noun})\b(?! рожд| народж)(?![-–]\d)"


def _weekday(lang: str, names: str, night: str) -> str:
    if lang == "en":
        return rf"\b{night}(?:(?P<last>last) )?(?P<weekday>{names})\b"
    last = r"(?: (?:прошл|минувш|минул)\w+)?"
    before = rf"(?:(?:в|у|во|с|з|на|за|ночь на|ніч на){last}|минул(?:ого|ої))"
    return rf"\b{before} (?P<weekday>{names})\b"


def _between_weekdays(lang: str, names: str) -> list[tuple[str, str]]:
    """Return a pattern for a night by its two days: "from Sunday evening to Monday morning"."""
    if lang != "en":
        return []
    evening = rf"from (?:{names}) (?:late )?(?:evening|night|afternoon) (?:to|until|into|through) "
    return [("weekday", rf"\b(?P<night>{evening})(?:early )?(?P<weekday>{names})(?: morning)?\b")]


def _undated(months: str) -> str:
    """Return a pattern that no date follows: in "Wednesday, July 27" the weekday tells no other."""
    return rf"(?!,? (?:the )?(?:[0-3]?\d(?:st|nd|rd|th|-го|-е)? )?(?:{months})\b)"


def _at(lang: str) -> str:
    if lang == "en":
        return r"(?P<at2>(?:1[0-2]|\d) ?(?:[ap]\.?m\b\.?|o'clock))"
    before = r"(?:(?<=около )|(?<=близько )|(?<=на )|(?<=до )|(?<=после )|(?<=після )|(?<=[воус] ))"
    return (
        rf"(?P<at2>{before}(?:[01]?\d|2[0-4])\.[0-5]\d|(?:[01]?\d|2[0-4])\.[0-5]\d(?= ?мск)"
        r"|(?:[01]?\d|2[0-4])(?= (?:час(?:а|ов)?\b|годин\w*|мск)))"
        r"(?: час(?:а|ов)? [0-5]?\d минут\w*)?"
    )
