"""Figures that a text only reports to say who denies them: "Kyiv rejected Moscow's claim"."""

from tally.grammar.chunks import Frame
from tally.grammar.context import Line
from tally.grammar.cues import cues


def denied(line: Line, frame: Frame) -> bool:
    """Tell whether a figure is reported only to be denied: "rejects Kyiv's claim that it …"."""
    before = line.marks[: min(frame.count.first, max(frame.at, 0) or frame.count.first)]
    near = before[-8:]
    if any(mark.sense("markers", "deny") for mark in near):
        return True
    rejected = [i for i, mark in enumerate(near) if mark.low in cues("rejects", "en")]
    return bool(rejected) and any(
        mark.low in cues("claim_noun", "en") for mark in near[rejected[-1] + 1 :][:CLAIMED_WITHIN]
    )


CLAIMED_WITHIN = 5  # marks from "rejected" to "claims": "rejected the Russian ministry's claims"
