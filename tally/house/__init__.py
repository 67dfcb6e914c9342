"""All about looks: templates, style sheets and fonts, and the HTML of one block.

Knows blocks only as JSON; nothing of claims, notebooks or files.
"""

import base64
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from tally.house.cells import csv_uri
from tally.house.columns import balanced
from tally.house.pictures import srcset_uri, svg_uri
from tally.house.words import ranged, together, whole

HOUSE = Path(__file__).parent
FONTS = HOUSE / "fonts"

# What the buttons below a chart run, in JupyterLab only; the PNG is three times as fine.
_SAVE = (
    "const f=this.closest('figure'),i=f.querySelector('.chart img'),a=document.createElement('a');"
    "a.download=(f.id.replace('figure-','')||'chart')+'.{ending}';{make}a.click()"
)
_DRAW = (
    "const c=document.createElement('canvas');c.width=i.naturalWidth*3;c.height=i.naturalHeight*3;"
    "const x=c.getContext('2d');x.fillStyle='#fff';x.fillRect(0,0,c.width,c.height);"
    "x.drawImage(i,0,0,c.width,c.height);a.href=c.toDataURL('image/png');"
)
TAKE = {
    "svg": _SAVE.format(ending="svg", make="a.href=i.src;"),
    "png": _SAVE.format(ending="png", make=_DRAW),
}


@cache
def environment() -> jinja2.Environment:
    """Return the one environment of our templates, which escapes everything."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HOUSE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"csv_uri": csv_uri, "svg_uri": svg_uri, "srcset_uri": srcset_uri}
    made.filters |= {"together": together, "whole": whole, "ranged": ranged}
    return made


def before_fork() -> None:
    """Translate the templates in the process that kernels are forked from."""
    lab_html({"kind": "lead", "paragraphs": []})


@cache
def style(name: str) -> str:
    """Return a style sheet of ours."""
    return (HOUSE / name).read_text(encoding="utf-8")


@cache
def font_face() -> str:
    """Return the rule by which a page carries the font of its text."""
    data = base64.b64encode((HOUSE / "web" / "sans.woff2").read_bytes()).decode()
    return (
        '@font-face { font-family: "Tally Sans"; font-weight: 400 700; font-display: swap; '
        f'src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
    )


@cache
def labels(lang: str) -> Mapping[str, str]:
    """Return the few words that the templates themselves say in a language."""
    every = tomllib.loads((HOUSE / "labels.toml").read_text(encoding="utf-8"))
    said: Mapping[str, str] = every[lang]
    return said


def block_html(block: Mapping[str, Any], lang: str = "en", live: bool = False) -> str:
    """Return one block as HTML, the same in a notebook and in the printed briefing.

    `live` where scripts run: a chart can then be saved as SVG and PNG, not only its rows as CSV.
    """
    shown = {"number": "", **block} if block["kind"] == "section" else block
    template = environment().get_template("blocks.html.j2")
    return template.render(block=shown, labels=labels(lang), live=live, take=TAKE)


def lab_css() -> str:
    """Return the style of blocks in JupyterLab."""
    return style("lab.css") + style("blocks.css")


def lab_html(block: Mapping[str, Any]) -> str:
    """Return one block as HTML with the style that it needs outside our page."""
    shown = balanced(block) if block["kind"] == "table" else block
    # Once is enough for all blocks below.
    font = font_face() if block["kind"] == "masthead" else ""
    rules = f"<style>{font}{lab_css()}</style>"
    return f'{rules}<div class="tally">{block_html(shown, live=True)}</div>'
