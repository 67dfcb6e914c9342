"""What claims say together: `reconcile` joins them, `what_moved` compares two editions."""

from tally.model import Balance, Reconciled
from tally.reconcile.engine import reconcile
from tally.reconcile.movement import Change, what_moved

__all__ = ["Balance", "Change", "Reconciled", "reconcile", "what_moved"]
