"""Grammatical singulars that are plainly one, and who is counted by an age: "a man", "11-річна"."""

from collections.abc import Sequence

from tally.grammar.ages import hanging_ages, people_by_age
from tally.grammar.articles import has_article
from tally.grammar.count import Count
from tally.grammar.cues import cues
from tally.grammar.flags import note_words_beside
from tally.grammar.marks import Mark, meant_by_owner
from tally.grammar.nouns import WEAPONS
from tally.grammar.singulars import (
    OF_AGE,
    ONE_MORE,
    accompanies,
    adjectival,
    aged,
    apposed,
    depicted,
    describes_a_thing,
    in_pieces,
    in_relative,
    is_somebody,
    names_event,
    of_age,
    of_several,
    of_some_rank,
    official_fell,
    says_how,
    says_of_a_thing,
    stands_alone,
    under_age,
    years_alone,
)
from tally.model import Quantity
from tally.vocabulary import Sense


def implied_count(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    """Return the one, the pair or the people by age that a mark stands for, or None."""
    return (
        _another(marks, at)
        or _of_age(marks, at, lang)
        or _by_their_ages(marks, at, lang)
        or _by_hanging_ages(marks, at)
        or _in_office(marks, at, lang)
        or _whose_body(marks, at)
        or _singular(marks, at, lang)
    )


def _another(marks: Sequence[Mark], at: int) -> Count | None:
    mark = marks[at]
    if mark.low.removeprefix("the ") not in ONE_MORE or not stands_alone(marks, at):
        return None
    placed = at + 1 < len(marks) and marks[at + 1].is_a("over")
    one = _one(mark, at, "another", "" if placed else "person")
    one.implied, one.more = not placed, mark.low != "the other"
    one.part = not one.more
    return one


def _one(mark: Mark, at: int, rule: str, unit: str = "person", victims: str = "") -> Count:
    return Count(
        Quantity(1, 1), unit, victims, "", at, at, mark.start, mark.end, rule, implied=True
    )  # fmt: skip


def _of_age(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    years = years_alone(marks, at, lang)
    return (
        _one(marks[at], at, "one by age", victims="child" if years < OF_AGE else "")
        if years
        else None
    )


def _in_office(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    fell = marks[at].sense("singulars") is None and official_fell(marks, at, lang)
    return _one(marks[at], at, "one by office") if fell else None


def _whose_body(marks: Sequence[Mark], at: int) -> Count | None:
    """Read somebody who owns a body that was found: "a woman's body was pulled from the ruins"."""
    after = marks[at + 1 : at + 2]
    if not marks[at].low.endswith("'s") or not after or after[0].low not in cues("a_body", "en"):
        return None
    beside = [*marks[max(0, at - 4) : at], *marks[at + 2 : at + 6]]
    found = any(mark.low in cues("found", "en") for mark in beside)
    senses = meant_by_owner(marks[at])
    if not found or not any(sense.table == "singulars" for sense in senses):
        return None
    victims = next((sense.value for sense in senses if sense.tag == "person"), "")
    return _one(marks[at], at, "whose body was found", victims=victims)


def _by_their_ages(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    """Read people counted only by an age each: "женщины 61 и 70 лет"."""
    if marks[at].unit != "person":
        return None
    number, last = people_by_age(marks, at, lang)
    if not number:
        return None
    mark, sense = marks[at], marks[at].sense("units", "person")
    victims = sense.value if sense else ""
    return Count(
        Quantity(number, number), "person", victims, "", at, last, mark.start, marks[last].end,
        "an age each", mods=[mark.low],
    )  # fmt: skip


def _by_hanging_ages(marks: Sequence[Mark], at: int) -> Count | None:
    """Read people whose ages share a noun: "47- і 52-річний чоловіки"."""
    number, last = hanging_ages(marks, at)
    noun = next((mark for mark in marks[last + 1 : last + 2] if is_somebody(mark)), None)
    if not number or noun is None:
        return None
    sense = noun.sense("units", "person")
    return Count(
        Quantity(number, number), "person", sense.value if sense else "", "", at, last + 1,
        marks[at].start, noun.end, "an age each", mods=[noun.low],
    )  # fmt: skip


def _singular(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    mark, single = marks[at], marks[at].sense("singulars")
    if single is None or _names_no_one(marks, at, lang, single):
        return None
    sense = mark.sense("units")
    unit = sense.tag if sense else single.value
    if unit != single.value:
        return None
    first = at
    while first and (marks[first - 1].sense("units", "mod") or aged(marks[first - 1])):
        first -= 1
    pair = single.tag == "pair"
    count = Count(
        Quantity(2, 2) if pair else Quantity(1, 1),
        unit,
        _victims(marks, at, sense, single),
        mark.text if unit != "person" else "",
        at,
        at,
        mark.start,
        mark.end,
        "a pair" if pair else "one <singular>",
        implied=True,
        means=single.tag == "means" or _with_it(marks, first, unit),
        companion=single.tag == "companion",
        mods=[m.low for m in marks[first : at + 1]],
    )
    note_words_beside(marks, count, first, lang)
    return count


def _with_it(marks: Sequence[Mark], first: int, unit: str) -> bool:
    """Tell whether a weapon is what somebody struck with: "hit a hotel with a missile"."""
    before = marks[max(0, first - 2) : first]
    article = bool(before) and before[-1].low in {"a", "an", "one"}
    by = unit in WEAPONS and article and len(before) > 1 and before[0].low == "with"
    return by and any(mark.event == "hit" for mark in marks[max(0, first - STRUCK_WITHIN) : first])


STRUCK_WITHIN = 14  # marks from the verb to the weapon


def _victims(marks: Sequence[Mark], at: int, sense: Sense | None, single: Sense) -> str:
    victims = sense.value if sense and sense.tag == "person" else ""
    victims = "" if victims == "child" and of_age(marks, at) else victims
    if single.value == "person" and victims in {"", "civilian"} and under_age(marks, at):
        victims = "child"
    return victims or apposed(marks, at)


def _names_no_one(marks: Sequence[Mark], at: int, lang: str, single: Sense) -> bool:
    """Tell whether a singular describes, speaks, stands for many or for a thing."""
    mark = marks[at]
    return (
        (bool(mark.event) and (says_of_a_thing(marks, at) or says_how(marks, at)))
        or (single.value == "person" and (describes_a_thing(marks, at) or _speaks(marks, at)))
        or (single.tag == "companion" and not accompanies(marks, at))
        or (single.tag == "genitive" and not (at and names_event(marks[at - 1])))
        or (_none_in_english(marks, at) if lang == "en" else _of_many(marks, at))
    )


def _none_in_english(marks: Sequence[Mark], at: int) -> bool:
    mark = marks[at]
    service = " " in mark.text and mark.text.istitle() and at > 0  # "the Ukrainian Border Guard"
    whose = at > 1 and marks[at - 1].is_a("outof") and marks[at - 2].unit == "person"
    return (
        not has_article(marks, at)
        or service
        or in_relative(marks, at)
        or whose  # "the parents of the girl"
        or (at + 1 < len(marks) and adjectival(marks, at))
        or (mark.unit != "person" and in_pieces(marks, at))
        or depicted(marks, at)
        or of_some_rank(marks, at)
    )


def _of_many(marks: Sequence[Mark], at: int) -> bool:
    before = next((mark for mark in reversed(marks[:at]) if mark.tag != "quote"), None)
    return before is not None and (
        of_several(before) or before.sense("numerals", "vague") is not None or before.low in TYPE
    )


TYPE = {"типу", "типа"}  # of which the counted are: "дев'ять БпЛА типу «шахед»"


def _speaks(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a person is who reports: "a man says his wife died", "офіцер про бій: «"."""
    colon = next((n for n, mark in enumerate(marks) if mark.tag == "colon"), 0)
    quoted = marks[colon + 1 :]
    if any(mark.low in ABOUT for mark in marks[max(0, colon - 4) : colon]) and (
        not quoted or quoted[0].tag == "quote"
    ):
        return at < colon or not any(mark.event for mark in quoted)
    if at > 1 and marks[at - 1].sense("markers", "report") and marks[at - 2].tag in ASIDE:
        return True  # "…, повідомив полковник"
    if _signs(marks, at):
        return True
    for i in range(at + 1, min(at + REACH, len(marks))):
        mark = marks[i]
        if mark.sense("markers", "report"):
            return not marks[i - 1].is_a("aux")
        if mark.event or mark.number is not None or mark.tag in {"comma", "sub", "conj", "open"}:
            return False
    return False


def _signs(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether somebody stands behind a comma and a dash at the end: "…, – журналістка"."""
    before = [mark.tag for mark in marks[max(0, at - 2) : at]]
    after = marks[at + 1 :]
    told = any(mark.event for mark in marks[:at]) and not any(mark.event for mark in after)
    return before == ["comma", "dash"] and told and len(after) <= NAMED


NAMED = 4  # marks of somebody's name and paper
REACH = 9  # marks from a person to the word that says they speak
ASIDE = {"comma", "quote", "dash"}
ABOUT = {"про", "о", "об", "on", "about"}
