"""Fetching, from servers of every kind of ill will: hanging, endless, circling, private."""

import gzip
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from scheduled_place import SCHEDULE, make_desk

from tally.documents.feeds import Limits, _is_public, fetch, shown
from tally.errors import DocumentError

pytest.importorskip("feedparser", reason="needs the extra collect")

ENTRY = """<item><title>{title}</title><link>https://desk.example.org/{n}</link>
<guid>{n}</guid><pubDate>Wed, 21 May 2025 06:30:00 +0300</pubDate>
<description>&lt;p&gt;Russian drones killed {n} people in Sumy on May 21.&lt;/p&gt;</description>
</item>"""


def rss(*entries: str) -> bytes:
    head = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Desk</title>'
    )
    return f"{head}{''.join(entries)}</channel></rss>".encode()


GOOD = rss(*(ENTRY.format(n=n, title=f"Night {n}") for n in (2, 3)))
SMALL = Limits(seconds=1.0, most_bytes=100_000)
BOMB = gzip.compress(bytes(5_000_000), 1)
asked: list[str] = []


class Server(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        asked.append(self.path)
        _ANSWERS[self.path.partition("?")[0]](self)

    def send(self, content: bytes, *headers: tuple[str, str], code: int = 200) -> None:
        self.send_response(code)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


def hang(_: Server) -> None:
    time.sleep(3)


def drip(server: Server) -> None:
    server.send(b"")
    for _ in range(100):
        try:
            server.wfile.write(b"<")
        except OSError:
            return
        time.sleep(0.1)


def flood(server: Server) -> None:
    server.send(b"")
    try:
        for _ in range(3_200):  # 200 MB
            server.wfile.write(b" " * 65_536)
    except OSError:
        return


def unchanged(server: Server) -> None:
    if server.headers["If-None-Match"] == '"1"':
        server.send(b"", code=304)
    else:
        server.send(GOOD, ("ETag", '"1"'), ("Content-Type", "application/rss+xml"))


_ANSWERS: dict[str, Callable[[Server], None]] = {
    "/good": unchanged,
    "/packed": lambda server: server.send(gzip.compress(GOOD), ("Content-Encoding", "gzip")),
    "/bomb": lambda server: server.send(BOMB, ("Content-Encoding", "gzip")),
    "/hang": hang,
    "/drip": drip,
    "/flood": flood,
    "/circle": lambda server: server.send(b"", ("Location", "/circle"), code=302),
    "/file": lambda server: server.send(b"", ("Location", "file:///etc/passwd"), code=302),
    "/once": lambda server: server.send(b"", ("Location", "/good"), code=301),
    "/gone": lambda server: server.send(b"no", code=404),
    "/garbage": lambda server: server.wfile.write(b"\xff\xfe\0garbage\r\n\r\n") and None,
    "/page": lambda server: server.send(b"<html><body>Sign in</body></html>"),
    "/broken": lambda server: server.send(GOOD[: GOOD.rindex(b"<guid>")]),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


FAILING = [
    ("/hang", "no whole answer within 1 s|no answer in time"),  # whichever clock ends first
    ("/drip", "no whole answer within 1 s"),
    ("/flood", "it sends more than 100,000 bytes"),
    ("/bomb", "it sends more than 100,000 bytes"),
    ("/circle", "it redirects too often"),
    ("/file", "it redirects to what is no web address"),
    ("/gone", "the server answers 404 Not Found"),
    ("/garbage", "it cannot be fetched"),
]


@pytest.mark.parametrize(("path", "words"), FAILING)
def test_ill_will_is_told_in_one_line_and_in_time(site: str, path: str, words: str) -> None:
    start = time.monotonic()
    with pytest.raises(DocumentError, match=words) as caught:
        fetch(f"{site}{path}?key=secret", private=True, limits=SMALL)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("path", ["/good", "/once", "/packed"])
def test_what_is_there_is_fetched(site: str, path: str) -> None:
    assert fetch(f"{site}{path}", private=True, limits=SMALL).content == GOOD


def test_what_has_not_changed_is_not_sent_again(site: str) -> None:
    first = fetch(f"{site}/good", private=True)
    assert fetch(f"{site}/good", private=True, etag=first.etag).unchanged


def test_a_private_network_is_refused_unless_it_is_allowed(site: str) -> None:
    asked.clear()
    with pytest.raises(DocumentError, match=r"127\.0\.0\.1 is an address within a private network"):
        fetch(f"{site}/good")
    with pytest.raises(DocumentError, match="localhost is an address within a private network"):
        fetch(site.replace("127.0.0.1", "localhost"))
    assert asked == [], "it was not even asked"


@pytest.fixture
def public(site: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The site as if at a public address; inside.example is the name of one within."""
    resolve, connect = socket.getaddrinfo, socket.create_connection
    names = {"feed.example": PUBLIC, "inside.example": "10.0.0.5"}
    port = int(site.rpartition(":")[2])

    def resolved(host: str, *given: Any, **named: Any) -> Any:
        return resolve(names.get(host, host), *given, **named)

    def connected(address: tuple[str, int], *given: Any) -> socket.socket:
        assert address[0] == PUBLIC, "only the public address is asked"
        return connect(("127.0.0.1", address[1]), *given)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket, "create_connection", connected)
    return f"http://feed.example:{port}"


PUBLIC = "8.8.8.8"
WITHIN = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "localhost",
    "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[fd00::1]", "[64:ff9b::7f00:1]", "inside.example",
]  # fmt: skip


@pytest.mark.parametrize("host", WITHIN)
@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_into_the_network_is_refused(public: str, host: str, code: int) -> None:
    port = public.rpartition(":")[2]
    with elsewhere(f"http://{host}:{port}/good", code), pytest.raises(DocumentError) as caught:
        fetch(f"{public}/elsewhere", limits=SMALL)
    assert "is an address within a private network" in str(caught.value)
    assert asked == ["/elsewhere"], "what it points at was not asked"


def test_a_redirect_to_a_public_address_is_followed(public: str) -> None:
    with elsewhere(f"{public}/good", 302):
        assert fetch(f"{public}/elsewhere", limits=SMALL).content == GOOD


@contextmanager
def elsewhere(where: str, code: int) -> Iterator[None]:
    """Let the site point there."""
    asked.clear()
    _ANSWERS["/elsewhere"] = lambda server: server.send(b"", ("Location", where), code=code)
    yield
    del _ANSWERS["/elsewhere"]


ADDRESSES = [
    ("8.8.8.8", True),
    ("2001:4860:4860::8888", True),
    ("127.0.0.1", False),
    ("10.1.2.3", False),
    ("169.254.169.254", False),
    ("192.168.0.1", False),
    ("0.0.0.0", False),
    ("224.0.0.1", False),
    ("::1", False),
    ("fe80::1%eth0", False),
    ("fd00::1", False),
    ("::ffff:10.0.0.1", False),
    ("64:ff9b::a00:1", False),
    ("64:ff9b::808:808", True),
    ("2002:7f00:1::1", False),
]


@pytest.mark.parametrize(("address", "public"), ADDRESSES)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert _is_public(address) is public


def test_an_address_is_shown_without_its_secrets() -> None:
    assert shown("https://u:p@example.org:8/a?k=1#f") == "https://example.org:8/a"


@pytest.mark.usefixtures("quick")
def test_a_tick_takes_what_feeds_and_inbox_hold(tmp_path: Path, site: str) -> None:
    feeds = "".join(
        f'[[schedule.feed]]\nurl = "{site}{path}?k=1"\nprivate = true\nevery = "10m"\n'
        for path in ("/good", "/gone", "/broken", "/page")
    )
    desk = make_desk(tmp_path, f'{SCHEDULE}[schedule]\ninbox = "inbox"\n{feeds}')
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "2025-05-21-desk.txt").write_text("Russian drones killed nine people in Sumy.\n")
    (inbox / "undated.txt").write_text("Russian drones killed nine people in Sumy.\n")
    (inbox / "picture.png").write_bytes(b"\x89PNG")
    (inbox / "half.txt.part").write_text("Russian")
    for path in inbox.iterdir():
        os.utime(path, (0, 0))
    (inbox / "just-written.md").write_text("---\nid: half")
    asked.clear()
    report = desk.tick("2025-05-21T08:00")
    assert report.taken == 3
    assert sorted(words.partition(":")[0] for words in report.warnings) == [
        "http",
        "http",
        "http",
        "picture.png",
        "undated.txt",
    ], report.warnings
    assert [made.state for made in report.made] == ["published"]
    assert sorted(path.name for path in inbox.iterdir()) == [
        "half.txt.part",
        "just-written.md",
        "refused",
        "taken",
    ]
    assert "no publication date" in (inbox / "refused/undated.txt.why.txt").read_text()
    assert len(asked) == 4
    again = desk.tick("2025-05-21T08:05")
    assert (again.taken, len(asked)) == (0, 4), "a feed is not asked every minute"
    desk.tick("2025-05-21T08:15")
    assert len(asked) == 8
