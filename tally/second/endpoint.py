"""Asks an OpenAI-compatible endpoint. What comes back is text of a stranger: bounded, not believed.

Knows no claims. A redirect is not followed, because it would carry the key and the document away.
"""

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tally.deadline import Line, in_time
from tally.errors import SecondReaderError

if TYPE_CHECKING:
    import httpx

INSTALL = ".venv/bin/python -m pip install -e '.[llm]'"
ADDRESS, KEY, MODEL = "TALLY_LLM_URL", "TALLY_LLM_KEY", "TALLY_LLM_MODEL"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MOST_BYTES = 1_000_000
SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, whom, and for how long; the key is in no message and no representation."""

    address: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS


def from_environment(seconds: float = SECONDS) -> Endpoint:
    """Return the endpoint that the environment names."""
    address, model = os.environ.get(ADDRESS, ""), os.environ.get(MODEL, "")
    if not address or not model:
        msg = (
            f"set {ADDRESS} to the address of an OpenAI-compatible endpoint, such as "
            f"http://localhost:8000/v1, {MODEL} to the model, and {KEY} to the key if it needs one."
        )
        raise SecondReaderError(msg)
    key = os.environ.get(KEY, "")
    try:
        told = urlsplit(address)
        host, whole = told.hostname, told.scheme in {"http", "https"}
    except ValueError:
        host, whole = None, False
    if not whole or not host:
        msg = f"{ADDRESS} {address!r} is no address; write one such as https://example.org/v1."
        raise SecondReaderError(msg)
    if key and told.scheme == "http" and host not in LOOPBACK:
        msg = f"{ADDRESS} is http: the key would travel for all to read; write https, or no key."
        raise SecondReaderError(msg)
    return Endpoint(address.rstrip("/"), model, key, seconds)


def ask(endpoint: Endpoint, system: str, user: str) -> str:
    """Return the words of the answer; SecondReaderError says what was wrong with it."""
    try:
        import httpx
    except ImportError as error:
        msg = f"the second reader needs httpx, which is not installed; install it: {INSTALL}"
        raise SecondReaderError(msg) from error
    asked = {
        "model": endpoint.model,
        "temperature": 0,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
    }
    # Compressed, a small answer could be a huge one.
    headers = {"Accept-Encoding": "identity"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    line = _Line()
    try:
        # The environment may hold proxies and passwords for other uses.
        with (
            in_time(endpoint.seconds, line),
            httpx.Client(trust_env=False, timeout=endpoint.seconds) as client,
            client.stream(
                "POST",
                f"{endpoint.address}/chat/completions",
                json=asked,
                headers=headers,
                extensions={"trace": line.trace},
            ) as answer,
        ):
            _check(answer)
            content = _bounded(answer)
            # A connection that was ended in time looks like one that the endpoint ended.
            if line.ended:
                raise _slow(endpoint.seconds)
            return _words(content)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        if line.ended or isinstance(error, httpx.TimeoutException):
            raise _slow(endpoint.seconds) from error
        msg = f"{endpoint.address} cannot be asked ({type(error).__name__}); check {ADDRESS}."
        raise SecondReaderError(msg) from error


class _Line(Line):
    """The line of one question, made by httpcore, which tells of it by its extension `trace`."""

    def trace(self, event: str, told: dict[str, Any]) -> None:
        """Keep the socket of a connection that was made."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self.hold(told["return_value"].get_extra_info("socket"))


def _check(answer: "httpx.Response") -> None:
    if answer.is_redirect:
        msg = f"the endpoint points elsewhere, which is not followed; set {ADDRESS} to the place."
        raise SecondReaderError(msg)
    if answer.status_code != 200:
        msg = f"the endpoint refused (HTTP {answer.status_code}); check {MODEL} and {KEY}."
        raise SecondReaderError(msg)
    if answer.headers.get("content-encoding", "identity") != "identity":
        msg = "the endpoint's answer is compressed, though it was asked not to be; it is not read."
        raise SecondReaderError(msg)


def _bounded(answer: "httpx.Response") -> bytes:
    content = bytearray()
    for piece in answer.iter_raw(chunk_size=65536):
        content += piece
        if len(content) > MOST_BYTES:
            msg = f"the answer is longer than {MOST_BYTES:,} bytes; it is not read."
            raise SecondReaderError(msg)
    return bytes(content)


def _slow(seconds: float) -> SecondReaderError:
    return SecondReaderError(f"no answer within {seconds:g} s; ask again, or with more --timeout.")


def _words(content: bytes) -> str:
    found = parsed(content.decode("utf-8", errors="replace"))
    try:
        words: Any = found["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        words = None
    if not isinstance(words, str):
        msg = "the answer is not that of an OpenAI-compatible endpoint; check the address."
        raise SecondReaderError(msg)
    return words


def parsed(text: str) -> Any:
    """Return what JSON says; SecondReaderError where it is none, or nested without end."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        msg = f"the answer is not JSON ({type(error).__name__})."
        raise SecondReaderError(msg) from error
