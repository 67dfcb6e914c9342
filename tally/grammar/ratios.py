"""One phrase that gives several figures: "63 out of 76", "all 29", "two each over A and B"."""

import copy
from collections.abc import Sequence
from itertools import pairwise

from tally.grammar.beside import run_before, stands_before
from tally.grammar.countable import whole_behind_slash
from tally.grammar.draft import Draft
from tally.grammar.holding import LARGE, are_apart, take_from_whole
from tally.grammar.kinds import OF_TOTAL
from tally.grammar.marks import Mark
from tally.grammar.place_runs import run_after
from tally.grammar.places import PlaceMark
from tally.grammar.quantities import hedged
from tally.model import Metric, Place

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
        if draft.count.each or _in_each(draft, marks):
            made += _each(draft, marks, places)
            continue
        made.append(draft)
        hit = _ended(draft, marks)
        if hit is not None:
            made.append(hit)
        every = draft.count.every and draft.metric in LAUNCHED and draft.quantity.low
        if every and not _just_sent(draft, [*earlier, *made]):
            made.append(_launched(draft))
    for at, draft in enumerate(drafts):
        if at and _is_ratio(drafts[at - 1], draft, marks):
            _as_whole(drafts[at - 1], draft, earlier, marks, places)
        elif at and _of_before(draft, drafts[at - 1], marks):
            _as_whole(draft, drafts[at - 1], earlier, marks, places)
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
    if whole_behind_slash(marks, part.count.last + 1):
        return True
    if [mark.low for mark in between] == [OF_TOTAL]:
        return True
    told = between[1:] if between[0].event and part.metric in LAUNCHED else between
    return any(mark.sense("markers", "outof") for mark in told) and not any(
        mark.event or mark.tag == "comma" for mark in told
    )  # "44 збито з 58"


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


def _as_whole(
    part: Draft,
    whole: Draft,
    earlier: Sequence[Draft],
    marks: Sequence[Mark],
    places: Sequence[PlaceMark],
) -> None:
    """Read the number out of which: launched when weapons were stopped, else the same metric.

    A number that the text gave before with that metric is only referred to ("six of the 159").
    """
    known = [
        d
        for d in earlier
        if d.metric == part.metric
        and d.quantity.low == whole.quantity.low
        and not are_apart(part, d)
        and ((whole.quantity.low or 0) >= LARGE or part.sentence - d.sentence <= 1)
        and not whole_behind_slash(marks, part.count.last + 1)
    ]
    told = [d for d in earlier if d.metric == part.metric and d.quantity.low == whole.quantity.low]
    if told and not part.victims:
        part.victims = told[-1].victims
    if part.metric in LAUNCHED and not known and not _same_event(part, whole, marks):
        if whole.metric == part.metric and any(p.at > whole.count.last for p in places):
            whole.place = None  # where they were downed is not where they were sent
        whole.metric = LAUNCHED[part.metric]
        whole.mode = ""
        whole.part_of = None
        whole.rules.append("<part> out of <whole>")
    elif part.metric == whole.metric:
        part.part_of, part.aggregation = known[-1] if known else whole, "period"
        elsewhere = known or part.metric in LAUNCHED
        whole.place = None if elsewhere else whole.place or part.place
        whole.reference = bool(known) or part.metric not in LAUNCHED
        if known:
            whole.victims, whole.part_of = known[-1].victims, known[-1].part_of
            take_from_whole(part, known[-1])


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


def _ended(draft: Draft, marks: Sequence[Mark]) -> Draft | None:
    """Read the verb of "four missiles launched against X hit their target" too.

    What happened to them may also be said in the passive: "29 drones launched at X were downed".
    """
    at = draft.count.last + 1
    if draft.metric not in ENDED or draft.count.share:
        return None
    if at >= len(marks) or marks[at].event != "launched":
        return None
    for i in range(at + 1, min(at + 10, len(marks))):
        if marks[i].tag in {"comma", "conj", "sub", "semicolon"}:
            return None
        event, passive = marks[i].event, marks[i - 1].is_a("aux")
        if (
            event in ENDED[draft.metric]
            and passive != (event == "hit")
            and not marks[i - 1].is_a("over")
        ):
            hit = copy.copy(draft)
            hit.metric = ENDED[draft.metric][event]
            hit.rules = [*draft.rules, f"launched and {event}"]
            part = _out_of_them(draft, marks)
            if part >= 0:
                number = round(marks[part].number or 0)
                hit.quantity, _, _ = hedged(marks, part, part, number, None)
                hit.start, hit.end = marks[part].start, marks[part].end
            return hit
    return None


def _out_of_them(draft: Draft, marks: Sequence[Mark]) -> int:
    """Return the number before a whole: "one of the two missiles launched struck a house"."""
    before = [
        i for i in range(max(0, draft.count.first - 3), draft.count.first) if marks[i].text != "the"
    ]
    outof = len(before) > 1 and marks[before[-1]].sense("markers", "outof") is not None
    return before[-2] if outof and marks[before[-2]].number is not None else -1


ENDED = {
    Metric.DRONES_LAUNCHED: {
        "hit": Metric.DRONES_HIT,
        "intercepted": Metric.DRONES_INTERCEPTED,
        "lost": Metric.DRONES_LOST,
    },
    Metric.MISSILES_LAUNCHED: {
        "hit": Metric.MISSILES_HIT,
        "intercepted": Metric.MISSILES_INTERCEPTED,
    },
}


def _just_sent(draft: Draft, told: Sequence[Draft]) -> bool:
    """Tell whether the text has just told the launch of all those: "sent six; all six hit"."""
    return any(
        before.metric == LAUNCHED[draft.metric]
        and before.quantity == draft.quantity
        and draft.sentence - before.sentence <= 1
        for before in told
    )


def _launched(draft: Draft) -> Draft:
    whole = copy.copy(draft)
    whole.metric = LAUNCHED[draft.metric]
    whole.mode = ""
    whole.place = None
    whole.rules = [*draft.rules, "all <number>"]
    return whole


def _in_each(draft: Draft, marks: Sequence[Mark]) -> bool:
    """Tell whether a number is that of each place: "one was killed in each of A and B"."""
    after = marks[draft.count.last + 1 : draft.count.last + 6]
    return any(
        one.is_a("each") and bool(of.sense("markers", "outof")) for one, of in pairwise(after)
    )


def _each(draft: Draft, marks: Sequence[Mark], places: Sequence[PlaceMark]) -> list[Draft]:
    """Return one draft for each place of "two each over A and B", also behind them: "A, B — 2"."""
    run = run_after(places, marks, draft.count.last + 1, len(marks))
    earlier = [place for place in places if place.at < draft.count.first]
    apart = marks[draft.count.last + 1 : run[0].at] if run else ()
    if not run or any(mark.tag == "comma" for mark in apart):
        near = earlier and stands_before(earlier[-1], draft.count, marks)
        run = run_before(earlier, marks) if near else run
    if len(run) < 2:
        return [draft]
    made = []
    for place in run:
        one = copy.copy(draft)
        one.place = Place(place.name, place.admin1)
        one.rules = [*draft.rules, "<number> each"]
        made.append(one)
    return made
