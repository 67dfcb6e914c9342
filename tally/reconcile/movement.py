"""What moved between two editions: raised, lowered, new, withdrawn, each with its claims.

It compares estimates of the same incident and side; parts and partial windows are left out.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from tally.model import Estimate, Reconciled
from tally.reconcile.sentences import NOUNS, figure

ChangeKind = Literal["raised", "lowered", "new", "withdrawn", "doubt changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One estimate as it was and as it is; `None` where it was not there yet, or is no more."""

    kind: ChangeKind
    before: Estimate | None
    after: Estimate | None
    sentence: str

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """The claims that the later edition rests on, or the earlier one if it was withdrawn."""
        latest = self.after or self.before
        return latest.claim_ids if latest else ()


def what_moved(before: Reconciled, after: Reconciled) -> tuple[Change, ...]:
    """Return how the estimates of two editions differ, in the order of the later one."""
    old, new = _by_incident(before), _by_incident(after)
    made = [
        _change(old.get(key), new.get(key)) for key in (*new, *(k for k in old if k not in new))
    ]
    return tuple(change for change in made if change)


def _by_incident(reconciled: Reconciled) -> dict[tuple[object, ...], Estimate]:
    counts: dict[tuple[object, ...], int] = defaultdict(int)
    found: dict[tuple[object, ...], Estimate] = {}
    for one in reconciled.estimates:
        if one.status != "partial":
            key = (one.metric, one.side, one.incident, one.victims)
            found[(*key, counts[key])] = one
            counts[key] += 1
    return found


def _change(before: Estimate | None, after: Estimate | None) -> Change | None:
    kind, about = _kind(before, after), after or before
    if kind is None or about is None:
        return None
    where = f" in {about.place}" if about.place else ""
    noun = NOUNS[about.metric].format(s="s")
    was = figure(before.low, before.high, before.hedge) if before else "nothing"
    now = figure(after.low, after.high, after.hedge) if after else "nothing"
    return Change(kind, before, after, f"{noun}{where}: {was}, now {now} ({kind}).")


def _kind(before: Estimate | None, after: Estimate | None) -> ChangeKind | None:
    if before is None or after is None:
        return ("new" if after else "withdrawn") if before or after else None
    was, now = _ends(before), _ends(after)
    if was != now:
        return "raised" if now > was else "lowered"
    return "doubt changed" if before.hedge != after.hedge else None


def _ends(one: Estimate) -> tuple[int, int]:
    ends = [end for end in (one.low, one.high) if end is not None]
    return (max(ends), min(ends)) if ends else (0, 0)
