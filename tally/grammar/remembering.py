"""What a sentence leaves behind for those after it: day, place, speaker, list, doubt."""

from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.attackers import OTHER, is_soldier
from tally.grammar.attribution import Attribution, claimant_for, remember
from tally.grammar.chunks import Chunk
from tally.grammar.context import Context, Line
from tally.grammar.dates import DateMark
from tally.grammar.dating import of_speech, old
from tally.grammar.draft import Draft
from tally.grammar.drafting import topic_of
from tally.grammar.places import PlaceMark
from tally.grammar.placing import named_place, run_before
from tally.model import Metric


def _trailing(context: Context, line: Line, said: Attribution) -> None:
    """Give a list the speaker named after it: "… сообщило Минобороны" as a line of its own."""
    first = context.text[line.sentence.start : line.sentence.start + 1]
    if not first.islower():
        return
    for draft in reversed(context.drafts):
        if draft.paragraph < line.sentence.paragraph - 2 or draft.claimant:
            break
        draft.claimant, draft.side = said.claimant, said.side
        draft.attacker = draft.attacker or OTHER.get(said.side, "")


def _backward(context: Context, line: Line, said: Attribution, topic: str) -> None:
    """Let a speaker first named after the figure assert it: "… Про це повідомила ОВА"."""
    if (
        context.lang == "en"
        and not context.joined
        and not REFERS & {mark.text.lower() for mark in line.marks[:3]}
    ):
        return
    for draft in reversed(context.drafts):
        if draft.paragraph != line.sentence.paragraph or draft.sentence < line.number - 2:
            break
        about = "people" if draft.metric in {Metric.KILLED, Metric.INJURED} else "weapons"
        if (
            draft.claimant
            or topic not in ("", about)
            or said.kind in {"media", ""}
            or draft.attacker == said.side
        ):
            continue
        draft.claimant, draft.side = said.claimant, said.side
        draft.rules.append("speaker named after it")


REFERS = {"this", "these", "that", "the information", "it", "information", "details"}


def _leaves_open(context: Context, line: Line) -> bool:
    """Tell whether a sentence without figures leaves a list open: an item or a short heading."""
    return line.sentence.item or context.list_open or len(line.marks) <= 4


def carry_over(context: Context, line: Line, made: Sequence[Draft]) -> None:
    """Leave day, place, speaker, list and doubt of a sentence to those after it."""
    dates = [mark.date for mark in line.marks if mark.date is not None]
    told = {
        id(mark.date)
        for i, mark in enumerate(line.marks)
        if mark.date is not None and of_speech(line, i)
    }
    days = [
        d
        for d in dates
        if id(d) not in told
        and (d.kind == "day" or (d.kind == "window" and d.last))
        and not (context.day and _of_another(context, line, d))
    ]
    if days:
        context.day = (days[-1].first, days[-1].last)
        if line.number <= 1 and context.lead is None and days[-1].kind == "day":
            context.lead = context.day
        context.day_paragraph = line.sentence.paragraph
        context.window = ""
    elif line.sentence.paragraph != context.day_paragraph:
        context.window = ""
    parts = [date.window for date in dates if date.window]
    if parts:
        context.window = parts[0]
        if context.day is None or context.day_paragraph != line.sentence.paragraph:
            published = (context.published, context.published) if context.published else None
            context.day = context.lead if context.lead and old(context) else published
            context.day_paragraph = line.sentence.paragraph
    if line.places and not _origins(context, line):
        named = _main_clause([p for p in line.places if p.kind != "country"], line.chunks)
        context.place = named_place(run_before(named, line.marks), line, context) if named else None
        context.place_paragraph = line.sentence.paragraph
    elif placed := [d for d in made if d.place is not None and d.place.admin1]:
        context.place, context.place_paragraph = placed[-1].place, line.sentence.paragraph
    if line.reporting:
        topic = topic_of(line.frames[-1]) if line.frames else ""
        said = claimant_for(
            0, line.marks, line.reporting, context.voices, topic, line.sentence.paragraph
        )
        sides = [d.side for d in made if d.claimant == said.claimant and d.side in OTHER]
        if said.side == "unattributed" and sides:
            said = replace(said, side=sides[-1])
        remember(said, context.voices, line.sentence.paragraph, topic)
        context.voices.places = {code for place in line.places for code in place.admin1}
        if not made:
            _trailing(context, line, said)
        _backward(context, line, said, topic)
    elif made:
        context.voices.said_at = max(context.voices.said_at, context.voices.sentence - 1)
    weapons = [mark.unit for mark in line.marks if mark.unit in {"drone", "missile"}]
    context.weapon = weapons[-1] if weapons else context.weapon
    attackers = [side for at, side in line.attackers if not is_soldier(line, at)]
    if attackers:
        context.attacker = attackers[-1]
    if line.frames or not _leaves_open(context, line):
        context.frames, context.earlier = line.frames, line.frames or context.earlier
    opened = context.text[line.sentence.end - 1 : line.sentence.end] == ":"
    if opened or not line.frames:
        events = [mark for mark in line.marks if mark.event]
        context.header = events[-1] if opened and events and not line.frames else None
    context.joined = context.text[line.sentence.end - 1 : line.sentence.end] == ";"
    context.list_open = context.text[line.sentence.end - 1 : line.sentence.end] == ":"
    if any(mark.sense("markers", "unverified") for mark in line.marks) and not made:
        _doubt(context, line)


def _origins(context: Context, line: Line) -> bool:
    """Tell whether a sentence only goes on listing where drones came from, after a semicolon."""
    directions = any(mark.text.lower().startswith(DIRECTION) for mark in line.marks)
    goes_on = context.origins and context.joined and not line.frames
    context.origins = directions or goes_on
    return goes_on


DIRECTION = ("direction", "напрям", "направлени")


def _main_clause(places: list[PlaceMark], chunks: Sequence[Chunk]) -> list[PlaceMark]:
    """Return the places of the main clause, where it has any: "X was shelled after Y fell"."""
    aside = [c for c in chunks if c.opener == "sub"]
    main = [p for p in places if not any(c.first <= p.at <= c.last for c in aside)]
    return main or places


def _of_another(context: Context, line: Line, date: DateMark) -> bool:
    """Tell whether a day only names an event: "Wednesday's missile strike"."""
    end = next(mark.end for mark in line.marks if mark.date is date)
    return context.text[end : end + 2] == "'s"


def _doubt(context: Context, line: Line) -> None:
    """Apply "could not be verified": to the sentence before, to all that side's figures, or to all.

    "These claims" means the figures of the side that spoke last; said before any figure, all.
    """
    several = any(mark.sense("markers", "several") for mark in line.marks)
    context.doubted |= several and not context.drafts
    for draft in reversed(context.drafts):
        near = line.number - draft.sentence <= 1
        if not near and (not several or draft.side != context.drafts[-1].side):
            break
        draft.unverified = True
