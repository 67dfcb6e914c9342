"""Takes up what a killed tick left, and what was published that the history does not know.

What is published is the truth; whatever else a tick had begun is begun anew.
"""

import datetime as dt
import shutil

from tally.schedule import making
from tally.schedule.history import History
from tally.schedule.plan import Plan
from tally.schedule.publishing import sweep
from tally.schedule.record import FILE, Record, read_records
from tally.schedule.rows import Run


def recover(plan: Plan, history: History, now: dt.datetime) -> list[str]:
    """Take up what a killed tick left: what it had published is noted, the rest begun anew."""
    found = []
    for run in history.runs("running"):
        record = _published_by(plan, run)
        if record:
            making.note_published(plan, history, run.id, record, now)
            found.append(f"{run.serial} {run.period}: published before the last tick ended")
        else:
            words = "the process that made it is gone"
            history.end(run.id, "interrupted", now, kind="interrupted", error=words)
            found.append(f"{run.serial} {run.period}: interrupted, begun anew")
    _adopt(plan, history)
    sweep(plan.site)
    shutil.rmtree(plan.state / "work", ignore_errors=True)
    return found


def _adopt(plan: Plan, history: History) -> None:
    """Note what is published and not in the history, as when an older one was put back."""
    published = sum(1 for _ in plan.site.glob(f"*/*/*/{FILE}"))
    if published != len(history.runs("published")):
        for record in read_records(plan.site):
            if isinstance(record, Record):
                history.adopt(record)


def _published_by(plan: Plan, run: Run) -> Record | None:
    for record in read_records(plan.site, f"{run.serial}/{run.period}"):
        if isinstance(record, Record) and record.run == run.id:
            return record
    return None
