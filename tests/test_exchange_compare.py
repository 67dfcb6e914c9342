"""A series beside ours: each difference has its reason, and what has none is called unexplained."""

import csv
import datetime as dt
import io
import json
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tally.exchange.compare import compare
from tally.exchange.comparing import COLUMNS, main
from tally.exchange.imported import Intake
from tally.exchange.kinds import kind_of
from tally.exchange.pairs import Pair, counted
from tally.exchange.sheets import read_sheet
from tally.ledger import load_ledger
from tally.model import Claim, Metric, Reconciled
from tally.names import load_names
from tally.reconcile import reconcile
from tally.rulings import load_rulings
from tally.wording import sign

FIXTURES = Path(__file__).parent / "series"
DATA = Path(__file__).parent.parent / "data"
STOPPED, LAUNCHED = Metric.DRONES_INTERCEPTED, Metric.DRONES_LAUNCHED


@cache
def ours() -> Reconciled:
    """Return what the example corpus says."""
    return reconcile(load_ledger(DATA / "claims"), load_rulings(DATA / "rulings.toml"), None)


@cache
def series(name: str) -> tuple[Claim, ...]:
    sheet = read_sheet(FIXTURES / name)
    intake = Intake("series")
    kind_of([sheet]).read({name: sheet}, intake)
    return intake.done().claims


@cache
def pairs(name: str) -> tuple[Pair, ...]:
    return compare(ours(), series(name), names=load_names())


def pair(name: str, metric: str, day: int, region: str = "") -> Pair:
    key = (Metric(metric), dt.date(2025, 5, day), region)
    return next(p for p in pairs(name) if (p.metric, p.day, p.region) == key)


ATTACKS, ACLED, UCDP = "missile_attacks_daily.csv", "acled.csv", "GEDEvent.csv"
CASES = [
    (ATTACKS, "drones_launched", 14, "", "145", "145", 0, "same", ""),
    (ATTACKS, "drones_launched", 15, "", "100–110", "110", 0, "explained", "within ours"),
    (ATTACKS, "drones_launched", 16, "", "112", "84–116", 0, "explained", "ours lies within"),
    (ATTACKS, "drones_intercepted", 25, "", "266", "139", -127, "explained", "139 + 127 = 266"),
    (ATTACKS, "drones_intercepted", 19, "", "41", "112", 71, "explained", "have as launched, 112"),
    (ATTACKS, "drones_intercepted", 23, "", "91", "99", 8, "unexplained", ""),
    (ATTACKS, "missiles_launched", 28, "", "5", "6", 1, "explained", "ours is without 1 X-59/X-69"),
    (ATTACKS, "drones_launched", 20, "", "108", "—", None, "only ours", "no row that day"),
    (ATTACKS, "drones_lost", 25, "", "—", "127", None, "only theirs", "give no such figure"),
    (ACLED, "killed", 25, "UA-18", "3", "3", 0, "same", ""),
    (ACLED, "killed", 18, "UA-32", "1", "5", 4, "possible", "5 of theirs fell in battles"),
    (ACLED, "killed", 22, "RU-BRY", "1", "—", None, "only ours", "and no such figure"),
    (UCDP, "killed", 17, "UA-59", "9", "8–10", 0, "explained", "within theirs, 8 to 10"),
    (UCDP, "killed", 21, "UA-30", "—", "3", None, "only theirs", "give no such figure"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(map(str, case[:4])))
def test_each_day_has_its_figures_and_its_reason(case: tuple[object, ...]) -> None:
    name, metric, day, region, mine, theirs, step, verdict, why = case
    found = pair(str(name), str(metric), int(str(day)), str(region))
    shown = sign(found.theirs.count) if found.theirs else "—"
    assert (sign(found.ours), shown, found.difference) == (mine, theirs, step)
    assert found.verdict == verdict
    assert str(why) in found.why
    assert bool(why) == bool(found.why)


def test_windows_that_share_hours_are_not_added_up() -> None:
    found = pair(ATTACKS, "drones_launched", 16)
    assert found.theirs
    assert found.theirs.terms.endswith("(windows share hours)")
    assert (found.theirs.low, found.theirs.high) == (84, 116)


def one(metric: Metric, low: int, day: int = 21, **said: object) -> Claim:
    """Return a claim of a made-up series about the night to a day of May."""
    base = next(c for c in series(ATTACKS) if c.metric == LAUNCHED)
    on = dt.date(2025, 5, day)
    return replace(base, id=f"x{low}{metric}{day}", metric=metric, low=low, high=low, window="",
                   period_start=on, period_end=on, **said)  # fmt: skip


MORE = [
    # Ours of 21 May: 76 launched, 63 stopped = 22 shot down + 41 lost.
    ([one(STOPPED, 22), one(Metric.DRONES_LOST, 41)], "explained", "22 + 41 = 63"),
    ([one(STOPPED, 104)], "explained", "theirs counts drones lost from radar as stopped, 63 + 41"),
    ([one(STOPPED, 76)], "explained", "theirs is what we have as launched, 76"),
    ([one(STOPPED, 22)], "explained", "theirs is what we have as a part"),
    ([one(STOPPED, 63), one(STOPPED, 4, weapon="Lancet")], "explained", "without 4 Lancet"),
    ([replace(one(STOPPED, 60), high=70, hedge="range")], "explained", "lies within theirs"),
    ([one(STOPPED, 64)], "unexplained", ""),
    ([one(STOPPED, 36)], "unexplained", ""),
    ([replace(one(STOPPED, 64), period_start=dt.date(2025, 5, 19))], "possible", "2025-05-19 to"),
    ([replace(one(STOPPED, 64), review="day stands for a week")], "possible", "stands for a week"),
]


@pytest.mark.parametrize(("claims", "verdict", "why"), MORE)
def test_a_reason_needs_its_sum_to_come_out(claims: list[Claim], verdict: str, why: str) -> None:
    found = next(p for p in compare(ours(), claims, metrics=[STOPPED]) if p.theirs)
    assert (found.verdict, why in found.why) == (verdict, True)


def test_a_definition_that_changes_is_marked_and_a_gap_is_not() -> None:
    stopped = [one(STOPPED, 30, day) for day in range(14, 28)]
    for lost, breaks in (((14, 15, 16, 17, 18), [19]), ((14, 15, 16, 17, 24), [18]), ((16,), [])):
        claims = [*stopped, *(one(Metric.DRONES_LOST, 9, day) for day in lost)]
        found = compare(ours(), claims, metrics=[STOPPED])
        assert [pair.day.day for pair in found if pair.breaks] == breaks


def test_totals_that_run_on_are_no_figure_of_a_day() -> None:
    assert compare(ours(), series("ohchr.csv")) == ()


def test_a_figure_of_weeks_is_no_figure_of_its_last_day() -> None:
    # 500003 of the file: 90 to 220 people killed from 1 to 31 May.
    month = {c.id for c in series(UCDP) if c.period_start == dt.date(2025, 5, 1)}
    assert month
    assert not [p for p in pairs(UCDP) if p.theirs and month & {c.id for c in p.theirs.claims}]


TOTALS = [
    # OHCHR in tests/series: 249 killed to 3 March 2022, 331 to 4 and 5 March, 1,035 to 8 March.
    (3, 249, 249, "exact", "same", ""),
    (4, 300, None, "more_than", "explained", "within ours, more than 300"),
    (6, 331, 331, "exact", "explained", "theirs has that total on 2022-03-05"),
    (4, 344, 344, "exact", "unexplained", ""),
    (6, 400, 400, "exact", "only ours", "no row that day"),
]


@pytest.mark.parametrize(("day", "low", "high", "hedge", "verdict", "why"), TOTALS)
def test_a_running_total_stands_beside_a_running_total(
    day: int, low: int, high: int | None, hedge: str, verdict: str, why: str
) -> None:
    theirs = series("ohchr.csv")
    mine = replace(
        theirs[0], id="own", document_id="own", low=low, high=high, hedge=hedge,
        period_end=dt.date(2022, 3, day),
    )  # fmt: skip
    known = Reconciled((mine, replace(mine, id="x", place="Kyiv")), (), (), (), ())
    (found,) = compare(known, theirs)
    assert (found.verdict, why in found.why) == (verdict, True)
    assert found.why.endswith("ours in own")


def test_every_pair_is_counted_once() -> None:
    found = pairs(ATTACKS)
    assert sum(counted(found).values()) == len(found)
    assert len({(p.metric, p.day, p.region) for p in found}) == len(found)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tally.exchange.importing import main as take_in

    folder = tmp_path_factory.mktemp("own") / "data"
    folder.mkdir()
    shutil.copytree(DATA / "claims", folder / "claims")
    assert take_in([str(FIXTURES / ATTACKS), "--as", "attacks", "--data", str(folder)]) == 0
    ohchr = str(FIXTURES / "ohchr.csv")
    assert take_in([ohchr, "--as", "ohchr", "--data", str(folder)]) == 0
    assert take_in([str(FIXTURES / UCDP), "--as", "ucdp", "--data", str(folder)]) == 0
    return folder


def test_the_command_prints_a_table_that_can_be_read(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["attacks", "--metric", "drones_launched", "--data", str(data)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("drones_launched: ours and attacks\n")
    assert "  2025-05-15   100–110       110       0  within ours, 100 to 110\n" in out
    assert "  2025-05-17        62         —          only ours: no row that day\n" in out
    assert out.endswith("same 4; explained 2; only ours 9; only theirs 1.\n")


def test_figures_that_stand_beside_no_day_are_counted(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ucdp", "--data", str(data)]) == 0
    end = capsys.readouterr().out.splitlines()[-1]
    assert end.endswith("1 figure of theirs covers more than a week and stands beside no day.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as-of", "2020-01-01"], "We have no claims of that time yet; scripts/extract.py"),
        (["--from", "2030-01-01", "--to", "2030-01-02"], "No day is reached by both."),
    ],
)
def test_nothing_to_compare_is_said_with_the_reason(
    data: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["attacks", *arguments, "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith(said)


def test_csv_and_json_lines_hold_every_pair(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    span = ["--from", "2025-05-23", "--to", "2025-05-23", "--data", str(data)]
    assert main(["attacks", "--format", "csv", *span]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == COLUMNS
    assert main(["attacks", "--format", "jsonl", *span]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["verdict"] for row in rows] == [line["verdict"] for line in lines]
    stopped = next(line for line in lines if line["metric"] == "drones_intercepted")
    assert (stopped["ours_low"], stopped["theirs"], stopped["difference"]) == (91, 99, 8)


def test_what_was_known_then_is_all_that_is_compared(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["attacks", "--as-of", "2025-05-15", "--data", str(data)]) == 0
    assert "2025-05-25" not in capsys.readouterr().out


WRONG = {
    "no such series": (["none"], 1, "there is no series 'none'"),
    "no series named": ([], 2, "name a series; taken in are: attacks, ohchr, ucdp"),
    "no day": (["attacks", "--from", "may"], 2, "'may' is not a day, such as 2025-05-21"),
    "days turned round": (
        ["attacks", "--from", "2025-05-22", "--to", "2025-05-21"],
        2,
        "--to is before --from",
    ),
    "no format": (["attacks", "--format", "xml"], 2, "'table', 'csv', 'jsonl'"),
    "no moment": (["attacks", "--as-of", "noon"], 2, "--as-of 'noon' is not a date or time"),
    "no metric": (["attacks", "--metric", "tanks"], 2, "'tanks' is not one of"),
    "a path": (["../attacks"], 1, "cannot name a series"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_says_what_to_do(
    data: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, code, said = WRONG[case]
    assert main([*arguments, "--data", str(data)]) == code
    assert said in capsys.readouterr().err


def test_a_series_of_running_totals_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ohchr", "--data", str(data)]) == 0
    assert capsys.readouterr().out == (
        "The series holds running totals only, and our claims have none for its days.\n"
    )
