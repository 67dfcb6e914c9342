"""Web archives (WARC, also gzipped): each page, PDF or feed that a server answered with.

The date of a record is when it was crawled, never when the page came out.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tally.documents.html import parse_html
from tally.documents.limits import Limits, too_large
from tally.documents.pdf import parse_pdf
from tally.documents.stating import Found, needs_extra, one_line
from tally.documents.syndication import parse_feed
from tally.errors import DocumentError

CHUNK = 1 << 16
_PAGES = ("text/html", "application/xhtml+xml")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")


def read_warc(path: Path, limits: Limits) -> Iterator[Found]:
    """Yield the documents of an archive; a record that cannot be read costs only itself."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        what = "a web archive"
        raise needs_extra(what, error) from error
    records = 0
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                records += 1
                if record.rec_type in ("response", "resource"):
                    yield from _documents(record, limits)
                if not _is_whole(record):
                    msg = f"breaks off in its {records}. record; what is before was read"
                    raise DocumentError(msg)
        except (ArchiveLoadFailed, EOFError, ValueError, OSError, AttributeError) as error:
            reason = one_line(str(error)) or type(error).__name__
            msg = f"breaks off after {records} records ({reason}); what is before was read"
            raise DocumentError(msg) from error
    if not records:
        msg = "no record in it; is it a web archive (WARC)?"
        raise DocumentError(msg)


def _is_whole(record: Any) -> bool:
    """Tell whether a record has its length: warcio takes one cut short for the archive's end."""
    while record.raw_stream.read(CHUNK):
        continue
    return not getattr(record.raw_stream, "limit", 0) > 0


def _documents(record: Any, limits: Limits) -> Iterator[Found]:
    address = one_line(record.rec_headers.get_header("WARC-Target-URI")).strip("<>")
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    said = (headers.get_header("Content-Type") or "") if headers else ""
    kind, _, rest = said.lower().partition(";")
    status = headers.get_statuscode() if record.rec_type == "response" and headers else "200"
    if status != "200" or kind.strip() not in (*_PAGES, *_FEEDS, "application/pdf"):
        return
    content = record.content_stream().read(limits.file_bytes + 1)
    if len(content) <= limits.file_bytes and not _is_whole(record):
        return
    packed = (headers.get_header("Content-Encoding") or "").strip().lower() if headers else ""
    charset = rest.partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        if len(content) > limits.file_bytes:
            raise too_large(len(content), limits, "file_bytes")
        if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
            msg = f"packed by {one_line(packed):.20}, which is not read; crawl it asking for gzip"
            raise DocumentError(msg)
        if kind.strip() in _PAGES:
            yield from parse_html(content, address, address, charset)
        elif kind.strip() in _FEEDS:
            yield from parse_feed(content)
        else:
            yield parse_pdf(content, address, limits)
    except DocumentError as error:
        yield DocumentError(f"{address}: {error}")
