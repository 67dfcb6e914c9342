"""A tick: what is due is made once, new figures make revisions, what is missed is caught up."""

import datetime as dt
from pathlib import Path

import pytest
from scheduled_place import SCHEDULE, Desk, at_kyiv, make_desk, open_desk

from tally.schedule.running import Job, Ran
from tally.schedule.tick import make_now
from tally.settings import FILE

KILLED = "Russian drones killed {} people in Sumy on May 21, the State Emergency Service said."


pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = make_desk(tmp_path)
    made.story("2025-05-21-sumy", KILLED.format("two"), "2025-05-21T06:30+03:00")
    return made


def test_an_edition_is_published_when_it_is_due_and_only_once(desk: Desk) -> None:
    assert desk.tick("2025-05-21T07:59").made[0].name == "daily 2025-05-20"
    for minute in range(5):
        report = desk.tick(f"2025-05-21T08:0{minute}")
        assert not report.failed, report
    assert desk.editions() == ["daily/2025-05-20/1", "daily/2025-05-21/1"]
    record = desk.records()[-1]
    assert record.parameters == {"day": "2025-05-21"}
    assert record.due.isoformat() == "2025-05-21T05:00:00+00:00"
    assert desk.stub.rendered == ["2025-05-20", "2025-05-21"]
    assert sorted(path.name for path in (desk.plan.site / "daily/2025-05-21/1").iterdir()) == [
        "briefing.html",
        "briefing.ipynb",
        "briefing.pdf",
        "edition.json",
        "index.html",
        "manifest.json",
    ]
    assert (desk.plan.site / "daily/latest/briefing.pdf").read_bytes().startswith(b"%PDF")


def test_new_figures_make_a_revision_that_says_what_changed(desk: Desk) -> None:
    desk.tick("2025-05-21T08:00")
    first = (desk.plan.site / "daily/2025-05-21/1/briefing.html").read_bytes()
    desk.story("2025-05-21-later", KILLED.format("three"), "2025-05-21T11:30+03:00")
    assert desk.tick("2025-05-21T08:30").made == [], "looked at again after an hour at the earliest"
    desk.tick("2025-05-21T12:00")
    assert desk.editions()[-1] == "daily/2025-05-21/2"
    changes = [each.sentence for each in desk.records()[-1].changes]
    assert changes == ["killed State Emergency Service: 2, now 2; 3"]
    assert (desk.plan.site / "daily/2025-05-21/1/briefing.html").read_bytes() == first
    assert (desk.plan.site / "daily/latest").readlink() == Path("2025-05-21/2")


def test_new_documents_without_new_figures_make_no_revision(desk: Desk) -> None:
    desk.tick("2025-05-21T08:00")
    desk.story("2025-05-21-other", "The minister met his colleagues.", "2025-05-21T11:30+03:00")
    assert [made.state for made in desk.tick("2025-05-21T12:00").made] == ["unchanged"]
    assert desk.tick("2025-05-21T14:00").made == []
    assert desk.editions() == ["daily/2025-05-21/1"]


def test_an_old_edition_is_final(desk: Desk) -> None:
    desk.tick("2025-05-21T08:00")
    desk.story("2025-05-21-later", KILLED.format("three"), "2025-05-21T11:30+03:00")
    made = desk.tick("2025-05-28T08:01").made
    assert [each.name for each in made] == ["daily 2025-05-28"]


CATCH_UP = [
    ("latest", ["2025-05-21", "2025-05-25"]),
    ("all", [f"2025-05-{day}" for day in (19, 20, 21, 23, 24, 25)]),
    ("none", ["2025-05-21"]),
]


@pytest.mark.parametrize(("rule", "days"), CATCH_UP)
def test_what_was_missed_is_caught_up_as_asked(tmp_path: Path, rule: str, days: list[str]) -> None:
    desk = make_desk(tmp_path, f'{SCHEDULE}catch_up = "{rule}"\nmax_age = "2d 12h"\n')
    desk.tick("2025-05-21T08:00")
    desk.tick("2025-05-25T18:00")
    assert [record.period for record in desk.records()] == days
    if rule == "none":
        desk.tick("2025-05-26T08:20")
        assert desk.editions()[-1] == "daily/2025-05-26/1"


def test_what_changes_while_it_is_rendered_is_rendered_again_without_an_alarm(desk: Desk) -> None:
    def grown(job: Job) -> Ran:
        desk.story("2025-05-21-more", KILLED.format("three"), "2025-05-21T07:30+03:00")
        return desk.stub.make(job)

    desk.stub.faults["2025-05-21"] = [grown]
    (first,) = desk.tick("2025-05-21T08:00").made
    assert (first.state, "it was made from other claims" in first.words) == ("failed", True)
    index = desk.plan.site / "index.html"
    assert "could not be made" not in index.read_text(encoding="utf-8")
    assert [made.state for made in desk.tick("2025-05-21T08:01").made] == ["published"]
    assert desk.editions() == ["daily/2025-05-21/1"]


def test_a_grid_has_an_edition_for_each_value(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, SCHEDULE + 'grid = { region = ["UA-59", "UA-63"] }\n')
    desk.tick("2025-05-21T08:00")
    assert desk.editions() == ["daily-UA-59/2025-05-21/1", "daily-UA-63/2025-05-21/1"]
    assert [each.parameters["region"] for each in desk.records()] == ["UA-59", "UA-63"]


def test_before_its_start_there_is_no_edition(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, SCHEDULE + "start = 2025-05-22\n")
    assert desk.tick("2025-05-21T09:00").made == []
    assert [made.state for made in desk.tick("2025-05-22T08:00").made] == ["published"]


def test_a_stale_ledger_holds_the_edition_back_until_it_is_fresh(desk: Desk) -> None:
    text = (desk.root / FILE).read_text(encoding="utf-8")
    (desk.root / FILE).write_text(f'{text}fresh = "18h"\n', encoding="utf-8")
    again = open_desk(desk.root)
    assert not again.tick("2025-05-21T08:00").failed
    for minute in range(3):
        report = again.tick(f"2025-05-22T08:0{minute}")
        assert [made.state for made in report.made] == ["waiting"]
        assert (
            "the newest document is of 2025-05-21 06:30; it must be of the 18h"
            in report.made[0].words
        )
    assert (
        "is held back until newer documents come in" in (again.plan.site / "index.html").read_text()
    )
    again.story("2025-05-22-sumy", KILLED.format("four"), "2025-05-22T06:00+03:00")
    assert [made.state for made in again.tick("2025-05-22T08:05").made][:1] == ["published"]
    assert "is held back" not in (again.plan.site / "index.html").read_text()


def test_an_edition_can_be_asked_for_whatever_the_calendar_says(desk: Desk) -> None:
    serial = desk.plan.serials[0]
    old = serial.rules.calendar.named("2025-03-30")
    assert old
    desk.tick("2025-05-21T08:00")
    desk.now += dt.timedelta(hours=1)
    for state, force in (("published", False), ("unchanged", False), ("published", True)):
        report = make_now(desk.plan, [(serial, old)], lambda: desk.now, desk.stub, force=force)
        assert [made.state for made in report.made] == [state]
        assert not report.failed, report
    assert desk.editions() == ["daily/2025-03-30/1", "daily/2025-03-30/2", "daily/2025-05-21/1"]
    assert (desk.plan.site / "daily/latest").readlink() == Path("2025-05-21/1"), "by due time"
    page = (desk.plan.site / "daily/2025-03-30/index.html").read_text(encoding="utf-8")
    assert "No figure changed: its text or layout was corrected." in page


def test_an_old_edition_that_was_asked_for_makes_none_since_late(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, SCHEDULE.replace("0 8 * * *", "0 8 * * mon"))
    serial = desk.plan.serials[0]
    old = serial.rules.calendar.named("2025-03-31")
    assert old
    desk.now = at_kyiv("2025-05-24T08:00")
    report = make_now(desk.plan, [(serial, old)], lambda: desk.now, desk.stub, force=False)
    assert ([made.state for made in report.made], report.warnings) == (["published"], [])
