"""Where figures told before were, as a later sentence says: "They were shot down over Sumy".

A lead may name no place, or only a part of a country, "in southern Russia"; what was counted there
is placed by the sentence that goes on with it.
"""

from collections.abc import Sequence

from tally.grammar.arms import STOPPED
from tally.grammar.context import Context, Line
from tally.grammar.cues import cues
from tally.grammar.draft import Draft
from tally.grammar.explosions import ATTACKS, THAT
from tally.grammar.nouns import WEAPONS
from tally.grammar.place_runs import run_after
from tally.grammar.places import PlaceMark
from tally.grammar.placing import named_place
from tally.grammar.sides import side_named
from tally.model import TOLLS, Place

OPENING = 4  # marks in which a sentence says which attack it goes on with
BEHIND = 8  # marks from the attack to its place: "the strike on Yarova, in the Donetsk region"


def place_behind(context: Context, line: Line) -> None:
    """Place what was said before by a sentence that tells where it was."""
    if not context.drafts or not (line.places or line.reporting):
        return
    places = [p for p in line.places if p.admin1 and p.kind not in {"country", "bearing", "there"}]
    _of_the_attack(context, line, places)
    _of_the_stopped(context, line, places)
    _of_the_lead(context, line, places)


def _of_the_attack(context: Context, line: Line, places: Sequence[PlaceMark]) -> None:
    """Place a toll by the attack told of next: "24 died. The strike on X also …"."""
    words = [mark.low for mark in line.marks[: OPENING + 1]]
    attacks = [i for i in range(1, len(words)) if words[i - 1] in THAT and words[i] in ATTACKS]
    if not attacks or not places or places[0].at - attacks[0] > BEHIND:
        return
    meant = named_place(run_after(places, line.marks, attacks[0], len(line.marks)), line, context)
    for draft in reversed(context.drafts):
        if draft.sentence == line.number:
            continue
        if draft.sentence < line.number - 1 or draft.metric not in TOLLS or draft.regions:
            break
        if draft.aggregation == "period" and not draft.everywhere:
            draft.place = meant


def _of_the_stopped(context: Context, line: Line, places: Sequence[PlaceMark]) -> None:
    """Place weapons by where they came down: "They were shot down over Sumy and Kharkiv"."""
    if line.frames or not places:
        return
    stopped = next((i for i, mark in enumerate(line.marks) if mark.event == "intercepted"), -1)
    if stopped < 0 or not _goes_on(line, stopped):
        return
    run = run_after(places, line.marks, places[0].at, len(line.marks))
    meant = named_place(run, line, context)
    for draft in reversed(context.drafts):
        if draft.sentence < line.number - 1:
            break
        if draft.metric.endswith(STOPPED) and not draft.regions and draft.part_of is None:
            draft.place = meant


def _goes_on(line: Line, event: int) -> bool:
    """Tell whether a sentence begins with the weapons just counted: "They", "Дрони"."""
    subject = [mark for mark in line.marks[:event] if mark.tag != "aux" and mark.low != "the"]
    opening = subject[:1]
    return len(subject) <= OPENING and any(
        mark.unit in WEAPONS or mark.low in cues("the_same") for mark in opening
    )


def _of_the_lead(context: Context, line: Line, places: Sequence[PlaceMark]) -> None:
    """Place a lead's toll "in southern Russia" by the region that the text names below it."""
    if line.number > LEAD + NEXT:
        return
    lead = [d for d in context.drafts if d.sentence <= LEAD and d.metric in TOLLS and not d.regions]
    lead = [d for d in lead if 0 < line.number - d.sentence <= NEXT and d.aggregation == "period"]
    if not lead or any(d.sentence > LEAD and d.regions for d in context.drafts):
        return
    heads = [s.admin1 for s in line.reporting if s.kind in {"governor", "mayor"} and s.admin1]
    run = run_after(places, line.marks, places[0].at, len(line.marks)) if places else []
    meant = named_place(run, line, context) if run else Place("", heads[0]) if heads else None
    if meant is None or not meant.admin1:
        return
    for draft in lead:
        country = _part_of_country(context, draft)
        if country and all(code.startswith(country) for code in meant.admin1):
            draft.place = meant


LEAD = 1  # sentences below the headline
COUNTRY = {"Ukraine": "UA", "Russia": "RU"}  # what codes of their regions begin with
NEXT = 4  # sentences in which a story names the region that its lead leaves open


def _part_of_country(context: Context, draft: Draft) -> str:
    """Return the country of which a sentence names but a part, or ""."""
    parts = [
        mark.low
        for mark in context.marked.marks(draft.sentence)
        if " " in mark.low and mark.sense("places", "whole") and not mark.sense("countries")
    ]
    named = {side_named(word, context.lang) for part in parts for word in part.split()} - {""}
    return COUNTRY[named.pop()] if len(named) == 1 and not draft.everywhere else ""
