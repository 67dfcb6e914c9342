"""How figures of a document contain one another: "including", "63 out of 76", "two each", "all".

Parts are linked to their total, never added to it.
"""

import copy
from collections.abc import Sequence

from tally.grammar.draft import Draft
from tally.grammar.frames import Chunk
from tally.grammar.marks import Mark
from tally.grammar.places import PlaceMark, run_after
from tally.model import Metric, Place, Quantity

LARGE = 10
OWN_VOICE = "the outlet's own voice"
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
        hit = _hit_too(draft, marks)
        if hit is not None:
            made.append(hit)
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
    known = [
        d
        for d in earlier
        if d.metric == part.metric
        and d.quantity.low == whole.quantity.low
        and not _apart(part, d)
        and ((whole.quantity.low or 0) >= LARGE or part.sentence - d.sentence <= 1)
    ]
    told = [d for d in earlier if d.metric == part.metric and d.quantity.low == whole.quantity.low]
    if told and not part.victims:
        part.victims = told[-1].victims
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
            whole.victims, whole.part_of = known[-1].victims, known[-1].part_of
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


def _hit_too(draft: Draft, marks: Sequence[Mark]) -> Draft | None:
    """Read the verb of "four missiles launched against X hit their target" too."""
    at = draft.count.last + 1
    if draft.metric not in HIT or at >= len(marks) or marks[at].event != "launched":
        return None
    for i in range(at + 1, min(at + 10, len(marks))):
        if marks[i].tag in {"comma", "conj", "sub", "semicolon"}:
            return None
        if marks[i].event == "hit" and not marks[i - 1].is_a("aux", "over"):
            hit = copy.copy(draft)
            hit.metric, hit.rules = HIT[draft.metric], [*draft.rules, "launched and hit"]
            return hit
    return None


HIT = {
    Metric.DRONES_LAUNCHED: Metric.DRONES_HIT,
    Metric.MISSILES_LAUNCHED: Metric.MISSILES_HIT,
}


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
        if _marked(draft, chunks, marks) and not (
            at and LAUNCHED.get(draft.metric) == made[at - 1].metric
        ):
            draft.part_of = _whole(draft, before)
        elif at and _detail(made[:at], draft, marks):
            draft.part_of = _whole(draft, made[:at])
        elif at and _raised_by(made[at - 1], draft, chunks):
            draft.part_of = made[at - 1]
        elif at and draft.inherited:
            same = [d for d in made[:at] if d.metric == draft.metric and not d.reference]
            previous = same[-1] if same else made[at - 1]
            draft.part_of = previous.part_of if same else None
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


def _spoken_of(draft: Draft, earlier: Sequence[Draft], marks: Sequence[Mark]) -> Draft | None:
    """Return the figure that "those 105" speaks of again, or None."""
    at = draft.count.first
    if not at or marks[at - 1].text.lower().split()[-1] not in {"those", "these", "цих", "этих"}:
        return None
    same = [d for d in earlier if d.metric == draft.metric and d.quantity == draft.quantity]
    return same[-1] if same else None


def spread(drafts: Sequence[Draft]) -> None:
    """Take the place carried over from a total whose parts lie in other regions."""
    for part in drafts:
        whole = part.part_of
        if whole is None or not whole.carried or whole.place is None or part.place is None:
            continue
        if part.place.admin1 and not set(part.place.admin1) <= set(whole.place.admin1):
            for other in drafts:
                if other.sentence == whole.sentence and other.carried and other is not whole:
                    other.place = None
            whole.place = None


def _raised_by(whole: Draft, part: Draft, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a death is the one that raised a toll: "rises to six after a girl dies"."""
    own = next((c for c in chunks if c.first <= part.count.first <= c.last), None)
    grown = "the number grew" in whole.rules and whole.metric == part.metric
    apart = own is not None and (own.opener == "sub" or part.count.implied)
    return grown and apart and _holds(whole, part)


def add_up(drafts: Sequence[Draft]) -> None:
    """Link figures that follow a total and add up to it: 35 = 26 + 8 + 1, 76 = 41 + 35 lost."""
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
                part.victims = part.victims or whole.victims
                part.rules.append("adds up to the total")
        for part in _summed(drafts[:at], whole, total):
            part.part_of = whole
            part.rules.append("added up in the total")


def _summed(before: Sequence[Draft], whole: Draft, total: int) -> list[Draft]:
    """Return the figures that a total sums up after them: "Altogether, 53"."""
    if not whole.count.total:
        return []
    run: list[Draft] = []
    for draft in reversed(before[-6:]):
        if draft.metric != whole.metric or draft.part_of is not None:
            continue
        run.append(draft)
        made = sum(part.quantity.low or 0 for part in run)
        if made >= total:
            return run if made == total and len(run) > 1 else []
    return []


def drop_split(drafts: list[Draft]) -> list[Draft]:
    """Leave out a count of victims that is then split: "75 affected: six killed and 69 hurt"."""
    return [
        draft for at, draft in enumerate(drafts) if not _split_up(draft, drafts[at + 1 : at + 5])
    ]


def _split_up(whole: Draft, after: Sequence[Draft]) -> bool:
    if whole.mode != "affected" or whole.part_of is not None or whole.quantity.low is None:
        return False
    near = [d for d in after if d.metric in PEOPLE and d.sentence - whole.sentence <= SPLIT_WITHIN]
    for killed in near:
        for injured in near:
            if killed.metric == Metric.KILLED and injured.metric == Metric.INJURED:
                numbers = (killed.quantity.low, injured.quantity.low)
                if None not in numbers and sum(filter(None, numbers)) == whole.quantity.low:
                    return True
    return False


SPLIT_WITHIN = 2
PEOPLE = {Metric.KILLED, Metric.INJURED}


def _run(after: Sequence[Draft], whole: Draft, total: int) -> list[Draft]:
    """Return the two or more figures right after a total that make it up, or none."""
    run: list[Draft] = []
    lost = {Metric.DRONES_INTERCEPTED: Metric.DRONES_LOST}.get(whole.metric)
    for draft in after:
        if (
            draft.part_of not in (None, whole)
            or draft.metric not in (whole.metric, lost)
            or draft.quantity.low is None
            or _others_count(draft, whole)
        ):
            continue
        if run and draft.paragraph != run[0].paragraph:
            return []
        if draft.metric == lost and any(other.metric == lost for other in run):
            return []
        run.append(draft)
        made = sum(part.quantity.low or 0 for part in run)
        if made >= total:
            return run if made == total and len(run) > 1 and _split(run, lost) else []
    return []


def _others_count(draft: Draft, whole: Draft) -> bool:
    """Tell whether another source counted it: no part of this total, unless a region's own."""
    if not draft.claimant or not whole.claimant or draft.claimant == whole.claimant:
        return False
    return whole.metric not in PEOPLE or draft.sentence == whole.sentence + 1


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
    if not part.claimant and OWN_VOICE not in part.rules:
        part.claimant, part.side = whole.claimant, whole.side
    undated = "day of publication" in part.rules or "day carried over" in part.rules
    apart = part.window != "" and part.window != whole.window and part.sentence != whole.sentence
    undated = undated and whole.first is not None and not apart
    if (part.sentence == whole.sentence and not part.own_day) or undated:
        part.first, part.last = whole.first, whole.last


def _marked(draft: Draft, chunks: Sequence[Chunk], marks: Sequence[Mark]) -> bool:
    for chunk in chunks:
        if chunk.first <= draft.count.first <= chunk.last:
            before = marks[chunk.first : draft.count.first]
            reach = chunk.last if draft.count.implied else draft.count.last + 2
            after = marks[draft.count.last + 1 : reach + 1]
            return (
                draft.count.part
                or chunk.part
                or any(
                    m.sense("markers", "part") and m.text.lower() != "with"
                    for m in [*before, *after]
                )
            )
    return False


def _detail(before: Sequence[Draft], draft: Draft, marks: Sequence[Mark]) -> bool:
    """Tell whether a colon opens the details of a total: "76 stopped: 41 shot down, 35 lost"."""
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
        and (
            whole.quantity != part.quantity
            or whole.victims != part.victims
            or (whole.place is None and part.place is not None and part.count.part)
        )
        and not _apart(whole, part)
    )


def _apart(first: Draft, second: Draft) -> bool:
    """Tell whether two figures are of different regions, so that neither holds the other."""
    one = set(first.place.admin1) if first.place and not first.carried else set()
    other = set(second.place.admin1) if second.place and not second.carried else set()
    return bool(one and other) and not one & other


def _most(quantity: Quantity) -> int | None:
    return quantity.high
