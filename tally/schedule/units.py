"""What makes a machine tick: systemd units, or the line of a crontab. Writes nothing by itself."""

import getpass
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tally.schedule.lines import lines
from tally.schedule.plan import Plan

SERVICE, TIMER, FAILED = "tally-tick.service", "tally-tick.timer", "tally-tick-failed.service"


@dataclass(frozen=True, slots=True)
class Asked:
    """How often it is to tick, whose units they are, and the options that each tick takes."""

    minutes: int
    system: bool
    options: tuple[str, ...] = ()


def units(plan: Plan, asked: Asked) -> Mapping[str, str]:
    """Return the text of each unit, by its name."""
    root = plan.settings.root
    tick, alarm = (_command(root, word, asked.options) for word in ("tick", "alarm"))
    user = f"User={getpass.getuser()}\n" if asked.system else ""
    directory = f"WorkingDirectory={_escaped(str(root))}"
    return {
        SERVICE: f"""\
[Unit]
Description=Tally: collect, render, publish and tell what is due
Documentation={(root / "docs" / "schedule.md").as_uri().replace("%", "%%")}
# A tick tells of a briefing that fails by itself; this is for a tick that breaks or is killed.
OnFailure={FAILED}

[Service]
Type=oneshot
{user}{directory}
ExecStart={tick}
# 1: something is wrong and was told; 2 and all else: the tick itself could not work.
SuccessExitStatus=1
TimeoutStartSec=2h
Nice=10
""",
        TIMER: f"""\
[Unit]
Description=Tally ticks every {asked.minutes} min

[Timer]
OnCalendar=*:0/{asked.minutes}
# After the machine was off, tick at once; Tally itself knows what was missed.
Persistent=true
AccuracySec=10s

[Install]
WantedBy=timers.target
""",
        FAILED: f"""\
[Unit]
Description=Tally: tell maintainers that a tick broke

[Service]
Type=oneshot
{user}{directory}
ExecStart={alarm}
""",
    }


def unseen(plan: Plan) -> str:
    """Say which secrets a tick would miss that is not started from a shell; "" for none."""
    if not plan.variables:
        return ""
    words = f"""
{", ".join(plan.variables)}: such a tick does not see the variables of your shell.
Name a file in briefings.toml instead (password_file, url_file, token_file)."""
    return "\n".join(line for each in words.split("\n") for line in lines(each, "", "") or [""])


def switching(asked: Asked) -> str:
    """Say how to switch the units on, look at them and switch them off."""
    user = "" if asked.system else " --user"
    words = f"""
{TIMER} starts {SERVICE} every {asked.minutes} min, and at once after
the machine was off (Persistent=true). When a tick itself breaks,
{FAILED} tells maintainers (OnFailure=).
Switch it on, look at it, switch it off:

    systemctl{user} daemon-reload
    systemctl{user} enable --now {TIMER}
    systemctl{user} list-timers {TIMER}
    journalctl{user} -u {SERVICE}
    systemctl{user} disable --now {TIMER}"""
    if asked.system:
        return words
    return f"{words}\n\nUnits of a user stop when the user logs out, unless: loginctl enable-linger"


def cron_line(plan: Plan, asked: Asked) -> str:
    """Return the line of a crontab; what a tick says goes to a file beside the history."""
    root = plan.settings.root
    words = [sys.executable, str(root / "scripts" / "schedule.py"), *asked.options, "tick"]
    log = shlex.quote(str(plan.state / "tick.log"))
    line = f"cd {shlex.quote(str(root))} && {shlex.join(words)} >>{log} 2>&1"
    return f"*/{asked.minutes} * * * * {line.replace('%', chr(92) + '%')}"


def folder(asked: Asked) -> Path:
    """Return where systemd looks for units of an administrator or of a user."""
    return Path("/etc/systemd/system") if asked.system else Path.home() / ".config/systemd/user"


def _command(root: Path, word: str, options: tuple[str, ...]) -> str:
    words = (sys.executable, str(root / "scripts" / "schedule.py"), *options, word)
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """Return a word as systemd reads it on a command line."""
    safe = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{safe}"'


def _escaped(word: str) -> str:
    return word.replace("%", "%%")
