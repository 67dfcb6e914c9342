"""Host names in readable letters, where that cannot pass one host off as another."""

import re
import unicodedata
from urllib.parse import urlsplit

import idna

from tally.model import Document

_HOST = re.compile(
    r"(?<![\w.-])(?:[\w-]+\.)*xn--[a-z0-9-]+(?:\.[\w-]+)*(?P<cut>…|\.{3})?"
    r"(?![^\s)\],;:/…])",  # nothing unseen behind it, such as a zero-width sign
    re.IGNORECASE,
)
# Letters of living alphabets: no dotless i, no script g, no palochka, which pass for others.
_ALPHABETS = (
    frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў"),
    frozenset("abcdefghijklmnopqrstuvwxyzßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"),
)
_ANY = frozenset("0123456789-.")


def publisher(document: Document | None) -> str:
    """Return who printed a document as it is shown, "" if that is not known."""
    return readable(document.publisher, document.url) if document else ""


def readable(words: str, url: str = "") -> str:
    """Return words with each internationalised host decoded; a shortened one is the one of `url`.

    >>> readable("xn--217-eddps6di.xn--p1ai")
    'вести217.рф'
    """
    return _HOST.sub(lambda found: _shown(found, url), words)


def _shown(found: re.Match[str], url: str) -> str:
    if not found["cut"]:
        return _decoded(found[0])
    begun, host = found[0].removesuffix(found["cut"]).lower(), _host(url)
    decoded = _decoded(host) if host.startswith(begun) else host
    return found[0] if decoded == host else decoded


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _decoded(host: str) -> str:
    """Return a host in its letters, or as it is if it mixes scripts or is not well formed."""
    try:
        decoded = unicodedata.normalize("NFC", idna.decode(host.lower()))
    except UnicodeError:  # what idna raises is one
        return host
    letters = set(decoded.removeprefix("www.")) - _ANY
    return decoded if any(letters <= alphabet for alphabet in _ALPHABETS) else host
