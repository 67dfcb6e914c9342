"""A frame -> a draft: speaker, attacker, day, place, victims and the words that show it."""

from tally.grammar.adding import adds, fill_in, grew_by, listed_behind
from tally.grammar.attackers import attacker_of
from tally.grammar.attribution import claimant_for
from tally.grammar.chunks import PEOPLE, SHARED, Frame
from tally.grammar.context import Context, Line
from tally.grammar.cues import cues
from tally.grammar.dating import date_draft
from tally.grammar.denial import denied
from tally.grammar.draft import Draft
from tally.grammar.explosions import blow_in
from tally.grammar.fallen import among_civilians, in_battle, of_losses
from tally.grammar.holding import OWN_VOICE
from tally.grammar.placing import over_many, place_for
from tally.grammar.running import totals_before
from tally.grammar.sides import OCCUPIED
from tally.grammar.territory import attacker_by_place, by_country
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
    draft.shared = frame.rule == SHARED
    draft.rules = [count.rule, frame.rule, *([OWN_VOICE] if own_voice else [])]
    _attribute(context, line, frame, draft, said)
    draft.quote_start, draft.quote_end = _quote(line, frame)
    count.total |= bool(line.marks[0].sense("markers", "total"))
    date_draft(context, line, frame, draft)
    draft.place = place_for(context, line, frame, said)
    draft.carried = draft.place is not None and draft.place is context.place
    draft.everywhere = context.voices.nationwide or over_many(line, frame)
    fill_in(context, line, frame, draft)
    if frame.unit == "person":
        _tell_soldiers_from_civilians(context, line, frame, draft)
    _settle(context, line, frame, draft, said)
    draft.unverified = context.doubted or line.unverified
    if said.distance > 1:
        draft.review.append("attribution carried over from an earlier sentence")
    listed = frame.inherited or listed_behind(line, frame)
    more = count.more and draft.aggregation != "cumulative"
    if more and (not listed or grew_by(line, frame)) and adds(context, draft):
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
    carried = bool(said.distance)
    another = carried and (context.span or _another_day(context, line, frame))
    another = another or (carried and _hearsay(line, frame))
    return context.voices.issuer if another else said


def _hearsay(line: Line, frame: Frame) -> bool:
    """Tell whether nobody is said to say so: "are believed to have died", "appeared to be"."""
    own = line.marks[frame.count.last + 1 : max(0, frame.at)]
    return any(mark.low in cues("hearsay", "en") for mark in own)


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
    if (
        draft.aggregation == "cumulative"
        and frame.event in PEOPLE
        and _of_the_war(line, draft, context.lang)
    ):
        draft.attacker = _of_toll_before(context, draft)
        _count_on(context, draft)
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


def _count_on(context: Context, draft: Draft) -> None:
    """Give a running toll that nobody tells to the third party who told the one before it.

    An observer counts the same war on: "8,817 died, the UN said. … Among the 11,662 injured …".
    """
    before = totals_before(context)
    if draft.claimant or draft.side != "unattributed" or not before or context.voices.others:
        return
    last = before[-1]
    soldiers = (draft.victims == "military") != (last.victims == "military")
    near = draft.sentence - last.sentence <= COUNTED_ON and not soldiers
    if last.side == "third_party" and near:
        draft.claimant, draft.side = last.claimant, last.side
        draft.rules.append("goes on with an observer's count")


COUNTED_ON = 4  # sentences


def _of_toll_before(context: Context, draft: Draft) -> str:
    """Return whose attacks a running toll of civilians goes on with: "480 killed … 968 wounded"."""
    before = totals_before(context)
    if not before or draft.victims == "military":
        return ""
    return before[-1].attacker if before[-1].victims in {"child", "civilian"} else ""


def _of_the_war(line: Line, draft: Draft, lang: str) -> bool:
    """Tell whether a running toll is nobody's attack in particular: of soldiers, of the war."""
    own = draft.place is not None and not draft.carried
    struck = blow_in(line.marks) and draft.attacker == by_country(line, lang) != ""
    return draft.victims == "military" or not (line.attackers or own or struck)


def _speaks_as(line: Line, context: Context) -> bool:
    return (
        not context.voices.issuer.claimant
        and context.own is not None
        and context.lang != "en"
        and not any(mark.low in IMPERSONAL for mark in line.marks)
    )


# Somebody reports, not the side that the text speaks for.
IMPERSONAL = {"повідомляють", "пишуть", "кажуть", "сообщают", "пишут", "говорят", "повідомляється"}


def _metric(frame: Frame) -> Metric:
    if frame.event in PEOPLE:
        return Metric(frame.event)
    return Metric(f"{frame.unit}s_{frame.event}")


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
