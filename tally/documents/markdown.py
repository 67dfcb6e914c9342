"""Documents as Markdown files, front matter first: where the text comes from, then the text."""

import datetime as dt
import re
from pathlib import Path

import yaml

from tally.documents.intake import (
    MOST_BYTES,
    check_id,
    check_language,
    check_published,
    check_text,
    decoded,
    too_long,
)
from tally.errors import DocumentError
from tally.model import Document, Origin

FRONT = re.compile(r"\A---[ \t]*\n(?P<head>.*?)^---[ \t]*(?:\n(?P<body>.*))?\Z", re.DOTALL | re.M)
HEADLINE = re.compile(r"\A\s*# (?P<title>[^\n]+)")
LONGEST_HEAD = 20_000
# libyaml is seven times as fast; what may nest so deep that it ends the process is not for it.
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NESTING = re.compile(r"[\[{?-]")
MOST_NESTING = 1_000
KEYS = (
    *("id", "publisher", "url", "published", "language", "digest", "title"),
    *("revised", "replaces", "copy_of", "found_at", "item", "taken_at", "sha256"),
)


def read_markdown(path: Path) -> Document:
    """Return the document in a file, or raise DocumentError that says what is wrong with it."""
    try:
        return parse_markdown(read_text(path))
    except DocumentError as error:
        msg = f"{path.name}: {error}"
        raise DocumentError(msg) from error


def parse_markdown(text: str) -> Document:
    """Return the document that a text with front matter holds."""
    match = FRONT.match(text)
    if match is None:
        msg = "no front matter; begin the file with a block of lines between two lines of ---"
        raise DocumentError(msg)
    head = _head(match["head"])
    body = match["body"] or ""
    check_text(body)
    title = HEADLINE.match(body)
    return Document(
        id=head["id"],
        lang=head["language"],
        published=head["published"],
        publisher=head.get("publisher", ""),
        url=head.get("url", ""),
        title=head.get("title", title["title"] if title else ""),
        text=body,
        digest=head.get("digest") == "True",
        revised=head.get("revised", ""),
        replaces=head.get("replaces", ""),
        copy_of=head.get("copy_of", ""),
        origin=_origin(head),
    )


def as_markdown(document: Document) -> str:
    """Return the file of a document, which `parse_markdown` reads back as the same document."""
    origin = document.origin
    titled = HEADLINE.match(document.text)
    said = {
        "id": document.id,
        "publisher": document.publisher,
        "url": document.url,
        "published": document.published or "",
        "revised": document.revised,
        "language": document.lang,
        "digest": document.digest or "",
        "title": "" if titled and titled["title"] == document.title else document.title,
        "replaces": document.replaces,
        "copy_of": document.copy_of,
        "found_at": origin.found_at if origin else "",
        "item": origin.item if origin else "",
        "taken_at": origin.taken_at if origin else "",
        "sha256": origin.sha256 if origin else "",
    }
    head = yaml.safe_dump(
        {key: value for key, value in said.items() if value != ""},
        allow_unicode=True,
        sort_keys=False,
        width=LONGEST_HEAD,
    )
    return f"---\n{head}---\n{document.text}"


def read_text(path: Path) -> str:
    """Return a file's text, refusing what is too large before it is read, and what is not UTF-8."""
    if path.stat().st_size > MOST_BYTES:
        raise too_long()
    return decoded(path.read_bytes())


def _origin(head: dict[str, str]) -> Origin | None:
    if "found_at" not in head:
        return None
    rest = (head.get(key, "") for key in ("item", "taken_at", "sha256"))
    return Origin(head["found_at"], *rest)


def _head(text: str) -> dict[str, str]:
    if len(text) > LONGEST_HEAD:
        msg = f"front matter longer than {LONGEST_HEAD:,} characters; end it with a line of ---"
        raise DocumentError(msg)
    try:
        found = yaml.load(text, Loader=_loader(text))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        msg = f"the front matter is not YAML ({reason}); write a line of key: value for each"
        raise DocumentError(msg) from error
    if not isinstance(found, dict):
        msg = "the front matter holds no keys; it needs id, published, language"
        raise DocumentError(msg)
    head = {str(key): _said(str(key), value) for key, value in found.items() if value is not None}
    _check(head)
    return head


def _loader(head: str) -> type[yaml.SafeLoader]:
    deep = len(NESTING.findall(head)) > MOST_NESTING
    return yaml.SafeLoader if deep else FAST


def _said(key: str, value: object) -> str:
    if isinstance(value, list | dict | set | tuple | bytes):
        msg = f"{key} is not one value; write {key}: and text, in quotation marks if need be"
        raise DocumentError(msg)
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)


def _check(head: dict[str, str]) -> None:
    for key in head:
        if key not in KEYS:
            msg = f"unknown key {key!r}; the keys are {', '.join(KEYS)}"
            raise DocumentError(msg)
    check_id(head.get("id", ""))
    if "published" not in head:
        msg = "no publication date; add published: YYYY-MM-DD (or a time with its offset)"
        raise DocumentError(msg)
    check_published(head["published"])
    if "revised" in head:
        check_published(head["revised"])
    check_language(head.get("language", ""))
    if head.get("digest", "True") not in ("True", "False"):
        msg = f"digest {head['digest']!r} is neither true nor false"
        raise DocumentError(msg)
