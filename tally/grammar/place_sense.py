"""Whether a name of a place is one in its sentence: not a government, an origin, a surname."""

from collections.abc import Sequence

from tally.grammar.accusing import is_accused
from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark
from tally.grammar.metonyms import is_metonym, was_struck
from tally.grammar.origins import is_birthplace, is_destination, is_origin
from tally.grammar.senders import sender


def is_place(marks: Sequence[Mark], i: int, lang: str, tags: set[str]) -> bool:
    """Tell whether a name that may be a place is one here."""
    mark, before = marks[i], marks[i - 1] if i else None
    after = marks[i + 1] if i + 1 < len(marks) else None
    word = mark.low
    if is_origin(marks, i, lang) or _city_district(marks, i) or _route(marks, i):
        return False
    if mark.sense("countries") and (sender(marks, i) is not None or is_accused(marks, i)):
        return False
    if lang == "en" and _correspondent(marks, i):
        return False
    if _of_a_region(marks, i) or _barracks(marks, i) or is_birthplace(marks, i):
        return False
    if _names_forces(marks, i):
        return False
    if is_destination(marks, i) or _posted_to(marks, i):
        return False
    if (
        i >= 2
        and before is not None
        and before.is_a("over")
        and before.low not in ABOVE  # "ПВО над Белгородом"
        and marks[i - 2].is_a("ministry", "army")
        and not any(_whose_army(mark) for mark in marks[max(0, i - 4) : i - 2])
    ):
        return False
    if _taken(marks[max(0, i - 2) : i]) or (lang == "en" and _surname(marks, i)):
        return False
    if word in cues("capital") and ((before is not None and _states(before)) or _speaks(marks, i)):
        return False
    if "whole" in tags and before is not None and _of_an_office(marks[max(0, i - 2) : i]):
        return False
    if lang == "en" and after is not None and (after.sense("titles") or after.sense("speakers")):
        return False
    if after is not None and _only_describes(after.low, lang, tags):
        return False
    if lang == "en" and word in cues("capital") and is_metonym(before, after):
        return was_struck(marks[i + 1 : i + 5])
    if tags == {"adjective"}:
        return _unit_follows(marks, i) or _labels(marks, i) or _listed(before, after)
    if tags == {"common"}:
        listed = (
            after is not None
            and after.number is not None
            and (before is None or before.tag in {"comma", "conj"})
        )
        return listed or _after_cue(marks, i, lang)
    return True


def _whose_army(before: Mark) -> bool:
    """Tell whether an army is whose weapon or blow stands before it: "атаки дрона ВСУ в …"."""
    did = before.event in {"launched", "intercepted"}
    owned = did or before.unit in {"drone", "missile", "rocketlike"}
    return owned or before.is_a("outof") or before.low in {"by", "by the", *cues("from_side")}


ABOVE = {"над", "over", "above"}  # what stands there is told, not what it is called


def _listed(before: Mark | None, after: Mark | None) -> bool:
    """Tell whether an adjective stands alone in a list of regions: "над Брянской, Курской и …"."""
    leads = before is not None and (
        before.is_a("over")
        or before.tag in {"comma", "conj", "open", "number", "colon"}
        or before.low.startswith("территор")
    )
    return leads and (after is None or after.tag in BREAKING or after.is_a("each"))


def _unit_follows(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether an adjective, or the list that it is in, ends with what it names: "областей".

    So it does where a post breaks off: "над территорией Ростовской об".
    """
    for at, mark in enumerate(marks[i + 1 : i + LONGEST_LIST], i + 2):
        cut_off = at == len(marks) and len(mark.low) > 1 and "области".startswith(mark.low)
        if cut_off or mark.low.startswith(stems("unit_noun")):
            return True
        if mark.tag not in {"comma", "conj"} and not mark.sense("places", "adjective"):
            return False
    return False


def _labels(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether an adjective alone says where a number was: "семь - Ленинградская, …"."""
    before, after = marks[max(0, i - 2) : i], marks[i + 1 : i + 3]
    ends = not after or after[0].tag in BREAKING
    if len(before) > 1 and before[1].tag == "dash" and before[0].number is not None:
        return ends
    begins = not before or before[-1].tag in {"comma", "semicolon"}
    sign = bool(after) and after[0].tag in {"dash", "colon"}
    return begins and sign and after[-1].number is not None


LONGEST_LIST = 24  # marks: a dozen adjectives with their commas


def _only_describes(word: str, lang: str, tags: set[str]) -> bool:
    """Tell whether a place is that of the noun behind it: "Moscow time", "the Black Sea port"."""
    return word in cues("clock_noun", lang) or (tags == {"sea"} and word in cues("by_the_sea"))


def _correspondent(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a place is where somebody reports from: "our correspondent in Kyiv, X".

    So is that of a reporter by name: "The Guardian's Peter Smith in Kyiv reports that …".
    """
    before = marks[max(0, i - 5) : i]
    words = [mark.low for mark in before]
    if words[-1:] != ["in"]:
        return False
    told = i + 1 < len(marks) and marks[i + 1].sense("markers", "report") is not None
    return "correspondent" in words or (
        told and any(mark.sense("speakers", "media") for mark in before)
    )


def _posted_to(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a capital is where a diplomat is posted: "the US ambassador to Kyiv".

    A building that is struck stands there: "missiles hit the embassy in Kyiv".
    """
    before = [mark.low for mark in marks[max(0, i - 2) : i]]
    posted = before[-1:] in (["to"], ["in"]) and before[0] in cues("posted_to")
    return posted and not any(mark.event == "hit" for mark in marks[max(0, i - STRUCK) : i])


STRUCK = 6  # marks from the verb to where the building stands: "hit the US embassy in Kyiv"


def _names_forces(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a river or a town only names forces: "группировки войск «Днепр»"."""
    words = [mark.low for mark in marks[max(0, i - 3) : i] if mark.tag != "quote"]
    words = [word for word in words if word not in {"войск", "військ"}]
    return bool(words) and words[-1].startswith(stems("forces_named"))


def _barracks(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a place is where a unit has its barracks: "a brigade based at Ulyanovsk"."""
    before = [mark.low for mark in marks[max(0, i - 2) : i]]
    return before[-1:] in (["at"], ["in"]) and before[0] in {"based", "stationed", "headquartered"}


def _of_a_region(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a capital is some region's: "the regional capital of Donetsk"."""
    if not marks[i].low.endswith("capital"):
        return False
    regional = i > 0 and marks[i - 1].low.startswith(("regional", "de facto"))
    of = marks[i + 1 : i + 2]
    behind = [mark for mark in marks[i + 2 : i + 5] if mark.sense("places")]
    named = bool(of) and of[0].is_a("outof") and behind and not behind[0].sense("countries")
    return regional or bool(named)


def _after_cue(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether a preposition makes a common word a place: "in", also "in occupied …"."""
    while i > 1 and marks[i - 1].low.startswith(stems("held")):
        i -= 1
    if i > 1 and marks[i - 1].text == ".":
        i -= 1  # "с. Дружба", "н.п. Антоновка"
    return i > 0 and marks[i - 1].low in cues("place_cue", lang)


BREAKING = {
    "comma",
    "conj",
    "close",
    "open",
    "semicolon",
    "sign",
    "dash",
    "colon",
    "place",
    "adjective",
}


def is_bearing(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a place only says where another lies: "in Tver, 180 km north-west of Moscow".

    So it does behind what it is: "south-west of the capital, Kyiv", "east of the city of Sumy".
    """
    of = i - 1
    while of > 0 and i - of < TOLD_BY and marks[of].low in {"of", ",", *cues("apposed")}:
        of -= 1
    if of < 0 or not marks[of].low.endswith(BEARINGS) or of == i - 1:
        return False
    return any(
        mark.sense("places") and not mark.sense("countries")
        for mark in marks[max(0, i - BEARING_REACH) : of]
    )


BEARING_REACH = 16  # marks
TOLD_BY = 6  # marks from a place back over what it is
BEARINGS = ("north", "south", "east", "west", "outskirts")


def _taken(before: Sequence[Mark]) -> bool:
    """Tell whether a town only dates a figure by its fall: "by the capture of Bakhmut"."""
    words = [mark.low for mark in before if mark.low != "of"]
    return bool(words) and words[-1].removesuffix(" of") in stems("taking")


def _surname(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether the name of a town is a person's: "Ihor Zhovkva, deputy head of the office"."""
    before = marks[i - 1] if i else None
    named = before is not None and before.tag == "word" and before.text.istitle()
    named = named and "-" not in before.text  # type: ignore[union-attr]
    if named and i > 1 and marks[i - 2].sense("markers", "report"):
        return True  # "…, said Ihor Zhovkva."
    after = marks[i + 1 : i + 5]
    return (
        named
        and after[:1] != []
        and after[0].tag == "comma"
        and any(mark.sense("titles") or mark.low in cues("head", "en") for mark in after[1:])
    )


def _of_an_office(before: Sequence[Mark]) -> bool:
    """Tell whether a country says whose a body is: "the president of …", "Офісу президента …"."""
    office = before[0] if before[-1].low == "of" else before[-1]
    return office.sense("speakers") is not None


def _speaks(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a capital is its government: "Київ повідомив", not "у Києві повідомили"."""
    within = i > 0 and marks[i - 1].is_a("over", "outof")
    return not within and i + 1 < len(marks) and marks[i + 1].sense("markers", "report") is not None


def _states(before: Mark) -> bool:
    """Tell whether a capital stands for its government: "заявление Москвы о 60 дронах"."""
    return before.low.startswith(stems("statement"))


def _city_district(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether an adjective names a district of a city: "в Петровском районе Донецка"."""
    if i > 1 and marks[i - 1].tag == "open" and marks[i - 2].sense("places"):
        district = any("район" in mark.low for mark in marks[i : i + 4])
        return district and not marks[i - 2].low.endswith(REGIONS)
    at = i
    while at < len(marks) and (
        marks[at].low.endswith(ADJECTIVE) or marks[at].tag in {"conj", "comma"}
    ):
        at += 1
    whole = " район" in marks[i].low
    at = i if whole else at
    if at + 1 >= len(marks) or not (whole or marks[at].low.startswith("район")):
        return False
    beyond = marks[at + 2].low if at + 2 < len(marks) else ""
    city = any(s.table == "places" and s.tag != "whole" for s in marks[at + 1].senses)
    city |= marks[at + 1].low in cues("of_the_city")
    return city and not beyond.startswith(stems("unit_noun"))


REGIONS = ("область", "области", "області", "щина", "щині", "щини")
ADJECTIVE = (
    "ском", "цком", "ского", "цкого", "ский", "цкий", "ская", "ской", "ских", "ським", "ському",
    "цькому", "ського", "цького", "ський", "цький", "ьких",
)  # fmt: skip


def _route(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a place is only an end of a road: "на трассе М-06 Киев — Чоп"."""
    other = {i - 2: i - 1, i + 2: i + 1}
    joined = any(
        0 <= at < len(marks) and marks[at].sense("places") and marks[dash].tag == "dash"
        for at, dash in other.items()
    )
    before = marks[max(0, i - 6) : i]
    return joined and any(mark.low.startswith(stems("route")) for mark in before)
