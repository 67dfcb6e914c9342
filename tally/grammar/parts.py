"""How figures of a document contain one another: "including", "63 out of 76", "two each", "all".

Parts are linked to their total, never added to it.
"""

from collections.abc import Sequence
from itertools import pairwise

from tally.grammar.chunks import Chunk
from tally.grammar.cues import cues, stems
from tally.grammar.draft import Draft
from tally.grammar.flags import introduces
from tally.grammar.grown import GREW
from tally.grammar.holding import are_apart, holds, in_city, take_from_whole, whole_of
from tally.grammar.kinds import is_kind
from tally.grammar.marks import Mark
from tally.grammar.ratios import LAUNCHED


def link(
    made: Sequence[Draft],
    earlier: Sequence[Draft],
    marks: Sequence[Mark],
    chunks: Sequence[Chunk],
) -> None:
    """Set `part_of` where the words say that a figure is contained in another."""
    for at, draft in enumerate(made):
        if draft.part_of is not None:
            continue
        before = [*earlier, *made[:at]]
        known = _spoken_of(draft, earlier, marks)
        if known is not None:
            draft.reference, draft.part_of = True, known.part_of
            draft.first, draft.last = known.first, known.last
            continue
        if (beside := _place_before(draft, made[:at])) is not None:
            draft.part_of = _wide_enough(beside.part_of, draft)
        elif draft.count.state:
            draft.part_of = whole_of(draft, [d for d in before if d.part_of is None])
        elif _marked(draft, chunks, marks) and not (
            at and LAUNCHED.get(draft.metric) == made[at - 1].metric
        ):
            draft.part_of = _whole_beside(draft, before) or whole_of(draft, before)
        elif at and _detail(made[:at], draft, marks):
            draft.part_of = whole_of(draft, made[:at])
        elif at and _raised_by(made[at - 1], draft, chunks):
            draft.part_of = made[at - 1]
        elif at and draft.inherited:
            same = [d for d in made[:at] if d.metric == draft.metric and not d.reference]
            previous = same[-1] if same else made[at - 1]
            draft.part_of = _wide_enough(previous.part_of, draft) if same else None
            if draft.part_of is None and _colon_between(previous, draft, marks):
                draft.part_of = whole_of(draft, before)
        elif (total := _of_total(draft, before) or _in_hospital(draft, before, marks)) is not None:
            draft.part_of = total
        elif not at and _one_strike(marks) and (wave := _last_of(draft, before)) is not None:
            draft.part_of = wave
        elif draft.inherited and earlier:
            previous = earlier[-1]
            own = holds(previous, draft) and not draft.count.more
            draft.part_of = previous.part_of or (previous if own else None)
        _hold(draft)
    for part, whole in pairwise(draft for draft in made if draft.part_of is None):
        if _among(part, whole, marks):
            part.part_of = whole
            part.aggregation = "period"
            whole.place = whole.place or part.place


def _hold(part: Draft) -> None:
    """Let a part take from its whole what it lacks; what is higher than its whole is none of it."""
    whole = part.part_of
    if whole is None:
        return
    if _exceeds(part, whole):
        part.part_of = None
        return
    part.aggregation = whole.aggregation if whole.aggregation != "increment" else "period"
    take_from_whole(part, whole)


def _exceeds(part: Draft, whole: Draft) -> bool:
    """Tell whether a figure is higher than what is to hold it: "14 died, …, the week's toll 31"."""
    low, high = part.quantity.low, whole.quantity.high
    return low is not None and high is not None and low > high


def _among(part: Draft, whole: Draft, marks: Sequence[Mark]) -> bool:
    """Tell whether a part is told before its whole: "two children were among the five killed"."""
    between = marks[part.count.last + 1 : whole.count.first]
    among = any(mark.low.split()[0] in cues("among") for mark in between)
    return among and part.metric == whole.metric and not _exceeds(part, whole)


def _wide_enough(whole: Draft | None, part: Draft) -> Draft | None:
    """Return the whole that holds a place: "six in Kharkiv Oblast, …, and one in Myrnohrad"."""
    while whole is not None and are_apart(whole, part) and not in_city(whole):
        whole = whole.part_of
    return whole


def _place_before(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the part that a next place goes on from: "12 of the wounded are in X, 11 in Y"."""
    kind = draft.metric, draft.victims
    part = next((d for d in reversed(before) if (d.metric, d.victims) == kind), None)
    listed = draft.inherited and not (draft.count.part or draft.count.more or draft.carried)
    if part is None or part.part_of is None or not listed:
        return None
    told = draft.place is not None and part.place is not None and draft.place != part.place
    return part if told else None


def _whole_beside(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the whole of the part before it: "127 of them by four, a further 32 after"."""
    if not draft.count.more:
        return None
    same = next((d for d in reversed(before) if d.metric == draft.metric), None)
    whole = same.part_of if same else None
    return whole if whole is not None and holds(whole, draft) else None


def _of_total(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the total that "another eight" of one region belongs to: "91 in all. Eight more …"."""
    last = before[-1] if before else None
    placed = bool(draft.regions) and not draft.carried
    if last is None or not draft.count.more or not placed or draft.aggregation != "period":
        return None
    near = last.place is None and draft.sentence - last.sentence <= 1
    return last if last.count.total and near and holds(last, draft) else None


def _one_strike(marks: Sequence[Mark]) -> bool:
    """Tell whether a sentence is of one strike out of many: "One strike hit a hospital, …"."""
    words = [mark.low for mark in marks[:3]]
    return words[:1] == ["one"] and any(word in ONE_OF_MANY for word in words[1:])


ONE_OF_MANY = {"strike", "missile", "missile strike", "attack", "drone"}


def _last_of(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the figure just told that holds this one."""
    last = next((other for other in reversed(before) if other.metric == draft.metric), None)
    near = last is not None and draft.sentence - last.sentence == 1 and last.place is None
    return last if near and last is not None and holds(last, draft) else None


def _in_hospital(draft: Draft, before: Sequence[Draft], marks: Sequence[Mark]) -> Draft | None:
    """Return the hurt just told, of whom some went to hospital: "seven were hurt. Three were …"."""
    words = [mark.low for mark in marks if mark.event == "injured"]
    last = before[-1] if before else None
    if last is None or not any(word.startswith(stems("in_hospital")) for word in words):
        return None
    near = 0 < draft.sentence - last.sentence <= 1 and not draft.count.more
    fewer = (draft.quantity.low or 0) < (last.quantity.low or last.quantity.high or 0)
    return last if near and fewer and holds(last, draft) else None


def _spoken_of(draft: Draft, earlier: Sequence[Draft], marks: Sequence[Mark]) -> Draft | None:
    """Return the figure that "those 105" speaks of again, or None."""
    at = draft.count.first
    if not at or marks[at - 1].low.split()[-1] not in {"those", "these", "цих", "этих"}:
        return None
    same = [d for d in earlier if d.metric == draft.metric and d.quantity == draft.quantity]
    return same[-1] if same else None


def _raised_by(whole: Draft, part: Draft, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a death is the one that raised a toll: "rises to six after a girl dies"."""
    own = next((c for c in chunks if c.first <= part.count.first <= c.last), None)
    grown = GREW in whole.rules and whole.metric == part.metric
    apart = own is not None and (own.opener == "sub" or part.count.implied)
    return grown and apart and holds(whole, part)


def _marked(draft: Draft, chunks: Sequence[Chunk], marks: Sequence[Mark]) -> bool:
    for chunk in chunks:
        if chunk.first <= draft.count.first <= chunk.last:
            before = marks[chunk.first : draft.count.first]
            reach = chunk.last if draft.count.implied else draft.count.last + 2
            after = marks[draft.count.last + 1 : reach + 1]
            told = draft.place is not None or is_kind(draft.count.mods[:1], draft.count.unit)
            in_brackets = chunk.opener == "open" and draft.inherited and told
            return (
                draft.count.part
                or _of_a_number(marks, draft)
                or (chunk.part and marks[chunk.first].low != "with")
                or in_brackets
                or any(
                    m.sense("markers", "part") and m.low != "with"
                    for m in [*before, *(m for m in after if not introduces(m))]
                )
            )
    return False


def _of_a_number(marks: Sequence[Mark], draft: Draft) -> bool:
    """Tell whether a sentence begins with the whole: "Of the 23, ten people were hurt"."""
    opening = marks[1:3] if marks[0].sense("markers", "outof") else []
    whole = [i for i, mark in enumerate(opening, 1) if mark.number is not None]
    return bool(whole) and whole[0] < draft.count.first


def _detail(before: Sequence[Draft], draft: Draft, marks: Sequence[Mark]) -> bool:
    """Tell whether a colon opens the details of a total: "76 stopped: 41 shot down, 35 lost"."""
    whole = whole_of(draft, before)
    return (
        whole is not None
        and whole.sentence == draft.sentence
        and _colon_between(whole, draft, marks)
    )


def _colon_between(previous: Draft, draft: Draft, marks: Sequence[Mark]) -> bool:
    return any(mark.tag == "colon" for mark in marks[previous.count.last + 1 : draft.count.first])
