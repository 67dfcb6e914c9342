"""People named one by one who were hurt together: "a woman and her two children were injured".

Their number is the claim; those of them who are told apart (children, soldiers) are parts of it.
"""

import copy
from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.chunks import PEOPLE, Frame
from tally.grammar.cues import stems
from tally.grammar.draft import Draft
from tally.grammar.marks import Mark
from tally.model import Quantity

BETWEEN = 9
FEW = 100
APART = {"child", "civilian", "military", "responder"}


def add_together(
    made: Sequence[Draft], frames: Sequence[Frame], marks: Sequence[Mark]
) -> list[Draft]:
    """Return the drafts with each run of people joined by "and" as one claim with its parts."""
    result: list[Draft] = []
    run: list[Draft] = []
    by_count = {id(frame.count): frame for frame in frames}
    for draft in made:
        frame = by_count.get(id(draft.count))
        if draft.count.implied and run and (_once(draft, marks) or _office(run[-1], draft, marks)):
            continue
        if frame is None or frame.event not in PEOPLE:
            result += [*_joined(run), draft]
            run = []
            continue
        if run and not _goes_with(run[-1], draft, by_count, marks):
            result += _joined(run)
            run = []
        run.append(draft)
    return [*result, *_joined(run)]


def _goes_with(
    first: Draft, second: Draft, by_count: dict[int, Frame], marks: Sequence[Mark]
) -> bool:
    """Tell whether two counts are joined to one subject of one event."""
    one, other = by_count[id(first.count)], by_count[id(second.count)]
    between = marks[first.count.last + 1 : second.count.first]
    joined = any(mark.tag in {"conj", "comma"} or mark.text in WITH for mark in between)
    if first.metric != second.metric or not joined or len(between) > BETWEEN:
        return False
    if second.count.part or second.part_of is not None:
        return False
    if second.count.more and not (first.count.implied and len(between) <= 2):
        return False
    if first.count.part or not (first.count.unit and second.count.unit):
        return False
    if any((d.quantity.low or d.quantity.high or 0) > FEW for d in (first, second)):
        return False
    one_event = one.at == other.at or (one.at < 0 and other.at < 0)
    return (
        one_event
        and one.at >= 0
        and (first.count.implied or second.count.implied or _told_apart(first, second, between))
        and not any(mark.event or mark.tag in STOPS for mark in between)
        and sum(mark.tag == "dash" for mark in between) % 2 == 0  # "four hurt – a family of three"
        and not any(mark.sense("places") for mark in between)
    )


def _once(draft: Draft, marks: Sequence[Mark]) -> bool:
    """Tell whether a person is only said again to be: "a woman, a former teacher"."""
    before = [mark.low for mark in marks[max(0, draft.count.first - 2) : draft.count.first]]
    return any(word.startswith(ONCE) for word in before)


ONCE = ("former", "ex-", "retired", "бывш", "колишн")


def _office(first: Draft, second: Draft, marks: Sequence[Mark]) -> bool:
    """Tell whether a person is only said to hold an office: "загинув чоловік, водій автобуса".

    Not in a list that an "and" ends, nor of two people by what they were in the plural: "поранено
    поліцейського, рятувальника".
    """
    between = marks[first.count.last + 1 : second.count.first]
    people = first.count.unit == second.count.unit == "person" and first.metric == second.metric
    joined = any(mark.tag == "conj" for mark in between)
    if not (people and first.count.implied and between) or joined:
        return False
    after = marks[second.count.last + 1 : second.count.last + BETWEEN]
    listed = any(
        mark.tag == "conj" and any(near.sense("singulars") for near in after[at + 1 : at + 4])
        for at, mark in enumerate(after)
    )
    if listed or _sexed(marks[second.count.last]):
        return False
    return _sexed(marks[first.count.last]) or _singular(
        marks[max(0, first.count.first - 3) :], first
    )


def _sexed(mark: Mark) -> bool:
    """Tell whether a noun says no more of somebody than sex, age or whose kin they are."""
    return mark.low.startswith(stems("sex_or_kin"))


def _singular(marks: Sequence[Mark], draft: Draft) -> bool:
    """Tell whether the verb before a person is in the singular: "погиб", "загинула"."""
    verbs = [mark.low for mark in marks if mark.event and mark.end <= draft.count.start]
    return bool(verbs) and not verbs[-1].endswith(PLURAL)


PLURAL = ("ли", "ы", "и", "і", "о")


def _told_apart(first: Draft, second: Draft, between: Sequence[Mark]) -> bool:
    """Tell whether two numbers count different people: "one serviceman and two guards".

    Not "three people, a man and two women": people without a kind are told apart so.
    """
    anybody = first.count.mods[-1:] and first.count.mods[-1].startswith(stems("anybody"))
    if anybody and any(mark.tag == "comma" for mark in between):
        return False
    return first.count.mods[-1:] != second.count.mods[-1:]


WITH = {"with", "with her", "with his", "із", "з", "разом", "с", "вместе"}
STOPS = {"colon", "semicolon", "open", "close", "part", "over"}


def _joined(run: list[Draft]) -> list[Draft]:
    if len(run) < 2:
        return run
    total = sum(draft.quantity.low or draft.quantity.high or 0 for draft in run)
    first = run[0].quantity
    whole = copy.copy(run[0])
    whole.rules = [*run[0].rules, "people named one by one"]
    whole.quantity = (
        Quantity(total, None, first.hedge)
        if first.hedge in {"at_least", "more_than"}
        else Quantity(total, total, first.hedge)
    )
    kinds = {draft.victims for draft in run}
    whole.victims = kinds.pop() if len(kinds) == 1 else ""
    if any(draft.count.companion for draft in run):
        whole.victims = "civilian"
    whole.end = run[-1].end
    whole.quote_end = max(draft.quote_end for draft in run)
    return [
        whole,
        *(_part(draft, whole) for draft in run if draft.victims in APART - {whole.victims}),
    ]


def _part(draft: Draft, whole: Draft) -> Draft:
    draft.part_of = whole
    draft.rules = [*draft.rules, "part of a total"]
    draft.count = replace(draft.count)
    return draft
