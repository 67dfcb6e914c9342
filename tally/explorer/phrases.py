"""The words of a view: its answer, the names of its panels, how each claim stands.

Computes nothing: every number comes from the view.
"""

from collections.abc import Sequence

from tally import blocks
from tally.blocks import Inline
from tally.evidence import Count
from tally.explorer.corpus import Corpus
from tally.explorer.selection import Selection, moment_words, place_words
from tally.explorer.view import Mark, Panel, View
from tally.model import Claim, Metric, RelationKind, Side
from tally.series import OPPONENT
from tally.tolls import PEOPLE
from tally.wording import (
    DASH,
    SIDES,
    agree,
    capital,
    date_words,
    grouped,
    listed,
    metric_words,
    sign,
    span_words,
    words,
)

INSIDE = "‡"
OWNERS: dict[Side, str] = {
    "Ukraine": "Ukraine’s",
    "Russia": "Russia’s",
    "third_party": "third parties’",
    "unattributed": "unattributed reports’",
}
COUNTED = {
    "drones": ("drone", "drones"),
    "missiles": ("missile", "missiles"),
    "personnel": ("soldier", "soldiers"),
    "equipment": ("piece", "pieces"),
}
PERSON = ("person", "people")
# How a claim stands, the gravest first: what is later is said of the earlier one.
_LATER = {
    RelationKind.CORRECTS: "corrected since",
    RelationKind.UPDATES: "updated since",
    RelationKind.CONTRADICTS: "contradicted",
}
_EARLIER = {
    RelationKind.CONTRADICTS: "contradicts",
    RelationKind.REPEATS: "repeats another",
    RelationKind.PART_OF: "part of a total",
    RelationKind.OVERLAPS: "window overlaps",
    RelationKind.OTHER_SCOPE: "other scope",
}
DRAWN, SET_ASIDE, ALONE = "in the chart", "set aside by a ruling", "not in the chart"


def about(attacker: str, selection: Selection, corpus: Corpus) -> str:
    """Say what is counted and where, without whose word it is."""
    metric = selection.metric
    place = f" in {place_words(selection.place, corpus)}" if selection.place else ""
    if metric in PEOPLE:
        return f"people {metric}{place or f' in {OPPONENT[attacker]}'}"
    return f"{metric_words(metric, attacker=attacker)}{place.replace(' in ', ' over ', 1)}"


def heading(panel: Panel, selection: Selection, corpus: Corpus) -> str:
    """Head a panel: what, and on whose word."""
    owner = f"{selection.claimant}’s" if selection.claimant else OWNERS[panel.side]
    owner = owner.replace("s’s", "s’")
    return f"{capital(about(panel.attacker, selection, corpus))}, on {owner} word"


def answer(view: View, corpus: Corpus) -> list[list[Inline]]:
    """Answer in a sentence a panel: on how many days there is a figure, and which is highest."""
    return [_sentence(panel, view.selection, corpus) for panel in view.panels]


def title(view: View) -> str:
    """Name what is looked at: the days, and the moment of knowledge."""
    selection = view.selection
    moment = "" if selection.as_of is None else f", as known on {moment_words(selection.as_of)}"
    return f"{span_words(selection.start, selection.end)}{moment}"


def nothing(view: View, corpus: Corpus) -> list[str]:
    """Say that no claim answers, what is missing, and what there is instead."""
    selection = view.selection
    what = capital(metric_words(selection.metric).replace("killed", "people killed"))
    limits = [
        place_words(selection.place, corpus) if selection.place else "",
        f"on the word of {selection.claimant}" if selection.claimant else "",
        f"published by {moment_words(selection.as_of)}" if selection.as_of else "",
    ]
    asked = ", ".join(limit for limit in limits if limit)
    days = span_words(selection.start, selection.end)
    said = f"The ledger holds no claim of this kind for {days}: {what}"
    return [
        f"{said}{f' ({asked})' if asked else ''}.",
        f"That says only that no document about it was known, not that nothing happened. "
        f"{_instead(selection, corpus)}",
    ]


def _instead(selection: Selection, corpus: Corpus) -> str:
    """Say what the ledger does hold: other metrics of these days, else other days."""
    near = [claim for claim in corpus.claims if selection.spans(claim)]
    found: dict[Metric, int] = {}
    for claim in near:
        found[claim.metric] = found.get(claim.metric, 0) + 1
    if found:
        ranked = sorted(found.items(), key=lambda one: -one[1])
        counts = [f"{metric_words(metric)} ({grouped(n)})" for metric, n in ranked]
        return f"Claims of these days are about {listed(counts)}."
    if not corpus.days:
        return "The ledger is empty."
    return f"The ledger’s claims are of {span_words(corpus.days[0], corpus.days[-1])}."


def _sentence(panel: Panel, selection: Selection, corpus: Corpus) -> list[Inline]:
    subject = selection.claimant or SIDES[panel.side]
    what = about(panel.attacker, selection, corpus)
    highest = panel.highest
    if highest is None or highest.count is None:
        return blocks.inline(f"{capital(subject)}: no figure of {what} in these days.")
    days = f"{grouped(len(panel.given))} of {grouped(len(panel.marks))} days have a figure"
    if not highest.count.drawn:
        return blocks.inline(f"{capital(subject)}: no {what} reported; {days}.")
    noun = what
    if not highest.whole:
        noun = agree(highest.count, what.replace(_many(selection), _one(selection), 1), what)
    return blocks.inline(
        [
            f"{capital(subject)}: ",
            blocks.strong(mark_words(highest)),
            f" {noun} is the highest figure, {day_words(highest, selection)}; {days}.",
        ]
    )


def _one(selection: Selection) -> str:
    return COUNTED.get(selection.metric.partition("_")[0], PERSON)[0]


def _many(selection: Selection) -> str:
    return COUNTED.get(selection.metric.partition("_")[0], PERSON)[1]


def mark_words(mark: Mark) -> str:
    """Say the figure of a day: "266 of 298", "at least 13"."""
    if mark.count is None:
        return "no figure"
    return f"{words(mark.count)} of {words(mark.whole)}" if mark.whole else words(mark.count)


def mark_sign(mark: Mark) -> str:
    """Write the figure of a day over its column."""
    inside = INSIDE if mark.inside else ""
    return f"{sign(mark.count)}{inside}" if mark.count else DASH


def day_words(mark: Mark, selection: Selection) -> str:
    """Name the day of a figure: of what flies it is a night, dated by its morning."""
    kind = "of" if selection.metric in PEOPLE else "of the night to"
    same = selection.start.year == selection.end.year
    return f"{kind} {f'{mark.day.day} {mark.day:%B}' if same else date_words(mark.day)}"


def piece_words(kind: str, count: Count) -> str:
    """Name a piece of a day."""
    called = {"lost": "lost from radar"}.get(kind, kind)
    return f"{words(count)} {called}"


def standing(claim: Claim, view: View) -> str:
    """Say in few words how a claim stands among the others."""
    if claim.id in view.rejected:
        return SET_ASIDE
    if claim.id in view.drawn:
        return DRAWN
    told = view.relations.get(claim.id, ())
    later = {relation.kind for relation in told if relation.other_id == claim.id}
    earlier = {relation.kind for relation in told if relation.claim_id == claim.id}
    named = [word for kind, word in _LATER.items() if kind in later]
    named += [word for kind, word in _EARLIER.items() if kind in earlier]
    return named[0] if named else ALONE


def reasons(claim: Claim, view: View) -> Sequence[str]:
    """Return the sentences that reconciling tells of a claim, the newest relation first."""
    told = view.relations.get(claim.id, ())
    said = (relation.sentence.replace("'", "’") for relation in told)
    return tuple(dict.fromkeys(capital(sentence) for sentence in said))
