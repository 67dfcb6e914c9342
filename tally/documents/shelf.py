"""The folder of documents as collecting sees it: what is there, and how one more is taken in.

A document is known by its item, the name that it has in the world it came from. The same item with
the same text is unchanged; with another text it is a new version, a document of its own that
replaces the former, which stays.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tally.documents.admission import admit
from tally.documents.copies import Copies
from tally.documents.intake import MOST_BYTES, check_id, check_published, check_text, too_long
from tally.documents.markdown import as_markdown, parse_markdown
from tally.documents.sketches import Sketch, sketched
from tally.documents.stating import Found
from tally.errors import DocumentError
from tally.files import write_whole
from tally.model import Document, Origin, published_at

Outcome = Literal["new", "changed", "unchanged"]

LONGEST_NAME = 40
_SLUG = re.compile(r"[^a-z0-9]+")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|mc_[ce]id", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document: the one that stands in the folder, and how."""

    outcome: Outcome
    document: Document


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document was found, the digest of that file, and whether its edits are certain.

    Telegram sets the time of an edit for reactions too: it counts once the text is seen to differ.
    """

    found_at: str
    sha256: str
    sure_of_edits: bool = True


class Shelf:
    """The documents of a folder, and those taken in since."""

    def __init__(self, folder: Path, now: Callable[[], str], executor: Executor) -> None:
        """Read the folder; `now` gives the UTC time in ISO form, `executor` makes the sketches."""
        self._folder, self._now, self._executor = folder, now, executor
        admission = admit(folder)
        self.problems = admission.problems
        self._ids = {document.id for document in admission.documents}
        self._ids |= {path.stem for path in folder.glob("*.md")}
        self._versions: dict[str, list[Document]] = defaultdict(list)
        self._copies = Copies()
        held = sorted(admission.documents, key=lambda one: (one.known_from, one.id))
        for document, sketch in self.sketched(held):
            if isinstance(document, Document):
                self._know(document, sketch)

    def sketched(self, found: Iterable[Found]) -> Iterator[tuple[Found, Sketch]]:
        """Yield what is found, each document with the sketch that taking it in needs."""
        return sketched(found, self._executor)

    def take(self, document: Document, sketch: Sketch, item: str, place: Place) -> Taken:
        """Take a document in, unless its text is here; it must have a language and a date."""
        if document.published is None:
            msg = (
                "states no publication date, and none is made up; say --published DATE if you know"
            )
            raise DocumentError(msg)
        check_published(document.published)
        check_text(document.text)
        document = replace(document, text=document.text.replace("\r\n", "\n"))
        versions = self._versions[item]
        for known in reversed(versions):
            if known.text == document.text:
                return Taken("unchanged", known)
        outcome: Outcome = "changed" if versions else "new"
        taken = self._shelved(document, item, place, versions)
        if not versions:
            taken = replace(taken, copy_of=self._copies.original_of(taken, sketch))
        self._write(taken)
        self._know(taken, sketch)
        return Taken(outcome, taken)

    def _shelved(
        self, document: Document, item: str, place: Place, versions: list[Document]
    ) -> Document:
        now = self._now()
        origin = Origin(place.found_at, item, now, place.sha256)
        document = replace(document, origin=origin, replaces="", copy_of="")
        if versions:
            latest = versions[-1]
            name = self._free(f"{versions[0].id}.{len(versions) + 1}")
            stated = document.revised
            later = stated and published_at(stated) > published_at(latest.known_from)
            revised = stated if later else now
            # A later version keeps what its former is a copy of: it is the same page still.
            return replace(
                document, id=name, replaces=latest.id, revised=revised, copy_of=latest.copy_of
            )
        sure = place.sure_of_edits and document.revised != ""
        if not (sure and published_at(document.revised) > published_at(document.published or "")):
            document = replace(document, revised="")
        return replace(document, id=self._free(_name(document, item)))

    def _free(self, name: str) -> str:
        """Return an id that no document has."""
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        return next(each for each in names if each not in self._ids)

    def _write(self, document: Document) -> None:
        text = as_markdown(document)
        if len(text.encode()) > MOST_BYTES:
            raise too_long()
        if parse_markdown(text) != document:
            msg = f"{document.id}: cannot be kept as it is; please report it, with the file"
            raise DocumentError(msg)
        write_whole(self._folder / f"{document.id}.md", text)

    def _know(self, document: Document, sketch: Sketch) -> None:
        self._ids.add(document.id)
        self._copies.add(document, sketch)
        if document.origin:
            self._versions[document.origin.item].append(document)
        elif not document.digest:
            self._versions[f"id:{document.id}"].append(document)
            if document.url:
                self._versions[f"page:{plain_address(document.url)}"].append(document)


def item_of(document: Document, kind: str, path: Path, found_at: str) -> str:
    """Return the name that a document has in the world it came from.

    Rows are known by their table's name and their id, and what has no name of its own by its path.
    """
    if document.id.startswith("telegram:"):
        return document.id
    if kind == "text" and document.lang:
        return f"id:{document.id}"
    if kind in ("jsonl", "csv", "telegram"):
        return f"row:{path.name}#{document.id}"
    if kind == "feed":
        return f"feed:{document.id}"
    if kind == "mail" and document.id != path.stem and not document.url:
        return f"mail:{document.id}"
    if document.url:
        return f"page:{plain_address(document.url)}"
    return f"file:{found_at}"


def plain_address(url: str) -> str:
    """Return an address without what only tells how one came there.

    >>> plain_address("https://Example.org/night/?utm_source=tg&id=5#comments")
    'https://example.org/night?id=5'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    path = parts.path.rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, urlencode(query), ""))


def _name(document: Document, item: str) -> str:
    """Return an id: one that a file gives in its front matter, else day, publisher and a digest."""
    if item == f"id:{document.id}":
        check_id(document.id)
        return document.id
    day = (document.published or "")[: len("2025-05-21")]
    printed = _slug(document.publisher) or _slug(document.url.partition("//")[2].partition("/")[0])
    digest = hashlib.sha256(item.encode("utf-8", "replace")).hexdigest()[:8]
    return "-".join(filter(None, (day, printed or item.partition(":")[0], digest)))


def _slug(words: str) -> str:
    return _SLUG.sub("-", words.lower()).strip("-")[:LONGEST_NAME].strip("-")
