"""DOCX files: paragraphs and table rows in their order, then notes; inserted words in, deleted out.

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

# Not what was moved from here, which stands where it went; nor what is formatted to be hidden.
_WORDS = (
    ".//*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
    "[not(ancestor::w:txbxContent or ancestor::w:moveFrom or ancestor::w:r/w:rPr/w:vanish)]"
)
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
# Also in content controls, which python-docx passes over.
_BLOCKS = ".//*[self::w:p or self::w:tbl][not(ancestor::w:p or ancestor::w:tbl)]"
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
    """Yield each paragraph as a line, each row of a table as its cells, then the notes."""
    from docx.text.paragraph import Paragraph

    for block in document.element.body.xpath(_BLOCKS):
        if block.tag.endswith("}tbl"):
            yield from _rows(block)
            yield ""
            continue
        words, style = _words(block), Paragraph(block, document._body).style
        named = style.name if style is not None else ""
        heading = named == "Title" or named.startswith("Heading")
        yield f"# {words}" if heading and words.strip() else words
    yield from _notes(document)


def _rows(table: Any) -> Iterator[str]:
    for row in table.tr_lst:
        cells = [" ".join(map(_words, cell.xpath(".//w:p"))) for cell in row.tc_lst]
        yield ", ".join(cell.strip() for cell in cells if cell.strip())


def _notes(document: Any) -> Iterator[str]:
    """Yield footnotes and endnotes; those with a type are the lines that are drawn above them."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        for link in document.part.rels.values():
            if link.reltype == kind and not link.is_external:
                for paragraph in parse_xml(link.target_part.blob).iter(qn("w:p")):
                    if paragraph.getparent().get(qn("w:type")) is None:
                        yield _words(paragraph)


def _words(paragraph: Any) -> str:
    nodes = paragraph.xpath(_WORDS)
    return "".join(_SIGNS.get(node.tag.rpartition("}")[2], node.text or "") for node in nodes)
