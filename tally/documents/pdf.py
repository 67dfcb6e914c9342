"""PDF files, by PDFium: the words of each page in reading order, lines put together again.

A PDF states when the file was made, not when its text came out: it never gives a publication date.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tally.documents.intake import MOST_BYTES, too_long
from tally.documents.limits import Limits, too_large
from tally.documents.lines import unwrapped
from tally.documents.stating import Found, one_line, tidy
from tally.errors import DocumentError
from tally.model import Document

# What PDFium makes of a hyphen at the end of a line, and of the line end.
_BROKEN_WORD = re.compile(r"(?<=\w)\x02(?=(\w))")


def read_pdf(path: Path, limits: Limits) -> Iterator[Found]:
    """Yield the one document of a PDF file."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise too_large(size, limits, "file_bytes")
    yield parse_pdf(path.read_bytes(), path.stem, limits)


def parse_pdf(content: bytes, name: str, limits: Limits) -> Document:
    """Return the document in a PDF's bytes, under the name it goes by."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as pdf:
            if len(pdf) > limits.pdf_pages:
                raise too_large(len(pdf), limits, "pdf_pages")
            title = one_line(pdf.get_metadata_dict().get("Title", ""))
            text = "\n\n".join(_pages(pdf))
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        msg = (
            "the PDF is locked with a password; save a copy without one"
            if locked
            else f"not a whole PDF ({one_line(str(error))}); open it in a viewer and save it again"
        )
        raise DocumentError(msg) from error
    if not text.strip():
        msg = "the PDF holds no text, only pictures of it; put it through OCR (ocrmypdf) first"
        raise DocumentError(msg)
    return Document(name, "", None, "", "", title, f"{text}\n")


def _pages(pdf: Any) -> Iterator[str]:
    held = 0
    for page in pdf:
        words = page.get_textpage().get_text_bounded()
        held += len(words)
        if held > MOST_BYTES:
            raise too_long()
        words = _BROKEN_WORD.sub(lambda found: "" if found[1].islower() else "-", words)
        text = unwrapped(words.replace("\r\n", "\n").replace("\r", "\n"))
        if text.strip():
            yield tidy(text)
