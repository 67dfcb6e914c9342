"""Make the font of the HTML page from that of the PDF: the signs of our three languages only.

`python scripts/web_fonts.py`; needs the package brotli besides what Tally installs. The licence
reserves the name Plex for unmodified fonts, so this one goes by a name of ours.
"""

import io
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from tally.house import FONTS

SIGNS = (
    "".join(map(chr, (*range(0x20, 0x7F), *range(0x410, 0x450))))
    + "ЁёІіЇїЄєҐґ\u00a0«»©·\u00d7–—‘’“”„…\u2212≈≥≤±§→"
)
FEATURES = ["kern", "mark", "lnum", "tnum"]
LIMITS = {"wdth": 100, "wght": (400, 700)}


def web_font(source: Path) -> bytes:
    """Return a variable font as WOFF2 with the signs and weights that a page sets, and no name."""
    font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), LIMITS)
    # Written and read again: a font just narrowed to its limits cannot be subset.
    narrowed = io.BytesIO()
    font.save(narrowed)
    font = TTFont(narrowed, recalcTimestamp=False)
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=[], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text=SIGNS)
    subsetter.subset(font)
    font.flavor = "woff2"
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def main() -> int:
    """Write the font of the page into tally/house/web."""
    folder = FONTS.parent / "web"
    folder.mkdir(exist_ok=True)
    (folder / "sans.woff2").write_bytes(web_font(FONTS / "IBMPlexSans.ttf"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
