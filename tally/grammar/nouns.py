"""The noun phrase after a number: what is counted, and the words that describe it."""

from collections.abc import Sequence

from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark

RUN = 8


ADVERBS = {
    "there", "here", "then", "alone", "too", "following", "amid", "despite", "during",
    "о", "об", "про",
}  # fmt: skip


ANYTHING = {"aircraft", "targets", "objects", "vehicles", "machines", "total", "number"}


def noun_phrase(
    marks: Sequence[Mark], at: int, lang: str
) -> tuple[str, int, str, str, list[str], bool]:
    """Read the noun phrase after a number: unit, its last mark, victims, weapon, modifiers, and
    whether unknown words stand there."""
    unit, end, victims, weapon, others = "", at - 1, "", "", False
    mods: list[str] = []
    of = at < len(marks) and bool(marks[at].sense("markers", "outof"))
    at = _behind_bodies(marks, at + (of or _is_part_of_a_unit(marks, at)))
    under_way = at
    for i in range(at, min(at + RUN, len(marks))):
        mark = marks[i]
        under_way = max(under_way, _under_way(marks, i))
        if i < under_way:
            continue
        sense = mark.sense("units")
        if unit and mark.low in NEXT_NOUN:
            break
        if (mark.low.startswith(UNITS) or mark.low in TIMES) and not unit:
            return "other", i, "", "", mods, others  # "2 одиниці С-300", "3 пункта управления"
        if sense is not None and sense.tag == "rocketlike" and _weapon_next(marks, i):
            mods.append(mark.low)
            continue
        if of and sense is not None and _describes_a_noun(marks, i):
            mods.append(mark.low)
            continue
        if sense is not None and sense.tag != "mod":
            if unit and lang != "en":
                break
            if of and mark.low in ANYTHING:
                break
            launcher = i + 1 < len(marks) and marks[i + 1].low.startswith(WITH_A_WEAPON)
            launcher |= i > at and marks[i - 1].low.startswith(OF_A_WEAPON)
            unit, end = ("other" if sense.tag == "rocketlike" or launcher else sense.tag), i
            victims = sense.value if sense.tag == "person" else ""
            weapon = mark.text if sense.tag in {"drone", "missile"} else ""
            mods.append(mark.low)
            continue
        if sense is not None:
            mods.append(mark.low)
            continue
        if not unit and _soldiers(mark):
            unit, end, victims = "person", i, "military"
            mods += mark.low.split()
            continue
        if _passes(marks, i, lang, unit):
            mods.append(mark.low)
            others = others or (mark.tag == "word" and mark.low not in UNSAYING)
            continue
        break
    return unit, end, victims, weapon, mods, others


def _is_part_of_a_unit(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a part stands right before what is counted: "12 including soldiers"."""
    if at + 1 >= len(marks) or marks[at].is_a("outof"):
        return False
    return bool(marks[at].sense("markers", "part")) and bool(marks[at + 1].unit)


def _describes_a_noun(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a singular only describes: "one of the tourist organizations"."""
    after = marks[i + 1] if i + 1 < len(marks) else None
    plural = after is not None and after.tag == "word" and after.text.endswith("s")
    return plural and marks[i].unit == "person" and bool(marks[i].sense("singulars"))


def _behind_bodies(marks: Sequence[Mark], at: int) -> int:
    """Return where people begin whose bodies are counted: "152 bodies of dead servicemen"."""
    if at >= len(marks) or marks[at].low not in cues("bodies"):
        return at
    behind = at + 1
    while behind < len(marks) and (marks[behind].is_a("outof") or marks[behind].event == "killed"):
        behind += 1
    near = marks[behind : behind + 2]
    return behind if any(mark.unit == "person" for mark in near) else at


# Words between a number and its noun that say nothing of what is counted.
UNSAYING = {
    "others", "своїх", "своих", "наших", "лише", "тільки", "только", "лишь",
    "важко", "тяжко", "легко", "тяжело",
}  # fmt: skip
NEXT_NOUN = {"the", "a", "an", "aboard", "inside"}  # "11 people aboard the helicopter"
UNITS = ("одиниц", "единиц", "пункт")
TIMES = {"раз", "рази", "разів", "раза"}  # "десь 6 раз С-300 обстріляли"
WITH_A_WEAPON = (
    "batter", "launcher", "complex", "factor", "plant", "depot", "facilit", "warehouse", "workshop",
    "maker", "producer", "component", "engine", "test", "alert", "site", "system",
    "батаре", "установ", "комплекс",
)  # fmt: skip


OF_A_WEAPON = (  # "1 станція управління БпЛА", "5 цехов сборки беспилотников"
    "управлін", "управлен", "виробни", "производств", "зберіган", "хранен", "складан", "сборк",
)  # fmt: skip


def mixed(marks: Sequence[Mark], first: int, last: int) -> bool:
    """Tell whether a number counts unlike weapons together: "60 missiles and drones".

    Not where the second has a count of its own, if only that of a singular: "и беспилотник".
    """
    kinds = {mark.unit for mark in marks[first : last + 1]} & WEAPONS
    at = last + 1
    while at < len(marks) and (
        marks[at].tag == "conj" or (at > last + 1 and marks[at].sense("units", "mod"))
    ):
        at += 1
    if at > last + 1 and at < len(marks) and not marks[at].sense("singulars"):
        kinds |= {marks[at].unit} & {*WEAPONS, "rocketlike"}
    return len(kinds) > 1


WEAPONS = {"drone", "missile"}


def of_stores(marks: Sequence[Mark], last: int) -> bool:
    """Tell whether weapons only describe a noun further on: "two missile and artillery depots"."""
    after = marks[last + 1 : last + 3]
    joined = len(after) > 1 and after[0].tag == "conj" and after[1].tag == "word"
    return joined and not after[1].senses and marks[last].sense("singulars") is not None


def of_a_record(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether what was only recorded has an unknown noun: "90 thousand recorded crimes"."""
    if at + 1 >= len(marks) or not marks[at].event or marks[at].sense("markers", "report") is None:
        return False
    after = marks[at + 1]
    return after.tag == "word" and not after.senses and after.text.islower()


def _soldiers(mark: Mark) -> bool:
    """Tell whether the name of an army counts its people: "500 Russian troops"."""
    army = mark.sense("speakers", "army")
    return army is not None and mark.low.endswith(TROOPS)


TROOPS = (
    "troops", "soldiers", "military", "guards", "servicemen", "marines",
    "військових", "прикордонників", "прикордонники", "военных", "пограничников", "пограничники",
)  # fmt: skip


def _weapon_next(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether an adjective of aviation or artillery belongs to a missile or a drone.

    Strikes are none that are made with them: "понад 30 ударів дронами", nor is what launches them.
    """
    if any(word.startswith(stems("launcher")) for word in marks[i].low.split()):
        return False
    after = marks[i + 1] if i + 1 < len(marks) else None
    with_them = after is not None and after.low.split("-")[0].endswith(WITH_THEM)
    apart = with_them and not marks[i].low.endswith(WITH_THEM)
    return after is not None and after.unit in WEAPONS and not apart


WITH_THEM = ("ами", "ями", "ими", "ыми")


def _passes(marks: Sequence[Mark], i: int, lang: str, unit: str) -> bool:
    """Tell whether the noun phrase may go on over this mark."""
    mark = marks[i]
    following = marks[i + 1] if i + 1 < len(marks) else None
    if mark.low in ADVERBS or mark.low in cues("suffers") or mark.low in cues("by_now"):
        return False
    if mark.tag == "word":
        return (not (unit and lang != "en") and not mark.low.endswith(("ly", "'s"))) or (
            mark.low.endswith("'s") and not unit
        )
    if mark.tag == "quote" or mark.text == "'":
        return (following is not None and bool(following.unit)) or bool(unit) is False
    if (mark.event or _told_when(marks, i)) and not unit and _unit_soon(marks, i + 1):
        return True
    if mark.tag == "dash":
        return following is not None and not unit and marks[i - 1].end == mark.start
    if not unit and _in_list_of_kinds(marks, i):
        return True
    if mark.tag == "conj" and following is not None and lang == "en":
        return (
            bool(following.sense("units"))
            and following.unit in {"drone", "missile", ""}
            and unit in {"drone", ""}
            and i > 0
            and marks[i - 1].number is None
            and not _numbered_soon(marks, i + 1)
        )
    if mark.is_a("speaker", "place", "placeadj", "whole") and not unit and lang == "en":
        return following is not None and (bool(following.sense("units")) or following.tag == "word")
    return False


def _in_list_of_kinds(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a comma stands between kinds of one weapon: "94 cruise, ballistic and …"."""
    if marks[i].tag not in {"comma", "conj"}:
        return False
    kinds = 0
    for at, mark in enumerate(marks[i + 1 : i + RUN], i + 1):
        kind = _kind(mark)
        if mark.unit in WEAPONS and (" " in mark.low or not kind):
            return kinds + kind > 0 and any(_kind(m) for m in marks[max(0, i - 2) : i])
        air = mark.low == "air" and _kind(marks[min(at + 1, len(marks) - 1)])
        if not (kind or air or mark.tag in {"comma", "conj"} or mark.unit == "rocketlike"):
            return False
        kinds += kind
    return False


def _kind(mark: Mark) -> bool:
    """Tell whether a word only says what kind a weapon is: "cruise", "балістичні"."""
    return mark.sense("units", "mod") is not None or mark.low.startswith(stems("missile_kind"))


def _under_way(marks: Sequence[Mark], i: int) -> int:
    """Return the weapon behind where it was going: "одного летевшего на Москву беспилотника"."""
    flying = marks[i].event == "launched" and marks[i].low.endswith(PARTICIPLE)
    if not flying or i + 3 >= len(marks) or not marks[i + 1].is_a("over"):
        return i
    for at in range(i + 2, min(i + 5, len(marks))):
        if marks[at].unit in WEAPONS:
            return at
        if not marks[at].sense("places"):
            return i
    return i


PARTICIPLE = ("его", "ого", "их", "ых", "ий", "ый", "ие", "ые")


def _told_when(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a time stands between a participle and its noun: "37 сбитых за ночь дронах"."""
    return marks[i].date is not None and i > 0 and bool(marks[i - 1].event)


def _unit_soon(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether an event word is an adjective: "105 сбитых украинских дронов"."""
    for at, mark in enumerate(marks[i : i + 3], i):
        if mark.unit in {"drone", "missile", "person"} or _soldiers(mark):
            return True
        if not (mark.sense("units", "mod") or mark.tag == "word" or _told_when(marks, at)):
            return False
    return False


def _numbered_soon(marks: Sequence[Mark], i: int) -> bool:
    return any(mark.number is not None for mark in marks[i : i + 2])
