"""Join each count of a sentence to the event that happened to it: a frame.

A sentence is cut at commas, conjunctions and dashes into chunks. A count takes the event of its
own chunk; a chunk without one goes on with the event before it ("… and 51 over Bryansk") or, at
the head of a sentence, shares the one after it ("two men and a child were hurt").
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tally.grammar.counts import Count
from tally.grammar.marks import Mark

PEOPLE = ("killed", "injured", "mixed")
BREAKS = {"comma", "semicolon", "colon", "open", "close", "dash", "conj", "sub"}
WEAK = 12
MEANS = {"by", "through", "with", "using", "засобами", "средствами"}


@dataclass(slots=True)
class Chunk:
    """A run of marks between two breaks, with the counts and events in it."""

    first: int
    last: int
    opener: str
    counts: list[Count] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    part: bool = False
    negated: bool = False
    header: int = -1


@dataclass(slots=True)
class Frame:
    """A count and its event. `at` indexes the event's mark, -1 when it stands in another sentence.

    `inherited` tells that the event is that of an earlier count ("53 over Oryol").
    """

    count: Count
    event: str
    mode: str
    at: int
    rule: str
    chunk: int
    unit: str
    inherited: bool = False


def cut(marks: Sequence[Mark], counts: Sequence[Count]) -> list[Chunk]:
    """Return the chunks of a sentence."""
    inside = {i for count in counts for i in range(count.first, count.last + 1)}
    chunks: list[Chunk] = []
    first, opener = 0, "start"
    for i, mark in enumerate(marks):
        if _breaks(marks, i) and i not in inside:
            chunks.append(Chunk(first, i - 1, opener))
            first, opener = i + 1, mark.tag if mark.tag in BREAKS else "sub"
    chunks.append(Chunk(first, len(marks) - 1, opener))
    for chunk in chunks:
        _fill(chunk, marks, counts)
    chunks = [chunk for chunk in chunks if chunk.first <= chunk.last]
    _open(chunks)
    return chunks


def _open(chunks: Sequence[Chunk]) -> None:
    """Let "Of these, …" and "The wounded by district: …" govern the chunks that follow them."""
    part, header = False, -1
    for at, chunk in enumerate(chunks):
        if chunk.part and not chunk.counts:
            part = True
            header = chunk.events[-1] if chunk.events else header
        elif (
            chunk.events
            and not chunk.counts
            and at + 1 < len(chunks)
            and chunks[at + 1].opener == "colon"
        ):
            header = chunk.events[-1]
        elif chunk.counts:
            chunk.part |= part
            chunk.header = header


def _breaks(marks: Sequence[Mark], i: int) -> bool:
    mark = marks[i]
    if mark.tag == "dash":
        return i == 0 or marks[i - 1].end != mark.start
    return mark.tag in BREAKS


def _fill(chunk: Chunk, marks: Sequence[Mark], counts: Sequence[Count]) -> None:
    chunk.counts = [count for count in counts if chunk.first <= count.first <= chunk.last]
    for i in range(chunk.first, chunk.last + 1):
        mark = marks[i]
        numbered = _mode(mark) == "wound" and i > 0 and marks[i - 1].number is not None
        own = mark.unit and any(c.first <= i <= c.last for c in chunk.counts)
        if mark.event and not own and not numbered:
            chunk.events.append(i)
        before = all(i < count.first for count in chunk.counts)
        if mark.sense("markers", "part") and before:
            chunk.part = True
        chunk.negated |= mark.tag == "not"


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

    `before` are the frames of the sentence before; a list may go on from them (`goes_on`).
    `weapon` is what the text last named: drone or missile; `header` the event of a line that
    ended with a colon and had no figure ("Overnight were destroyed:"); `joined` tells that the
    sentence before ended with a semicolon.
    """
    chunks = cut(marks, counts)
    frames: list[Frame] = []
    loose: list[Count] = []
    for at, chunk in enumerate(chunks):
        for count in chunk.counts:
            if count.unit == "other":
                continue
            if _of_loose(count, chunk, loose):
                loose.append(count)
                continue
            frame = (
                _described(count, chunk, at, marks)
                or _toll(count, chunk, at, marks, frames or before, weapon)
                or _own(count, chunk, at, marks, frames, before, weapon)
                or _predicate(count, chunks, at, marks, frames)
                or _ahead(count, chunks, at, marks, frames)
                or _headed(count, chunk, at, marks)
                or _behind(count, chunks, at, frames, marks)
                or _grown(count, chunk, at, before, marks)
                or _list(count, chunk, at, before, marks, goes_on=goes_on, joined=joined)
                or _under(count, at, header)
            )
            if frame is not None and frame.event != "mixed":
                frames.append(frame)
            elif count.unit == "person":
                loose.append(count)
    return frames, chunks


def _of_loose(count: Count, chunk: Chunk, loose: Sequence[Count]) -> bool:
    """Tell whether a count is part of people who were not hurt: "144 were moved, 20 children"."""
    part = chunk.part or count.part
    return part and bool(loose) and count.unit == "person" and not chunk.events


def _described(count: Count, chunk: Chunk, at: int, marks: Sequence[Mark]) -> Frame | None:
    """Read a person called wounded whom something else happens to: "a wounded girl was freed"."""
    described = count.implied and count.unit == "person" and bool(WOUNDED & set(count.mods))
    if not described or any(marks[i].event == "killed" for i in chunk.events):
        return None
    return Frame(count, "injured", "", count.first, "called wounded", at, "person")


WOUNDED = {"wounded", "injured"}


def fits(event: str, unit: str) -> bool:
    """Tell whether an event can happen to what is counted; an unsaid noun fits both."""
    if unit == "":
        return True
    return (event in PEOPLE) == (unit == "person")


def _own(
    count: Count,
    chunk: Chunk,
    at: int,
    marks: Sequence[Mark],
    frames: Sequence[Frame],
    before: Sequence[Frame],
    weapon: str,
) -> Frame | None:
    best: tuple[int, int] | None = None
    for i in chunk.events:
        event = marks[i].event
        if not fits(event, count.unit) or _taken(i, count, chunk, marks):
            continue
        if count.implied and _of_another(i, count, marks):
            continue
        cost = _distance(i, count, marks) + (WEAK if _mode(marks[i]) == "weak" else 0)
        if best is None or cost < best[0]:
            best = cost, i
    if best is None:
        return None
    best = _disarmed(best, chunk, marks)
    event = marks[best[1]].event
    if (
        _mode(marks[best[1]]) == "weak"
        and frames
        and frames[-1].event == "intercepted"
        and (chunk.part or count.part)
    ):
        return None
    if count.implied and (
        (event == "injured" and _died(chunk, marks)) or _supposed(chunk, best[1], marks)
    ):
        return None
    if count.unit == "" and best[1] == count.last + 1 and _mode(marks[best[1]]) == "wound":
        return None
    if count.unit == "" and (
        _enclosed(count, marks)
        or (event in {"launched", "hit"} and frames and frames[-1].event in PEOPLE)
    ):
        return None
    near = frames if event in {"launched", "hit"} else frames or before
    unit = count.unit or (
        "person"
        if event in PEOPLE
        else _unit_before(count, near, marks, weapon if count.part else "")
    )
    if not unit:
        return None
    if count.implied and not _plainly_one(count, best[1], event, marks):
        return None
    if chunk.negated and event not in {"lost"} and count.implied:
        return None
    return Frame(count, event, _mode(marks[best[1]]), best[1], f"{event} in chunk", at, unit)


def _supposed(chunk: Chunk, event: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a death is only imagined or feared: "если человек …", "опасность гибели"."""
    if chunk.opener == "sub" and marks[chunk.first - 1].text.lower() in {"если", "якщо", "if"}:
        return True
    before = marks[max(chunk.first, event - 3) : event]
    return any(mark.text.lower().startswith(FEARED) for mark in before)


FEARED = ("опасност", "угроз", "риск", "небезпек", "загроз", "ризик", "risk", "threat", "danger")


def _died(chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether somebody wounded died: "скончался раненый мужчина" is one killed."""
    return len(chunk.counts) == 1 and any(marks[i].event == "killed" for i in chunk.events)


def _disarmed(best: tuple[int, int], chunk: Chunk, marks: Sequence[Mark]) -> tuple[int, int]:
    """Let the means decide: what is "stopped by electronic warfare" is lost, not shot down."""
    means = [i for i in chunk.events if best[1] < i <= best[1] + 2 and marks[i].event == "lost"]
    by = means and bool(MEANS & {*marks[means[0]].text.lower().split(), marks[means[0] - 1].text})
    return (best[0], means[0]) if by and marks[best[1]].event == "intercepted" else best


def _enclosed(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether a number stands between commas: an age, "John, 48, said"."""
    if not count.first or count.last + 1 >= len(marks) or count.part:
        return False
    return marks[count.first - 1].tag == "comma" == marks[count.last + 1].tag


def _mode(mark: Mark) -> str:
    sense = mark.sense("events")
    return sense.value if sense else ""


def _taken(i: int, count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether another count of the chunk stands between this one and the event."""
    low, high = sorted((i, count.first))
    between = [
        c for c in chunk.counts if c is not count and low < c.first < high and c.unit != "other"
    ]
    return any(fits(marks[i].event, c.unit) for c in between) and len(chunk.events) > 1


def _of_another(i: int, count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether a participle belongs to the noun after it: "дівчина загиблого воїна"."""
    following = marks[i + 1] if i + 1 < len(marks) else None
    genitive = marks[i].text.lower().endswith(("ого", "ого", "их", "ої", "ой"))
    return i > count.last and genitive and following is not None and following.unit == "person"


def _distance(i: int, count: Count, marks: Sequence[Mark]) -> int:
    """Return how far the event stands from the count; a participle after its noun is nearest."""
    if i > count.last:
        steps = i - count.last
        return (
            steps * 2
            if steps > 1 and not any(m.tag == "aux" for m in marks[count.last : i])
            else steps
        )
    if i >= count.first:
        return 0
    return (count.first - i) * 2 - 1


def _plainly_one(count: Count, i: int, event: str, marks: Sequence[Mark]) -> bool:
    """Accept an implied one: a person always, a drone or missile as what was downed or what hit."""
    if any(mark.tag == "perhaps" for mark in marks[count.last : i]):
        return False
    if count.unit == "person":
        return True
    if count.means:
        return event in {"hit", "launched"} and i < count.first
    if marks[count.first].text.lower() in UNDECLINED and event in {"intercepted", "lost"}:
        return marks[i].text.lower().endswith(ONE_OF_THEM)
    if event in {"intercepted", "lost"}:
        return not marks[i].text.lower().startswith(NOT_A_DEED) or i == count.first - 1
    return event == "hit" and i > count.last


UNDECLINED = {"бпла", "бла"}
ONE_OF_THEM = ("ен", "ан", "ит", "бит", "ено", "ний", "тий", "то", "но")
NOT_A_DEED = ("перехвата", "перехвату", "уничтожени", "сбити", "знищенн", "перехопленн", "збитт")


def _unit_before(count: Count, earlier: Sequence[Frame], marks: Sequence[Mark], weapon: str) -> str:
    """Return what an elliptical count counts: the weapon named before it, here or earlier."""
    if count.implied:
        return ""
    named = [mark.unit for mark in marks[: count.first] if mark.unit in {"drone", "missile"}]
    if named:
        return named[-1]
    return next((frame.unit for frame in reversed(earlier) if frame.unit != "person"), weapon)


def _ahead(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark], frames: Sequence[Frame]
) -> Frame | None:
    """Share the event of a later chunk: "two men and a child were hurt", "Three, he said, died"."""
    chunk = chunks[at]
    if chunk.part or _far(count, chunk) or any(_compatible(frame, count) for frame in frames):
        return None
    for later in chunks[at + 1 : at + 4]:
        if later.counts and all(c.part for c in later.counts):
            continue
        if later.counts and (
            later.opener != "conj" or not any(_alike(c, count) for c in later.counts)
        ):
            return None
        for i in later.events:
            event = marks[i].event
            if not fits(event, count.unit) or (count.unit == "" and event not in PEOPLE):
                continue
            if count.implied and not _plainly_one(count, i, event, marks):
                continue
            return Frame(
                count,
                event,
                _mode(marks[i]),
                i,
                "shares the event after it",
                at,
                count.unit or "person",
            )
    return None


def _far(count: Count, chunk: Chunk) -> bool:
    """Tell whether other words stand between a count and the end of its chunk."""
    return max(c.last for c in chunk.counts if c.first >= count.first) + 3 < chunk.last


def _alike(first: Count, second: Count) -> bool:
    weapons = {"drone", "missile"}
    return (
        first.unit in ("", second.unit) or second.unit == "" or {first.unit, second.unit} <= weapons
    )


def _grown(
    count: Count, chunk: Chunk, at: int, before: Sequence[Frame], marks: Sequence[Mark]
) -> Frame | None:
    """Read an updated number: "by 09:00 the number had grown to seven"."""
    grown = any(
        mark.sense("markers", "increase")
        for mark in marks[max(chunk.first, count.first - 4) : count.first]
    )
    if not grown or not before or count.unit or chunk.events or not _bare(count, chunk, marks):
        return None
    last = before[-1]
    return Frame(count, last.event, last.mode, -1, "the number grew", at, last.unit)


def _toll(
    count: Count,
    chunk: Chunk,
    at: int,
    marks: Sequence[Mark],
    before_frames: Sequence[Frame],
    weapon: str,
) -> Frame | None:
    """Read "The number of people killed when … has grown to two"."""
    before = marks[max(chunk.first, count.first - 3) : count.first]
    grown = any(mark.sense("markers", "increase") for mark in before)
    put = bool(before) and before[-1].text.lower() == "at" and _puts(marks[: count.first])
    events = [i for i in range(count.first) if marks[i].event in PEOPLE or (put and marks[i].event)]
    if not (grown or put) or count.unit or count.part or not events:
        return None
    event = marks[events[-1]].event
    unit = "person" if event in PEOPLE else _unit_before(count, before_frames, marks, weapon)
    return Frame(count, event, "", events[-1], "the number grew", at, unit) if unit else None


def _puts(marks: Sequence[Mark]) -> bool:
    return any(mark.text.lower() in {"put", "puts", "putting"} for mark in marks)


def _predicate(
    count: Count, chunks: Sequence[Chunk], at: int, marks: Sequence[Mark], frames: Sequence[Frame]
) -> Frame | None:
    """Read what a dash says of a count: "вісім – локаційно втрачені"."""
    following = chunks[at + 1] if at + 1 < len(chunks) else None
    if following is None or following.opener != "dash" or following.counts or not following.events:
        return None
    i = following.events[0]
    event = marks[i].event
    unit = count.unit or next((frame.unit for frame in reversed(frames)), "")
    if not unit or not fits(event, unit) or count.implied or count.last != chunks[at].last:
        return None
    goes_on = bool(frames) and frames[-1].event == event
    return Frame(count, event, _mode(marks[i]), i, "said after a dash", at, unit, goes_on)


def _headed(count: Count, chunk: Chunk, at: int, marks: Sequence[Mark]) -> Frame | None:
    """Take the event announced before a list: "Of the injured, 11 were in Kyiv"."""
    if chunk.header < 0 or not _bare(count, chunk, marks):
        return None
    event = marks[chunk.header].event
    if not fits(event, count.unit) or (count.unit == "" and event not in PEOPLE):
        return None
    return Frame(
        count,
        event,
        _mode(marks[chunk.header]),
        chunk.header,
        "announced before the list",
        at,
        count.unit or "person",
        inherited=True,
    )


def _compatible(frame: Frame, count: Count) -> bool:
    return fits(frame.event, count.unit) and (
        count.unit in ("", frame.unit) or frame.unit != "person"
    )


def _behind(
    count: Count, chunks: Sequence[Chunk], at: int, frames: Sequence[Frame], marks: Sequence[Mark]
) -> Frame | None:
    """Go on with the event before: "159 drones, including 53 over Oryol and 51 over Bryansk"."""
    chunk = chunks[at]
    if count.unit and _own_predicate(count, chunk, marks):
        return None
    for frame in reversed(frames):
        if _in_aside(frame, chunks, at, marks):
            continue
        if not _compatible(frame, count) or not _bare(count, chunk, marks):
            continue
        if count.rule == "another" and not count.unit and frame.count.quantity.low != 1:
            continue
        if chunk.opener == "sub" and count.unit and not (chunk.part or count.part):
            continue
        if (
            count.implied
            and not frame.count.implied
            and not (chunk.part or count.part)
            and chunk.opener != "open"
        ) or (count.implied and frame.rule == "apposition"):
            return _apposition(count, chunk, at, frame)
        if count.implied and not (
            chunk.part
            or count.part
            or (
                chunk.opener in {"conj", "comma"}
                and at - frame.chunk <= 1
                and count.unit == "person"
            )
        ):
            continue
        unit = count.unit or frame.unit
        return Frame(
            count,
            frame.event,
            frame.mode,
            frame.at,
            "goes on with the event before",
            at,
            unit,
            inherited=True,
        )
    for back in range(at - 1, max(-1, at - 3), -1):
        for i in reversed(chunks[back].events):
            event = marks[i].event
            if (
                count.unit
                and fits(event, count.unit)
                and not chunks[back].counts
                and chunk.opener != "sub"
            ):
                if count.implied and not _plainly_one(count, i, event, marks):
                    continue
                return Frame(
                    count, event, _mode(marks[i]), i, "takes the event before", at, count.unit
                )
    return None


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


FOLLOWS = {
    "over",
    "dash",
    "comma",
    "conj",
    "close",
    "aux",
    "each",
    "sub",
    "semicolon",
    "part",
    "date",
    "sign",
    "open",
    "place",
    "region",
    "sea",
    "more",
    "quote",
    "outof",
}


def _bare(count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether a number without a noun can be an elliptical count, not a house or a page."""
    if count.unit:
        return True
    after = marks[count.last + 1] if count.last + 1 < len(marks) else None
    before = marks[count.first - 1] if count.first else None
    if (
        before is not None
        and count.first > chunk.first
        and before.tag in {"word", "sign"}
        and not before.sense("markers", "report")
        and before.text not in {"•", "▫"}
    ):
        return before.text.lower().endswith("ly") or before.text.lower() in BEFORE_BARE
    return after is None or after.is_a(*FOLLOWS) or bool(after.sense("places"))


BEFORE_BARE = {"про", "о", "об", "теж", "також", "тоже", "также", "also"}


def _list(
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
    if not goes_on or not before or (count.implied and not (chunk.part or count.part)):
        return None
    placed = any(mark.sense("places") for mark in marks[count.last + 1 : count.last + 8]) or any(
        mark.sense("places") for mark in marks[: count.first]
    )
    part = chunk.part or count.part
    if not part and not (
        (placed or count.more) and count.unit != "person" and _bare(count, chunk, marks)
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
        or not _compatible(frame, count)
        or (count.unit == "" and frame.event in PEOPLE and not part and not joined)
    ):
        return None
    unit = count.unit or frame.unit
    return Frame(count, frame.event, frame.mode, -1, "list goes on", at, unit, inherited=True)


def _under(count: Count, at: int, header: Mark | None) -> Frame | None:
    """Take the event of the line above the list: "Overnight were destroyed:"."""
    if header is None or not count.unit or not fits(header.event, count.unit) or count.implied:
        return None
    return Frame(count, header.event, _mode(header), -1, "announced above the list", at, count.unit)


def _nearest(before: Sequence[Frame], count: Count) -> Frame | None:
    return next((frame for frame in reversed(before) if _compatible(frame, count)), None)
