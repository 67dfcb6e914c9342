"""Which of the speakers of a sentence says a figure of it: the nearest with no turn between."""

from collections.abc import Sequence

from tally.grammar.cues import cues
from tally.grammar.marks import Mark
from tally.grammar.speakers import SAYING, Speaker


def turned(speaker: Speaker, at: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a "but" stands between a figure and who speaks after it."""
    between = marks[at : speaker.at] if at < speaker.at else ()
    return any(mark.low in TURNS for mark in between)


def after_the_event(speaker: Speaker, at: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a figure only dates what is said: "After a strike that killed 5, X said Y".

    So it is before a dash behind which an attack is ranked: "… – an attack X said was the worst".
    """
    between = marks[at : speaker.at] if at < speaker.at else ()
    said = next((i for i in range(speaker.at, len(marks)) if _reports(marks[i])), len(marks) - 1)
    behind = marks[said + 1 : said + 2]
    dates_it = marks[0].low in cues("after_it", "en") and any(m.tag == "comma" for m in between)
    if dates_it and said - speaker.at <= SAID_WITHIN:
        return bool(behind) and behind[0].tag not in {"sign", "comma", "quote", "date"}
    gap = bool(behind) and behind[0].low in {"was", "were"}
    return gap and any(mark.tag == "dash" for mark in between)


SAID_WITHIN = 4  # marks from a speaker to the verb of saying
TURNS = {"but", "но", "але", "однако", "проте", "однак"}


def meanwhile(speaker: Speaker, at: int, marks: Sequence[Mark]) -> bool:
    """Tell whether somebody behind a figure says something else: "killed 25, as Kyiv said its …".

    Without more behind it "as the governor said" is of the figure before it.
    """
    told = next((i for i in range(speaker.at, at, -1) if marks[i].tag == "comma"), -1)
    if told < 0 or marks[told + 1].low not in cues("as"):
        return False
    said = next((i for i in range(speaker.at, len(marks)) if _reports(marks[i])), len(marks))
    beyond = marks[said + 1 : said + 2]
    return bool(beyond) and beyond[0].tag not in {"comma", "sign", "semicolon", "quote", "date"}


def _reports(mark: Mark) -> bool:
    return bool(mark.sense("markers", "report")) or mark.low.endswith(SAYING)


def reach_of(speaker: Speaker, at: int, marks: Sequence[Mark]) -> int:
    """Return how far a speaker stands from a figure; a semicolon or another clause is far."""
    low, high = sorted((speaker.at, at))
    between = marks[low:high]
    walls = sum(mark.tag in {"semicolon"} for mark in between)
    walls += sum(
        bool(said.sense("markers", "report")) and comma.tag == "comma" and after.tag == "conj"
        for said, comma, after in zip(between, between[1:], between[2:], strict=False)
    )  # "six, the governor said, and one …": the speaker is done
    return abs(speaker.at - at) + 50 * walls
