"""Who asserts a figure, whose weapons it is about, and whether anybody could verify it.

State flows through the document: the speaker of a sentence goes on speaking in those after it
until another is named, the paragraph on this event ends, or the outlet speaks for itself.
"""

from collections.abc import Sequence
from dataclasses import replace

from tally.grammar.count import Count
from tally.grammar.cues import cues, stems
from tally.grammar.gist import Gist
from tally.grammar.governing import after_the_event, meanwhile, reach_of, turned
from tally.grammar.marks import REPORT, Mark
from tally.grammar.reporting import (
    ANYBODY,
    acts,
    pronoun_reports,
    reports,
    somebody_reports,
    verbatim,
    whose_arms,
)
from tally.grammar.speakers import Speaker, find_speakers, may_speak
from tally.grammar.voices import (
    BODY,
    LOCAL,
    NOBODY,
    Attribution,
    Voices,
    bare_body,
    meant,
    resolved,
)

REACH, AT_HOME = 2, 12  # sentences


BARE_LINE = 12


def attribute(
    marks: Sequence[Mark], gist: Gist, counts: Sequence[Count], voices: Voices, paragraph: int
) -> list[Speaker]:
    """Return the speakers of a sentence that report something; move the state."""
    voices.bare = len(marks) <= BARE_LINE and not (marks and marks[-1].text == ".")
    voices.sentence += not (voices.bare or voices.quoted_in == paragraph)
    _open_quotation(marks if '"' in gist.words else (), voices, paragraph)
    speakers = _speakers(marks, counts, voices.lang) if may_speak(gist, voices.lang) else []
    people = [speaker for speaker in speakers if speaker.kind in PERSONS and speaker.person]
    if people:
        voices.person, voices.person_at = people[-1], voices.sentence
    reporting = [speaker for speaker in speakers if reports(marks, speaker)]
    told = bool(gist.kinds & REPORT)
    again = _by_surname(marks, voices) if told and voices.named and not reporting else None
    if again is not None:
        reporting = [again]
    voices.pronoun = pronoun_reports(marks, voices.lang) if told else ""
    voices.only_acts = not reporting
    if not reporting:
        reporting = [
            speaker
            for speaker in speakers
            if speaker.side
            and (
                _may_be(voices.pronoun, speaker, marks)
                or (
                    acts(marks, speaker)
                    and voices.issuer.kind != "thinktank"
                    and not _told_by_an_official(voices, speaker)
                )
            )
        ]
    voices.pronoun = voices.pronoun or verbatim(marks, voices.lang)
    voices.stranger = not reporting and (
        voices.stranger or somebody_reports(marks, voices.surnames)
    )
    voices.surnames |= {word for speaker in speakers for word in _names_beside(marks, speaker.at)}
    voices.named += speakers
    voices.heard += reporting
    voices.others = any(
        speaker.kind not in {"media", ""}
        and speaker.text != voices.current.claimant
        and not (speaker.kind == "army" and speaker.side != voices.current.side)
        for speaker in speakers
    )
    return reporting


def _speakers(marks: Sequence[Mark], counts: Sequence[Count], lang: str) -> list[Speaker]:
    counted = {i for count in counts for i in range(count.first, count.last + 1)}
    return [
        speaker
        for speaker in find_speakers(marks, lang)
        if speaker.at not in counted and not (_owned(marks, speaker) or whose_arms(marks, speaker))
    ]


def _names_beside(marks: Sequence[Mark], at: int) -> list[str]:
    """Return the names around a speaker: "the regional governor, Petro Halych, said"."""
    near = marks[max(0, at - NAMED) : at + NAMED + 1]
    return [mark.text for mark in near if mark.text[:1].isupper()]


NAMED = 4  # marks from an office to the name


def _open_quotation(marks: Sequence[Mark], voices: Voices, paragraph: int) -> None:
    """Note whether a sentence leaves a quotation open: who is quoted goes on speaking in it."""
    voices.quotes = bool(marks) and marks[0].tag == "quote"
    signs = sum(mark.tag == "quote" for mark in marks)
    open_before = voices.quoted_in == paragraph
    voices.inside = voices.quotes or open_before
    voices.quoted_in = paragraph if (signs + open_before) % 2 else -1


def _may_be(pronoun: str, speaker: Speaker, marks: Sequence[Mark]) -> bool:
    """Tell whether a pronoun can mean a speaker: no army is "he", nobody is named behind it."""
    if not pronoun or (pronoun in HE and speaker.kind in {"army", "ministry"}):
        return False
    return pronoun not in ANYBODY or any(m.low == pronoun for m in marks[speaker.at :])


def _told_by_an_official(voices: Voices, army: Speaker) -> bool:
    """Tell whether an official of its own side has just told what an army did."""
    current = voices.current
    just = army.kind == "army" and voices.sentence - voices.said_at <= REACH
    return just and current.kind in {*LOCAL, "occupation"} and current.side == army.side


def _by_surname(marks: Sequence[Mark], voices: Voices) -> Speaker | None:
    """Return a person named before whose surname alone reports: "Hrynchuk added that …"."""
    told = [i for i, mark in enumerate(marks) if mark.senses and mark.sense("markers", "report")]
    beside = sorted({i + step for i in told for step in (-1, 1)} & set(range(len(marks))))
    for i in beside:
        if marks[i].tag == "word" and marks[i].text[:1].isupper():
            for earlier in reversed(voices.named):
                if earlier.person and _one_name(earlier.text, marks[i].text):
                    return replace(earlier, at=i)
    return None


def _one_name(full: str, surname: str) -> bool:
    """Tell whether a surname is that of a full name, in whatever case."""
    words = full.split()
    stem = surname[: max(STEM, len(surname) - ENDING)]
    return len(words) > 1 and len(surname) > STEM and words[-1].startswith(stem)


STEM, ENDING = 4, 2


def _owned(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a body is only somebody's: "the ministry said its air defences"."""
    heads = speaker.kind in {"governor", "mayor"}  # "in Tula, its governor said"
    own = speaker.at > 0 and marks[speaker.at - 1].low in {"its", "their", "his"}
    return own and not heads


PERSONS = {"governor", "mayor", "president", "official", "occupation"}
HE = {
    "he", "she", "він", "вона", "он", "она",
    "за його словами", "за її словами", "по его словам", "по ее словам", "по её словам",
}  # fmt: skip


def claimant_for(
    at: int,
    marks: Sequence[Mark],
    reporting: Sequence[Speaker],
    voices: Voices,
    topic: str,
    paragraph: int,
) -> Attribution:
    """Return who asserts the figure at a mark of the current sentence.

    A speaker named in an earlier paragraph goes on only on the same topic: people or weapons.
    """
    governing = [
        speaker
        for speaker in reporting
        if not any(aside(speaker, at, marks) for aside in (turned, meanwhile, after_the_event))
    ]
    governing = [speaker for speaker in governing if speaker.kind != "media"] or governing
    if governing:
        nearest = min(governing, key=lambda speaker: reach_of(speaker, at, marks))
        said = resolved(nearest, voices)
        cited = nearest.side is None and any(_of_the_state(speaker) for speaker in reporting)
        return replace(said, side="Russia") if cited else said
    pronoun = voices.pronoun
    if pronoun in HE and voices.stranger:
        return NOBODY
    if pronoun in HE and voices.person and voices.said_at < voices.person_at >= voices.sentence - 2:
        return resolved(voices.person, voices)
    if pronoun and voices.current is not NOBODY and not (pronoun in HE and _a_body(voices)):
        return meant(pronoun, voices)
    if pronoun in HE:
        return voices.issuer
    if pronoun in BODY and topic == "weapons" and not voices.issuer.claimant:
        return bare_body(pronoun)
    if voices.inside and voices.sentence - voices.quoted_at <= 1:
        return replace(voices.quoted, distance=1)  # "…," X said. "Two were hurt."
    age = voices.sentence - voices.said_at
    far = _at_home(voices) or _lists(voices, topic, paragraph)
    reach = AT_HOME if far else REACH
    heard = voices.current is not NOBODY and not voices.stranger
    if heard and age <= reach and _goes_on(voices, topic, paragraph):
        return Attribution(
            voices.current.claimant,
            voices.current.side,
            voices.current.admin1,
            age,
            voices.current.kind,
        )
    if voices.story is not NOBODY and _of_the_story(voices):
        return replace(voices.story, distance=voices.sentence - voices.story_at)
    if topic == "weapons" and voices.nationwide and not voices.issuer.claimant:
        return _national(voices)
    return voices.issuer


def _of_the_story(voices: Voices) -> bool:
    """Tell whether whom the text named as its source may tell this: nobody else has spoken since.

    An official of one region does not speak for another or for the whole country.
    """
    own = set(voices.story.admin1)
    elsewhere = bool(voices.here) and bool(own) and not own & voices.here
    return not (voices.stranger or elsewhere or (own and voices.nationwide))


def _at_home(voices: Voices) -> bool:
    """Tell whether the text has named no place but the region of the official who spoke last."""
    own = set(voices.current.admin1)
    local = voices.current.kind in {*LOCAL, "occupation", "official"}
    return local and bool(own) and voices.here <= own and not voices.others


def _lists(voices: Voices, topic: str, paragraph: int) -> bool:
    """Tell whether a ministry's list of what it stopped goes on in the paragraph that it began."""
    national = voices.current.kind in {"ministry", "army"} and not voices.others
    return national and topic == voices.topic == "weapons" and paragraph == voices.said_in


def _of_the_state(speaker: Speaker) -> bool:
    """Tell whether a medium is the Russian state's, which cites its own side's officials."""
    return speaker.kind == "media" and speaker.text.lower() in cues("state_media")


def _national(voices: Voices) -> Attribution:
    """Return the body that gave figures before and counts for a whole country, else the issuer."""
    for speaker in reversed(voices.heard):
        if speaker.kind in {"ministry", "army"}:
            return replace(resolved(speaker, voices), distance=REACH)
    return voices.issuer


def _a_body(voices: Voices) -> bool:
    """Tell whether who spoke last is no person, whom "he said" could not mean."""
    last = voices.current.claimant.lower().split()[-1:]
    return any(word.startswith(stems("body")) for word in last)


def _goes_on(voices: Voices, topic: str, paragraph: int) -> bool:
    """Tell whether the last speaker can still be speaking.

    Not of another place, not for the whole country when the office is a local one, and in another
    paragraph only of the same topic, unless another body is named there.
    """
    current = voices.current
    local = current.kind in LOCAL or bool(current.admin1)
    own = set(current.admin1) or voices.places
    elsewhere = bool(voices.here) and not own & voices.here
    if elsewhere and (
        (own and local) or (topic == "people" and (own or voices.topic == "weapons"))
    ):
        return False
    if local and voices.nationwide:
        return False
    if voices.acted and topic == "people":
        return False  # "Ukrainian forces downed 34. Two people were hurt": who shot tells no toll
    if paragraph == voices.said_in or voices.bare:
        return True
    if voices.quotes and paragraph - voices.said_in == 1 and current.kind != "media":
        return True  # what somebody wrote is quoted below
    if current.side == "third_party" or current.kind == "media" or voices.others:
        return False
    there = topic == "people" and (not voices.here or bool(voices.here & voices.places))
    body = current.kind == "ministry" or (current.kind == "army" and topic == "weapons")
    beside = paragraph - voices.said_in <= 1 and body and (there or topic == "weapons")
    return local or voices.topic == topic or (voices.topic == "" and beside)


def remember(said: Attribution, voices: Voices, paragraph: int, topic: str) -> None:
    """Let a speaker go on speaking in the sentences that follow."""
    voices.current, voices.acted = said, voices.only_acts and not voices.pronoun
    if said.kind not in {"media", ""} and said.claimant != voices.story.claimant:
        voices.story = NOBODY
    voices.said_at = voices.sentence
    voices.said_in = paragraph
    voices.topic = topic or voices.topic
