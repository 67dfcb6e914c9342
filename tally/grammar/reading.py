"""Read one document: sentence by sentence into drafts, with what carries over between them.

Carried over: who is speaking, which day it is about, which place, and the list that goes on.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tally.grammar.attribution import (
    Attribution,
    Voices,
    attackers_in,
    attribute,
    claimant_for,
    defender_in,
    occupied_in,
    own_side,
    remember,
    soldiers_of,
    unexplained_in,
    weapons_of,
)
from tally.grammar.context import Context, Line
from tally.grammar.counts import find_counts
from tally.grammar.dates import DateMark
from tally.grammar.dating import date_draft, of_speech, old
from tally.grammar.draft import Draft
from tally.grammar.elsewhere import not_the_war
from tally.grammar.frames import PEOPLE, Chunk, Frame, find_frames
from tally.grammar.marks import Mark, read_marks
from tally.grammar.parts import OWN_VOICE, add_up, drop_split, expand, link, spread
from tally.grammar.places import PlaceMark, find_places
from tally.grammar.placing import named_place, place_for, run_before
from tally.grammar.speakers import find_speakers
from tally.grammar.together import add_together
from tally.grammar.whole import all_of_them
from tally.model import Metric, Place, Side
from tally.text import Cleaned, Sentence, sentences

OTHER: dict[str, str] = {"Ukraine": "Russia", "Russia": "Ukraine"}


def read_document(
    cleaned: Cleaned, lang: str, published: dt.date | None, issuer: Attribution
) -> list[Draft]:
    """Return the drafts of a document in the order of its text."""
    context = Context(
        lang, published, Voices(lang, issuer), own_side(cleaned.text, lang), cleaned.text
    )
    lines = sentences(cleaned.text)
    for sentence in [*lines[:1], *lines[-SIGNED:]]:
        _signature(
            context,
            read_marks(
                cleaned.text[sentence.start : sentence.end], sentence.start, lang, published
            ),
        )
    apart = _headlines_only(cleaned.text)
    for number, sentence in enumerate(lines):
        if apart and number and sentence.paragraph != lines[number - 1].paragraph:
            context.turn_away()
        _read_sentence(context, sentence, number, headline=_is_headline(cleaned, lines, number))
    context.drafts = drop_split(context.drafts)
    add_up(context.drafts)
    spread(context.drafts)
    _headline_source(context.drafts)
    return context.drafts


UNDATED = "day of publication"
HEADLINES = 4
WORDS_OF_HEADLINE = 6


def _headlines_only(text: str) -> bool:
    """Tell whether a document is a list of headlines, each of another event."""
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    open_ended = [
        row for row in rows if row[-1] not in ".:;,!" and len(row.split()) >= WORDS_OF_HEADLINE
    ]
    return len(rows) >= HEADLINES and len(open_ended) > 0.7 * len(rows)


def _is_headline(cleaned: Cleaned, lines: Sequence[Sentence], number: int) -> bool:
    """Tell whether a sentence is the first line of a text, with a paragraph of more below it."""
    first = lines[number]
    if number or len(lines) < 2 or lines[1].paragraph == first.paragraph:
        return False
    return cleaned.text[first.end - 1] not in ".:;,"


def _headline_source(drafts: Sequence[Draft]) -> None:
    """Give a headline's figure the source that the body has for the same topic."""
    for draft in drafts:
        if not draft.headline or draft.claimant or draft.side != "unattributed":
            continue
        people = draft.metric in {Metric.KILLED, Metric.INJURED}
        any_topic = draft.metric in {Metric.DRONES_HIT, Metric.MISSILES_HIT}
        body = [
            other
            for other in drafts
            if not other.headline
            and (any_topic or (other.metric in {Metric.KILLED, Metric.INJURED}) == people)
            and other.attacker == draft.attacker
        ]
        if body and (same := [o for o in body if o.metric == draft.metric] or body):
            draft.claimant, draft.side = same[0].claimant, same[0].side
            if UNDATED in draft.rules and UNDATED not in same[0].rules:
                draft.first, draft.last = same[0].first, same[0].last


def _read_sentence(context: Context, sentence: Sentence, number: int, *, headline: bool) -> None:
    text = context.text[sentence.start : sentence.end]
    marks = read_marks(text, sentence.start, context.lang, context.published)
    counts = find_counts(marks, context.lang)
    before = context.frames or (context.earlier if marks and marks[0].tag == "part" else [])
    goes_on = context.list_open or sentence.item or bool(before)
    frames, chunks = find_frames(
        marks,
        counts,
        before,
        goes_on=goes_on,
        weapon=context.weapon,
        header=context.header,
        joined=context.joined,
    )
    reporting = attribute(marks, counts, context.voices)
    line = Line(
        sentence,
        number,
        marks,
        find_places(marks, context.lang, _there(context, sentence)),
        reporting,
        attackers_in(marks, context.lang),
        chunks,
        frames,
    )
    context.other_deaths = not_the_war(
        marks,
        line.places,
        text,
        _around(context, sentence),
        context.lang,
        before=context.other_deaths and bool(number),
    )
    _situate(context, line)
    if any(mark.sense("markers", "average") for mark in marks):
        frames = []
    if context.other_deaths:
        frames = [frame for frame in frames if frame.event not in PEOPLE]
    made = [
        _draft(context, line, frame, headline=headline) for frame in frames if _stated(line, frame)
    ]
    _where_it_grew(made)
    made = add_together(made, frames, line.marks)
    said = {frame.at for frame in frames}
    for frame in all_of_them(marks, chunks, [*context.drafts, *made], number):
        if frame.at not in said:
            made.append(_draft(context, line, frame, headline=headline))
    made = expand(made, context.drafts, line.marks, line.places)
    link(made, context.drafts, line.marks, line.chunks)
    context.drafts += made
    _remember(context, line, made)


def _where_it_grew(made: Sequence[Draft]) -> None:
    """Give "and then another three" the place of the figure that it adds to."""
    for before, draft in pairwise(made):
        if draft.aggregation == "increment" and draft.metric == before.metric:
            draft.place = draft.place or before.place
            draft.first, draft.last = before.first, before.last


def _around(context: Context, sentence: Sentence) -> str:
    """Return the text of some sentences before and after one."""
    return (
        context.text[max(0, sentence.start - AROUND) : sentence.start]
        + context.text[sentence.end : sentence.end + AROUND]
    )


AROUND = 250


def _situate(context: Context, line: Line) -> None:
    """Tell the voices where a sentence is, so that a speaker from elsewhere stops speaking."""
    voices = context.voices
    named = {code for place in line.places for code in place.admin1}
    near = context.place is not None and line.sentence.paragraph == context.place_paragraph
    voices.here = named or (set(context.place.admin1) if context.place and near else set())
    voices.nationwide = any(mark.text.lower() in NATIONWIDE for mark in line.marks)


NATIONWIDE = {"country", "nationwide", "країні", "країною", "стране", "страной", "країни", "страны"}


def _there(context: Context, sentence: Sentence) -> Place | None:
    """Return the place that "the city" means: the one named within two paragraphs before."""
    near = sentence.paragraph - context.place_paragraph <= 2
    return context.place if near else None


def _stated(line: Line, frame: Frame) -> bool:
    """Refuse what is only planned or supposed ("would launch 500 drones")."""
    chunk = line.chunks[frame.chunk]
    if frame.event != "launched":
        return True
    return not any(mark.tag == "perhaps" for mark in line.marks[chunk.first : frame.count.first])


def _signature(context: Context, marks: Sequence[Mark]) -> None:
    """Take a line that is only a name for the issuer: "🔹 Минобороны России"."""
    words = [mark for mark in marks if mark.tag not in {"sign", "dash"}]
    speakers = find_speakers(marks)
    if (
        len(speakers) != 1
        or len(words) > LONGEST_NAME
        or any(mark.event or mark.number is not None for mark in marks)
    ):
        return
    speaker = speakers[0]
    if speaker.side in {"Ukraine", "Russia", "third_party"} and speaker.kind in ISSUERS:
        context.voices.issuer = Attribution(
            speaker.text, speaker.side, speaker.admin1, 0, speaker.kind
        )


SIGNED = 6
LONGEST_NAME = 8
ISSUERS = {
    "army",
    "ministry",
    "emergency",
    "police",
    "prosecutor",
    "governor",
    "thinktank",
    "commander",
}


def _draft(context: Context, line: Line, frame: Frame, *, headline: bool) -> Draft:
    count = frame.count
    metric = _metric(frame)
    said = claimant_for(
        count.first,
        line.marks,
        line.reporting,
        context.voices,
        _topic(frame),
        line.sentence.paragraph,
    )
    if said.distance and _another_day(context, line):
        said = context.voices.issuer
    draft = Draft(metric, count.quantity, count, line.number, line.sentence.paragraph, headline)
    draft.claimant, draft.side = said.claimant, said.side
    own_voice = said.kind == "media" and not said.claimant
    if said.side in OTHER and _denied(line, frame):
        draft.claimant, draft.side = "", OTHER[said.side]  # type: ignore[assignment]
        draft.rules.append("denied: the other side's claim")
    if (
        said.side == "unattributed"
        and not said.claimant
        and context.own
        and _speaks_as(line, context)
    ):
        draft.side = context.own
    draft.start, draft.end = count.start, count.end
    draft.mode = frame.mode
    draft.victims = count.victims if metric in {Metric.KILLED, Metric.INJURED} else ""
    draft.weapon = count.weapon
    draft.inherited = frame.inherited
    draft.shared = frame.rule == "shares the event after it"
    draft.rules = [count.rule, frame.rule, *([OWN_VOICE] if own_voice else [])]
    draft.quote_start, draft.quote_end = _quote(line, frame)
    count.total |= bool(line.marks[0].sense("markers", "total"))
    date_draft(context, line, frame, draft)
    draft.place = place_for(context, line, frame, said)
    draft.carried = draft.place is not None and draft.place is context.place
    _follow(context, line, frame, draft)
    _settle(context, line, frame, draft, said)
    draft.unverified = context.doubted or any(
        mark.sense("markers", "unverified") for mark in line.marks
    )
    if said.distance > 1:
        draft.review.append("attribution carried over from an earlier sentence")
    listed = frame.inherited or _listed(line, frame)
    if count.more and (not listed or _increased(line, frame)) and _adds(context, metric):
        draft.aggregation = "increment"
    return draft


def _denied(line: Line, frame: Frame) -> bool:
    """Tell whether a figure is reported only to be denied: "denies Ukraine shot down six"."""
    before = line.marks[: min(frame.count.first, max(frame.at, 0) or frame.count.first)]
    return any(mark.sense("markers", "deny") for mark in before[-8:])


def _another_day(context: Context, line: Line) -> bool:
    """Tell whether a sentence turns to an earlier day, where the last speaker no longer speaks."""
    days = [
        mark.date
        for mark in line.marks
        if mark.date is not None and mark.date.kind == "day" and mark.date.last
    ]
    known = context.day[1] if context.day else context.published
    return (
        bool(days)
        and known is not None
        and all((known - day.last).days > 1 for day in days if day.last)
    )


def _topic(frame: Frame) -> str:
    return "people" if frame.event in PEOPLE else "weapons"


def _settle(context: Context, line: Line, frame: Frame, draft: Draft, said: Attribution) -> None:
    """Decide attacker and side together: a side reports what the other side's weapons did.

    A speaker carried over who would then report its own side's attack is not the speaker; an
    official whose country is not said speaks for the side that was attacked.
    """
    draft.attacker = _attacker(context, line, frame, draft)
    if draft.aggregation == "cumulative" and frame.event in PEOPLE and _of_the_war(line, draft):
        draft.attacker = ""
        draft.place = None if draft.carried else draft.place
        return
    if said.distance and said.side in OTHER and frame.event != "launched":
        side, claimant, draft.side, draft.claimant = draft.side, draft.claimant, "unattributed", ""
        draft.attacker = _attacker(context, line, frame, draft)
        boasts = draft.victims == "military" and said.kind in {"ministry", "army"}
        if draft.attacker != side or boasts:
            draft.side, draft.claimant = side, claimant
            draft.attacker = _attacker(context, line, frame, draft)
    if draft.claimant and draft.side == "unattributed" and said.kind not in {"media", ""}:
        draft.side = OTHER.get(_by_place(draft) or draft.attacker, "unattributed")  # type: ignore[assignment]


def _of_the_war(line: Line, draft: Draft) -> bool:
    """Tell whether a running toll is nobody's attack in particular: of soldiers, of the war."""
    own = draft.place is not None and not draft.carried
    return draft.victims == "military" or not (line.attackers or own)


def _follow(context: Context, line: Line, frame: Frame, draft: Draft) -> None:
    """Take from the figure before what an elliptical one leaves out: place and victims."""
    earlier = [d for d in context.drafts if d.metric == draft.metric]
    if draft.place is None and earlier and (frame.at == -1 or frame.rule == "the number grew"):
        draft.place = next((d.place for d in reversed(earlier) if d.part_of is None), None)
    if frame.unit != "person" or draft.victims:
        return
    if frame.count.rule == "another" and frame.count.part and context.drafts:
        draft.victims = context.drafts[-1].victims
    bare = not frame.count.unit or "others" in frame.count.mods
    soldiers = [f for f in line.frames if f.count.victims == "military" and f is not frame]
    asides = [c for c in line.chunks[: frame.chunk] if c.part]
    named = [
        mark
        for i, mark in enumerate(line.marks[: frame.count.first])
        if mark.sense("units", "person") and not any(c.first <= i <= c.last for c in asides)
    ]
    predicate = _said_of(line, frame)
    if predicate:
        draft.victims = predicate
    elif (
        bare and frame.count.unit == "" and named and frame.at < frame.count.first and not soldiers
    ):
        draft.victims = named[-1].sense("units").value  # type: ignore[union-attr]
    elif bare and soldiers and soldiers[0].chunk < frame.chunk:
        draft.victims = "military"
    elif "others" in frame.count.mods and context.drafts and not soldiers:
        last = context.drafts[-1]
        draft.victims = "military" if last.victims == "military" else ""


def _said_of(line: Line, frame: Frame) -> str:
    """Return who the counted are said to be: "three of the injured were children"."""
    after = line.marks[frame.count.last + 1 : frame.count.last + 5]
    if not frame.count.part or not any(mark.tag == "aux" for mark in after):
        return ""
    people = [s for mark in after if (s := mark.sense("units", "person"))]
    return people[-1].value if people else ""


def _increased(line: Line, frame: Frame) -> bool:
    """Tell whether the words say that a number grew by this much: "прибавилось еще 16"."""
    before = line.marks[line.chunks[frame.chunk].first : frame.count.first]
    return any(mark.sense("markers", "increase") or mark.text.lower() in THEN for mark in before)


THEN = {"then", "later", "потім", "згодом", "затем", "потом", "позже"}


def _adds(context: Context, metric: Metric) -> bool:
    """Tell whether "another four" can add to a count: one given before, or given elsewhere."""
    return not context.drafts or any(draft.metric == metric for draft in context.drafts)


def _speaks_as(line: Line, context: Context) -> bool:
    return (
        not context.voices.issuer.claimant
        and context.own is not None
        and context.lang != "en"
        and bool(line.marks)
    )


def _listed(line: Line, frame: Frame) -> bool:
    """Tell whether "another five" only goes on with the sentence: other figures stand before it."""
    return any(other.count.first < frame.count.first for other in line.frames)


def _metric(frame: Frame) -> Metric:
    if frame.event in PEOPLE:
        return Metric(frame.event)
    return Metric(f"{frame.unit}s_{_outcome(frame)}")


def _outcome(frame: Frame) -> str:
    return "intercepted" if frame.event == "lost" and frame.unit == "missile" else frame.event


def _quote(line: Line, frame: Frame) -> tuple[int, int]:
    """Return the offsets of the shortest run of words that shows the figure and its event."""
    marks, count = line.marks, frame.count
    first, last = count.first, count.last
    if frame.at >= 0 and not frame.inherited:
        first, last = min(first, frame.at), max(last, frame.at)
    if last - first >= 12:
        first, last = count.first, min(count.last, count.first + 11)
    elif frame.inherited:
        chunk = line.chunks[frame.chunk]
        last = min(chunk.last, first + 7)
    return marks[first].start, marks[last].end


def _attacker(context: Context, line: Line, frame: Frame, draft: Draft) -> str:
    weapon = weapons_of(frame.count.mods, context.lang) if frame.unit != "person" else ""
    if weapon:
        return weapon
    if frame.event in {"intercepted", "lost"}:
        defender = defender_in(line.marks, frame.at, context.lang) if frame.at >= 0 else ""
        if defender or draft.side in OTHER:
            return OTHER[defender or draft.side]
    soldiers = (
        soldiers_of(line.marks, frame.count, context.lang) if draft.victims == "military" else ""
    )
    if soldiers:
        return OTHER[soldiers]
    if frame.unit == "person" and draft.side not in {"Ukraine"}:
        if unexplained_in(line.marks) and not line.attackers:
            return ""
        if occupied_in(line.marks) and draft.victims != "military":
            return "Ukraine"
    phrase = line.marks[frame.count.first : frame.count.last + 1]
    own = any(OWN & set(mark.text.lower().split()) for mark in phrase)
    if own and draft.side in OTHER and frame.unit != "person":
        return draft.side
    near = [
        entry
        for entry in line.attackers
        if not frame.count.first <= entry[0] <= frame.count.last and not _soldier(line, entry[0])
    ]
    if near:
        return min(near, key=lambda entry: abs(entry[0] - frame.count.first))[1]
    by_place = _by_place(draft)
    if by_place:
        return by_place
    if frame.event == "launched" and draft.side == context.attacker and context.place:
        return context.attacker
    if draft.side in OTHER and (frame.event not in PEOPLE or draft.victims != "military"):
        return OTHER[draft.side]
    if frame.event in PEOPLE and draft.victims != "military" and draft.aggregation == "period":
        return _by_codes(context.place, draft.side) or context.attacker
    return context.attacker


OWN = {"its", "their", "our", "his"}


def _soldier(line: Line, at: int) -> bool:
    """Tell whether a nationality is that of soldiers who were hurt, not of who attacked."""
    after = line.marks[at + 1 : at + 2]
    return bool(after) and after[0].sense("units", "person") is not None


def _by_place(draft: Draft) -> str:
    return _by_codes(draft.place, draft.side)


def _by_codes(place: Place | None, side: Side) -> str:
    """Return whose attack it was by whose territory was hit; Crimea is claimed by both."""
    codes = place.admin1 if place else ()
    if set(codes) <= {"UA-43", "UA-40"} and side not in OTHER:
        return ""
    countries = {code[:2] for code in codes}
    if countries == {"UA"}:
        return "Ukraine" if side == "Russia" and set(codes) <= OCCUPIED else "Russia"
    if countries == {"RU"}:
        return "Ukraine"
    return ""


OCCUPIED = {"UA-43", "UA-40", "UA-09", "UA-14", "UA-23", "UA-65"}


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


def _remember(context: Context, line: Line, made: Sequence[Draft]) -> None:
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
        topic = _topic(line.frames[-1]) if line.frames else ""
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
    attackers = [side for at, side in line.attackers if not _soldier(line, at)]
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
