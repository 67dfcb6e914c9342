"""The characters that the bytes of a page stand for, by what the page or its server says."""

import codecs
import re

from tally.errors import DocumentError

# Python also knows encodings that are no character sets (zip, idna, unicode_escape).
_KNOWN = re.compile(
    r"utf-?8|utf-?16(?:[lb]e)?|(?:windows|cp)-?(?:125\d|866)|ibm866|koi8-[ru]|iso-?8859-\d{1,2}"
    r"|us-ascii|ascii|latin-?1|x-mac-cyrillic|maccyrillic"
)
_ALIASES = {"x-mac-cyrillic": "mac_cyrillic", "maccyrillic": "mac_cyrillic"}
_STATED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})"
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HEAD = 4_096  # bytes in which a page must say its encoding; browsers look no further than 1,024


def page_text(content: bytes, charset: str = "") -> str:
    """Return a page's text; DocumentError when it is not in the encoding that it states.

    `charset` is what a server said; a byte order mark outranks it, and it what the page says.

    >>> page_text('<meta charset="windows-1251">Сумы'.encode("cp1251"))[-4:]
    'Сумы'
    """
    mark = next((name for sign, name in _MARKS if content.startswith(sign)), "")
    found = _STATED.search(content[:HEAD].replace(b"\0", b""))
    said = (charset or (found[1].decode("ascii", "replace") if found else "")).strip().lower()
    if said and not mark and not _KNOWN.fullmatch(said):
        msg = f"the encoding {said!r:.50} that it states is not known; save it as UTF-8"
        raise DocumentError(msg)
    name = mark or _ALIASES.get(said, said) or "utf-8"
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        where = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        stated = f"the {said} that it states" if said else "UTF-8, and states nothing else"
        msg = f"not in {stated}{where}; open it in a browser and save it again as UTF-8"
        raise DocumentError(msg) from error
