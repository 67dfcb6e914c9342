"""Counts of a list that something before it speaks for: a sentence, a heading, words ahead."""

from collections.abc import Sequence

from tally.grammar.chunks import PEOPLE, Chunk, Frame, compatible, fits, is_bare, mode_of
from tally.grammar.count import Count
from tally.grammar.marks import Mark
from tally.grammar.nouns import WEAPONS
from tally.grammar.told_who import told_who


def announced(count: Count, chunk: Chunk, at: int, marks: Sequence[Mark]) -> Frame | None:
    """Take the event announced before a list: "Of the injured, 11 were in Kyiv".

    Weapons stand beside it: "Drones downed: 38 over Sumy, seven over Kharkiv".
    """
    if chunk.header < 0 or count.means or not is_bare(count, chunk, marks):
        return None
    event = marks[chunk.header].event
    unit = count.unit or ("person" if event in PEOPLE else _announced_weapon(chunk, marks))
    if not unit or not fits(event, unit):
        return None
    return Frame(
        count,
        event,
        mode_of(marks[chunk.header]),
        chunk.header,
        "announced before the list",
        at,
        unit,
        inherited=True,
    )


def _announced_weapon(chunk: Chunk, marks: Sequence[Mark]) -> str:
    """Return the weapon of a heading that ends in a colon: "Сбиты беспилотники: …"."""
    colon = next((i for i in range(chunk.header, chunk.first) if marks[i].tag == "colon"), -1)
    named = [mark.unit for mark in marks[: max(0, colon)] if mark.unit in WEAPONS]
    return named[-1] if named else ""


def in_list(
    count: Count,
    chunk: Chunk,
    at: int,
    before: Sequence[Frame],
    marks: Sequence[Mark],
    *,
    goes_on: bool,
    joined: bool,
) -> Frame | None:
    """Go on with the list of the sentence before: "Twenty over Oryol, eight over Kursk"."""
    if not goes_on or not before:
        return None
    if count.implied and not (chunk.part or count.part):
        return None
    if count.unit == "person" and only_with(count, chunk, marks):
        return None
    placed = any(mark.sense("places") for mark in marks[count.last + 1 : count.last + 8]) or any(
        mark.sense("places") for mark in marks[: count.first]
    )
    who = told_who(count, marks) if before[-1].event in PEOPLE and not chunk.events else ""
    count.part |= bool(who)
    count.victims = count.victims or who
    part = chunk.part or count.part
    item = joined and count.unit in WEAPONS and count.first == 0 and not chunk.events
    if not (part or item) and not (
        (placed or count.more) and count.unit != "person" and is_bare(count, chunk, marks)
    ):
        return None
    frame = before[-1] if not part else _nearest(before, count)
    if (
        frame is not None
        and frame.event in PEOPLE
        and any(marks[i].event not in PEOPLE for i in chunk.events)
    ):
        return None
    if (
        frame is None
        or not compatible(frame, count)
        or (count.unit == "" and frame.event in PEOPLE and not part and not joined)
    ):
        return None
    unit = count.unit or frame.unit
    return Frame(count, frame.event, frame.mode, -1, "list goes on", at, unit, inherited=True)


def only_with(count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether somebody is only there beside another: "she was on a walk with her mother"."""
    before = marks[max(0, chunk.first - 1) : count.first]
    parts = [mark.low for mark in before if mark.sense("markers", "part")]
    return bool(parts) and set(parts) == {"with"}


def behind_place(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]
) -> Frame | None:
    """Take an event without a figure for numbers behind places: "downed over Kursk (6), Oryol (2)".

    So do a total after the list ("were downed over Kursk and Oryol: eight in all") and a number
    of an unnumbered whole ("drones were downed, 19 of them over Crimea").
    """
    own = chunks[at]
    lone = own.opener == "open" and own.first == count.first and own.last == count.last
    listed = lone and own.first > 1 and marks[own.first - 2].sense("places") is not None
    in_all = own.opener in {"colon", "dash"} and _in_all(count, marks)
    of_them = count.part and own.opener in {"comma", "dash"}
    if count.unit or count.implied or not (listed or in_all or of_them):
        return None
    for back in reversed(chunks[:at]):
        for i in reversed(back.events):
            event = marks[i].event
            nouns = [m.unit for m in marks[: back.last + 1] if m.unit in WEAPONS]
            unit = "person" if event in PEOPLE else nouns[-1] if nouns else ""
            if not unit or any(c.unit == unit and not c.implied for c in back.counts):
                return None
            return Frame(
                count, event, mode_of(marks[i]), i, "number behind a place", at, unit,
                inherited=listed,
            )  # fmt: skip
    return None


def _in_all(count: Count, marks: Sequence[Mark]) -> bool:
    after = marks[count.last + 1 : count.last + 3]
    return count.total or any(mark.sense("markers", "total") for mark in after)


def under_heading(
    count: Count, chunk: Chunk, at: int, marks: Sequence[Mark], header: Mark | None, weapon: str
) -> Frame | None:
    """Take the event of the line above the list: "Overnight were destroyed:".

    Beside a place a number needs no noun: "Drones downed:", then "Sumy: 38".
    """
    if header is None or count.implied:
        return None
    placed = len(marks) <= ITEM and any(mark.sense("places") for mark in marks)
    bare = placed and is_bare(count, chunk, marks)
    unit = count.unit or ("" if not bare else "person" if header.event in PEOPLE else weapon)
    if not unit or not fits(header.event, unit):
        return None
    return Frame(count, header.event, mode_of(header), -1, "announced above the list", at, unit)


ITEM = 8  # marks of one line of a list


def _nearest(before: Sequence[Frame], count: Count) -> Frame | None:
    return next((frame for frame in reversed(before) if compatible(frame, count)), None)
