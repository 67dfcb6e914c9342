"""An edition through the real engine: whole, repeatable, private; and what a failure leaves."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sample_place import Place, make_place

from tally.errors import RenderError
from tally.render import command
from tally.render.edition import HTML, MANIFEST, NOTEBOOK, PDF, keep, render_edition
from tally.settings import ROOT, load_settings


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def render(place: Place, day: str) -> None:
    given = {"day": day, "as_of": "2025-05-22T08:00"}
    render_edition(place.settings, place.settings.briefings[0], given)


def test_an_edition_is_whole_repeatable_and_private(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    render(place, "2025-05-21")
    first = place.files("2025-05-21")
    assert set(first) == {HTML, PDF, NOTEBOOK, MANIFEST}
    monkeypatch.chdir("/")
    render(place, "2025-05-21")
    again = place.files("2025-05-21")
    assert [first[name] == again[name] for name in (HTML, PDF, NOTEBOOK)] == [True] * 3

    manifest = json.loads(first[MANIFEST])
    assert manifest["parameters"] == {
        "day": "2025-05-21",
        "as_of": "2025-05-22T08:00+03:00",
        "since": "",
        "language": "en",
    }
    assert set(manifest["products"]) == {HTML, PDF, NOTEBOOK}
    here = [str(tmp_path), sys.prefix, str(Path.home())]
    for name, content in first.items():
        assert not [place for place in here if place.encode() in content], name
    assert sorted(path.name for path in place.folder("2025-05-21").parent.iterdir()) == [
        "2025-05-21"
    ]


def test_two_checkouts_make_the_same_bytes(tmp_path: Path) -> None:
    places = [make_place(tmp_path / name) for name in ("one/place", "two/place")]
    for each in places:
        render(each, "2025-05-21")
    first, second = (each.files("2025-05-21") for each in places)
    assert [first[name] == second[name] for name in (HTML, PDF, NOTEBOOK)] == [True] * 3


def test_a_failure_keeps_the_last_good_edition_and_leaves_a_document(
    place: Place, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    keep({HTML: b"the last good one"}, place.folder("2025-05-22"))
    monkeypatch.setattr(command, "load_briefings", lambda: place.settings.briefings)
    monkeypatch.setattr(command, "load_settings", lambda **_: place.settings)
    assert command.main(["daily", "--day", "2025-05-22"]) == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == (
        "daily 2025-05-22: daily_briefing.ipynb, cell 4: ValueError: no documents for 2025-05-22\n"
    )
    assert place.files("2025-05-22") == {HTML: b"the last good one"}
    failed = place.files("2025-05-22.failed")
    assert set(failed) == {HTML, NOTEBOOK}
    words = failed[HTML].decode()
    assert words.index("ValueError: no documents") < words.index('class="lead"')


def test_files_are_replaced_together_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "daily" / "2025-05-21"
    keep({"a": b"1", "b": b"1"}, folder)
    keep({"a": b"2"}, folder)
    assert [path.name for path in folder.iterdir()] == ["a"]
    with pytest.raises(RenderError, match=r"could not be written .*; what was there is unchanged"):
        keep({"a": b"3", "no/such/folder": b"3"}, folder)
    assert (folder / "a").read_bytes() == b"2"
    assert list(folder.parent.iterdir()) == [folder]


def test_an_edition_set_aside_by_a_killed_run_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "daily" / "2025-05-21"
    keep({"a": b"1"}, folder)
    aside = folder.parent / ".2025-05-21.killed"
    aside.mkdir()
    folder.rename(aside / "former-0")
    os.utime(aside, (0, 0))
    with pytest.raises(RenderError):
        keep({"no/such/folder": b"2"}, folder)
    assert (folder / "a").read_bytes() == b"1"
    assert list(folder.parent.iterdir()) == [folder]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RenderError, match=r"reports cannot be written to .*; give --out DIR"):
        keep({"a": b"1"}, tmp_path / "file" / "daily" / "2025-05-21")


WRONG_USE: list[tuple[Sequence[str], str]] = [
    (
        ["daily", "--foo", "1"],
        'daily has no parameter "foo"; it takes: as_of, day, language, since.',
    ),
    (["daily", "--foo=1", "--day", "2025-05-21"], 'daily has no parameter "foo"; it takes'),
    (["daily"], "daily needs day: "),
    (["daily", "2025-05-21"], "daily takes no bare value '2025-05-21'; write --day 2025-05-21."),
    (["daily", "--day", "2025-05-21", "--day", "soon"], "daily: day must be a date such as"),
    (["daily", "--from", "2025-05-02", "--to", "2025-05-01"], "daily: --to must be 0 to 399"),
    (["daily", "--to", "2025-05-01"], "daily: --from and --to must be dates such as 2025-05-21."),
    (["nightly"], "there is no briefing 'nightly'; choose one of daily, period, region, audit."),
    (["daily", "--day", "2025-05-21", "--data", "/no/such"], "there is no data folder /no/such"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG_USE)
def test_wrong_use_is_told_in_one_line(
    arguments: Sequence[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == 2
    said = capsys.readouterr()
    assert said.err.startswith(words)
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_a_run_of_days_is_each_day_once() -> None:
    options = {"day": ("2025-05-03",), "first": "2025-05-02", "last": "2025-05-04"}
    options |= {"as_of": None, "language": None, "since": None}
    daily = load_settings(data=ROOT).briefing("daily")
    days = [given["day"] for given in command._wanted(daily, options, [])]
    assert days == ["2025-05-03", "2025-05-02", "2025-05-04"]


def test_help_comes_from_briefings_toml(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["daily", "--help"]) == 0
    said = capsys.readouterr().out
    assert "The morning that ends the night, such as 2025-05-21." in said
    for option in ("--as-of", "--from", "--to", "--data", "--out"):
        assert option in said


def test_a_notebook_that_is_not_there_is_told(place: Place) -> None:
    daily = replace(place.settings.briefings[0], notebook=Path("notebooks/gone.ipynb"))
    with pytest.raises(Exception, match=r"notebooks/ has no gone\.ipynb; correct `notebook`"):
        render_edition(place.settings, daily, {"day": "2025-05-21"})


def test_the_command_starts_from_anywhere() -> None:
    script = ROOT / "scripts" / "render.py"
    done = subprocess.run(
        [sys.executable, str(script), "daily", "--help"],
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: render.py daily")
