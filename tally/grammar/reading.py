"""Read one document: sentence by sentence into drafts, with what carries over between them.

Carried over: who is speaking, which day it is about, which place, and the list that goes on.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.attribution import (
    Attribution,
    Voices,
    attackers_in,
    attribute,
    claimant_for,
    defender_in,
    own_side,
    remember,
    soldiers_of,
    weapons_of,
)
from tally.grammar.context import Context, Line
from tally.grammar.counts import find_counts
from tally.grammar.dating import date_draft, of_speech
from tally.grammar.dates import DateMark
from tally.grammar.draft import Draft
from tally.grammar.frames import PEOPLE, Frame, find_frames
from tally.grammar.marks import Mark, read_marks
from tally.grammar.parts import add_up, expand, link
from tally.grammar.places import find_places, place_of
from tally.grammar.placing import place_for, run_before
from tally.grammar.speakers import find_speakers
from tally.model import Metric
from tally.text import Cleaned, Sentence, sentences

OTHER: dict[str, str] = {"Ukraine": "Russia", "Russia": "Ukraine"}


def read_document(
    cleaned: Cleaned, lang: str, published: dt.date | None, issuer: Attribution, title: str
) -> list[Draft]:
    """Return the drafts of a document in the order of its text."""
    context = Context(
        lang, published, Voices(lang, issuer), own_side(cleaned.text, lang), cleaned.text
    )
    lines = sentences(cleaned.text)
    for sentence in [*lines[:1], *lines[-3:]]:
        _signature(
            context,
            read_marks(
                cleaned.text[sentence.start : sentence.end], sentence.start, lang, published
            ),
        )
    for number, sentence in enumerate(lines):
        headline = bool(title) and sentence.start <= len(title) + 4 and number == 0
        _read_sentence(context, sentence, number, headline=headline)
    add_up(context.drafts)
    _headline_source(context.drafts)
    return context.drafts


def _headline_source(drafts: Sequence[Draft]) -> None:
    """Give a headline's figure the source that the body has for the same topic."""
    for draft in drafts:
        if not draft.headline or draft.claimant or draft.side != "unattributed":
            continue
        people = draft.metric in {Metric.KILLED, Metric.INJURED}
        body = [
            other
            for other in drafts
            if not other.headline
            and (other.metric in {Metric.KILLED, Metric.INJURED}) == people
            and other.attacker == draft.attacker
        ]
        if body and (same := [o for o in body if o.metric == draft.metric] or body):
            draft.claimant, draft.side = same[0].claimant, same[0].side


def _read_sentence(context: Context, sentence: Sentence, number: int, *, headline: bool) -> None:
    text = context.text[sentence.start : sentence.end]
    marks = read_marks(text, sentence.start, context.lang, context.published)
    counts = find_counts(marks, context.lang)
    before = context.frames or (context.earlier if marks and marks[0].tag == "part" else [])
    goes_on = context.list_open or sentence.item or bool(before)
    frames, chunks = find_frames(marks, counts, before, goes_on=goes_on, weapon=context.weapon)
    reporting = attribute(marks, counts, context.voices)
    line = Line(
        sentence,
        number,
        marks,
        find_places(marks, context.lang),
        reporting,
        attackers_in(marks, context.lang),
        chunks,
        frames,
    )
    if any(mark.sense("markers", "average") for mark in marks):
        frames = []
    made = [
        _draft(context, line, frame, headline=headline) for frame in frames if _stated(line, frame)
    ]
    made = expand(made, context.drafts, line.marks, line.places)
    link(made, context.drafts, line.marks, line.chunks, line.frames)
    context.drafts += made
    _remember(context, line, made)


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
        or len(words) > 6
        or any(mark.event or mark.number is not None for mark in marks)
    ):
        return
    speaker = speakers[0]
    if speaker.side in {"Ukraine", "Russia", "third_party"} and speaker.kind in ISSUERS:
        context.voices.issuer = Attribution(
            speaker.text, speaker.side, speaker.admin1, 0, speaker.kind
        )


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
    draft.rules = [count.rule, frame.rule]
    draft.quote_start, draft.quote_end = _quote(line, frame)
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
    if count.more and not frame.inherited and not _listed(line, frame) and _adds(context, metric):
        draft.aggregation = "increment"
    return draft


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
    if said.distance and said.side in OTHER and frame.event != "launched":
        side, claimant, draft.side, draft.claimant = draft.side, draft.claimant, "unattributed", ""
        draft.attacker = _attacker(context, line, frame, draft)
        if draft.attacker != side:
            draft.side, draft.claimant = side, claimant
            draft.attacker = _attacker(context, line, frame, draft)
    if draft.claimant and draft.side == "unattributed" and said.kind not in {"media", ""}:
        draft.side = OTHER.get(_by_place(draft) or draft.attacker, "unattributed")  # type: ignore[assignment]


def _follow(context: Context, line: Line, frame: Frame, draft: Draft) -> None:
    """Take from the figure before what an elliptical one leaves out: place, and that they are soldiers."""
    earlier = [d for d in context.drafts if d.metric == draft.metric]
    if draft.place is None and earlier and (frame.at == -1 or frame.rule == "the number grew"):
        draft.place = next((d.place for d in reversed(earlier) if d.part_of is None), None)
    if frame.unit != "person" or draft.victims:
        return
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
    at = line.frames.index(frame)
    return at > 0


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
    words = [i for i in range(first, last + 1)]
    if len(words) > 12:
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
    if frame.event not in PEOPLE and draft.side in OTHER:
        return OTHER[draft.side]
    return context.attacker


def _soldier(line: Line, at: int) -> bool:
    """Tell whether a nationality is that of soldiers who were hurt, not of who attacked."""
    after = line.marks[at + 1 : at + 2]
    return bool(after) and after[0].sense("units", "person") is not None


def _by_place(draft: Draft) -> str:
    codes = draft.place.admin1 if draft.place else ()
    if set(codes) <= {"UA-43", "UA-40"} and draft.side not in OTHER:
        return ""
    countries = {code[:2] for code in codes}
    if countries == {"UA"}:
        return "Ukraine" if draft.side == "Russia" else "Russia"
    if countries == {"RU"}:
        return "Ukraine"
    return ""


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
    """Let a speaker who is first named after the figure assert it: "… дев'ятеро. Про це повідомила ОВА"."""
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
            context.day = context.lead or published
            context.day_paragraph = line.sentence.paragraph
    if line.places:
        named = [place for place in line.places if place.kind != "country"]
        context.place = place_of(run_before(named, line.marks), context.text) if named else None
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
    context.list_open = context.text[line.sentence.end - 1 : line.sentence.end] == ":"
    if any(mark.sense("markers", "unverified") for mark in line.marks) and not made:
        _doubt(context, line)


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
