"""data/imports: kept as received, made anew byte for byte, never part of the ledger."""

import tomllib
from pathlib import Path

import pytest

from tally.exchange.importing import main
from tally.exchange.store import load_series, names, texts
from tally.pages import spans_moved

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


HEADER = (FIXTURES / "acled.csv").read_text(encoding="utf-8").split("\n")[0]
# A file of this name and content, the arguments beside it, the exit code and what is said.
WRONG: dict[str, tuple[str, bytes, list[str], int, str]] = {
    "no name": ("My Losses.csv", b"", [], 2, "import.py 'My Losses.csv' --as my-losses"),
    "no name for a hostile file": ("x\x1b]0;y\x07.csv", b"", [], 2, "--as x-0-y"),
    "no name for nothing": ("_.csv", b"", [], 2, "--as missile-attacks"),
    "a path as name": ("a.csv", b"", ["--as", "../../etc"], 1, "cannot name a series"),
    "capitals in a name": ("a.csv", b"", ["--as", "My Own"], 1, "dashes, such as my-own"),
    "no such day": ("a.csv", b"", ["--as", "a", "--received", "today"], 2, "such as 2025-05-21"),
    "no such kind": ("a.csv", b"", ["--as", "a", "--kind", "oryx"], 2, "'ucdp', 'ohchr'"),
    "another kind": (
        "a.csv",
        f"{HEADER}\n1{',' * HEADER.count(',')}".encode(),
        ["--as", "a", "--kind", "ucdp"],
        1,
        "a.csv: not a series of kind ucdp: it has no columns best, date_end",
    ),
    "columns missing": (
        "a.csv",
        b"event_id_cnty,event_date,event_type,actor1\n1,2,3,4\n",
        ["--as", "a"],
        1,
        "a.csv: like a series of kind acled, but it has no columns admin1, fatalities",
    ),
    "no series": ("a.csv", b"a,b\n1,2\n", ["--as", "a"], 1, "its columns begin a, b.\n  missile"),
    "nothing": ("a.csv", b"", ["--as", "a"], 1, "a.csv: holds no rows; give the file as it was"),
    "a header alone": ("a.csv", HEADER.encode(), ["--as", "a"], 1, "a.csv: holds no rows"),
    "an empty list": ("a.json", b"[]", ["--as", "a"], 1, "a.json: holds no rows"),
    "a workbook": ("a.xlsx", b"PK\x03\x04\xff", ["--as", "a"], 1, "a workbook or archive"),
    "UTF-16": ("a.csv", "a,b\n".encode("utf-16"), ["--as", "a"], 1, "UTF-16, not UTF-8; save it"),
    "Latin-1": ("a.csv", b"a,b\n1,\xe9\n", ["--as", "a"], 1, "a.csv:2: not UTF-8 (byte 6); save"),
    "hostile columns": ("a.csv", b"a\x1b]0;y\x07,b\n1,2\n", ["--as", "a"], 1, "begin a ]0;y , b"),
    "a hostile name": ("\x1b]0;y\x07.csv", b"", ["--as", "a"], 1, "rename the file; letters"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_says_what_to_do_and_writes_nothing(
    data: Path, tmp_path: Path, case: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    name, content, arguments, code, said = WRONG[case]
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(content)
    assert main([name, *arguments, "--data", str(data)]) == code
    told = capsys.readouterr()
    assert said in told.err
    assert "\x1b" not in told.err + told.out
    assert not (data / "imports").exists()


def test_limits_of_the_data_folder_hold(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "collect.toml").write_text("[limits]\nseries_bytes = 100\n", encoding="utf-8")
    assert main([str(ATTACKS), "--as", "attacks", "--data", str(data)]) == 1
    said = capsys.readouterr().err
    assert "over the 100 allowed (series_bytes); if it is honest, raise series_bytes" in said
    assert not (data / "imports").exists()


OTHERS = {
    "no files": (["--as", "attacks"], 2, "are for FILES"),
    "no such file": (["none.csv", "--as", "a"], 1, "none.csv: cannot be read"),
    "a folder": ([str(FIXTURES), "--as", "a"], 1, "series: a folder; name the files in it"),
    "twice the same": ([str(ATTACKS), str(ATTACKS), "--as", "a"], 1, "two files are called"),
    "two series": (
        [str(ATTACKS), str(FIXTURES / "acled.csv"), "--as", "a"],
        1,
        "missile_attacks_daily.csv is missile-attacks, acled.csv is acled; take in each by itself",
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_files_that_are_none_are_told_and_nothing_is_written(
    data: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, code, said = OTHERS[case]
    assert main([*arguments, "--data", str(data)]) == code
    assert said in capsys.readouterr().err
    assert not (data / "imports").exists()


def test_no_series_at_all_is_no_failure(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data)]) == 0
    assert "No series in" in capsys.readouterr().out
