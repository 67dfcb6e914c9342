"""Which place a figure is about: lists of regions, towns within regions, seas, places carried over.

A place that is only where drones came from, or that stands for a government, is not one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark
from tally.grammar.place_sense import is_bearing, is_place
from tally.model import Place

TOGETHER = {"comma", "conj", "over", "open", "close", "word", "aux", "sub", "outof"}


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


def find_places(marks: Sequence[Mark], lang: str, there: Place | None = None) -> list[PlaceMark]:
    """Return the places of a sentence that a figure can be about.

    `there` is what "the city", "над регионом" or "there" mean when the sentence names no place.
    """
    found: list[PlaceMark] = []
    pointing = cues("there", lang)
    for i, mark in enumerate(marks):
        if mark.text.lower() in pointing and _means_there(marks, i, lang):
            meant = Place(found[-1].name, found[-1].admin1) if found else there
            if meant is not None and meant.admin1:
                name = "" if _of_all_of_it(mark, meant.name) else meant.name
                found.append(PlaceMark(i, mark.start, mark.end, name, meant.admin1, "there"))
            continue
        if not mark.senses:
            continue
        senses = [sense for sense in mark.senses if sense.table == "places"]
        if not senses or not is_place(marks, i, lang, {sense.tag for sense in senses}):
            continue
        best = min(senses, key=lambda sense: KINDS.index(sense.tag))
        if _adjective(marks, i) and any(sense.tag == "adjective" for sense in senses):
            best = next(sense for sense in senses if sense.tag == "adjective")
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
        if best.tag == "whole" and not best.value:
            best = replace(best, tag="country")
        name, end = mark.text, mark.end
        if best.tag == "adjective" and (unit := _community(marks, i)) is not None:
            best, end = replace(best, tag="raion"), unit.end
            name = f"{mark.text} {unit.text}"
        found.append(
            PlaceMark(i, mark.start, end, name, codes, best.tag, same if not codes else (), near)
        )
    return found


def _community(marks: Sequence[Mark], i: int) -> Mark | None:
    """Return the noun that makes a region's adjective a community of it: "у Сумській громаді"."""
    after = marks[i + 1] if i + 1 < len(marks) else None
    return after if after is not None and after.text.lower().startswith("громад") else None


def _of_all_of_it(mark: Mark, name: str) -> bool:
    """Tell whether a region is meant where a town was named: "Myrnohrad. 7 more in the region"."""
    regional = mark.text.lower().startswith(REGIONAL)
    return regional and not any(word in name.lower() for word in (*REGIONAL, *LANDS))


REGIONAL = ("област", "регіон", "регион", "region", "oblast")
LANDS = ("щин", "ччин")
ADVERBS = {"there", "там", "тут", "здесь"}


def _means_there(marks: Sequence[Mark], i: int, lang: str) -> bool:
    """Tell whether a bare noun points back to a place: "in the city", "над регионом"."""
    word = marks[i].text.lower()
    if marks[i].sense("places"):
        return False
    before = marks[i - 1].text.lower() if i else ""
    after = marks[i + 1] if i + 1 < len(marks) else None
    if word in ADVERBS:
        return before not in {"is", "are"} and not (after and after.is_a("aux"))
    if after is not None and (after.sense("places") or after.text.lower() in {"of", "'s"}):
        return False
    if lang == "en":
        return before == "the" and i > 1 and marks[i - 2].is_a("over", "launched", "hit")
    return bool(i) and marks[i - 1].is_a("over", "each") and not _named_after(after)


def _named_after(after: Mark | None) -> bool:
    """Tell whether a name follows: "в городе Суджа"."""
    return after is not None and after.text[:1].isupper()


KINDS = ("whole", "region", "settlement", "raion", "sea", "common", "shared", "adjective")


REGION_OF_CITY = {"UA-30": "UA-32", "RU-MOW": "RU-MOS", "RU-SPE": "RU-LEN"}


REGIONS = {"oblasts", "regions", "provinces"}


NEAR_CITY: dict[tuple[str, ...], tuple[str, ...]] = {
    ("RU-MOW",): ("RU-MOW", "RU-MOS"),
    ("UA-30",): ("UA-30", "UA-32"),
}


def _toward(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a place is only near or on the course: "toward Moscow", "на подлете к"."""
    before = [word for mark in marks[max(0, i - 3) : i] for word in mark.text.lower().split()]
    return bool(before) and (
        before[-1] in cues("toward") or any(word.startswith(stems("course")) for word in before)
    )


def _among_regions(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a city's name is a region's: "the oblasts of Moscow and Tver"."""
    before = [mark.text.lower() for mark in marks[max(0, i - 2) : i]]
    if before[-1:] == ["of"] and before[0] in REGIONS:
        return True
    for mark in marks[i + 1 : i + 12]:
        if mark.text.lower() in REGIONS:
            return True
        if not (mark.tag in {"comma", "conj"} or mark.sense("places")):
            return False
    return False


def _suburb(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a city only names its surroundings: "the Kyiv suburb of Bucha"."""
    return i + 1 < len(marks) and marks[i + 1].text.lower().startswith(("suburb", "outskirts"))


def _suburb_of(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a city is only what a suburb belongs to: "in Vyshhorod, a suburb of Kyiv"."""
    before = [mark.text.lower() for mark in marks[max(0, i - 2) : i]]
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
    return len(over) > 1 and over[0].is_a("over") and over[0].text.lower() in OVER


OVER = {"over", "above", "in", "near", "над", "в", "у", "во", "под", "під"}


def _adjective(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether an adjective goes before "область", or in a list of such."""
    after = marks[i + 1] if i + 1 < len(marks) else None
    if after is None:
        return False
    if after.text.lower().startswith(stems("unit_noun")):
        return True
    following = marks[i + 2] if i + 2 < len(marks) else None
    return (
        after.tag in {"comma", "conj"} and following is not None and bool(following.sense("places"))
    )


FINER = {"settlement", "shared", "common", "raion"}


def place_of(places: Sequence[PlaceMark], text: str, near: Sequence[str] = ()) -> Place | None:
    """Return one place for a run of place marks: the finest name, all the regions it names.

    A name that several regions share is settled by the regions `near`, or left without a code.
    """
    if not places:
        return None
    if all(place.kind == "there" for place in places):
        return Place(places[-1].name, places[-1].admin1)
    places = [p for p in places if p.kind != "there"]
    places = [p for p in places if p.kind not in {"country", "bearing"}] or places
    places = [p for p in places if not _contains_another(p, places)]
    places = of_one_region([_settled(place, near) for place in places], near)
    regions = [p for p in places if p.admin1]
    places = [p for p in places if not any(_names_whole(other, p, text) for other in places)]
    codes: list[str] = []
    for place in places:
        for code in place.admin1:
            if code not in codes:
                codes.append(code)
    finer = [p for p in places if p.kind in FINER]
    coarse = [p for p in regions if p.kind in {"region", "adjective", "whole"}]
    if finer and coarse:
        own = {code for p in finer for code in (p.admin1 or p.ambiguous)}
        inside = [code for p in coarse for code in p.admin1 if code in own]
        if inside and len(finer) == 1:
            return Place(finer[0].name, tuple(dict.fromkeys(inside)))
        if len(finer) == 1 and len(coarse) == 1 and coarse[0].at > finer[0].at:
            elsewhere = finer[0].admin1 and not _within(finer[0], coarse[0], text)
            return Place(finer[0].name, (finer if elsewhere else coarse)[0].admin1)
        return Place(_name(places, text), tuple(codes))
    return Place(_name(places, text), tuple(codes))


def _within(name: PlaceMark, region: PlaceMark, text: str) -> bool:
    """Tell whether a region behind a name says where it lies, not where people went from it."""
    return WITHIN.fullmatch(text[name.end : region.start]) is not None


WITHIN = re.compile(r"[\W\d_]*(?:(?:in|of|the|near|at|on|в|у|на|під|біля|под|возле)\b\W*)*\w*\W*")


def _names_whole(city: PlaceMark, place: PlaceMark, text: str) -> bool:
    """Tell whether a name only says where a city lies: "Sevastopol, Crimea"."""
    if place.admin1 != ("UA-43",) or city.admin1 != ("UA-40",) or abs(place.at - city.at) > 3:
        return False
    between = text[min(place.end, city.end) : max(place.start, city.start)]
    return not {"and", "та", "і", "и", "й"} & set(between.split())


def _contains_another(place: PlaceMark, places: Sequence[PlaceMark]) -> bool:
    """Tell whether a wide name only says where a region lies: "Donetsk region of the Donbas"."""
    own = set(place.admin1)
    return place.kind == "whole" and any(
        p is not place and p.admin1 and set(p.admin1) < own for p in places
    )


def of_one_region(places: list[PlaceMark], near: Sequence[str]) -> list[PlaceMark]:
    """Return a list of towns as all of the region told before, where most of them are known in it.

    The others are its villages that share their names with better known towns elsewhere.
    """
    towns = [place for place in places if place.kind in FINER]
    known = Counter(place.admin1 for place in towns if place.admin1)
    if len(towns) < LIST_OF_TOWNS or len(known) < 2:
        return places
    codes, times = known.most_common(1)[0]
    told = set(codes) <= set(near) and 2 * times > len(towns)
    return [replace(p, admin1=codes) if told and p in towns else p for p in places]


LIST_OF_TOWNS = 4


def _settled(place: PlaceMark, near: Sequence[str]) -> PlaceMark:
    known = [code for code in place.ambiguous if code in near]
    if not known:
        countries = {code[:2] for code in near}
        known = [code for code in place.ambiguous if code[:2] in countries]
    if len(known) != 1:
        return place
    codes = (known[0],)
    return replace(place, admin1=NEAR_CITY.get(codes, codes) if place.near else codes)


def _name(places: Sequence[PlaceMark], text: str) -> str:
    return text[places[0].start : places[-1].end]


def run_after(
    places: Sequence[PlaceMark], marks: Sequence[Mark], first: int, until: int
) -> list[PlaceMark]:
    """Return the list of places that begins after a mark, up to where another figure takes over."""
    run: list[PlaceMark] = []
    for place in places:
        if not first <= place.at < until:
            continue
        if run and not _joined(marks, run[-1].at, place.at):
            if all(p.kind in {"country", "bearing"} for p in run):
                run = [place]  # "after Russia fired at Kharkiv": a country only names who did it
                continue
            break
        run.append(place)
    return run


def _joined(marks: Sequence[Mark], left: int, right: int) -> bool:
    between = marks[left + 1 : right]
    return len(between) <= 6 and not any(
        mark.event or mark.number is not None or mark.tag == "sub" for mark in between
    )
