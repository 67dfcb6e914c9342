"""What claims say together: `reconcile` joins them, `what_moved` compares two editions,
`history` replays one number."""

from tally.model import Balance, Reconciled
from tally.reconcile.engine import reconcile
from tally.reconcile.history import Step, history
from tally.reconcile.movement import Change, what_moved

__all__ = ["Balance", "Change", "Reconciled", "Step", "history", "reconcile", "what_moved"]
