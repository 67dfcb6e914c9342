"""data/imports: kept as received, made anew byte for byte, never part of the ledger."""

import tomllib
from pathlib import Path

import pytest

from tally.checks import spans_moved
from tally.exchange.importing import main
from tally.exchange.store import load_series, names, texts

FIXTURES = Path(__file__).parent / "series"
ATTACKS = FIXTURES / "missile_attacks_daily.csv"
HOSTILE = "She said \"x\"\x7f \u202e=cmd|' /C calc'!A0"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("documents", "claims"):
        (tmp_path / "data" / name).mkdir(parents=True)
    return tmp_path / "data"


def take(data: Path, *arguments: str | Path, name: str = "attacks") -> int:
    return main([*map(str, arguments), "--as", name, "--data", str(data)])


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_series_lies_beside_the_ledger(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(data, ATTACKS, "--received", "2025-08-05", "--licence", "CC BY-NC-SA 4.0") == 0
    said = capsys.readouterr().out
    assert "attacks: 41 claims, 2025-05-11 to 2025-08-04" in said
    assert "zero_or_silence: A 0 that may be none stopped or none mentioned" in said
    series = load_series(data, "attacks")
    assert (series.origin.kind, series.origin.received) == ("missile-attacks", "2025-08-05")
    assert (series.folder / "received" / ATTACKS.name).read_bytes() == ATTACKS.read_bytes()
    assert spans_moved(series.claims, texts(series)) == ()
    assert len(series.findings) == 14
    assert list((data / "claims").iterdir()) == []
    assert names(data) == ("attacks",)


def test_rebuilding_gives_the_same_bytes(data: Path) -> None:
    losses = sorted(FIXTURES.glob("russia_losses_*.json"))
    assert take(data, *losses, name="losses") == 0
    assert take(data, ATTACKS) == 0
    before = contents(data / "imports")
    (data / "imports" / "attacks" / "claims" / "2025-05.csv").unlink()
    (data / "imports" / "losses" / "findings.jsonl").write_text("lost", encoding="utf-8")
    assert main(["--data", str(data)]) == 0
    assert contents(data / "imports") == before


def test_what_was_said_of_a_series_is_kept_and_never_run(data: Path) -> None:
    assert take(data, ATTACKS, "--publisher", HOSTILE, "--url", "=1+1") == 0
    origin = load_series(data, "attacks").origin
    assert (origin.publisher, origin.url) == (HOSTILE, "=1+1")
    text = (data / "imports" / "attacks" / "origin.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["publisher"] == HOSTILE


def test_other_files_under_the_same_name_are_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(data, ATTACKS, "--received", "2025-08-05") == 0
    before = contents(data / "imports")
    changed = tmp_path / ATTACKS.name
    text = ATTACKS.read_text(encoding="utf-8")
    changed.write_text(text.replace(",298.0,", ",289.0,"), encoding="utf-8")
    assert take(data, changed) == 1
    assert "attacks: other files were taken in under this name on 2025-08-05." in (
        capsys.readouterr().err
    )
    assert contents(data / "imports") == before
    assert take(data, changed, "--renew") == 0
    said = capsys.readouterr().out
    assert "since the files before: 0 claims came, 0 went, 1 changed their number" in said
    assert "2025-05-25 Ukrainian Air Force drones_launched Shahed-136/131 was 298, is 289" in said
    (kept,) = (data / "imports" / "attacks" / "earlier").iterdir()
    assert kept.read_bytes() == ATTACKS.read_bytes()


def test_a_received_file_is_never_edited(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(data, ATTACKS) == 0
    kept = data / "imports" / "attacks" / "received" / ATTACKS.name
    kept.write_bytes(kept.read_bytes() + b"\n")
    assert main(["--data", str(data)]) == 1
    assert "changed since it was received" in capsys.readouterr().err


WRONG = {
    "no name": ([str(ATTACKS)], 2, "such as --as missile-attacks-daily"),
    "no files": (["--as", "attacks"], 2, "are for FILES"),
    "a path as name": ([str(ATTACKS), "--as", "../../etc"], 1, "cannot name a series"),
    "another kind": ([str(ATTACKS), "--as", "a", "--kind", "ucdp"], 1, "not a series of kind ucdp"),
    "no such file": (["none.csv", "--as", "a"], 1, "none.csv: cannot be read"),
    "no series": ([str(FIXTURES / "claims.tsv"), "--as", "a"], 1, "claims.tsv: not a series we"),
    "twice the same": ([str(ATTACKS), str(ATTACKS), "--as", "a"], 1, "two files are called"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_says_what_to_do_and_writes_nothing(
    data: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, code, said = WRONG[case]
    assert main([*arguments, "--data", str(data)]) == code
    assert said in capsys.readouterr().err
    assert not (data / "imports").exists()


def test_no_series_at_all_is_no_failure(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data)]) == 0
    assert "No series in" in capsys.readouterr().out
