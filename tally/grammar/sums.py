"""Figures that add up to a total before or after them, and totals that are only their sum."""

from collections.abc import Sequence

from tally.grammar.draft import Draft
from tally.grammar.holding import are_apart
from tally.model import TOLLS, Metric, Place

NEAR = 6


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
        following = drafts[at + 1 : at + 20]
        _settle_namesakes(following, whole, total)
        run = _run(following, whole, total) or _of_several(following, whole, total)
        for part in run:
            if part.metric == whole.metric:
                part.part_of = whole
                part.aggregation = "period"
                part.victims = part.victims or whole.victims
                part.rules.append("adds up to the total")
        for part in _summed(drafts[max(0, at - NEAR) : at], whole, total):
            part.part_of = whole
            part.rules.append("added up in the total")


def _settle_namesakes(following: Sequence[Draft], whole: Draft, total: int) -> None:
    """Put villages into the region whose total they make up, though better known elsewhere.

    "Six in the Donetsk region: three in X, two in Y, one in Z".
    """
    listed = [d for d in following if (d.metric, d.sentence) == (whole.metric, whole.sentence)]
    inside = [d for d in listed if set(d.regions) <= set(whole.regions)]
    known = len(whole.regions) == 1 and 2 * len(inside) > len(listed) > len(inside)
    if not known or sum(d.quantity.low or 0 for d in listed) != total:
        return
    for part in listed:
        alike = {code[:2] for code in (*part.regions, *whole.regions)}
        if part.place is not None and len(alike) == 1:
            part.place = Place(part.place.name, tuple(whole.regions))


def _summed(before: Sequence[Draft], whole: Draft, total: int) -> list[Draft]:
    """Return the figures that a total sums up after them: "Altogether, 53"."""
    if not whole.count.total:
        return []
    run: list[Draft] = []
    for draft in reversed(before):
        if draft.metric != whole.metric or draft.part_of is not None:
            continue
        run.append(draft)
        made = sum(part.quantity.low or 0 for part in run)
        if made >= total:
            return run if made == total and len(run) > 1 else []
    return []


def drop_split(drafts: list[Draft]) -> list[Draft]:
    """Leave out a count of victims that is then split: "75 affected: six killed and 69 hurt"."""
    split = [d for at, d in enumerate(drafts) if _split_up(d, drafts[at + 1 : at + 5])]
    totals = [at for at, d in enumerate(drafts) if d in split and (d.quantity.low or 0) >= MANY]
    if totals:
        later = drafts[totals[0] + 1 :]  # "of the children affected 455 were in X, 275 in Y"
        split += [d for d in later if d.mode == "affected" and d not in split]
    left = [draft for draft in drafts if draft not in split]
    for draft in left:
        if draft.part_of in split:
            draft.part_of = None
    return left


def _split_up(whole: Draft, after: Sequence[Draft]) -> bool:
    if whole.mode != "affected" or whole.part_of is not None or whole.quantity.low is None:
        return False
    near = [d for d in after if d.metric in TOLLS and d.sentence - whole.sentence <= SPLIT_WITHIN]
    for killed in near:
        for injured in near:
            if killed.metric == Metric.KILLED and injured.metric == Metric.INJURED:
                numbers = (killed.quantity.low, injured.quantity.low)
                if None not in numbers and sum(filter(None, numbers)) == whole.quantity.low:
                    return True
    return False


SPLIT_WITHIN = 2
MANY = 100  # people; a running total, told by regions further down


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
        elsewhere = run and draft.paragraph != run[0].paragraph
        if elsewhere or _far_behind(whole, draft) or are_apart(whole, draft):
            return []
        if draft.metric == lost and any(other.metric == lost for other in run):
            return []
        run.append(draft)
        made = sum(part.quantity.low or 0 for part in run)
        if made >= total:
            return run if made == total and len(run) > 1 and _split(run, lost) else []
    return []


def _of_several(after: Sequence[Draft], whole: Draft, total: int) -> list[Draft]:
    """Return the counts of officials of several places right behind a total that they make up.

    "… left at least 10 dead, regional officials said. Six died in Donetsk, its governor said. Four
    were killed in Kursk, according to the acting one."
    """
    if whole.metric not in TOLLS or whole.place is not None:
        return []
    run = [
        draft
        for draft in after
        if draft.metric == whole.metric
        and draft.paragraph == whole.paragraph
        and draft.part_of is None
        and not draft.carried
    ]
    made = sum(draft.quantity.low or 0 for draft in run)
    placed = any(draft.place is not None for draft in run)
    return run if len(run) > 1 and placed and made == total else []


def _far_behind(whole: Draft, draft: Draft) -> bool:
    """Tell whether a person is told too far behind a toll to be one of it."""
    return draft.count.implied and draft.sentence - whole.sentence > TOLD_WITHIN


TOLD_WITHIN = 3  # sentences


def _others_count(draft: Draft, whole: Draft) -> bool:
    """Tell whether another source counted it: no part of this total, unless a region's own."""
    if not draft.claimant or not whole.claimant or draft.claimant == whole.claimant:
        return False
    return whole.metric not in TOLLS or draft.sentence == whole.sentence + 1


def _split(run: Sequence[Draft], lost: Metric | None) -> bool:
    return any(part.metric == lost for part in run) or all(
        part.place or part.window for part in run
    )
