"""Numbers with what they count: "at least 63 Russian attack drones", "ще троє", "a woman".

A number counts something when a known noun follows it, or when no noun does and the sentence
tells (elliptical: "53 over Oryol"). A number before an unknown noun is another kind of figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tally.grammar.cues import cues
from tally.grammar.marks import Mark
from tally.model import Hedge, Quantity

RUN = 8
MODELS = {131, 136, 238}
PEOPLE = {"killed", "injured"}
BOTH = {"both", "обидва", "обидві", "обоє", "оба", "обе"}
ADVERBS = {"there", "here", "then", "alone", "too"}
ANYTHING = {"aircraft", "targets", "objects", "vehicles", "machines", "total", "number"}
RELATIVE = {"en": "years", "uk": "років", "ru": "лет"}


@dataclass(slots=True)
class Count:
    """A quantity and what it counts; `first` and `last` index the marks it is made of.

    `unit` is drone, missile, person, other, or empty when no noun is said. `partner` indexes the
    count of the whole in "63 out of 76".
    """

    quantity: Quantity
    unit: str
    victims: str
    weapon: str
    first: int
    last: int
    start: int
    end: int
    rule: str
    implied: bool = False
    means: bool = False
    companion: bool = False
    every: bool = False
    part: bool = False
    more: bool = False
    each: bool = False
    total: bool = False
    collective: bool = False
    mods: list[str] = field(default_factory=list)


def find_counts(marks: Sequence[Mark], lang: str) -> list[Count]:
    """Return the counts of a sentence in order."""
    found: list[Count] = []
    at = 0
    while at < len(marks):
        count = _numbered(marks, at, lang) or _implied(marks, at, lang)
        if count is None:
            at += 1
            continue
        found.append(count)
        at = count.last + 1
    _share_units(found, marks)
    return found


def _share_units(counts: Sequence[Count], marks: Sequence[Mark]) -> None:
    """Give "73" in "73 of 112 drones" the noun of its whole."""
    for part, whole in pairwise(counts):
        between = marks[part.last + 1 : whole.first]
        if (
            not part.unit
            and 1 <= len(between) <= 3
            and any(mark.sense("markers", "outof") for mark in between)
        ):
            part.unit, part.victims, part.weapon, part.mods = (
                whole.unit,
                whole.victims,
                whole.weapon,
                whole.mods,
            )


def _numbered(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    mark = marks[at]
    if mark.number is None or not mark.is_a("number", "collective", "fraction"):
        return None
    number, last = _value(marks, at)
    high, end = _range(marks, at, last, number)
    if number is None or not _countable(marks, at, end, lang):
        return None
    unit, noun_end, victims, weapon, mods, others = _noun(marks, end + 1, lang)
    if not unit and others and not _elliptical(marks, at, lang):
        unit = "other"
    quantity, first, rule = _hedged(marks, at, end, number, high)
    last_mark = max(noun_end, end) if unit else end
    count = Count(
        quantity,
        unit,
        victims,
        weapon,
        first,
        last_mark,
        marks[at].start,
        marks[end].end,
        rule,
        mods=mods,
    )
    count.collective = mark.tag == "collective"
    _flags(marks, count, first, lang)
    both = mark.text.lower() in BOTH and end + 1 < len(marks) and marks[end + 1].event in PEOPLE
    count.part |= both
    following = marks[end + 1 : end + 3]
    count.part |= (
        len(following) > 1
        and following[0].sense("markers", "outof") is not None
        and (following[1].text.lower() in ANYTHING or following[1].event in {"killed", "injured"})
    )
    return count


def _value(marks: Sequence[Mark], at: int) -> tuple[int | None, int]:
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
        and marks[last + 1].is_a("number")
        and 0 < (marks[last + 1].number or 0) < (10 if (marks[last].number or 0) < 100 else 100)
        and (marks[last].number or 0) >= 20
    ):
        last += 1
        total += marks[last].number or 0
    if last + 1 < len(marks) and marks[last + 1].is_a("multiplier"):
        last += 1
        total *= float(marks[last].sense("numerals", "multiplier").value)  # type: ignore[union-attr]
        if last + 1 < len(marks) and marks[last + 1].text == ".":
            last += 1
    elif mark.tag == "fraction":
        return None, last
    return round(total), last


def _range(marks: Sequence[Mark], at: int, last: int, low: int | None) -> tuple[int | None, int]:
    """Return the upper end of "5-8", "5 to 8", "between 5 and 8", and the mark it ends at."""
    if last + 2 >= len(marks) or low is None or marks[last + 2].number is None:
        return None, last
    link, other = marks[last + 1], marks[last + 2]
    before = marks[at - 1].text.lower() if at else ""
    dash = link.tag == "dash"
    word = link.text.lower() in {"to", "до"} and (
        before in {"from", "від", "от", ""} or marks[at - 1].tag not in {"event", "increase"}
    )
    between = link.text.lower() in {"and", "и", "та", "і", "до"} and before in {
        "between",
        "від",
        "от",
        "между",
        "між",
    }
    high = int(other.number)  # type: ignore[arg-type]
    if (
        (dash or word or between)
        and low < high <= low * 5 + 10
        and other.tag in {"number", "collective"}
    ):
        return high, last + 2
    return None, last


def _countable(marks: Sequence[Mark], at: int, end: int, lang: str) -> bool:
    """Refuse ages, ordinals of things, model numbers, prices, years and percentages."""
    before = marks[at - 1] if at else None
    after = marks[end + 1] if end + 1 < len(marks) else None
    if before is not None:
        if (
            before.text.lower() in cues("uncounted_after", lang)
            or _age(marks, at)
            or _set_off(marks, at, end)
        ):
            return False
        unit = before.sense("units")
        if (
            unit
            and unit.tag in {"drone", "missile"}
            and before.text[0].isupper()
            and before.text.lower() not in {"drones", "missiles"}
            and after is not None
            and not after.is_a("drone", "missile")
            and marks[at].tag == "number"
            and (marks[at].number or 0) > 30
        ):
            return False
    if after is None:
        return not _year(marks, at)
    if marks[at].text.lower() == "both" and not (after.sense("units") or after.event in PEOPLE):
        return False
    if after.text == "]" or _model(marks, at):
        return False
    if after.text.lower() == "counts":
        return False
    quoted = before is not None and before.text == after.text == '"'
    if after.text == "/" or quoted or _ratio(marks, at, end):
        return False
    text = after.text.lower()
    if text in {
        "%",
        "percent",
        "per",
        "процент",
        "процентов",
        "процента",
        "відсотк",
        "відсотків",
        "відсотки",
        "°",
        "$",
        "€",
    } or text.startswith(("відсот", "процент")):
        return False
    if text in cues("age_noun", lang) or text.startswith(("річн", "летн")):
        return False
    if (
        after.tag == "conj"
        and end + 3 < len(marks)
        and marks[end + 2].number is not None
        and marks[end + 3].text.lower() in (*cues("age_noun", lang), RELATIVE[lang])
    ):
        return False
    if lang == "en" and text in {
        "years",
        "year",
        "months",
        "days",
        "hours",
        "minutes",
        "km",
        "kilometres",
        "kilometers",
        "miles",
        "metres",
        "meters",
        "am",
        "pm",
        "a.m",
        "p.m",
        "th",
        "st",
    }:
        return False
    return not (_year(marks, at) and not after.is_a("drone", "missile", "person"))


def _set_off(marks: Sequence[Mark], at: int, end: int) -> bool:
    """Tell whether a number is set off behind a name as an age: "Mr Smith, 55, who …"."""
    if at < 2 or marks[at - 1].tag != "comma" or not YOUNGEST <= (marks[at].number or 0) <= OLDEST:
        return False
    name = marks[at - 2]
    named = name.text[:1].isupper() and name.tag == "word"
    after = marks[end + 1] if end + 1 < len(marks) else None
    return named and (after is None or after.text in {",", "."})


YOUNGEST, OLDEST = 14, 105


def _ratio(marks: Sequence[Mark], at: int, end: int) -> bool:
    """Tell whether a number is one side of a ratio: "в соотношении 7 к 1"."""
    near = [mark.text.lower() for mark in marks[max(0, at - 8) : at]]
    told = any(word.startswith(("соотношени", "співвіднош", "ratio")) for word in near)
    after = marks[end + 1].text.lower() if end + 1 < len(marks) else ""
    before = near[-1] if near else ""
    return (
        told
        or (after == "к" and end + 2 < len(marks) and marks[end + 2].number is not None)
        or (before == "к" and at > 1 and marks[at - 2].number is not None)
    )


def _model(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number names a type: "Shahed 136 and 131 drones"."""
    near = [mark.text.lower() for mark in marks[max(0, at - 3) : at]]
    return marks[at].number in MODELS and any(
        text.startswith(("shahed", "шахед", "geran", "герань")) for text in near
    )


def _age(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number is an age: "a child of four", "men aged 59 and 61"."""
    before = marks[at - 1]
    after = marks[at + 1] if at + 1 < len(marks) else None
    if (
        before.text.lower() == "at"
        and any(mark.event == "killed" for mark in marks[max(0, at - 6) : at])
        and (after is None or not after.unit)
    ):
        return True
    if at >= 2 and before.text.lower() == "of":
        owner = marks[at - 2]
        if owner.sense("singulars") or owner.text.lower() == "age":
            return True
    for back in range(at - 1, max(-1, at - 7), -1):
        if marks[back].text.lower() in {"aged", "віком", "возрастом", "ages", "возрасте", "віці"}:
            return True
        if marks[back].number is None and marks[back].tag not in {"conj", "comma"}:
            return False
    return False


def _year(marks: Sequence[Mark], at: int) -> bool:
    value = marks[at].number or 0
    return (
        marks[at].tag == "number"
        and 1900 <= value <= 2035
        and "," not in marks[at].text
        and " " not in marks[at].text
    )


def _noun(marks: Sequence[Mark], at: int, lang: str) -> tuple[str, int, str, str, list[str], bool]:
    """Read the noun phrase after a number: unit, its last mark, victims, weapon, modifiers, and
    whether unknown words stand there."""
    unit, end, victims, weapon, others = "", at - 1, "", "", False
    mods: list[str] = []
    of = at < len(marks) and bool(marks[at].sense("markers", "outof"))
    at += of or (
        at < len(marks)
        and bool(marks[at].sense("markers", "part"))
        and marks[at].is_a("outof") is False
        and at + 1 < len(marks)
        and bool(marks[at + 1].unit)
    )
    for i in range(at, min(at + RUN, len(marks))):
        mark = marks[i]
        sense = mark.sense("units")
        if sense is not None and sense.tag == "rocketlike" and _weapon_next(marks, i):
            mods.append(mark.text.lower())
            continue
        if sense is not None and sense.tag != "mod":
            if unit and lang != "en":
                break
            if of and mark.text.lower() in ANYTHING:
                break
            unit, end = ("other" if sense.tag == "rocketlike" else sense.tag), i
            victims = sense.value if sense.tag == "person" else ""
            weapon = mark.text if sense.tag in {"drone", "missile"} else ""
            mods.append(mark.text.lower())
            continue
        if sense is not None:
            mods.append(mark.text.lower())
            continue
        if _passes(marks, i, lang, unit):
            mods.append(mark.text.lower())
            others = others or mark.tag == "word"
            continue
        break
    return unit, end, victims, weapon, mods, others


def _weapon_next(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether an adjective of aviation or artillery belongs to a missile or a drone."""
    return i + 1 < len(marks) and marks[i + 1].unit in {"drone", "missile"}


def _passes(marks: Sequence[Mark], i: int, lang: str, unit: str) -> bool:
    """Tell whether the noun phrase may go on over this mark."""
    mark = marks[i]
    following = marks[i + 1] if i + 1 < len(marks) else None
    if mark.text.lower() in ADVERBS:
        return False
    if mark.tag == "word":
        return (not (unit and lang != "en") and not mark.text.lower().endswith(("ly", "'s"))) or (
            mark.text.lower().endswith("'s") and not unit
        )
    if mark.tag == "quote":
        return (following is not None and bool(following.unit)) or bool(unit) is False
    if mark.event and not unit and _unit_soon(marks, i + 1):
        return True
    if mark.tag == "dash":
        return following is not None and not unit and marks[i - 1].end == mark.start
    if mark.tag == "conj" and following is not None and lang == "en":
        return (
            bool(following.sense("units"))
            and following.unit in {"drone", "missile", ""}
            and unit in {"drone", ""}
            and i > 0
            and marks[i - 1].number is None
            and not _numbered_soon(marks, i + 1)
        )
    if mark.is_a("speaker", "place", "placeadj") and not unit and lang == "en":
        return following is not None and (bool(following.sense("units")) or following.tag == "word")
    return False


def _unit_soon(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether an event word is an adjective: "105 сбитых украинских дронов"."""
    for mark in marks[i : i + 3]:
        if mark.unit in {"drone", "missile", "person"}:
            return True
        if not (mark.sense("units", "mod") or mark.tag == "word"):
            return False
    return False


def _numbered_soon(marks: Sequence[Mark], i: int) -> bool:
    return any(mark.number is not None for mark in marks[i : i + 2])


def _elliptical(marks: Sequence[Mark], at: int, lang: str) -> bool:
    return lang != "en" and marks[at].tag == "collective"


def _hedged(
    marks: Sequence[Mark], at: int, end: int, low: int, high: int | None
) -> tuple[Quantity, int, str]:
    """Return the quantity with its words of doubt, the mark it begins at, and the rule."""
    first, hedge = at, ""
    back = at - 1
    while back >= 0 and at - back <= 3:
        sense = marks[back].sense("hedges")
        if sense is not None:
            hedge, first = sense.value, back
            back -= 1
            if hedge != "about":
                break
            continue
        if (
            marks[back].text.lower()
            in {"the", "a", "from", "between", "всего", "в", "целых", "загалом"}
            and first == at
        ):
            back -= 1
            continue
        break
    if high is not None:
        return Quantity(low, high, "range"), first, "<low> to <high>"
    after = marks[end + 1].text.lower() if end + 1 < len(marks) else ""
    after2 = marks[end + 2].text.lower() if end + 2 < len(marks) else ""
    if after == "+":
        hedge = "at_least"
    if after in {"or", "или", "або", "чи"} and after2 in {"more", "более", "больше", "більше"}:
        hedge = "at_least"
    kind: Hedge = hedge or "exact"  # type: ignore[assignment]
    if kind in {"at_least", "more_than"}:
        return Quantity(low, None, kind), first, f"{kind} <number>"
    if kind in {"at_most", "less_than"}:
        return Quantity(None, low, kind), first, f"{kind} <number>"
    return Quantity(low, low, kind), first, "<number>" if kind == "exact" else f"{kind} <number>"


def _flags(marks: Sequence[Mark], count: Count, first: int, lang: str) -> None:
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
        count.more |= bool(mark.sense("markers", "more")) and mark.text.lower() != "also"
        count.more |= mark.text.lower() in {"added", "adds"}
        count.total |= bool(mark.sense("markers", "total"))
    if near and lang != "en":
        count.each |= bool(near[-1].sense("markers", "each"))
    after = marks[count.last + 1 : count.last + 4]
    inner = marks[count.first : count.last + 1]
    count.part = any(mark.sense("markers", "part") for mark in [*near[-2:], *inner, *after[:1]])
    if lang == "en":
        count.each |= any(mark.is_a("each") for mark in after[:1]) or any(
            mark.is_a("each") for mark in marks[first : count.last + 1]
        )
        count.more |= any(
            mark.text.lower() in {"more", "additional"} for mark in [*inner, *after[:1]]
        )


ARTICLES = {"a", "an", "one", "another", "the", "his", "her", "their", "whose"}


def _implied(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    """Read a grammatical singular that is plainly one: "a man", "женщина", "the girl's father"."""
    mark = marks[at]
    if mark.text.lower() in {"another", "other", "the other"} and _alone(marks, at):
        placed = at + 1 < len(marks) and marks[at + 1].is_a("over")
        unit = "" if placed else "person"
        one = Count(Quantity(1, 1), unit, "", "", at, at, mark.start, mark.end, "another")
        one.implied, one.more = not placed, mark.text.lower() != "the other"
        one.part = not one.more
        return one
    single = mark.sense("singulars")
    if single is None or (lang == "en" and not _article(marks, at)):
        return None
    if mark.event and at + 1 < len(marks) and marks[at + 1].tag == "word":
        return None
    if single.tag == "companion" and not _accompanies(marks, at):
        return None
    if lang != "en" and at and _of_several(marks[at - 1]):
        return None
    if single.tag == "genitive" and not (at and _names_event(marks[at - 1])):
        return None
    if at + 1 < len(marks) and lang == "en" and _adjectival(marks, at):
        return None
    sense = mark.sense("units")
    victims = sense.value if sense and sense.tag == "person" else ""
    unit = sense.tag if sense else single.value
    if unit != single.value:
        return None
    first = at
    while first and (marks[first - 1].sense("units", "mod") or _aged(marks[first - 1])):
        first -= 1
    quantity = Quantity(1, 1)
    count = Count(
        quantity,
        unit,
        victims,
        mark.text if unit != "person" else "",
        at,
        at,
        mark.start,
        mark.end,
        "one <singular>",
        implied=True,
        means=single.tag == "means",
        companion=single.tag == "companion",
        mods=[m.text.lower() for m in marks[first : at + 1]],
    )
    _flags(marks, count, first, lang)
    return count


def _adjectival(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a singular only describes the noun after it: "civilian population"."""
    following = marks[at + 1]
    hits = following.text.lower() == "hits" and any(
        m.text.lower() == "on" for m in marks[at + 2 : at + 3]
    )
    if hits:
        return True
    word = marks[at].text.lower() == "civilian" and following.tag == "word"
    return bool(following.unit) or word or following.text.lower() in {"deaths", "injuries"}


def _aged(mark: Mark) -> bool:
    return mark.text.lower().endswith("year-old")


def _names_event(mark: Mark) -> bool:
    """Tell whether an event is a noun that takes a genitive: "уничтожение беспилотника"."""
    return mark.event in {"intercepted", "lost"} and mark.text.lower().endswith(NOUN_ENDINGS)


def _of_several(mark: Mark) -> bool:
    """Tell whether an adjective is plural, so that "погибших солдат" are not one."""
    return not mark.sense("markers") and mark.text.lower().endswith(OF_SEVERAL)


OF_SEVERAL = ("ых", "их", "ыми", "ими")
NOUN_ENDINGS = ("ние", "нии", "нию", "нием", "ния", "ння", "нні", "нням", "ття", "тті")


def _accompanies(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a person is named beside another one: "чоловік із дружиною"."""
    before = marks[at - 1].text.lower() if at > 1 else ""
    return before in {"із", "з", "зі", "с", "со"} and bool(marks[at - 2].sense("singulars"))


def _alone(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether "another" or "the other" stands for a person: "another wounded"."""
    after = marks[at + 1 : at + 3]
    if marks[at].text.lower() == "the other":
        return at > 0 and marks[at - 1].event == "killed"
    if marks[at].text.lower() == "other":
        back = marks[max(0, at - 2) : at]
        return len(back) == 2 and back[1].text.lower() == "the" and back[0].event == "killed"
    return bool(after) and (
        (after[0].is_a("over") and marks[at].text.islower())
        or after[0].event in {"killed", "injured"}
        or (after[0].tag == "aux" and after[-1].event in {"killed", "injured"})
    )


def _article(marks: Sequence[Mark], at: int) -> bool:
    if _in_headline(marks, at):
        return True
    for back in range(at - 1, max(-1, at - 7), -1):
        mark = marks[back]
        if mark.text.lower() in ARTICLES:
            return True
        if mark.text.lower() == "of" and back > 1 and marks[back - 1].event == "killed":
            return marks[back - 2].text.lower() in {"after", "following", "with"}
        if mark.tag in {"comma", "conj", "aux", "over", "number"} or (
            mark.event and back != at - 1 and not mark.sense("units", "mod")
        ):
            return False
    return at <= 3 and all(
        mark.tag in {"word", "mod", "digits", "dash", "place"} or mark.sense("units")
        for mark in marks[:at]
    )


def _in_headline(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a weapon stands without article, as in "Russian missile hits school"."""
    before = marks[max(0, at - 2) : at]
    opens = len(before) < 2 or before[0].tag in {"sub", "conj", "colon", "comma"}
    after = marks[at + 1] if at + 1 < len(marks) else None
    owned = bool(before) and before[-1].text in {"Russian", "Ukrainian"}
    struck = after is not None and after.event in {"hit", "intercepted"}
    return owned and opens and struck and marks[-1].text != "."
