"""briefings.toml: what is ours loads, and every mistake is told with its place and the choices."""

from pathlib import Path

import pytest

from tally.errors import SettingsError
from tally.settings import FILE, ROOT, data_folder, load_briefings, load_settings

GOOD = """
[daily]
title = "Daily"
notebook = "daily_briefing"
help = "One night."
dated_by = "day"
zone = "Europe/Kyiv"
[daily.parameters.day]
type = "date"
required = true
help = "The morning."
[daily.parameters.scope]
type = "choice"
choices = ["all", "ukraine"]
default = "all"
help = "Which side."
"""


def test_ours_declares_the_daily_briefing() -> None:
    daily = next(each for each in load_briefings() if each.name == "daily")
    assert [each.name for each in daily.parameters] == ["day", "as_of", "since", "language"]
    assert daily.notebook == ROOT / "notebooks" / "daily_briefing.ipynb"
    assert all(each.help for each in daily.parameters)


def test_folders_are_ours_unless_given(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(GOOD)
    (tmp_path / "data").mkdir()
    other = tmp_path / "other"
    other.mkdir()
    ours = load_settings(tmp_path)
    assert (ours.data, ours.out) == (tmp_path / "data", tmp_path / "reports")
    given = load_settings(tmp_path, data=other, out=tmp_path / "out")
    assert (given.data, given.out) == (other, tmp_path / "out")


def test_the_environment_names_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLY_DATA", str(tmp_path))
    assert data_folder() == tmp_path


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"no data folder .*nowhere; make it, or give another with --data"
    ):
        data_folder(tmp_path / "nowhere")


def test_a_briefing_that_is_not_declared_lists_those_that_are(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(GOOD)
    with pytest.raises(SettingsError, match="no briefing 'weekly'; choose one of daily"):
        load_settings(tmp_path, data=tmp_path).briefing("weekly")


WRONG = [
    ("zone =", "clock =", r":7: \[daily\] has an unknown key 'clock'; it takes: title, notebook"),
    (
        'help = "The morning."',
        "",
        r":8: \[daily\] parameters.day.help must be text, such as help =",
    ),
    ('title = "Daily"', "title = 3", r"\[daily\] title must be text.*it is 3"),
    ('type = "date"', 'type = "day"', "type 'day' is not known; choose one of date, datetime"),
    ("required = true", 'required = "yes"', "parameters.day must have either required = true"),
    ("required = true", "", "parameters.day must have either required = true or a default"),
    ("required = true", 'required = true\ndefault = "x"', "either required = true or a default"),
    ('choices = ["all", "ukraine"]', "", "parameters.scope is wrong: a choice, and only a choice"),
    ('choices = ["all", "ukraine"]', "choices = [1]", "lists its choices as strings"),
    ('type = "choice"', 'type = "str"', "a choice, and only a choice"),
    ('default = "all"', 'default = "all"\nrang = 3', r":16: .*unknown key 'rang'; it takes: type"),
    ('default = "all"', 'default = "all"\nrange = 3', "range must be two ends of an int or a date"),
    ("required = true", "required = true\nrange = [1, 2]", r"it is \[1, 2\]"),
    ('dated_by = "day"', 'dated_by = "scope"', r"no required date, int or choice \(day\)"),
    ('"daily_briefing"', '"../daily"', "must be a bare name from notebooks/"),
    ("Europe/Kyiv", "Europe/Nowhere", "zone 'Europe/Nowhere' is not known"),
    ("Europe/Kyiv", "../../etc/passwd", "is not known"),
    ("[daily.parameters.day]", "[daily.parameters.Day]", "a name has small letters"),
    ("[daily]\n", "[daily\n", "briefings.toml is not TOML"),
    (GOOD, "daily = 3", r"\[daily\] is not a table"),
    (GOOD, "", "declares no briefing"),
]


def test_a_range_bounds_numbers_and_dates(tmp_path: Path) -> None:
    bounded = GOOD.replace("required = true", 'required = true\nrange = [2022-02-24, ""]')
    (tmp_path / FILE).write_text(bounded)
    day = load_briefings(tmp_path)[0].parameters[0]
    assert (day.least, day.most) == ("2022-02-24", "")


@pytest.mark.parametrize(("written", "instead", "words"), WRONG)
def test_a_mistake_is_told(tmp_path: Path, written: str, instead: str, words: str) -> None:
    assert written in GOOD
    (tmp_path / FILE).write_text(GOOD.replace(written, instead))
    with pytest.raises(SettingsError, match=words):
        load_briefings(tmp_path)


def test_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"briefings\.toml cannot be read"):
        load_briefings(tmp_path)


def test_an_edition_in_another_language_stands_beside_the_usual_one() -> None:
    daily = load_settings().briefing("daily")
    assert daily.edition({"day": "2025-05-21"}) == "2025-05-21"
    assert daily.edition({"day": "2025-05-21", "language": "en"}) == "2025-05-21"
    assert daily.edition({"day": "2025-05-21", "language": "uk"}) == "2025-05-21-uk"


EDITIONS = [
    # what is asked for -> the folder below reports/
    ("region", {"region": "UA-59", "start": "2025-05-14", "end": "2025-05-28"},
     "UA-59_2025-05-14_2025-05-28"),
    ("region", {"region": "UA-59", "start": "2025-05-15", "end": "2025-05-28"},
     "UA-59_2025-05-15_2025-05-28"),
    ("region", {"region": "UA-59", "start": "2025-05-14", "end": "2025-05-27"},
     "UA-59_2025-05-14_2025-05-27"),
    ("period", {"start": "2025-05-14", "end": "2025-05-28"}, "2025-05-14_2025-05-28"),
    ("period", {"start": "2025-05-21", "end": "2025-05-28"}, "2025-05-21_2025-05-28"),
    ("audit", {"start": "2025-05-14", "end": "2025-05-28"}, "2025-05-14_2025-05-28"),
]  # fmt: skip


def test_no_span_takes_the_folder_of_another() -> None:
    settings = load_settings()
    made = [settings.briefing(name).edition(given) for name, given, _ in EDITIONS]
    assert made == [folder for _, _, folder in EDITIONS]


def test_text_names_no_folder(tmp_path: Path) -> None:
    noted = GOOD + '[daily.parameters.note]\ntype = "str"\nrequired = true\nhelp = "Words."\n'
    (tmp_path / FILE).write_text(noted)
    (daily,) = load_briefings(tmp_path)
    assert daily.edition({"day": "2025-05-21", "note": "../elsewhere"}) == "2025-05-21"
