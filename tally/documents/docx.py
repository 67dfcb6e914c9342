"""DOCX files: paragraphs and table rows in their order, inserted words in, deleted words out.

A DOCX states when the file was written, not when its text came out: it never gives a publication
date. python-docx passes over words inside tracked insertions, so each paragraph's words are taken
from its text nodes.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tally.documents.intake import MOST_BYTES, too_long
from tally.documents.limits import Limits, too_large
from tally.documents.stating import Found, needs_extra, one_line, tidy
from tally.errors import DocumentError
from tally.model import Document

_WORDS = ".//*[self::w:t or self::w:tab or self::w:br or self::w:cr][not(ancestor::w:txbxContent)]"
HEAD = 4_096  # bytes in which XML says its document type
_BROKEN = "not a whole DOCX ({}); open it in a word processor and save it again"


def read_docx(path: Path, limits: Limits) -> Iterator[Found]:
    """Yield the one document of a DOCX file."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise too_large(size, limits, "file_bytes")
    _check_archive(path, limits)
    title, blocks = _read(path)
    body = tidy("\n".join(blocks))
    if len(body) > MOST_BYTES:
        raise too_long()
    yield Document(path.stem, "", None, "", "", title, f"{body}\n")


def _check_archive(path: Path, limits: Limits) -> None:
    """Refuse what unpacks to too much; no part can unpack to more than the archive says of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            typed = b"<!DOCTYPE" in _head(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentError(_BROKEN.format(one_line(str(error)))) from error
    if len(parts) > limits.archive_parts:
        raise too_large(len(parts), limits, "archive_parts")
    if (unpacked := sum(part.file_size for part in parts)) > limits.archive_bytes:
        raise too_large(unpacked, limits, "archive_bytes")
    if typed:
        msg = "its XML defines entities, which no word processor writes; it is not read"
        raise DocumentError(msg)
    if any(part.flag_bits & 1 for part in parts):
        msg = "the DOCX is locked with a password; save a copy without one"
        raise DocumentError(msg)


def _head(archive: zipfile.ZipFile) -> bytes:
    """Return how the main part begins, "" when there is none or it is locked."""
    try:
        with archive.open("word/document.xml") as part:
            return part.read(HEAD).replace(b"\0", b"")
    except (KeyError, RuntimeError, EOFError, zlib.error):
        return b""


def _read(path: Path) -> tuple[str, list[str]]:
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from lxml.etree import LxmlError
    except ImportError as error:
        what = "a DOCX file"
        raise needs_extra(what, error) from error
    # A part that is missing, or is not what the archive says, comes up as any of these.
    broken: tuple[type[Exception], ...] = (
        *(PackageNotFoundError, LxmlError, KeyError, ValueError, TypeError, AttributeError),
        *(zipfile.BadZipFile, EOFError, NotImplementedError, OSError, IndexError, zlib.error),
    )
    try:
        with path.open("rb") as file:
            document = docx.Document(file)
        return one_line(document.core_properties.title), list(_blocks(document))
    except broken as error:
        reason = one_line(str(error)) or type(error).__name__
        raise DocumentError(_BROKEN.format(reason)) from error


def _blocks(document: Any) -> Iterator[str]:
    """Yield each paragraph as a line and each row of a table as its cells, joined by commas."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block._tbl.tr_lst:
                cells = [" ".join(map(_words, cell.xpath(".//w:p"))) for cell in row.tc_lst]
                yield ", ".join(cell.strip() for cell in cells if cell.strip())
            yield ""
            continue
        words = _words(block._p)
        style = block.style.name if block.style is not None else ""
        heading = style == "Title" or style.startswith("Heading")
        yield f"# {words}" if heading and words.strip() else words


def _words(paragraph: Any) -> str:
    nodes = paragraph.xpath(_WORDS)
    return "".join(node.text or "" if node.tag.endswith("}t") else " " for node in nodes)
