"""What became of those hurt, and of what was launched: the event that a sentence ends with.

Who "was taken to hospital, where he died" is killed, not injured; of "downed 442 drones and 41
missiles launched by Russia" the missiles were downed too.
"""

from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.chunks import Chunk, Frame
from tally.grammar.count import Count
from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark
from tally.grammar.whole import STOPPED


def outcome(frame: Frame, marks: Sequence[Mark], counts: Sequence[Count]) -> Frame:
    """Return a frame with the death that the same sentence tells of the same people after it."""
    if frame.event != "injured" or frame.unit != "person" or frame.at < frame.count.first:
        return frame
    begins = {count.first for count in counts if count is not frame.count}
    for at in range(frame.at + 1, len(marks)):
        mark = marks[at]
        if at in begins or mark.number is not None:
            return frame
        if _not_saved(marks, at):
            return replace(frame, event="killed", at=at, rule="died of it")
        if mark.low.startswith(stems("succumbed")):
            people = max(frame.at, frame.count.last)
            same = _of_the_same(marks, at, people) or _said_in_aside(frame, marks, at)
            return replace(frame, event="killed", at=at, rule="died of it") if same else frame
    return frame


def _not_saved(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether nobody could help: "но спасти его не удалось", "doctors could not save him"."""
    if marks[at].low not in cues("saving"):
        return False
    return any(mark.low in cues("in_vain") for mark in marks[max(0, at - 3) : at + 4])


def stopped_too(
    frame: Frame, chunks: Sequence[Chunk], marks: Sequence[Mark], frames: Sequence[Frame]
) -> Frame:
    """Return a frame of weapons whose "launched by" only describes them with the verb before."""
    own = chunks[frame.chunk]
    before = next((f for f in reversed(frames[-2:]) if f.event in STOPPED), None)
    if frame.event != "launched" or before is None or own.opener != "conj":
        return frame
    if before.chunk not in {frame.chunk, frame.chunk - 1} or own.events != [frame.at]:
        return frame
    noun = frame.at > 0 and marks[frame.at - 1].unit == frame.unit
    verb = 0 <= before.at < before.count.first
    if not (noun and verb):
        return frame
    event, mode, at = before.event, before.mode, before.at
    return replace(frame, event=event, mode=mode, at=at, rule=TOO, inherited=True)


TOO = "goes on with the event before"


def unsplit(frame: Frame, marks: Sequence[Mark]) -> Frame:
    """Return as shot down what a text counts with the suppressed: "уничтожено и подавлено 20"."""
    verbs = marks[max(0, frame.at - 2) : max(0, frame.at)]
    joined = len(verbs) > 1 and verbs[1].is_a("conj") and verbs[0].event == "intercepted"
    if frame.event != "lost" or not joined:
        return frame
    return replace(frame, event="intercepted", mode="", at=frame.at - 2)


def _said_in_aside(frame: Frame, marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a wound only says who died: "a man who was hurt in April has died"."""
    aside = [mark.tag for mark in marks[frame.count.last + 1 : frame.at]]
    return aside[:1] == ["sub"] and marks[at - 1].tag == "aux"


def _of_the_same(marks: Sequence[Mark], at: int, people: int) -> bool:
    """Tell whether nobody else is named as who died: "where he later died", "of the hurt died"."""
    before = at - 1
    while before >= 0 and (marks[before].tag == "aux" or marks[before].low in cues("then")):
        before -= 1
    mark = marks[before]
    return before == people or mark.tag in {"comma", "conj", "sub"} or mark.low in cues("the_same")
