"""Reads RSS and Atom: each entry that can be read is a document, each that cannot a problem.

feedparser, of the extra `collect`, reads the formats. An entry keeps its title and the text that
the feed itself gives; whole articles are not fetched.
"""

import calendar
import datetime as dt
import hashlib
import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

from tally.documents.fetching import Fetched, Limits, fetch, shown
from tally.documents.intake import check_language, check_published, check_text
from tally.documents.language import guess_language
from tally.errors import DocumentError
from tally.model import Document

__all__ = ["Fetched", "Limits", "Read", "fetch", "read_feed"]

MOST_ENTRIES = 500
EXTRA = (
    "reading feeds needs feedparser; install it with "
    ".venv/bin/python -m pip install -e '.[collect]'"
)

_SLUG = re.compile(r"[^a-z0-9]+")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_BLOCK = re.compile(r"p|div|br|li|ul|ol|tr|table|blockquote|section|article|h[1-6]")
_SILENT = frozenset(("script", "style", "template", "noscript", "iframe"))


@dataclass(frozen=True, slots=True)
class Read:
    """The documents of a feed, and what was wrong with the rest of it."""

    documents: tuple[Document, ...]
    problems: tuple[str, ...]


def read_feed(fetched: Fetched, publisher: str = "", language: str = "") -> Read:
    """Return the entries of a feed as documents; DocumentError when it is none at all.

    `publisher` and `language` stand for what the feed does not say. A feed that breaks off gives
    the entries before the break.
    """
    where = shown(fetched.url)
    if _ENTITY.search(fetched.content):
        msg = f"{where}: the feed declares entities of its own, which is not read"
        raise DocumentError(msg)
    kind = fetched.media_type or "application/xml"
    told = _parser().parse(fetched.content, response_headers={"content-type": kind})
    entries = list(told.entries)[:MOST_ENTRIES]
    if not entries and (told.bozo or not told.version):
        msg = f"{where}: not a feed that can be read ({_broken(told)})"
        raise DocumentError(msg)
    found = list(_documents(entries, publisher or str(told.feed.get("title", "")), language, where))
    problems = [str(each) for each in found if isinstance(each, DocumentError)]
    # A wrong letter in the declaration of the encoding is mended by the parser and harms nothing.
    if told.bozo and type(told.bozo_exception).__name__ != "CharacterEncodingOverride":
        problems.append(
            f"{where}: the feed is broken ({_broken(told)}); entries before it are read"
        )
    return Read(tuple(each for each in found if isinstance(each, Document)), tuple(problems))


def _documents(
    entries: list[Any], publisher: str, language: str, where: str
) -> Iterator[Document | DocumentError]:
    for entry in entries:
        try:
            yield _document(entry, publisher, language)
        except DocumentError as error:
            title = _plain(str(entry.get("title", "")))[:80] or "without a title"
            yield DocumentError(f"{where}: entry {title!r}: {error}")


def _document(entry: Any, publisher: str, language: str) -> Document:
    title = _plain(str(entry.get("title", "")))
    bodies = [str(each.get("value", "")) for each in entry.get("content", ())]
    body = max((_plain(each) for each in (*bodies, str(entry.get("summary", "")))), key=len)
    text = "\n\n".join(filter(None, (f"# {title}" if title else "", body))) + "\n"
    check_text(text)
    lang = language or guess_language(text)
    check_language(lang)
    published, link = _published(entry), _link(entry)
    mark = hashlib.sha256(f"{entry.get('id', '') or link}\0{text}".encode()).hexdigest()[:10]
    host = _SLUG.sub("-", (urllib.parse.urlsplit(link).hostname or publisher).lower()).strip("-")
    name = "-".join(filter(None, (published[:10], host[:60], mark)))
    return Document(name, lang, published, " ".join(publisher.split()), link, title, text)


def _published(entry: Any) -> str:
    """Return when an entry was published, UTC; an entry that does not say so is refused."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    if not moment:
        msg = "no date of publication that can be read"
        raise DocumentError(msg)
    try:
        stamp = dt.datetime.fromtimestamp(calendar.timegm(moment), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        msg = "its date of publication is no day of the calendar"
        raise DocumentError(msg) from error
    published = stamp.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    check_published(published)
    return published


def _link(entry: Any) -> str:
    link = str(entry.get("link", ""))
    return link if re.fullmatch(r"https?://\S+", link) else ""


def _broken(told: Any) -> str:
    error = told.get("bozo_exception")
    return " ".join(str(error).split())[:200] if error else "it names no format"


def _parser() -> ModuleType:
    try:
        import feedparser
    except ImportError as error:
        raise DocumentError(EXTRA) from error
    module: ModuleType = feedparser
    return module


class _Text(HTMLParser):
    """The words of a piece of HTML, its blocks as paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, _: object) -> None:
        self.silent += tag in _SILENT
        if _BLOCK.fullmatch(tag):
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        if _BLOCK.fullmatch(tag):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data.replace("\n", " "))


def _plain(html: str) -> str:
    """Return HTML as plain paragraphs.

    >>> _plain("<p>Збито <b>22</b> дрони &amp; 1 ракету</p><script>x</script><p>Two</p>")
    'Збито 22 дрони & 1 ракету\\n\\nTwo'
    """
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n\n".join(line for line in lines if line)
