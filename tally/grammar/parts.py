"""How the figures of a document contain one another: "including", "63 out of 76", "two each", "all".

Parts are linked to their total, never added to it.
"""

import copy
from collections.abc import Sequence

from tally.grammar.draft import Draft
from tally.grammar.frames import Chunk, Frame
from tally.grammar.marks import Mark
from tally.grammar.places import PlaceMark, run_after
from tally.model import Metric, Place, Quantity

CITIES = {"UA-30", "UA-40", "RU-MOW", "RU-SPE"}
LAUNCHED = {
    Metric.DRONES_INTERCEPTED: Metric.DRONES_LAUNCHED,
    Metric.DRONES_LOST: Metric.DRONES_LAUNCHED,
    Metric.DRONES_HIT: Metric.DRONES_LAUNCHED,
    Metric.MISSILES_INTERCEPTED: Metric.MISSILES_LAUNCHED,
    Metric.MISSILES_HIT: Metric.MISSILES_LAUNCHED,
}


def expand(
    drafts: list[Draft],
    earlier: Sequence[Draft],
    marks: Sequence[Mark],
    places: Sequence[PlaceMark],
) -> list[Draft]:
    """Return the drafts with "two each over A and B" as two, "63 of 76" and "all 29" as both."""
    made: list[Draft] = []
    for at, draft in enumerate(drafts):
        whole = _ratio(drafts, at, marks)
        if whole is not None:
            made += [draft]
            continue
        if draft.count.each:
            made += _each(draft, marks, places)
            continue
        made.append(draft)
        if draft.count.every and draft.metric in LAUNCHED and draft.quantity.low:
            made.append(_launched(draft))
    for at, draft in enumerate(drafts):
        if at and _is_ratio(drafts[at - 1], draft, marks):
            _as_whole(drafts[at - 1], draft, earlier, marks)
        elif at and _of_before(draft, drafts[at - 1], marks):
            _as_whole(draft, drafts[at - 1], earlier, marks)
    return made


def _ratio(drafts: Sequence[Draft], at: int, marks: Sequence[Mark]) -> Draft | None:
    if at + 1 < len(drafts) and _is_ratio(drafts[at], drafts[at + 1], marks):
        return drafts[at + 1]
    return None


def _is_ratio(part: Draft, whole: Draft, marks: Sequence[Mark]) -> bool:
    """Tell whether the words between two counts say "out of": "63 out of 76", "26 из 28"."""
    between = marks[part.count.last + 1 : whole.count.first]
    low, high = part.quantity.low, whole.quantity.low
    if low is None or high is None or low > high or not 1 <= len(between) <= 4:
        return False
    return any(mark.sense("markers", "outof") for mark in between) and not any(
        mark.event or mark.tag == "comma" for mark in between
    )


def _of_before(part: Draft, whole: Draft, marks: Sequence[Mark]) -> bool:
    """Tell whether a clause begins "Of the 76 drones, 63 were …"."""
    before = [
        m for m in marks[max(0, whole.count.first - 3) : whole.count.first] if m.text != "the"
    ]
    low, high = part.quantity.low, whole.quantity.low
    if (
        low is None
        or high is None
        or low > high
        or part.metric not in LAUNCHED
        or whole.metric not in LAUNCHED
    ):
        return False
    return bool(before) and before[-1].sense("markers", "outof") is not None


def _as_whole(part: Draft, whole: Draft, earlier: Sequence[Draft], marks: Sequence[Mark]) -> None:
    """Read the number out of which: launched when weapons were stopped, else the same metric.

    A number that the text gave before with that metric is only referred to ("six of the 159").
    """
    known = [d for d in earlier if d.metric == part.metric and d.quantity.low == whole.quantity.low]
    if part.metric in LAUNCHED and not known and not _same_event(part, whole, marks):
        whole.metric = LAUNCHED[part.metric]
        whole.mode = ""
        whole.part_of = None
        whole.rules.append("<part> out of <whole>")
    elif part.metric == whole.metric:
        part.part_of, part.aggregation = known[-1] if known else whole, "period"
        whole.place = None
        whole.reference = bool(known) or part.metric not in LAUNCHED
        if known:
            _as_its_whole(part, known[-1])


def _same_event(part: Draft, whole: Draft, marks: Sequence[Mark]) -> bool:
    """Tell whether the whole has its own event: "35 of the 105 drones that were destroyed"."""
    relative = marks[whole.count.last + 1 : whole.count.last + 2]
    if relative and relative[0].tag == "sub":
        events = [mark.event for mark in marks[whole.count.last + 1 :] if mark.event]
        return len(events) > 1 and events[0] == "intercepted"
    return (
        part.place is not None
        and whole.metric == part.metric
        and part.count.last < whole.count.first
        and whole.shared
    )


def _launched(draft: Draft) -> Draft:
    whole = copy.copy(draft)
    whole.metric = LAUNCHED[draft.metric]
    whole.mode = ""
    whole.place = None
    whole.rules = [*draft.rules, "all <number>"]
    return whole


def _each(draft: Draft, marks: Sequence[Mark], places: Sequence[PlaceMark]) -> list[Draft]:
    """Return one draft for each place of "two each over A and B"."""
    run = run_after(places, marks, draft.count.last + 1, len(marks))
    if len(run) < 2:
        return [draft]
    made = []
    for place in run:
        one = copy.copy(draft)
        one.place = Place(place.name, place.admin1)
        one.rules = [*draft.rules, "<number> each"]
        made.append(one)
    return made


def link(
    made: Sequence[Draft],
    earlier: Sequence[Draft],
    marks: Sequence[Mark],
    chunks: Sequence[Chunk],
    frames: Sequence[Frame],
) -> None:
    """Set `part_of` where the words say that a figure is contained in another."""
    for at, draft in enumerate(made):
        if draft.part_of is not None:
            continue
        before = [*earlier, *made[:at]]
        if _marked(draft, chunks, marks) and not (
            at and LAUNCHED.get(draft.metric) == made[at - 1].metric
        ):
            draft.part_of = _whole(draft, before)
        elif at and _detail(made[:at], draft, marks):
            draft.part_of = _whole(draft, made[:at])
        elif at and draft.inherited:
            previous = made[at - 1]
            draft.part_of = previous.part_of if previous.metric == draft.metric else None
            if draft.part_of is None and _colon_between(previous, draft, marks):
                draft.part_of = _whole(draft, before)
        elif draft.inherited and earlier:
            previous = earlier[-1]
            own = _holds(previous, draft) and not draft.count.more
            draft.part_of = previous.part_of or (previous if own else None)
        if draft.part_of is not None:
            draft.aggregation = (
                draft.part_of.aggregation if draft.part_of.aggregation != "increment" else "period"
            )
            _as_its_whole(draft, draft.part_of)


def add_up(drafts: Sequence[Draft]) -> None:
    """Link figures that follow a total and add up to it exactly: 35 = 26 + 8 + 1, 76 = 41 + 35 lost."""
    for at, whole in enumerate(drafts):
        total = whole.quantity.low
        if (
            total is None
            or whole.quantity.hedge not in {"exact", "at_least"}
            or whole.part_of is not None
        ):
            continue
        run = _run(drafts[at + 1 : at + 20], whole, total)
        for part in run:
            if part.metric == whole.metric:
                part.part_of = whole
                part.aggregation = "period"
                part.rules.append("adds up to the total")


def _run(after: Sequence[Draft], whole: Draft, total: int) -> list[Draft]:
    """Return the two or more figures right after a total that make it up, or none."""
    run: list[Draft] = []
    lost = {Metric.DRONES_INTERCEPTED: Metric.DRONES_LOST}.get(whole.metric)
    for draft in after:
        if (
            draft.part_of not in (None, whole)
            or draft.metric not in (whole.metric, lost)
            or draft.quantity.low is None
        ):
            continue
        if draft.metric == lost and any(other.metric == lost for other in run):
            return []
        run.append(draft)
        made = sum(part.quantity.low or 0 for part in run)
        if made >= total:
            return run if made == total and len(run) > 1 and _split(run, lost) else []
    return []


def _split(run: Sequence[Draft], lost: Metric | None) -> bool:
    return any(part.metric == lost for part in run) or all(
        part.place or part.window for part in run
    )


def _as_its_whole(part: Draft, whole: Draft) -> None:
    part.rules.append("part of a total")
    part.attacker = whole.attacker or part.attacker
    beside = part.sentence == whole.sentence and part.carried
    part.place = whole.place if beside or part.place is None else part.place
    if part.victims == "" and whole.victims in {"civilian", "military"}:
        part.victims = whole.victims
    if whole.place is not None and len(whole.place.admin1) == 1 and part.place is not None:
        city = whole.place.admin1[0] in CITIES
        part.place = Place(part.place.name, whole.place.admin1) if city else part.place
    if not part.claimant:
        part.claimant, part.side = whole.claimant, whole.side
    if part.sentence == whole.sentence:
        part.first, part.last = whole.first, whole.last


def _marked(draft: Draft, chunks: Sequence[Chunk], marks: Sequence[Mark]) -> bool:
    for chunk in chunks:
        if chunk.first <= draft.count.first <= chunk.last:
            before = marks[chunk.first : draft.count.first]
            after = marks[draft.count.last + 1 : draft.count.last + 3]
            return draft.count.part or any(
                m.sense("markers", "part") and m.text.lower() != "with" for m in [*before, *after]
            )
    return False


def _detail(before: Sequence[Draft], draft: Draft, marks: Sequence[Mark]) -> bool:
    """Tell whether a colon opens the details of a total: "76 neutralised: 41 shot down, 35 lost"."""
    whole = _whole(draft, before)
    return (
        whole is not None
        and whole.sentence == draft.sentence
        and _colon_between(whole, draft, marks)
    )


def _colon_between(previous: Draft, draft: Draft, marks: Sequence[Mark]) -> bool:
    return any(mark.tag == "colon" for mark in marks[previous.count.last + 1 : draft.count.first])


def _whole(part: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the last figure that can hold a part; of earlier sentences rather one of no list."""
    held = [other for other in reversed(before) if _holds(other, part)]
    free = (other for other in held if other.sentence == part.sentence or not other.inherited)
    return next(free, held[0] if held else None)


def _holds(whole: Draft, part: Draft) -> bool:
    high, low = _most(whole.quantity), part.quantity.low or 0
    return (
        whole.metric == part.metric
        and (high is None or high >= low)
        and (whole.quantity != part.quantity or whole.victims != part.victims)
    )


def _most(quantity: Quantity) -> int | None:
    return quantity.high
