"""The command `import`: take in a series of other people, or make the claims of all anew."""

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from tqdm import tqdm

from tally import options
from tally.errors import TallyError
from tally.exchange import store
from tally.exchange.given import open_data
from tally.exchange.kinds import NAMES
from tally.exchange.sheets import Row
from tally.exchange.store import Origin, Revision, Series
from tally.house.words import visible
from tally.listing import figure
from tally.model import Claim
from tally.running import FAILED, run, show

SHOWN = 5


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--as", "name", metavar="NAME", help="Name of the series, such as missile-attacks.")
@click.option("--kind", type=click.Choice(NAMES), help="What FILES are; told by their columns.")
@click.option("--publisher", default="", metavar="NAME", help="Who made the series.")
@click.option("--url", default="", metavar="ADDRESS", help="Where FILES were found.")
@click.option("--licence", default="", metavar="NAME", help="Under what licence they may be used.")
@click.option(
    "--received",
    **options.DAY,
    help="The day on which FILES were found.  [default: today]",
)
@click.option("--renew", is_flag=True, help="Put FILES in the place of those taken in before.")
@options.data
def command(
    files: tuple[Path, ...], name: str | None, kind: str | None, data: Path | None, **said: object
) -> int:
    """Take a series of other people into data/imports, as claims with claimant.

    FILES are those of one series: an export of ACLED, UCDP GED, missile_attacks_daily.csv, the
    General Staff's losses (with their corrections), a table of OHCHR. What is wrong with them is
    told, and kept beside the claims. Without FILES, the claims of every series are made anew. The
    ledger is left alone.
    """
    folder = open_data(data)
    if not files:
        if name or kind or said["renew"]:
            msg = "--as, --kind and --renew are for FILES; name some."
            raise click.UsageError(msg)
        return _all_anew(folder)
    if not name:
        first = shlex.quote(str(files[0]))
        example = f"scripts/import.py {first} --as {store.like_a_name(files[0].stem)}"
        msg = f"say what to call the series: --as NAME, such as\n  {example}"
        raise click.UsageError(msg)
    received = said["received"]
    origin = Origin(
        name,
        kind or "",
        str(said["publisher"]),
        str(said["url"]),
        str(said["licence"]),
        str(received)[: len("2025-05-21")] if received else store.today(),
    )
    renew = bool(said["renew"])
    series, revision = store.take_in(files, origin, folder, _bar, renew=renew)
    _tell(series)
    if revision:
        _tell_revision(revision)
    return 0


def _all_anew(data: Path) -> int:
    known, failed = store.names(data), 0
    if not known:
        show(f"No series in {data / store.FOLDER}: take one in with FILES and --as NAME.")
    for name in known:
        try:
            _tell(store.rebuild(data, name, _bar))
        except TallyError as error:
            show(error, err=True)
            failed += 1
    return FAILED if failed else 0


def _bar(rows: Iterable[Row]) -> Iterable[Row]:
    return tqdm(rows, desc="reading", unit="row", leave=False, disable=None)


def _tell(series: Series) -> None:
    claims = series.claims
    days = [day for claim in claims for day in (claim.period_end,) if day]
    span = f", {min(days)} to {max(days)}" if days else ""
    show(f"{series.origin.name}: {len(claims):,} claims{span}, in {series.folder}")
    for label, counts in (
        ("counted", Counter(str(claim.metric) for claim in claims)),
        ("claimed by", Counter(claim.claimant or "(nobody named)" for claim in claims)),
    ):
        listed = ", ".join(f"{visible(name)} {rows:,}" for name, rows in counts.most_common())
        show(f"  {label}: {listed or 'nothing'}")
    click.echo(f"  {len(series.findings)} findings:")
    for finding in series.findings:
        show(f"    {finding.check}: {visible(finding.sentence)}")


def _tell_revision(revision: Revision) -> None:
    counts = f"{revision.came:,} claims came, {revision.went:,} went"
    click.echo(
        f"  since the files before: {counts}, {len(revision.changed):,} changed their number"
    )
    for before, after in revision.changed[:SHOWN]:
        show(f"    {_line(before)} was {figure(before)}, is {figure(after)}")
    if len(revision.changed) > SHOWN:
        click.echo(f"    … and {len(revision.changed) - SHOWN:,} more")


def _line(claim: Claim) -> str:
    what = f"{claim.metric} {claim.weapon}".strip()
    return visible(f"{claim.period_end} {claim.claimant} {what} {claim.place}".strip())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, 1 failed, 2 wrongly used, 130 stopped."""
    return run(command, "import.py", arguments, "what was taken in before is as it was")
