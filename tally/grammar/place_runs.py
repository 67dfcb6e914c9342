"""One place for a run of names: the finest, and all the regions that it names."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.marks import Mark
from tally.grammar.places import FINER, NEAR_CITY, PlaceMark
from tally.model import Place


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
            joined = bool(AND & set(text[finer[0].end : coarse[0].start].split()))
            elsewhere = finer[0].admin1 and not _within(finer[0], coarse[0], text)
            if joined and finer[0].admin1:
                return Place(_name(places, text), tuple(codes))
            return Place(finer[0].name, (finer if elsewhere else coarse)[0].admin1)
        return Place(_name(places, text), tuple(codes))
    return Place(_name(places, text), tuple(codes))


def _within(name: PlaceMark, region: PlaceMark, text: str) -> bool:
    """Tell whether a region behind a name says where it lies, not where people went from it."""
    return WITHIN.fullmatch(text[name.end : region.start]) is not None


WITHIN = re.compile(r"[\W\d_]*(?:(?:in|of|the|near|at|on|в|у|на|під|біля|под|возле)\b\W*)*\w*\W*")


def _names_whole(city: PlaceMark, place: PlaceMark, text: str) -> bool:
    """Tell whether a name only says where a city lies: "Sevastopol, Crimea"."""
    if (
        place.admin1 != ("UA-43",)
        or city.admin1 != ("UA-40",)
        or abs(place.at - city.at) > WHOLE_WITHIN
    ):
        return False
    between = text[min(place.end, city.end) : max(place.start, city.start)]
    return not AND & set(between.split())


WHOLE_WITHIN = 6  # marks: "Sevastopol in Russian-occupied Crimea", also with stray blanks
AND = {"and", "та", "і", "и", "й"}


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


def of_region_told(places: list[PlaceMark], told: Sequence[str]) -> list[PlaceMark]:
    """Return villages as those of the only region told before: namesakes of towns known elsewhere.

    Not where their sentence names the region that the town is in.
    """
    if len(set(told)) != 1:
        return places
    named = {told[0], *(code for p in places if p.kind not in FINER for code in p.admin1)}
    return [
        replace(p, admin1=(told[0],), ambiguous=())
        if p.village and _namesake(p, told[0], named)
        else p
        for p in places
    ]


def _namesake(place: PlaceMark, region: str, named: set[str]) -> bool:
    """Tell whether a place is known in another region of the same country than those named."""
    known = place.admin1 or place.ambiguous
    elsewhere = bool(known) and not named & set(known) and known[0][:2] == region[:2]
    return place.kind in FINER and elsewhere


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
        mark.event or mark.number is not None or mark.tag == "sub" or mark.low in OTHERS
        for mark in between
    )


OTHERS = {
    "others",
    "remainder",
    "rest",
    "інші",
    "решта",
    "другие",
    "остальные",
}  # of whom the next place is told
