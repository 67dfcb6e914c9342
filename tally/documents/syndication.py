"""Feeds (RSS, Atom), as files or as the bytes that were fetched: an entry is a document.

What an entry holds is often only the head of the story; its address says where the rest is.
"""

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tally.documents.intake import MOST_BYTES
from tally.documents.limits import Limits, too_large
from tally.documents.markup import words_in
from tally.documents.stating import Found, headed, needs_extra, one_line, stated_time
from tally.errors import DocumentError
from tally.model import Document, published_at

_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def read_feed(path: Path, limits: Limits) -> Iterator[Found]:
    """Yield the entries of a feed that was saved."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise too_large(size, limits, "file_bytes")
    yield from parse_feed(path.read_bytes())


def parse_feed(content: bytes) -> Iterator[Found]:
    """Yield the entries of a feed's bytes; an entry without words is passed over."""
    try:
        import feedparser
    except ImportError as error:
        what = "a feed"
        raise needs_extra(what, error) from error
    if _ENTITY.search(content) or _ENTITY.search(content.replace(b"\0", b"")):
        msg = "the feed defines XML entities, which no feed needs; it is not read"
        raise DocumentError(msg)
    try:
        # As a stream: a string would be taken for an address or a file name, and opened.
        feed = feedparser.parse(io.BytesIO(content), sanitize_html=True)
    except (ValueError, TypeError, LookupError, RecursionError, AttributeError) as error:
        msg = f"not a feed that can be read ({one_line(str(error)) or type(error).__name__})"
        raise DocumentError(msg) from error
    if not feed.get("version") and not feed.entries:
        msg = "no feed in it (RSS or Atom); a page is saved as .html, a table as .csv"
        raise DocumentError(msg)
    publisher = one_line(feed.feed.get("title"))
    lang = one_line(feed.feed.get("language")).partition("-")[0].lower()
    for entry in feed.entries:
        document = _entry(entry, publisher, lang)
        if document is not None:
            yield document


def _entry(entry: Any, publisher: str, lang: str) -> Document | None:
    title = one_line(words_in(one_line(entry.get("title"))))
    body = words_in(max(_bodies(entry), key=len)[:MOST_BYTES])
    if not (title or body):
        return None
    url = one_line(entry.get("link"))
    published, updated = _moment(entry, "published"), _moment(entry, "updated")
    origin = entry.get("source")
    printed = one_line(origin.get("title")) if isinstance(origin, dict) else ""
    return Document(
        id=one_line(entry.get("id")) or url or title,
        lang=lang,
        published=published or updated,
        publisher=printed or publisher,
        url=url if url.startswith(("http://", "https://")) else "",
        title=title,
        text=headed(title, body),
        revised=_later(updated, published),
    )


def _bodies(entry: Any) -> Iterator[str]:
    """Give what an entry holds of its story; outlets put the whole of it in names of their own."""
    yield entry.get("summary") or ""
    yield from (each.get("value") or "" for each in entry.get("content") or ())
    for name, words in entry.items():
        if name.endswith(("full-text", "fulltext")) and isinstance(words, str):
            yield words


def _later(updated: str | None, published: str | None) -> str:
    timed = updated and published and "T" in updated
    later = timed and published_at(updated or "") > published_at(published or "")
    return updated or "" if later else ""


def _moment(entry: Any, key: str) -> str | None:
    """Return the time of an entry: as stated, else as feedparser reads it."""
    # Past its own get(), which takes the one time for the other when the one is missing.
    stated = stated_time(dict.get(entry, key))
    parsed = dict.get(entry, f"{key}_parsed")
    if stated or not isinstance(parsed, time.struct_time):
        return stated
    return stated_time(f"{time.strftime('%Y-%m-%dT%H:%M:%S', parsed)}+00:00")
