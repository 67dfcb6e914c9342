"""What must hold before an edition is published. Each check names what it expected and found.

A check is a function from the product, its files and what was asked to what is wrong; a new one is
a line in `CHECKS`. Publishes nothing.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from tally.keys import span_words
from tally.schedule.due import Due
from tally.schedule.product import Product

MANIFEST = "manifest.json"
FILES = {"html": "briefing.html", "pdf": "briefing.pdf", "ipynb": "briefing.ipynb"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An edition that may be published: what was asked, what it shows, and where its files are."""

    due: Due
    product: Product
    folder: Path

    @property
    def files(self) -> tuple[str, ...]:
        """Return the names of the files that are to be published."""
        return (*(FILES[form] for form in self.due.serial.rules.formats), MANIFEST)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Return what the edition says of itself; {} when it says nothing readable."""
        try:
            told = json.loads((self.folder / MANIFEST).read_bytes())
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}


def check(candidate: Candidate) -> tuple[str, ...]:
    """Return what speaks against publishing an edition; nothing when it may go out."""
    return tuple(words for each in CHECKS for words in each(candidate))


def _formats(candidate: Candidate) -> Iterator[str]:
    """Every format is written, whole, and the bytes are those of the manifest."""
    digests = candidate.manifest.get("products", {})
    for name in candidate.files:
        path = candidate.folder / name
        if not path.is_file() or not path.stat().st_size:
            yield f"{name} was not written"
        elif name != MANIFEST and digests.get(name) != digest(path):
            yield f"{name} is not the file that {MANIFEST} tells of"


def _readable(candidate: Candidate) -> Iterator[str]:
    """The PDF opens and has pages; the page is whole to its last tag."""
    pdf, html = candidate.folder / FILES["pdf"], candidate.folder / FILES["html"]
    if pdf.name in candidate.files and pdf.is_file():
        try:
            with closing(pypdfium2.PdfDocument(pdf)) as opened:
                pages = len(opened)
        except pypdfium2.PdfiumError:
            pages = 0
        if not pages:
            yield f"{pdf.name} cannot be opened as a PDF"
    content = html.read_bytes() if html.name in candidate.files and html.is_file() else b"</html>"
    if not content.rstrip().endswith(b"</html>"):
        yield f"{html.name} ends before its last tag"


def _failures(candidate: Candidate) -> Iterator[str]:
    for words in candidate.product.failures:
        yield f"a cell failed: {words}"


def _expected(candidate: Candidate) -> Iterator[str]:
    """The figures and tables that the schedule expects are there and hold something."""
    rules, product = candidate.due.serial.rules, candidate.product
    for kind, names, there in (
        ("figure", rules.figures, product.charts),
        ("table", rules.tables, product.tables),
    ):
        for name in names:
            if name not in there:
                known = ", ".join(there) or "none"
                yield f"the {kind} {name!r} is missing; there: {known}"
            elif not there[name]:
                yield f"the {kind} {name!r} is empty"


def _alternatives(candidate: Candidate) -> Iterator[str]:
    for name in candidate.product.without_alt:
        yield f"the picture {name!r} has no alternative text"


def _asked(candidate: Candidate) -> Iterator[str]:
    """It is the edition that was asked for."""
    due, told = candidate.due, candidate.manifest.get("parameters", {})
    for name, value in due.serial.parameters(due.period).items():
        if str(told.get(name)) not in (value, _moment(value)):
            yield f"it was made for {name} {told.get(name)!r}, not {value!r}"


def _said(candidate: Candidate) -> Iterator[str]:
    """A title and a first word; a page without either is no briefing."""
    if not candidate.product.title.strip():
        yield "it has no title"
    if not candidate.product.lead.strip():
        yield "it says nothing: its lead is empty"


CHECKS: tuple[Callable[[Candidate], Iterator[str]], ...] = (
    _formats,
    _readable,
    _failures,
    _said,
    _expected,
    _alternatives,
    _asked,
)


def overtaken(candidate: Candidate) -> str:
    """Return why a sound edition is to be made again; "" when nothing changed in the meantime."""
    if candidate.manifest.get("key") == candidate.due.key:
        return ""
    return "it was made from other claims or other code than there were when it was begun"


def stale(newest: dt.datetime | None, due: Due) -> str:
    """Return why the ledger is too old for an edition; "" when it is not, or nobody asked.

    `newest` is when the newest document of the ledger was published.
    """
    fresh = due.serial.rules.fresh
    if fresh is None or (newest is not None and newest >= due.period.due - fresh):
        return ""
    zone = due.serial.briefing.zone
    told = f"of {newest.astimezone(zone):%Y-%m-%d %H:%M}" if newest else "not there at all"
    return f"the newest document is {told}; it must be of the {span_words(fresh)} before it is due"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _moment(value: str) -> str:
    """Return a time as a manifest writes it; other words as they are."""
    try:
        return dt.datetime.fromisoformat(value).isoformat(timespec="minutes")
    except ValueError:
        return value
