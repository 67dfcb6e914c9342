"""What claims say together: `reconcile` joins them, `what_moved` compares two editions,
`history` replays one number, `moved_on` one day."""

from tally.model import Balance, Reconciled
from tally.reconcile.engine import reconcile
from tally.reconcile.history import NEAR, Step, history, moved_on
from tally.reconcile.movement import Change, what_moved

__all__ = [
    "NEAR",
    "Balance",
    "Change",
    "Reconciled",
    "Step",
    "history",
    "moved_on",
    "reconcile",
    "what_moved",
]
