"""What claims say together: `reconcile` joins them, `what_moved` compares two editions."""

from tally.model import Balance, Reconciled
from tally.reconcile.engine import reconcile

__all__ = ["Balance", "Reconciled", "reconcile"]
