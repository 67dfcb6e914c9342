"""The words of a view: its answer, the names of its panels, how each claim stands.

Computes nothing: every number comes from the view.
"""

from collections.abc import Mapping, Sequence

from tally import blocks
from tally.blocks import Inline
from tally.day_words import span_words
from tally.evidence import Count
from tally.explorer.corpus import Corpus
from tally.explorer.selection import Selection, moment_words, place_names, place_words
from tally.explorer.view import Mark, Panel, View
from tally.language import say, spoken, to_say
from tally.model import OPPONENT, TOLLS, Claim, Metric, RelationKind, Side, published_at
from tally.runs import tell
from tally.wording import (
    COUNTRY_NAMES,
    DASH,
    PIECES,
    SIDES,
    agree,
    capital,
    grouped,
    listed,
    metric_words,
    sign,
    words,
)

INSIDE = "‡"
HEADINGS: Mapping[Side, str] = {
    "Ukraine": to_say("{what!c}, on Ukraine’s word"),
    "Russia": to_say("{what!c}, on Russia’s word"),
    "third_party": to_say("{what!c}, on third parties’ word"),
    "unattributed": to_say("{what!c}, in reports that name no source"),
}
HURT = {
    Metric.KILLED: to_say("people killed in {place}"),
    Metric.INJURED: to_say("people injured in {place}"),
}
ANYBODY_HURT = {
    Metric.KILLED: to_say("people killed"),
    Metric.INJURED: to_say("people injured"),
}
ON_WORD: Mapping[str, str] = {
    "Ukraine": to_say("on Ukraine’s word"),
    "Russia": to_say("on Russia’s word"),
    "third_party": to_say("on third parties’ word"),
    "unattributed": to_say("in reports that name no source"),
}
# English says how many in one of two forms; the words of other languages are not in this table.
COUNTED = {
    "drones": ("drone", "drones"),
    "missiles": ("missile", "missiles"),
    "personnel": ("soldier", "soldiers"),
    "equipment": ("piece", "pieces"),
}
PERSON = ("person", "people")
# How a claim stands, the gravest first: what is later is said of the earlier one.
_LATER = {
    RelationKind.CORRECTS: to_say("corrected since"),
    RelationKind.UPDATES: to_say("updated since"),
    RelationKind.CONTRADICTS: to_say("contradicted"),
}
_EARLIER = {
    RelationKind.CONTRADICTS: to_say("contradicts another"),
    RelationKind.REPEATS: to_say("repeats another"),
    RelationKind.PART_OF: to_say("part of a total"),
    RelationKind.OVERLAPS: to_say("hours overlap another’s"),
    RelationKind.OTHER_SCOPE: to_say("other hours or scope"),
}
DRAWN = to_say("in the chart")
SET_ASIDE = to_say("set aside by a ruling")
ALONE = to_say("not in the chart")


def about(attacker: str, selection: Selection, corpus: Corpus) -> str:
    """Say what is counted and where, without whose word it is."""
    metric = selection.metric
    place = place_names(selection.place, corpus) if selection.place else ""
    if metric in TOLLS:
        return say(HURT[metric], place=place or say(COUNTRY_NAMES[OPPONENT[attacker]]))
    what = metric_words(metric, attacker=attacker)
    return say("{what} over {place}", what=what, place=place) if place else what


def heading(panel: Panel, selection: Selection, corpus: Corpus) -> str:
    """Head a panel: what, and on whose word."""
    return attributed(about(panel.attacker, selection, corpus), panel.side, selection)


def legend(side: Side, selection: Selection) -> str:
    """Name what the figures of a side are, wherever."""
    return attributed(_what(selection.metric), side, selection)


def attributed(what: str, side: Side, selection: Selection) -> str:
    """Say on whose word something is counted."""
    if selection.claimant:
        subject = spoken().subject(selection.claimant)
        return say("{what!c}, on the word of {subject}", what=what, subject=subject)
    return say(HEADINGS[side], what=what)


def answer(view: View, corpus: Corpus) -> list[list[Inline]]:
    """Answer in a sentence a panel: on how many days there is a figure, and which is highest."""
    return [_sentence(panel, view.selection, corpus) for panel in view.panels]


def title(view: View) -> str:
    """Name what is looked at: the days, and the moment of knowledge."""
    selection = view.selection
    span = span_words(selection.start, selection.end)
    if selection.as_of is None:
        return span
    moment = moment_words(selection.as_of)
    return say("{span}, as known on {moment}", span=span, moment=moment)


def nothing(view: View, corpus: Corpus) -> list[str]:
    """Say that no claim answers, what is missing, and what there is instead."""
    selection = view.selection
    days = span_words(selection.start, selection.end)
    message = to_say("The ledger holds no claim of this kind for {days}: {what}{limits}.")
    said = say(message, days=days, what=_what(selection.metric), limits=_limits(selection, corpus))
    caution = say(
        "That says only that no document about it was known, not that nothing happened. {found}",
        found=_instead(selection, corpus),
    )
    return [said, caution]


def _what(metric: Metric) -> str:
    return say(ANYBODY_HURT[metric]) if metric in TOLLS else metric_words(metric)


def _limits(selection: Selection, corpus: Corpus) -> str:
    """Say within brackets what narrows a selection."""
    limits = []
    if selection.place:
        limits.append(place_words(selection.place, corpus))
    if selection.claimant:
        subject = spoken().subject(selection.claimant)
        limits.append(say("on the word of {subject}", subject=subject))
    elif selection.word in HEADINGS:
        limits.append(say(ON_WORD[selection.word]))
    if selection.as_of:
        limits.append(say("published by {moment}", moment=moment_words(selection.as_of)))
    return f" ({', '.join(limits)})" if limits else ""


def _instead(selection: Selection, corpus: Corpus) -> str:
    """Say what the ledger does hold: later claims, other metrics of these days, else other days."""
    if not corpus.days:
        return say("The ledger is empty.")
    near = [claim for claim in corpus.claims if selection.spans(claim)]
    later = [published_at(c.published) for c in near if not selection.is_out(c)]
    if len(later) == len(near) and later:
        message = to_say("The first claim about these days came out on {moment}.")
        return say(message, moment=moment_words(min(later)))
    found: dict[Metric, int] = {}
    for claim in filter(selection.is_out, near):
        found[claim.metric] = found.get(claim.metric, 0) + 1
    if found:
        ranked = sorted(found.items(), key=lambda one: -one[1])
        counts = [f"{_what(metric)} ({grouped(n)})" for metric, n in ranked]
        return say("All claims about these days: {counts}.", counts=listed(counts))
    days = span_words(corpus.days[0], corpus.days[-1])
    return say("The ledger’s claims are about {days}.", days=days)


def _sentence(panel: Panel, selection: Selection, corpus: Corpus) -> list[Inline]:
    subject = selection.claimant or say(SIDES[panel.side])
    what = about(panel.attacker, selection, corpus)
    highest = panel.highest
    if highest is None or highest.count is None:
        message = to_say("{subject!c}: no figure of {what} in these days.")
        return tell(message, subject=subject, what=what)
    message = to_say("{n} of {all} {all:day has|days have} one")
    slots = {"subject": subject, "what": what}
    days = say(message, n=len(panel.given), all=len(panel.marks))
    if not highest.count.drawn:
        return tell(to_say("{subject!c}: none of {what} reported in these days."), **slots)
    if not highest.whole:
        one = what.replace(_many(selection), _one(selection), 1)
        slots["what"] = agree(highest.count, one, what)
    return tell(
        to_say("{subject!c}: {figure} {what} is the highest figure ({when}); {days}."),
        **slots,
        figure=[blocks.strong(mark_words(highest))],
        when=day_words(highest, selection),
        days=days,
    )


def _one(selection: Selection) -> str:
    return COUNTED.get(selection.metric.partition("_")[0], PERSON)[0]


def _many(selection: Selection) -> str:
    return COUNTED.get(selection.metric.partition("_")[0], PERSON)[1]


def mark_words(mark: Mark) -> str:
    """Say the figure of a day: "266 of 298", "at least 13"."""
    if mark.count is None:
        return say("no figure")
    if mark.whole is None:
        return words(mark.count)
    return say("{part} of {whole}", part=words(mark.count), whole=words(mark.whole))


def mark_sign(mark: Mark) -> str:
    """Write the figure of a day over its column."""
    inside = INSIDE if mark.inside else ""
    return f"{sign(mark.count)}{inside}" if mark.count else DASH


def day_words(mark: Mark, selection: Selection) -> str:
    """Name the day of a figure: of what flies it is a night, dated by its morning."""
    same = selection.start.year == selection.end.year
    if selection.metric in TOLLS:
        message = to_say("{date:d MMMM}") if same else to_say("{date:d MMMM y}")
    elif same:
        message = to_say("night to {date:d MMMM}")
    else:
        message = to_say("night to {date:d MMMM y}")
    return say(message, date=mark.day)


def piece_words(kind: str, count: Count) -> str:
    """Name a piece of a day."""
    return say(PIECES[kind], number=count) if kind in PIECES else words(count)


def standing(claim: Claim, view: View) -> str:
    """Say in few words how a claim stands among the others."""
    if claim.id in view.rejected:
        return say(SET_ASIDE)
    if claim.id in view.drawn:
        return say(DRAWN)
    told = view.relations.get(claim.id, ())
    later = {relation.kind for relation in told if relation.other_id == claim.id}
    earlier = {relation.kind for relation in told if relation.claim_id == claim.id}
    named = [word for kind, word in _LATER.items() if kind in later]
    named += [word for kind, word in _EARLIER.items() if kind in earlier]
    return say(named[0] if named else ALONE)


def reasons(claim: Claim, view: View) -> Sequence[str]:
    """Return the sentences that reconciling tells of a claim, the newest relation first."""
    told = view.relations.get(claim.id, ())
    said = (relation.sentence.replace("'", "’") for relation in told)
    return tuple(dict.fromkeys(capital(sentence) for sentence in said))
