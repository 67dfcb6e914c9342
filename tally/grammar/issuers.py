"""Who signs a document: a bulletin's heading or a name on a line of its own."""

from collections.abc import Sequence

from tally.grammar.context import Context
from tally.grammar.cues import stems
from tally.grammar.marks import Mark
from tally.grammar.speakers import Speaker, find_speakers
from tally.grammar.voices import Attribution


def take_signature(context: Context, marks: Sequence[Mark]) -> None:
    """Take a line that is only a name for the issuer: "🔹 Минобороны России"."""
    words = [mark for mark in marks if mark.tag not in {"sign", "dash"}]
    speakers = find_speakers(marks, context.lang)
    bulletin = any(mark.low.startswith(BULLETIN) for mark in marks)
    if (
        len(speakers) != 1
        or (len(words) > LONGEST_NAME and not bulletin)
        or any(mark.low in AGAINST for mark in marks)
        or (not bulletin and (_tells(marks) or _does(marks, speakers[0])))
    ):
        return
    speaker = speakers[0]
    if speaker.side in {"Ukraine", "Russia", "third_party"} and speaker.kind in ISSUERS:
        context.voices.issuer = Attribution(
            speaker.text, speaker.side, speaker.admin1, 0, speaker.kind
        )


def _tells(marks: Sequence[Mark]) -> bool:
    """Tell whether something happens, is counted, blamed or said: no mere signature."""
    said = any(mark.sense("markers", "report") for mark in marks)
    says = said and any(mark.tag == "comma" for mark in marks)
    return says or any(
        mark.event
        or mark.number is not None
        or mark.low in IS
        or mark.low.startswith(stems("blame"))
        for mark in marks
    )


def _does(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a verb follows a name, which then is the subject of a sentence."""
    behind = marks[speaker.at + 1 : speaker.at + 1 + len(speaker.text.split())]
    words = [mark.text for mark in behind if mark.text not in speaker.text]
    return any(mark.text == "." for mark in marks[-1:]) and words[:1] != [] and words[0].islower()


IS = {"is", "are", "was", "were", "has", "have"}
AGAINST = {"against", "проти", "против"}
SIGNED = 6


LONGEST_NAME = 8


BULLETIN = ("сводк", "зведенн", "оперативн")


ISSUERS = {
    "army",
    "ministry",
    "emergency",
    "police",
    "prosecutor",
    "governor",
    "thinktank",
    "commander",
    "occupation",
}
