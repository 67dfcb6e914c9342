"""A sentence cut at commas, conjunctions and dashes, and the frame: a count with its event."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tally.grammar.count import Count
from tally.grammar.cues import cues
from tally.grammar.idle import says_nothing
from tally.grammar.marks import NOT, PART, Mark

PEOPLE = ("killed", "injured", "mixed")
SHARED = "shares the event after it"  # the rule of a count whose event stands behind others


BREAKS = {"comma", "semicolon", "colon", "open", "close", "dash", "conj", "sub"}


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
    _open(chunks, marks)
    return chunks


def _open(chunks: Sequence[Chunk], marks: Sequence[Mark]) -> None:
    """Let "Of these, …" and "The wounded by district: …" govern the chunks that follow them."""
    part, header = False, -1
    for at, chunk in enumerate(chunks):
        if chunk.part and not chunk.counts:
            part = True
            header = chunk.events[-1] if chunk.events else header
        elif (
            chunk.events
            and all(count.unit == "other" for count in chunk.counts)  # "96 means of attack: …"
            and at + 1 < len(chunks)
            and chunks[at + 1].opener == "colon"
            and not behind_quotation(chunks[at + 1], marks)
        ):
            header = chunk.events[-1]
        elif chunk.counts:
            chunk.part |= part
            if chunk.events and header >= 0 and marks[header].event == "mixed":
                header = -1  # "on the losses: 14 were killed, …" says itself what happened
            chunk.header = header


def behind_quotation(chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether a chunk tells who spoke and goes on with nothing: "«He was killed»: a widow"."""
    return chunk.opener == "colon" and chunk.first > 1 and marks[chunk.first - 2].text in QUOTED


QUOTED = set('"»”')


def _breaks(marks: Sequence[Mark], i: int) -> bool:
    mark = marks[i]
    if mark.tag == "dash":
        return i == 0 or marks[i - 1].end != mark.start
    return mark.tag in BREAKS


def _fill(chunk: Chunk, marks: Sequence[Mark], counts: Sequence[Count]) -> None:
    chunk.counts = [count for count in counts if chunk.first <= count.first <= chunk.last]
    for i in range(chunk.first, chunk.last + 1):
        mark = marks[i]
        kinds = mark.meaning.kinds
        if mark.event and _happens(chunk, marks, i):
            chunk.events.append(i)
        if kinds & PART and not chunk.part and _of_a_whole(chunk, marks, i):
            chunk.part = True
        if kinds & NOT:
            chunk.negated |= mark.tag == "not"


def _happens(chunk: Chunk, marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a word for an event says what happened to those whom a chunk may count."""
    mark = marks[i]
    if (mark.unit or mark.event == "mixed") and any(c.first <= i <= c.last for c in chunk.counts):
        return False
    numbered = mode_of(mark) == "wound" and i > 0 and marks[i - 1].number is not None
    if numbered and not tolls_wounds(marks, i):
        return False
    return not says_nothing(marks, i)


def _of_a_whole(chunk: Chunk, marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a word makes those counted behind it a part of others."""
    before = all(i < count.first for count in chunk.counts)
    before = before and (bool(chunk.counts) or marks[i].low != "with")
    return before and not _of_attacks(marks, i)


def tolls_wounds(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether wounds stand for who has them: "reported 11 injuries", "two injuries were …".

    Of one person they are only their wounds: "a man received two injuries".
    """
    before = [mark.low for mark in marks[max(0, i - 4) : i - 1]]
    if any(word in cues("suffers") for word in before):
        return False
    reported = any(m.sense("markers", "report") for m in marks[i + 1 : i + 4])
    told = any(word in cues("tolls") for word in before)
    told |= _beside_the_dead(marks, i)
    return told or (reported and any(m.tag == "aux" for m in marks[i + 1 : i + 3]))


def _beside_the_dead(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether injuries are counted with the dead: "four killed and 22 injuries"."""
    joined = i > 2 and (marks[i - 2].tag in {"comma", "conj"} or marks[i - 2].is_a("more"))
    before = marks[max(0, i - DEAD_WITHIN) : i - 1] if joined else ()
    after = marks[i + 1 : i + DEAD_WITHIN]
    listed = len(after) > 1 and after[0].tag in {"comma", "conj"} and after[1].number is not None
    beside = (*before, *(after if listed else ()))
    return any(mark.event == "killed" for mark in beside)


DEAD_WITHIN = 5  # marks


def _of_attacks(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a part is one of many attacks: "several, including a strike that killed 87"."""
    for mark in marks[i + 1 : i + 4]:
        if mark.number is not None or mark.sense("places"):
            return False
        if mark.low.startswith(ATTACK):
            return True
    return False


ATTACK = ("attack", "strike", "shelling", "удар", "атак", "обстр")


def fits(event: str, unit: str) -> bool:
    """Tell whether an event can happen to what is counted; an unsaid noun fits both."""
    if unit == "":
        return True
    return (event in PEOPLE) == (unit == "person")


def mode_of(mark: Mark) -> str:
    """Return how an event happened, as the event table says: "shot_down", "weak", "wound"."""
    sense = mark.sense("events")
    return sense.value if sense else ""


def compatible(frame: Frame, count: Count) -> bool:
    """Tell whether a count can go on with an earlier frame's event."""
    return fits(frame.event, count.unit) and (
        count.unit in ("", frame.unit) or frame.unit != "person"
    )


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
    "total",
}


def is_bare(count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether a number without a noun can be an elliptical count, not a house or a page."""
    if count.unit:
        return True
    if of_things_unknown(count, marks):
        return False
    after = marks[count.last + 1] if count.last + 1 < len(marks) else None
    before = marks[count.first - 1] if count.first else None
    if (
        before is not None
        and count.first > chunk.first
        and before.tag in {"word", "sign"}
        and not before.sense("markers", "report")
        and before.text not in BULLETS
    ):
        return before.low.endswith("ly") or before.low in BEFORE_BARE
    if after is not None and after.low in cues("by_now"):
        after = next((mark for mark in marks[count.last + 2 : count.last + 3]), None)
        return after is not None and (after.event in PEOPLE or after.low in CERTAIN)
    weak = after is not None and mode_of(after) == "weak"
    return after is None or weak or after.is_a(*FOLLOWS) or bool(after.sense("places"))


def of_things_unknown(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether a bare number is of things no table knows.

    "One of the plant's storage sites", "three Moscow airports"; not "one of them", "three of 20".
    """
    after = marks[count.last + 1 : count.last + 5]
    if count.unit or not after:
        return False
    if after[0].low not in {"of", "of the"}:
        owned = len(after) > 1 and after[0].sense("places") and after[0].text.isascii()
        return bool(owned) and after[1].tag == "word" and after[1].text.islower()
    rest = [mark for mark in after[1:] if mark.low not in {"the", "these", "those", "its"}]
    known = any(mark.unit or mark.event or mark.number is not None for mark in rest)
    return bool(rest) and not known and rest[0].tag != "word" and rest[-1].tag == "word"


CERTAIN = {"confirmed", "known", "feared", "reported"}  # "12 now confirmed dead"
BULLETS = frozenset("•▫▪●◦🔹🔸🔺🔻➡✅❗‼⚡💥🛑🔷")


BEFORE_BARE = {"про", "о", "об", "теж", "також", "тоже", "также", "also", "вже", "уже", "already"}
