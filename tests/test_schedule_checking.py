"""What keeps an edition from being published, and which figures a revision changes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sample_briefing import every_block, shown
from scheduled_place import SCHEDULE, Desk, make_desk

from tally.language import say, speaking
from tally.render.page import read_page
from tally.schedule.changing import PARTS, changes
from tally.schedule.checking import Candidate, check, overtaken
from tally.schedule.due import Due
from tally.schedule.product import describe
from tally.schedule.running import Job
from tally.schedule.tick import _keys

RULES = SCHEDULE + 'figures = ["stopped"]\ntables = ["evidence"]\n'


pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def candidate(tmp_path: Path) -> Candidate:
    return made(make_desk(tmp_path, RULES))


def made(desk: Desk) -> Candidate:
    desk.story(
        "2025-05-21-sumy", "Russian drones killed two people in Sumy on May 21.", "2025-05-21"
    )
    desk.tick("2025-05-19T08:00")
    serial = desk.plan.serials[0]
    period = serial.rules.calendar.named("2025-05-21")
    assert period
    root, data = str(desk.root), str(desk.plan.settings.data)
    job = Job("daily", {"day": "2025-05-21"}, "", root, data, str(desk.root / "work"), 9, 9)
    ran = desk.stub.make(job)
    assert ran.product
    assert ran.folder
    due = Due(serial, period, None, _keys(desk.plan)(serial, period))
    return Candidate(due, ran.product, ran.folder)


def test_a_sound_edition_passes(candidate: Candidate) -> None:
    assert check(candidate) == ()


def cut(name: str) -> Callable[[Candidate], Candidate]:
    def change(candidate: Candidate) -> Candidate:
        path = candidate.folder / name
        path.write_bytes(path.read_bytes()[:-9])
        return candidate

    return change


def gone(name: str) -> Callable[[Candidate], Candidate]:
    def change(candidate: Candidate) -> Candidate:
        (candidate.folder / name).unlink()
        return candidate

    return change


def showing(**told: Any) -> Callable[[Candidate], Candidate]:
    return lambda one: replace(one, product=replace(one.product, **told))


WRONG: list[tuple[str, Callable[[Candidate], Candidate], list[str]]] = [
    (
        "cut page",
        cut("briefing.html"),
        ["briefing.html is not the file that manifest.json tells of", "ends before its last tag"],
    ),
    ("cut PDF", cut("briefing.pdf"), ["briefing.pdf is not the file"]),
    ("no PDF", gone("briefing.pdf"), ["briefing.pdf was not written"]),
    ("no manifest", gone("manifest.json"), ["manifest.json was not written"]),
    ("no chart", showing(charts={"where": 3}), ["the figure 'stopped' is missing; there: where"]),
    ("empty chart", showing(charts={"stopped": 0}), ["the figure 'stopped' is empty"]),
    ("no table", showing(tables={}), ["the table 'evidence' is missing; there: none"]),
    ("no alt", showing(without_alt=("map",)), ["the picture 'map' has no alternative text"]),
    ("failure", showing(failures=("ValueError: no",)), ["a cell failed: ValueError: no"]),
    ("silent", showing(lead=" "), ["it says nothing: its lead is empty"]),
    ("no title", showing(title=""), ["it has no title"]),
]


@pytest.mark.parametrize(("name", "change", "words"), WRONG, ids=[each[0] for each in WRONG])
def test_what_is_wrong_keeps_it_back(
    candidate: Candidate,
    name: str,
    change: Callable[[Candidate], Candidate],
    words: list[str],
) -> None:
    said = check(change(candidate))
    assert said, name
    for each in words:
        assert any(each in line for line in said), said


def test_what_changed_while_it_was_made_is_seen(candidate: Candidate) -> None:
    other = replace(candidate, due=replace(candidate.due, key="0" * 64))
    assert (check(other), overtaken(candidate)) == ((), "")
    assert overtaken(other).startswith("it was made from other claims or other code")


def test_the_edition_of_another_day_is_not_taken_for_this_one(candidate: Candidate) -> None:
    other = candidate.due.serial.rules.calendar.named("2025-05-22")
    assert other
    wrong = check(replace(candidate, due=replace(candidate.due, period=other)))
    assert "it was made for day '2025-05-21', not '2025-05-22'" in wrong


def test_the_figures_of_a_page_are_its_tiles_charts_and_tables() -> None:
    page = read_page(shown(every_block()))
    found = describe(page.masthead, page.failures, page.blocks)
    assert found.figures["At Ukraine"] == "76 (13 unexplained)"
    assert found.figures["What each side says it stopped: Russia"] == "159"
    # Nobody gave the other: that is no figure, and no zero.
    assert "What each side says it stopped: Ukraine" not in found.figures
    assert found.charts == {"stopped": 2}
    assert found.tables == {"evidence": 12}
    assert found.without_alt == ()
    assert found.lead == "Russia’s ministry claimed 159."


CHANGES = [
    ({"a": "1"}, {"a": "1"}, []),
    ({"a": "1"}, {"a": "2"}, ["a: 1, now 2"]),
    ({"a": "≥ 2"}, {"a": "2"}, ["a: ≥ 2, now 2"]),
    ({}, {"a": "1"}, ["a: new, 1"]),
    ({"a": "1"}, {}, ["a: withdrawn"]),
    ({"b": "1", "a": "1"}, {"a": "3", "b": "2"}, ["a: 1, now 3", "b: 1, now 2"]),
    # A name may hold the figure itself, and a place may be told within another or by itself.
    (
        {"Stopped: The Air Force says 47 of 69 missiles were stopped": "47 stopped"},
        {"Stopped: The Air Force says 45 to 47 of 69 missiles were stopped": "45 to 47 stopped"},
        [
            "Stopped: The Air Force says 45 to 47 of 69 missiles were stopped: "
            "47 stopped, now 45 to 47 stopped"
        ],
    ),
    (
        {"Hurt: of which Obukhivskyi raion, killed": "2", "Hurt: of which Bucha, killed": "1"},
        {"Hurt: Obukhivskyi raion, killed": "2", "Hurt: Bucha, killed": "3"},
        ["Hurt: Bucha, killed: 1, now 3"],
    ),
    (
        {"Втрати: з них: місто Суми, загиблі": "2"},
        {"Втрати: Місто Суми, загиблі": "3"},
        ["Втрати: Місто Суми, загиблі: 2, now 3"],
    ),
    # A number of the name that is not of the figure tells figures apart: a day, for one.
    ({"14 May": "3"}, {"15 May": "5"}, ["15 May: new, 5", "14 May: withdrawn"]),
    # What two names could stand for stands for neither.
    (
        {"says 1": "1", "says 2": "2"},
        {"says 3": "3"},
        ["says 3: new, 3", "says 1: withdrawn", "says 2: withdrawn"],
    ),
]


def test_a_figure_that_moved_is_one_change() -> None:
    section = {"kind": "section", "level": 2, "title": "What moved"}
    columns = [{"label": label} for label in ("What", "Then", "Now", "Why")]
    row = ["Killed, Ukraine’s word (raised)", "≥ 12", "13", "A governor said so."]
    table = {"kind": "table", "name": "moved", "columns": columns, "rows": [row], "ids": [""]}
    masthead = dict.fromkeys(("title", "lang", "as_of", "known_at"), "")
    found = describe(masthead, (), (section, table)).figures
    assert found == {"What moved: Killed, Ukraine’s word (raised)": "≥ 12 → 13"}


@pytest.mark.parametrize("language", ["en", "uk"])
def test_what_names_a_part_is_known_in_each_language(language: str) -> None:
    with speaking(language):
        assert say("of which {place}", place="X").startswith(PARTS)


@pytest.mark.parametrize(("before", "after", "said"), CHANGES)
def test_what_a_revision_changed(
    before: dict[str, str], after: dict[str, str], said: list[str]
) -> None:
    assert [change.sentence for change in changes(before, after)] == said
