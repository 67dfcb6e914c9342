"""Telling people, over real servers on loopback: each thing once, secrets never, trouble dated."""

import datetime as dt
import errno
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from scheduled_place import SCHEDULE, Desk, at_kyiv, make_desk, open_desk

from tally.schedule import tick as tick_module
from tally.schedule.messages import headline, trouble
from tally.schedule.running import Ran
from tally.schedule.standing import standing
from tally.schedule.tick import Report

STORY = "Russian drones killed {} people in Sumy on May 21, the State Emergency Service said."
PASSWORD = "a very secret password"
PEOPLE = """
readers = ["one@example.org", "two@example.org"]
maintainers = ["desk@example.org"]
late_after = "10m"
"""
FAILED = "Daily briefing, 21 May 2025: could not be made"
LATE = "Daily briefing, 21 May 2025: is late"
HOOK = """
[[schedule.webhook]]
name = "chat"
url_env = "TALLY_HOOK"
token_env = "TALLY_TOKEN"
events = ["edition", "failed"]
"""


class Box:
    """Keeps the mail that a server takes; `refuse` is what it answers instead."""

    def __init__(self) -> None:
        self.mail: list[tuple[str, EmailMessage]] = []
        self.refuse = ""

    async def handle_DATA(self, _: object, __: object, envelope: Envelope) -> str:
        if self.refuse:
            return self.refuse
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.mail += [(to, message) for to in envelope.rcpt_tos]
        return "250 taken"

    def subjects(self, to: str) -> list[str]:
        return [str(message["Subject"]) for address, message in self.mail if address == to]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    kept, port = Box(), free_port()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield kept, port
    finally:
        server.stop()


def mailing(
    root: Path, port: int, security: str = "none", more: str = "", timeout: str = "5s"
) -> Desk:
    mail = (
        f'[schedule.mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "{security}"\n'
        f'sender = "tally@example.org"\ntimeout = "{timeout}"\n{more}'
    )
    desk = make_desk(root, f"{SCHEDULE}{PEOPLE}[schedule]\naddress = 'https://x.example'\n{mail}")
    desk.story("2025-05-21-sumy", STORY.format("two"), "2025-05-21T06:30+03:00")
    return desk


@pytest.mark.usefixtures("quick")
def test_readers_get_good_editions_and_maintainers_trouble(
    tmp_path: Path, box: tuple[Box, int]
) -> None:
    kept, port = box
    desk = mailing(tmp_path, port)
    desk.tick("2025-05-20T08:00")
    desk.stub.faults["2025-05-21"] = [lambda _: Ran("cell", "ValueError: no", 4)]
    for minute in range(3):
        desk.tick(f"2025-05-21T08:0{minute}")
    assert kept.subjects("desk@example.org") == [FAILED]
    desk.story("2025-05-21-more", STORY.format("three"), "2025-05-21T08:30+03:00")
    desk.tick("2025-05-21T08:31")
    desk.tick("2025-05-21T08:32")
    assert kept.subjects("desk@example.org")[1:] == [f"Over: {FAILED}"]
    for reader in ("one@example.org", "two@example.org"):
        assert kept.subjects(reader) == [
            "Daily briefing: Night to 2025-05-20",
            "Daily briefing: Night to 2025-05-21",
        ]
    last = [message for to, message in kept.mail if to == "one@example.org"][-1]
    attached = next(iter(last.iter_attachments()))
    pdf = desk.plan.site / "daily/2025-05-21/1/briefing.pdf"
    assert attached.get_content() == pdf.read_bytes()
    body = last.get_body()
    assert body
    words = body.get_content()
    assert "To read: https://x.example/daily/2025-05-21/1/" in words
    assert desk.records()[-1].products["briefing.pdf"] in words
    assert len({str(message["Message-ID"]) for _, message in kept.mail}) == len(kept.mail)


HEADLINES = [
    ("failed daily 2025-05-21", FAILED),
    ("late daily 2025-05-21", LATE),
    (
        "waiting weekly 2025-05-21T0900",
        "weekly, 21 May 2025, 09:00: is held back until newer documents come in",
    ),
    ("problem inbox", "Trouble with the inbox"),
    ("refused", "Files of the inbox could not be read"),
    ("problem feed https://x.example/a b", "Trouble with the feed: https://x.example/a b"),
    ("problem document data/documents/a.md", "Trouble with the document: data/documents/a.md"),
    ("site pages", "Trouble with the pages of the site"),
    ("history history.sqlite.broken-1", "The history was broken"),
    ("clock set back", "The clock was set back"),
    ("broken tick", "A tick broke"),
]


@pytest.mark.parametrize(("alarm", "words"), HEADLINES)
def test_trouble_is_named_as_people_name_it(tmp_path: Path, alarm: str, words: str) -> None:
    assert headline(make_desk(tmp_path).plan, alarm) == words


def test_a_chat_that_shows_only_the_text_learns_what_it_is_about(tmp_path: Path) -> None:
    plan, now = make_desk(tmp_path).plan, at_kyiv("2025-05-21T08:31")
    told = trouble(plan, "failed", "failed daily 2025-05-21", "daily", "ValueError: no", now)
    assert told["text"].splitlines() == [
        f"{FAILED}.",
        "",
        "ValueError: no",
        "",
        "Told at 2025-05-21 05:31 UTC. What holds now: scripts/schedule.py status",
        "",
        "-- ",
        "Tally",
    ]


@pytest.mark.usefixtures("quick")
def test_a_revision_tells_what_changed(tmp_path: Path, box: tuple[Box, int]) -> None:
    kept, port = box
    desk = mailing(tmp_path, port)
    desk.tick("2025-05-21T08:00")
    desk.story("2025-05-21-more", STORY.format("three"), "2025-05-21T08:30+03:00")
    desk.tick("2025-05-21T10:00")
    assert kept.subjects("one@example.org")[-1] == "Daily briefing: Night to 2025-05-21, revision 2"
    body = kept.mail[-1][1].get_body()
    assert body
    assert "- killed State Emergency Service: 2, now 2; 3" in body.get_content()


@pytest.mark.usefixtures("quick")
def test_a_server_that_is_down_gets_everything_later_and_once(
    tmp_path: Path, box: tuple[Box, int]
) -> None:
    kept, port = box
    desk = mailing(tmp_path, port)
    kept.refuse = "451 try again later"
    report = desk.tick("2025-05-21T08:00")
    assert report.failed
    assert report.not_sent == {"mail": "127.0.0.1: 451 try again later"}
    assert desk.editions() == ["daily/2025-05-21/1"], "publishing does not wait for mail"
    kept.refuse = ""
    desk.tick("2025-05-21T08:00")
    assert kept.mail == [("two@example.org", kept.mail[0][1])], "the first one is waited for"
    for minute in range(2, 6):
        desk.tick(f"2025-05-21T08:0{minute}")
    assert sorted(to for to, _ in kept.mail) == ["one@example.org", "two@example.org"]


def silent() -> socket.socket:
    """Listen, and never say a word."""
    held = socket.create_server(("127.0.0.1", 0))
    held.settimeout(0)
    return held


DOWN = [
    (False, r"127\.0\.0\.1:\d+ cannot be reached \(.*Connection refused"),
    (True, r"127\.0\.0\.1:\d+ cannot be reached \(.*timed out"),
]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("listens", "words"), DOWN)
def test_a_server_that_is_down_or_silent_keeps_no_edition_back(
    tmp_path: Path, listens: bool, words: str
) -> None:
    with silent() as held:
        port = held.getsockname()[1]
        if not listens:
            held.close()
        desk = mailing(tmp_path, port, timeout="1s")
        report = desk.tick("2025-05-21T08:00")
    assert re.match(words, report.not_sent["mail"]), report.not_sent
    assert (report.failed, desk.editions()) == (True, ["daily/2025-05-21/1"])
    kept = Box()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    try:
        for minute in range(1, 6):
            desk.tick(f"2025-05-21T08:0{minute}")
    finally:
        server.stop()
    assert sorted(to for to, _ in kept.mail) == ["one@example.org", "two@example.org"]


@pytest.mark.usefixtures("quick")
def test_lateness_is_told_once_and_its_end(tmp_path: Path, box: tuple[Box, int]) -> None:
    kept, port = box
    desk = mailing(tmp_path, port)
    desk.stub.faults["2025-05-21"] = [lambda _: Ran("kernel", "the kernel died.")] * 3
    text = (
        (tmp_path / "briefings.toml")
        .read_text()
        .replace("late_after", 'retry_wait = "15m"\nlate_after')
    )
    (tmp_path / "briefings.toml").write_text(text)
    again = open_desk(tmp_path)
    again.stub.faults = desk.stub.faults
    for minute in (0, 5, 11, 14):
        again.tick(f"2025-05-21T08:{minute:02}")
    assert kept.subjects("desk@example.org") == [LATE]
    again.stub.faults.clear()
    again.tick("2025-05-21T08:20")
    assert kept.subjects("desk@example.org")[1:] == [f"Over: {LATE}"]


@pytest.mark.usefixtures("quick")
def test_files_that_cannot_be_taken_are_one_message(tmp_path: Path, box: tuple[Box, int]) -> None:
    kept, port = box
    mailing(tmp_path, port)
    text = (tmp_path / "briefings.toml").read_text()
    told = '[schedule]\ninbox = "inbox"\nmaintainers = ["desk@example.org"]\n'
    inbox = text.replace("[schedule]\n", told)
    (tmp_path / "briefings.toml").write_text(inbox)
    again = open_desk(tmp_path)
    (tmp_path / "inbox").mkdir()
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    put(again, "a.png", "b.png")
    assert again.tick("2025-05-21T08:00").failed
    put(again, "2025-05-21-c.txt", "2025-05-21-d.txt")
    with mock.patch.object(os, "fsync", side_effect=full):
        assert again.tick("2025-05-21T08:01").failed
    assert not again.tick("2025-05-21T08:02").failed
    assert kept.subjects("desk@example.org") == [
        "Files of the inbox could not be read",
        "Trouble with the inbox",
        "Over: Trouble with the inbox",
    ]
    told = [str(message.get_content()) for to, message in kept.mail if to == "desk@example.org"]
    assert ["a.png" in told[0], "b.png" in told[0]] == [True, True]
    assert "2 files wait: " in told[1]
    assert "No space left on device" in told[1]


def put(desk: Desk, *names: str) -> None:
    """Put files into the inbox that nobody writes to any more."""
    for name in names:
        path = desk.root / "inbox" / name
        path.write_text(STORY.format(len(name)))
        os.utime(path, (0, 0))


@pytest.mark.usefixtures("quick")
def test_what_is_too_old_to_be_made_is_said_until_a_newer_one_is_out(
    tmp_path: Path, box: tuple[Box, int]
) -> None:
    kept, port = box
    mailing(tmp_path, port)
    text = (tmp_path / "briefings.toml").read_text()
    weekly = text.replace("0 8 * * *", "0 8 * * wed").replace(
        "late_after", 'max_age = "1d"\nlate_after'
    )
    (tmp_path / "briefings.toml").write_text(weekly)
    again = open_desk(tmp_path)
    again.stub.faults["2025-05-21"] = [lambda _: Ran("cell", "ValueError: no")]
    again.tick("2025-05-14T08:00")
    for day in (21, 22, 24, 27):
        assert again.tick(f"2025-05-{day}T09:00").failed
        index = (again.plan.site / "index.html").read_text(encoding="utf-8")
        assert "The edition could not be made (noticed on 21 May 2025, 09:00" in index
        with tick_module.opened(again.plan, Report(), again.now) as history:
            (line,) = standing(again.plan, history, again.now, dt.timedelta(hours=1)).lines
        assert line.late == (() if day == 21 else ("2025-05-21",))
    assert not again.tick("2025-05-28T08:00").failed
    assert "could not be made" not in (again.plan.site / "index.html").read_text(encoding="utf-8")
    assert kept.subjects("desk@example.org") == [FAILED]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_by_tls_with_a_password_that_is_never_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    security: str,
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out",
         certificate, "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=IP:127.0.0.1,DNS:localhost"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    kept, port = Box(), free_port()

    def accept(_: object, __: object, ___: object, ____: object, told: LoginPassword) -> AuthResult:
        return AuthResult(success=told.password == PASSWORD.encode(), handled=False)

    wrapped: dict[str, Any] = {"ssl_context": context, "auth_require_tls": False}
    upgraded: dict[str, Any] = {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
    }
    server = Controller(
        kept,
        hostname="127.0.0.1",
        port=port,
        authenticator=accept,
        **(wrapped if security == "tls" else upgraded),
    )
    server.start()
    try:
        secret = 'user = "desk"\npassword_file = "secret.txt"\npassword_env = "TALLY_TEST_SMTP"\n'
        desk = mailing(tmp_path / "desk", port, security, secret)
        untrusted = desk.tick("2025-05-21T08:00")
        assert "certificate verify failed" in untrusted.not_sent["mail"]
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        missing = desk.tick("2025-05-21T08:02")
        assert re.search(
            "password .* is missing: TALLY_TEST_SMTP or .*secret.txt", missing.not_sent["mail"]
        )
        monkeypatch.setenv("TALLY_TEST_SMTP", "wrong " + PASSWORD)
        wrong = desk.tick("2025-05-21T08:12")
        assert "does not accept the user or the password" in wrong.not_sent["mail"]
        monkeypatch.delenv("TALLY_TEST_SMTP")
        (tmp_path / "desk" / "secret.txt").write_text(PASSWORD + "\n")
        assert not desk.tick("2025-05-21T10:12").not_sent
        assert not desk.tick("2025-05-21T12:12").not_sent
        assert sorted(to for to, _ in kept.mail) == ["one@example.org", "two@example.org"]
    finally:
        server.stop()
    said = capfd.readouterr()
    told = f"{said.out}{said.err}{untrusted}{missing}{wrong}"
    assert PASSWORD not in told
    for path in (desk.plan.settings.out).rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes(), path


class Hook(BaseHTTPRequestHandler):
    """Keeps what is posted to it, and answers what it is told to."""

    taken: list[tuple[dict[str, str], dict[str, Any]]]
    answers: list[int]

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        code = self.answers.pop(0) if self.answers else 204
        if code < 300:
            self.taken.append((dict(self.headers), json.loads(content)))
        self.send_response(code)
        self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.usefixtures("quick")
def test_a_webhook_is_given_each_event_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hook.taken, Hook.answers = [], [503, 302]
    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            monkeypatch.setenv("TALLY_HOOK", f"http://127.0.0.1:{server.server_port}/key-in-here")
            monkeypatch.setenv("TALLY_TOKEN", "sesame")
            desk = make_desk(tmp_path, SCHEDULE + HOOK)
            assert desk.tick("2025-05-21T08:00").not_sent == {"chat": "the server answers 503"}
            assert desk.tick("2025-05-21T08:02").not_sent == {"chat": "the server answers 302"}
            for minute in (10, 11, 12):
                assert not desk.tick(f"2025-05-21T08:{minute}").not_sent
        finally:
            server.shutdown()
    told = desk.tick("2025-05-22T08:00").not_sent
    ((headers, message),) = Hook.taken
    assert headers["Authorization"] == "Bearer sesame"
    assert (message["event"], message["serial"], message["revision"]) == ("edition", "daily", 1)
    assert {"text", "title", "sha256", "changes", "address"} <= message.keys()
    assert "key-in-here" not in str(told)
    assert told == {"chat": "the server cannot be reached (Connection refused)"}


@pytest.mark.usefixtures("quick")
def test_a_command_is_given_the_message_and_no_shell(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    program = (
        "import os, sys; open(sys.argv[1], 'a').write(os.environ['TALLY_EVENT'] + sys.stdin.read())"
    )
    run = json.dumps([sys.executable, "-c", program, f"{told}"])
    desk = make_desk(tmp_path / "desk", f"{SCHEDULE}[[schedule.command]]\nrun = {run}\n")
    assert not desk.tick("2025-05-21T08:00").not_sent
    assert told.read_text().startswith('edition{"event": "edition"')
    broken = '[[schedule.command]]\nname = "beep"\nrun = ["/no/such/program", "$(touch x)"]\n'
    other = make_desk(tmp_path / "other", SCHEDULE + broken)
    assert other.tick("2025-05-21T08:00").not_sent == {
        "beep": "/no/such/program cannot be run (No such file or directory)"
    }
