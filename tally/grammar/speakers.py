"""Who speaks: names of bodies and people, titles with a name, "according to", "he said".

Attribution says which words of a sentence are somebody's report, and whose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tally.grammar.bodies import body_of, of_another_country, owners
from tally.grammar.cues import cues, stems
from tally.grammar.gist import Gist
from tally.grammar.marks import TABLE, Mark
from tally.grammar.nations import SOURCE, itself_or_owner, says
from tally.grammar.places import REGION_OF_CITY
from tally.grammar.sides import CRIMEA, OCCUPIED
from tally.grammar.speaker_sides import side_told
from tally.model import Side


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who asserts figures: as written, the standard name, the side, the own region."""

    at: int
    text: str
    name: str
    side: Side | None
    admin1: tuple[str, ...]
    kind: str

    @property
    def person(self) -> bool:
        """Whether it is a person by name: known to the tables, or a name behind an office."""
        words = self.text.split()
        return bool(self.name) or (len(words) > 1 and words[-1][:1].isupper())


def find_speakers(marks: Sequence[Mark], lang: str) -> list[Speaker]:
    """Return the named speakers and titled people of a sentence."""
    found: list[Speaker] = []
    heads = _heads(lang)
    for i, mark in enumerate(marks):
        sourced = i > 0 and marks[i - 1].senses and marks[i - 1].low == SOURCE
        if not (mark.meaning.kinds & WHO or sourced or mark.low in heads):
            continue
        named = mark.sense("speakers")
        if named is None and (country := itself_or_owner(mark, "countries")) and says(marks, i):
            named = country
        if named is not None and _told(marks, i, named.value):
            name, side, admin1 = named.value.split("|")
            if found and not found[-1].name and _same(marks[found[-1].at : i]):
                found.pop()
            own = tuple(filter(None, admin1.split(";"))) or _unit(marks, i)
            said = side_told(side, marks, i) or (
                _side_of(own) if own and not side and named.tag != "army" else None
            )
            found.append(Speaker(i, _written(marks, i), name, said, own, named.tag))
            continue
        if named is None and (unknown := _unknown(marks, i)) is not None:
            found.append(unknown)
            continue
        if (capital := _capital_says(marks, i)) is not None:
            found.append(capital)
            continue
        if (head := _head_of(marks, i, lang)) is not None:
            found.append(head)
            continue
        title = mark.sense("titles")
        if title is not None and not (found and _same(marks[found[-1].at : i])):
            found.append(
                Speaker(
                    i,
                    _written(marks, i),
                    "",
                    side_told(title.value, marks, i),
                    _unit(marks, i),
                    title.tag,
                )
            )
    return found


def _same(between: Sequence[Mark]) -> bool:
    """Tell whether an office and the name behind it are one: "the governor, Petro Halych"."""
    return len(between) <= BESIDE and not any(m.sense("markers", "report") for m in between)


BESIDE = 3  # marks from an office to the name
WHO = TABLE["speakers"] | TABLE["countries"] | TABLE["titles"] | TABLE["places"]


def may_speak(gist: Gist, lang: str) -> bool:
    """Tell whether a sentence has anything that `find_speakers` begins with."""
    return bool(gist.kinds & WHO) or SOURCE in gist.words or not _heads(lang).isdisjoint(gist.words)


@cache
def _heads(lang: str) -> frozenset[str]:
    return cues("head", lang) | owners()


def _capital_says(marks: Sequence[Mark], i: int) -> Speaker | None:
    """Return the government that its capital means: "В Москве заявили", "у Києві повідомили"."""
    place = marks[i].sense("places")
    side = CAPITALS.get(place.value) if place is not None else None
    if side is None or not i or marks[i - 1].low not in {"в", "у"}:
        return None
    after = marks[i + 1] if i + 1 < len(marks) else None
    speaks = after is not None and after.sense("markers", "report") is not None
    return Speaker(i, marks[i].text, marks[i].text, side, (), "official") if speaks else None


CAPITALS: dict[str, Side] = {"RU-MOW": "Russia", "UA-30": "Ukraine"}


def _head_of(marks: Sequence[Mark], i: int, lang: str) -> Speaker | None:
    """Return who heads a unit that stands inside the title: "the head of the Kharkiv region"."""
    if marks[i].low not in cues("head", lang):
        return None
    for last in range(i + 1, min(i + 4, len(marks))):
        mark = marks[last]
        place = mark.sense("places")
        if place is not None and place.tag in UNITS and place.value:
            codes = tuple(place.value.split(";"))
            side = "Russia" if _republic(mark, codes) else _side_of(codes)
            return Speaker(i, _titled(marks, i, last), "", side, codes, "governor")
        if mark.tag not in {"outof", "word"} or mark.text[:1].isupper():
            return None
    return None


UNITS = {"region", "adjective"}


def _republic(region: Mark, codes: Sequence[str]) -> bool:
    """Tell whether an occupied region is called a republic, as only Russia calls it."""
    called = any(word in region.low for word in stems("people_republic"))
    return called and set(codes) <= OCCUPIED


def _titled(marks: Sequence[Mark], first: int, last: int) -> str:
    """Return a title from its head to the name behind it, other words of the office included."""
    while last + 1 < len(marks) and last - first < LONGEST_TITLE:
        mark = marks[last + 1]
        if not (mark.sense("titles") or _name_part(mark)):
            break
        last += 1
    return " ".join(mark.text for mark in marks[first : last + 1])


LONGEST_TITLE = 7


def _side_of(codes: Sequence[str]) -> Side | None:
    """Return the side whose official heads a region; None where either may: an occupied one."""
    if set(codes) <= CRIMEA:
        return "Russia"
    if set(codes) & OCCUPIED:
        return None
    return "Ukraine" if codes[0].startswith("UA") else "Russia"


def _unknown(marks: Sequence[Mark], i: int) -> Speaker | None:
    """Return somebody the tables do not know: "according to Roman Kostenko, an MP and commander".

    An office named beside makes an official of them; without one they speak for nobody.
    """
    owner = marks[i].low in owners() and marks[i].text[:1].isupper()
    if owner and (body := body_of(marks, i)) is not None:
        text, side = body
        return Speaker(i, text, text, side, (), "body")
    if not i or marks[i - 1].low != SOURCE:
        return None
    if (told := _bystander(marks[i : i + 4])) is not None:
        return Speaker(i, told, told, "unattributed", (), "media")
    if not _name_part(marks[i]):
        return None
    last = i
    while last + 1 < len(marks) and last - i < LONGEST_NAME and _name_part(marks[last + 1]):
        last += 1
    if last == i:
        return None
    beside = marks[last + 1 : last + 10]
    office = any(m.sense("titles") or m.low in OFFICES for m in beside)
    name = " ".join(mark.text for mark in marks[i : last + 1])
    return Speaker(i, name, name, None, (), "official" if office else "")


OFFICES = {"mp", "mps", "lawmaker", "commander", "head", "chief", "minister", "official", "deputy"}
LONGEST_NAME = 3


def _bystander(behind: Sequence[Mark]) -> str | None:
    """Return who speaks for no body: "according to his friend", "… to the latest report"."""
    for at, mark in enumerate(behind):
        if mark.low in cues("bystander", "en"):
            return " ".join(m.text for m in behind[: at + 1])
        if not mark.text.islower():
            return None
    return None


def _name_part(mark: Mark) -> bool:
    return mark.tag == "word" and mark.text[:1].isupper() and mark.text[1:2].islower()


def _unit(marks: Sequence[Mark], i: int) -> tuple[str, ...]:
    """Return the region named right before an office: "Kyiv Regional Military Administration"."""
    place = itself_or_owner(marks[i - 1], "places") if i else None
    if place is None:
        after = [mark for mark in marks[i + 1 : i + 6] if not _leads_to_place(mark)]
        place = after[0].sense("places") if after else None
    if place is None or not place.value or ";" in place.value:
        return ()
    regional = marks[i].low.startswith(("regional", "oblast", "governor"))
    return (REGION_OF_CITY.get(place.value, place.value) if regional else place.value,)


def _leads_to_place(mark: Mark) -> bool:
    """Tell whether a word may stand before the place of an office: "governor of the eastern X"."""
    word = mark.low
    return word in {"of", "the", "of the"} or word in cues("lies") or word.endswith("ern")


def _told(marks: Sequence[Mark], i: int, value: str) -> bool:
    """Refuse who is told something ("… told CNN") and a medium that is only in an address."""
    before = [mark for mark in marks[max(0, i - 2) : i] if mark.low != "the"]
    if before and before[-1].low in cues("told", "en"):
        return False
    return not (value.split("|")[1] == "unattributed" and i and marks[i - 1].text in {"@", "/"})


def _written(marks: Sequence[Mark], i: int) -> str:
    """Return the speaker as written, with the title before and the name behind."""
    first, last = i, i
    while (
        first
        and (marks[first - 1].sense("titles") or (first > 1 and marks[first - 1].text[0].isupper()))
        and marks[first - 1].tag in {"word", *TITLES}
        and i - first < 4
    ):
        first -= 1
    if first == i and first and (_seated(marks, i) or of_another_country(marks[first - 1])):
        first -= 1
    if last + 3 < len(marks) and _seat(marks, last + 1):
        last += 1
    if last + 1 < len(marks) and of_another_country(marks[last + 1]):
        last += 1
    begin = last
    while last + 1 < len(marks) and _named(marks, last + 1, begin) and last - i < LONGEST_NAME + 1:
        last += 1
    text = " ".join(mark.text for mark in marks[first : last + 1])
    return text.rsplit(" ", 1)[0] if text.lower().endswith(SAYING) else text


# Names that the tables join with their word of reporting, which alone makes speakers of them.
SAYING = (" says", " said", " claims", " claimed", " estimates", " estimate", " count")


def _seated(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a body is of the place right before it: "Kyiv Regional Military …"."""
    place, body = marks[i - 1], marks[i]
    named = place.sense("places") is not None and place.text[:1].isupper()
    return named and body.low.startswith(BODIES) and place.text.isascii()


BODIES = ("regional ", "oblast ", "city ", "military administration")


def _seat(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a place stands between an office and a full name: "мэр Харькова Иван …"."""
    names = marks[at + 1 : at + 3]
    return marks[at].sense("places") is not None and all(_name_part(mark) for mark in names)


def _named(marks: Sequence[Mark], at: int, office: int) -> bool:
    """Tell whether a mark goes on with a name, a town's too where a first name precedes it."""
    mark = marks[at]
    town = at - 1 > office and mark.sense("places") is not None and _name_part(marks[at - 1])
    return (mark.tag == "word" or town) and mark.text[0].isupper()


TITLES = {
    "governor",
    "mayor",
    "official",
    "spokesperson",
    "minister",
    "head",
    "president",
    "commander",
}
