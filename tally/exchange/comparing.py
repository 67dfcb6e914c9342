"""The command `compare`: a series that was taken in beside our figures, day by day."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from tally import options
from tally.cells import safe_cell
from tally.documents import load_documents
from tally.exchange import store
from tally.exchange.compare import compare, is_long
from tally.exchange.given import moment, open_data, span
from tally.exchange.pairs import STATES, Pair, counted
from tally.house.words import visible
from tally.ledger import load_ledger
from tally.model import Claim, Estimate, Metric
from tally.names import Names, load_names
from tally.reconcile import reconcile
from tally.rulings import load_rulings
from tally.running import run
from tally.wording import DASH, sign

FORMATS = ("table", "csv", "jsonl")
COLUMNS = (
    "day", "metric", "region", "ours_low", "ours_high", "theirs", "theirs_terms", "difference",
    "verdict", "why", "series_break", "claim_ids",
)  # fmt: skip
LONG = 4
BREAK = "series break: from here theirs gives drones lost apart, or no more"


@click.command()
@click.argument("series", required=False)
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    type=click.Choice([*map(str, Metric)]),
    help="Only this; may be given again.",
)
@options.first
@click.option("--to", "last", **options.DAY, help="Last day of what happened.")
@options.as_of
@click.option("--differences", is_flag=True, help="Leave out days on which both say the same.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", help="How to print it."
)
@options.data
def command(
    series: str | None,
    metrics: tuple[str, ...],
    first: dt.datetime | None,
    last: dt.datetime | None,
    as_of: str | None,
    differences: bool,
    form: str,
    data: Path | None,
) -> int:
    """Set SERIES, the name of a series taken in, beside our figures, day by day.

    Each difference is explained where the arithmetic comes out, and called unexplained where it
    does not. The days are those that both reach, unless --from and --to say others.
    """
    folder, days = open_data(data), span(first, last)
    if series is None:
        taken = ", ".join(store.names(folder)) or "none yet"
        msg = f"name a series; taken in are: {taken}."
        raise click.UsageError(msg)
    known = store.load_series(folder, series)
    reconciled = reconcile(
        load_ledger(folder / "claims"),
        load_rulings(folder / "rulings.toml"),
        moment(as_of),
        load_documents(folder / "documents"),
    )
    names = load_names()
    pairs = compare(reconciled, known.claims, days, tuple(map(Metric, metrics)), names)
    shown = [pair for pair in pairs if not (differences and pair.verdict == "same")]
    if form == "table":
        click.echo(as_table(series, shown, names), nl=False)
        click.echo(_summary(pairs, known.claims, reconciled.estimates, days))
    elif form == "csv":
        click.echo(as_csv(shown).encode(), nl=False)
    else:
        for pair in shown:
            click.echo(json.dumps(as_row(pair), ensure_ascii=False).encode())
    return 0


def as_table(series: str, pairs: Sequence[Pair], names: Names) -> str:
    """Return the pairs as lines for a terminal, a block a metric."""
    lines = []
    for metric in dict.fromkeys(pair.metric for pair in pairs):
        lines.append(f"{metric}: ours and {series}")
        lines.append(f"  {'day':<10}  {'ours':>8}  {'theirs':>8}  {'diff':>6}  why")
        lines += _lines([pair for pair in pairs if pair.metric == metric], names)
        lines.append("")
    return "\n".join(lines) + "\n" if lines else ""


def _lines(pairs: Sequence[Pair], names: Names) -> Iterator[str]:
    """Give a line a day; a long run of days on which one has nothing is one line."""
    for alike, group in groupby(pairs, key=lambda pair: _missing(pair)):
        held = list(group)
        if alike and len(held) >= LONG:
            figures = f"{len(held)} figure{'s' * (len(held) > 1)}"
            yield f"  {held[0].day} to {held[-1].day}: {alike}, {figures}"
        else:
            yield from (_line(pair, names) for pair in held)


def _missing(pair: Pair) -> str:
    return _verdict(pair) if pair.verdict in ("only ours", "only theirs") else ""


def _line(pair: Pair, names: Names) -> str:
    theirs = sign(pair.theirs.count) if pair.theirs else DASH
    step = f"{pair.difference:+,}" if pair.difference else "" if pair.difference is None else "0"
    where = names.place("", (pair.region,)) if pair.region else ""
    broken = BREAK if pair.breaks else ""
    said = [where, _verdict(pair), pair.theirs.terms if pair.theirs else "", broken]
    why = " · ".join(filter(None, said))
    return f"  {pair.day}  {sign(pair.ours):>8}  {theirs:>8}  {step:>6}  {visible(why)}"


def _verdict(pair: Pair) -> str:
    if pair.verdict == "explained":
        return pair.why
    return f"{pair.verdict}: {pair.why}" if pair.why else pair.verdict


def _summary(
    pairs: Sequence[Pair],
    claims: Sequence[Claim],
    ours: Sequence[Estimate],
    days: tuple[dt.date | None, dt.date | None],
) -> str:
    if not ours:
        return "We have no claims of that time yet; scripts/extract.py reads documents into them."
    if not pairs and all(claim.aggregation == "cumulative" for claim in claims):
        return "The series holds running totals only, and our claims have none for its days."
    if not pairs:
        alone = "; say --from and --to to see the days of one" if not any(days) else ""
        said = f"No day is reached by both{alone}."
    else:
        found = counted(pairs)
        said = "; ".join(f"{state} {found[state]:,}" for state in STATES if state in found) + "."
    return f"{said}{_beside_no_day(claims)}"


def _beside_no_day(claims: Sequence[Claim]) -> str:
    period = (c for c in claims if c.aggregation == "period" and not c.part_of)
    long = sum(map(is_long, period))
    if not long:
        return ""
    said = "1 figure of theirs covers" if long == 1 else f"{long:,} figures of theirs cover"
    return f" {said} more than a week and stand{'s' * (long == 1)} beside no day."


def as_row(pair: Pair) -> dict[str, object]:
    """Return a pair in the columns of the CSV and JSON lines."""
    theirs = pair.theirs
    values = (
        pair.day.isoformat(), str(pair.metric), pair.region, pair.ours and pair.ours.low,
        pair.ours and pair.ours.high, theirs and theirs.low, theirs.terms if theirs else "",
        pair.difference, pair.verdict, pair.why, pair.breaks,
        [claim.id for claim in theirs.claims] if theirs else [],
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def as_csv(pairs: Sequence[Pair]) -> str:
    """Return the pairs as CSV; no cell is taken for a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for pair in pairs:
        row = as_row(pair)
        table.writerow([_cell(value) for value in row.values()])
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    return safe_cell(tuple(value) if isinstance(value, list) else value)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, 1 failed, 2 wrongly used, 130 stopped."""
    return run(command, "compare.py", arguments, "nothing was changed")
