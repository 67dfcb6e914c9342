"""Counts that go on with an event of their sentence: "… including 53 over Oryol and 51 over X"."""

from collections.abc import Sequence

from tally.grammar.chunks import (
    PEOPLE,
    Chunk,
    Frame,
    behind_quotation,
    compatible,
    fits,
    is_bare,
    mode_of,
)
from tally.grammar.count import Count
from tally.grammar.cues import stems
from tally.grammar.listed import only_with
from tally.grammar.marks import Mark
from tally.grammar.nouns import WEAPONS
from tally.grammar.plainly import plainly_one
from tally.grammar.singulars import ARTICLES


def event_behind(
    count: Count, chunks: Sequence[Chunk], at: int, frames: Sequence[Frame], marks: Sequence[Mark]
) -> Frame | None:
    """Go on with the event before: "159 drones, including 53 over Oryol and 51 over Bryansk"."""
    chunk = chunks[at]
    if count.unit and (_own_predicate(count, chunk, marks) or _forced(count, chunk, marks)):
        return None
    if _dealt_with(count, marks):
        return None
    for frame in reversed(frames):
        if _in_aside(frame, chunks, at, marks) or not _can_go_on(count, chunk, frame, marks):
            continue
        listed = chunks[frame.chunk + 1 : at + 2]
        joined = _weapon_joined(count, chunks, at, frame, marks) or _elsewhere(
            count, chunks, at, frame, marks
        )
        if (
            not joined
            and _tells_who(count, chunk, frame)
            and not _named_beside(chunk, listed, frame, marks)
        ):
            return _apposition(count, chunk, at, frame)
        if count.implied and not (joined or _one_more(count, chunk, at, frame)):
            continue
        if count.implied and chunk.opener == "sub" and only_with(count, chunk, marks):
            continue
        unit, rule = count.unit or frame.unit, "goes on with the event before"
        return Frame(count, frame.event, frame.mode, frame.at, rule, at, unit, inherited=True)
    return _bare_event_behind(count, chunks, at, marks)


def _dealt_with(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether the others had something else done to them: "the other five were dealt with"."""
    after = marks[count.last + 1 : count.last + 3]
    passive = len(after) == 2 and after[0].low in {"were", "was"}
    other = count.first > 0 and marks[count.first - 1].low in {"other", "the other"}
    if not (passive and other):
        return False
    done = after[1].tag == "word" and after[1].low.endswith(("ed", "t", "n"))
    return done or after[1].event == "intercepted"


def _forced(count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether a verb opens a clause of its own: "…, and forced 300 people to flee"."""
    first = marks[chunk.first]
    verb = first.tag == "word" and first.text.islower() and first.text.endswith("ed")
    return verb and chunk.first < count.first and chunk.opener in {"conj", "comma"}


def _can_go_on(count: Count, chunk: Chunk, frame: Frame, marks: Sequence[Mark]) -> bool:
    """Tell whether a count may be of an earlier frame's event at all."""
    hurt = count.state and frame.event in PEOPLE  # "двоє з них перебувають у важкому стані"
    if not compatible(frame, count) or not (hurt or is_bare(count, chunk, marks)):
        return False
    if _did_something(count, marks):
        return False
    weapons = frame.unit in WEAPONS  # "збито 4 шахеди, ще один – над Одещиною"
    if count.rule == "another" and not (count.unit or weapons or frame.count.quantity.low == 1):
        return False
    return not (chunk.opener == "sub" and count.unit and not (chunk.part or count.part))


def _did_something(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether some of them are only told to have done something: "один из них рассказал"."""
    of_them, did = marks[count.last + 1 : count.last + 2], marks[count.last + 2 : count.last + 3]
    if not of_them or not of_them[0].is_a("part", "outof") or not did:
        return False
    verb = did[0].tag == "word" and not did[0].senses and did[0].low.endswith(IN_THE_PAST)
    return verb or did[0].sense("markers", "report") is not None


IN_THE_PAST = ("ил", "ал", "ел", "ила", "ала", "или", "али", "ели", "ився", "илася", "илися", "лся")


def _tells_who(count: Count, chunk: Chunk, frame: Frame) -> bool:
    """Tell whether one person only says who the counted are: "three were hurt: a man, a boy"."""
    apart = chunk.part or count.part or chunk.opener == "open" or frame.count.implied
    return count.implied and (not apart or frame.rule == "apposition")


def _named_beside(
    chunk: Chunk, listed: Sequence[Chunk], frame: Frame, marks: Sequence[Mark]
) -> bool:
    """Tell whether one person is joined to a number of others: "two men, a woman and a child".

    After a comma only where "and" ends the list and the number has a noun that leaves somebody
    out: people may be told apart so ("three people, a man and two women"), men may not.
    """
    if frame.count.implied or frame.count.unit != "person" or frame.rule == "apposition":
        return False
    if not listed or listed[0] is not chunk or not _only_names(chunk, marks):
        return False
    if chunk.opener == "conj":
        return True
    ended = any(last.opener == "conj" and _only_names(last, marks) for last in listed[1:])
    return (
        ended and bool(frame.count.mods) and not frame.count.mods[-1].startswith(stems("anybody"))
    )


def _only_names(chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether a chunk only names one person: "and a 5-year-old child"."""
    if chunk.opener not in {"conj", "comma"} or chunk.events or len(chunk.counts) != 1:
        return False
    count = chunk.counts[0]
    before, after = marks[chunk.first : count.first], marks[count.last + 1 : chunk.last + 1]
    described = all(mark.tag in DESCRIBES or mark.low in ARTICLES for mark in before)
    ends = not after or after[0].tag != "word"
    return count.implied and count.unit == "person" and not count.part and described and ends


DESCRIBES = {"mod", "digits", "person", "country"}


def _one_more(count: Count, chunk: Chunk, at: int, frame: Frame) -> bool:
    """Tell whether one person is joined to those before: "a man was killed and a woman"."""
    if chunk.part or count.part:
        return True
    joined = chunk.opener in {"conj", "comma"} and at - frame.chunk <= 1
    return joined and count.unit == "person"


def _elsewhere(
    count: Count, chunks: Sequence[Chunk], at: int, frame: Frame, marks: Sequence[Mark]
) -> bool:
    """Tell whether somebody is told of another place: "a man died in Lutsk, a woman in Dnipro"."""
    own, told = chunks[at], chunks[frame.chunk]
    beside = at - frame.chunk == 1 and own.opener in {"comma", "conj"} and not own.events
    if not beside or count.unit != "person" or count.part or own.part:
        return False
    after = marks[count.last + 1 : own.last + 1]
    over = bool(after) and after[0].is_a("over") and any(m.sense("places") for m in after)
    return over and any(m.sense("places") for m in marks[told.first : told.last + 1])


def _weapon_joined(
    count: Count, chunks: Sequence[Chunk], at: int, frame: Frame, marks: Sequence[Mark]
) -> bool:
    """Tell whether one weapon is joined to others: "sent 126 drones and a missile".

    So it is within a list, "seven drones, a cruise missile and …", and where only who fired it
    follows: "… and a cruise missile launched by Russia".
    """
    own = chunks[at]
    listed = own.opener == "comma" and any(
        later.opener in {"conj", "comma"} and later.counts and not later.events
        for later in chunks[at + 1 : at + 2]
    )
    only_fired = all(i == count.last + 1 and marks[i].event == "launched" for i in own.events)
    beside = (own.opener == "conj" or listed) and at - frame.chunk <= 2 and only_fired
    if not beside or not {count.unit, frame.unit} <= WEAPONS:
        return False
    return not frame.count.implied or (frame.event == "intercepted" and not own.events)


def _bare_event_behind(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]
) -> Frame | None:
    """Take an event said without a figure just before: "Killed in the strike were two men"."""
    if not count.unit or chunks[at].opener == "sub" or behind_quotation(chunks[at], marks):
        return None
    after = marks[count.last + 1 : count.last + 2]
    if after and after[0].tag == "word" and after[0].low.endswith("ing"):
        return None  # "with many killed, and 900 people living in tents"
    if count.implied and only_with(count, chunks[at], marks):
        return None
    for back in range(at - 1, max(-1, at - 3), -1):
        for i in reversed(chunks[back].events):
            event = marks[i].event
            if not fits(event, count.unit) or any(
                c.unit != "other" and not _only_eliminated(c, event) for c in chunks[back].counts
            ):
                continue
            if count.implied and not plainly_one(count, i, event, marks):
                continue
            if count.implied and _does(chunks[at], count, marks):
                continue
            rule = "takes the event before"
            return Frame(count, event, mode_of(marks[i]), i, rule, at, count.unit)
    return None


def _only_eliminated(count: Count, event: str) -> bool:
    """Tell whether a count gives no figure of its event: people who were "destroyed"."""
    return count.unit == "person" and event == "intercepted"


def _does(chunk: Chunk, count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether a verb of its own stands before a person: "… and ordered the woman to leave"."""
    before = marks[chunk.first : count.first]
    return any(mark.tag == "word" and mark.low.endswith("ed") for mark in before)


def _in_aside(frame: Frame, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark]) -> bool:
    """Tell whether an earlier figure stands in brackets or between dashes that have closed."""
    opener, own = chunks[frame.chunk].opener, chunks[at]
    if frame.chunk == at or opener == own.opener == "open":
        return False
    if opener == "open":
        return True
    closed = own.opener == "dash" and own.first > 1 and marks[own.first - 2].tag == "comma"
    return closed and any(c.opener == "dash" for c in chunks[1 : frame.chunk + 1])


def _apposition(count: Count, chunk: Chunk, at: int, frame: Frame) -> Frame | None:
    """Read who the counted are: "three were hurt: a man, a woman and a boy" has a part, the boy."""
    if count.unit != "person" or at - frame.chunk > 4:
        return None
    listed = (
        chunk.opener in {"colon", "comma", "dash"}
        or frame.rule == "apposition"
        or at - frame.chunk > 1
    )
    if (
        not listed
        or count.victims not in {"child", "military", "responder"}
        or count.victims == frame.count.victims
    ):
        return None
    count.part = True
    return Frame(
        count, frame.event, frame.mode, frame.at, "apposition", at, "person", inherited=True
    )


def _own_predicate(count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether something else is said of what is counted: "144 people had been moved"."""
    after = marks[count.last + 1 : min(count.last + 4, chunk.last + 1)]
    return any(mark.tag == "aux" for mark in after[:2]) and bool(after) and after[-1].tag == "word"
