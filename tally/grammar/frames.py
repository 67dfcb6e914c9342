"""Join each count of a sentence to the event that happened to it: a frame.

A sentence is cut at commas, conjunctions and dashes into chunks. A count takes the event of its
own chunk; a chunk without one goes on with the event before it ("… and 51 over Bryansk") or, at
the head of a sentence, shares the one after it ("two men and a child were hurt").
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from tally.grammar.ahead import before_dash, behind_dash, event_ahead
from tally.grammar.called import both_told, called_so
from tally.grammar.chunks import PEOPLE, SHARED, Chunk, Frame, cut
from tally.grammar.count import Count
from tally.grammar.cues import cues
from tally.grammar.deeds import own_event
from tally.grammar.ellipsis import event_behind
from tally.grammar.grown import grew_too, toll_grown, toll_of
from tally.grammar.killers import brings_down
from tally.grammar.later import told_later
from tally.grammar.lines import labelled_otherwise
from tally.grammar.listed import announced, behind_place, in_list, under_heading
from tally.grammar.marks import Mark
from tally.grammar.outcomes import outcome, stopped_too, unsplit
from tally.grammar.shares import of_the_whole, of_things
from tally.grammar.striking import destroyed_something


def find_frames(
    marks: Sequence[Mark],
    counts: Sequence[Count],
    before: Sequence[Frame],
    *,
    goes_on: bool,
    weapon: str = "",
    header: Mark | None = None,
    joined: bool = False,
) -> tuple[list[Frame], list[Chunk]]:
    """Return the frames of a sentence and its chunks.

    `before` are the frames of the sentence before, from which a list may go on (`goes_on`) and to
    which a semicolon may join this one (`joined`); `weapon` is what the text last named, `header`
    the event of a line that ended with a colon and had no figure ("Overnight were destroyed:").
    """
    chunks = cut(marks, counts)
    _say_once(chunks)
    frames, loose = list[Frame](), list[Count]()
    for at, chunk in enumerate(chunks):
        for count in filter(partial(_may_be_told, chunks=chunks, at=at, marks=marks), chunk.counts):
            if count.mods == ["others"] and _of_weapons(chunk, marks):
                count.unit = ""
            if _of_things_told(count, chunks, at, frames):
                continue
            if _of_loose(count, chunk, loose, frames) or _eliminated(count, chunk, marks):
                loose.append(count)
                continue
            frame = (
                both_told(count, counts, at, marks)
                or called_so(count, chunk, at, marks)
                or grew_too(count, chunks, at, marks, frames)
                or toll_of(count, chunk, at, marks, frames or before, weapon)
                or own_event(count, chunk, at, marks, frames, before, weapon)
                or _beside_dash(count, chunks, at, marks, frames)
                or told_later(count, chunks, at, marks, frames or before, weapon)
                or event_ahead(count, chunks, at, marks, frames)
                or announced(count, chunk, at, marks)
                or event_behind(count, chunks, at, frames, marks)
                or toll_grown(count, chunk, at, before, marks)
                or _out_of(count, chunks, at, marks)
                or in_list(count, chunk, at, before, marks, goes_on=goes_on, joined=joined)
                or under_heading(count, chunk, at, marks, header, weapon)
                or behind_place(count, chunks, at, marks)
            )
            frame = _narrowed(frame, marks) if frame is not None else None
            if frame is not None:
                frame = unsplit(stopped_too(frame, chunks, marks, frames), marks)
                frames.append(outcome(frame, marks, counts))
            elif count.unit == "person":
                loose.append(count)
    return frames, chunks


def _beside_dash(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark], frames: Sequence[Frame]
) -> Frame | None:
    """Read what a dash says of the count before it or behind it: "вісім – втрачені"."""
    return behind_dash(count, chunks, at, marks, frames) or before_dash(count, chunks, at, marks)


def _may_be_told(count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]) -> bool:
    other = count.unit == "other" or _tested(count, marks) or _tells(count, marks)
    other = other or brings_down(count, chunks[at].events, marks) or _hurts(count, marks)
    other = other or _left_behind(count, marks)
    return not (other or labelled_otherwise(count, chunks, at, marks))


def _left_behind(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether people are the kin of who died: "left behind a wife and two sons"."""
    if count.unit != "person":
        return False
    words = marks[max(0, count.first - KIN_WITHIN) : count.last + 1]
    told = " ".join(mark.low for mark in words)
    return any(f" {cue} " in f" {told} " for cue in _leaving())


KIN_WITHIN = 8  # marks from the verb to the last of the kin: "left behind his wife and two sons"


@cache
def _leaving() -> tuple[str, ...]:
    return tuple(cue for lang in ("en", "uk", "ru") for cue in cues("left_behind", lang))


def _hurts(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether those counted are who or what hurt others: "two others injured civilians"."""
    own = marks[count.first : count.last + 1]
    others = next((i for i, mark in enumerate(own) if mark.low == "others"), len(own))
    return len(own) > others + 2 and own[others + 1].low in cues("hurts", "en")


def _narrowed(frame: Frame, marks: Sequence[Mark]) -> Frame | None:
    """Return what a frame tells of its count: nothing of a thing, a hit of what hit something."""
    if _of_a_thing(frame, marks) or _in_the_open(frame, marks) or _of_the_rest(frame, marks):
        return None
    told = of_the_whole(frame, marks)
    if told is not None and told.at >= 0 and destroyed_something(told, marks):
        told = replace(told, event="hit", mode="", rule="what destroyed something hit it")
    return told if told and _is_counted(told) and not _on_the_ground(told, marks) else None


def _is_counted(frame: Frame) -> bool:
    """Tell whether what is said of a number is counted: only drones are airborne, or lost."""
    return frame.event != "mixed" and (
        frame.event not in {"airborne", "lost"} or frame.unit == "drone"
    )


def _of_weapons(chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether "others" are weapons by what happened to them: "20 others were jammed"."""
    return bool(chunk.events) and all(
        marks[i].event in {"intercepted", "lost"} for i in chunk.events
    )


def _of_the_rest(frame: Frame, marks: Sequence[Mark]) -> bool:
    """Tell whether an event behind is of those left over: "троих отпустили, остальных ранило"."""
    between = marks[frame.count.last + 1 : max(0, frame.at)]
    return frame.rule == SHARED and any(mark.low in cues("the_rest") for mark in between)


def _of_a_thing(frame: Frame, marks: Sequence[Mark]) -> bool:
    return frame.event in PEOPLE and of_things(frame.count, marks)


def _in_the_open(frame: Frame, marks: Sequence[Mark]) -> bool:
    """Tell whether a weapon only came down, or where nothing was: "crashed into the sea".

    A missile that fell on a town struck it; a drone may have been shot down.
    """
    if frame.event != "hit" or not 0 <= frame.at < len(marks):
        return False
    down = marks[frame.at].low.startswith(("crash", "land", "fell"))
    if frame.unit == "drone" and marks[frame.at].low in cues("falls_on", "en"):
        return True
    into = marks[frame.at + 1 : frame.at + 4]
    return down and any(
        mark.sense("places", "sea") or mark.low in cues("open_ground") for mark in into
    )


def _tells(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether people are who speaks: "one woman told an agency: …", "двоє людей розповіли"."""
    after = marks[count.last + 1 : count.last + 2]
    return count.unit == "person" and bool(after) and after[0].low in cues("tells")


def _tested(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether a weapon was only tried: "Beijing tested a missile before hitting a target"."""
    if count.unit not in {"drone", "missile"}:
        return False
    before = marks[max(0, count.first - TESTED_WITHIN) : count.first]
    return any(mark.low.startswith(TESTED) for mark in before)


TESTED_WITHIN = 4  # marks
TESTED = ("tested", "test-fired", "испытал", "испытан", "випробува", "випробов")


def _say_once(chunks: Sequence[Chunk]) -> None:
    """Count people once who are told by their kin behind a dash: "a girl and a man – father and …".

    As many as stand before the dash, and nothing has been said of those yet.
    """
    dash = next((at for at, chunk in enumerate(chunks) if chunk.opener == "dash"), 0)
    before = [count for chunk in chunks[:dash] for count in chunk.counts]
    again = list(chunks[dash : dash + 1])
    for chunk in chunks[dash + 1 :]:
        if chunk.opener != "conj" or again[-1].events:
            break
        again.append(chunk)
    kin = [count for chunk in again for count in chunk.counts]
    people = all(count.implied and count.unit == "person" for count in (*before, *kin))
    if len(before) > 1 and len(kin) == len(before) and people and not _told(chunks[:dash]):
        for named, same in zip(before, kin, strict=True):
            same.victims = same.victims or named.victims
        for chunk in chunks[:dash]:
            chunk.counts = []


def _told(chunks: Sequence[Chunk]) -> bool:
    return any(chunk.events for chunk in chunks)


def _on_the_ground(frame: Frame, marks: Sequence[Mark]) -> bool:
    """Tell whether a strike destroyed weapons that did not fly: "ударом уничтожены 10 БПЛА"."""
    stopped = frame.event == "intercepted" and frame.unit in {"drone", "missile"}
    return stopped and any(mark.low.startswith(STRIKE) for mark in marks[: max(0, frame.at)])


STRIKE = ("ударом", "ударами", "огнем", "огнём", "вогнем")


def _of_loose(count: Count, chunk: Chunk, loose: Sequence[Count], frames: Sequence[Frame]) -> bool:
    """Tell whether a count is part of people who gave no figure: "144 were moved, 20 children".

    A number without a noun is where they are the last told: "losses of 900 troops, including 30".
    """
    if not (chunk.part or count.part) or not loose or chunk.events:
        return False
    last = not frames or frames[-1].count.first < loose[-1].first
    return count.unit == "person" or (count.unit == "" and last)


def _of_things_told(
    count: Count, chunks: Sequence[Chunk], at: int, frames: Sequence[Frame]
) -> bool:
    """Tell whether a number is a part of things: "87 shells, 12 of them from launchers"."""
    told = [c for chunk in chunks[: at + 1] for c in chunk.counts if c.first < count.first]
    part = count.unit == "" and (count.part or chunks[at].part)
    if not part or frames or not told or told[-1].unit != "other":
        return False
    return (told[-1].quantity.low or 0) >= (count.quantity.low or 0)


def _eliminated(count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether people are said to be "eliminated": how many of them died is not said."""
    return count.unit == "person" and {marks[i].event for i in chunk.events} == {"intercepted"}


def _out_of(count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]) -> Frame | None:
    """Read the whole of "Of the 111 drones, 88 were shot down" as what was launched."""
    if count.unit not in {"drone", "missile"} or chunks[at].events:
        return None
    before = [mark for mark in marks[chunks[at].first : count.first] if mark.text != "the"]
    if len(before) != 1:
        return None
    rest = chunks[at + 1 : at + 2]
    said = any(marks[i].event in {"intercepted", "lost", "hit"} for c in rest for i in c.events)
    if not before[0].sense("markers", "outof") or not said or not rest[0].counts:
        return None
    return Frame(count, "launched", "", -1, "out of the whole", at, count.unit)
