"""What the words around a number tell of it: part or whole, all, more, each, a total."""

from collections.abc import Sequence

from tally.grammar.count import Count
from tally.grammar.cues import cues, stems
from tally.grammar.kinds import OF_TOTAL
from tally.grammar.marks import Mark
from tally.grammar.shares import is_of_a_share


def note_words_beside(marks: Sequence[Mark], count: Count, first: int, lang: str) -> None:
    """Note the words around a number that say how it relates to other numbers."""
    near = [marks[i] for i in range(max(0, first - 3), first)]
    stops = [
        i for i, mark in enumerate(near) if mark.tag in {"comma", "colon"} and i < len(near) - 1
    ]
    near = near[stops[-1] + 1 if stops else 0 :]
    if near and near[-1].tag in {"comma", "colon"}:
        near = [mark for mark in near[-2:-1] if mark.tag == "part" or near[-1].tag == "colon"]
    for mark in near[-2:]:
        count.every |= bool(mark.sense("markers", "all"))
        count.more |= bool(mark.sense("markers", "more")) and mark.low != "also"
        count.more |= mark.low in {"added", "adds"}
        count.total |= bool(mark.sense("markers", "total"))
    count.share = is_of_a_share(marks, first)
    count.every &= not count.share
    if near and lang != "en":
        count.each |= bool(near[-1].sense("markers", "each"))
    after = marks[count.last + 1 : count.last + 4]
    inner = marks[count.first : count.last + 1]
    told = [mark for mark in near[-2:] if not (count.unit and mark.low == "with")]
    own = [mark for mark in after[:1] if not introduces(mark)]
    told = told if first == 0 or not _between_numbers(marks, first - 1) else []
    own = own if not _between_numbers(marks, count.last + 1) else []
    count.part = any(mark.sense("markers", "part") for mark in [*told, *inner, *own])
    count.state = not count.unit and _in_a_state(marks, count.last + 1)
    if lang == "en":
        count.each |= any(mark.is_a("each") for mark in after[:1]) or any(
            mark.is_a("each") for mark in marks[first : count.last + 1]
        )
        count.more |= any(mark.low in {"more", "additional"} for mark in [*inner, *after[:1]])


def _in_a_state(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether some of those hurt are told by their state: "двое в тяжёлом состоянии"."""
    for mark in marks[at : at + 4]:
        if mark.low.startswith(stems("state")):
            return True
        if mark.tag in {"comma", "conj"} or mark.number is not None:
            return False
    return False


def _between_numbers(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a word joins a part and its whole: "750 of the total 850 missiles"."""
    if not 0 < at < len(marks) - 1 or marks[at].low != OF_TOTAL:
        return False
    return marks[at - 1].number is not None and marks[at + 1].number is not None


def introduces(mark: Mark) -> bool:
    """Tell whether a word names parts after it, so that what stands before it is the whole."""
    return mark.low in cues("introduces")
