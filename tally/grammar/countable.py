"""Whether a number counts anything: not an age, a year, a model, a ratio, a page.

Knows nothing of what is counted.
"""

from collections.abc import Sequence

from tally.grammar.ages import AGED, hanging_ages, run_of_ages
from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark
from tally.grammar.shares import excepted

MODELS = {131, 136, 238}


PEOPLE = {"killed", "injured"}


LONGEST_ABBREVIATION = 4


def countable(marks: Sequence[Mark], at: int, end: int, lang: str) -> bool:
    """Refuse ages, ordinals of things, model numbers, prices, years and percentages."""
    before = marks[at - 1] if at else None
    after = marks[end + 1] if end + 1 < len(marks) else None
    whole = at > 1 and whole_behind_slash(marks, at - 1)
    if before is not None and not whole and _refused_before(marks, at, end, lang):
        return False
    if excepted(marks, at):
        return False
    told = before is not None and before.sense("hedges")
    if told and told.value in {"more_than", "at_least"} and _year(marks, at):
        return True
    if after is None:
        return not _year(marks, at)
    if after.text in {".", ")"} and all(mark.tag == "sign" for mark in marks[:at]):
        return False
    if marks[at].low == "both" and not _both_of(marks, end):
        return False
    quoted = before is not None and before.text == after.text == '"'
    slash = after.text == "/" and not whole_behind_slash(marks, end + 1)
    no_other = marks[at].number == 1 and after.low in NO_OTHER
    if no_other or _stands_for_a_thing(marks, at, end):
        return False
    if _at_death(marks, end):
        return False
    if quoted or slash or after.text == "]" or _model(marks, at) or _ratio(marks, at, end):
        return False
    aged = run_of_ages(marks, at, lang)[0] or hanging_ages(marks, at)[0]
    if aged or _measures(after.low, lang):
        return False
    return not _year(marks, at) or _of_something(marks, end)


def _at_death(marks: Sequence[Mark], end: int) -> bool:
    """Tell whether a number is how old somebody was: "he was 31 at the time of his death"."""
    words = " ".join(mark.low for mark in marks[end + 1 : end + 6])
    return words.startswith(("at the time of", "when he", "when she"))


def _both_of(marks: Sequence[Mark], end: int) -> bool:
    """Tell whether "both" counts people or weapons: "both soldiers", "both of those pilots"."""
    after = marks[end + 1 : end + 4]
    if after[0].is_a("outof"):
        return any(mark.unit == "person" for mark in after[1:])
    return after[0].sense("units") is not None or after[0].event in PEOPLE


NO_OTHER = {"лишь", "лише", "тільки"}  # "по одной лишь области"


def _stands_for_a_thing(marks: Sequence[Mark], at: int, end: int) -> bool:
    """Tell whether "one" is no person but what killed: "a war, one that has killed thousands"."""
    after = [mark for mark in marks[end + 1 : end + 4] if mark.tag != "aux"]
    relative = marks[at].low == "one" and after[0].low in {"that", "which"}
    return relative and len(after) > 1 and after[1].event in PEOPLE


def whole_behind_slash(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a slash stands between a part and its whole: "34/44 ударних БпЛА"."""
    part, rest = marks[at - 1].number if at else None, marks[at + 1 : at + 5]
    if marks[at].text != "/" or part is None or len(rest) < 2 or rest[0].number is None:
        return False
    noun = next((mark for mark in rest[1:] if mark.tag not in {"word", "quote"}), rest[1])
    return part <= rest[0].number and noun.unit in {"drone", "missile"}


def _of_something(marks: Sequence[Mark], end: int) -> bool:
    """Tell whether a number like a year counts: "1961 «Shaheds»", "at least 2014 people"."""
    after = [mark for mark in marks[end + 1 : end + 3] if mark.tag != "quote"]
    return bool(after) and after[0].is_a("drone", "missile", "person")


def _refused_before(marks: Sequence[Mark], at: int, end: int, lang: str) -> bool:
    """Tell whether the word before a number makes it a page, an age or a weapon's type."""
    before = marks[at - 1]
    glued = before.end == marks[at].start and before.text[-1:].isalpha()
    counted = before.low == "day" and end + 1 < len(marks) and bool(marks[end + 1].unit)
    if glued or (before.low in cues("uncounted_after", lang) and not counted):
        return True
    aside = _house(marks, at) or _debris(marks, at) or _points(marks, at, end)
    aside |= before.low in {"death", "murder", "injury"}  # a footnote's number
    aside |= _ends_span(marks, at) or _numbers(marks, at) or _lives_there(marks, at)
    aside |= _whose_remains(marks, at, end, lang)
    return aside or _hour(marks, at, end) or _age(marks, at) or _type(marks, at, end)


def _ends_span(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number is the end of years: "the famine of 1932-33"."""
    short = marks[at].tag == "number" and len(marks[at].text) == len("33")
    return short and at > 1 and marks[at - 1].tag == "dash" and _year(marks, at - 2)


def _numbers(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number is what something is called by: "City Hospital No. 2"."""
    return at > 1 and marks[at - 1].text == "." and marks[at - 2].low == "no"


def _lives_there(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number is that of a town's people: "a population of about 70,000"."""
    before = marks[max(0, at - 4) : at]
    return any(mark.low in cues("population") for mark in before) and not any(
        mark.event for mark in before
    )


def _whose_remains(marks: Sequence[Mark], at: int, end: int, lang: str) -> bool:
    """Tell whether one of those counted before was only found: "the body of one of the dead"."""
    last = at - 2 if marks[at - 1].low == "of" else at - 1
    found = last >= 0 and marks[last].low in cues("a_body", lang)
    again = any(mark.event == "killed" for mark in marks[end + 1 : end + 4])
    return found and marks[at].number == 1 and again


def _points(marks: Sequence[Mark], at: int, end: int) -> bool:
    """Tell whether "one" only points to something: "This one really hurt", "that one too"."""
    after = marks[end + 1] if end + 1 < len(marks) else None
    alone = after is None or not after.unit
    that = marks[at - 1].low == "that" and after is not None and after.low in {"too", "also"}
    return alone and marks[at].low == "one" and (marks[at - 1].low == "this" or that)


def _hour(marks: Sequence[Mark], at: int, end: int) -> bool:
    """Tell whether a number is an hour of the day: "at 9 in the morning"."""
    after = marks[end + 1].low if end + 1 < len(marks) else ""
    return marks[at - 1].low == "at" and after.startswith(("in the", "at night"))


def _debris(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether only pieces of so many fell: "debris from one of them", "обломки одного"."""
    last = at - 2 if marks[at - 1].low in {"from", "of", "від", "от"} else at - 1
    return last >= 0 and marks[last].low.startswith(stems("debris"))


def _house(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number is that of a house: "ул. Коммунаров, 32", "12 Shevchenka Street, 4"."""
    if at < 2 or marks[at - 1].tag != "comma":
        return False
    for mark in reversed(marks[max(0, at - 7) : at - 1]):
        if mark.event or mark.number is not None:
            return False
        if _is_street(mark.low):
            return True
    return False


def _is_street(word: str) -> bool:
    """Tell whether a word is an abbreviation for a street, or begins like one of the long ones."""
    return any(
        word.startswith(known) if len(known) > LONGEST_ABBREVIATION else word == known
        for known in stems("street")
    )


def _type(marks: Sequence[Mark], at: int, end: int) -> bool:
    """Tell whether a number is that of a weapon's type: "Shahed 136 flew", "Geran 2"."""
    before, after = marks[at - 1], marks[end + 1] if end + 1 < len(marks) else None
    name = before.unit in {"drone", "missile"} and before.text[0].isupper()
    large = marks[at].tag == "number" and (marks[at].number or 0) > LARGEST_VOLLEY
    plural = before.low in {"drones", "missiles"}
    return (
        name and large and not plural and after is not None and not after.is_a("drone", "missile")
    )


LARGEST_VOLLEY = 30


def _measures(text: str, lang: str) -> bool:
    """Tell whether the word after a number is a measure: per cent, years, kilometres."""
    if text in cues("measure") or text.startswith(stems("measure_stem")):
        return True
    return text in cues("age_noun", lang) or text in cues("measure", lang)


def _ratio(marks: Sequence[Mark], at: int, end: int) -> bool:
    """Tell whether a number is one side of a ratio: "в соотношении 7 к 1"."""
    if _one_in(marks, at, end + 1) or (at > 1 and _one_in(marks, at - 2, at - 1)):
        return True
    near = [mark.low for mark in marks[max(0, at - 8) : at]]
    told = any(word.startswith(("соотношени", "співвіднош", "ratio")) for word in near)
    after = marks[end + 1].low if end + 1 < len(marks) else ""
    before = near[-1] if near else ""
    return (
        told
        or (after == "к" and end + 2 < len(marks) and marks[end + 2].number is not None)
        or (before == "к" and at > 1 and marks[at - 2].number is not None)
    )


def _one_in(marks: Sequence[Mark], at: int, link: int) -> bool:
    """Tell whether two numbers are a share: "three in four drones", "four in ten Ukrainians"."""
    rest = marks[link : link + 3]
    numbers = marks[at].number is not None and len(rest) > 2 and rest[1].number is not None
    of_whom = rest[2].is_a("drone", "missile", "outof", "part") if len(rest) > 2 else False
    if numbers and rest[1].number in {5, 10, 100}:
        of_whom |= rest[2].unit == "person" or rest[2].sense("singulars", "one") is not None
    return numbers and rest[0].low == "in" and of_whom


def _model(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number names a type: "Shahed 136 and 131 drones"."""
    near = [mark.low for mark in marks[max(0, at - 3) : at]]
    return marks[at].number in MODELS and any(
        text.startswith(("shahed", "шахед", "geran", "герань")) for text in near
    )


WAS = {"was", "is"}
ENDS_AN_AGE = {"comma", "conj", "sign", "semicolon", "sub"}  # "he was 22, killed by a mine"


def _age(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number is an age: "a child of four", "men aged 59 and 61"."""
    before = marks[at - 1]
    after = marks[at + 1] if at + 1 < len(marks) else None
    if at >= 2 and before.low in WAS and (after is None or after.tag in ENDS_AN_AGE):
        owner = marks[at - 2]
        if owner.low in {"he", "she"} or (owner.tag == "word" and owner.text.istitle()):
            return True
    if (
        before.low == "at"
        and any(_died(mark) for mark in marks[max(0, at - 6) : at])
        and (after is None or not after.unit)
    ):
        return True
    if at >= 2 and before.low == "of":
        owner = marks[at - 2]
        if owner.sense("singulars") or owner.low == "age":
            return True
    if before.low in TURNED and any(mark.unit == "person" for mark in marks[:at]):
        return True
    for back in range(at - 1, max(-1, at - 7), -1):
        if marks[back].low in AGED:
            return True
        if marks[back].number is None and marks[back].tag not in {"conj", "comma"}:
            return False
    return False


def _died(mark: Mark) -> bool:
    return mark.event == "killed" and not mark.low.endswith("toll")  # "put the death toll at two"


TURNED = {"было", "исполнилось", "було", "виповнилося", "виповнилось"}


def _year(marks: Sequence[Mark], at: int) -> bool:
    value = marks[at].number or 0
    return (
        marks[at].tag == "number"
        and 1900 <= value <= 2035
        and "," not in marks[at].text
        and " " not in marks[at].text
    )
