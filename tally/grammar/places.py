"""Which place a figure is about: lists of regions, towns within regions, seas, places carried over.

A place that is only where drones came from, or that stands for a government, is not one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tally.grammar.cues import cues, stems
from tally.grammar.marks import TABLE, Mark
from tally.grammar.nations import itself_or_owner
from tally.grammar.place_sense import is_bearing, is_place
from tally.model import Place
from tally.vocabulary import Sense

TOGETHER = {"comma", "conj", "over", "open", "close", "word", "aux", "sub", "outof"}


PLACES = TABLE["places"]


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place named in a sentence: the mark it stands at, and how fine it is."""

    at: int
    start: int
    end: int
    name: str
    admin1: tuple[str, ...]
    kind: str
    ambiguous: tuple[str, ...] = ()
    near: bool = False
    village: bool = False


def find_places(marks: Sequence[Mark], lang: str, there: Place | None = None) -> list[PlaceMark]:
    """Return the places of a sentence that a figure can be about.

    `there` is what "the city", "над регионом" or "there" mean when the sentence names no place.
    """
    found: list[PlaceMark] = []
    pointing = cues("there", lang)
    for i, mark in enumerate(marks):
        if mark.low in pointing and _means_there(marks, i, lang):
            meant = _pointed_at(found, there)
            if meant is not None and meant.admin1:
                name = "" if _of_all_of_it(mark, meant.name) else meant.name
                found.append(PlaceMark(i, mark.start, mark.end, name, meant.admin1, "there"))
            continue
        capital = _part_of_capital(marks, i)
        if not (capital or mark.meaning.kinds & PLACES) or _holds_it(marks, i):
            continue
        if capital is not None:
            found.append(_in_capital(marks, i, capital.value))
            continue
        senses = [sense for sense in mark.senses if sense.table == "places"]
        if not is_place(marks, i, lang, {sense.tag for sense in senses}):
            continue
        best = min(senses, key=lambda sense: KINDS.index(sense.tag))
        if _adjective(marks, i) and any(sense.tag == "adjective" for sense in senses):
            best = next(sense for sense in senses if sense.tag == "adjective")
        if best.tag in TOWNS and _names_a_community(marks, i):
            continue
        same = tuple(sorted({s.value for s in senses if s.tag == best.tag}))
        codes = (
            tuple(same[0].split(";")) if len(same) == 1 and same[0] and best.tag != "shared" else ()
        )
        near = _toward(marks, i)
        if codes[:1] in NEAR_CITY and near:
            codes = NEAR_CITY[codes[:1]]
        if len(codes) == 1 and (_among_regions(marks, i) or _suburb(marks, i)):
            codes = (REGION_OF_CITY.get(codes[0], codes[0]),)
        if _suburb_of(marks, i):
            codes = tuple(REGION_OF_CITY.get(code, code) for code in codes)
            best = replace(best, tag="bearing" if found else best.tag)
        if (lang == "en" and is_bearing(marks, i)) or _passed_by(marks, i):
            best = replace(best, tag="bearing")
        if found and found[-1].kind == "bearing" and i - found[-1].at <= APPOSED:
            best = replace(best, tag="bearing")  # "south-west of Kyiv, the capital"
        if best.tag == "whole" and not best.value:
            best = replace(best, tag="country")
        name, end = mark.text, mark.end
        if best.tag == "adjective" and (unit := _community(marks, i)) is not None:
            best, end = replace(best, tag="raion"), unit.end
            name = f"{mark.text} {unit.text}"
        unsure, village = same if not codes else (), _is_village(marks, i)
        found.append(PlaceMark(i, mark.start, end, name, codes, best.tag, unsure, near, village))
    return found


def _part_of_capital(marks: Sequence[Mark], i: int) -> Sense | None:
    """Return the capital whose part is named behind it: "in Kyiv's Podil district"."""
    word = marks[i].low
    if not word.endswith("'s") or word.removesuffix("'s") not in cues("capital"):
        return None
    part = any(mark.low in cues("city_part", "en") for mark in marks[i + 1 : i + 4])
    return itself_or_owner(marks[i], "places") if part else None


def _in_capital(marks: Sequence[Mark], i: int, code: str) -> PlaceMark:
    """Return a part of a capital, or what lies around it: "on Kyiv's outskirts"."""
    mark = marks[i]
    where = REGION_OF_CITY.get(code, code) if _suburb(marks, i) else code
    name = mark.text.removesuffix("'s")
    return PlaceMark(i, mark.start, mark.end, name, (where,), "settlement")


def _is_village(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a name is called a village's: "в селе Отрадное", "the village of Zarichne"."""
    at = i - 2 if i > 1 and marks[i - 1].is_a("outof") else i - 1
    return at >= 0 and marks[at].low in cues("village")


def _holds_it(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a capital is by whom something is done: "a town held by Moscow"."""
    capital = marks[i].sense("countries") and marks[i].sense("places", "settlement")
    return bool(capital) and i > 0 and marks[i - 1].low == "by"


def _pointed_at(found: Sequence[PlaceMark], there: Place | None) -> Place | None:
    named = [place for place in found if place.kind != "country"]
    return Place(named[-1].name, named[-1].admin1) if named else there


APPOSED = 2  # marks
TOWNS = {"settlement", "common", "shared"}


def _names_a_community(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a town's case is an adjective: "Марганецьку та Покровську громади"."""
    within = i > 0 and marks[i - 1].is_a("over")  # "у Покровську громади …"
    if within or not marks[i].text.endswith(ADJECTIVAL):
        return False
    for mark in marks[i + 1 : i + 1 + LISTED]:
        if mark.low.startswith("громад"):
            return True
        if mark.tag not in {"comma", "conj", "adjective"} and not mark.text.endswith(ADJECTIVAL):
            return False
    return False


LISTED = 8  # marks of a list of adjectives
ADJECTIVAL = ("ську", "цьку", "зьку", "ській", "цькій", "зькій", "ської", "цької", "зької")


def _community(marks: Sequence[Mark], i: int) -> Mark | None:
    """Return the noun that makes a region's adjective a community of it: "у Сумській громаді"."""
    after = marks[i + 1] if i + 1 < len(marks) else None
    return after if after is not None and after.low.startswith("громад") else None


def _of_all_of_it(mark: Mark, name: str) -> bool:
    """Tell whether a region is meant where a town was named: "Myrnohrad. 7 more in the region"."""
    regional = mark.low.startswith(REGIONAL)
    return regional and not any(word in name.lower() for word in (*REGIONAL, *LANDS))


REGIONAL = ("област", "регіон", "регион", "region", "oblast")
LANDS = ("щин", "ччин")
ADVERBS = {"there", "там", "тут", "здесь"}


def _means_there(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether a bare noun points back to a place: "in the city", "над регионом"."""
    word = marks[i].low
    if marks[i].sense("places"):
        return False
    at = i - 1
    if at > 0 and marks[at].tag == "word" and marks[at].low.endswith("ern"):
        at -= 1  # "the eastern city"
    before = marks[at].low if i else ""
    after = marks[i + 1] if i + 1 < len(marks) else None
    if word in ADVERBS:
        return before not in {"is", "are"} and not (after and after.is_a("aux"))
    if after is not None and (after.sense("places") or after.low in {"of", "'s"}):
        return False
    if lang == "en":
        over = at > 0 and marks[at - 1].is_a("over", "launched", "hit")
        middle = at > 0 and marks[at - 1].low in cues("middle")
        return (before in cues("pointer") and over) or (before == "of the" and middle)
    within = bool(i) and (marks[i - 1].is_a("over", "each") or before in cues("middle"))
    return within and not _named_after(after)


def _named_after(after: Mark | None) -> bool:
    """Tell whether a name follows: "в городе Суджа"."""
    return after is not None and after.text[:1].isupper()


KINDS = ("whole", "region", "settlement", "raion", "sea", "common", "shared", "adjective")


REGION_OF_CITY = {"UA-30": "UA-32", "RU-MOW": "RU-MOS", "RU-SPE": "RU-LEN"}


REGIONS = {"oblasts", "regions", "provinces", "oblast", "region", "province"}
AROUND = 5  # marks from a region to the name of its city


NEAR_CITY: dict[tuple[str, ...], tuple[str, ...]] = {
    ("RU-MOW",): ("RU-MOW", "RU-MOS"),
    ("UA-30",): ("UA-30", "UA-32"),
}


def _toward(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a place is only near or on the course: "toward Moscow", "на подлете к"."""
    before = [word for mark in marks[max(0, i - 3) : i] for word in mark.low.split()]
    return bool(before) and (
        before[-1] in cues("toward") or any(word.startswith(stems("course")) for word in before)
    )


def _among_regions(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a city's name is a region's: "the oblasts of Moscow and Tver"."""
    before = [mark.low for mark in marks[max(0, i - AROUND) : i]]
    if before[-2:-1] and before[-2] in REGIONS and before[-1] in {"of", "around"}:
        return True
    if "capital" in before and not REGIONS.isdisjoint(before):
        return True  # "the region of the capital, Kyiv"
    for mark in marks[i + 1 : i + 12]:
        if mark.low in REGIONS:
            return True
        if not (mark.tag in {"comma", "conj"} or mark.sense("places")):
            return False
    return False


def _suburb(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a city only names its surroundings: "the Kyiv suburb of Bucha"."""
    return i + 1 < len(marks) and marks[i + 1].low.startswith(("suburb", "outskirts"))


def _suburb_of(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a city is only what a suburb belongs to: "in Vyshhorod, a suburb of Kyiv"."""
    before = [mark.low for mark in marks[max(0, i - 2) : i]]
    last = before[-2:-1] if before[-1:] == ["of"] else before[-1:]
    return bool(last) and last[0].startswith(stems("suburb"))


def _passed_by(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a place is where a weapon was going, stopped elsewhere: "towards X … over Y"."""
    if not _toward(marks, i):
        return False
    events = [at for at in range(i + 1, len(marks)) if marks[at].event]
    if not events or any(mark.number is not None for mark in marks[i : events[0]]):
        return False
    over = marks[events[0] + 1 : events[0] + 3]
    return len(over) > 1 and over[0].is_a("over") and over[0].low in OVER


OVER = {"over", "above", "in", "near", "над", "в", "у", "во", "под", "під"}


def _adjective(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether an adjective goes before "область", or in a list of such."""
    after = marks[i + 1] if i + 1 < len(marks) else None
    if after is None:
        return False
    if after.low.startswith(stems("unit_noun")):
        return True
    following = marks[i + 2] if i + 2 < len(marks) else None
    return (
        after.tag in {"comma", "conj"} and following is not None and bool(following.sense("places"))
    )


FINER = {"settlement", "shared", "common", "raion"}
