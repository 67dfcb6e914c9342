"""Brings the ledger up to date: new documents are collected, and their claims extracted.

The ledger is made anew only when something that it is made from has changed.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from tally.errors import TallyError
from tally.rebuild import rebuild
from tally.schedule import telling
from tally.schedule.collecting import collect
from tally.schedule.history import History
from tally.schedule.plan import Plan


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many documents came in, and what is wrong, in words."""

    taken: int
    problems: tuple[str, ...]


def gather(plan: Plan, history: History, now: dt.datetime) -> Gathered:
    """Take in new documents, and make the ledger anew when it is not made from what is there."""
    collected = collect(plan, history, now)
    problems = {**collected.problems, **_extract(plan, history)}
    telling.compare_alarms(plan, history, "problem", problems, now)
    if collected.refused:
        words = "\n".join(collected.refused)
        telling.raise_alarm(plan, history, "refused", "notice", "", words, now)
        # Nothing is to be waited for, and nothing will be over.
        telling.clear_alarm(plan, history, "refused", "", now, tell=False)
    return Gathered(len(collected.taken), (*collected.refused, *problems.values()))


def _extract(plan: Plan, history: History) -> dict[str, str]:
    """Make the ledger anew if need be; return what is wrong: name -> words."""
    data = plan.settings.data
    noted = json.loads(history.note("ledger") or "{}")
    if noted.get("of") != _ledger_inputs(data) or not (data / "claims").is_dir():
        try:
            problems = list(rebuild(data).problems)
        except TallyError as error:
            return {"ledger": f"The ledger could not be made anew: {error}"}
        # Looked at again, for the rebuild itself writes which documents were admitted.
        noted = {"of": _ledger_inputs(data), "problems": problems}
        history.set_note("ledger", json.dumps(noted))
    return {f"document {words.partition(':')[0]}": words for words in noted["problems"]}


def _ledger_inputs(data: Path) -> str:
    """Return a digest of names, sizes and times of all that the ledger is made from."""
    told = hashlib.sha256()
    for folder, pattern in ((data, "**/*"), (Path(__file__).parents[1], "**/*.py")):
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and path.parent.name != "claims":
                stat = path.stat()
                told.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return told.hexdigest()
