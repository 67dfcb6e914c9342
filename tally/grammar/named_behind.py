"""A speaker first named behind the figures: "… Про це повідомила ОВА", "… announced this"."""

from tally.grammar.context import Context, Line
from tally.grammar.cues import stems
from tally.grammar.draft import Draft
from tally.grammar.places import REGION_OF_CITY
from tally.grammar.reporting import names_source
from tally.grammar.speakers import Speaker
from tally.grammar.voices import Attribution
from tally.model import OPPONENT, TOLLS


def speak_for_list(context: Context, line: Line, said: Attribution) -> None:
    """Give a list the speaker named after it: "… сообщило Минобороны" as a line of its own."""
    first = context.text[line.sentence.start : line.sentence.start + 1]
    if not first.islower():
        return
    for draft in reversed(context.drafts):
        if draft.paragraph < line.sentence.paragraph - 2 or draft.claimant:
            break
        draft.claimant, draft.side = said.claimant, said.side
        draft.attacker = draft.attacker or OPPONENT.get(said.side, "")


def announces_all(context: Context, line: Line) -> bool:
    """Tell whether a sentence names the source of a whole text: "Про це повідомив …"."""
    return _of_all_that(context, line) or names_source(line.marks)


def _of_all_that(context: Context, line: Line) -> bool:
    return context.marked.body(line.number).lower().lstrip(BULLETS).startswith(OF_ALL_THAT)


def speak_for_those_before(context: Context, line: Line, said: Attribution, topic: str) -> None:
    """Let a speaker first named after the figure assert it: "… Про це повідомила ОВА"."""
    announced, closes = _announced(line), _closes_quotation(context, line)
    if (
        context.lang == "en"
        and not (context.joined or announced or closes)
        and not REFERS & {mark.low for mark in line.marks[: min(3, line.reporting[0].at)]}
        and not _of_the_hurt(line)
    ):
        return
    if (context.joined and _opens(line)) or line.number - context.disputed_at <= 1:
        return
    if all(_in_passing(line, speaker) or _accuses(line, speaker) for speaker in line.reporting):
        return
    announced_it = _of_all_that(context, line)
    if line.sentence.item and not line.frames and not announced_it:
        return  # an item of other news: "▪ 2 killed in X ▪ a gang was caught, – the SBU"
    reach, back = (0, 2)
    if announced_it:
        reach, back = (3, 3)
    elif announced:
        reach, back = (6, 12)
    elif closes:
        reach, back = (0, QUOTED)
    for draft in reversed(context.drafts):
        paragraphs = line.sentence.paragraph - draft.paragraph
        if paragraphs > reach or draft.sentence < line.number - back:
            break
        about = "people" if draft.metric in TOLLS else "weapons"
        if (
            draft.claimant
            or topic not in ("", about, *(("people",) if draft.metric.endswith("_hit") else ()))
            or said.kind in {"media", ""}
            or draft.attacker == said.side
            or (not announced_it and _elsewhere(draft, said))
        ):
            continue
        draft.claimant, draft.side = said.claimant, said.side
        if said.side == "unattributed" and draft.attacker:
            draft.side = OPPONENT[draft.attacker]
        draft.rules.append("speaker named after it")


def _elsewhere(draft: Draft, said: Attribution) -> bool:
    """Tell whether an official has another region than that of a figure."""
    own = {*said.admin1, *(REGION_OF_CITY.get(code, code) for code in said.admin1)}
    return bool(draft.place and said.admin1) and not own & set(draft.regions)


def _accuses(line: Line, speaker: Speaker) -> bool:
    """Tell whether somebody only says whose attack it was: "Россия обвиняет ВСУ"."""
    return any(mark.low.startswith(stems("blame")) for mark in line.marks[speaker.at :][:NEAR])


NEAR = 3  # marks


def _announced(line: Line) -> bool:
    """Tell whether a sentence says who announced all that was just told.

    "This was announced by X", "the mayor wrote this on Telegram", "Source: the head of Y".
    """
    marks = line.marks
    if names_source(marks):
        return True
    at = next((i for i, mark in enumerate(marks) if mark.low == "this"), -1)
    behind = marks[at + 1 : at + 3] if at >= 0 else ()
    informed = at > 1 and marks[at - 1].low in {"about", "of"} and marks[at - 2].is_a("report")
    passive = len(behind) > 1 and behind[0].is_a("aux") and behind[1].is_a("report")
    return passive or informed or (at > 0 and marks[at - 1].is_a("report"))


def _closes_quotation(context: Context, line: Line) -> bool:
    """Tell whether a sentence ends a quotation that began before it: "… One was hurt," X said."""
    start = line.sentence.start
    before = context.text[context.text.rfind("\n", 0, start) + 1 : start]
    return before.count('"') % 2 == 1 and '"' in context.text[start : line.sentence.end]


QUOTED = 8  # sentences of a quotation


def _of_the_hurt(line: Line) -> bool:
    """Tell whether a sentence begins with some of those just told: "One of the injured is …"."""
    return any(mark.event in TOLLS and mark.sense("markers", "part") for mark in line.marks[:3])


def _in_passing(line: Line, speaker: Speaker) -> bool:
    """Tell whether what somebody said only tells when: "hours after the president said …"."""
    before = [mark.low for mark in line.marks[max(0, speaker.at - 2) : speaker.at]]
    return speaker.at > FRONT and not IN_PASSING.isdisjoint(before)


IN_PASSING = {"after", "before", "hours after", "days after", "після того", "после того"}


def _opens(line: Line) -> bool:
    """Tell whether a speaker begins a clause of its own: "…; Russia says it downed them"."""
    first = min(speaker.at for speaker in line.reporting)
    return first <= FRONT and any(mark.event for mark in line.marks[first:])


OF_ALL_THAT = ("про це ", "об этом ", "this was reported", "this was announced")
BULLETS = "•▪▫●◾◽–—-* "
FRONT = 2  # marks before a speaker who opens a clause
REFERS = {"claims", "this", "these", "that", "the information", "it", "information", "details"}
