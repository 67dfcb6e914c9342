"""Numbers with what they count: "at least 63 Russian attack drones", "ще троє", "a woman".

A number counts something when a known noun follows it, or when no noun does and the sentence
tells (elliptical: "53 over Oryol"). A number before an unknown noun is another kind of figure.
"""

from collections.abc import Sequence

from tally.grammar.ages import people_by_age
from tally.grammar.count import Count
from tally.grammar.countable import PEOPLE, countable
from tally.grammar.cues import cues, stems
from tally.grammar.kinds import OF_TOTAL, share_nouns
from tally.grammar.marks import Mark
from tally.grammar.nouns import ANYTHING, WEAPONS, mixed, noun_phrase
from tally.grammar.quantities import hedged, is_age_in_brackets, range_at, scaled, value_at
from tally.grammar.shares import is_of_a_share
from tally.grammar.singulars import (
    OF_AGE,
    ONE_MORE,
    accompanies,
    adjectival,
    aged,
    apposed,
    has_article,
    in_relative,
    names_event,
    of_age,
    of_several,
    official_fell,
    one_of_many,
    says_how,
    says_of_a_thing,
    stands_alone,
    stands_for_a_thing,
    under_age,
    years_alone,
)
from tally.model import Quantity

NONE_OF = {"not", "ни", "жоден", "жодна", "жодної", "жодного"}
BOTH = {"both", "обидва", "обидві", "обоє", "оба", "обе"}


def find_counts(marks: Sequence[Mark], lang: str) -> list[Count]:
    """Return the counts of a sentence in order."""
    found: list[Count] = []
    at = 0
    while at < len(marks):
        if _is_plain(marks[at]):
            at += 1
            continue
        count = (
            _numbered(marks, at, lang)
            or _implied(marks, at, lang)
            or _as_many(marks, at, found[-1:], lang)
        )
        if count is None:
            at += 1
            continue
        found.append(count)
        at = count.last + 1
    share_nouns(found, marks)
    return found


def _as_many(marks: Sequence[Mark], at: int, before: Sequence[Count], lang: str) -> Count | None:
    """Read weapons of which there were as many as of those before: "and as many drones"."""
    if not before or marks[at].text.lower() not in AGAIN:
        return None
    words = [mark.text.lower() for mark in marks[at : at + 2]]
    again = next((n for n in (1, 2) if " ".join(words[:n]) in AS_MANY), 0)
    joined = at > 0 and marks[at - 1].is_a("conj", "comma")
    if not again or not joined or before[0].unit not in WEAPONS:
        return None
    unit, last, _, weapon, mods, _ = noun_phrase(marks, at + again, lang)
    if unit not in WEAPONS:
        return None
    return Count(
        before[0].quantity, unit, "", weapon, at, last, marks[at].start, marks[at + again - 1].end,
        "as many as before", mods=mods,
    )  # fmt: skip


AS_MANY = {"as many", "столько же", "стільки ж", "стільки же"}
AGAIN = {words.split()[0] for words in AS_MANY}


def _is_plain(mark: Mark) -> bool:
    """Tell whether a mark is a word that nothing is known of, and no age: it counts nothing."""
    plain = mark.tag == "word" and not mark.senses and "-" not in mark.text
    return plain and mark.text.lower() not in {*ONE_MORE, *AGAIN}


def _or_more(marks: Sequence[Mark], at: int) -> int:
    """Return how many marks stand between a number and its noun: "two more", "10 or so"."""
    if [mark.text.lower() for mark in marks[at : at + 2]] == ["or", "so"]:
        return 2
    after = marks[at + (marks[at].text.lower() in OR) :][:2] if at < len(marks) else ()
    if len(after) < 2 or after[0].tag != "more" or not (after[1].unit or after[1].tag == "word"):
        return 0
    return 2 if marks[at].text.lower() in OR else 1


OR = {"or", "или", "або", "чи"}


def _numbered(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    mark = marks[at]
    if mark.number is None or not mark.is_a("number", "collective", "fraction"):
        return None
    if mark.text.lower() == FAMILY and not _in_instrumental(marks[at + 1 : at + 3]):
        return None
    if mark.text.lower() == "one" and stands_for_a_thing(marks, at):
        return None
    if mark.number == 1 and (
        (at and marks[at - 1].text.lower() in NONE_OF) or one_of_many(marks, at)
    ):
        return None
    number, last = value_at(marks, at)
    high, end = range_at(marks, at, last, number)
    if is_age_in_brackets(marks, at, end):
        return None
    if number is not None and high is not None:
        number, high, end = scaled(marks, number, high, end)
    if number is None or not countable(marks, at, end, lang):
        return None
    more = _or_more(marks, end + 1)
    threshold = more > 1 and marks[end + 2].tag == "more"
    if threshold and at and marks[at - 1].text.lower() in {"of", "with"}:
        return None  # a threshold: "packages with 25 or more missiles"
    unit, noun_end, victims, weapon, mods, others = noun_phrase(marks, end + 1 + more, lang)
    if not unit and others and not _elliptical(marks, at, lang):
        unit = "other"
    if unit in WEAPONS and mixed(marks, end + 1, noun_end):
        unit = "other"
    quantity, first, rule = hedged(marks, at, end, number, high)
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


FAMILY = "семью"  # "a family" as an object, "seven" in the instrumental


def _in_instrumental(after: Sequence[Mark]) -> bool:
    return any(mark.text.lower().endswith(("ами", "ями", "ьми")) for mark in after)


def _elliptical(marks: Sequence[Mark], at: int, lang: str) -> bool:
    return lang != "en" and marks[at].tag == "collective"


def _in_a_state(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether some of those hurt are told by their state: "двое в тяжёлом состоянии"."""
    for mark in marks[at : at + 4]:
        if mark.text.lower().startswith(stems("state")):
            return True
        if mark.tag in {"comma", "conj"} or mark.number is not None:
            return False
    return False


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
    count.share = is_of_a_share(marks, first)
    count.every &= not count.share
    if near and lang != "en":
        count.each |= bool(near[-1].sense("markers", "each"))
    after = marks[count.last + 1 : count.last + 4]
    inner = marks[count.first : count.last + 1]
    told = [mark for mark in near[-2:] if not (count.unit and mark.text.lower() == "with")]
    own = [mark for mark in after[:1] if not introduces(mark)]
    told = told if first == 0 or not _between_numbers(marks, first - 1) else []
    own = own if not _between_numbers(marks, count.last + 1) else []
    count.part = any(mark.sense("markers", "part") for mark in [*told, *inner, *own])
    count.state = not count.unit and _in_a_state(marks, count.last + 1)
    if lang == "en":
        count.each |= any(mark.is_a("each") for mark in after[:1]) or any(
            mark.is_a("each") for mark in marks[first : count.last + 1]
        )
        count.more |= any(
            mark.text.lower() in {"more", "additional"} for mark in [*inner, *after[:1]]
        )


def _between_numbers(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a word joins a part and its whole: "750 of the total 850 missiles"."""
    if not 0 < at < len(marks) - 1 or marks[at].text.lower() != OF_TOTAL:
        return False
    return marks[at - 1].number is not None and marks[at + 1].number is not None


def _speaks(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a person is who reports: "a man says his wife died", "офіцер про бій: «"."""
    colon = next((n for n, mark in enumerate(marks) if mark.tag == "colon"), 0)
    quoted = marks[colon + 1 :]
    if any(mark.text.lower() in ABOUT for mark in marks[max(0, colon - 4) : colon]) and (
        not quoted or quoted[0].text in QUOTES
    ):
        return at < colon or not any(mark.event for mark in quoted)
    if at > 1 and marks[at - 1].sense("markers", "report") and marks[at - 2].tag in ASIDE:
        return True  # "…, повідомив полковник"
    for i in range(at + 1, min(at + REACH, len(marks))):
        mark = marks[i]
        if mark.sense("markers", "report"):
            return not marks[i - 1].is_a("aux")
        if mark.event or mark.number is not None or mark.tag in {"comma", "sub", "conj", "open"}:
            return False
    return False


REACH = 9  # marks from a person to the word that says they speak
ASIDE = {"comma", "quote", "dash"}
QUOTES = set('«"“„')
ABOUT = {"про", "о", "об", "on", "about"}


def introduces(mark: Mark) -> bool:
    """Tell whether a word names parts after it, so that what stands before it is the whole."""
    return mark.text.lower() in cues("introduces")


def _by_their_ages(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    """Read people counted only by an age each: "женщины 61 и 70 лет"."""
    number, last = people_by_age(marks, at, lang)
    if not number:
        return None
    mark, sense = marks[at], marks[at].sense("units", "person")
    victims = sense.value if sense else ""
    return Count(
        Quantity(number, number), "person", victims, "", at, last, mark.start, marks[last].end,
        "an age each", mods=[mark.text.lower()],
    )  # fmt: skip


def _implied(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    """Read a grammatical singular that is plainly one: "a man", "женщина", "the girl's father"."""
    mark = marks[at]
    if mark.text.lower().removeprefix("the ") in ONE_MORE and stands_alone(marks, at):
        placed = at + 1 < len(marks) and marks[at + 1].is_a("over")
        unit = "" if placed else "person"
        one = Count(Quantity(1, 1), unit, "", "", at, at, mark.start, mark.end, "another")
        one.implied, one.more = not placed, mark.text.lower() != "the other"
        one.part = not one.more
        return one
    if years := years_alone(marks, at, lang):
        victims = "child" if years < OF_AGE else ""
        return Count(
            Quantity(1, 1), "person", victims, "", at, at, mark.start, mark.end, "one by age",
            implied=True,
        )  # fmt: skip
    if mark.unit == "person" and (told := _by_their_ages(marks, at, lang)) is not None:
        return told
    single = mark.sense("singulars")
    if single is None and official_fell(marks, at, lang):
        return Count(
            Quantity(1, 1), "person", "", "", at, at, mark.start, mark.end, "one by office",
            implied=True,
        )  # fmt: skip
    if single is None or (lang == "en" and not has_article(marks, at)):
        return None
    if lang == "en" and " " in mark.text and mark.text.istitle() and at:
        return None  # "the Ukrainian Border Guard" is a service
    if mark.event and (says_of_a_thing(marks, at) or says_how(marks, at)):
        return None
    if single.value == "person" and _speaks(marks, at):
        return None
    if single.tag == "companion" and not accompanies(marks, at):
        return None
    if lang == "en" and in_relative(marks, at):
        return None
    if (
        lang != "en"
        and at
        and (of_several(marks[at - 1]) or marks[at - 1].sense("numerals", "vague"))
    ):
        return None
    if lang == "en" and at > 1 and marks[at - 1].is_a("outof") and marks[at - 2].unit == "person":
        return None  # "the parents of the girl"
    if single.tag == "genitive" and not (at and names_event(marks[at - 1])):
        return None
    if at + 1 < len(marks) and lang == "en" and adjectival(marks, at):
        return None
    sense = mark.sense("units")
    victims = sense.value if sense and sense.tag == "person" else ""
    victims = "" if victims == "child" and of_age(marks, at) else victims
    if single.value == "person" and victims in {"", "civilian"} and under_age(marks, at):
        victims = "child"
    victims = victims or apposed(marks, at)
    unit = sense.tag if sense else single.value
    if unit != single.value:
        return None
    first = at
    while first and (marks[first - 1].sense("units", "mod") or aged(marks[first - 1])):
        first -= 1
    number = 2 if single.tag == "pair" else 1
    count = Count(
        Quantity(number, number),
        unit,
        victims,
        mark.text if unit != "person" else "",
        at,
        at,
        mark.start,
        mark.end,
        "one <singular>" if number == 1 else "a pair",
        implied=True,
        means=single.tag == "means",
        companion=single.tag == "companion",
        mods=[m.text.lower() for m in marks[first : at + 1]],
    )
    _flags(marks, count, first, lang)
    return count
