"""data/vocabulary -> lookups: what a run of words can mean, longest run first.

Every table has the columns `lang, form, tag, value`; a form is lower-case words, `*` stands for
any ending. Gazetteer and speakers have tables of their own columns (data/vocabulary/README.md).
"""

import csv
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import StringIO
from pathlib import Path

from tally.errors import VocabularyError

FOLDER = Path(__file__).parents[1] / "data" / "vocabulary"
LANGUAGES = ("en", "uk", "ru")
SHORTEST_STEM = 2
LONGEST_WORD = 60
MOST_REMEMBERED = 200_000
SIGNED = re.compile(r"(?<=\w)[.,)](?=\s|$)|\((?=\w)")  # a sign at a word's edge is a word apart


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """One thing that a run of words can mean: the table, the tag in it, the value, a detail.

    Each is made once, for its row of a table, and equals only itself: so tuples of them are quick
    keys.
    """

    table: str
    tag: str
    value: str
    form: str


Run = tuple[tuple[str, ...], Sense]


@dataclass(frozen=True, slots=True)
class Starting:
    """What begins with one word: what it means alone, and the longer runs, longest first."""

    alone: tuple[Sense, ...]
    runs: tuple[Run, ...]
    exact: dict[str, tuple[Run, ...]]
    stems: tuple[Run, ...]

    def after(self, words: Sequence[str], at: int) -> Sequence[Run]:
        """Return the runs that the word at `at` may go on with, longest first."""
        if at >= len(words):
            return ()
        word = words[at]
        if word == '"':
            return self.runs
        exact = self.exact.get(word, ())
        if not self.stems:
            return exact
        stems = [run for run in self.stems if word.startswith(run[0][0][:-1])]
        return sorted([*exact, *stems], key=_longest_first) if stems else exact


def _longest_first(run: Run) -> int:
    return -len(run[0])


def _starting(found: Sequence[Run]) -> Starting:
    runs = tuple(sorted((run for run in found if run[0]), key=_longest_first))
    exact: dict[str, list[Run]] = {}
    for run in runs:
        if not run[0][0].endswith("*"):
            exact.setdefault(run[0][0], []).append(run)
    return Starting(
        tuple(sense for rest, sense in found if not rest),
        runs,
        {word: tuple(entries) for word, entries in exact.items()},
        tuple(run for run in runs if run[0][0].endswith("*")),
    )


UNKNOWN = Starting((), (), {}, ())


@dataclass(slots=True)
class Lexicon:
    """All words of one language, ready for matching.

    `known` is what begins with the words met so far, `plain` those of them that mean nothing.
    """

    exact: dict[str, list[Run]] = field(default_factory=dict)
    stems: dict[str, list[Run]] = field(default_factory=dict)
    known: dict[str, Starting] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)
    longest: int = 0

    def add(self, form: str, sense: Sense) -> None:
        """Learn one more form; `*` at the end of a word stands for any ending."""
        words = tuple(SIGNED.sub(r" \g<0> ", form).split())
        first = words[0]
        self.longest = max(self.longest, len(first))
        index = self.stems if first.endswith("*") else self.exact
        index.setdefault(first.rstrip("*"), []).append((words[1:], sense))

    def runs(self) -> Iterator[tuple[tuple[str, ...], Sense]]:
        """Yield every run of words that was learnt, and what it means."""
        for index, ending in ((self.exact, ""), (self.stems, "*")):
            for first, found in index.items():
                yield from (((first + ending, *rest), sense) for rest, sense in found)

    def match(self, words: Sequence[str], at: int) -> tuple[int, tuple[Sense, ...]]:
        """Return how many words from `at` the longest known run has, and all it can mean.

        Both are zero and empty for an unknown word. Words are lower-case.
        """
        starting = self.known.get(words[at]) or self.starting(words[at])
        alone = starting.alone
        longest = 1 if alone else 0
        if not starting.runs or not (longer := starting.after(words, at + 1)):
            return longest, alone
        senses = list(alone)
        for rest, sense in longer:
            size = _length(rest, words, at + 1)
            if size < max(longest, 1):
                continue
            if size > longest:
                longest, senses = size, []
            senses.append(sense)
        return longest, tuple(senses)

    def starting(self, word: str) -> Starting:
        """Return all runs that begin with a word; long words are not remembered."""
        known = self.known.get(word)
        if known is None:
            found = list(self.exact.get(word, ()))
            for size in range(min(len(word), self.longest), SHORTEST_STEM - 1, -1):
                found += self.stems.get(word[:size], ())
            known = _starting(found) if found else UNKNOWN
            if len(word) <= LONGEST_WORD:
                self._remember(word, known)
        return known

    def _remember(self, word: str, starting: Starting) -> None:
        if len(self.known) >= MOST_REMEMBERED:
            self.known.clear()
            self.plain.clear()
        self.known[word] = starting
        if starting is UNKNOWN and word[0].isalpha():
            self.plain.add(word)


def _length(rest: Sequence[str], words: Sequence[str], at: int) -> int:
    """Return the length of a run that goes on with `rest`, or 0; passes over quotation marks."""
    first, quoted = at, False
    for form in rest:
        if at < len(words) and words[at] == '"' != form:
            at, quoted = at + 1, True
        if at >= len(words) or not _fits(form, words[at]):
            return 0
        at += 1
    closed = quoted and at < len(words) and words[at] == '"'
    return 1 + at - first + closed


def _fits(form: str, word: str) -> bool:
    return word.startswith(form[:-1]) if form.endswith("*") else word == form


def rows(table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one table; an unreadable table is an error that names it."""
    path = table_path(table)
    try:
        content = path.read_bytes()
        _READ.setdefault(table, set()).add(sha256(content).hexdigest())
        read = csv.reader(StringIO(content.decode("utf-8"), newline=""))
        columns = next(read, [])
        for row in filter(None, read):
            yield dict(zip(columns, row, strict=False))  # many times faster than csv.DictReader
    except (OSError, UnicodeError, csv.Error) as error:
        msg = f"{path}: the word table cannot be read ({error}); restore it from the project"
        raise VocabularyError(msg) from error


def table_path(table: str) -> Path:
    """Return the file of a table: that of the data folder in use (TALLY_DATA), else ours."""
    own = _own_folder() / f"{table}.csv"
    return own if own.exists() else FOLDER / f"{table}.csv"


def tables_in_use() -> dict[str, list[str]]:
    """Return the SHA-256 of every table: as this process read it, else as it now is on disk.

    A table is read once in a process, so that one whose file changes since keeps its first words.
    """
    names = {path.stem for folder in (FOLDER, _own_folder()) for path in folder.glob("*.csv")}
    return {name: sorted(_READ.get(name) or {_digest(name)}) for name in sorted(names)}


def _digest(table: str) -> str:
    return sha256(table_path(table).read_bytes()).hexdigest()


def _own_folder() -> Path:
    return Path(os.environ.get("TALLY_DATA", FOLDER.parent)) / "vocabulary"


_READ: dict[str, set[str]] = {}
