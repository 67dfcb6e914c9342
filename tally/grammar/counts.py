"""Numbers with what they count: "at least 63 Russian attack drones", "ще троє", "a woman".

A number counts something when a known noun follows it, or when no noun does and the sentence
tells (elliptical: "53 over Oryol"). A number before an unknown noun is another kind of figure.
"""

from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.belonging import of_the_hurt
from tally.grammar.count import Count
from tally.grammar.countable import PEOPLE, countable
from tally.grammar.cues import cues
from tally.grammar.flags import note_words_beside
from tally.grammar.implied import implied_count
from tally.grammar.kinds import share_nouns
from tally.grammar.marks import TABLE, Mark
from tally.grammar.nouns import ANYTHING, WEAPONS, mixed, noun_phrase, of_a_record, of_stores
from tally.grammar.quantities import hedged, is_age_in_brackets, range_at, scaled, value_at
from tally.grammar.singulars import ONE_MORE, one_of_many, stands_for_a_thing
from tally.model import Quantity

NONE_OF = {"not", "ни", "жоден", "жодна", "жодної", "жодного"}
BOTH = {"both", "обидва", "обидві", "обоє", "оба", "обе"}


def find_counts(marks: Sequence[Mark], lang: str) -> list[Count]:
    """Return the counts of a sentence in order."""
    found: list[Count] = []
    heads = cues("head", lang)
    at = 0
    while at < len(marks):
        if not _may_count(marks[at], heads):
            at += 1
            continue
        count = (
            _numbered(marks, at, lang)
            or implied_count(marks, at, lang)
            or _as_many(marks, at, found[-1:], lang)
        )
        if count is None:
            at += 1
            continue
        found.append(count)
        at = count.last + 1
    share_nouns(found, marks)
    return _once(found, marks)


def _once(counts: list[Count], marks: Sequence[Mark]) -> list[Count]:
    """Count somebody once who is told behind "one of them": "one of them a child"."""
    kept: list[Count] = []
    for count in counts:
        last = kept[-1] if kept else None
        between = marks[last.last + 1 : count.first] if last is not None else ()
        apposed = count.implied and count.unit == "person" and 1 <= len(between) <= WHO
        if (
            last is not None
            and apposed
            and last.part
            and last.quantity == Quantity(1, 1)
            and last.unit in ("", "person")
            and between[0].sense("markers", "part") is not None
            and not any(mark.event or mark.tag in {"comma", "conj"} for mark in between)
        ):
            last.unit, last.victims = "person", last.victims or count.victims
            continue
        kept.append(count)
    return kept


WHO = 4  # marks from "one" to who it is: "one of them a young …"


def _as_many(marks: Sequence[Mark], at: int, before: Sequence[Count], lang: str) -> Count | None:
    """Read weapons of which there were as many as of those before: "and as many drones"."""
    if not before or marks[at].low not in AGAIN:
        return None
    words = [mark.low for mark in marks[at : at + 2]]
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


def _may_count(mark: Mark, heads: frozenset[str]) -> bool:
    """Tell whether a count can begin with a mark: a number, somebody, a weapon, an office."""
    return (
        mark.meaning.kinds & COUNTING != 0
        or mark.number is not None
        or not JOINED.isdisjoint(mark.text)
        or mark.low in ANOTHER
        or (bool(mark.senses) and mark.low in heads)
    )


COUNTING = sum(TABLE[name] for name in ("numerals", "singulars", "units", "speakers", "titles"))
ANOTHER = {*ONE_MORE, *(f"the {word}" for word in ONE_MORE), *AGAIN}
JOINED = frozenset("-'")  # "a 12-year-old", "a boy's body"


def _or_more(marks: Sequence[Mark], at: int) -> int:
    """Return how many marks stand between a number and its noun: "two more", "10 or so"."""
    if [mark.low for mark in marks[at : at + 2]] == ["or", "so"]:
        return 2
    after = marks[at + (marks[at].low in OR) :][:2] if at < len(marks) else ()
    if len(after) < 2 or after[0].tag != "more" or not (after[1].unit or after[1].tag == "word"):
        return 0
    return 2 if marks[at].low in OR else 1


OR = {"or", "или", "або", "чи"}


def _numbered(marks: Sequence[Mark], at: int, lang: str) -> Count | None:
    mark = marks[at]
    if mark.number is None or not _counts_something(marks, at):
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
    if threshold and at and marks[at - 1].low in {"of", "with"}:
        return None  # a threshold: "packages with 25 or more missiles"
    unit, noun_end, victims, weapon, mods, others = noun_phrase(marks, end + 1 + more, lang)
    if not unit and others and not _elliptical(marks, at, lang):
        unit = "other"
    if not unit and ((lang == "en" and of_a_record(marks, end + 1)) or _of_rockets(marks, end)):
        unit = "other"
    stores = lang == "en" and number > 1 and of_stores(marks, noun_end)
    of_a_thing = lang == "en" and number > 1 and _describes(marks, noun_end)
    if unit in WEAPONS and (stores or of_a_thing or mixed(marks, end + 1, noun_end)):
        unit = "other"
    if lang != "en" and of_the_hurt(marks, end + 1 + more):
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
    note_words_beside(marks, count, first, lang)
    count.part |= _of_a_whole(marks, at, end)
    _add_one_named(count, marks)
    return count


def _add_one_named(count: Count, marks: Sequence[Mark]) -> None:
    """Count whoever is named before others like them: "including Maria and two other teachers"."""
    first = count.first
    other = any(mark.low in OTHERS for mark in marks[first + 1 : first + 3])
    exact = count.quantity.low is not None and count.quantity.hedge == "exact"
    if not (other and exact) or first < PART_AND_NAME or marks[first - 1].low not in AND:
        return
    at = first - 2
    while at > 0 and marks[at].tag == "word" and marks[at].text.istitle():
        at -= 1
    named = first - 2 - at
    if 1 <= named <= LONGEST_NAME and marks[at].sense("markers", "part") is not None:
        number = (count.quantity.low or 0) + 1
        count.quantity = replace(count.quantity, low=number, high=number)
        count.first, count.start, count.part = at + 1, marks[at + 1].start, True
        count.rule = "somebody named and <number> others"


OTHERS = {"other", "others", "інших", "інші", "інша", "других", "другие"}
AND = {"and", "та", "і", "й", "и"}
PART_AND_NAME = 3  # marks before the number
LONGEST_NAME = 3


def _of_rockets(marks: Sequence[Mark], end: int) -> bool:
    """Tell whether a dash says that other arms were counted: "а также 26 - HIMARS"."""
    behind = [mark for mark in marks[end + 1 : end + 4] if mark.tag != "quote"]
    return len(behind) > 1 and behind[0].tag == "dash" and behind[1].unit == "rocketlike"


def _describes(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a weapon behind a plural number says what things are: "two drone workshops"."""
    after = marks[at + 1] if at + 1 < len(marks) else None
    launches = after is not None and after.low.startswith("launch")  # as many missiles
    return marks[at].low in {"drone", "missile"} and not launches


def _counts_something(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a number may count: no family, no "one of the houses", no "not one"."""
    mark, word = marks[at], marks[at].low
    if not mark.is_a("number", "collective", "fraction"):
        return False
    if _is_model(marks, at) or _joins_two(marks, at):
        return False
    if word == FAMILY and not _in_instrumental(marks[at + 1 : at + 3]):
        return False
    if word == "one" and stands_for_a_thing(marks, at):
        return False
    none = bool(at) and marks[at - 1].low in NONE_OF
    return not (mark.number == 1 and (none or one_of_many(marks, at)))


def _joins_two(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether "both" only joins two words: "killed, both troops and civilians"."""
    behind = marks[at + 1 : at + BOTH_WITHIN]
    joined = next((i for i, mark in enumerate(behind) if mark.tag == "conj"), 0)
    return (
        marks[at].low == "both"
        and 0 < joined < len(behind) - 1
        and not any(mark.event or mark.is_a("aux") for mark in behind[: joined + 2])
    )


BOTH_WITHIN = 5  # marks


def _is_model(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether digits name a weapon's model: "дроном Switchblade 600", "БпЛА «Орлан -10»"."""
    before = [mark for mark in marks[max(0, at - 4) : at] if mark.tag not in {"quote", "dash"}]
    if not before or not marks[at].text.isdigit():
        return False
    attached = marks[at - 1].tag == "dash" and marks[at - 1].end == marks[at].start
    latin = before[-1].text.isascii() and before[-1].text[:1].isupper()
    named = before[-1].tag == "word" or before[-1].unit in WEAPONS
    noun = len(before) > 1 and before[-2].unit in WEAPONS
    behind = marks[at + 1].unit if at + 1 < len(marks) else ""
    return named and noun and (latin or attached) and behind not in WEAPONS


def _of_a_whole(marks: Sequence[Mark], at: int, end: int) -> bool:
    """Tell whether a number is a part of those told before: "both killed", "two of the dead"."""
    following = marks[end + 1 : end + 3]
    if following and marks[at].low in BOTH and following[0].event in PEOPLE:
        return True
    return (
        len(following) > 1
        and following[0].sense("markers", "outof") is not None
        and (following[1].low in ANYTHING or following[1].event in PEOPLE)
    )


FAMILY = "семью"  # "a family" as an object, "seven" in the instrumental


def _in_instrumental(after: Sequence[Mark]) -> bool:
    return any(mark.low.endswith(("ами", "ями", "ьми")) for mark in after)


def _elliptical(marks: Sequence[Mark], at: int, lang: str) -> bool:
    return lang != "en" and marks[at].tag == "collective"
