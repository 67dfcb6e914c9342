"""Figures that a text only reports to say who denies them: "Kyiv rejected Moscow's claim"."""

from collections.abc import Sequence

from tally.grammar.chunks import Frame
from tally.grammar.context import Line
from tally.grammar.cues import cues
from tally.grammar.marks import Mark


def denied(line: Line, frame: Frame) -> bool:
    """Tell whether a figure is reported only to be denied: "rejects Kyiv's claim that it …".

    What who denies then says is their own: "rejected the claim, saying that 23 were killed".
    """
    before = line.marks[: min(frame.count.first, max(frame.at, 0) or frame.count.first)]
    near = before[-NEAR:]
    denies = [i for i, mark in enumerate(near) if mark.sense("markers", "deny")]
    rejects = [i for i, mark in enumerate(near) if _rejects_a_claim(near, i)]
    return any(not _says_then(near[i + 1 :]) for i in (denies + rejects)[-1:])


NEAR = 8  # marks


def _rejects_a_claim(marks: Sequence[Mark], i: int) -> bool:
    behind = marks[i + 1 :][:CLAIMED_WITHIN]
    claimed = any(mark.low in cues("claim_noun", "en") for mark in behind)
    return marks[i].low in cues("rejects", "en") and claimed


def _says_then(behind: Sequence[Mark]) -> bool:
    return any(mark.is_a("report") and mark.low not in cues("claim_noun", "en") for mark in behind)


CLAIMED_WITHIN = 5  # marks from "rejected" to "claims": "rejected the Russian ministry's claims"
