"""Fetches a feed, or any one address, within limits: time, size, redirects, no private network.

What a user points at may hang, redirect for ever, send without end, or name a machine within the
user's own network; each is refused in one line. Addresses are checked at the very connection, so
that a name that resolves differently the second time is not believed. No proxy is used.
"""

import gzip
import http.client
import ipaddress
import socket
import urllib.error
import urllib.parse
import urllib.request
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Any

from tally.deadline import Line, in_time
from tally.errors import DocumentError

AGENT = f"Tally/{version('tally')}"
_CHUNK = 1 << 16
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NO_ADDRESS = "it redirects to what is no web address"


@dataclass(frozen=True, slots=True)
class Limits:
    """How far fetching may go: seconds in all, bytes once unpacked, redirects one after another."""

    seconds: float = 30.0
    most_bytes: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave; `content` is empty and `unchanged` true when it is as it was."""

    url: str
    content: bytes
    media_type: str
    etag: str
    modified: str
    unchanged: bool = False


def fetch(
    url: str,
    *,
    private: bool = False,
    limits: Limits | None = None,
    etag: str = "",
    modified: str = "",
) -> Fetched:
    """Return what is at an address; DocumentError says in one line why there is nothing.

    `private` allows addresses within one's own network. With `etag` and `modified` of the time
    before, what has not changed is not sent again.
    """
    bounds = limits or Limits()
    where = shown(url)
    if urllib.parse.urlsplit(url).scheme.lower() not in ("http", "https"):
        msg = f"{where}: only http and https addresses are fetched"
        raise DocumentError(msg)
    headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    line = _Line(private)
    try:
        request = urllib.request.Request(url, headers=headers)
        opener = _opener(line, bounds.redirects)
        with in_time(bounds.seconds, line), opener.open(request, timeout=bounds.seconds) as answer:
            fetched = _read(answer, bounds)
            # A connection that was ended in time looks like one that the server ended.
            if line.ended:
                raise TimeoutError
            return fetched
    except urllib.error.HTTPError as error:
        with error:
            if error.code == http.HTTPStatus.NOT_MODIFIED:
                return Fetched(url, b"", "", etag, modified, unchanged=True)
        # What remains of redirects is what urllib itself refuses to follow.
        elsewhere = 300 <= error.code < 400
        answer = f"the server answers {error.code} {' '.join(str(error.reason).split())}"
        msg = f"{where}: {_NO_ADDRESS if elsewhere else answer}"
        raise DocumentError(msg) from error
    except DocumentError as error:
        msg = f"{where}: {error}"
        raise DocumentError(msg) from error
    except (OSError, http.client.HTTPException, ValueError, zlib.error, EOFError) as error:
        late = f"no whole answer within {bounds.seconds:.0f} s" if line.ended else _reason(error)
        msg = f"{where}: {late}"
        raise DocumentError(msg) from error


def shown(url: str) -> str:
    """Return an address as it may be told: without user, password and query, which may be secret.

    >>> shown("https://me:secret@example.org/feed?key=1")
    'https://example.org/feed'
    """
    with suppress(ValueError):
        parts = urllib.parse.urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        return urllib.parse.urlunsplit((parts.scheme, host, parts.path, "", ""))
    return "an address that cannot be read"


class _Line(Line):
    """The line of one fetch, to hosts that may be connected to."""

    def __init__(self, private: bool) -> None:
        super().__init__()
        self.private = private

    def open(self, host: str, port: int, timeout: float | None) -> socket.socket:
        """Connect to a host, if any of its addresses may be connected to."""
        told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]) for each in told]
        allowed = [each for each in addresses if self.private or _is_public(each)]
        if not allowed:
            msg = f"{host} is an address within a private network; allow it with private = true"
            raise DocumentError(msg)
        return self.hold(socket.create_connection((allowed[0], port), timeout))


class _Connection(http.client.HTTPConnection):
    """A connection that is made through a line."""

    def __init__(self, host: str, *, line: _Line, **given: Any) -> None:
        super().__init__(host, **given)
        self._line = line

    def connect(self) -> None:
        self.sock = self._line.open(self.host, self.port, self.timeout)


class _SafeConnection(http.client.HTTPSConnection, _Connection):
    """The same with TLS: what is above in this line of classes wraps what is below."""

    def connect(self) -> None:
        super().connect()
        self._line.hold(self.sock)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line = line

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_Connection, line=self._line), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line = line

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_SafeConnection, line=self._line), req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, and those to web addresses only."""

    # Those of urllib, which are told in its own words, come after ours.
    max_repeats = max_redirections = 1_000

    def __init__(self, most: int) -> None:
        self._left = most

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        self._left -= 1
        if self._left < 0:
            fp.close()
            words = "it redirects too often"
            raise DocumentError(words)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(line: _Line, most_redirects: int) -> urllib.request.OpenerDirector:
    """Return an opener whose every connection, also after a redirect, is checked and bounded."""
    direct = urllib.request.ProxyHandler({})
    return urllib.request.build_opener(
        _Http(line), _Https(line), _Redirects(most_redirects), direct
    )


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = _wrapped(found) if isinstance(found, ipaddress.IPv6Address) else None
    reached = inner or found
    return bool(reached.is_global) and not reached.is_multicast


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the older address that a newer one leads to, by whichever way, None for no such."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _read(answer: http.client.HTTPResponse, bounds: Limits) -> Fetched:
    """Read an answer to its end, or refuse it as soon as it is too long."""
    packed = (answer.headers.get("Content-Encoding") or "").lower() in ("gzip", "x-gzip")
    body: Any = gzip.GzipFile(fileobj=answer) if packed else answer
    pieces, size = [], 0
    while piece := body.read(_CHUNK):
        size += len(piece)
        if size > bounds.most_bytes:
            msg = f"it sends more than {bounds.most_bytes:,} bytes"
            raise DocumentError(msg)
        pieces.append(piece)
    return Fetched(
        url=answer.geturl(),
        content=b"".join(pieces),
        media_type=answer.headers.get_content_type(),
        etag=answer.headers.get("ETag") or "",
        modified=answer.headers.get("Last-Modified") or "",
    )


def _reason(error: Exception) -> str:
    cause = getattr(error, "reason", error)
    if isinstance(cause, DocumentError):
        return str(cause)
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    words = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    return f"it cannot be fetched ({' '.join(str(words).split())})"
