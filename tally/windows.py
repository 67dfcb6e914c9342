"""The hours that figures of one night are stated for; no words, no looks, nothing is added.

A window of the evening before is part of the night's clock and of no total.
"""

from dataclasses import dataclass

from tally.evidence import Count, Night, Voice, minutes
from tally.model import OPPONENT, Estimate, Metric, Side

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Window:
    """A count over stated clock times; minutes count from midnight of the night."""

    side: Side
    attacker: str
    voice: Voice
    metric: Metric
    window: str
    begin: int
    end: int
    count: Count


def windows(night: Night) -> tuple[Window, ...]:
    """Return the counts over stated clock times, each apart: they may overlap."""
    today = [(e, 0) for e in night.estimates] + [(e, -DAY) for e in night.eve]
    made = []
    for estimate, shift in today:
        clock = minutes(estimate.window)
        if clock and _is_national(estimate):
            made.append(_window(night, estimate, clock[0] + shift, clock[1] + shift))
    return tuple(sorted(made, key=lambda w: (w.attacker, w.metric, w.begin, -w.end)))


def evening(night: Night) -> tuple[Window, ...]:
    """Return what each side says it stopped in the evening before, which no total holds."""
    stopped = [e for e in night.eve if e.metric == Metric.DRONES_INTERCEPTED and _is_national(e)]
    own = [e for e in stopped if e.side == OPPONENT.get(e.attacker)]
    return tuple(_window(night, e, *(minutes(e.window) or (0, 0))) for e in own)


def _is_national(estimate: Estimate) -> bool:
    return not (estimate.place or estimate.admin1 or estimate.victims)


def _window(night: Night, estimate: Estimate, begin: int, end: int) -> Window:
    voice, count = night.voice(estimate), night.count(estimate)
    key = (estimate.side, estimate.attacker, voice, estimate.metric, estimate.window)
    return Window(*key, begin, end, count)
