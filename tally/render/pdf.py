"""The PDF of a briefing, set by Typst: tagged (PDF/UA-1), archival (PDF/A-3a), the same every time.

The page travels to the template as JSON, never as Typst source. No system font is used.
"""

import base64
import ctypes
import datetime as dt
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Literal

import typst
from traitlets import default

from tally import house
from tally.errors import RenderError
from tally.house.glyphs import printable
from tally.house.words import breakable, together, whole
from tally.render.jupyter import Exporter, NotebookNode
from tally.render.page import Json, Page, inlines, read_page

STANDARDS: list[Literal["ua-1", "a-3a"]] = ["ua-1", "a-3a"]
FAMILIES = ("IBM Plex Sans", "IBM Plex Serif", "DejaVu Sans")
SOURCE = "page.json"
TEMPLATE = house.HOUSE / "briefing.typ"
# A briefing that does not say as of when it is has the date of nothing in particular.
UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

_FORGOTTEN_AFTER = 11
# How a chart or table is set depends on where it stands, and so on all before it; Typst gives up
# after a few rounds, when only so many are sure.
_UNSETTLED = "did not converge"
_SURE = 3

# What else is told is not printed, but read aloud or kept beside the page.
_UNBROKEN = ("alt", "description")
_AS_IT_IS = ("svg", "text", "base64", "bytes", "href", "id", "ids", "name", "mime", "kind", "form")


class BriefingPdfExporter(Exporter):
    """Exports a notebook of blocks as an accessible, archival PDF; its code is never shown."""

    output_mimetype = "application/pdf"
    export_from_notebook = "Briefing as PDF"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the PDF of an executed notebook, and the resources with its file extension."""
        notebook, found = super().from_notebook_node(nb, resources, **kw)
        # Without this, nbconvert would write the images of the notebook beside the PDF.
        found.pop("outputs", None)
        name = str(found["metadata"].get("name", "briefing"))
        return page_pdf(read_page(notebook, name)), found


def page_pdf(page: Page, more: Sequence[Json] = ()) -> bytes:
    """Return the PDF of a page; `more` are attach blocks besides those of the page."""
    stored = _stored(page, more)
    try:
        return _compiled(_with_source(stored))
    except typst.TypstError as error:
        raise RenderError(_explained(error, stored)) from error
    finally:
        _forget()


def set_again(files: Mapping[str, bytes]) -> bytes:
    """Return the PDF that the attachments of a PDF of ours give: the very one, if it is whole.

    Raises RenderError when they are not those of such a PDF.
    """
    try:
        stored = json.loads(files[SOURCE])
        for each in stored["attachments"]:
            each["text"] = files[each["name"]].decode()
        return _compiled(_with_source(stored))
    except (KeyError, TypeError, ValueError, typst.TypstError) as error:
        msg = f"its attachments do not make a briefing ({type(error).__name__}: {error})."
        raise RenderError(msg) from error


def _forget() -> None:
    """Let Typst forget what it keeps of a page; a batch would grow by 50 MB a page.

    It forgets what so many compilations in a row have not used, and there is no other way to tell.
    """
    # One for each call: no two threads can use a compiler at once.
    nothing = typst.Compiler(b"", font_paths=fonts())
    for _ in range(_FORGOTTEN_AFTER):
        nothing.compile(b"")
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """Return what hands freed memory back to the system; glibc alone keeps it, and has this."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None


def _with_source(stored: Json) -> Json:
    """Return the page with itself attached, the texts of other attachments left to these."""
    told = [{**each, "text": ""} for each in stored["attachments"]]
    source = {
        "kind": "attach",
        "name": SOURCE,
        "mime": "application/json",
        "text": json.dumps({**stored, "attachments": told}, ensure_ascii=False, sort_keys=True),
        "description": house.labels(stored["masthead"]["lang"])["source"],
    }
    return {**stored, "attachments": [*stored["attachments"], source]}


@cache
def fonts() -> typst.Fonts:
    """Return the fonts that we ship, and only those."""
    ours = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(house.FONTS)]
    )
    missing = sorted(set(FAMILIES) - set(ours.families()))
    if missing:
        msg = f"the fonts {', '.join(missing)} are not in tally/house/fonts; install Tally again."
        raise RenderError(msg)
    return ours


def known_at(page: Page) -> dt.datetime:
    """Return the moment that dates the PDF: what the masthead says is known, never now."""
    try:
        moment = dt.datetime.fromisoformat(page.masthead["known_at"])
    except ValueError:
        return UNDATED
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)


def _stored(page: Page, more: Sequence[Json]) -> Json:
    """Return the page as the JSON that the template reads, in signs that our fonts have."""
    moment = known_at(page)
    head = {key: value for key, value in page.masthead.items() if key != "from"}
    keys = ("year", "month", "day", "hour", "minute", "second")
    found: Json = _printable(
        {
            "masthead": head,
            "failures": page.failures,
            "blocks": [_with_bytes(block) for block in page.blocks],
            "attachments": [*page.attachments, *more],
        }
    )
    date = {key: getattr(moment, key) for key in keys}
    title = printable(page.title)
    return {**found, "title": title, "date": date, "labels": dict(house.labels(head["lang"]))}


def _with_bytes(block: Json) -> Json:
    if block["kind"] != "image":
        return block
    return {**block, "bytes": list(base64.b64decode(block["base64"])), "base64": ""}


def _printable(value: Any, key: str = "") -> Any:
    """Return JSON with every printed word in signs that the fonts have."""
    if isinstance(value, str):
        shown = value if key in _AS_IT_IS else printable(value)
        return shown if key in (*_AS_IT_IS, *_UNBROKEN) else breakable(together(shown))
    if isinstance(value, dict):
        for name in ("v",) if value.get("t") == "link" else ("value",):
            if name in value:
                value = {**value, name: whole(value[name])}
        return {name: _printable(part, name) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part, key) for part in value]
    return value


def _compiled(stored: Json) -> bytes:
    """Return the PDF; a warning of Typst, such as an unknown font, is an error."""
    settled: dict[str, object] = {}
    made, warnings = _set({**stored, "settled": settled})
    while any(_UNSETTLED in each.message for each in warnings) and (more := _more(stored, settled)):
        settled |= more
        made, warnings = _set({**stored, "settled": settled})
    if warnings:
        msg = f"the PDF could not be set: {'; '.join(warning.message for warning in warnings)}."
        raise RenderError(msg)
    if not isinstance(made, bytes) or not made:
        msg = "Typst made no PDF of the briefing."
        raise RenderError(msg)
    return made


def _more(stored: Json, settled: Json) -> Json:
    """Return the next choices, in the order of the page, that Typst came to with those settled."""
    found = typst.query(
        TEMPLATE.read_bytes(),
        "<choice>",
        field="value",
        font_paths=fonts(),
        sys_inputs=_inputs({**stored, "settled": settled}),
    )
    open_ = [(key, value) for key, value in json.loads(found) if key not in settled]
    return dict(open_[:_SURE])


def _set(stored: Json) -> tuple[object, list[typst.TypstWarning]]:
    moment = dt.datetime(**stored["date"], tzinfo=dt.UTC)
    return typst.compile_with_warnings(
        TEMPLATE.read_bytes(),
        font_paths=fonts(),
        sys_inputs=_inputs(stored),
        pdf_standards=[*STANDARDS],
        timestamp=int(moment.timestamp()),
    )


def _inputs(stored: Json) -> dict[str, str]:
    return {"page": json.dumps(stored, ensure_ascii=False, sort_keys=True)}


def _explained(error: typst.TypstError, stored: Json) -> str:
    """Return which block Typst refuses, found by setting each alone, and what it says."""
    for number, block in enumerate(stored["blocks"], start=1):
        alone = {**stored, "blocks": [_unlinked(block)], "attachments": [], "failures": []}
        try:
            _compiled(alone)
        except typst.TypstError as refused:
            name = block.get("name") or block.get("title") or f"number {number}"
            return f"the PDF could not be set, {block['kind']} {name}: {_said(refused)}"
    return f"the PDF could not be set: {_said(error)}"


def _said(error: typst.TypstError) -> str:
    hints = "".join(f" ({hint})" for hint in error.hints)
    return f"{error.message}{hints}"


def _unlinked(block: Json) -> Json:
    """Return a block that needs no other: links within the page as words, sections on top."""
    alone: Json = json.loads(json.dumps(block))
    for piece in inlines(alone):
        if piece["t"] == "link" and piece["href"].startswith("#"):
            piece["t"] = "text"
    return {**alone, "level": 2} if "level" in alone else alone
