"""The blocks: what they keep, what they refuse, and that no words of theirs do anything."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sample_briefing import HIDING, HOSTILE, SVG, every_block

from tally import blocks as b
from tally.errors import RenderError

DATA = {"columns": ["side"], "rows": [["Russia"]]}
COLUMNS = [{"label": "Place"}, {"label": "Killed", "align": "right"}]


@pytest.mark.parametrize("block", every_block(), ids=repr)
def test_a_block_is_json_and_comes_back_the_same(block: b.Block) -> None:
    stored = json.loads(json.dumps(block.block))
    assert b.restore(stored).block == block.block


@pytest.mark.parametrize("block", every_block(), ids=repr)
def test_a_block_shows_itself_in_three_ways(block: b.Block) -> None:
    bundle = block._repr_mimebundle_()
    assert set(bundle) == {b.MIME, "text/html", "text/plain"}
    assert "<script" not in str(bundle["text/html"])


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words_in_html(words: str) -> None:
    html = str(b.prose([words])._repr_mimebundle_()["text/html"])
    inside = html.split("<p>")[1].split("</p>")[0]
    assert "<" not in inside
    assert '"' not in inside


@pytest.mark.parametrize(("words", "seen"), HIDING)
def test_nothing_hides_in_words(words: str, seen: str) -> None:
    assert b.text(words)["v"] == seen
    assert b.tiles([{"label": words, "value": "1"}]).block["tiles"][0]["label"] == seen


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://example.org",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https://example.org/\u202ecod",
        'https://example.org/"onclick="x',
        "https://example.org/\nx",
        "mailto:a@example.org",
        "#",
        "#1 2",
        "",
    ],
)
def test_a_link_elsewhere_is_only_its_words(href: str) -> None:
    assert b.link(href, "words") == {"t": "text", "v": "words"}
    assert b.inline({"t": "link", "href": href, "v": "words"}) == [b.text("words")]


@pytest.mark.parametrize("href", ["#claim-3", "https://example.org/a?b=1&c=%20", "HTTP://a.org"])
def test_a_link_within_or_to_the_web_is_kept(href: str) -> None:
    assert b.link(href, "words") == {"t": "link", "v": "words", "href": href}


REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: b.figure(SVG, "", "c", "s", DATA, "f"), "alt is empty"),
    (lambda: b.figure(SVG, " \u200b", "c", "s", DATA, "f"), "alt is empty"),
    (lambda: b.figure("a chart", "alt", "c", "s", DATA, "f"), "holds no <svg>"),
    (lambda: b.figure(SVG, "alt", "c", "s", {"columns": [], "rows": []}, "f"), "needs columns"),
    (lambda: b.figure(SVG, "alt", "c", "s", {"columns": ["a"], "rows": ["x"]}, "f"), "not a list"),
    (lambda: b.table("t", COLUMNS, [["Sumy"]]), "as many cells"),
    (lambda: b.table("t", [], []), "as many cells"),
    (lambda: b.table("t", COLUMNS, [["Sumy", "2"]], ids=["a", "b"]), "2 ids for 1 rows"),
    (lambda: b.table("t", COLUMNS, [["Sumy", "2"]], ids=["a b"]), "cannot be an id"),
    (lambda: b.table("t", [{"label": "a", "align": "middle"}], []), "left, right, center"),
    (lambda: b.table("t", [{"label": "a", "width": 12}], []), "its share, 0 to 1"),
    (lambda: b.table("t", [{"label": "a", "width": float("nan")}], []), "its share, 0 to 1"),
    (lambda: b.tiles([]), "at least one"),
    (lambda: b.masthead("k", "", "now", "1"), "title is empty"),
    (lambda: b.masthead("k", "t", "now", "1", "de"), "choose one of en, uk, ru"),
    (lambda: b.section("s", level=1), "is not 2 or 3"),
    (lambda: b.section(" "), "title is empty"),
    (lambda: b.tiles([{"label": "a", "figure": "b"}]), "other keys than label, value, note"),
    (lambda: b.tiles([{"label": "a", "value": 3}]), "3 is not text"),  # type: ignore[dict-item]
    (lambda: b.lead("one paragraph"), "a list of paragraphs"),
    (lambda: b.prose([[3]]), "holds int"),  # type: ignore[list-item]
    (lambda: b.inline({"t": "html", "v": "<b>"}), "no inline 'html'"),
    (lambda: b.attach("../x.csv", "text/csv", "a", "d"), "bare file name"),
    (lambda: b.attach("x.csv", "text/csv", "", "d"), "is empty"),
    (lambda: b.restore({"kind": "script"}), "no block 'script'"),
    (lambda: b.restore({"kind": "lead", "paragraphs": [], "more": 1}), "is malformed"),
    (lambda: b.restore({"kind": "table", "caption": "t", "columns": [1], "rows": []}), "malformed"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_cannot_be_shown_is_refused_in_words(make: Callable[[], Any], words: str) -> None:
    with pytest.raises(RenderError, match=words):
        make()


def test_nothing_given_is_a_dash_and_a_stated_zero_is_not() -> None:
    rows = {"columns": ["a", "b", "c"], "rows": [[None, float("nan"), 0]]}
    block = b.figure(SVG, "alt", "c", "s", rows, "f").block
    assert block["data"]["rows"] == [["–", "–", "0"]]
