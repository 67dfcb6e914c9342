"""From a notebook to the page and its HTML: complete, inert, self-contained, accessible."""

import re
import tomllib
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import pytest
from nbformat import NotebookNode, v4
from sample_briefing import HOSTILE, SVG, every_block, shown

from tally import blocks as b
from tally.errors import RenderError
from tally.house import lab_html, labels, style
from tally.render.html import MOST_BYTES, BriefingExporter, page_html
from tally.render.page import read_page
from tally.settings import ROOT

VOID = {"meta", "link", "img", "br", "hr"}


class Outline(HTMLParser):
    """Keeps the elements of a page, and refuses one that is closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def html() -> str:
    return page_html(read_page(shown(every_block(150))))


@pytest.fixture(scope="module")
def outline(html: str) -> Outline:
    parsed = Outline()
    parsed.feed(html)
    assert parsed.open == []
    return parsed


def test_the_page_is_one_document(outline: Outline) -> None:
    times = Counter(tag for tag, _ in outline.elements)
    assert [times[tag] for tag in ("h1", "title", "main", "header", "footer", "nav")] == [1] * 6
    assert outline.all("html") == [{"lang": "en"}]
    headings = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_no_line_of_the_title_breaks_within_its_days(html: str) -> None:
    assert '<h1>Night of <span class="range">20–21</span> May 2025</h1>' in html


def test_a_figure_keeps_the_number_of_its_claim_on_its_line() -> None:
    run = [b.link("#claim-1", "26"), b.text(" "), b.link("#claim-1", "[1]")]
    made = lab_html(b.prose([run]).block)
    assert re.search(r"26</a>(&nbsp;|\xa0)<a", made)


def test_the_page_runs_and_fetches_nothing(html: str, outline: Outline) -> None:
    assert not outline.all("script")
    assert not outline.all("iframe")
    policy = [each["content"] for each in outline.all("meta") if "http-equiv" in each]
    assert len(policy) == 1
    assert str(policy[0]).startswith("default-src 'none'; img-src data:;")
    assert not [name for _, given in outline.elements for name in given if name.startswith("on")]
    assert all(str(image["src"]).startswith("data:image/") for image in outline.all("img"))
    assert "@import" not in html
    assert set(re.findall(r"url\(.{0,17}", html)) <= {'url("data:font/woff2;'}
    assert len(html.encode()) < 200_000


def test_the_page_can_be_used_without_seeing_it(outline: Outline) -> None:
    assert all(image["alt"] for image in outline.all("img"))
    assert all(head["scope"] in ("col", "row") for head in outline.all("th"))
    assert len(outline.all("table")) == len(outline.all("caption"))
    ids = [given["id"] for _, given in outline.elements if "id" in given]
    for each in _regions(outline):
        assert each["tabindex"] == "0"
        assert each.get("aria-label") or each["aria-labelledby"] in ids
    assert len(ids) == len(set(ids))
    assert outline.all("a")[0]["href"] == "#briefing"
    targets = [str(link["href"]) for link in outline.all("a")]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)
    described = [str(given["aria-labelledby"]) for given in outline.all("section")]
    assert described
    assert set(described) <= set(ids)


def _regions(outline: Outline) -> list[dict[str, str | None]]:
    return [given for _, given in outline.elements if given.get("role") == "region"]


def test_the_page_says_everything_and_shows_no_code(outline: Outline) -> None:
    for words in (*HOSTILE, "Night of 20–21 May 2025", "їжак, ґанок, Є", "claims.csv", "A note."):
        assert words in outline.words
    assert "secret_code" not in outline.words
    assert "id,low" not in outline.words


def test_sections_are_numbered_and_listed(html: str) -> None:
    numbers = re.findall(r'<h2 id="([^"]+)">(?:<span class="number">(\d)</span> )?', html)
    assert [number for _, number in numbers] == ["1", "2", ""]
    assert [i for i, _ in numbers[:2]] == ["stopped", "evidence"]


def test_markdown_is_prose_and_its_html_only_words() -> None:
    source = (
        "# Head <b>x</b>\n\nText **bold** [l](https://a.org) <script>1</script>\n\n- one\n- two\n"
    )
    page = read_page(v4.new_notebook(cells=[v4.new_markdown_cell(source)]), "untitled")
    assert page.title == "Head <b>x</b>"
    html = page_html(page)
    assert "<strong>bold</strong>" in html
    assert "<li>one</li>" in html
    assert "<script>" not in html


def test_a_notebook_without_a_title_has_the_name_of_its_file() -> None:
    made, found = BriefingExporter().from_notebook_node(
        v4.new_notebook(), {"metadata": {"name": "explore"}}
    )
    assert "<h1>explore</h1>" in made
    assert found["output_extension"] == ".html"


def test_errors_stand_on_top() -> None:
    error: dict[str, Any] = {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": "no <documents>",
        "traceback": [],
    }
    html = page_html(read_page(shown(every_block(), error)))
    assert html.index("ValueError: no &lt;documents&gt;") < html.index("Russia’s ministry claimed")


def test_other_outputs_are_words_or_described_images() -> None:
    outputs: list[dict[str, Any]] = [
        {"output_type": "stream", "name": "stdout", "text": "a  <b>\n\tc"},
        {"output_type": "stream", "name": "stderr", "text": "a warning"},
        {"output_type": "execute_result", "data": {"text/plain": "42", "text/html": "<i>42</i>"}},
        {
            "output_type": "display_data",
            "data": {"image/svg+xml": SVG},
            "metadata": {"alt": "A bar"},
        },
    ]
    html = page_html(read_page(shown([], *outputs)))
    assert "a  &lt;b&gt;\n        c\n</pre>" in html
    assert "a warning" not in html
    assert "<i>" not in html
    assert 'alt="A bar"' in html


REFUSED: list[tuple[NotebookNode, str]] = [
    (shown(every_block() + every_block()[:1]), "two mastheads"),
    (shown([b.section("a", id="x"), b.section("b", id="x")]), "two rows or sections have the id"),
    (shown([every_block()[-1]] * 2), "two attachments have the name 'claims.csv'"),
    (shown([b.prose([b.link("#claim-9", "9")])]), "leads to '#claim-9', which no row"),
    (
        shown([], {"output_type": "display_data", "data": {"image/png": "aGk="}}),
        "cell 1 shows an image without words",
    ),
    (v4.new_notebook(cells=[v4.new_markdown_cell("![a](b.png)")]), "Markdown cell shows an image"),
    (
        shown([], {"output_type": "display_data", "data": {b.MIME: {"kind": "iframe"}}}),
        "cell 1: there is no block 'iframe'",
    ),
]


@pytest.mark.parametrize(("notebook", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_a_page_that_would_mislead_is_refused(notebook: NotebookNode, words: str) -> None:
    with pytest.raises(RenderError, match=words):
        read_page(notebook)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_the_paper(scheme: int) -> None:
    found = re.findall(r"\.tally \{ (--ink:[^}]*)", style("page.css"))[scheme]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", found))
    for ink in ("ink", "muted", "accent", "alarm"):
        assert _contrast(colours[ink], colours["paper"]) >= 4.5, ink
    assert _contrast(colours["marked-ink"], colours["marked"]) >= 4.5


def test_every_language_has_every_label() -> None:
    assert labels("en").keys() == labels("uk").keys() == labels("ru").keys()


def test_a_page_carries_its_font_only_while_it_stays_short() -> None:
    assert "@font-face" in page_html(read_page(shown(every_block(10))))
    long = page_html(read_page(shown(every_block(1000))))
    assert len(long) > MOST_BYTES
    assert "@font-face" not in long


def test_columns_share_the_width_by_what_they_hold() -> None:
    columns = [{"label": "No.", "width": 0.1, "align": "right"}] + [
        {"label": name, "width": 0.45} for name in ("short", "long")
    ]
    rows: list[list[Any]] = [["1", "a few", "words " * 40], ["2", "", "words " * 30]]
    given = read_page(shown([b.table("t", columns, rows)])).blocks[0]["columns"]
    widths = [column["width"] for column in given]
    assert widths[0] == 0.1
    assert widths[1] >= 0.27
    assert widths[2] > 0.6
    assert sum(widths) == pytest.approx(1, abs=0.01)


KEPT = [
    # the longest word of a first column, its width -> what it keeps of that width
    ("14.05.2025", 0.14, 0.118), ("14\u00a0листопада", 0.14, 0.137), ("14 листопада", 0.14, 0.108),
    ("14 May", 0.14, 0.084), ("xn--" + "w" * 60, 0.14, 0.14),
]  # fmt: skip


@pytest.mark.parametrize(("word", "width", "kept"), KEPT)
def test_a_column_keeps_room_for_its_longest_word(word: str, width: float, kept: float) -> None:
    columns = [{"label": "Day", "width": width}, {"label": "Why", "width": 1 - width}]
    rows = [[word, "the later of the two figures, and the greater " * 20]]
    page = read_page(shown([b.table("Days", columns, rows)]))
    first, second = (column["width"] for column in page.blocks[-1]["columns"])
    assert first >= kept - 0.001
    assert first + second == pytest.approx(1, abs=0.002)


def test_on_a_phone_each_cell_is_named_and_a_name_is_no_rule() -> None:
    columns = [{"label": '"} * { x: y', "width": 0.4}, {"label": "Київ"}, {"label": "c"}]
    html = page_html(read_page(shown([b.table("t", columns, [["1", "2", "3"]], name="t")])))
    assert '#table-t tbody tr > :nth-child(3)::before { content: "c: "; }' in html
    assert '"} * { x' not in html


DRAWN = "<svg viewBox='0 0 9 9'><path d='M0 1H5'/><text x='1'>{words}</text></svg>"
DATA = {"columns": ["Day", "Whose word", "Що"], "rows": [["14 May", "Ukraine", "1"]]}


def _charted(narrow: str = "", words: str = "") -> str:
    chart = b.figure(DRAWN.format(words="wide"), "A line", "A line.", "TASS", DATA, "line", narrow)
    return page_html(read_page(shown([chart, b.prose([words or "No words."])])))


def test_a_phone_gets_the_chart_that_was_drawn_for_it_and_other_charts_slide() -> None:
    html = _charted(DRAWN.format(words="two lines"))
    (given,) = re.findall(
        r'<source media="screen and \(max-width: 44rem\)" srcset="([^"]*)">', html
    )
    assert " " not in given
    assert "d='M0,1H5'" in unquote(given)
    assert ">two lines<" in unquote(given)
    assert 'class="slide"' not in html
    assert 'class="chart whole"' in html
    alone = _charted()
    assert "<picture" not in alone
    assert 'class="slide"' in alone


def test_a_page_leaves_out_charts_for_phones_before_it_is_too_long() -> None:
    narrow = DRAWN.format(words="x" * 20_000)
    assert "<picture" in _charted(narrow, "long " * 20_000)
    assert "<picture" not in _charted(narrow, "long " * 35_000)
    # Without them it would be as useless to a mail system.
    assert "<picture" in _charted(narrow, "long " * 45_000)


def test_the_rows_behind_a_chart_are_cards_on_a_phone() -> None:
    html = _charted()
    assert (
        '#figure-line tbody tr > :nth-child(2)::before { content: "Whose\\000020word: "; }' in html
    )
    assert '#figure-line tbody tr > :nth-child(3)::before { content: "Що: "; }' in html
    assert "#figure-line tbody tr > :nth-child(1)::before" not in html


def test_jupyterlab_can_save_every_form() -> None:
    """Its server answers to names of letters, digits and underscores only."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = told["project"]["entry-points"]["nbconvert.exporters"]
    assert [name for name in names if not re.fullmatch(r"\w+", name)] == []
    assert len(names) == 2
