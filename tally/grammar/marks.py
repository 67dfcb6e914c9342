"""A sentence as typed marks: numbers, words of known kinds, places, speakers, dates, signs.

Later steps read marks, never characters. Each token becomes one mark; a known run of words one.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_

from tally.grammar.dates import DateMark, find_dates
from tally.lexicon import lexicon
from tally.vocabulary import LONGEST_WORD, Lexicon, Sense

TOKENS = (
    r"\d{1,3}(?:[, ']\d{3})+(?![\d,]\d)(?:-[^\W\d_]+)?"
    r"|\d+(?:[.,:]\d+)*(?:-[^\W\d_]+(?:-[^\W\d_]+)*|[^\W\d_]+)?"
    r"|[^\W\d_]+(?:[-'/.](?=\w)\w+)*'?"
    r"|[^\w\s]"
)
TOKEN = re.compile(TOKENS)
AGE_APART = re.compile(r"(year|month|week|day)[ -]old\b", re.IGNORECASE)
TOKEN_OR_AGE = re.compile(
    rf"(?:\d{{1,3}}|[a-z]+(?:-[a-z]+)?) (?:year|month|week|day)[ -]old\b|{TOKENS}", re.IGNORECASE
)
COUNT = re.compile(
    r"(?P<digits>\d{1,3}(?:[, ']\d{3})+|\d+)"
    r"(?:-(?:ма|ми|мя|ти|ть|х|ох|ьох|м|є|ю))?$"
)
LONGEST_NUMBER = 18
FRACTION = re.compile(r"(?P<digits>\d+[.,]\d{1,2})$")
NAMES = {"places", "speakers", "countries"}
RANK = (
    "numerals",
    "places",
    "speakers",
    "countries",
    "titles",
    "units",
    "singulars",
    "events",
    "hedges",
    "markers",
)
TABLE = {name: 1 << at for at, name in enumerate(RANK)}
REPORT, UNVERIFIED, ACCIDENT, CRIME, FIRE, RETURNED, OTHER_WAR, INVASION, PART, NOT = (
    1 << at for at in range(len(RANK), len(RANK) + 10)
)
MARKERS = {
    "report": REPORT, "unverified": UNVERIFIED, "accident": ACCIDENT, "crime": CRIME, "fire": FIRE,
    "returned": RETURNED, "other_war": OTHER_WAR, "invasion": INVASION, "part": PART, "not": NOT,
}  # fmt: skip
SIGN = {",": "comma", ";": "semicolon", ":": "colon", "(": "open", ")": "close", '"': "quote"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is asked most often of a mark's senses, told once for all marks that have them.

    `kinds` is the sum of the tables that they are of and of the markers in MARKERS, `common` are
    the senses that the words also have in lower case.
    """

    main: Sense | None
    senses: tuple[Sense, ...]
    event: str
    unit: str
    tags: frozenset[str]
    kinds: int
    common: tuple[Sense, ...]


NOTHING = Meaning(None, (), "", "", frozenset(), 0, ())


@dataclass(slots=True)
class Mark:
    """One token or known run of words; `low` is its text in lower case, which most rules ask of it.

    `number` is set for counts written in digits or words, `age` is what was set off behind a
    person: "a man, 46,".
    """

    tag: str
    text: str
    low: str
    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    meaning: Meaning = NOTHING
    number: float | None = None
    date: DateMark | None = None
    age: float | None = None

    def sense(self, table: str, tag: str = "") -> Sense | None:
        """Return what the mark means in a table, if anything."""
        for sense in self.senses:
            if sense.table == table and tag in ("", sense.tag):
                return sense
        return None

    def is_a(self, *tags: str) -> bool:
        """Tell whether the mark can be read as one of the tags."""
        return self.tag in tags or not self.meaning.tags.isdisjoint(tags)

    @property
    def event(self) -> str:
        """The event the mark names: intercepted, lost, launched, hit, killed, injured, mixed."""
        return self.meaning.event

    @property
    def unit(self) -> str:
        """What the mark counts: drone, missile, person, rocketlike (other), or empty."""
        return self.meaning.unit


def read_marks(text: str, offset: int, lang: str, published: dt.date | None) -> list[Mark]:
    """Return the marks of one sentence; their offsets count from the start of the document."""
    dates = find_dates(text, lang, published)
    aged = lang == "en" and AGE_APART.search(text) is not None
    pattern = TOKEN_OR_AGE if aged else TOKEN
    tokens = [(*token.span(), token.group()) for token in pattern.finditer(text)]
    words = [_small(said) for _, _, said in tokens]
    known = lexicon(lang)
    plain = known.plain
    owned = _before_owners(words) if lang == "en" and "'" in text else NOWHERE
    marks: list[Mark] = []
    at, date_at = 0, 0
    date_start, date_end = dates[0].start if dates else len(text), 0
    while at < len(tokens):
        (start, end, said), word = tokens[at], words[at]
        if start < date_end:
            at += 1
        elif start >= date_start:
            date = dates[date_at]
            if date.end > start:
                marks.append(_date(text, date, offset))
                date_end = date.end
            date_at += 1
            date_start = dates[date_at].start if date_at < len(dates) else len(text)
        elif word in plain and at not in owned:
            marks.append(Mark("word", said, word, offset + start, offset + end))
            at += 1
        elif not word[0].isalpha():
            marks.append(_figure_or_sign(said, word, offset + start, offset + end))
            at += 1
        else:
            size, meaning = _meant(tokens, words, at, known, date_start, owned)
            if size > 1:
                end = tokens[at + size - 1][1]
                said = text[start:end]
                word = said.lower()
            marks.append(_known(said, word, offset + start, offset + end, meaning))
            at += size
    return marks


def _small(token: str) -> str:
    """Return a token in lower case, an age in one spelling: "15 year old"."""
    word = token.lower()
    return word.replace(" ", "-") if " " in word and word.endswith("old") else word


Token = tuple[int, int, str]  # where it begins and ends, and as it stands
NOWHERE: frozenset[int] = frozenset()
LONGEST_OWNER = 4


def _before_owners(words: Sequence[str]) -> frozenset[int]:
    """Return the tokens at which a possessive can begin: "the Air Force's" has three words."""
    ends = [at for at, word in enumerate(words) if word[-2:] == "'s"]
    return (
        NOWHERE
        if not ends
        else frozenset(end - back for end in ends for back in range(LONGEST_OWNER))
    )


def _date(text: str, date: DateMark, offset: int) -> Mark:
    said = text[date.start : date.end]
    start, end = offset + date.start, offset + date.end
    return Mark("date", said, said.lower(), start, end, date=date)


def _meant(
    tokens: Sequence[Token],
    words: list[str],
    at: int,
    known: Lexicon,
    until: int,
    owned: frozenset[int],
) -> tuple[int, Meaning]:
    """Return how many tokens from `at` are one run of words, and what it means.

    `until` is where the next date begins, `owned` where owners may.
    """
    said = tokens[at][2]
    if len(said) > LONGEST_WORD:
        return 1, NOTHING
    size, senses = known.match(words, at)
    if owned and at in owned:
        longer, owners = _owner(words, at, known)
        if longer > size:
            size, senses = longer, owners
    while size > 1 and tokens[at + size - 1][1] > until:
        size -= 1
        senses = ()
    meaning = _meaning(senses)
    if meaning.common is not senses and not said[0].isupper():
        meaning = _meaning(meaning.common)
    return (size, meaning) if meaning.main else (1, NOTHING)


def _known(said: str, word: str, start: int, end: int, meaning: Meaning) -> Mark:
    main = meaning.main
    if main is None:
        return Mark("word", said, word, start, end)
    number = float(main.value) if main.table == "numerals" and main.value else None
    return Mark(main.tag, said, word, start, end, meaning.senses, meaning, number)


def _owner(words: list[str], at: int, known: Lexicon) -> tuple[int, tuple[Sense, ...]]:
    """Return what a possessive of a body or an office can mean: "the Air Force's count"."""
    for end in range(at + 1, min(at + LONGEST_OWNER, len(words)) + 1):
        if words[end - 1].endswith("'s"):
            run = [*words[at : end - 1], words[end - 1].removesuffix("'s")]
            size, senses = known.match(run, 0)
            town = any(sense.tag == "settlement" for sense in senses)
            if run[-1].endswith(SURNAME) and not town:
                return 0, ()
            bodies = tuple(s for s in senses if s.table in {"speakers", "titles", "places"})
            return (size, bodies) if size == len(run) and bodies else (0, ())
    return 0, ()


def meant_by_owner(mark: Mark) -> tuple[Sense, ...]:
    """Return what the one word whose possessive a mark is can mean: "Moscow's", "a woman's"."""
    return lexicon("en").match([mark.low.removesuffix("'s")], 0)[1]


SURNAME = ("enko", "ov", "ova", "ev", "sky", "skyi", "chuk")


@cache
def _meaning(senses: tuple[Sense, ...]) -> Meaning:
    if not senses:
        return NOTHING
    events = [sense.tag for sense in senses if sense.table == "events"]
    units = [sense.tag for sense in senses if sense.table == "units"]
    common = tuple(s for s in senses if s.table not in NAMES or s.form[0].islower())
    return Meaning(
        min(senses, key=_rank),
        senses,
        events[0] if events and events[0] != "neutral" else "",
        units[0] if units and units[0] != "mod" else "",
        frozenset(sense.tag for sense in senses),
        reduce(or_, map(_kind, senses)),
        senses if len(common) == len(senses) else common,
    )


def _kind(sense: Sense) -> int:
    marker = MARKERS.get(sense.tag, 0) if sense.table == "markers" else 0
    return TABLE[sense.table] | marker


def _rank(sense: Sense) -> int:
    return RANK.index(sense.table)


def _figure_or_sign(said: str, word: str, start: int, end: int) -> Mark:
    if word[0].isdigit():
        return _number(Mark("digits", said, word, start, end))
    return Mark(SIGN.get(word, "dash" if word in "-–" else "sign"), word, word, start, end)


def _number(mark: Mark) -> Mark:
    """Read what a figure counts, if it is a count."""
    word = mark.low
    count = COUNT.match(word) if len(word) <= LONGEST_NUMBER else None
    if count is not None:
        mark.tag = "number"
        mark.number = float(re.sub(r"\D", "", count["digits"]))
    elif len(word) <= LONGEST_NUMBER and (fraction := FRACTION.match(word)) is not None:
        mark.tag = "fraction"
        mark.number = float(fraction["digits"].replace(",", "."))
    return mark
