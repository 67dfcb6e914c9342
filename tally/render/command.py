"""The command `render`: its sub-commands and options are what briefings.toml declares."""

import datetime as dt
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING, Any, NoReturn

import click
from tqdm import tqdm

from tally import options as shared
from tally.errors import ParameterError, SettingsError
from tally.render.environment import QUIET, imported, kernel_environment
from tally.render.parameters import check_parameters
from tally.render.prefork import start_server
from tally.running import FAILED, ended
from tally.settings import Briefing, Parameter, load_briefings, load_settings
from tally.workers import open_workers

if TYPE_CHECKING:
    from tally.render.batch import Outcome

_LONGEST_RUN = 400


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, 1 failed, 2 wrongly used, 130 stopped."""
    # What goes wrong is told as errors; these would add their own words when Ctrl-C ends a kernel.
    for name in ("asyncio", "papermill"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # What briefings.toml declares may be wrong, too.
    return ended(
        lambda: _group(load_briefings()).main(
            args=arguments, prog_name="render.py", standalone_mode=False
        ),
        "editions that were there are unchanged",
    )


class _Briefings(click.Group):
    """A group that lists its briefings when it is asked for another."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the sub-command that the first argument names."""
        if args[0] not in self.commands:
            known = ", ".join(self.commands)
            msg = f"there is no briefing {args[0]!r}; choose one of {known}."
            raise SettingsError(msg)
        return super().resolve_command(ctx, args)


def _group(briefings: Sequence[Briefing]) -> click.Group:
    """Return the command with one sub-command a briefing."""
    group = _Briefings(
        "render",
        help="Render a briefing as HTML and PDF into reports/. Each briefing has its own --help.",
        no_args_is_help=True,
    )
    for briefing in briefings:
        group.add_command(_command(briefing))
    return group


def _command(briefing: Briefing) -> click.Command:
    def run(**options: Any) -> int:
        return _render(briefing, options, click.get_current_context().args)

    dated = next(each for each in briefing.parameters if each.name == briefing.dated_by)
    return click.Command(
        briefing.name,
        callback=run,
        help=f"{briefing.title}. {briefing.help}",
        short_help=briefing.help,
        params=[
            *(_option(each, briefing) for each in briefing.parameters),
            *(_range(dated) if dated.type == "date" else ()),
            click.Option(
                ["--jobs"],
                **shared.JOBS,
                default=min(2, os.cpu_count() or 1),
                show_default=True,
                help="How many are rendered at the same time.",
            ),
            click.Option(["--cluster"], **shared.CLUSTER),
            click.Option(["--force"], is_flag=True, help="Render also what is up to date."),
            click.Option(["--data"], **shared.DATA),
            click.Option(["--out"], **shared.OUT),
        ],
        # What it does not take is told by check_parameters, in the words of a briefing.
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )


def _option(parameter: Parameter, briefing: Briefing) -> click.Option:
    many = parameter.name == briefing.dated_by
    hint = "  May be given several times." if many else ""
    choices = f"  One of {', '.join(parameter.choices)}." if parameter.choices else ""
    return click.Option(
        [f"--{parameter.name.replace('_', '-')}", parameter.name],
        help=f"{parameter.help}{choices}{hint}",
        metavar=parameter.type.upper(),
        multiple=many,
    )


def _range(parameter: Parameter) -> Iterator[click.Option]:
    yield click.Option(
        ["--from", "first"], metavar="DATE", help=f"First of a run of {parameter.name}s."
    )
    yield click.Option(
        ["--to", "last"], metavar="DATE", help="Last of that run; the same day if not given."
    )


def _render(briefing: Briefing, options: Mapping[str, Any], extra: Sequence[str]) -> int:
    """Render every edition asked for; one that fails does not keep the others from being made."""
    settings = load_settings(data=options["data"], out=options["out"])
    wanted = list(_wanted(briefing, options, extra))
    for given in wanted:
        check_parameters(briefing, given)
    # Imported here so that --help and a wrong parameter answer at once: papermill needs a second,
    # in which the process that kernels are forked from loads what they need.
    start_server(imported(briefing.notebook), {**QUIET, **kernel_environment(settings)})
    from tally.render.batch import render_batch

    outcomes = []
    many = len(wanted) > 1
    cluster = options["cluster"]
    # Closed also when Ctrl-C comes, so that kernels end before the command does.
    with (
        open_workers(cluster) if cluster else nullcontext() as executor,
        closing(
            render_batch(settings, briefing, wanted, options["jobs"], options["force"], executor)
        ) as rendered,
        _bar(len(wanted)) as bar,
    ):
        for outcome in rendered:
            _tell(outcome, bar)
            bar.update()
            outcomes.append(outcome)
    if many:
        click.echo(_summary(outcomes), err=True)
    return FAILED if any(outcome.state == "failed" for outcome in outcomes) else 0


def _bar(total: int) -> "tqdm[NoReturn]":
    shown = None if total > 1 else True
    return tqdm(total=total, unit="briefing", disable=shown, leave=False)


def _tell(outcome: "Outcome", bar: "tqdm[NoReturn]") -> None:
    """Say what became of one edition, above the bar."""
    if outcome.state == "failed":
        bar.write(f"{outcome.name}: {outcome.words}", file=sys.stderr)
        return
    for complaint in outcome.complaints:
        bar.write(f"{outcome.name}: the notebook wrote: {complaint}", file=sys.stderr)
    state = "up to date, " if outcome.state == "up to date" else ""
    bar.write(f"{outcome.name}: {state}{outcome.folder}", file=sys.stdout)


def _summary(outcomes: "Sequence[Outcome]") -> str:
    """Return the line that ends a run of several.

    >>> from tally.render.batch import Outcome
    >>> _summary([Outcome("daily 2025-05-21", "rendered"), Outcome("daily 2025-05-22", "failed")])
    '2 briefings: 1 rendered, 1 failed (daily 2025-05-22).'
    """
    times = Counter(outcome.state for outcome in outcomes)
    failed = ", ".join(sorted(each.name for each in outcomes if each.state == "failed"))
    said = [f"{times[state]} {state}" for state in ("rendered", "up to date") if times[state]]
    said += [f"{times['failed']} failed ({failed})"] if failed else []
    return f"{len(outcomes)} briefings: {', '.join(said)}."


def _wanted(
    briefing: Briefing, options: Mapping[str, Any], extra: Sequence[str]
) -> Iterator[dict[str, str]]:
    """Give the parameters of each edition that was asked for."""
    given = {
        each.name: options[each.name]
        for each in briefing.parameters
        if each.name != briefing.dated_by and options[each.name] is not None
    }
    given |= _unknown(briefing, extra)
    values = [*options[briefing.dated_by], *_days(briefing, options)]
    if not values:
        yield given
    for value in dict.fromkeys(values):
        yield {**given, briefing.dated_by: value}


def _unknown(briefing: Briefing, extra: Sequence[str]) -> dict[str, str]:
    """Return what the command line has besides options that are known."""
    if extra and not extra[0].startswith("-"):
        option = f"--{briefing.dated_by}"
        msg = f"{briefing.name} takes no bare value {extra[0]!r}; write {option} {extra[0]}."
        raise ParameterError(msg)
    names = [word.lstrip("-").split("=")[0] for word in extra if word.startswith("-")]
    return {name.replace("-", "_"): "" for name in names}


def _days(briefing: Briefing, options: Mapping[str, Any]) -> Iterator[str]:
    """Give the days of --from to --to."""
    first, last = options.get("first"), options.get("last")
    if first is None and last is None:
        return
    try:
        start = dt.date.fromisoformat(first or "")
        days = (dt.date.fromisoformat(last or first or "") - start).days
    except ValueError as error:
        msg = f"{briefing.name}: --from and --to must be dates such as 2025-05-21."
        raise ParameterError(msg) from error
    if not 0 <= days < _LONGEST_RUN:
        msg = f"{briefing.name}: --to must be 0 to {_LONGEST_RUN - 1} days after --from."
        raise ParameterError(msg)
    for day in range(days + 1):
        yield (start + dt.timedelta(days=day)).isoformat()
