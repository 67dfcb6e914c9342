"""People told by a pronoun or by name and surname: "she was killed", "Іван Петренко загинув".

Each is one. Who was counted just before is not counted again (`reading` asks that), and a death
that nobody calls violent needs an attack, a battle or wounds in its sentence.
"""

import re
from collections.abc import Iterator, Sequence

from tally.grammar.chunks import PEOPLE, Chunk, Frame
from tally.grammar.count import Count
from tally.grammar.explosions import blow_in
from tally.grammar.marks import Mark
from tally.model import Quantity

RULE = "told by name"
PRONOUNS = {"he", "she", "він", "вона", "он", "она"}
NAMES = range(2, 4)  # words of a full name
ASIDE = 14  # marks between the commas behind a name
ADVERBS = 2  # words between a name and what happened
PASSIVE = {"was", "were", "is", "are", "has been", "had been", "have been", "been"}
HURT = {"killed", "injured", "wounded", "hurt", "shot dead", "shot and killed"}
FELL = re.compile(
    r"загину(?:в|ла|ли)$|погиб(?:ла|ли)?$|[ву]?бит(?:ий|а|і|ы|о)?$|(?:по)?ранен[аиоі]?й?$"
)
DIED = {
    "died",
    "помер",
    "померла",
    "померли",
    "умер",
    "умерла",
    "умерли",
    "скончался",
    "скончалась",
}
OF_WOUNDS = (
    "wound",
    "injur",
    "fighting",
    "поранен",
    "ран",
    "бою",
    "боях",
    "фронт",
    "на війні",
    "на войне",
)

SUBJECT = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Вв]ін|[Вв]она|[Оо]на?)\b|\bM(?:rs?|s)\.? [A-Z]"
    r"|\b[A-ZА-ЯІЇЄҐ][\w'’-]+ [A-ZА-ЯІЇЄҐ][\w'’-]+"
)
HARMED = re.compile(
    r"\b(?:killed|injured|wounded|hurt|shot dead|died"
    r"|загину|погиб|(?:по)?ранен|[ву]?бит|помер|умер|сконча)",
    re.IGNORECASE,
)


def may_tell(text: str) -> bool:
    """Tell whether a text may say of somebody by name or pronoun that they were killed or hurt."""
    return HARMED.search(text) is not None and SUBJECT.search(text) is not None


def told_by_name(
    marks: Sequence[Mark], chunks: Sequence[Chunk], frames: Sequence[Frame], lang: str
) -> list[Frame]:
    """Return a frame for each person whose name or pronoun is the subject of a death or wound."""
    told = {frame.at for frame in frames}
    counted = {i for frame in frames for i in range(frame.count.first, frame.count.last + 1)}
    found = []
    for first, last in _subjects(marks):
        event = _event_of(marks, first, last, lang)
        if event < 0 or event in told or first in counted:
            continue
        if marks[event].event == "mixed":
            continue  # "убит и ранен": nobody says which of the two somebody is
        one = Count(
            Quantity(1, 1), "person", "", "", first, last, marks[first].start, marks[last].end,
            RULE, implied=True,
        )  # fmt: skip
        at = next((n for n, chunk in enumerate(chunks) if chunk.first <= first <= chunk.last), 0)
        found.append(Frame(one, marks[event].event, "", event, RULE, at, "person"))
    return found


def _subjects(marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Give the first and last mark of each pronoun and each full name."""
    at = 0
    while at < len(marks):
        if marks[at].low in PRONOUNS:
            yield at, at
        end = first = _behind_title(marks, at)
        while end < len(marks) and _is_name(marks[end]):
            end += 1
        enough = end - first in NAMES or (first > at and end > first)
        if enough and not _of_a_phrase(marks, at):
            yield at, end - 1
        at = max(end, at + 1)


def _behind_title(marks: Sequence[Mark], at: int) -> int:
    """Return where a name begins behind "Mr."; where it stands without a title."""
    if marks[at].low.rstrip(".") not in TITLES or at + 1 >= len(marks):
        return at
    return at + 1 + (marks[at + 1].text == ".")


TITLES = {"mr", "mrs", "ms"}


def _is_name(mark: Mark) -> bool:
    return mark.tag == "word" and mark.text.istitle() and not mark.senses and len(mark.text) > 1


def _of_a_phrase(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a preposition leads to a name, which is then no subject."""
    return at > 0 and (marks[at - 1].is_a("over", "outof") or marks[at - 1].low == "by")


def _event_of(marks: Sequence[Mark], first: int, last: int, lang: str) -> int:
    """Return the mark of what happened to the subject, or -1."""
    before = first - 1
    if lang != "en" and last > first and before >= 0 and FELL.search(marks[before].low):
        return before if marks[before].event in PEOPLE else -1
    at = _behind_aside(marks, last + 1)
    if at + 1 < len(marks) and marks[at].tag == "comma" and marks[at + 1].is_a("aux"):
        at += 1  # "the head of the town, Y. T., was injured"
    joined = (
        at < len(marks)
        and marks[at].is_a("conj")
        and any(_is_name(m) for m in marks[at + 1 : at + 2])
    )
    if joined:
        at += 1
        while at < len(marks) and _is_name(marks[at]):
            at += 1
        at = _behind_aside(marks, at)
    if (aged := _killed_at_an_age(marks, at)) >= 0:
        return aged
    passive = False
    for i in range(at, min(at + ADVERBS + 2, len(marks))):
        word = marks[i].low
        if marks[i].event in PEOPLE:
            return i if _suffered(marks, i, passive=passive, lang=lang) else -1
        passive |= word in PASSIVE
        if marks[i].tag == "perhaps" or not (marks[i].is_a("aux") or _adverb(marks[i])):
            return -1
    return -1


def _killed_at_an_age(marks: Sequence[Mark], at: int) -> int:
    """Return the mark of a death behind an age: "he was 22, killed by a mine"; else -1."""
    words = marks[at : at + 4]
    if len(words) < 4 or words[0].low not in {"was", "is"} or words[1].number is None:
        return -1
    killed = words[2].tag == "comma" and words[3].low in HURT
    return at + 3 if killed else -1


def _adverb(mark: Mark) -> bool:
    return mark.date is not None or (mark.tag == "word" and mark.text.islower())


def _behind_aside(marks: Sequence[Mark], at: int) -> int:
    """Return where a clause goes on behind ", a driver from Kherson,"; where it stands else."""
    if at >= len(marks) or marks[at].tag != "comma":
        return at
    for i in range(at + 1, min(at + ASIDE, len(marks))):
        if marks[i].event in PEOPLE or marks[i].tag == "semicolon":
            return at
        if marks[i].tag == "comma":
            return i + 1
    return at


def _suffered(marks: Sequence[Mark], i: int, *, passive: bool, lang: str) -> bool:
    word = marks[i].low
    if word in DIED:
        return blow_in(marks) or any(mark.low.startswith(OF_WOUNDS) for mark in marks[i:])
    return (word in HURT and passive) if lang == "en" else FELL.search(word) is not None
