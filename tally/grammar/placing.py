"""Where a figure's event was: the place beside the count, before it, or carried over."""

from collections.abc import Sequence
from functools import cache, partial
from itertools import pairwise

from tally.grammar.beside import beside, clause_end, run_before, shared, where
from tally.grammar.chunks import PEOPLE, SHARED, Frame
from tally.grammar.context import Context, Line
from tally.grammar.cues import cues
from tally.grammar.draft import Draft
from tally.grammar.explosions import ATTACKS
from tally.grammar.grown import GREW
from tally.grammar.marks import Mark
from tally.grammar.place_runs import place_of, run_after
from tally.grammar.places import PlaceMark
from tally.grammar.speaker_sides import RUSSIAN, UKRAINIAN
from tally.grammar.told import Told
from tally.grammar.voices import Attribution
from tally.model import Place

CAPITAL = {"Russia": ("UA-30",), "Ukraine": ("RU-MOW",)}


def place_for(context: Context, line: Line, frame: Frame, said: Attribution) -> Place | None:
    """Return the place of a frame, or None for a whole country and where nothing tells."""
    own = where(line, frame) or _beside(line, frame) or shared(line, frame)
    own = [] if _only_attackers(own, line) else own
    many = over_many(line, frame) or _across_before(line, frame)
    beyond = own and (own[0].kind == "country" or own[0].at > line.chunks[frame.chunk].last)
    if own and not (many and beyond):
        place = None if _among_others(line, own) else named_place(own, line, context)
        unknown = place is not None and not place.admin1 and own[-1].kind == "shared"
        return Place(place.name, said.admin1) if place and unknown else place
    if many:
        return None
    shares = frame.rule == SHARED or (frame.inherited and frame.count.part)
    if shares and frame.at > frame.count.last:
        behind = run_after(
            line.places, line.marks, frame.at, clause_end(line, frame, len(line.marks))
        )
        if behind:
            return named_place(behind, line, context)
    if frame.inherited and frame.event not in PEOPLE:
        leading = _leading(line)
        return named_place(leading, line, context) if leading else None
    people = frame.event in PEOPLE
    says = {speaker.at for speaker in line.reporting}
    earlier = [p for p in line.places if p.at < frame.count.first]
    earlier = [p for p in earlier if not (p.kind == "country" and p.at in says)]
    earlier = [p for p in earlier if people or not _said_by_another(p, line, frame)]
    earlier = [p for p in earlier if p.kind != "country"] or earlier
    earlier = [p for p in earlier if p.kind != "sea"] or earlier  # "the Black Sea port of X, …"
    if earlier and (people or not _total(line, frame)):
        run = run_before(earlier, line.marks)
        place = None if _among_others(line, run) else named_place(run, line, context)
        return Place("", said.admin1) if place and _within(said, place) else place
    others = [f for f in line.frames if f.count.first > frame.count.first and not f.count.part]
    later = [p for p in line.places if p.at > frame.count.first]
    later = [p for p in later if not _meanwhile(line, frame.count.last, p.at)]
    later = [p for p in later if not _told_apart(p, line, frame)]
    later = [p for p in later if not (_country_aside(p, line, frame) or _of_a_part(p, line))]
    later = [p for p in later if p.kind != "country"] or later
    if people and later and (not others or _told_with(others, later)):
        return named_place(
            run_after(later, line.marks, later[0].at, len(line.marks)), line, context
        )
    return _carried(context, line, frame, said)


def _within(said: Attribution, place: Place) -> bool:
    """Tell whether who speaks heads a part of a place: "the governor of X, in the Donbas, said"."""
    return bool(said.admin1) and set(said.admin1) < set(place.admin1)


def _only_attackers(places: Sequence[PlaceMark], line: Line) -> bool:
    """Tell whether countries only say whose attack it was: "in which Russia sent 300 drones"."""
    attackers = {at for at, _ in line.attackers}
    return all(place.kind == "country" and place.at in attackers for place in places)


def over_many(line: Line, frame: Frame) -> bool:
    """Tell whether a figure is of a whole country or of many places: "in strikes on three cities".

    So it is in its own words only: "… died across the country, and a school was hit in X".
    """
    if _many_places().isdisjoint(line.gist.words) and ACROSS.isdisjoint(line.gist.words):
        return False
    last = line.chunks[frame.chunk].last
    if frame.at > frame.count.last:
        last = max([last, *(c.last for c in line.chunks if c.first <= frame.at <= c.last)])
    own = line.marks[frame.count.last + 1 : last + 1]
    named = any(frame.count.last < p.at <= last + 2 and p.admin1 for p in line.places)
    for i, mark in enumerate(own):
        word = mark.low
        across = i > 0 and own[i - 1].low in ACROSS
        wide = word in cues("nationwide") and (not named or all_over(own))
        if wide or (across and mark.sense("places", "whole")):
            return True
        many = i > 0 and word in cues("many_places") and own[i - 1]
        if many and (many.sense("numerals") is not None or (many.number or 0) > 1):
            return True
        if many and not cues("several").isdisjoint(m.low for m in own[max(0, i - 2) : i]):
            return True
    return False


def all_over(marks: Sequence[Mark]) -> bool:
    """Tell whether "the country" is all of it: "across the country", not "the east of the country".

    Asked only where a region is named beside it.
    """
    for i, mark in enumerate(marks):
        before = {m.low for m in marks[max(0, i - 3) : i]}
        if mark.low in cues("nationwide") and before & cues("all_over"):
            return True
    return False


@cache
def _many_places() -> frozenset[str]:
    return cues("nationwide") | cues("many_places")


def _across_before(line: Line, frame: Frame) -> bool:
    """Tell whether the attack was across a country: "hit cities across Ukraine, killing 22".

    An example behind "including" makes no place of it; a town named after the country does.
    """
    if ACROSS.isdisjoint(line.gist.words):
        return False
    asides = [c for c in line.chunks if c.part and not c.counts]
    for at in range(frame.count.first - 1, 0, -1):
        mark = line.marks[at]
        if mark.sense("places", "whole") and line.marks[at - 1].low in ACROSS:
            return True
        named = any(p.at == at and p.admin1 for p in line.places)
        if named and not any(c.first <= at <= c.last for c in asides):
            return False
    return False


ACROSS = {"across", "throughout", "по"}


def _said_by_another(place: PlaceMark, line: Line, frame: Frame) -> bool:
    """Tell whether a place is of what another says: "X was hit, while Y says it downed 95"."""
    turns = [
        i for i in range(place.at, frame.count.first) if line.marks[i].low in cues("meanwhile")
    ]
    return any(turns[-1] < speaker.at < frame.count.first for speaker in line.reporting if turns)


def _among_others(line: Line, run: Sequence[PlaceMark]) -> bool:
    """Tell whether a place is named for many: "targeted the capital and other regions"."""
    words = [mark.low for mark in line.marks[run[-1].at + 1 : run[-1].at + 5]]
    other = words[:1] == ["and"] and bool({"other", "others", "several"} & set(words[1:3]))
    return other and any(word in cues("many_places") or word == "parts" for word in words[2:])


def _beside(line: Line, frame: Frame) -> list[PlaceMark]:
    return [place for place in beside(line, frame) if not _country_aside(place, line, frame)]


def _country_aside(place: PlaceMark, line: Line, frame: Frame) -> bool:
    """Tell whether a country stands behind a comma: "killed 23, causing outrage in Ukraine"."""
    if place.kind != "country" or place.at <= max(line.chunks[frame.chunk].last, frame.at):
        return False
    own = next((c for c in line.chunks if c.first <= place.at <= c.last), None)
    return own is not None and own.opener == "comma"


def _meanwhile(line: Line, first: int, last: int) -> bool:
    """Tell whether a place is of what happened meanwhile: "two were killed, while Y was hit"."""
    return any(
        line.marks[i].low in cues("meanwhile") and line.marks[i - 1].tag == "comma"
        for i in range(first + 1, last)
    )


def _told_apart(place: PlaceMark, line: Line, frame: Frame) -> bool:
    """Tell whether a place is of others, counted in a clause of their own.

    "287 children have died so far, after it learned of the deaths of 24 more in Mariupol".
    """
    clauses = {
        at
        for at, chunk in enumerate(line.chunks)
        if at > frame.chunk and chunk.opener == "sub" and chunk.first <= place.at
    }
    return bool(clauses) and any(
        other.chunk in clauses and not other.count.part and other.event in PEOPLE
        for other in line.frames
        if other is not frame
    )


def _of_a_part(place: PlaceMark, line: Line) -> bool:
    """Tell whether only some of those counted were there: "killed 19, including five in Kyiv".

    Behind who they are it is where all were: "killed 19, including two children, in Kyiv".
    """
    parts = [f.count for f in line.frames if f.count.part and not f.count.victims]
    return any(part.last < place.at for part in parts) and any(
        frame.count.last < place.at <= line.chunks[frame.chunk].last
        for frame in line.frames
        if frame.count.first >= parts[0].first
    )


def _told_with(others: Sequence[Frame], later: Sequence[PlaceMark]) -> bool:
    """Tell whether a place stands behind all of a toll: "13 dead and 89 hurt in X"."""
    return all(f.event in PEOPLE and f.count.last < later[0].at for f in others)


def _leading(line: Line) -> list[PlaceMark]:
    """Return the place before the first figure, when the sentence names no other."""
    first = min(f.count.first for f in line.frames)
    before = [p for p in line.places if p.at < first]
    return run_before(before, line.marks) if len(before) == len(line.places) and before else []


def _carried(context: Context, line: Line, frame: Frame, said: Attribution) -> Place | None:
    people = frame.event in PEOPLE
    if context.voices.nationwide or _of_a_day(line, said):
        return None
    if any(f.inherited and _beside(line, f) for f in line.frames if f is not frame):
        return None
    grown = frame.at == -1 or frame.rule == GREW
    whole = _last_whole(context, frame) if grown else None
    if whole is not None and whole.place is not None:
        return whole.place
    reach = 1 if frame.count.victims == "military" else 2
    near = line.sentence.paragraph - context.place_paragraph <= reach
    near = near and not _new_day(context, line)
    own = set(said.admin1)
    if context.place is not None and own and own < set(context.place.admin1):
        return Place("", said.admin1)  # of several regions told before, their own
    away = own and context.place is not None and not own & set(context.place.admin1)
    signs = said is context.voices.issuer
    if away and not signs and not (near and frame.count.victims == "military"):
        return Place("", said.admin1)
    few = all(_few_stopped(f) for f in line.frames if f.event == frame.event)
    few = few and _few_stopped(frame) and line.sentence.paragraph - context.place_paragraph <= 1
    near = near or _only_place(context)
    there = few or (near and (people or frame.event == "hit"))
    if there and context.place is not None:
        return context.place
    if people and said.distance == 0 and _of_the_attack(line) and context.struck.place is not None:
        return context.struck.place
    # Who signs a text may write of any place; of soldiers officials tell where they were from.
    if said.admin1 and not (away and signs):
        return Place("", said.admin1)
    return None


def _of_the_attack(line: Line) -> bool:
    """Tell whether a sentence is about the attack that the text told of: "the attack killed"."""
    return any(
        article.low == "the" and noun.low in ATTACKS for article, noun in pairwise(line.marks)
    )


def _few_stopped(frame: Frame) -> bool:
    """Tell whether so few weapons were stopped that it was where the text just was.

    "Five were killed in Belgorod. Russia said it downed three missiles"; many are of a night.
    """
    number = frame.count.quantity.high or frame.count.quantity.low or 0
    return frame.event in {"intercepted", "lost"} and number <= FEW


FEW = 5  # weapons


def _only_place(context: Context) -> bool:
    """Tell whether a short text names one region only, so that all of it is about that one."""
    place = context.place
    short = len(context.text) <= SHORT
    return (
        short and place is not None and bool(place.admin1) and context.regions == set(place.admin1)
    )


SHORT = 1500


def _last_whole(context: Context, frame: Frame) -> Draft | None:
    wholes = (d for d in reversed(context.drafts) if d.part_of is None)
    return next((d for d in wholes if d.metric.endswith(frame.event)), None)


def _of_a_day(line: Line, said: Attribution) -> bool:
    """Tell whether a national body gives a whole day's figure: "in the previous 24 hours"."""
    national = bool(said.claimant) and not said.admin1 and said.distance == 0
    state = said.claimant.lower().removeprefix("the ").startswith((*UKRAINIAN, *RUSSIAN))
    if not national or not (said.kind in WIDE or (said.kind == "official" and state)):
        return False
    return any(m.date is not None and m.date.window == "past_day" for m in line.marks)


WIDE = {"president", "army", "ministry", "emergency"}


def _new_day(context: Context, line: Line) -> bool:
    """Tell whether a sentence turns to another day: what it says may be of another place."""
    days = [m.date.last for m in line.marks if m.date is not None and m.date.kind == "day"]
    known = context.day[1] if context.day else None
    return known is not None and bool(days) and all(day != known for day in days)


def named_place(places: Sequence[PlaceMark], line: Line, context: Context) -> Place | None:
    """Return what a run of places means here; None for a whole country."""
    return _settled(places, line, context, _attacker(context, line), context.place)


def later_named(places: Sequence[PlaceMark], line: Line, context: Context) -> Told:
    """Return what a run of places means here, to be settled when it is asked for."""
    settle = partial(_settled, places, line, context, _attacker(context, line))
    return Told(None, settle, context.told)


def _settled(
    places: Sequence[PlaceMark], line: Line, context: Context, attacker: str, before: Place | None
) -> Place | None:
    near = [code for other in line.places for code in other.admin1]
    near += [
        *(before.admin1 if before else ()),
        *(code for speaker in line.reporting for code in speaker.admin1),
        *CAPITAL.get(attacker, ()),
    ]
    place = place_of(places, context.text, near)
    if place is not None and not place.admin1 and any(p.ambiguous for p in places):
        place = place_of(places, context.text, [*near, *context.regions])
    country = place is not None and not place.admin1 and all(p.kind == "country" for p in places)
    return None if country else place


def _attacker(context: Context, line: Line) -> str:
    return line.attackers[-1][1] if line.attackers else context.attacker


def _total(line: Line, frame: Frame) -> bool:
    return any(f.inherited for f in line.frames if f is not frame) or frame.event == "launched"
