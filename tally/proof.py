"""Whether a briefing that came back is one of ours, unaltered, and what has changed since.

A digest within a file shows an accident or a careless hand; whoever alters a number can reckon it
anew. So the briefing is also made again from the ledger that is here, and the two compared.
"""

import csv
import hmac
import html
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2

from tally.errors import RenderError, TallyError
from tally.house.words import visible
from tally.render.edition import HTML, MANIFEST, PDF, render_edition
from tally.render.html import UNSEALED, seal
from tally.render.pdf import set_again
from tally.settings import Settings

_MOST_SHOWN = 20
_META = re.compile(r'<meta name="tally-(manifest|sha256)" content="([^"]*)">')
_TAG = re.compile(r"<[^>]*>")
_INPUTS = (("ledger_sha256", "the claims"), ("code_sha256", "the notebook or the package"))


@dataclass(frozen=True, slots=True)
class Carried:
    """What a file says of itself: its manifest, its tables, the lines that a reader sees.

    `whole` is whether it agrees with its own digests and attachments.
    """

    form: str
    content: bytes
    manifest: Mapping[str, Any]
    tables: Mapping[str, bytes]
    seen: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """`intact` when nothing speaks against it; `lines` say what was found, the verdict first."""

    intact: bool
    lines: tuple[str, ...]


def read(suffix: str, content: bytes) -> Carried:
    """Return what a file with this ending says; raises RenderError when it is no briefing of ours.

    A PDF is read by pdfium, HTML as text: nothing in either is executed.
    """
    if suffix not in _READERS:
        msg = f"it is neither PDF nor HTML; give one of {PDF}, {HTML}."
        raise RenderError(msg)
    return _READERS[suffix](content)


def read_html(content: bytes) -> Carried:
    """Return what a page says of itself; raises RenderError when it is none of ours."""
    page = content.decode(errors="replace")
    found = dict(_META.findall(page))
    unsealed = page.replace(found.get("sha256", "?"), UNSEALED, 1)
    whole = hmac.compare_digest(seal(unsealed), found.get("sha256", ""))
    manifest = _manifest(html.unescape(found.get("manifest", "")))
    return Carried(HTML, content, manifest, {}, _seen(page), whole)


def read_pdf(content: bytes) -> Carried:
    """Return what a PDF says of itself; raises RenderError when it is none of ours."""
    files, seen = _opened(content)
    manifest = _manifest(files.get(MANIFEST, b"").decode(errors="replace"))
    tables = {name: each for name, each in files.items() if name.endswith(".csv")}
    try:
        whole = set_again(files) == content
    except RenderError:
        whole = False
    return Carried(PDF, content, manifest, tables, seen, whole)


_READERS = {".html": read_html, ".pdf": read_pdf}


def judge(settings: Settings, carried: Carried, fresh: Carried | None) -> Verdict:
    """Return the verdict on a file, beside the same briefing made again here, if it could be."""
    told = carried.manifest
    named = [f"{told.get('title', '')}. {told.get('as_of', '')}.", *_edition(settings, carried)]
    if fresh is None:
        why = ["It could not be made again here, so only its own word was checked."]
        return Verdict(carried.whole, _lines(_own(carried), named, why))
    if fresh.content == carried.content:
        first = "Intact: made again from the claims that are here, it has the same bytes."
        return Verdict(True, _lines(first, named, []))
    inputs = [words for key, words in _INPUTS if told.get(key) != fresh.manifest.get(key)]
    if not inputs and told.get("key") == fresh.manifest.get("key"):
        first = "ALTERED: made again from the same claims, notebook and package, it differs."
        return Verdict(False, _lines(first, named, list(_differences(carried, fresh))))
    changed = f"Since then {' and '.join(inputs) or 'documents or libraries'} changed."
    return Verdict(
        carried.whole,
        _lines(_own(carried), named, [changed, *_differences(carried, fresh)]),
    )


def make_again(settings: Settings, carried: Carried) -> Mapping[str, bytes] | None:
    """Return the files of the same briefing made from what is here now; None if it cannot be."""
    given = {
        str(key): str(value) for key, value in carried.manifest["parameters"].items() if value != ""
    }
    with TemporaryDirectory(prefix="tally-proof-") as folder:
        here = replace(settings, out=Path(folder))
        try:
            briefing = here.briefing(str(carried.manifest.get("briefing")))
            edition = render_edition(
                here, briefing, given, str(carried.manifest.get("edition", ""))
            )
        except TallyError:
            return None
        return {path.name: path.read_bytes() for path in edition.folder.iterdir()}


def _opened(content: bytes) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the files that a PDF carries, and the lines that are seen on its pages."""
    try:
        with closing(pypdfium2.PdfDocument(content)) as pdf:
            carried = (pdf.get_attachment(n) for n in range(pdf.count_attachments()))
            files = {each.get_name(): bytes(each.get_data()) for each in carried}
            words = [page.get_textpage().get_text_bounded() for page in pdf]
    except (pypdfium2.PdfiumError, ValueError) as error:
        msg = "it cannot be read as PDF; it may be cut off or locked."
        raise RenderError(msg) from error
    return files, tuple(line for page in words for line in page.splitlines())


def _manifest(words: str) -> Mapping[str, Any]:
    try:
        told: Any = json.loads(words)
    except ValueError:
        told = None
    known = isinstance(told, dict) and {"briefing", "key"} <= told.keys()
    if known and isinstance(told.get("parameters"), dict):
        return dict(told)
    msg = "it carries no manifest of Tally: it is no briefing of ours, or was saved anew elsewhere."
    raise RenderError(msg)


def _own(carried: Carried) -> str:
    if carried.whole:
        return "Intact by its own word: it is what its digests and attachments say."
    return "ALTERED, or set by another version: it is not what its digests and attachments say."


def _lines(first: str, *more: list[str]) -> tuple[str, ...]:
    found = [visible(line) for lines in more for line in lines]
    shown = found[: _MOST_SHOWN + 2]
    rest = len(found) - len(shown)
    return (first, *shown, *([f"… and {rest} more."] if rest else []))


def _edition(settings: Settings, carried: Carried) -> Iterator[str]:
    """Say whether the edition kept here is this very file."""
    given = carried.manifest["parameters"]
    try:
        briefing = settings.briefing(str(carried.manifest["briefing"]))
        folder = settings.out / briefing.name / Path(briefing.edition(given)).name
        kept = (folder / carried.form).read_bytes()
    except (TallyError, OSError, KeyError, TypeError, ValueError):
        yield "No edition of it is kept in reports/."
        return
    same = "is this very file" if kept == carried.content else "is another file"
    yield f"The edition kept in reports/{briefing.name}/{folder.name} {same}."


def _differences(carried: Carried, fresh: Carried) -> Iterator[str]:
    """Give what a reader would see differ: rows of tables, then words of the page."""
    for name, table in carried.tables.items():
        yield from _rows(name, table, fresh.tables.get(name, b""))
    yield from _words(carried.seen, fresh.seen)


def _rows(name: str, here: bytes, there: bytes) -> Iterator[str]:
    """Give the rows of one table that are not those of the other."""
    mine, other = _keyed(here), _keyed(there)
    for key in mine.keys() - other.keys():
        yield f"{name}: {key} is not in the ledger's briefing: {' '.join(mine[key].values())[:120]}"
    for key in sorted(other.keys() - mine.keys()):
        yield f"{name}: {key} is missing in the file: {' '.join(other[key].values())[:120]}"
    for key in sorted(mine.keys() & other.keys()):
        for column in mine[key]:
            if column != "number" and mine[key][column] != other[key].get(column, ""):
                now = other[key].get(column, "")
                yield f"{name}: {key}: {column} is {mine[key][column]!r}, made again {now!r}"


def _keyed(table: bytes) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(table.decode(errors="replace")))
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        cells = {str(key): str(value) for key, value in row.items()}
        key = cells.get("id") or " ".join(list(cells.values())[:8])
        found[key if key not in found else f"{key} ({len(found)})"] = cells
    return found


def _seen(page: str) -> tuple[str, ...]:
    """Return the lines of a page without its tags."""
    body = page.split("<body", 1)[-1]
    lines = (" ".join(_TAG.sub(" ", line).split()) for line in body.splitlines())
    return tuple(html.unescape(line) for line in lines if line)


def _words(here: Sequence[str], there: Sequence[str]) -> Iterator[str]:
    for tag, i, j, k, m in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if tag != "equal":
            now = " / ".join(there[k:m])[:200]
            yield f"The page says {' / '.join(here[i:j])[:200]!r}, made again {now!r}"
