"""Read one document: sentence by sentence into drafts, with what carries over between them.

Carried over: who is speaking, which day it is about, which place, and the list that goes on.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from tally.grammar.admissible import of_the_war, stated
from tally.grammar.attacks import attackers_in
from tally.grammar.attribution import attribute
from tally.grammar.chunks import PEOPLE, Chunk, Frame, cut
from tally.grammar.context import Context, Line
from tally.grammar.count import Count
from tally.grammar.cues import cues, stems
from tally.grammar.disputes import is_disputed
from tally.grammar.draft import ENDLESS, IN_PIECES, Draft
from tally.grammar.drafting import draft_of
from tally.grammar.elsewhere import another_war, not_the_war, of_something_else
from tally.grammar.explosions import mined, only_explodes
from tally.grammar.frames import find_frames
from tally.grammar.gate import (
    AFTERWARDS,
    may_tell_to,
    reads_on,
    worth_cutting,
    worth_reading,
    worth_reading_to,
)
from tally.grammar.gist import gist_of
from tally.grammar.headlines import headline_source, headlines_only, is_headline
from tally.grammar.issuers import SIGNED, take_signature
from tally.grammar.marked import Marked
from tally.grammar.marks import ACCIDENT, Mark
from tally.grammar.named import told_by_name
from tally.grammar.parts import link
from tally.grammar.place_runs import of_region_told
from tally.grammar.place_sense import ABOVE
from tally.grammar.places import PLACES, find_places
from tally.grammar.placing import all_over
from tally.grammar.pointing import counted_from_day_told
from tally.grammar.ratios import expand
from tally.grammar.remembering import carry_over
from tally.grammar.sides import leaning, own_side
from tally.grammar.speakers import Speaker
from tally.grammar.stated import stated_day
from tally.grammar.subjects import with_subjects
from tally.grammar.sums import add_up, drop_split, spread
from tally.grammar.telling import ALL, EVENT, FAREWELL, NATION, NUMBER
from tally.grammar.together import add_together
from tally.grammar.told import NOWHERE, Told
from tally.grammar.turning import of_one_attack
from tally.grammar.voices import Attribution, Voices
from tally.grammar.whole import all_of_them
from tally.model import TOLLS, Place
from tally.text import MOST_PIECES, Cleaned, Sentence, is_linked_headline, sentences, without_linked


def read_document(
    cleaned: Cleaned, lang: str, published: dt.date | None, publisher: Callable[[], Attribution]
) -> list[Draft]:
    """Return the drafts of a document in the order of its text.

    `publisher` looks up who speaks where nobody else does; few documents need it.
    """
    if not worth_cutting(cleaned.text, lang):
        return []
    stated = published or stated_day(cleaned.text, lang)
    lines = with_subjects(sentences(cleaned.text), cleaned.text, lang)
    marked = Marked(cleaned.text, lines, lang, stated)
    if not worth_reading(marked):
        return []
    # A news medium may call one army the enemy; it still speaks for no side.
    issuer = publisher()
    own = own_side(cleaned.text, lang) if issuer.kind != "outlet" else None
    context = Context(marked, Voices(lang, issuer), own)
    context.leaning = leaning(cleaned.text, lang)
    context.foreign, context.undated = another_war(cleaned.text, lang), published is None
    context.peaceful = of_something_else(cleaned.text, lang)
    context.unexplained, context.mines = only_explodes(cleaned.text), mined(cleaned.text)
    for number in sorted({0, *range(max(0, len(lines) - SIGNED), len(lines))}):
        take_signature(context, marked.marks(number))
    apart = headlines_only(cleaned.text)
    last = may_tell_to(marked)
    end = worth_reading_to(marked, last)
    for number, sentence in enumerate(lines[:last]):
        if number >= end and not context.may_go_on(number - AFTERWARDS):
            end = reads_on(marked, number, last, context.drafts)
            if number >= end:
                break
        if sentence.piece >= MOST_PIECES:
            _stop_short(context, sentence)
            continue
        goes_on = not number or cleaned.text[sentence.start].islower()
        if apart and not goes_on and sentence.paragraph != lines[number - 1].paragraph:
            context.turn_away()
        if number and recalls(marked.body(number)):
            context.voices.fall_silent()
        headline = not apart and is_headline(cleaned, lines, number)
        _read_sentence(context, sentence, number, headline=headline)
    context.drafts = drop_split(context.drafts)
    add_up(context.drafts)
    spread(context.drafts)
    headline_source(context.drafts)
    return context.drafts


def recalls(body: str) -> bool:
    """Tell whether a sentence recalls an earlier event: "Нагадаємо, …", "Ранее сообщалось"."""
    return body[:RECALLED].lower().lstrip(" •▪-—").startswith(stems("recalls"))


RECALLED = 40  # characters


def _stop_short(context: Context, sentence: Sentence) -> None:
    """Say at the last figure that its sentence goes on without an end, unread from there."""
    if sentence.piece == MOST_PIECES and context.drafts:
        context.drafts[-1].review.append(ENDLESS)


def _read_sentence(context: Context, sentence: Sentence, number: int, *, headline: bool) -> None:
    linked, other_deaths = is_linked_headline(context.text, sentence), context.other_deaths
    if linked:
        context.voices.fall_silent()
    line = _read_line(context, sentence, number)
    context.other_deaths = not_the_war(
        line.marks,
        line.gist,
        line.places,
        context.marked.body(number),
        partial(_around, context, sentence),
        context.lang,
        before=context.other_deaths and bool(number),
    )
    if context.other_deaths and not other_deaths:
        _take_back(context, line)
    _situate(context, line)
    disputed = is_disputed(context, line)
    if not disputed and context.mines and not line.attackers and mined(context.marked.body(number)):
        context.mined_at = number
    made = [
        draft_of(context, of_one_attack(line, frame.count.first), frame, headline=headline)
        for frame in of_the_war(context, line)
        if stated(line, frame)
    ]
    if made or context.marked.told(number) & ALL:
        made = _together(context, line, made, headline=headline)
    context.drafts += made
    if linked:
        context.other_deaths = other_deaths
    else:
        carry_over(context, line, made)


def _together(context: Context, line: Line, made: list[Draft], *, headline: bool) -> list[Draft]:
    """Return the drafts of a sentence with what they and those before say of one another."""
    _go_on(made)
    made = add_together(made, line.frames, line.marks)
    said = {frame.at for frame in line.frames}
    recent = context.drafts[-RECENT:]
    for frame in all_of_them(line.marks, line.chunks, [*recent, *made], line.number):
        if frame.at not in said:
            made.append(draft_of(context, line, frame, headline=headline))
    made = expand(made, recent, line.marks, line.places)
    link(made, recent, line.marks, line.chunks)
    if line.sentence.piece:
        for draft in made:
            draft.review.append(IN_PIECES)
    return made


def _take_back(context: Context, line: Line) -> None:
    """Drop who was told first when an accident is told to have hurt them: "A child was hurt. …"."""
    if line.number > 1 or not line.gist.kinds & ACCIDENT:
        return
    context.drafts = [d for d in context.drafts if d.metric not in TOLLS or d.attacker]


def _read_line(context: Context, sentence: Sentence, number: int) -> Line:
    """Read one sentence into marks, places, speakers, chunks and frames."""
    lang, marks = context.lang, counted_from_day_told(context, context.marked.marks(number))
    gist, told = gist_of(marks), context.marked.told(number)
    counts = context.marked.counts(number) if told & NUMBER else []
    frames, chunks = _frames(context, sentence, marks, counts) if counts else ([], [])
    if told & EVENT and any(mark.event in PEOPLE for mark in marks):
        frames += _by_name(context, marks, chunks or cut(marks, ()), frames, number)
    reporting = attribute(marks, gist, counts, context.voices, sentence.paragraph)
    pointed = not cues("there", lang).isdisjoint(gist.words)
    there = _there(context, sentence, reporting) if pointed else None
    placed = pointed or gist.kinds & PLACES or not cues("city_part", "en").isdisjoint(gist.words)
    places = find_places(marks, lang, there) if placed else []
    if any(place.village for place in places):
        places = of_region_told(places, _regions_told(context, reporting))
    scene = context.marked.scene(number)
    if scene & FAREWELL and (buried := _farewell(marks)) >= 0:
        places = [place for place in places if place.at > buried]
    attackers = attackers_in(marks, lang) if scene & NATION or frames else []
    return Line(sentence, number, marks, gist, places, reporting, attackers, chunks, frames)


def _frames(
    context: Context, sentence: Sentence, marks: Sequence[Mark], counts: Sequence[Count]
) -> tuple[list[Frame], list[Chunk]]:
    before = context.frames or (context.earlier if marks[0].tag == "part" else [])
    return find_frames(
        marks,
        counts,
        before,
        goes_on=context.list_open or sentence.item or bool(before),
        weapon=context.weapon,
        header=context.header,
        joined=context.joined,
    )


def _regions_told(context: Context, reporting: Sequence[Speaker]) -> list[str]:
    """Return the regions of the place told last and of the officials who speak."""
    told = [*(context.place.admin1 if context.place else ()), *context.voices.current.admin1]
    return told + [code for speaker in reporting for code in speaker.admin1]


def _by_name(
    context: Context,
    marks: Sequence[Mark],
    chunks: Sequence[Chunk],
    frames: Sequence[Frame],
    number: int,
) -> list[Frame]:
    """Return the frames of people told by name whom nobody has counted just before."""
    counted = {frame.event for frame in frames} | {
        str(draft.metric)
        for draft in context.drafts[-RECENT:]
        if number - draft.sentence <= JUST_BEFORE
        and (draft.quantity.low or 1) <= FEW
        and not (draft.count.implied and _somebody_new(context, marks, number))
    }
    named = told_by_name(marks, chunks, frames, context.lang)
    return [frame for frame in named if frame.event not in counted]


def _somebody_new(context: Context, marks: Sequence[Mark], number: int) -> bool:
    """Tell whether a sentence begins with a name that the text has not told: one more person."""
    words = [mark.text for mark in marks[:2]]
    named = len(words) == 2 and all(word[:1].isupper() and word.isalpha() for word in words)
    before = context.text[: context.marked.lines[number].start]
    return named and not any(word in before for word in words)


JUST_BEFORE = 3  # sentences
FEW = 5  # people of whom one may be told again by name; among more one is a part


def _farewell(marks: Sequence[Mark]) -> int:
    """Return the mark up to which the places of a farewell are told, where nobody was killed.

    "In the Odesa region they bid farewell to two soldiers who were killed near Pokrovsk."
    """
    if not any(mark.low.startswith(stems("farewell")) for mark in marks):
        return -1
    return next((i for i, mark in enumerate(marks) if mark.event == "killed"), len(marks))


def _go_on(made: Sequence[Draft]) -> None:
    """Give "another three" the place and days of what it adds to, a list those of its total."""
    for before, draft in pairwise(made):
        if draft.metric != before.metric:
            continue
        if draft.aggregation == "increment":
            draft.place = draft.place or before.place
            draft.first, draft.last = before.first, before.last
        elif draft.inherited and before.aggregation == "cumulative" and not draft.own_day:
            draft.aggregation = before.aggregation
            draft.first, draft.last = before.first, before.last


def _around(context: Context, sentence: Sentence) -> str:
    """Return the text around a sentence, headlines of other stories left out."""
    before = context.text[max(0, sentence.start - AROUND) : sentence.start]
    return without_linked(before + context.text[sentence.end : sentence.end + AROUND])


AROUND = 250
RECENT = 200  # figures that a new one can still be a part of


def _situate(context: Context, line: Line) -> None:
    """Tell the voices where a sentence is, so that a speaker from elsewhere stops speaking."""
    voices = context.voices
    named = tuple(code for place in line.places for code in place.admin1)
    near = line.sentence.paragraph == context.place_paragraph
    voices.told = Told(Place("", named)) if named else context.told if near else NOWHERE
    wide = not cues("nationwide").isdisjoint(line.gist.words) and (
        not named or all_over(line.marks)
    )
    voices.nationwide = wide or any(
        place.kind == "country" and place.at and line.marks[place.at - 1].low in ABOVE
        for place in line.places
    )


def _there(context: Context, sentence: Sentence, reporting: Sequence[Speaker]) -> Place | None:
    """Return the place that "the city" means: the one named within two paragraphs before.

    "In the region" a governor says of their own one.
    """
    near = sentence.paragraph - context.place_paragraph <= 2
    told = context.place if near else None
    own = [speaker.admin1 for speaker in reporting if speaker.kind == "governor"][-1:]
    if not own or not own[0] or (told is not None and set(told.admin1) <= set(own[0])):
        return told
    return Place("", own[0])
