"""Whether an English singular is one thing: it has an article, or stands without in a headline."""

from collections.abc import Sequence

from tally.grammar.cues import cues
from tally.grammar.marks import Mark
from tally.grammar.singulars import ARTICLES, aged


def has_article(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether an English singular is one thing: it has an article, or is in a headline."""
    if _in_headline(marks, at) or _told_in_headline(marks, at) or _bare(marks, at):
        return True
    if _object_in_headline(marks, at):
        return True
    for back in range(at - 1, max(-1, at - 7), -1):
        mark = marks[back]
        one = mark.low.startswith("one-") and aged(mark)  # "including one year old child"
        if mark.low in ARTICLES or one:
            return True
        if mark.low == "of" and back > 0 and marks[back - 1].low in cues("a_body", "en"):
            return marks[-1].text != "."
        if mark.low == "of" and back > 1 and marks[back - 1].event == "killed":
            return marks[back - 2].low in {"after", "following", "with"}
        if mark.number is not None and marks[back + 1].low == "year":
            continue  # "a 15 year old girl"
        if mark.tag in {"comma", "conj", "aux", "over", "number"} or (
            mark.event and back != at - 1 and not mark.sense("units", "mod")
        ):
            return False
    return at <= 3 and all(
        mark.tag in {"word", "mod", "digits", "dash", "place", "country"} or mark.sense("units")
        for mark in marks[:at]
    )


def _told_in_headline(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether somebody stands without article in a headline: "… and driver killed near X"."""
    joined = at > 0 and marks[at - 1].tag in {"conj", "comma"}
    after = marks[at + 1] if at + 1 < len(marks) else None
    hurt = after is not None and after.event in {"killed", "injured"}
    return joined and hurt and marks[-1].text not in ".!?"


def _object_in_headline(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a headline tells whom something killed: "missile kills mother and baby in X"."""
    if marks[-1].text in {".", "!", "?"}:
        return False
    back = at - 1
    while back > 0 and at - back <= DESCRIBED and _joins(marks[back]):
        back -= 1
    return back >= 0 and marks[back].low in cues("headline_verb", "en")


def _joins(mark: Mark) -> bool:
    """Tell whether a word may stand between the verb and the last of those it was done to."""
    person = mark.sense("singulars") is not None or aged(mark)
    return person or mark.tag == "mod" or mark.low == "and"


def _bare(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a headline tells of somebody without article: "… say reporter killed in X"."""
    after = marks[at + 1 : at + 3]
    if not after or marks[-1].text in {".", "!", "?"}:
        return False
    befell = (after[0] if after[0].tag != "sub" else after[-1]).event
    if befell not in ({"killed", "injured"} if marks[at].unit == "person" else {"intercepted"}):
        return False
    back = at - 1
    while back >= 0 and at - back <= DESCRIBED and _describes(marks[back]):
        back -= 1
    return (
        back < 0
        or marks[back].sense("markers", "report") is not None
        or (marks[back].tag in {"colon", "dash"} or marks[back].low in BEFORE_NEWS)
    )


BEFORE_NEWS = {"to", "after", "for", "as", "when"}
DESCRIBED = 4  # words that say who somebody is


def _describes(mark: Mark) -> bool:
    return mark.tag in {"word", "mod", "placeadj", "country", "whole", "held"} and not mark.sense(
        "markers", "report"
    )


def _in_headline(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a weapon stands without article, as in "Russian missile hits school"."""
    before = marks[max(0, at - 2) : at]
    opens = len(before) < 2 or before[0].tag in {"sub", "conj", "colon", "comma"}
    after = marks[at + 1] if at + 1 < len(marks) else None
    owned = bool(before) and before[-1].text in {"Russian", "Ukrainian"}
    struck = after is not None and after.event in {"hit", "intercepted"}
    return owned and opens and struck and marks[-1].text != "."
