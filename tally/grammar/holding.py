"""Which figure can hold another as its part, and what a part takes from its whole."""

from collections.abc import Sequence

from tally.grammar.draft import CARRIED, PUBLISHED, Draft
from tally.model import Place, Quantity

LARGE = 10


OWN_VOICE = "the outlet's own voice"


CITIES = {"UA-30", "UA-40", "RU-MOW", "RU-SPE"}


def take_from_whole(part: Draft, whole: Draft) -> None:
    """Let a part take what it does not say itself: attacker, place, victims, speaker, days."""
    part.rules.append("part of a total")
    part.attacker = whole.attacker or part.attacker
    beside = part.sentence == whole.sentence and part.carried
    part.place = whole.place if beside or part.place is None else part.place
    if part.victims == "" and whole.victims in {"civilian", "military"}:
        part.victims = whole.victims
    if whole.place is not None and in_city(whole) and part.place is not None:
        part.place = Place(part.place.name, whole.place.admin1)
    if not part.claimant and OWN_VOICE not in part.rules:
        part.claimant, part.side = whole.claimant, whole.side
    part.window = part.window if part.own_hours else whole.window
    undated = PUBLISHED in part.rules or CARRIED in part.rules
    apart = part.window != "" and part.window != whole.window and part.sentence != whole.sentence
    undated = undated and whole.first is not None and not apart
    if (part.sentence == whole.sentence and not part.own_day) or undated:
        part.first, part.last = whole.first, whole.last


def in_city(draft: Draft) -> bool:
    """Tell whether a figure is of a city that is a region, whose districts have namesakes."""
    codes = draft.regions
    return len(codes) == 1 and codes[0] in CITIES


def whole_of(part: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the last figure that can hold a part; of earlier sentences rather one of no list.

    A part that another followed holds nothing told later: "127 by four, 32 after. Of them 53 …".
    """
    last = next((other for other in reversed(before) if other.metric == part.metric), None)
    closed = last.part_of if last else None
    held = [
        other
        for other in reversed(before)
        if holds(other, part) and (other is last or closed is None or other.part_of is not closed)
    ]
    free = (other for other in held if other.sentence == part.sentence or not _listed(other))
    return next(free, held[0] if held else None)


def _listed(draft: Draft) -> bool:
    """Tell whether a figure is one of a list of places: "53 over Oryol, 51 over Bryansk"."""
    return draft.inherited and draft.place is not None and not draft.carried


def holds(whole: Draft, part: Draft) -> bool:
    """Tell whether a figure can be the total of another: same metric, not smaller, not apart."""
    high, low = _most(whole.quantity), part.quantity.low or 0
    return (
        whole.metric == part.metric
        and (high is None or high >= low)
        and (
            whole.quantity != part.quantity
            or whole.victims != part.victims
            or (whole.place is None and part.place is not None and part.count.part)
        )
        and not are_apart(whole, part)
    )


def are_apart(first: Draft, second: Draft) -> bool:
    """Tell whether two figures are of different places, so that neither holds the other."""
    beside = first.sentence == second.sentence and not second.count.part
    if beside and _listed(first) and _listed(second) and first.place != second.place:
        return True
    one = set(first.regions) if not first.carried else set()
    other = set(second.regions) if not second.carried else set()
    return bool(one and other) and not one & other


def _most(quantity: Quantity) -> int | None:
    return quantity.high
