"""Charts as images of the page. Knows SVG as our charts are written, another loses nothing."""

import re
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

_DRAWN = re.compile(r"(?<= d=')[^']*")
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
