"""The command `schedule`: check, tick, serve, status, publish, install, alarm."""

import datetime as dt
import json
import logging
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import click

from tally import options
from tally.errors import TallyError
from tally.files import write_whole
from tally.house.words import visible
from tally.keys import parse_span
from tally.running import FAILED, run, show
from tally.schedule import telling, units
from tally.schedule.calendar import Calendar, Period
from tally.schedule.declared import load_plan
from tally.schedule.plan import Plan
from tally.schedule.standing import as_json, as_table, standing
from tally.schedule.tick import Report, build_site, locked, make_now, opened, tick
from tally.schedule.upcoming import upcoming
from tally.schedule.watching import BROKEN
from tally.settings import DATA_VARIABLE, load_settings


def utc_now() -> dt.datetime:
    """Return what the clock says."""
    return dt.datetime.now(dt.UTC)


@click.group(no_args_is_help=True)
@options.data
@options.out
@click.pass_context
def command(context: click.Context, data: Path | None, out: Path | None) -> None:
    """Have briefings appear by themselves, as briefings.toml schedules them."""
    settings = load_settings(data=data, out=out)
    os.environ[DATA_VARIABLE] = str(settings.data)
    context.obj = load_plan(settings)


@command.command()
@click.option(
    "--after", **options.DAY, help="Show what is due from this day on.  [default: from now on]"
)
@click.pass_obj
def check(plan: Plan, after: dt.datetime | None) -> int:
    """Check briefings.toml, and show when each briefing is due next.

    Five due times of each, and those around the next change to or from summer time.
    """
    if not plan.serials:
        click.echo("Nothing is scheduled; give a briefing a table such as [daily.schedule].")
        return 0
    for words in upcoming(plan, after.replace(tzinfo=dt.UTC) if after else utc_now()):
        click.echo(words)
    return 0


@command.command("tick")
@click.pass_obj
def tick_(plan: Plan) -> int:
    """Do all that is to be done now: collect, extract, render, check, publish, tell.

    Safe at any time and as often as wanted: what is done already is not done again.
    """
    report = tick(plan, utc_now)
    # A log of ticks is for what was done; somebody who waits for an answer is given one.
    if report == Report() and sys.stdout.isatty():
        click.echo("Nothing is to be done now; `schedule.py status` shows what is next.")
    return _tell(report)


@command.command()
@click.option(
    "--every",
    default="1m",
    show_default=True,
    metavar="TIME",
    help="How long to wait between two ticks, such as 30s or 5m.",
)
@click.pass_obj
def serve(plan: Plan, every: str) -> int:
    """Tick again and again, for containers; ends well on SIGTERM and Ctrl-C."""
    wait = _span(every, "--every").total_seconds()
    ended = threading.Event()

    def end(_: int, __: FrameType | None) -> None:
        # A tick that is at work is stopped as by Ctrl-C; the next one takes up what it began.
        ended.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    show(f"Ticking every {every}; what is published lies in {plan.site}", err=True)
    try:
        while not ended.is_set():
            try:
                _tell(tick(_again(plan), utc_now))
            except TallyError as error:
                # Somebody may just be writing briefings.toml; the next tick reads it again.
                show(error, err=True)
            ended.wait(wait)
    except KeyboardInterrupt:
        if not ended.is_set():
            raise
        click.echo("Stopped; the next tick takes up what this one began.", err=True)
    return 0


@command.command()
@click.option("--json", "as_", is_flag=True, help="As JSON, for programs.")
@click.option(
    "--max-age",
    metavar="TIME",
    help="Exit with 1 when an edition is later than this after it was due, such as 2h.",
)
@click.pass_obj
def status(plan: Plan, as_: bool, max_age: str | None) -> int:
    """Show the last edition of each briefing, what is next, and what is wrong."""
    age = _span(max_age, "--max-age") if max_age else None
    report = Report()
    with opened(plan, report, utc_now()) as history:
        found = standing(plan, history, utc_now(), age)
    text = json.dumps(as_json(found), ensure_ascii=False, indent=1) if as_ else as_table(found)
    click.echo(text.rstrip("\n"))
    for words in report.warnings:
        click.echo(visible(words), err=True)
    return FAILED if age is not None and found.late else 0


@command.command()
@click.argument("serial", required=False)
@click.option("--period", multiple=True, metavar="PERIOD", help="Which, such as 2025-05-21.")
@click.option(
    "--force",
    is_flag=True,
    help="Publish a revision also when no figure changed; ask no freshness.",
)
@click.option("--pages", is_flag=True, help="Only write every page of the site anew.")
@click.pass_obj
def publish(plan: Plan, serial: str | None, period: Sequence[str], force: bool, pages: bool) -> int:
    """Make and publish the editions of SERIAL for certain periods now, or write all pages anew.

    SERIAL is a briefing, with the values of its grid when it has one: region-UA-59.
    """
    if pages:
        return _pages(plan)
    found = plan.serial(serial or "")
    if found is None or not period:
        names = ", ".join(each.name for each in plan.serials) or "none"
        msg = f"say which to publish: SERIAL --period PERIOD; the serials are {names}."
        raise click.UsageError(msg)
    asked = [(found, _period(found.rules.calendar, name)) for name in period]
    return _tell(make_now(plan, asked, utc_now, force=force))


@command.command()
@click.option("--every", "minutes", default=5, type=click.IntRange(1, 59), help="Minutes between.")
@click.option("--cron", is_flag=True, help="Print a line for crontab instead of systemd units.")
@click.option("--system", is_flag=True, help="Units of the machine; else those of the user.")
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the units there.  [default: where systemd looks]",
)
@click.pass_obj
def install(plan: Plan, minutes: int, cron: bool, system: bool, to: Path | None) -> int:
    """Write what makes this machine tick, and say how to switch it on and off."""
    options = ("--data", str(plan.settings.data), "--out", str(plan.settings.out))
    asked = units.Asked(minutes, system, options)
    if cron:
        click.echo("Nothing is written. Add this line with: crontab -e", err=True)
        click.echo(units.cron_line(plan, asked))
        click.echo(units.unseen(plan), err=True, nl=bool(plan.variables))
        return 0
    folder = to or units.folder(asked)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in units.units(plan, asked).items():
        write_whole(folder / name, text)
        show(f"Wrote {folder / name}")
    click.echo(units.switching(asked))
    click.echo(units.unseen(plan), nl=bool(plan.variables))
    return 0


@command.command()
@click.argument("words", required=False, default="A tick of Tally broke; see its log.")
@click.pass_obj
def alarm(plan: Plan, words: str) -> int:
    """Tell maintainers that a tick broke: once, until a tick ends well again."""
    now = utc_now()
    report = Report()
    with opened(plan, report, now) as history:
        telling.raise_alarm(plan, history, BROKEN, "notice", "", words, now)
        telling.deliver(plan, history, now, report.not_sent)
    for channel, why in report.not_sent.items():
        click.echo(f"{channel}: not sent, {visible(why)}", err=True)
    return FAILED if report.not_sent else 0


def _again(plan: Plan) -> Plan:
    """Return a plan read again: briefings.toml may have changed."""
    settings = plan.settings
    return load_plan(load_settings(settings.root, settings.data, settings.out))


def _pages(plan: Plan) -> int:
    report = Report()
    with locked(plan) as free:
        if not free:
            report.busy = True
        else:
            with opened(plan, report, utc_now()) as history:
                build_site(plan, history, always=True)
            show(f"Wrote the pages of {plan.site}")
    return _tell(report)


def _tell(report: Report) -> int:
    """Say what was done; return the exit code."""
    if report.busy:
        click.echo("Another tick is at work; nothing was done.", err=True)
        return 0
    if report.taken:
        click.echo(f"{report.taken} new documents")
    for made in report.made:
        bad = made.state in ("failed", "waiting")
        click.echo(f"{made.name}: {made.state}, {visible(made.words)}", err=bad)
    for words in (*report.notes, *report.warnings):
        click.echo(visible(words), err=True)
    for channel, words in report.not_sent.items():
        click.echo(f"{channel}: not sent, {visible(words)}; tried again later", err=True)
    return FAILED if report.failed else 0


def _period(calendar: Calendar, name: str) -> Period:
    found = calendar.named(name)
    if found is None:
        known = ", ".join(each.name for each in calendar.next(utc_now() - dt.timedelta(days=3), 3))
        msg = f"the calendar has no period {name!r}; it has such as {known}."
        raise click.UsageError(msg)
    return found


def _span(words: str, option: str) -> dt.timedelta:
    try:
        return parse_span(words)
    except (ValueError, OverflowError) as error:
        msg = f"{option}: {error}."
        raise click.UsageError(msg) from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    0 all is well, 1 something is wrong, 2 wrongly used, 130 stopped.
    """
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    left = "what is published is whole, the next tick takes up the rest"
    try:
        return run(command, "schedule.py", arguments, left)
    except sqlite3.Error as error:
        # A full disk, for one.
        show(f"The tick stopped: {error}; {left}.", err=True)
        return FAILED
