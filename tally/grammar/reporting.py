"""Whether a speaker of a sentence reports something in it, or a pronoun does."""

from collections.abc import Collection, Sequence

from tally.grammar.attacks import did_it
from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark
from tally.grammar.nations import says_then
from tally.grammar.sides import owns_weapons
from tally.grammar.speakers import SAYING, Speaker

ANYBODY = {"they", "he", "she", "we", "вони", "він", "вона", "они", "он", "она"}
OFFICES = {"governor", "mayor", "prosecutor", "president", "occupation"}


def names_source(marks: Sequence[Mark]) -> bool:
    """Tell whether a sentence is a line that names the source: "Source: the head of the region"."""
    return len(marks) > 1 and marks[1].tag == "colon" and marks[0].low in cues("source_line")


def _is_source(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a line names a speaker as its source, before it tells what happened."""
    return names_source(marks) and not any(mark.event for mark in marks[: speaker.at + 2])


def reports(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a word of reporting belongs to the speaker: near it, no other speaker between.

    A body that has no side of its own ("the military") reports only right beside such a word: it
    is as often the one who acts.
    """
    if marks[speaker.at].low.endswith(SAYING) or _is_source(marks, speaker):
        return True
    if (
        _of_tolls(marks, speaker)
        or _of_people(marks, speaker)
        or _accused(marks, speaker)
        or _by_whom(marks, speaker)
        or did_it(marks, speaker.at, "en")
    ):
        return False
    if signs(marks, speaker) or _behind_aside(marks, speaker) or _complains(marks, speaker):
        return True
    if _owns(marks, speaker):
        return False
    if speaker.side and says_then(marks, speaker.at):
        return True
    office = speaker.kind in OFFICES
    reach = 11 if (speaker.side and speaker.kind != "army") or office else 4
    for direction in (-1, 1):
        for step in range(1, reach + 1):
            i = speaker.at + direction * step
            if not 0 <= i < len(marks):
                break
            mark = marks[i]
            if direction == 1 and mark.low in ANYBODY:
                break  # "Russia had done what they described"
            reported = mark.sense("markers", "report") and mark.low not in OF_ANOTHER
            if reported and direction == 1 and _of_who_follows(marks, i):
                break
            if reported and _denies_to_say(marks, i):
                break
            verb = reported and mark.low not in cues("cites")
            if verb and direction == -1 and i and _says_it(marks[i - 1]):
                break  # "the governor said air defences …", "they said that the president …"
            if verb and direction == -1 and step == 1 and _does(marks, speaker):
                break  # "… but claims Russian forces have attacked a village"
            if verb and direction == -1 and step == 1 and _of_who_precedes(marks, i):
                break  # "the firm said Russian forces damaged …"
            if reported or (mark.tag == "colon" and direction == 1 and step <= NEAR):
                return True
            if mark.sense("speakers") and (step > 3 or speaker.kind == "army"):
                break
            if reach < 11 and (
                mark.event or mark.number is not None or mark.low in cues("relative")
            ):
                break
    return False


# Words of reporting that are not of who stands beside: "У ВСУ, по его словам, погибли …".
OF_ANOTHER = {
    "reportedly", "за його словами", "за її словами", "по его словам", "по ее словам",
    "по её словам",
}  # fmt: skip


NEAR = 3


def whose_arms(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a body is only whose aircraft are counted: "three Su-27s of the Air Force"."""
    first = speaker.at - 1
    while first > 0 and marks[first].low in {"the", "of", "of the"}:
        first -= 1
    of = marks[first + 1 : speaker.at]
    counted = any(mark.number is not None for mark in marks[max(0, first - 2) : first + 1])
    return speaker.kind == "army" and any(m.low.startswith("of") for m in of) and counted


def _complains(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether what an official does ends in a colon: "губернатор N вискочив і плаче: …"."""
    if speaker.kind not in OFFICES or not speaker.name:
        return False
    for mark in marks[speaker.at + 1 : speaker.at + 1 + 2 * NEAR]:
        if mark.tag == "colon":
            return True
        if mark.tag not in {"word", "conj"}:
            return False
    return False


def _of_who_follows(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether a word of reporting is of the speaker behind it: "…, заявил Пушилин"."""
    behind = marks[i + 1 : i + 2]
    return (
        i > 0
        and marks[i - 1].tag == "comma"
        and bool(behind)
        and (behind[0].sense("speakers") is not None or behind[0].sense("titles") is not None)
    )


def _of_who_precedes(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether somebody stands before an English verb of saying, behind whom others act."""
    return (
        marks[i].low in cues("says", "en")
        and i > 0
        and marks[i - 1].tag not in {"comma", "quote", "sign", "dash"}
    )


def _denies_to_say(marks: Sequence[Mark], i: int) -> bool:
    """Tell whether nothing was reported: "has not mentioned the city", "did not comment"."""
    return any(mark.low.split()[-1] in cues("silent") for mark in marks[max(0, i - 2) : i])


def _does(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether forces are the subject of what is said: "Russian forces have used"."""
    after = marks[speaker.at + 1 : speaker.at + 2]
    return (
        speaker.kind == "army" and bool(after) and (after[0].tag == "aux" or after[0].low in HAVE)
    )


HAVE = {"have", "has", "had"}


def _says_it(mark: Mark) -> bool:
    """Tell whether who says so stands right before the word of reporting."""
    word = mark.low
    told = word in ANYBODY or word == "it" or word in cues("relative")
    return told or mark.sense("speakers") is not None


def signs(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a line ends with who says it: "Russia launched 500 drones – Zelensky".

    A colon may stand for the dash: "Three killed in Kharkiv: governor".
    """
    words = len(speaker.text.split())
    behind = marks[speaker.at + 1 :]
    while behind and (behind[-1].tag in {"sign", "quote"} or behind[-1].text in ".)»"):
        behind = behind[:-1]
    before = marks[max(0, speaker.at - words - 1) : speaker.at]
    dashes = [i for i, mark in enumerate(before) if mark.tag in {"dash", "colon"}]
    heads = cues("head", "uk") | cues("head", "ru")
    return (
        bool(dashes)
        and len(behind) < words
        and all(
            mark.sense("titles") or mark.low in heads or mark.text[:1].isupper()
            for mark in before[dashes[-1] + 1 :]
        )
    )


def _behind_aside(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a report follows an aside: "the governor of X, one of two that …, said"."""
    if speaker.kind not in OFFICES and not speaker.side:
        return False
    commas = [i for i, mark in enumerate(marks) if mark.tag == "comma" and i > speaker.at]
    if len(commas) < 2 or commas[0] - speaker.at > LONGEST_SEAT:
        return False
    aside = marks[commas[0] : commas[1]]
    if speaker.kind not in OFFICES and aside[1:2] and aside[1].low not in MANNER:
        return False  # a body only behind how it says so: "…, in its daily update, said"
    after = marks[commas[1] + 1 : commas[1] + 2]
    told = after and after[0].sense("markers", "report")
    return bool(told) and not any(mark.event or mark.sense("speakers") for mark in aside)


LONGEST_SEAT = 6
MANNER = {"in", "on", "for", "via", "citing"}


def _owns(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a body is only whose thing is told of: "the European Union's office, X said"."""
    if not speaker.text.endswith("'s"):
        return False
    named = marks[speaker.at : speaker.at + LONGEST_SEAT]
    end = next((i for i, mark in enumerate(named) if mark.text.endswith("'s")), 0)
    behind = marks[speaker.at + end + 1 : speaker.at + end + 6]
    speaks = behind[:1] and behind[0].low.startswith((*stems("body"), *SPEAKS_FOR))
    if speaker.kind == "president" and not speaks:
        return True  # "Putin's invasion", also where a report follows
    for mark in behind:
        if mark.sense("markers", "report") or mark.tag == "colon":
            return False
        if mark.tag in {"comma", "conj"} or mark.event:
            return True
    return True


SPEAKS_FOR = ("spokes", "advis", "aide", "chief")


def _accused(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a body is whom somebody else accuses: "Moscow accused Ukrainian forces of".

    So it is in "Ukraine was accused of".
    """
    first = max(0, speaker.at - len(speaker.text.split()))
    if any(m.low.startswith(stems("blame")) for m in marks[first : speaker.at]):
        return True
    after = marks[speaker.at + 1 : speaker.at + 4]
    return any(
        m.low.startswith(stems("blame")) and any(b.is_a("aux") for b in after[:i])
        for i, m in enumerate(after)
    )


def _by_whom(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a body is by whom something was done: "a town occupied by Russian forces"."""
    before = marks[max(0, speaker.at - 2) : speaker.at]
    by = len(before) == 2 and before[1].low == "by"
    return by and before[0].low.endswith("ed") and not before[0].sense("markers", "report")


def _of_tolls(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether a body is only whose losses are told: "on the losses of the Armed Forces: …"."""
    before = marks[max(0, speaker.at - 3) : speaker.at]
    return any(mark.low.startswith(stems("toll_noun")) for mark in before)


def _of_people(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether an army is only whose soldiers or weapons are told of: "70 дронов ВСУ"."""
    before = [mark for mark in marks[max(0, speaker.at - 2) : speaker.at] if not mark.is_a("outof")]
    if speaker.kind != "army" or not before or before[-1].sense("titles"):
        return False
    if owns_weapons(marks, speaker.at):
        return True
    soldiers = before[-1].sense("units", "person")
    return soldiers is not None and soldiers.value == "military"


def acts(marks: Sequence[Mark], speaker: Speaker) -> bool:
    """Tell whether an army's own figure is given in its name: "the Air Force neutralised 63".

    Troops only do what an outlet tells of them: "Ukrainian forces shot down 10 drones".
    """
    after = marks[speaker.at + 1 : speaker.at + 4]
    if speaker.text.lower().endswith(stems("troops")) or _of_people(marks, speaker):
        return False
    return speaker.kind in {"army", "ministry"} and any(
        mark.event in {"intercepted", "lost"} for mark in after
    )


def pronoun_reports(marks: Sequence[Mark], lang: str) -> str:
    """Return the pronoun or bare noun that reports ("he said", "the ministry"), or nothing."""
    for i, mark in enumerate(marks):
        if mark.sense("markers", "report"):
            for near in marks[max(0, i - 3) : i + 4]:
                if near.low in cues("pronoun", lang):
                    return near.low
    return ""


def verbatim(marks: Sequence[Mark], lang: str) -> str:
    """Return the words that open what a source said, "Дослівно: «…", or nothing."""
    words = "" if len(marks) < VERBATIM else " ".join(mark.low for mark in marks[:2])
    opened = any(mark.tag == "colon" for mark in marks[1:VERBATIM])
    return next((cue for cue in cues("verbatim", lang) if opened and words.startswith(cue)), "")


VERBATIM = 3  # marks of "Пряма мова:"


def somebody_reports(marks: Sequence[Mark], known: Collection[str]) -> bool:
    """Tell whether somebody whom no table knows says it: "one of the neighbours said".

    In the passive nobody does ("it was said"); a pronoun is whoever spoke before, and a name that
    stood beside an office is `known`.
    """
    for i, mark in enumerate(marks):
        if mark.low not in cues("says", "en"):
            continue
        subject = marks[i - 1] if i else None
        if subject is not None and subject.tag in {"comma", "quote"} and i + 1 < len(marks):
            subject = marks[i + 1]  # "…," said a neighbour
        if subject is None or subject.is_a("aux", "sub") or subject.text in known:
            continue
        if subject.low not in SOMEBODY and subject.low not in cues("writing", "en"):
            return True
    return False


SOMEBODY = ANYBODY | {"it", "also", "i", "that", "this", "as", "and", "is", "by"}
