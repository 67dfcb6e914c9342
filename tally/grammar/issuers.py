"""Who signs a document: a bulletin's heading, a name on a line of its own, a body's own channel."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from tally.grammar.context import Context
from tally.grammar.cues import stems
from tally.grammar.marks import Mark, read_marks
from tally.grammar.speakers import Speaker, find_speakers
from tally.grammar.voices import NOBODY, Attribution, Voices, resolved
from tally.text import clean


@lru_cache(1024)
def publisher_itself(publisher: str, lang: str) -> Attribution:
    """Return the body or official whose own channel a publisher is: "Telegram: Сумська ОВА".

    Nobody where its name says more: "Новини ЗСУ", "Минобороны шутит".
    """
    name = clean(publisher).text.removeprefix(CARRIER).partition(" / ")[0].strip()
    for spoken in dict.fromkeys((lang, "uk", "ru")):
        marks = read_marks(name, 0, spoken, None)
        speakers = [one for one in find_speakers(marks, spoken) if one.kind in OWN_CHANNEL]
        if speakers and not _says_more(marks, speakers[0]):
            found = _of_its_place(marks, speakers[0], spoken)
            if found.side in {"Ukraine", "Russia", "third_party"}:
                return found
    return NOBODY


def _of_its_place(marks: Sequence[Mark], speaker: Speaker, lang: str) -> Attribution:
    """Return who speaks, for the place named beside: "Голова ОВА | Тернопіль"."""
    named = [place.value for mark in marks if (place := mark.sense("places")) and place.value]
    if not speaker.admin1 and len(named) == 1 and ";" not in named[0]:
        speaker = replace(speaker, admin1=(named[0],))
    return resolved(speaker, Voices(lang))


def _says_more(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a name is that of somebody who tells of a body, not the body's."""
    rest = [m for m in marks if m.text not in speaker.text and not (m.senses or m.tag == "sign")]
    tells = any(mark.low.startswith(stems("newsroom")) for mark in (*marks[:1], *rest))
    return tells or any(mark.text[:1].islower() for mark in rest)


CARRIER = "Telegram: "


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
        or mark.unit  # "Росіяни атакували дроном склад" is a headline
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
OWN_CHANNEL = {*ISSUERS, "mayor", "official", "president"}
