"""Saved pages: the article, by trafilatura, and what the page itself states of it.

A date is taken only from where publishers state it: structured data, meta tags, the time element
of the article and the address. Times that merely stand on a page are not.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tally.documents.channel import is_channel, is_export, read_channel
from tally.documents.encoding import page_text
from tally.documents.limits import Limits, too_large
from tally.documents.markup import words_in
from tally.documents.stating import Found, headed, needs_extra, one_line, stated_time, tidy
from tally.errors import DocumentError
from tally.model import Document

_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
)
_META_REVISED = ("article:modified_time", "og:updated_time", "datemodified")
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url: )(https?://[^\s>]+)"
)
_IN_ADDRESS = re.compile(r"/(20\d\d)[/-](\d\d)[/-](\d\d)(?=[/-])")
_DEEPEST = 200  # objects of structured data looked through


def read_html(path: Path, limits: Limits) -> Iterator[Found]:
    """Yield the article of a saved page, or the posts of a saved channel."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise too_large(size, limits, "file_bytes")
    yield from parse_html(path.read_bytes(), path.stem)


def parse_html(content: bytes, name: str, address: str = "", charset: str = "") -> Iterator[Found]:
    """Yield what a page's bytes hold; `address` and `charset` are as its server said."""
    try:
        import lxml.html
        from lxml.etree import LxmlError
    except ImportError as error:
        what = "a saved page"
        raise needs_extra(what, error) from error
    text = page_text(content, charset).replace("\0", "")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=False)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        msg = "no HTML in it; save the page again, as “Web page, HTML only”"
        raise DocumentError(msg) from error
    if is_channel(tree):
        yield from read_channel(tree)
    elif is_export(tree):
        msg = "Telegram Desktop's HTML; export the chat again, as “Machine-readable JSON”"
        raise DocumentError(msg)
    else:
        yield _article(text, tree, name, address)


def _article(text: str, tree: Any, name: str, address: str) -> Document:
    try:
        import trafilatura
    except ImportError as error:
        what = "a saved page"
        raise needs_extra(what, error) from error
    metas, linked = _metas(tree), list(_structured(tree))
    url = address or _address(text, tree, metas)
    found = trafilatura.bare_extraction(
        text,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        include_formatting=False,
        include_images=False,
        favor_recall=True,
        date_extraction_params={"extensive_search": False},  # its guesses are not used
    )
    body = tidy(found.text or "") if found is not None and not isinstance(found, dict) else ""
    body = body or _marked(tree)
    if not body:
        msg = "no article is found in the page; copy its words into a text file"
        raise DocumentError(msg)
    title = one_line(metas.get("og:title") or getattr(found, "title", None) or "")
    publisher = metas.get("og:site_name") or _publisher(linked) or getattr(found, "hostname", "")
    published = _first_stated(linked, "datePublished", metas, _META)
    published = published or _time_element(tree) or _day_in(url)
    revised = _first_stated(linked, "dateModified", metas, _META_REVISED) or ""
    return Document(
        id=url or name,
        lang=one_line(tree.get("lang") or "").partition("-")[0].lower(),
        published=published,
        publisher=one_line(publisher),
        url=url,
        title=title,
        text=headed(title, body),
        revised=revised if "T" in revised else "",
    )


def _marked(tree: Any) -> str:
    """Return the words of the one element that a page marks as its article, however short."""
    import lxml.html

    articles = tree.xpath("//article") or tree.xpath("//main")
    if len(articles) != 1:
        return ""
    return words_in(lxml.html.tostring(articles[0], encoding="unicode", with_tail=False))


def _metas(tree: Any) -> dict[str, str]:
    """Return the first content of each meta tag, by its name in small letters."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        key = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        if key and tag.get("content"):
            found.setdefault(key, tag.get("content"))
    return found


def _address(text: str, tree: Any, metas: dict[str, str]) -> str:
    """Return the address a page was saved from, else what it calls its own; "" for none."""
    saved = _SAVED_FROM.search(text[:20_000])
    canonical = next(
        (tag.get("href") for tag in tree.iter("link") if (tag.get("rel") or "") == "canonical"), ""
    )
    for address in (canonical, metas.get("og:url"), saved[1] if saved else ""):
        if address and re.fullmatch(r"https?://[^\s<>\"]{3,2000}", address.strip()):
            return str(address.strip())
    return ""


def _structured(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD, outer ones first."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue  # a page with broken structured data still has its meta tags
        for _ in range(_DEEPEST):
            if not waiting:
                break
            value = waiting.pop(0)
            if isinstance(value, dict):
                yield value
                waiting += [each for each in value.values() if isinstance(each, dict | list)]
            elif isinstance(value, list):
                waiting += value


def _publisher(linked: list[dict[str, Any]]) -> str:
    for each in linked:
        publisher = each.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return str(publisher["name"])
    return ""


def _first_stated(
    linked: list[dict[str, Any]], key: str, metas: dict[str, str], names: tuple[str, ...]
) -> str | None:
    said = [each.get(key) for each in linked] + [metas.get(name) for name in names]
    days = [time for time in map(stated_time, said) if time]
    return next((time for time in days if "T" in time), days[0] if days else None)


def _time_element(tree: Any) -> str | None:
    """Return the time of an element that says it is the publication, or the article's only one."""
    marked = tree.xpath('//time[@datetime and (@pubdate or @itemprop="datePublished")]')
    times = marked or tree.xpath("(//article | //main)//header//time[@datetime]")
    times = times or tree.xpath("//article//time[@datetime]")
    stated = {stated_time(time.get("datetime")) for time in times}
    return stated.pop() if len(stated) == 1 else None


def _day_in(url: str) -> str | None:
    found = _IN_ADDRESS.search(url)
    return stated_time("-".join(found.groups())) if found else None
