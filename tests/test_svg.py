"""Sheets: what each mark is as SVG, and that the figure made of the same marks looks the same."""

import copy
import io
import pickle
import re
from html import unescape
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
import typst
from matplotlib.figure import Figure
from PIL import Image
from test_charts import CHARTS, CLOCK

from tally import charts
from tally.charts.clocks import plot_clock
from tally.house.marks import Area, Box, Dot, Hatch, Ink, Line, Mark, Words
from tally.house.pictures import svg_uri
from tally.house.svg import written
from tally.render.pdf import fonts

GREY = Ink("#777777")
EDGED = Ink("#777777", "#111111", 0.5)
MARKS: list[tuple[list[Mark], str]] = [
    # marks on a sheet of two by one inches -> what stands in the SVG
    ([Line(((0, 0), (1, 0), (1, 1), (2, 0.5)), "#111111", 1.0)], "d='M0 72H72V0L144 36'"),
    ([Line(((0, 0), (1, 0)), "#111111", 1.1)], "stroke-width:1.1;stroke-linecap:square"),
    ([Line(((0, 0), (1, 0)), "#111111", 1.1, "round")], "stroke-linecap:round"),
    ([Line(((0, 0), (1, 0)), "#111111", 0.9, "dashed")], "stroke-dasharray:3.6,2.7"),
    ([Box((0, 0), 1, 0.5, GREY)], "<path d='M0 72H72V36H0z' style='fill:#777777'/>"),
    ([Box((0, 0), 1, 0.5, EDGED)], "style='fill:#777777;stroke:#111111;stroke-width:0.5'"),
    ([Box((1 / 7, 0), 1 / 7, 1 / 7, GREY)], "d='M10.29 72H20.57V61.71H10.29z'"),
    ([Box((-1e-9, 0), 1, 1, GREY)], "d='M0 72H72V0H0z' style='fill:#777777'"),
    # what looks alike is one path, in the order of its levels
    ([Box((0, 0), 1, 1, GREY), Box((1, 0), 1, 1, GREY)], "d='M0 72H72V0H0zM72 72H144V0H72z'"),
    ([Dot((1, 0.5), 0.05, GREY), Box((0, 0), 1, 1, GREY, level=0)],
     "<path d='M0 72H72V0H0z' class='s1'/><circle cx='72' cy='36' r='3.6' class='s1'/>"),
    ([Area(((0, 0), (1, 1), (2, 0)), GREY)], "d='M0 72L72 0L144 72z'"),
    ([Box((0, 0), 1, 1, Ink("#ffffff", hatch=Hatch("#111111")))], "style='fill:url(#h0)'"),
    ([Box((0, 0), 1, 1, Ink("#ffffff", hatch=Hatch("#111111")))], "<pattern id='h0'"),
    ([Words((1, 0.5), "a < b & 'c' \"d\"", 10, "#111111")],
     ">a &lt; b &amp; 'c' \"d\"</text>"),
    ([Words((1, 0.5), "x", 10, "#111111", bold=True, anchor="right")],
     "y='39.8' style='font-weight:700;font-size:10px;fill:#111111;text-anchor:end'>x<"),
    # paper reaches a little beyond the words that stand on it
    ([Words((0, 0.5), "x", 10, "#111111", paper=0.5)], "zM-1.2 43.4H37.2V31H-1.2z'"),
]  # fmt: skip


@pytest.mark.parametrize(("marks", "part"), MARKS)
def test_each_mark_is_written(marks: list[Mark], part: str) -> None:
    svg = written(marks, 2, 1)
    assert part in svg
    ElementTree.fromstring(svg)
    assert unquote(svg_uri(svg).split(",", 1)[1]) == svg


def test_equal_hatches_are_said_once_and_others_apart() -> None:
    inks = [Ink("#ffffff", hatch=Hatch("#111111", crossed=each)) for each in (False, True, False)]
    svg = written([Box((n, 0), 1, 1, ink) for n, ink in enumerate(inks)], 3, 1)
    assert re.findall(r"<pattern id='(\w+)'", svg) == ["h0", "h1"]
    assert re.findall(r"fill:url\(#(\w+)\)", svg) == ["h0", "h1"]


def drawn(figure: Figure) -> np.ndarray:
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=100)
    return grey(out.getvalue())


def typeset(svg: str, width: float) -> np.ndarray:
    page = f"#set page(width: {width}in, height: auto, margin: 0pt)\n"
    page += "#image(bytes(sys.inputs.svg), width: 100%)"
    given = {"svg": svg}
    made = typst.compile(page.encode(), format="png", ppi=100, font_paths=fonts(), sys_inputs=given)
    assert isinstance(made, bytes)
    return grey(made)


def grey(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("L"), float)


@pytest.mark.parametrize("size", ["page", "phone"])
@pytest.mark.parametrize(("plot", "table"), [chart[:2] for chart in CHARTS])
def test_the_svg_looks_like_the_figure(plot, table: pd.DataFrame, size: str) -> None:
    figure = plot(table, size)
    svg = charts.finish(figure, table, source="x", alt="y", size=size).svg
    one, other = typeset(svg, figure.get_size_inches()[0]), drawn(figure)
    assert one.shape == pytest.approx(other.shape, abs=1)
    # Each renderer smooths letters and edges in its own way, so shares of ink are compared.
    assert shares(one) == pytest.approx(shares(other), abs=20)


def shares(picture: np.ndarray, side: int = 24) -> np.ndarray:
    """Return how light the squares of a picture are, of which each holds a letter or two."""
    high, wide = ((length - 2) // side for length in picture.shape)
    kept = picture[: high * side, : wide * side]
    return kept.reshape(high, side, wide, side).mean((1, 3))


CHANGES = [
    # what somebody does to a chart before it is finished -> whether the SVG is of matplotlib's make
    (lambda figure: figure, False),
    (lambda figure: figure.axes[0].text(1, 1, "mine") and figure, True),
    (lambda figure: figure.text(0.5, 0.5, "mine") and figure, True),
    (copy.deepcopy, True), (lambda figure: pickle.loads(pickle.dumps(figure)), True),
]  # fmt: skip


@pytest.mark.parametrize(("change", "looked_at"), CHANGES)
def test_what_was_added_to_a_chart_is_in_its_svg(change, looked_at: bool) -> None:
    figure = change(plot_clock(CLOCK))
    svg = charts.finish(figure, CLOCK, source="x", alt="y").svg
    assert ("<g id=" in svg) == looked_at
    added = [text.get_text() for text in figure.texts + figure.axes[0].texts]
    written_words = {unescape(words) for words in re.findall(r"<text[^>]*>([^<]*)", svg)}
    assert set(added) == written_words
    assert not hasattr(figure, "no such thing")
