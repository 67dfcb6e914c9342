"""Makes one edition that is due: rendered, checked, published, noted, told; or noted as failed.

The one order in which a kill at any point loses nothing: the run is noted before it begins, the
revision appears at once, and only then is it noted as published together with what is to be told.
"""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tally.errors import ScheduleError
from tally.schedule import telling
from tally.schedule.changing import changes
from tally.schedule.checking import Candidate, check, digest, overtaken
from tally.schedule.due import PASSING, Due
from tally.schedule.history import History
from tally.schedule.plan import Plan
from tally.schedule.product import Product
from tally.schedule.publishing import publish
from tally.schedule.record import Record
from tally.schedule.rows import Run
from tally.schedule.running import Job, Ran, Render

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of an edition: its state in the history, and in words for whoever ran it."""

    name: str
    state: str
    words: str
    record: Record | None = None


def begin(history: History, due: Due, now: dt.datetime) -> Run:
    """Note that an edition is begun."""
    return history.begin(due.serial.name, due.period.name, due.period.due, due.key, now)


def hold(plan: Plan, history: History, due: Due, words: str, now: dt.datetime) -> Made:
    """Note that an edition waits for a fresher ledger; said once, however long it takes."""
    last = history.last(due.serial.name, due.period.name)
    if last is None or last.state != "waiting":
        with history.together():
            run = begin(history, due, now)
            history.end(run.id, "waiting", now, kind="stale", error=words)
            _alarm(plan, history, "waiting", due, f"It is held back: {words}.", now)
    return Made(due.name, "waiting", words)


def job_of(plan: Plan, due: Due, run: Run) -> Job:
    """Return what is to be rendered for a run, in a folder of its own."""
    rules = due.serial.rules
    return Job(
        briefing=due.serial.briefing.name,
        parameters=due.serial.parameters(due.period),
        label=f"revision {due.revision}" if due.former else "",
        root=str(plan.settings.root),
        data=str(plan.settings.data),
        folder=str(plan.state / "work" / run.id),
        timeout=rules.timeout.total_seconds(),
        cell_timeout=max(1, round(rules.cell_timeout.total_seconds())),
    )


def attempt(render: Render, job: Job) -> Ran:
    """Render a job; whatever a renderer raises is a failure of this edition, not of the others."""
    try:
        return render(job)
    except OSError as error:
        return Ran("system", f"rendering could not be started ({error.strerror or error}).")


def finish(
    plan: Plan, history: History, due: Due, run: Run, ran: Ran, clock: Clock, *, force: bool = False
) -> Made:
    """Publish what was rendered, or note why not; the files of a failure are kept."""
    product, folder = ran.product, ran.folder
    if ran.kind or product is None or folder is None:
        return _failed(plan, history, due, run, ran, clock())
    candidate = Candidate(due, product, folder)
    if wrong := check(candidate):
        refused = Ran("check", f"It was not published: {'; '.join(wrong)}.")
        return _failed(plan, history, due, run, refused, clock())
    if words := overtaken(candidate):
        changed = Ran("changed", f"It was not published: {words}.")
        return _failed(plan, history, due, run, changed, clock())
    record = _record(due, run, candidate, clock())
    if due.former and not record.changes and not force:
        return _unchanged(plan, history, due, run, clock())
    try:
        publish(plan.site, record, candidate)
    except (OSError, ScheduleError) as error:
        words = f"It could not be published ({getattr(error, 'strerror', None) or error})."
        return _failed(plan, history, due, run, Ran("system", words), clock())
    note_published(plan, history, run.id, record, clock())
    _clear(plan, history, due, record.published_at, f"{due.name} is published.")
    shutil.rmtree(plan.state / "work" / run.id, ignore_errors=True)
    return Made(due.name, "published", str(plan.site / record.address), record)


def note_published(
    plan: Plan, history: History, run: str, record: Record, now: dt.datetime
) -> None:
    """Note that a revision is out, with what readers are told of it: both or neither."""
    with history.together():
        history.end(run, "published", now, record=record)
        telling.tell_edition(plan, history, record, now)


def _record(due: Due, run: Run, candidate: Candidate, now: dt.datetime) -> Record:
    product: Product = candidate.product
    former = due.former.figures if due.former else {}
    return Record(
        serial=due.serial.name,
        period=due.period.name,
        revision=due.revision,
        briefing=due.serial.briefing.name,
        serial_title=due.serial.title,
        title=product.title,
        lang=product.lang,
        as_of=product.as_of,
        known_at=product.known_at,
        lead=product.lead,
        due=due.period.due,
        published_at=now,
        run=run.id,
        key=due.key,
        parameters=due.serial.parameters(due.period),
        products={name: digest(candidate.folder / name) for name in candidate.files},
        tiles=product.tiles,
        figures=product.figures,
        changes=changes(former, product.figures) if due.former else (),
    )


def _unchanged(plan: Plan, history: History, due: Due, run: Run, now: dt.datetime) -> Made:
    """Note that an edition made anew has the figures that are published."""
    history.end(run.id, "unchanged", now)
    _clear(plan, history, due, now, f"{due.name} is as published; no figure changed.")
    shutil.rmtree(plan.state / "work" / run.id, ignore_errors=True)
    return Made(due.name, "unchanged", "no figure changed since it was published")


def _failed(plan: Plan, history: History, due: Due, run: Run, ran: Ran, now: dt.datetime) -> Made:
    """Note a failure, keep its files, and tell maintainers when no attempt is left."""
    words, attempts = ran.error, due.serial.rules.retries + 1
    again = ran.kind in PASSING and run.attempt < attempts
    kept = _keep_failed(plan, due, run)
    told = f"{words} What was made lies in {kept}." if kept else words
    with history.together():
        history.end(run.id, "failed", now, ran.kind, words, ran.cell)
        if not again:
            _alarm(plan, history, "failed", due, told, now)
    more = f" (attempt {run.attempt} of {attempts}; tried again)" if again else ""
    return Made(due.name, "failed", f"{words}{more}")


def _keep_failed(plan: Plan, due: Due, run: Run) -> Path | None:
    """Keep the files of a failed run for whoever looks into it, those of the latest only."""
    work, kept = plan.state / "work" / run.id, plan.state / "failed" / due.serial.name
    if not work.exists():
        return None
    folder = kept / due.period.name
    try:
        kept.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        work.rename(folder)
    except OSError:
        # The place may be full; the failure itself is told either way.
        shutil.rmtree(work, ignore_errors=True)
        return None
    return folder


def _alarm(plan: Plan, history: History, kind: str, due: Due, words: str, now: dt.datetime) -> None:
    name = f"{kind} {due.serial.name} {due.period.name}"
    telling.raise_alarm(plan, history, name, "failed", due.serial.name, words, now)


def _clear(plan: Plan, history: History, due: Due, now: dt.datetime, words: str) -> None:
    for kind in ("failed", "waiting", "late"):
        name = f"{kind} {due.serial.name} {due.period.name}"
        telling.clear_alarm(plan, history, name, words, now)
