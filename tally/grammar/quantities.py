"""The number that is said: its value, its range and its words of doubt, before what it counts."""

from collections.abc import Sequence

from tally.grammar.marks import Mark
from tally.model import Hedge, Quantity


def value_at(marks: Sequence[Mark], at: int) -> tuple[int | None, int]:
    """Return the number that starts here, and the mark it ends at."""
    mark = marks[at]
    assert mark.number is not None
    total, last = mark.number, at
    while (
        last + 1 < len(marks)
        and marks[last + 1].number is not None
        and marks[last].sense("numerals")
        and marks[last + 1].sense("numerals")
        and not marks[last + 1].is_a("multiplier")
        and marks[last + 1].is_a("number", "collective")
        and 0 < (marks[last + 1].number or 0) < (10 if (marks[last].number or 0) < 100 else 100)
        and (marks[last].number or 0) >= 20
    ):
        last += 1
        total += marks[last].number or 0
    if _and_more(marks, last):
        last += 2
        total += marks[last].number or 0
    if last + 1 < len(marks) and marks[last + 1].low in TENS and mark.is_a("number"):
        return round(total) * 10, last + 1
    if last + 1 < len(marks) and marks[last + 1].is_a("multiplier"):
        last += 1
        total *= float(marks[last].sense("numerals", "multiplier").value)  # type: ignore[union-attr]
        if last + 1 < len(marks) and marks[last + 1].text == ".":
            last += 1
    elif mark.tag == "fraction":
        return None, last
    return round(total), last


def _and_more(marks: Sequence[Mark], last: int) -> bool:
    """Tell whether a number in words goes on behind "and": "one hundred and fifteen"."""
    following = marks[last + 1 : last + 3]
    hundreds = marks[last].sense("numerals") and (marks[last].number or 0) % 100 == 0
    if not hundreds or not marks[last].number or len(following) < 2:
        return False
    rest = following[1].sense("numerals") and 0 < (following[1].number or 0) < 100
    return bool(rest) and following[0].text == "and"


def _grown_to(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether "до" leads from an old number to the new one: "с 12 до 15"."""
    before = marks[max(0, at - 2) : at]
    return len(before) == 2 and before[0].low in OLD and before[1].number is not None


def _grows_to(marks: Sequence[Mark], at: int, end: int) -> bool:
    """Tell whether "до" leads to the new number before its verb: "до двох зросла кількість"."""
    after = marks[end + 1 : end + 3]
    return marks[at].low == "до" and any(mark.sense("markers", "increase") for mark in after)


OLD = {"з", "зі", "із", "с", "со"}
TENS = {"десятки", "десятків", "десятка", "десятков"}


def range_at(marks: Sequence[Mark], at: int, last: int, low: int | None) -> tuple[int | None, int]:
    """Return the upper end of "5-8", "5 to 8", "between 5 and 8", and the mark it ends at."""
    if last + 2 >= len(marks) or low is None or marks[last + 2].number is None:
        return None, last
    link, other = marks[last + 1], marks[last + 2]
    if any(mark.sense("markers", "increase") for mark in marks[max(0, at - 2) : at]):
        return None, last
    before = marks[at - 1].low if at else ""
    dash = link.tag == "dash"
    word = link.low in {"to", "до"} and (
        before in {"from", "від", "от", ""} or marks[at - 1].tag not in {"event", "increase"}
    )
    between = link.low in {"and", "и", "та", "і", "до"} and before in {
        "between",
        "від",
        "от",
        "между",
        "між",
    }
    high = int(other.number)  # type: ignore[arg-type]
    if word and high % 1000 == 0 and low < high // 1000 <= low * 5:
        return high, last + 2  # "70 to 80,000": thousands are said once
    if (
        (dash or word or between)
        and low < high <= low * 5 + 10
        and other.tag in {"number", "collective"}
    ):
        return high, last + 2
    return None, last


def scaled(marks: Sequence[Mark], low: int, high: int, end: int) -> tuple[int, int, int]:
    """Return a range whose thousands are said once: "10-15 thousand", "70 to 80,000"."""
    if high > low * 100:
        return low * 1000, high, end
    after = marks[end + 1] if end + 1 < len(marks) else None
    if after is None or not after.is_a("multiplier"):
        return low, high, end
    factor = round(float(after.sense("numerals", "multiplier").value))  # type: ignore[union-attr]
    point = end + 2 < len(marks) and marks[end + 2].text == "."
    return low * factor, high * factor, end + 1 + point


def is_age_in_brackets(marks: Sequence[Mark], first: int, last: int) -> bool:
    """Tell whether a number is the age of who stands before it: "a woman (22)"."""
    if first < 2 or last + 1 >= len(marks) or marks[first - 1].tag != "open":
        return False
    who = marks[first - 2]
    person = who.unit == "person" or (who.tag == "word" and who.text.istitle())
    return person and marks[last + 1].tag == "close" and marks[first].tag == "number"


def hedged(
    marks: Sequence[Mark], at: int, end: int, low: int, high: int | None
) -> tuple[Quantity, int, str]:
    """Return the quantity with its words of doubt, the mark it begins at, and the rule."""
    first, hedge = at, ""
    back = at - 1
    while back >= 0 and at - back <= 3:
        sense = marks[back].sense("hedges")
        if sense is not None and (_grown_to(marks, back) or _grows_to(marks, back, end)):
            break
        if sense is not None:
            hedge, first = sense.value, back
            back -= 1
            if hedge != "about":
                break
            continue
        if (
            marks[back].low in {"the", "a", "from", "between", "всего", "в", "целых", "загалом"}
            and first == at
        ):
            back -= 1
            continue
        break
    if high is not None:
        return Quantity(low, high, "range"), first, "<low> to <high>"
    after = marks[end + 1].low if end + 1 < len(marks) else ""
    after2 = marks[end + 2].low if end + 2 < len(marks) else ""
    if after == "+":
        hedge = "at_least"
    if after in {"or", "или", "або", "чи"} and after2 in {"more", "более", "больше", "більше"}:
        hedge = "at_least"
    if (after, after2) == ("or", "so"):
        hedge = hedge or "about"
    kind: Hedge = hedge or "exact"  # type: ignore[assignment]
    if kind in {"at_least", "more_than"}:
        return Quantity(low, None, kind), first, f"{kind} <number>"
    if kind in {"at_most", "less_than"}:
        return Quantity(None, low, kind), first, f"{kind} <number>"
    return Quantity(low, low, kind), first, "<number>" if kind == "exact" else f"{kind} <number>"
