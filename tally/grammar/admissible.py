"""Which figures of a sentence are claims: no averages, no plans, no crimes, no polls."""

from collections.abc import Sequence

from tally.grammar.captions import captioned
from tally.grammar.chunks import PEOPLE, Frame
from tally.grammar.context import Context, Line
from tally.grammar.cues import cues, stems
from tally.grammar.elsewhere import abroad
from tally.grammar.marks import Mark


def of_the_war(context: Context, line: Line) -> list[Frame]:
    """Return the frames of a sentence that are claims: no averages, no deaths of another cause."""
    if not line.frames:
        return []
    text = context.marked.body(line.number)
    rates = [i for i in range(len(line.marks)) if _is_rate(line.marks, i)]
    ours = any(place.admin1 for place in line.places)
    if abroad(text, context.lang) and not ours:
        return []
    frames = [f for f in line.frames if not any(_governs(line, i, f) for i in rates)]
    frames = [f for f in frames if not (_crime(line, f) or _in_question(line, f))]
    if any(f.count.implied for f in frames) and captioned(context.text, line.sentence.end):
        frames = [f for f in frames if not f.count.implied]
    elsewhere = context.peaceful or (context.foreign and not ours)
    if context.other_deaths or elsewhere or _asked(line):
        return [frame for frame in frames if frame.event not in PEOPLE]
    return frames


def _crime(line: Line, frame: Frame) -> bool:
    """Tell whether somebody was shot, no soldier and by no army: "застрелив сусіда"."""
    if not line.marks[max(0, frame.at)].low.startswith(SHOT):
        return False
    return frame.count.victims != "military" and not line.attackers


SHOT = ("застрел",)


def _in_question(line: Line, frame: Frame) -> bool:
    """Tell whether nobody says that anybody was hurt: "Сколько погибло человек?"."""
    asked = line.marks[-1].text == "?" and line.marks[0].low in cues("asks")
    return asked and frame.count.implied


def _governs(line: Line, rate: int, frame: Frame) -> bool:
    """Tell whether a rate is of a figure, not of what somebody says: "…, saying that he …"."""
    between = line.marks[frame.count.last + 1 : rate]
    said = any(mark.sense("markers", "report") for mark in between)
    return not (said and any(mark.tag == "sub" for mark in between))


def _asked(line: Line) -> bool:
    """Tell whether a sentence is a share of those asked: "78% talk about the death of"."""
    share = [i for i, mark in enumerate(line.marks[:5]) if mark.text == "%"]
    after = line.marks[share[0] + 1 : share[0] + 3] if share else ()
    return any(mark.low in ANSWER for mark in after)


ANSWER = {"talk", "say", "said", "know", "report", "believe", "have", "lost", "кажуть", "говорят"}


def _is_rate(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a word makes figures an average; not in "a day of mourning", "a day after"."""
    if not marks[i].sense("markers", "average"):
        return False
    if i + 1 < len(marks) and marks[i + 1].low.startswith((*FEAST, *stems("of_each_day"))):
        return False
    if i and marks[i - 1].low.startswith(stems("superlative")):
        return False
    if any(mark.low in cues("bulletin") for mark in marks[i + 1 : i + 4]):
        return False  # "the daily air force report"
    span = marks[i].low.startswith(("a ", "the ")) and i + 1 < len(marks)
    return not (span and marks[i + 1].low in {"of", "after", "before", "earlier", "later"})


FEAST = ("народжен", "рожден", "незалежн", "независим", "перемог", "побед", "матер", "захисн")


def stated(line: Line, frame: Frame) -> bool:
    """Refuse what is only planned, supposed or able to be ("would launch", "can shoot down")."""
    chunk = line.chunks[frame.chunk]
    if any(mark.low in CAN for mark in line.marks[max(0, frame.at - 2) : frame.at]):
        return False
    if _only_checked(line, frame):
        return False
    if frame.event != "launched":
        return True
    return not any(mark.tag == "perhaps" for mark in line.marks[chunk.first : frame.count.first])


def _only_checked(line: Line, frame: Frame) -> bool:
    """Tell whether people were brought to hospital without a wound: "for checks"."""
    if frame.event != "injured" or not line.marks[max(0, frame.at)].low.endswith(HOSPITAL):
        return False
    after = line.marks[frame.at + 1 : frame.at + 4]
    return any(mark.low.startswith(stems("checked")) for mark in after)


HOSPITAL = ("hospital", "больницу", "лікарню", "лікарні", "больницы")
CAN = {
    "can", "может", "могут", "може", "можуть", "способны", "способна", "здатні", "здатна",
    "условно", "умовно",
}  # fmt: skip
