"""`[NAME.schedule]` and `[schedule]`: what is understood, and how each mistake is told."""

import datetime as dt
import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from scheduled_place import DAILY, SCHEDULE, at_kyiv, make_desk

from tally.errors import SettingsError
from tally.keys import span_words
from tally.schedule import command, declared, history, units
from tally.schedule import tick as tick_module
from tally.schedule.declared import load_plan
from tally.schedule.lines import WIDTH
from tally.schedule.rows import State
from tally.schedule.running import Ran
from tally.schedule.standing import standing
from tally.schedule.upcoming import upcoming
from tally.settings import FILE, ROOT, load_settings

WRONG = [
    ('cron = "0 8 * *"', r":22: \[daily\] schedule.cron '0 8 \* \*': has 4 fields"),
    ('cron = "0 8 * * *"\ncatch_up = "some"', "catch_up 'some' is not known; choose one of latest"),
    ('cron = "0 8 * * *"\nretry = 3', r":23: .*unknown key 'retry'; it takes: cron, parameters"),
    ('cron = "0 8 * * *"\nretries = -1', "retries must be a whole number, 0 to 20; it is -1"),
    ('cron = "0 8 * * *"\nmax_age = "long"', r"max_age must be a length of time; 'long' is no"),
    ('cron = "0 8 * * *"\nmax_age = 3', "max_age must be text"),
    ('cron = "0 8 * * *"\nformats = ["doc"]', "formats has 'doc', which is not known; choose of"),
    ('cron = "0 8 * * *"\nformats = []', "formats is empty; choose of html, pdf, ipynb"),
    ('cron = "0 8 * * *"\nreaders = ["a b"]', "readers has 'a b', which is no address"),
    ('cron = "0 8 * * *"\nstart = "soon"', "start must be a day such as 2025-05-21; it is 'soon'"),
    ('cron = "0 8 * * *"', r"does not fit the briefing: daily needs day: The morning\."),
]
FITS = [
    (
        'parameters = { dya = "{date}" }',
        'daily has no parameter "dya"; it takes: as_of, day, region',
    ),
    ('parameters = { day = "{now}" }', r"no value for \{now\}; there are: \{due\}, \{date\}"),
    ('parameters = { day = "{date}" }\ngrid = { region = ["UA-1"] }', "region must be one of all"),
    ('parameters = { day = "{date}" }\ngrid = { region = ["UA-59", "UA-59"] }', "two things as"),
    ('parameters = { day = "{date}" }\ngrid = { region = 3 }', "region must be a list of texts"),
]
COMMON = [
    (
        '[schedule]\naddres = "x"',
        r":\d+: \[schedule\] has an unknown key 'addres'; it takes: title",
    ),
    ('[schedule]\naddress = "desk"', "address must be an address such as https://"),
    ('[schedule.mail]\nhost = "h"', "mail.sender must be text"),
    (
        '[schedule.mail]\nhost = "h"\nsender = "a@b"\nsecurity = "ssl"',
        "choose one of tls, starttls",
    ),
    ('[schedule.mail]\nhost = "h"\nsender = "a@b"\npassword = "x"', "unknown key 'password'"),
    ('[schedule.mail]\nhost = "h"\nsender = "a@b"\npassword_env = "my pass"', "never the secret"),
    ("[schedule]\nfeed = 3", r"feed must be tables, each under a line \[\[schedule.feed\]\]"),
    (
        '[[schedule.feed]]\nurl = "file:///etc/passwd"',
        r"\[schedule\] feed.0.url must be an address",
    ),
    ('[[schedule.webhook]]\nurl = "https://x"\nevents = ["all"]', "events has 'all'"),
    ("[[schedule.command]]\nrun = []", "run is empty; write the program and its arguments"),
    ('[[schedule.command]]\nname = "mail"\nrun = ["x"]', "two ways of telling named 'mail'"),
]


def plan_of(root: Path, text: str) -> None:
    (root / "data").mkdir()
    (root / FILE).write_text(DAILY + text, encoding="utf-8")
    load_plan(load_settings(root, data=root / "data"))


@pytest.mark.parametrize(("lines", "words"), WRONG)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, lines: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        plan_of(tmp_path, f"[daily.schedule]\n{lines}\n")


@pytest.mark.parametrize(("lines", "words"), FITS)
def test_parameters_are_tried_before_anything_is_due(
    tmp_path: Path, lines: str, words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        plan_of(tmp_path, f'[daily.schedule]\ncron = "0 8 * * *"\n{lines}\n')


@pytest.mark.parametrize(("lines", "words"), COMMON)
def test_a_mistake_in_what_is_common_is_told(tmp_path: Path, lines: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        plan_of(tmp_path, f"{SCHEDULE}{lines}\n")


def test_ours_can_be_loaded_and_is_due_each_morning() -> None:
    plan = load_plan(load_settings(data=ROOT / "data"))
    daily = plan.serial("daily")
    assert daily
    (period,) = daily.rules.calendar.next(dt.datetime(2025, 5, 21, tzinfo=dt.UTC))
    assert daily.parameters(period) == {"day": "2025-05-21"}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    desk = make_desk(tmp_path)
    desk.now = at_kyiv("2025-05-21T10:30")
    monkeypatch.setattr(command, "load_settings", lambda **_: desk.plan.settings)
    monkeypatch.setattr(command, "utc_now", lambda: desk.now)
    monkeypatch.setenv("TALLY_DATA", "")
    return tmp_path


@pytest.mark.usefixtures("checkout")
def test_check_shows_five_due_times_and_the_change_of_clocks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.main(["check", "--after", "2025-03-27"]) == 0
    said = capsys.readouterr().out
    assert [line.split()[2] for line in said.splitlines() if line.startswith("  due")] == [
        f"2025-03-{day}" for day in (27, 28, 29, 30, 31)
    ]
    change = said.partition("the clocks change between\n")[2].splitlines()
    assert [line.strip() for line in change] == [
        "Sat 2025-03-29 08:00 UTC+0200  day=2025-03-29",
        "Sun 2025-03-30 08:00 UTC+0300  day=2025-03-30",
    ]


def test_check_tells_a_grid_once(tmp_path: Path) -> None:
    grid = 'grid = { region = ["UA-59", "UA-63"] }\n'
    told = list(upcoming(make_desk(tmp_path, SCHEDULE + grid).plan, at_kyiv("2025-05-21T10:30")))
    assert told[:2] == ["daily  (Daily briefing)", "  serials   daily-UA-59, daily-UA-63"]
    assert next(line for line in told if line.startswith("  due")).endswith("  day=2025-05-22")
    assert len([line for line in told if line.startswith("  due")]) == 5


def test_status_fits_a_terminal_and_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = 'grid = { region = ["UA-59", "UA-63"] }\n'
    desk = make_desk(tmp_path, f"{SCHEDULE}{grid}late_after = '10m'\n[schedule]\njobs = 1\n")
    desk.tick("2025-05-21T08:00")
    words = "ValueError: the sum of the parts is more than the whole" + ", which is wrong" * 3
    desk.stub.faults["2025-05-22"] = [lambda _: Ran("cell", words)]
    desk.tick("2025-05-22T09:00")
    monkeypatch.setattr(command, "load_settings", lambda **_: desk.plan.settings)
    monkeypatch.setattr(command, "utc_now", lambda: desk.now)
    assert command.main(["status"]) == 0
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= WIDTH
    assert said == STATUS


STATUS = """\
briefing     last edition  published         last run   next due
-----------  ------------  ----------------  ---------  ----------------
daily-UA-59  2025-05-21    Wed 21 May 08:00  failed     Fri 23 May 08:00
daily-UA-63  2025-05-22    Thu 22 May 09:00  published  Fri 23 May 08:00

Times are those of Europe/Kyiv; the last tick was on Thu 22 May 09:00.

Late:
  daily-UA-59 2025-05-22

Wrong:
  failed daily-UA-59 2025-05-22 (since Thu 22 May 09:00): ValueError: the sum of
    the parts is more than the whole, which is wrong, which is wrong, which is
    wrong
"""


PROCESSES = [
    (history.process_name(), "running"),
    (history.process_name().rpartition(":")[0] + ":0", "interrupted"),
    ("another-boot:1", "interrupted"),
]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")
@pytest.mark.parametrize(("process", "state"), PROCESSES, ids=["ours", "ended", "of another boot"])
def test_status_tells_a_run_whose_process_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, process: str, state: str
) -> None:
    desk = make_desk(tmp_path)
    (serial,) = desk.plan.serials
    monkeypatch.setattr(history, "process_name", lambda: process)
    with tick_module.opened(desk.plan, tick_module.Report(), desk.now) as kept:
        kept.begin(serial.name, "2025-05-21", desk.now, "key", desk.now)
        assert [line.state for line in standing(desk.plan, kept, desk.now).lines] == [state]


ATTEMPTS = [
    ([], 1),
    (["failed"], 2),
    (["failed", "failed"], 3),
    (["interrupted", "interrupted"], 1),
    (["failed", "interrupted", "interrupted"], 2),
    (["waiting"], 1),
    (["failed", "published"], 1),
    (["failed", "unchanged"], 1),
]


@pytest.mark.parametrize(("states", "attempt"), ATTEMPTS)
def test_only_a_failure_uses_up_an_attempt(
    tmp_path: Path, states: list[State], attempt: int
) -> None:
    desk = make_desk(tmp_path)
    asked = ("daily", "2025-05-21", desk.now, "key", desk.now)
    with tick_module.opened(desk.plan, tick_module.Report(), desk.now) as kept:
        for state in states:
            kept.end(kept.begin(*asked).id, state, desk.now)
        assert kept.begin(*asked).attempt == attempt


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize(("terminal", "said"), [(True, "Nothing is to be done now"), (False, "")])
def test_a_tick_with_nothing_to_do_answers_whoever_waits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: bool, said: str
) -> None:
    monkeypatch.setattr(command, "tick", lambda *_: command.Report())
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert command.main(["tick"]) == 0
    assert capsys.readouterr().out.partition(";")[0].strip() == said


@pytest.mark.usefixtures("checkout")
def test_status_tells_lateness_by_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["status"]) == 0
    assert command.main(["status", "--max-age", "2h"]) == 1, "today's is not there"
    assert command.main(["status", "--json", "--max-age", "2h"]) == 1
    said = capsys.readouterr().out
    told = json.loads(said[said.index("{") :])
    assert (told["late"], told["serials"][0]["late"]) == (True, ["2025-05-21"])
    assert command.main(["status", "--max-age", "old"]) == 2


WRONG_USE = [
    (["publish"], "say which to publish: SERIAL --period PERIOD; the serials are daily."),
    (["publish", "weekly", "--period", "2025-05-21"], "the serials are daily."),
    (["publish", "daily", "--period", "soon"], "the calendar has no period 'soon'; it has such as"),
    (["check", "--after", "soon"], "'soon' is not a day, such as 2025-05-21."),
    (["ticks"], "No such command 'ticks'"),
]


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize(("arguments", "words"), WRONG_USE)
def test_wrong_use_is_told(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == 2
    assert words in capsys.readouterr().err


@pytest.mark.usefixtures("checkout")
def test_units_are_what_systemd_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "units"
    assert command.main(["install", "--to", str(folder), "--every", "10"]) == 0
    said = capsys.readouterr().out
    texts = {path.name: path.read_text() for path in folder.iterdir()}
    assert set(texts) == {units.SERVICE, units.TIMER, units.FAILED}
    assert all(f"Wrote {folder / name}" in said for name in texts)
    assert "enable --now tally-tick.timer" in said
    assert [line for line in said.splitlines() if len(line) > WIDTH and "Wrote" not in line] == []
    assert "Persistent=true" in texts[units.TIMER]
    assert "OnCalendar=*:0/10" in texts[units.TIMER]
    assert f"OnFailure={units.FAILED}" in texts[units.SERVICE]


def test_secrets_that_a_unit_would_not_see_are_named(tmp_path: Path) -> None:
    assert units.unseen(make_desk(tmp_path / "none").plan) == ""
    mail = '[schedule.mail]\nhost = "h"\nsender = "a@b.org"\npassword_env = "SMTP"\n'
    hook = '[[schedule.webhook]]\nurl_env = "CHAT"\ntoken_file = "t.txt"\n'
    said = units.unseen(make_desk(tmp_path / "some", f"{SCHEDULE}{mail}{hook}").plan)
    assert "SMTP, CHAT: such a tick does not see the variables of your shell." in said


@pytest.mark.parametrize("name", ["plain", "with space", 'per%cent "quoted" $HOME'])
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path, name: str) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    root = tmp_path / name
    desk = make_desk(root)
    folder = tmp_path / "units"
    folder.mkdir()
    for unit, text in units.units(desk.plan, units.Asked(5, system=True)).items():
        (folder / unit).write_text(text)
    paths = [str(folder / unit) for unit in (units.SERVICE, units.TIMER, units.FAILED)]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "tally-tick" in line]
    assert ours == []


def test_the_line_of_a_crontab_runs_in_a_shell(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "it's 100 %")
    line = units.cron_line(desk.plan, units.Asked(5, system=False))
    times, _, words = line.partition("* * * * ")
    assert times == "*/5 "
    assert "100 \\%" in words
    # What cron does: a bare % would be a line end, \% is a %.
    shell = words.replace("\\%", "%").replace(sys.executable, "echo", 1)
    desk.plan.state.mkdir(parents=True)
    subprocess.run(["sh", "-c", shell], check=True)
    said = (desk.plan.state / "tick.log").read_text()
    assert said == f"{tmp_path}/it's 100 %/scripts/schedule.py tick\n"


def test_the_page_explains_every_command_option_and_key() -> None:
    page = (ROOT / "docs" / "schedule.md").read_text(encoding="utf-8")
    for name, each in command.command.commands.items():
        assert each.help, name
        assert f"`{name}" in page or f"schedule.py {name}" in page, name
        for parameter in each.params:
            for option in parameter.opts if isinstance(parameter, click.Option) else ():
                assert f"{option}" in page, option
                assert parameter.help, option
    keys = (*declared.RULES, *declared.COMMON, *declared.MAIL, *declared.WEBHOOK)
    for key in {*keys, *declared.COMMAND, *declared.FEED} - {"timeout", "attach"}:
        assert re.search(rf"\b{key}\b", page), key


def test_every_rule_that_is_shown_as_default_is_the_default() -> None:
    page = (ROOT / "docs" / "schedule.md").read_text(encoding="utf-8")
    rules = load_plan(load_settings(data=ROOT / "data")).serials[0].rules
    shown = {
        "catch_up": f'`"{rules.catch_up}"`',
        "max_age": f'`"{span_words(rules.max_age)}"`',
        "revise_for": f'`"{span_words(rules.revise_for)}"`, `"{span_words(rules.revise_every)}"`',
        "late_after": f'`"{span_words(rules.late_after)}"`',
        "timeout": f'`"{span_words(rules.timeout)}"`, `"{span_words(rules.cell_timeout)}"`',
        "retries": f'{rules.retries}, `"{span_words(rules.retry_wait)}"`',
    }
    for key, default in shown.items():
        assert re.search(rf"^\| `{key}`[^|]*\| {re.escape(default)} \|", page, re.M), key


def test_serve_ticks_and_ends_well_on_sigterm(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    asked = [sys.executable, str(ROOT / "scripts" / "schedule.py"), "--data", tmp_path / "data"]
    asked += ["--out", tmp_path / "reports", "serve", "--every", "1h"]
    with subprocess.Popen(
        asked, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as run:
        try:
            assert run.stderr
            said = next(line for line in run.stderr if "waiting" in line)
            assert "the newest document is not there at all" in said
            run.send_signal(signal.SIGTERM)
            assert "the next tick takes up" in run.stderr.read()
            assert run.wait(30) == 0
        finally:
            run.kill()
