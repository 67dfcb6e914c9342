"""Words that are safe to show: nothing hidden or reordered in them, links only where links belong.

Knows the inlines of a paragraph, and no block or layout.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from tally.errors import RenderError

Inline = dict[str, str]
Inlines = str | Mapping[str, str] | Sequence[str | Mapping[str, str]]
INLINES = ("text", "strong", "em", "mark", "link")

_REORDERING = "\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b-\u200f\u2028\u2029\u2060-\u2064\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f"
)
_CONTROL = "\x00-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb"

_LONGEST_WHOLE = 14
_RANGE = re.compile(r"\d+–\d+")
# A word of so many letters may be wider than a column.
_ENDLESS = re.compile(r"[^\s\u200b]{32,}")
_SIGN = re.compile(r".[\u0300-\u036f]*", re.S)

_LANG = re.compile(r"[a-z]{2,3}")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_HREF = re.compile(r"#[A-Za-z][A-Za-z0-9_.-]*|https?://[^\s<>\"'`\\]+", re.IGNORECASE)
_SHOWN = re.compile(f"[{_REORDERING}]")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_SPACED = re.compile(f"[{_CONTROL}]+")


def visible(words: str) -> str:
    """Return words in which nothing is hidden: reordering marks named, the invisible dropped.

    >>> visible("killed \\u202e21\\u202c\\u200b")
    'killed [U+202E]21[U+202C]'
    """
    if words.isascii() and words.isprintable():
        return words
    spaced = _SPACED.sub(" ", words)
    named = _SHOWN.sub(lambda found: f"[U+{ord(found[0]):04X}]", spaced)
    return unicodedata.normalize("NFC", _DROPPED.sub("", named))


def text(v: str, lang: str = "") -> Inline:
    """Return plain words; `lang` where they are in another language than the briefing."""
    return _in_language({"t": "text", "v": words(v, "text")}, lang)


def strong(v: str) -> Inline:
    """Return words that matter most in their paragraph."""
    return {"t": "strong", "v": words(v, "text")}


def em(v: str) -> Inline:
    """Return stressed words."""
    return {"t": "em", "v": words(v, "text")}


def mark(v: str, lang: str = "") -> Inline:
    """Return the figure that is marked within a quote; `lang` is that of the quote."""
    return _in_language({"t": "mark", "v": words(v, "text")}, lang)


def _in_language(piece: Inline, lang: object) -> Inline:
    """Name the language of a piece, where it is one."""
    return {**piece, "lang": lang} if isinstance(lang, str) and _LANG.fullmatch(lang) else piece


def link(href: str, v: str) -> Inline:
    """Return a link to `#id` in this briefing or to an http(s) address; else only its words.

    >>> link("#claim-3", "3")
    {'t': 'link', 'v': '3', 'href': '#claim-3'}
    >>> link("javascript:alert(1)", "3")
    {'t': 'text', 'v': '3'}
    """
    if not isinstance(href, str) or not _HREF.fullmatch(href) or visible(href) != href:
        return text(v)
    return {"t": "link", "v": words(v, "link text"), "href": href}


def inline(x: Inlines) -> list[Inline]:
    """Return words, one inline or a sequence of both as a list of checked inlines.

    >>> inline(["about ", strong("30")])
    [{'t': 'text', 'v': 'about '}, {'t': 'strong', 'v': '30'}]
    """
    if isinstance(x, str):
        return [text(x)] if x else []
    if isinstance(x, Mapping):
        return [_one_inline(x)]
    if not isinstance(x, Sequence):
        choices = ", ".join(INLINES)
        msg = f"a paragraph or cell holds {type(x).__name__}; give words or inlines ({choices})."
        raise RenderError(msg)
    return [piece for part in x for piece in inline(part)]


def plain(x: Inlines) -> str:
    """Return the bare words of an inline.

    >>> plain(["about ", strong("30")])
    'about 30'
    """
    return "".join(piece["v"] for piece in inline(x))


def _one_inline(x: Mapping[str, str]) -> Inline:
    if x.get("t") not in INLINES:
        msg = f"there is no inline {x.get('t')!r}; choose one of {', '.join(INLINES)}."
        raise RenderError(msg)
    if x["t"] == "link":
        return link(x.get("href", ""), x.get("v", ""))
    return _in_language({"t": x["t"], "v": words(x.get("v", ""), x["t"])}, x.get("lang"))


def identifier(value: str, where: str) -> str:
    """Return a value that may name a row or section, or nothing."""
    if not isinstance(value, str) or (value and not _ID.fullmatch(value)):
        msg = f"{where}: {value!r} cannot be an id; use letters, digits and hyphens."
        raise RenderError(msg)
    return value


def words(value: object, where: str) -> str:
    """Return text made visible; `where` is for the message when it is no text."""
    if not isinstance(value, str):
        msg = f"{where}: {value!r} is not text."
        raise RenderError(msg)
    return visible(value)


def said(value: object, where: str) -> str:
    """Return text that must not be empty."""
    kept = words(value, where).strip()
    if not kept:
        msg = f"{where} is empty; say it in words, for readers who cannot see it."
        raise RenderError(msg)
    return kept


def whole(words: str) -> str:
    """Return words in which no line breaks within a short part that holds a figure.

    >>> whole("Ukraine ≥ 12 · Russia —")
    'Ukraine\\xa0≥\\xa012 · Russia\\xa0—'
    """
    return " · ".join(_whole(part) for part in words.split(" · "))


def ranged(words: str) -> Markup:
    """Return words as markup in which no line breaks within a range of figures.

    >>> ranged("14–28 May <2025>")
    Markup('<span class="range">14–28</span> May &lt;2025&gt;')
    """
    return Markup(_RANGE.sub(r'<span class="range">\g<0></span>', str(escape(words))))


def together(words: str) -> str:
    """Return words in which a sign of doubt stays with its number, a lone letter with its word.

    No line begins with a dash.

    >>> together("in Kyiv Oblast (≥ 29)"), together("того ж дня з 20:00, а в Києві – ні")
    ('in Kyiv Oblast (≥\\xa029)', 'того ж дня з\\xa020:00, а\\xa0в\\xa0Києві\\xa0– ні')
    """
    return _DASH.sub("\u00a0", _LEADING.sub("\\1\u00a0", words))


_LEADING = re.compile(r"([≥≤<>~](?= \d)|(?<![\w’'])[авзийікосуюяєїАВЗИЙІКОСУЮЯЄЇ](?= (?:\S|$))) ")
_DASH = re.compile(r"(?<=\S) (?=– )")


def breakable(words: str) -> str:
    """Return words of which an endless one, such as an address, may break anywhere.

    >>> breakable("killed at " + 16 * "ab").count("\u200b")
    31
    """
    return _ENDLESS.sub(lambda found: "\u200b".join(_SIGN.findall(found[0])), words)


def _whole(part: str) -> str:
    figure = any(sign.isdigit() or sign == "—" for sign in part)
    return part.replace(" ", "\u00a0") if figure and len(part) <= _LONGEST_WHOLE else part
