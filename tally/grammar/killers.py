"""Who killed or wounded somebody is not who was killed: "a soldier shot two civilians dead".

English tells by the order of words, Ukrainian and Russian by a verb in the active voice and the
case of the noun before it.
"""

import re
from collections.abc import Sequence

from tally.grammar.count import Count
from tally.grammar.marks import Mark
from tally.grammar.singulars import is_somebody, names_event

REACH = 4  # marks from the verb to the noun that it is done to
IN_ENGLISH = {
    "killed", "kills", "shot dead", "murdered", "executed", "injured", "wounded", "injures",
    "wounds", "shot",
}  # fmt: skip
PARTICIPLES = {"killing", "wounding", "injuring"}
ACTIVE = re.compile(
    r"(?:убил|ранил|застрелил|зарезал|расстрелял)[аи]?"
    r"|(?:в|у)би(?:в|ла|ли)|(?:поран|застрел)и(?:в|ла|ли)|розстріля(?:в|ла|ли)"
)
OBLIQUE = re.compile(r".*(?:[ую]|[оеє]го|ьох|вох|двух|трех)")
ENDS_IN_A = re.compile(r".*[ая]")
FEMININE = re.compile(r".*(?:[^аеиоуыэюяіїє]ка|ина|иця|ица|ня|ья)")
PASSIVE = {"was", "were", "been", "being", "be", "is", "are", "get", "got"}
OWN = {"his", "her", "their", "him", "them", "a", "an", "the"}


def kills(i: int, count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether the people counted are who did what the verb at mark `i` says."""
    between = marks[count.last + 1 : i]
    if i <= count.last or _parted(between):
        return False
    word = marks[i].low
    if word in IN_ENGLISH:
        passive = any(mark.low.split()[-1] in PASSIVE for mark in between[-2:])
        return not passive and _done_to_somebody(marks, i)
    if ACTIVE.fullmatch(word) is None:
        return False
    subject = marks[count.last].low if count.implied else marks[count.first].low
    done = _done_to_somebody(marks, i) or _done_to_one(marks, i)
    return not _oblique(subject) and (count.implied or done)


def is_object(count: Count, at: int, marks: Sequence[Mark]) -> bool:
    """Tell whether people are whom the verb before them was done to: "soldiers killed a family"."""
    if marks[count.first - 1].low == "shot" and 0 < count.first < at and marks[at].low == "dead":
        return True
    if not 0 < at < count.first:
        return False
    word, before = marks[at].low, marks[at - 1].low.split()[-1]
    active = word in (IN_ENGLISH | PARTICIPLES) and before not in PASSIVE
    after = marks[at + 1].low
    near = count.first - at <= REACH and (after.split()[0] in OWN or after.startswith(COUNTED))
    return ACTIVE.fullmatch(word) is not None or (active and (near or count.first == at + 1))


def brings_down(count: Count, chunk_events: Sequence[int], marks: Sequence[Mark]) -> bool:
    """Tell whether weapons counted are what shot something down: "збили двома ракетами"."""
    if count.implied or count.unit not in {"drone", "missile"}:
        return False
    downed = any(
        marks[i].event == "intercepted"
        and i < count.first
        and not names_event(marks[i])
        and marks[i].low.split()[-1] not in WITH  # "впоралася з двома ракетами"
        for i in chunk_events
    )
    if not downed:
        return False
    before = marks[count.first - 1].low
    if before in WITH:
        return before in BY
    words = [mark.low for mark in marks[count.first : count.last + 1]]
    return words[0] in BY_SO_MANY or words[-1].endswith(INSTRUMENTAL)


WITH = {"із", "з", "зі", "с", "со", "with", "by", "by the", "using"}
BY = {"by", "by the", "using"}
BY_SO_MANY = {
    "одним", "одной", "одною", "однією", "двумя", "двома", "тремя", "трьома", "четырьмя",
    "чотирма",
}  # fmt: skip
INSTRUMENTAL = ("ами", "ями")


def did_it_to(i: int, count: Count, at: int, marks: Sequence[Mark]) -> bool:
    """Tell whether the person at mark `i` did to those counted what the verb at mark `at` says."""
    between = marks[i + 1 : max(0, at)]
    return i < at and not _parted(between) and is_object(count, at, marks)


def _parted(between: Sequence[Mark]) -> bool:
    """Tell whether a comma or a conjunction stands between a noun and a verb."""
    return any(mark.tag in {"comma", "conj", "sub"} for mark in between)


COUNTED = ("at least", "more than", "about", "some", "nearly", "over")


def _done_to_somebody(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether people follow a verb at once, with no verb of their own behind them."""
    after = marks[i + 1 : i + 1 + REACH]
    if not after or not (after[0].number is not None or after[0].low.split()[0] in OWN):
        return False
    for at, mark in enumerate(after, start=i + 1):
        if mark.tag in {"comma", "over"}:
            return False
        if is_somebody(mark):
            behind = marks[at + 1 : at + 3]
            return not any(m.event or m.tag == "aux" for m in behind)
    return False


def _done_to_one(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether the verb is followed by whom it was done to: "вбили жінку"."""
    after = marks[i + 1 : i + 2]
    return bool(after) and after[0].sense("singulars") is not None and _oblique(after[0].text)


def _oblique(word: str) -> bool:
    """Tell whether a noun or numeral is who was struck: "мужчину", "солдата", "двох"."""
    if OBLIQUE.fullmatch(word) is not None:
        return True
    return ENDS_IN_A.fullmatch(word) is not None and FEMININE.fullmatch(word) is None
