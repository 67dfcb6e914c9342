"""The places in a figure's own words: after the count, before it, in brackets or behind a dash."""

from collections.abc import Sequence

from tally.grammar.chunks import PEOPLE, SHARED, Chunk, Frame, mode_of
from tally.grammar.context import Line
from tally.grammar.count import Count
from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark
from tally.grammar.place_runs import run_after
from tally.grammar.places import PlaceMark


def beside(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the places after a count or, where its own words hold them, before ("Oryol 135")."""
    count = frame.count
    inside = [p for p in line.places if count.first < p.at < count.last]
    if inside and line.marks[inside[0].at - 1].is_a("over"):
        return inside  # "одного летевшего на Москву беспилотника"
    if told := _between(line, frame) or _where_stopped(line, frame):
        return told
    after, before = _after(line, frame), _before(line, frame) or _dashed(line, frame)
    if not before:
        return _bracketed(line, frame) or after
    own = line.chunks[frame.chunk]
    beyond = bool(after) and after[0].at > own.last
    if beyond and (stands_before(before[-1], count, line.marks) or _begins_next(line, after[0])):
        return before
    return after or before


def stands_before(place: PlaceMark, count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether a number stands right behind a place: "над Курской областью — пять"."""
    between = [
        mark
        for mark in marks[place.at + 1 : count.first]
        if not (mark.tag == "dash" or mark.is_a("each") or mark.low.startswith(stems("unit_noun")))
    ]
    return len(between) <= 1 and not any(mark.tag in {"comma", "conj"} for mark in between)


def _where_stopped(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return where weapons came down that an aside says flew elsewhere: "two, flying to X, …"."""
    if frame.rule != SHARED or frame.event in PEOPLE or frame.at < frame.count.last:
        return []
    until = clause_end(line, frame, len(line.marks))
    return run_after(line.places, line.marks, frame.at, until)


def _between(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the place between what happened and to whom: "поранений у Бахмуті військовий"."""
    first, last = frame.at, frame.count.first
    if (
        frame.inherited
        or not 0 <= first < last
        or any(m.tag == "comma" for m in line.marks[first:last])
    ):
        return []
    told = [p for p in line.places if first < p.at < last and p.kind != "country"]
    return run_before(told, line.marks) if told and line.marks[told[0].at - 1].is_a("over") else []


def where(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the place that a relative clause is about: "in Kharkiv, where … killing three"."""
    own = line.chunks[frame.chunk]
    if WHERE.isdisjoint(line.gist.words) or any(own.first <= p.at <= own.last for p in line.places):
        return []
    for at in range(frame.count.first - 1, 0, -1):
        mark = line.marks[at]
        if mark.low in WHERE:
            named = [p for p in line.places if p.at < at and p.at >= at - 4]
            return run_before(named, line.marks) if named else []
        if mark.tag == "semicolon" or (
            mark.number is not None and not _joined_toll(line, frame, at)
        ):
            return []
    return []


def _joined_toll(line: Line, frame: Frame, at: int) -> bool:
    """Tell whether a number is the toll beside: "where six were killed and 15 injured"."""
    return frame.event in PEOPLE and at in line.tolls


WHERE = {"where", "где", "де"}


def _dashed(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the places that a dash sets before their number: "над Курской и Тульской – по 17"."""
    own = line.chunks[frame.chunk]
    if own.opener != "dash" or frame.chunk == 0 or frame.count.first > own.first + 1:
        return []
    first = own.first
    for chunk in reversed(line.chunks[: frame.chunk]):
        if chunk.counts:
            break
        first = chunk.first
        if chunk.events or chunk.opener not in {"conj", "comma"}:
            break
    inside = [p for p in line.places if first <= p.at < own.first]
    behind = line.chunks[frame.chunk - 1].last - 1
    return run_before(inside, line.marks) if inside and inside[-1].at >= behind else []


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


def shared(line: Line, frame: Frame) -> list[PlaceMark]:
    """Return the place of the next figure where both share it: "two killed and five hurt in X"."""
    if frame.event not in PEOPLE:
        return []
    following = [
        f
        for f in line.frames
        if f.chunk == frame.chunk + 1 and f.event in PEOPLE and f.event != frame.event
    ]
    joined = any(
        chunk.opener in {"conj", "comma"}
        and cues("new_clause").isdisjoint(m.low for m in line.marks[chunk.first - 1 :][:2])
        for chunk in line.chunks[frame.chunk + 1 : frame.chunk + 2]
    )
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
        line.places, line.marks, last + 1, clause_end(line, frame, min([until, *after]))
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
    words = [mark.low for mark in line.marks[chunk.first : chunk.last + 1]]
    course = any(word.startswith(stems("course")) for word in words)
    who = line.marks[chunk.first - 1].low in {"that", "which", "что", "що"}
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
    named = {place.at for place in line.places}
    for chunk in reversed(line.chunks[: frame.chunk]):
        if chunk.counts or line.marks[first - 1].tag not in {"conj", "comma"}:
            break
        if chunk.events:  # "attacks in Kyiv, Kharkiv and Odesa"
            first = chunk.last if {chunk.last, first} <= named else first
            break
        first = chunk.first
    listed = [p for p in line.places if first <= p.at < frame.count.first]
    return run_before(listed, line.marks)


def clause_end(line: Line, frame: Frame, until: int) -> int:
    """Return where places after a count stop being about it: at a colon, "including", a list."""
    for i in range(frame.count.last + 1, until):
        mark = line.marks[i]
        if mark.tag == "colon" or (frame.event == "launched" and _aims(line, frame, i)):
            return i
        if mark.low in cues("meanwhile") and line.marks[i - 1].tag == "comma":
            return i
        part = mark.sense("markers", "part") and not mark.sense("markers", "aux")
        if part and i > max(frame.at, frame.count.last + 1):
            return i
        if mark.sense("markers", "report") and i > frame.at and not _passive(line, i):
            return i
    return until


def _aims(line: Line, frame: Frame, i: int) -> bool:
    """Tell whether a clause says what an attack was aimed at: "90 drones, targeting regions"."""
    weak = line.marks[i].event == "launched" and mode_of(line.marks[i]) == "weak"
    return weak and i != frame.at and line.marks[i - 1].tag in {"comma", "date"}


def _passive(line: Line, i: int) -> bool:
    """Tell whether a word of reporting is "are said to be", "were reported in", "it said were"."""
    after = line.marks[i + 1] if i + 1 < len(line.marks) else None
    told = i > 0 and line.marks[i - 1].is_a("aux") and after is not None and after.is_a("over")
    return told or (after is not None and (after.low == "to" or after.is_a("aux")))


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
