"""One day of a series of other people beside ours: the figures, the difference, the reasons."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tally.evidence import Count
from tally.exchange.reasons import Theirs
from tally.model import Metric

Verdict = Literal["same", "explained", "possible", "unexplained", "only ours", "only theirs"]
STATES: tuple[Verdict, ...] = (
    "same", "explained", "possible", "unexplained", "only ours", "only theirs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """One day (and region, for people killed) of both: the figures, the difference, the reasons."""

    day: dt.date
    metric: Metric
    region: str
    ours: Count | None
    theirs: Theirs | None
    verdict: Verdict
    why: str = ""
    breaks: bool = False

    @property
    def difference(self) -> int | None:
        """Theirs less ours, between the ends that are nearest; None where either is missing."""
        if self.ours is None or self.theirs is None:
            return None
        low, high = self.ours.low, self.ours.high
        if low is not None and self.theirs.high is not None and self.theirs.high < low:
            return self.theirs.high - low
        if high is not None and self.theirs.low > high:
            return self.theirs.low - high
        return 0


def counted(pairs: Iterable[Pair]) -> dict[Verdict, int]:
    """Return how many pairs have each verdict, in the order of `STATES`."""
    found = Counter(pair.verdict for pair in pairs)
    return {state: found[state] for state in STATES if found[state]}
