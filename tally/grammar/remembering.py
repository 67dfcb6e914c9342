"""What a sentence leaves behind for those after it: day, place, speaker, list, doubt."""

from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.attackers import is_soldier
from tally.grammar.attribution import claimant_for, remember
from tally.grammar.beside import run_before
from tally.grammar.blame import blame_behind
from tally.grammar.captions import may_be_captioned
from tally.grammar.chunks import Chunk
from tally.grammar.context import Context, Line
from tally.grammar.cues import cues, stems
from tally.grammar.dates import DateMark
from tally.grammar.dating import of_speech, old
from tally.grammar.draft import PUBLISHED, Draft
from tally.grammar.drafting import topic_of
from tally.grammar.explosions import blow_in
from tally.grammar.marks import TABLE, Mark
from tally.grammar.named_behind import announces_all, speak_for_list, speak_for_those_before
from tally.grammar.nations import SOURCE
from tally.grammar.places import PlaceMark
from tally.grammar.placing import later_named
from tally.grammar.pointing import day_after, to_come
from tally.grammar.told import NOWHERE, Told
from tally.grammar.voices import BODY, NOBODY, bare_body
from tally.grammar.whereabouts import place_behind
from tally.model import OPPONENT


def _leaves_open(context: Context, line: Line) -> bool:
    """Tell whether a sentence without figures leaves a list open: an item or a short heading."""
    return line.sentence.item or context.list_open or len(line.marks) <= 4


def carry_over(context: Context, line: Line, made: Sequence[Draft]) -> None:
    """Leave day, place, speaker, list and doubt of a sentence to those after it."""
    _carry_day(context, line)
    _carry_place(context, line, made)
    _carry_speaker(context, line, made)
    _carry_sides(context, line)
    _carry_list(context, line)
    place_behind(context, line)
    blame_behind(context, line)
    if not made:
        _date_behind(context, line)
        if line.unverified:
            _doubt(context, line)


def _carry_day(context: Context, line: Line) -> None:
    dates = [(i, mark.date) for i, mark in enumerate(line.marks) if mark.date is not None]
    named = [date for _, date in dates if _is_day(date)]
    context.named_day = (named[-1].first, named[-1].last) if named else None
    months = [date for _, date in dates if date.kind == "month"]
    told = bool(months) and not (line.frames or _of_the_invasion(line))
    context.span = (months[-1].first, months[-1].last) if told else None
    days = [date for i, date in dates if _is_day(date) and not of_speech(line, i)]
    days = [day for day in days if not (context.day and _of_another(context, line, day))]
    days = [day for day in days if not to_come(day, context.published)]
    caption = days and not line.frames and may_be_captioned(context.text, line.sentence.end)
    days = [] if days and (line.past or caption) else days
    paragraph = line.sentence.paragraph
    if not days and (following := day_after(context, line)) is not None:
        context.day, context.day_paragraph = (following, following), paragraph
    if days:
        context.day = (days[-1].first, days[-1].last)
        if context.lead is None and days[-1].kind == "day" and _leads(context, line):
            context.lead = context.day
            context.lead_attack = any(mark.event in DEEDS for mark in line.marks)
        context.day_paragraph, context.window = paragraph, ""
    elif paragraph != context.day_paragraph:
        context.window = ""
    windows = [date.window for _, date in dates if date.window]
    if windows:
        context.window = windows[0]
        if context.day is None or context.day_paragraph != paragraph:
            published = (context.published, context.published) if context.published else None
            context.day = context.lead if context.lead and old(context) else published
            context.day_paragraph = paragraph


def _leads(context: Context, line: Line) -> bool:
    """Tell whether a day told here is that of the story: in its lead, or before any other time."""
    undated = all(PUBLISHED in draft.rules and not draft.own_hours for draft in context.drafts)
    return line.number <= 1 or (line.number <= LEAD and undated)


def _of_the_invasion(line: Line) -> bool:
    """Tell whether a sentence only dates the war: "annexed in 2014", "invaded in February 2022"."""
    return any(mark.low.startswith(stems("invasion")) for mark in line.marks)


def _date_behind(context: Context, line: Line) -> None:
    """Date what was just said by the attack told next: "Two were hurt. Russia struck on 12 May"."""
    if not line.gist.dated or not context.drafts or context.drafts[-1].sentence < line.number - 1:
        return
    days = {m.date.last for m in line.marks if m.date is not None and m.date.kind == "day"} - {None}
    struck = line.attackers or any(mark.event == "launched" for mark in line.marks)
    opening = " ".join(mark.low for mark in line.marks[:2])
    if len(days) != 1 or not (struck or opening.startswith(IT_HAPPENED)):
        return
    for draft in reversed(context.drafts):
        if draft.sentence < line.number - 1 or PUBLISHED not in draft.rules:
            break
        (draft.first,) = days
        draft.last = draft.first
        draft.rules[draft.rules.index(PUBLISHED)] = "day of the attack told after it"
        draft.review = [reason for reason in draft.review if not reason.startswith("date from")]


DEEDS = {"killed", "injured", "launched", "hit", "intercepted"}
LEAD = 3  # sentences in which a story tells the day of what it is about


IT_HAPPENED = ("this happened", "it happened", "це сталося", "це сталось", "это произошло",
               "это случилось", "трагедія сталася", "трагедия произошла")  # fmt: skip


def _is_day(date: DateMark) -> bool:
    return date.kind == "day" or (date.kind == "window" and date.last is not None)


def _carry_place(context: Context, line: Line, made: Sequence[Draft]) -> None:
    if context.voices.nationwide:
        if line.frames or line.attackers:
            context.told = NOWHERE
        return
    if line.places and not _origins(context, line):
        own = [p for p in line.places if p.kind not in {"country", "bearing"}]
        own = own or [p for p in line.places if p.kind != "country"]
        own = [p for p in own if p.admin1 or p.ambiguous] or own  # not "the east of the country"
        own = [p for p in own if p.kind != "sea"] or own  # "an attack on the Black Sea port"
        named = _main_clause(own, line.chunks)
        run = run_before(named, line.marks) if named else ()
        context.told = later_named(run, line, context) if run else NOWHERE
        context.place_paragraph = line.sentence.paragraph
        if blow_in(line.marks):
            context.struck = context.told
    elif placed := [d for d in made if d.regions]:
        context.told, context.place_paragraph = Told(placed[-1].place), line.sentence.paragraph


def _carry_speaker(context: Context, line: Line, made: Sequence[Draft]) -> None:
    if not line.reporting:
        told = next((draft for draft in made if draft.claimant), None)
        if told is not None and context.voices.current is NOBODY and context.voices.pronoun in BODY:
            body = replace(bare_body(context.voices.pronoun), side=told.side)
            remember(body, context.voices, line.sentence.paragraph, topic_of(line.frames[-1]))
        elif told is not None:
            context.voices.said_at = max(context.voices.said_at, context.voices.sentence - 1)
        return
    paragraph = line.sentence.paragraph
    topic = topic_of(line.frames[-1]) if line.frames else ""
    said = claimant_for(0, line.marks, line.reporting, context.voices, topic, paragraph)
    sides = [d.side for d in made if d.claimant == said.claimant and d.side in OPPONENT]
    if said.side == "unattributed" and sides:
        said = replace(said, side=sides[-1])
    if not made and line.marks[0].tag == "quote":
        context.voices.current = NOBODY
        context.voices.quoted, context.voices.quoted_at = said, context.voices.sentence
        return
    remember(said, context.voices, paragraph, topic)
    if said.claimant and announces_all(context, line):
        context.voices.story, context.voices.story_at = said, context.voices.sentence
    context.voices.places = {code for place in line.places for code in place.admin1}
    if not made:
        speak_for_list(context, line, said)
    speak_for_those_before(context, line, said, topic)


def _carry_sides(context: Context, line: Line) -> None:
    if line.gist.kinds & UNITS:
        weapons = [unit for mark in line.marks if (unit := _weapon(mark))]
        context.weapon = weapons[-1] if weapons else context.weapon
    attackers = [side for at, side in line.attackers if not is_soldier(line, at)]
    if attackers:
        context.attacker, context.attacker_at = attackers[-1], line.number


UNITS = TABLE["units"]


def _weapon(mark: Mark) -> str:
    """Return the weapon that a word tells, also where it tells of an attack: "a drone attack"."""
    told = mark.low.split()[0] if mark.unit == "rocketlike" else mark.unit
    return told if told in {"drone", "missile"} else ""


def _carry_list(context: Context, line: Line) -> None:
    if line.frames or not _leaves_open(context, line):
        counted = any(chunk.counts for chunk in line.counted)
        context.earlier = line.frames or ([] if counted else context.earlier)
        context.frames = line.frames
    last = context.text[line.sentence.end - 1 : line.sentence.end]
    if last == ":" or not line.frames:
        events = [mark for mark in line.marks if mark.event] if last == ":" else []
        context.header = events[-1] if events and not line.frames else None
    context.joined, context.list_open = last == ";", last == ":"


def _origins(context: Context, line: Line) -> bool:
    """Tell whether a sentence only goes on listing where drones came from, after a semicolon."""
    directions = any(mark.low.startswith(DIRECTION) for mark in line.marks)
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


def _only_a_source(line: Line) -> bool:
    """Tell whether what was not verified is where a sentence has its own news from.

    "According to reports that could not be verified, the ministry offered a ceasefire."
    """
    doubt = next(i for i, mark in enumerate(line.marks) if mark.sense("markers", "unverified"))
    sourced = any(mark.low == SOURCE for mark in line.marks[:doubt])
    return sourced and any(mark.tag == "comma" for mark in line.marks[doubt:])


ONE_MATTER = 1500  # characters of a text that tells of one thing; a digest tells of many
AT_THE_TOP = 2  # sentences of a text, where a warning is about all of it


def _doubt(context: Context, line: Line) -> None:
    """Apply "could not be verified": to the sentence before, to all that side's figures, or to all.

    "These claims" means the figures of the side that spoke last; said before any figure, all;
    those "of the warring sides" are whatever either of them said in a text of one matter.
    """
    if _only_a_source(line):
        return
    words = f" {' '.join(mark.low for mark in line.marks)} "
    brief = len(context.text) <= ONE_MATTER
    if brief and any(f" {cue} " in words for cue in cues("of_both")):
        for draft in context.drafts:
            draft.unverified |= draft.side in OPPONENT
        return
    several = any(mark.sense("markers", "several") for mark in line.marks)
    context.doubted |= several and not context.drafts and line.number <= AT_THE_TOP
    if several and _of_the_other_side(context, line):
        return
    for draft in reversed(context.drafts):
        near = line.number - draft.sentence <= 1
        if not near and (not several or draft.side != context.drafts[-1].side):
            break
        draft.unverified = True


def _of_the_other_side(context: Context, line: Line) -> bool:
    """Tell whether what was not verified are claims of who speaks against those who gave figures.

    "… , Russia's ministry said. The ministry's claims could not be verified": no figure of Kyiv's.
    """
    owned = any(mark.low.endswith("'s") for mark in line.marks[:OWNER])
    side, last = context.voices.current.side, context.drafts[-1].side if context.drafts else ""
    return owned and side in OPPONENT and last == OPPONENT[side]


OWNER = 4  # marks in which a sentence says whose claims it is about
