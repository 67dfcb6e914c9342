"""Ticks through the real renderer: our own briefings; one that loops, one that is killed."""

import json
import shutil
from pathlib import Path

import pytest
from scheduled_place import DAILY, at_kyiv, make_desk, open_desk, put_notebook

from tally.schedule.tick import Report, opened, tick
from tally.schedule.views import period_words
from tally.settings import FILE, ROOT

pytestmark = pytest.mark.slow

SCHEDULE = """
[daily.schedule]
cron = "0 8 * * *"
parameters = { day = "{date}" }
grid = { region = ["all", "UA-59", "UA-63"] }
cell_timeout = "8s"
retries = 0
[schedule]
jobs = 3
"""
LAST = """
import os, signal, time
if region == "UA-59":
    while True:
        time.sleep(0.05)
if region == "UA-63":
    os.kill(os.getpid(), signal.SIGKILL)
b.show(b.tiles([{"label": "Day", "value": day[-2:], "note": "as claimed"}]))
"""


def test_one_loops_one_is_killed_and_the_third_is_published(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, SCHEDULE, DAILY)
    put_notebook(tmp_path, LAST)
    report = tick(desk.plan, lambda: at_kyiv("2025-05-21T08:00"))
    found = {made.name: made for made in report.made}
    assert desk.editions() == ["daily-all/2025-05-21/1"]
    record = desk.records()[0]
    assert [(tile.label, tile.value) for tile in record.tiles] == [("Day", "21")]
    assert record.figures == {"Day": "21 (as claimed)"}
    manifest = json.loads((desk.plan.site / record.address / "manifest.json").read_bytes())
    assert manifest["key"] == record.key
    loops, killed = (found[f"daily-{region} 2025-05-21"] for region in ("UA-59", "UA-63"))
    assert (loops.state, killed.state) == ("failed", "failed")
    assert "a cell took longer than 8 s and was stopped" in loops.words
    assert "the kernel died" in killed.words
    with opened(desk.plan, Report(), at_kyiv("2025-05-21T08:00")) as history:
        kinds = {run.serial: run.kind for run in history.runs("failed")}
    assert kinds == {"daily-UA-59": "timeout", "daily-UA-63": "kernel"}
    index = (desk.plan.site / "index.html").read_text(encoding="utf-8")
    assert f"Daily briefing · UA-59, {period_words('2025-05-21')}:" in index
    failed = desk.plan.state / "failed/daily-UA-59/2025-05-21"
    assert list(failed.rglob("briefing.html")), "what was made is kept for whoever looks into it"
    assert not (desk.plan.state / "work").exists() or not list((desk.plan.state / "work").iterdir())


def test_our_own_briefings_hold_what_their_schedule_expects(tmp_path: Path) -> None:
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / FILE, tmp_path)
    desk = open_desk(tmp_path)
    expected = {serial.name for serial in desk.plan.serials}
    monday = at_kyiv("2025-05-26T09:00")
    report = tick(desk.plan, lambda: monday)
    assert not report.failed, report
    assert {record.serial for record in desk.records()} == expected == {"daily", "period"}
    for record in desk.records():
        assert record.period == "2025-05-26"
        assert record.figures
        assert record.lead
