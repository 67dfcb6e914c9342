"""Letters (EML) and pages saved as one file (MHTML): the words, sender, subject and date.

The Date line of a letter is its publication, of its own words alone: what it quotes is left out.
Attachments are not read: save and collect them.
"""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from tally.documents.encoding import page_text
from tally.documents.html import parse_html
from tally.documents.limits import Limits, too_large
from tally.documents.markup import words_in
from tally.documents.quoted import own_words
from tally.documents.stating import Found, headed, one_line, stated_time, tidy
from tally.errors import DocumentError
from tally.model import Document

LONGEST_HEAD = 100_000
OLDER = "another letter, which are not its own; save that letter as EML and collect it"

Part = MIMEPart
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, RecursionError, IndexError)


def read_mail(path: Path, limits: Limits) -> Iterator[Found]:
    """Yield the document of a letter or of a page in MHTML."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise too_large(size, limits, "file_bytes")
    yield from parse_mail(path.read_bytes(), path.stem)


def parse_mail(content: bytes, name: str) -> Iterator[Found]:
    """Yield what the bytes of a letter or of an MHTML file hold."""
    head = content.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if len(head) > LONGEST_HEAD:
        msg = f"its head is longer than {LONGEST_HEAD:,} bytes; save the letter's words as text"
        raise DocumentError(msg)
    try:
        letter = email.message_from_bytes(content, policy=email.policy.default)
        address = one_line(str(letter.get("Snapshot-Content-Location") or ""))
        plain = None if address else letter.get_body(("plain",))
        page = None if plain else letter.get_body(("html", "related"))
        page = page or (_first_page(letter) if plain is None else None)
        headers = {key: one_line(str(letter.get(key) or "")) for key in ("Subject", "Message-ID")}
        published = stated_time(_written(letter, "Date"))
        sender = _sender(letter)
        words = _plain(plain) if plain else ""
        answers = any(letter.get(name) for name in ("In-Reply-To", "References"))
        html = (_payload(page), _charset(page)) if page is not None and not words.strip() else None
    except _BROKEN as error:
        msg = f"not a letter that can be read ({one_line(str(error))}); save it again as EML"
        raise DocumentError(msg) from error
    if html and address:
        yield from parse_html(html[0], name, address, html[1])
        return
    if html:
        # A letter has no navigation to be told from an article: all its words count.
        words = words_in(page_text(*html), letter=True)
    if not words.strip() or not (headers["Subject"] or published or sender):
        msg = "no letter with words in it; save the letter again as EML"
        raise DocumentError(msg)
    own = own_words(words, headers["Subject"], answers=answers)
    if not own.words.strip():
        msg = f"nothing but words of {OLDER}"
        raise DocumentError(msg)
    yield Document(
        id=headers["Message-ID"].strip("<> ") or name,
        lang="",
        published=published,
        publisher=sender,
        url="",
        title=headers["Subject"],
        text=headed(headers["Subject"], tidy(own.words)),
    )
    if own.forwards:
        yield DocumentError(f"it passes on words of {OLDER}")


def _written(letter: EmailMessage, name: str) -> str:
    """Return a head line as it stands: asked for by name it is parsed, and may break."""
    lines = (value for key, value in letter.raw_items() if key.lower() == name.lower())
    return one_line(str(next(lines, "")))


def _sender(letter: EmailMessage) -> str:
    addresses = getattr(letter.get("From"), "addresses", ())
    return one_line(addresses[0].display_name or addresses[0].addr_spec) if addresses else ""


def _first_page(letter: EmailMessage) -> Part | None:
    pages = (part for part in letter.walk() if part.get_content_type() == "text/html")
    return next((page for page in pages if isinstance(page, MIMEPart)), None)


def _payload(part: Part) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Part) -> str:
    return part.get_content_charset() or ""


def _plain(part: Part) -> str:
    """Return a plain part's words, lines that were broken for sending alone joined (RFC 3676)."""
    charset = _charset(part) or "utf-8"
    try:
        text = _payload(part).decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        msg = f"the words are not in the {charset:.40} that the letter states; save it again as EML"
        raise DocumentError(msg) from error
    text = text.replace("\r\n", "\n")
    if part.get_param("format") != "flowed":
        return text
    spaced = part.get_param("delsp") != "yes"
    made: list[str] = []
    for line in text.split("\n"):
        goes_on = bool(made) and made[-1].endswith(" ") and made[-1] != "-- "
        goes_on = goes_on and made[-1].startswith(">") == line.startswith(">")
        if goes_on:
            made[-1] = (made[-1] if spaced else made[-1][:-1]) + line
        else:
            made.append(line)
    return "\n".join(made)
