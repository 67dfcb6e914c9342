"""Whether "another five" adds to a number told before, and of whom it goes on to tell."""

from collections.abc import Sequence

from tally.grammar.chunks import PEOPLE, Frame
from tally.grammar.context import Context, Line
from tally.grammar.draft import PUBLISHED, Draft
from tally.grammar.grown import GREW
from tally.grammar.killers import did_it_to
from tally.grammar.singulars import describes_a_thing
from tally.grammar.told_who import REACH, behind_whole
from tally.model import TOLLS, Metric


def fill_in(context: Context, line: Line, frame: Frame, draft: Draft) -> None:
    """Take from the figure before what an elliptical one leaves out: place and victims."""
    if draft.place is None and (frame.at == -1 or frame.rule == GREW):
        whole = (d for d in reversed(context.drafts) if d.metric == draft.metric and not d.part_of)
        draft.place = next((d.place for d in whole), None)
    if frame.unit != "person" or draft.victims or frame.count.state:
        return
    if frame.count.rule == "another" and frame.count.part and context.drafts:
        draft.victims = context.drafts[-1].victims
    bare = not frame.count.unit or "others" in frame.count.mods
    soldiers = [f for f in line.frames if f.count.victims == "military" and f is not frame]
    eliminated = any(
        count.victims == "military" and count.last < frame.count.first
        for chunk in line.chunks
        for count in chunk.counts
    )
    asides = [c for c in line.chunks[: frame.chunk] if c.part]
    named = [
        mark
        for i, mark in enumerate(line.marks[: frame.count.first])
        if (person := mark.sense("units", "person"))
        and not mark.sense("titles")
        and not (person.value == "responder" and frame.count.first - i > BESIDE)
        and not any(c.first <= i <= c.last for c in asides)
        and not any(c.first <= i <= c.last for chunk in line.chunks for c in chunk.counts if c.part)
        and not describes_a_thing(line.marks, i)
        and not did_it_to(i, frame.count, frame.at, line.marks)
    ]
    predicate = _said_of(line, frame)
    if predicate:
        draft.victims = predicate
    elif (
        bare and frame.count.unit == "" and named and frame.at < frame.count.first and not soldiers
    ):
        draft.victims = named[-1].sense("units").value  # type: ignore[union-attr]
    elif bare and ((soldiers and soldiers[0].chunk < frame.chunk) or (not soldiers and eliminated)):
        draft.victims = "military"
    elif bare and (more := _more_of_them(line, frame)):
        draft.victims = more
    elif "others" in frame.count.mods and context.drafts and not listed_behind(line, frame):
        last = context.drafts[-1]
        draft.victims = "military" if last.victims == "military" else ""


def _more_of_them(line: Line, frame: Frame) -> str:
    """Return of whom a bare number goes on: "two civilians died and six were hurt".

    Beside a few children the rest may be anybody; in a running toll of children they are children.
    """
    before = [f for f in line.frames if f.count.first < frame.count.first and f.event in PEOPLE]
    last = before[-1] if before else None
    if last is None or frame.chunk - last.chunk > 1 or frame.count.part:
        return ""
    many = all((f.count.quantity.low or 0) >= A_TOLL for f in (last, frame))
    goes_on = last.count.victims == "civilian" or (last.count.victims == "child" and many)
    return last.count.victims if goes_on else ""


A_TOLL = 100  # people, more than any one attack hurts children
BESIDE = 2  # marks; further away rescuers are who found people, not who was hurt


def _said_of(line: Line, frame: Frame) -> str:
    """Return who the counted are said to be: "three of the injured were children"."""
    after = line.marks[behind_whole(frame.count, line.marks) :][:REACH]
    if not frame.count.part or not any(mark.tag in {"aux", "dash"} for mark in after[:2]):
        return ""
    people = [s for mark in after if (s := mark.sense("units", "person"))]
    return people[-1].value if people else ""


def grew_by(line: Line, frame: Frame) -> bool:
    """Tell whether the words say that a number grew by this much: "прибавилось еще 16"."""
    before = line.marks[line.chunks[frame.chunk].first : frame.count.first]
    return any(mark.sense("markers", "increase") or mark.low in THEN for mark in before)


THEN = {"then", "later", "потім", "згодом", "затем", "потом", "позже"}


def adds(context: Context, draft: Draft) -> bool:
    """Tell whether "another four" can add to a count: one given before there, or given elsewhere.

    "Another eight over Moscow" after figures of other regions begins a count of its own, as do
    drones of another day. Those hurt may die days later.
    """
    same = [before for before in context.drafts if before.metric == draft.metric]
    if draft.metric not in TOLLS and PUBLISHED not in draft.rules:
        same = [before for before in same if before.first == draft.first]
    if not context.drafts or not same:
        return not context.drafts and draft.metric is not Metric.DRONES_LOST  # beside the downed
    if _beside_the_dead(context.drafts[-1], draft, same):
        return False
    if draft.carried or not draft.regions:
        return True
    people = draft.metric in TOLLS
    own = set(draft.regions)
    placed = [set(d.regions) for d in same if d.regions]
    elsewhere = any(d.headline for d in same) and bool(placed)  # a headline leaves places out
    return any(own & there for there in placed) or (
        people and not elsewhere and len(placed) < len(same)
    )


def _beside_the_dead(last: Draft, draft: Draft, same: Sequence[Draft]) -> bool:
    """Tell whether the hurt are told beside the dead of a place: "10 died. Another 41 were …"."""
    place = draft.place if draft.regions else None
    pair = last.metric in TOLLS and draft.metric in TOLLS and last.metric != draft.metric
    if place is None or not pair or last.place != place or draft.sentence - last.sentence > 1:
        return False
    return not any(other.regions and not _said_again(other, draft) for other in same)


def _said_again(before: Draft, draft: Draft) -> bool:
    """Tell whether a number of people is only repeated: "injuring three. … Three more were"."""
    return before.quantity == draft.quantity and (draft.quantity.low or 0) > 1


def listed_behind(line: Line, frame: Frame) -> bool:
    """Tell whether "another five" only goes on with the sentence: other figures stand before it."""
    return any(other.count.first < frame.count.first for other in line.frames)
