"""Where a figure's event was: the place beside the count, before it, or carried over."""

from collections.abc import Sequence

from tally.grammar.attribution import Attribution
from tally.grammar.chunks import PEOPLE, Chunk, Frame
from tally.grammar.context import Context, Line
from tally.grammar.cues import stems
from tally.grammar.draft import Draft
from tally.grammar.marks import Mark
from tally.grammar.places import PlaceMark, place_of, run_after
from tally.grammar.speakers import RUSSIAN, UKRAINIAN
from tally.model import Place

CAPITAL = {"Russia": ("UA-30",), "Ukraine": ("RU-MOW",)}


def place_for(context: Context, line: Line, frame: Frame, said: Attribution) -> Place | None:
    """Return the place of a frame, or None for a whole country and where nothing tells."""
    beside = _where(line, frame) or _beside(line, frame) or _shared(line, frame)
    if beside:
        place = named_place(beside, line, context)
        unknown = place is not None and not place.admin1 and beside[-1].kind == "shared"
        return Place(place.name, said.admin1) if place and unknown else place
    if frame.rule == "shares the event after it" and frame.at > frame.count.last:
        behind = run_after(
            line.places, line.marks, frame.at, _clause_end(line, frame, len(line.marks))
        )
        if behind:
            return named_place(behind, line, context)
    if frame.inherited and frame.event not in PEOPLE:
        leading = _leading(line)
        return named_place(leading, line, context) if leading else None
    people = frame.event in PEOPLE
    earlier = [p for p in line.places if p.at < frame.count.first]
    earlier = [p for p in earlier if p.kind != "country"] or earlier
    if earlier and (people or not _total(line, frame)):
        return named_place(run_before(earlier, line.marks), line, context)
    others = [f for f in line.frames if f.count.first > frame.count.first]
    later = [p for p in line.places if p.at > frame.count.first]
    later = [p for p in later if p.kind != "country"] or later
    if people and later and not others:
        return named_place(
            run_after(later, line.marks, later[0].at, len(line.marks)), line, context
        )
    return _carried(context, line, frame, said)


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
    grown = frame.at == -1 or frame.rule == "the number grew"
    whole = _last_whole(context, frame) if grown else None
    if whole is not None and whole.place is not None:
        return whole.place
    near = line.sentence.paragraph - context.place_paragraph <= 1 and not _new_day(context, line)
    own = set(said.admin1)
    away = own and context.place is not None and not own & set(context.place.admin1)
    signs = said is context.voices.issuer
    if away and not signs and not (near and frame.count.victims == "military"):
        return Place("", said.admin1)
    near = near or _only_place(context)
    if (people or frame.event == "hit") and context.place is not None and near:
        return context.place
    # Who signs a text may write of any place; of soldiers officials tell where they were from.
    if said.admin1 and not (away and signs):
        return Place("", said.admin1)
    return None


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
    near = [code for other in line.places for code in other.admin1]
    near += [
        *(context.place.admin1 if context.place else ()),
        *(code for speaker in line.reporting for code in speaker.admin1),
        *CAPITAL.get(_attacker(context, line), ()),
    ]
    place = place_of(places, context.text, near)
    if place is not None and not place.admin1 and any(p.ambiguous for p in places):
        place = place_of(places, context.text, [*near, *context.regions])
    country = place is not None and not place.admin1 and all(p.kind == "country" for p in places)
    return None if country else place


def _attacker(context: Context, line: Line) -> str:
    return line.attackers[-1][1] if line.attackers else context.attacker


def _beside(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the places after a count or, where its own words hold them, before ("Oryol 135")."""
    after, before = _after(line, frame), _before(line, frame) or _dashed(line, frame)
    if not before:
        return _bracketed(line, frame) or after
    own = line.chunks[frame.chunk]
    beyond = bool(after) and after[0].at > own.last
    if beyond and (before[-1].at >= frame.count.first - 2 or _begins_next(line, after[0])):
        return before
    return after or before


def _where(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the place that a relative clause is about: "in Kharkiv, where … killing three"."""
    own = line.chunks[frame.chunk]
    if any(own.first <= p.at <= own.last for p in line.places):
        return []
    for at in range(frame.count.first - 1, 0, -1):
        mark = line.marks[at]
        if mark.text.lower() in WHERE:
            named = [p for p in line.places if p.at < at and p.at >= at - 4]
            return run_before(named, line.marks) if named else []
        if mark.number is not None or mark.tag == "semicolon":
            return []
    return []


WHERE = {"where", "где", "де"}


def _dashed(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the places that a dash sets before their number: "над Курской – 17, …"."""
    own = line.chunks[frame.chunk]
    if own.opener != "dash" or frame.chunk == 0 or frame.count.first > own.first + 1:
        return []
    heading = line.chunks[frame.chunk - 1]
    inside = [p for p in line.places if heading.first <= p.at <= heading.last]
    return inside if inside and not heading.counts and inside[-1].at >= heading.last - 1 else []


def _bracketed(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the place that a number in brackets stands behind: "Vladimir Oblast (seven)"."""
    own = line.chunks[frame.chunk]
    return [place for place in line.places if own.opener == "open" and place.at == own.first - 2]


def _begins_next(line: Line, place: PlaceMark) -> bool:
    """Tell whether a place stands before the number of its own words: "… and Kursk with 37"."""
    return any(
        chunk.first <= place.at <= chunk.last and any(c.first > place.at for c in chunk.counts)
        for chunk in line.chunks
    )


def _shared(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the place of the next figure where both share it: "two killed and five hurt in X"."""
    if frame.event not in PEOPLE:
        return []
    following = [
        f
        for f in line.frames
        if f.chunk == frame.chunk + 1 and f.event in PEOPLE and f.event != frame.event
    ]
    opener = line.chunks[frame.chunk + 1].opener if frame.chunk + 1 < len(line.chunks) else ""
    joined = opener in {"conj", "comma"}
    return _after(line, following[0]) if joined and following else []


def _after(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the places that follow a count, up to where the next figure's own words begin."""
    count = frame.count
    last, until = count.last, len(line.marks)
    aside = _aside(line, frame)
    if aside is not None:
        return run_after(line.places, line.marks, aside.first, until)
    framed = [f.count for f in line.frames]
    for other in line.chunks[frame.chunk].counts:
        if other.first > count.first and any(other is c for c in framed):
            between = line.marks[last + 1 : other.first]
            if len(between) > 4 or not any(mark.sense("markers", "outof") for mark in between):
                until = other.first
                break
            last = other.last
    after = [
        c.first
        for c in line.chunks
        if c.first > last
        and (
            _counts_more(c, frame) or _of_another_event(line, c, frame) or _relative(line, c, frame)
        )
    ]
    run = run_after(
        line.places, line.marks, last + 1, _clause_end(line, frame, min([until, *after]))
    )
    return [] if run and _numbered(line, run[-1]) else run


def _numbered(line: Line, place: PlaceMark) -> bool:
    """Tell whether a place has a number of its own in brackets: "Курской (три)"."""
    after = line.marks[place.at + 1 : place.at + 4]
    return (
        len(after) == 3
        and after[0].tag == "open"
        and after[1].number is not None
        and (after[2].tag == "close")
    )


def _relative(line: Line, chunk: Chunk, frame: Frame) -> bool:
    """Tell whether a relative clause says what an attack did, not where weapons were stopped."""
    words = [mark.text.lower() for mark in line.marks[chunk.first : chunk.last + 1]]
    course = any(word.startswith(stems("course")) for word in words)
    who = line.marks[chunk.first - 1].text.lower() in {"that", "which", "что", "що"}
    return chunk.opener == "sub" and who and frame.event not in PEOPLE and not course


def _counts_more(chunk: Chunk, frame: Frame) -> bool:
    """Tell whether a clause has a figure of its own, other than the one weapon that did it."""
    weapons = chunk.opener == "sub" and frame.event in PEOPLE
    return any(not (weapons and c.unit in {"drone", "missile", "other"}) for c in chunk.counts)


def _of_another_event(line: Line, chunk: Chunk, frame: Frame) -> bool:
    """Tell whether a clause says what else happened: "…, the third hit an airfield in X"."""
    events = {line.marks[i].event for i in chunk.events} - {"mixed", "launched", frame.event}
    return bool(events) and frame.event not in PEOPLE


def _aside(line: Line, frame: Frame) -> Chunk | None:
    """Return where a clause goes on behind an aside: "Eight, including two boys, are from X"."""
    rest = line.chunks[frame.chunk + 1 : frame.chunk + 3]
    if len(rest) < 2 or not rest[0].part or rest[1].opener != "comma" or rest[1].counts:
        return None
    return rest[1] if line.marks[rest[1].first].is_a("aux") else None


def _before(line: Line, frame: Frame) -> list[PlaceMark]:
    own = line.chunks[frame.chunk]
    before = [p for p in line.places if own.first <= p.at < frame.count.first]
    if not before:
        return []
    first = own.first
    for chunk in reversed(line.chunks[: frame.chunk]):
        if chunk.counts or chunk.events or line.marks[first - 1].tag not in {"conj", "comma"}:
            break
        first = chunk.first
    listed = [p for p in line.places if first <= p.at < frame.count.first]
    return run_before(listed, line.marks)


def _clause_end(line: Line, frame: Frame, until: int) -> int:
    """Return where places after a count stop being about it: at a colon, "including", a list."""
    for i in range(frame.count.last + 1, until):
        mark = line.marks[i]
        if mark.tag == "colon":
            return i
        part = mark.sense("markers", "part") and not mark.sense("markers", "aux")
        if part and i > max(frame.at, frame.count.last + 1):
            return i
        if mark.sense("markers", "report") and i > frame.at and not _passive(line, i):
            return i
    return until


def _passive(line: Line, i: int) -> bool:
    """Tell whether a word of reporting is "are said to have been"."""
    return i + 1 < len(line.marks) and line.marks[i + 1].text.lower() == "to"


def run_before(places: Sequence[PlaceMark], marks: Sequence[Mark]) -> list[PlaceMark]:
    """Return the list of places that ends with the last of them."""
    run = [places[-1]]
    for place in reversed(places[:-1]):
        between = marks[place.at : run[0].at]
        if run[0].at - place.at > 4 or any(
            mark.event or mark.number is not None for mark in between
        ):
            break
        run.insert(0, place)
    return run


def _total(line: Line, frame: Frame) -> bool:
    return any(f.inherited for f in line.frames if f is not frame) or frame.event == "launched"
