"""Charts as images of the page, in a third of the bytes that matplotlib takes for them.

Knows SVG as matplotlib writes it; an SVG of another maker loses nothing that is seen.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

_COMMENTS = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.S)
_STYLE = re.compile(r""" style=(["'])(.+?)\1""")
_ID = re.compile(r' id="([^"]+)"')
# On a phone a tenth of a point is not seen.
_LONG = {digits: re.compile(rf"(\d+\.\d{{{digits}}})\d+") for digits in (1, 2)}
# Such as 64.0, but not 10.05.
_ROUND = re.compile(r"(?<=\d)\.0+(?=\D)")
_TAGS = re.compile(r"(<[^>]*>)")
_PATH = re.compile(r' d="([^"]*)"')
_DRAWN = re.compile(r"(?<= d=')[^']*")
_STEP = re.compile(r"\s*([A-Za-z])\s*")
_ENDS = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_LINKS = " xmlns:xlink='http://www.w3.org/1999/xlink'"
_UNTURNED = re.compile(r' transform="rotate\(-?0 [^"]*\)"')
# Within an address, double quotes take three bytes each.
_QUOTES = re.compile(r'="([^"\']*)"')
# Letters of any script may stand in an address; quoted they would take three times as much.
_UNSAFE = re.compile(r'["#%&<>\\\x00-\x1f\x7f]+')


def svg_uri(svg: str) -> Markup:
    """Return a chart as an image: inside one, no script of it runs and no id of it clashes.

    What would end an attribute in double quotes is quoted, so it need not be escaped once more.
    """
    quoted = _UNSAFE.sub(lambda found: _quoted(found[0]), svg)
    return Markup("data:image/svg+xml," + quoted)


def srcset_uri(svg: str) -> Markup:
    """Return a chart as one of the images that a browser chooses from; spaces part these."""
    close = _DRAWN.sub(lambda found: found[0].replace(" ", ","), svg)
    return Markup(svg_uri(close).replace(" ", "%20"))


@lru_cache(maxsize=1024)
def _quoted(signs: str) -> str:
    return quote(signs, safe="")


def compact(svg: str, digits: int = 2) -> str:
    """Return an SVG that looks the same in fewer bytes; its words stay as they are.

    `digits` are left behind the point of a number.

    >>> compact('<svg a="1"><!-- x --><g id="b"><path d="M 1.23456 2 L 3 4 L 3 5"/></g> </svg>')
    "<svg a='1'><path d='M1.23 2L3 4V5'/></svg>"
    """
    pieces = _TAGS.split(_COMMENTS.sub("", svg))
    bare = (
        _tag(piece, svg, digits)
        if piece.startswith("<")
        else piece.strip("\n")
        if piece.strip()
        else ""
        for piece in pieces
    )
    return _shared("".join(_ungrouped(bare)))


def _tag(tag: str, svg: str, digits: int) -> str:
    """Return a tag without ids that nothing refers to and without digits that nobody sees."""
    named = _ID.sub(lambda found: found[0] if f"#{found[1]}" in svg else "", tag)
    level = _UNTURNED.sub("", named)
    cut = _ROUND.sub("", _LONG[digits].sub(r"\1", level))
    drawn = _PATH.sub(lambda found: f' d="{_straight(_STEP.sub(_step, found[1].strip()))}"', cut)
    spaced = _STYLE.sub(lambda found: found[0].replace(": ", ":").replace("; ", ";"), drawn)
    short = _QUOTES.sub(r"='\1'", spaced)
    if "xlink:" not in svg:
        short = short.replace(_LINKS, "")
    return re.sub(r"\s+", " ", short).replace(" >", ">").replace(" />", "/>")


def _step(found: re.Match[str]) -> str:
    return found[1]


def _straight(path: str) -> str:
    """Return a path whose level and upright lines say one end each.

    >>> _straight("M1 2L3 2L3 5l4 5L3 5z"), _straight("M1 2L3 4 5 2L1e-5 2")
    ('M1 2H3V5l4 5L3 5z', 'M1 2L3 4 5 2L1e-5 2')
    """
    if "e" in path.lower():
        return path
    drawn, at = "", ["", ""]
    for letter, ends in _ENDS.findall(path):
        numbers = ends.split(" ")
        line = letter == "L" and len(numbers) == 2
        if line and numbers[1] == at[1]:
            drawn += f"H{numbers[0]}"
        elif line and numbers[0] == at[0]:
            drawn += f"V{numbers[1]}"
        else:
            drawn += letter + ends
        # Where other letters end is not told by their last numbers.
        at = numbers[-2:] if letter in "MLCQ" and len(numbers) > 1 else ["", ""]
    return drawn


def _ungrouped(pieces: Iterable[str]) -> Iterator[str]:
    """Leave out groups that say nothing of what is in them."""
    told: list[bool] = []
    for piece in pieces:
        if piece.startswith(("<g>", "<g ")) and not piece.endswith("/>"):
            told.append(piece != "<g>")
        if (piece == "<g>" and not told[-1]) or (piece == "</g>" and told and not told.pop()):
            continue
        yield piece


def _shared(svg: str) -> str:
    """Return an SVG whose repeated styles are said once."""
    times = Counter(style for _, style in _STYLE.findall(svg))
    names = {style: f"s{n}" for n, (style, count) in enumerate(times.items()) if count > 1}
    if not names:
        return svg
    rules = "".join(f".{name}{{{style}}}" for style, name in names.items())
    slim = _STYLE.sub(
        lambda found: f" class='{names[found[2]]}'" if found[2] in names else found[0], svg
    )
    return re.sub(r"(<svg[^>]*>)", lambda top: f"{top[0]}<style>{rules}</style>", slim, count=1)
