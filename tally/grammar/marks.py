"""A sentence as typed marks: numbers, words of known kinds, places, speakers, dates, signs.

Later steps read marks, never characters. Each token becomes one mark; a known run of words one.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

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
SIGN = {",": "comma", ";": "semicolon", ":": "colon", "(": "open", ")": "close", '"': "quote"}


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
        return self.tag in tags or (
            bool(self.senses) and not _meaning(self.senses).tags.isdisjoint(tags)
        )

    @property
    def event(self) -> str:
        """The event the mark names: intercepted, lost, launched, hit, killed, injured, mixed."""
        return _meaning(self.senses).event if self.senses else ""

    @property
    def unit(self) -> str:
        """What the mark counts: drone, missile, person, rocketlike (other), or empty."""
        return _meaning(self.senses).unit if self.senses else ""


def read_marks(text: str, offset: int, lang: str, published: dt.date | None) -> list[Mark]:
    """Return the marks of one sentence; their offsets count from the start of the document."""
    dates = find_dates(text, lang, published)
    aged = lang == "en" and AGE_APART.search(text) is not None
    tokens = list((TOKEN_OR_AGE if aged else TOKEN).finditer(text))
    words = [_small(match.group()) for match in tokens]
    known = lexicon(lang)
    plain, owned = known.plain, _before_owners(words) if lang == "en" else NOWHERE
    marks: list[Mark] = []
    at, date_at = 0, 0
    date_start, date_end = dates[0].start if dates else len(text), 0
    while at < len(tokens):
        token, word = tokens[at], words[at]
        start, end = token.span()
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
            marks.append(Mark("word", token.group(), word, offset + start, offset + end))
            at += 1
        else:
            mark, size = _read(text, tokens, words, at, known, date_start, owned)
            mark.start += offset
            mark.end += offset
            marks.append(mark)
            at += size
    return marks


def _small(token: str) -> str:
    """Return a token in lower case, an age in one spelling: "15 year old"."""
    word = token.lower()
    return word.replace(" ", "-") if " " in word and word.endswith("old") else word


NOWHERE: frozenset[int] = frozenset()
LONGEST_OWNER = 4


def _before_owners(words: Sequence[str]) -> frozenset[int]:
    """Return the tokens at which a possessive can begin: "the Air Force's" has three words."""
    ends = [at for at, word in enumerate(words) if word.endswith("'s")]
    return frozenset(end - back for end in ends for back in range(LONGEST_OWNER))


def _date(text: str, date: DateMark, offset: int) -> Mark:
    said = text[date.start : date.end]
    start, end = offset + date.start, offset + date.end
    return Mark("date", said, said.lower(), start, end, date=date)


def _read(
    text: str,
    tokens: Sequence[re.Match[str]],
    words: list[str],
    at: int,
    known: Lexicon,
    until: int,
    owned: frozenset[int],
) -> tuple[Mark, int]:
    """Read the token at `at`; `until` is where the next date begins, `owned` where owners may."""
    token, word = tokens[at], words[at]
    if word[0].isdigit():
        return _number(token, word), 1
    if not word[0].isalpha():
        tag = SIGN.get(word, "dash" if word in "-–" else "sign")
        return Mark(tag, word, word, token.start(), token.end()), 1
    if len(word) > LONGEST_WORD:
        return Mark("word", token.group(), word, token.start(), token.end()), 1
    size, senses = known.match(words, at)
    if at in owned:
        longer, owners = _owner(words, at, known)
        if longer > size:
            size, senses = longer, owners
    while size > 1 and tokens[at + size - 1].end() > until:
        size -= 1
        senses = ()
    if senses and not token.group()[0].isupper():
        senses = _meaning(senses).common
    if not senses:
        return Mark("word", token.group(), word, token.start(), token.end()), 1
    last = tokens[at + size - 1]
    main = _meaning(senses).main
    said = text[token.start() : last.end()]
    mark = Mark(main.tag, said, said.lower(), token.start(), last.end(), senses)
    if main.table == "numerals" and main.value:
        mark.number = float(main.value)
    return mark, size


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


SURNAME = ("enko", "ov", "ova", "ev", "sky", "skyi", "chuk")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is asked most often of a mark's senses, told once for all marks that have them."""

    main: Sense
    event: str
    unit: str
    tags: frozenset[str]
    common: tuple[Sense, ...]


@cache
def _meaning(senses: tuple[Sense, ...]) -> Meaning:
    events = [sense.tag for sense in senses if sense.table == "events"]
    units = [sense.tag for sense in senses if sense.table == "units"]
    return Meaning(
        min(senses, key=_rank),
        events[0] if events and events[0] != "neutral" else "",
        units[0] if units and units[0] != "mod" else "",
        frozenset(sense.tag for sense in senses),
        tuple(s for s in senses if s.table not in NAMES or s.form[0].islower()),
    )


def _rank(sense: Sense) -> int:
    return RANK.index(sense.table)


def _number(token: re.Match[str], word: str) -> Mark:
    mark = Mark("digits", token.group(), word, token.start(), token.end())
    count = COUNT.match(word) if len(word) <= LONGEST_NUMBER else None
    if count is not None:
        mark.tag = "number"
        mark.number = float(re.sub(r"\D", "", count["digits"]))
    elif len(word) <= LONGEST_NUMBER and (fraction := FRACTION.match(word)) is not None:
        mark.tag = "fraction"
        mark.number = float(fraction["digits"].replace(",", "."))
    return mark
