"""A frame -> a draft: speaker, attacker, day, place, victims and the words that show it."""

from collections.abc import Sequence

from tally.grammar.attackers import attacker_of
from tally.grammar.attribution import claimant_for
from tally.grammar.chunks import PEOPLE, Frame
from tally.grammar.context import Context, Line
from tally.grammar.dating import date_draft
from tally.grammar.denial import denied
from tally.grammar.draft import PUBLISHED, Draft
from tally.grammar.fallen import among_civilians, in_battle, of_losses
from tally.grammar.holding import OWN_VOICE
from tally.grammar.killers import did_it_to
from tally.grammar.placing import over_many, place_for
from tally.grammar.running import totals_before
from tally.grammar.sides import OCCUPIED
from tally.grammar.singulars import describes_a_thing
from tally.grammar.territory import attacker_by_place
from tally.grammar.told_who import REACH, behind_whole
from tally.grammar.voices import Attribution
from tally.model import OPPONENT, TOLLS, Metric


def draft_of(context: Context, line: Line, frame: Frame, *, headline: bool) -> Draft:
    """Return what one frame says, with all that its sentence and the text before add."""
    count = frame.count
    metric = _metric(frame)
    said = _who_says_it(context, line, frame)
    draft = Draft(metric, count.quantity, count, line.number, line.sentence.paragraph, headline)
    own_voice = said.kind == "media" and not said.claimant
    draft.start, draft.end = count.start, count.end
    draft.mode = frame.mode
    draft.victims = count.victims if metric in TOLLS else ""
    draft.weapon = count.weapon
    draft.inherited = frame.inherited
    draft.shared = frame.rule == "shares the event after it"
    draft.rules = [count.rule, frame.rule, *([OWN_VOICE] if own_voice else [])]
    _attribute(context, line, frame, draft, said)
    draft.quote_start, draft.quote_end = _quote(line, frame)
    count.total |= bool(line.marks[0].sense("markers", "total"))
    date_draft(context, line, frame, draft)
    draft.place = place_for(context, line, frame, said)
    draft.carried = draft.place is not None and draft.place is context.place
    draft.everywhere = context.voices.nationwide or over_many(line, frame)
    _follow(context, line, frame, draft)
    if frame.unit == "person":
        _tell_soldiers_from_civilians(context, line, frame, draft)
    _settle(context, line, frame, draft, said)
    draft.unverified = context.doubted or line.unverified
    if said.distance > 1:
        draft.review.append("attribution carried over from an earlier sentence")
    listed = frame.inherited or _listed(line, frame)
    more = count.more and draft.aggregation != "cumulative"
    if more and (not listed or _increased(line, frame)) and _adds(context, draft):
        draft.aggregation = "increment"
    return draft


def _who_says_it(context: Context, line: Line, frame: Frame) -> Attribution:
    said = claimant_for(
        frame.count.first,
        line.marks,
        line.reporting,
        context.voices,
        topic_of(frame),
        line.sentence.paragraph,
    )
    another = bool(said.distance) and (context.span or _another_day(context, line, frame))
    return context.voices.issuer if another else said


def _attribute(context: Context, line: Line, frame: Frame, draft: Draft, said: Attribution) -> None:
    """Lay a figure on who says it, a denied one on the other side, a bare one on the text's own."""
    draft.claimant, draft.side = said.claimant, said.side
    if said.side != "unattributed" and denied(line, frame):
        draft.claimant, draft.side = "", OPPONENT.get(said.side, "unattributed")
        draft.rules.append("denied: the other side's claim")
    bare = said.side == "unattributed" and not said.claimant
    if bare and context.own and _speaks_as(line, context):
        draft.side = context.own


def _another_day(context: Context, line: Line, frame: Frame) -> bool:
    """Tell whether a sentence turns to an earlier day, where the last speaker no longer speaks."""
    chunk = line.chunks[frame.chunk]
    days = [
        mark.date
        for i, mark in enumerate(line.marks)
        if mark.date is not None
        and mark.date.last
        and (
            mark.date.kind == "day"
            or (mark.date.kind in EARLIER and (i <= OPENS or chunk.first <= i <= chunk.last))
        )
    ]
    known = context.day[1] if context.day else context.published
    if any(mark.date and mark.low.endswith("earlier") for mark in line.marks):
        return True
    return (
        bool(days)
        and known is not None
        and all((known - day.last).days > 1 for day in days if day.last)
    )


EARLIER, OPENS = {"month", "year"}, 2


def _tell_soldiers_from_civilians(context: Context, line: Line, frame: Frame, draft: Draft) -> None:
    if draft.victims in {"", "child"} and in_battle(line, frame):
        draft.victims = "military"
    if draft.victims:
        return
    if of_losses(context, line, frame, draft):
        draft.victims = "military"
    elif among_civilians(context, line):
        draft.victims = "civilian"


def topic_of(frame: Frame) -> str:
    """Return what a frame is about: "people" or "weapons"."""
    return "people" if frame.event in PEOPLE else "weapons"


def _settle(context: Context, line: Line, frame: Frame, draft: Draft, said: Attribution) -> None:
    """Decide attacker and side together: a side reports what the other side's weapons did.

    A speaker carried over who would then report its own side's attack is not the speaker; an
    official whose country is not said speaks for the side that was attacked.
    """
    draft.attacker = attacker_of(context, line, frame, draft)
    if draft.aggregation == "cumulative" and frame.event in PEOPLE and _of_the_war(line, draft):
        draft.attacker = _of_toll_before(context, draft)
        draft.place = None if draft.carried else draft.place
        return
    if _sent_by_who_spoke(line, frame, draft, said):
        draft.side, draft.claimant = context.voices.issuer.side, context.voices.issuer.claimant
    at_home = said.kind == "occupation" and draft.place and set(draft.place.admin1) <= OCCUPIED
    if said.distance and said.side in OPPONENT and frame.event != "launched" and not at_home:
        side, claimant, draft.side, draft.claimant = draft.side, draft.claimant, "unattributed", ""
        draft.attacker = attacker_of(context, line, frame, draft)
        boasts = draft.victims == "military" and said.kind in {"ministry", "army"}
        if draft.attacker != side or boasts:
            draft.side, draft.claimant = side, claimant
            draft.attacker = attacker_of(context, line, frame, draft)
        elif same := _same_attack(context, draft, claimant):
            draft.side, draft.claimant, draft.attacker = side, claimant, same
    if draft.claimant and draft.side == "unattributed" and said.kind not in {"media", ""}:
        draft.side = OPPONENT.get(draft.attacker or attacker_by_place(draft), "unattributed")


def _sent_by_who_spoke(line: Line, frame: Frame, draft: Draft, said: Attribution) -> bool:
    """Tell whether a text names as sender whom it had speak before: "Russian forces launched 90".

    The ministry that spoke before would have said "our forces".
    """
    carried = frame.event == "launched" and said.distance > 0 and said.kind in {"ministry", "army"}
    return carried and any(side == said.side == draft.attacker for _, side in line.attackers)


def _same_attack(context: Context, draft: Draft, claimant: str) -> str:
    """Return whose attack a figure goes on with: "killed 53, Moscow said. Another 73 were hurt".

    In a region that each side says the other struck, the figure before tells.
    """
    before = context.drafts[-1] if context.drafts else None
    if before is None or before.claimant != claimant or draft.sentence - before.sentence > 1:
        return ""
    return before.attacker if before.place == draft.place and draft.place is not None else ""


def _of_toll_before(context: Context, draft: Draft) -> str:
    """Return whose attacks a running toll of civilians goes on with: "480 killed … 968 wounded"."""
    before = totals_before(context)
    if not before or draft.victims == "military":
        return ""
    return before[-1].attacker if before[-1].victims in {"child", "civilian"} else ""


def _of_the_war(line: Line, draft: Draft) -> bool:
    """Tell whether a running toll is nobody's attack in particular: of soldiers, of the war."""
    own = draft.place is not None and not draft.carried
    return draft.victims == "military" or not (line.attackers or own)


def _follow(context: Context, line: Line, frame: Frame, draft: Draft) -> None:
    """Take from the figure before what an elliptical one leaves out: place and victims."""
    if draft.place is None and (frame.at == -1 or frame.rule == "the number grew"):
        whole = (d for d in reversed(context.drafts) if d.metric == draft.metric and not d.part_of)
        draft.place = next((d.place for d in whole), None)
    if frame.unit != "person" or draft.victims or frame.count.state:
        return
    if frame.count.rule == "another" and frame.count.part and context.drafts:
        draft.victims = context.drafts[-1].victims
    bare = not frame.count.unit or "others" in frame.count.mods
    soldiers = [f for f in line.frames if f.count.victims == "military" and f is not frame]
    eliminated = any(
        count.victims == "military" and count.last < frame.count.first
        for chunk in line.chunks
        for count in chunk.counts
    )
    asides = [c for c in line.chunks[: frame.chunk] if c.part]
    named = [
        mark
        for i, mark in enumerate(line.marks[: frame.count.first])
        if (person := mark.sense("units", "person"))
        and not mark.sense("titles")
        and not (person.value == "responder" and frame.count.first - i > BESIDE)
        and not any(c.first <= i <= c.last for c in asides)
        and not any(c.first <= i <= c.last for chunk in line.chunks for c in chunk.counts if c.part)
        and not describes_a_thing(line.marks, i)
        and not did_it_to(i, frame.count, frame.at, line.marks)
    ]
    predicate = _said_of(line, frame)
    if predicate:
        draft.victims = predicate
    elif (
        bare and frame.count.unit == "" and named and frame.at < frame.count.first and not soldiers
    ):
        draft.victims = named[-1].sense("units").value  # type: ignore[union-attr]
    elif bare and ((soldiers and soldiers[0].chunk < frame.chunk) or (not soldiers and eliminated)):
        draft.victims = "military"
    elif bare and (more := _more_of_them(line, frame)):
        draft.victims = more
    elif "others" in frame.count.mods and context.drafts and not _listed(line, frame):
        last = context.drafts[-1]
        draft.victims = "military" if last.victims == "military" else ""


def _more_of_them(line: Line, frame: Frame) -> str:
    """Return of whom a bare number goes on: "two civilians died and six were hurt".

    Beside a few children the rest may be anybody; in a running toll of children they are children.
    """
    before = [f for f in line.frames if f.count.first < frame.count.first and f.event in PEOPLE]
    last = before[-1] if before else None
    if last is None or frame.chunk - last.chunk > 1 or frame.count.part:
        return ""
    many = all((f.count.quantity.low or 0) >= A_TOLL for f in (last, frame))
    goes_on = last.count.victims == "civilian" or (last.count.victims == "child" and many)
    return last.count.victims if goes_on else ""


A_TOLL = 100  # people, more than any one attack hurts children
BESIDE = 2  # marks; further away rescuers are who found people, not who was hurt


def _said_of(line: Line, frame: Frame) -> str:
    """Return who the counted are said to be: "three of the injured were children"."""
    after = line.marks[behind_whole(frame.count, line.marks) :][:REACH]
    if not frame.count.part or not any(mark.tag in {"aux", "dash"} for mark in after[:2]):
        return ""
    people = [s for mark in after if (s := mark.sense("units", "person"))]
    return people[-1].value if people else ""


def _increased(line: Line, frame: Frame) -> bool:
    """Tell whether the words say that a number grew by this much: "прибавилось еще 16"."""
    before = line.marks[line.chunks[frame.chunk].first : frame.count.first]
    return any(mark.sense("markers", "increase") or mark.low in THEN for mark in before)


THEN = {"then", "later", "потім", "згодом", "затем", "потом", "позже"}


def _adds(context: Context, draft: Draft) -> bool:
    """Tell whether "another four" can add to a count: one given before there, or given elsewhere.

    "Another eight over Moscow" after figures of other regions begins a count of its own, as do
    drones of another day. Those hurt may die days later.
    """
    same = [before for before in context.drafts if before.metric == draft.metric]
    if draft.metric not in TOLLS and PUBLISHED not in draft.rules:
        same = [before for before in same if before.first == draft.first]
    if not context.drafts or not same:
        return not context.drafts
    if _beside_the_dead(context.drafts[-1], draft, same):
        return False
    if draft.place is None or draft.carried or not draft.place.admin1:
        return True
    people = draft.metric in TOLLS
    own = set(draft.place.admin1)
    placed = [set(d.place.admin1) for d in same if d.place is not None and d.place.admin1]
    elsewhere = any(d.headline for d in same) and bool(placed)  # a headline leaves places out
    return any(own & there for there in placed) or (
        people and not elsewhere and len(placed) < len(same)
    )


def _beside_the_dead(last: Draft, draft: Draft, same: Sequence[Draft]) -> bool:
    """Tell whether the hurt are told beside the dead of a place: "10 died. Another 41 were …"."""
    place = draft.place if draft.place is not None and draft.place.admin1 else None
    pair = last.metric in TOLLS and draft.metric in TOLLS and last.metric != draft.metric
    if place is None or not pair or last.place != place or draft.sentence - last.sentence > 1:
        return False
    return not any(
        other.place is not None and other.place.admin1 and not _said_again(other, draft)
        for other in same
    )


def _said_again(before: Draft, draft: Draft) -> bool:
    """Tell whether a number of people is only repeated: "injuring three. … Three more were"."""
    return before.quantity == draft.quantity and (draft.quantity.low or 0) > 1


def _speaks_as(line: Line, context: Context) -> bool:
    return (
        not context.voices.issuer.claimant
        and context.own is not None
        and context.lang != "en"
        and not any(mark.low in IMPERSONAL for mark in line.marks)
    )


# Somebody reports, not the side that the text speaks for.
IMPERSONAL = {"повідомляють", "пишуть", "кажуть", "сообщают", "пишут", "говорят", "повідомляється"}


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
