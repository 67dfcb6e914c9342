"""The PDF: tagged, archival, titled, searchable, the same every time, and inert."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
from sample_briefing import HOSTILE, SVG, every_block, shown

from tally import blocks as b
from tally.errors import RenderError
from tally.house.glyphs import printable
from tally.render.page import read_page
from tally.render.pdf import (
    SOURCE,
    UNDATED,
    BriefingPdfExporter,
    fonts,
    known_at,
    page_pdf,
    set_again,
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return page_pdf(read_page(shown(every_block(150))))


@pytest.fixture(scope="module")
def pdf(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made)) as opened:
        yield opened


def _tags(pdf: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(each.S) for each in pdf.objects if _is_tag(each))


def _is_tag(each: Any) -> bool:
    return isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each


def test_the_document_names_itself(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/Title"]) == "Daily briefing: Night of 20–21 May 2025"
    assert str(pdf.docinfo["/Author"]) == "Tally"
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20250522050000")
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert str(metadata["pdfuaid:part"]) == "1"


def test_the_document_is_tagged(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    tags = _tags(pdf)
    assert tags["/Table"] == 1
    assert tags["/TH"] >= 3
    assert tags["/TR"] >= 151
    assert tags["/Figure"] == 1
    assert tags["/Link"] >= 150
    alts = [str(each.Alt) for each in pdf.objects if _is_tag(each) and "/Alt" in each]
    assert "One bar of 159" in alts


def test_sections_are_in_the_outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles == [
            "1 What each side says it stopped",
            "2 Evidence",
            "How to read this",
        ]
        assert [item.title for item in outline.root[0].children] == ["By kind"]


def test_data_is_attached(pdf: pikepdf.Pdf) -> None:
    files = attached(pdf)
    source = files.pop(SOURCE)
    assert files == {
        "claims.csv": b"id,low\n1,63\n",
        "stopped.csv": "side,claimed\nRussia,159\nUkraine,–\n".encode(),
    }
    assert b"id,low" not in source


def test_a_pdf_can_be_set_again_from_what_it_carries(pdf: pikepdf.Pdf, made: bytes) -> None:
    files = attached(pdf)
    assert set_again(files) == made
    files[SOURCE] = files[SOURCE].replace(b"159", b"195")
    assert set_again(files) != made
    del files["claims.csv"]
    with pytest.raises(RenderError, match="do not make a briefing"):
        set_again(files)


def attached(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}


def test_links_lead_within_and_to_the_web_only(pdf: pikepdf.Pdf) -> None:
    actions = [
        note.A if "/A" in note else None
        for page in pdf.pages
        for note in page.get("/Annots", [])
        if note.Subtype == "/Link"
    ]
    kinds = Counter(str(action.S) if action is not None else "within" for action in actions)
    assert set(kinds) <= {"/URI", "within", "/GoTo"}
    assert kinds["/URI"] >= 150
    assert kinds["within"] + kinds["/GoTo"] >= 2
    assert all(
        str(action.URI).startswith("https://")
        for action in actions
        if action is not None and action.S == "/URI"
    )


def test_words_are_found_and_only_words(made: bytes) -> None:
    document = pypdfium2.PdfDocument(made)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    words = " ".join("".join(pages).split())
    for expected in ("Night of 20–21 May 2025", "їжак, ґанок, Є", "Київ 159", "[large red circle]"):
        assert expected in words
    squeezed = "".join(words.replace("\u200b", "").split())
    for hostile in HOSTILE:
        assert "".join(printable(hostile).split()) in squeezed
    assert f"page 2 of {len(pages)}" in words
    assert all("No." in page for page in pages[1:-1])


def test_the_same_page_makes_the_same_bytes(made: bytes) -> None:
    assert page_pdf(read_page(shown(every_block(150)))) == made


def test_pages_are_set_side_by_side(made: bytes) -> None:
    page = read_page(shown(every_block(150)))
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(page_pdf, [page] * 12)) == {made}


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_everywhere_change_nothing(words: str) -> None:
    title = b.masthead(words, words, words, words, "uk", known_at=words)
    page = read_page(
        shown(
            [
                title,
                b.lead([[b.strong(words), b.mark(words), b.em(words)]]),
                b.tiles([{"label": words, "value": words, "note": words}]),
                b.section(words),
                b.figure(SVG, words, words, words, {"columns": [words], "rows": [[words]]}, "f"),
                b.table(words, [{"label": words}], [[words]], notes=[words]),
                b.attach("a.csv", "text/csv", words, words),
            ]
        )
    )
    assert known_at(page) == UNDATED
    assert page_pdf(page).startswith(b"%PDF-")


def test_a_block_that_cannot_be_set_is_named() -> None:
    broken = b.figure("<svg a chart", "alt", "c", "s", {"columns": ["a"], "rows": []}, "stopped")
    with pytest.raises(RenderError, match="could not be set, figure stopped: failed to"):
        page_pdf(read_page(shown([*every_block()[:1], broken])))


def test_a_word_longer_than_its_column_breaks() -> None:
    word = "https://example.org/" + "x" * 300
    columns = [{"label": "Quote", "width": 0.1}, {"label": "Link", "width": 0.9}]
    made = page_pdf(read_page(shown([b.prose([word]), b.table("t", columns, [[word, "short"]])])))
    page = pypdfium2.PdfDocument(made)[0]
    words = page.get_textpage()
    right = max(words.get_charbox(n)[2] for n in range(words.count_chars()))
    assert right < page.get_width() - 40


COLUMNS = [{"label": "Place", "scope": "row"}, {"label": "Killed", "align": "right"}]


def _drawn_after(lines: int, height: int, rows: int = 0) -> bytes:
    """Return a page of some lines, a chart of a height in points, and perhaps a table."""
    chart = SVG.replace('height="60" viewBox="0 0 400 60"', f'height="{height}pt"')
    head = b.masthead("DAILY BRIEFING", "Night", "As known", "", "en", known_at="2025-05-22")
    data = {"columns": ["side"], "rows": [["Russia"]]}
    bars = b.figure(chart, "Bars", "The caption", "A source", data, "where")
    section = b.section("Where", id="where")
    table = b.table("The table", COLUMNS, [[f"Row {n}", str(n)] for n in range(1, rows + 1)])
    shown_blocks = [head, b.prose(["line"] * lines), section, bars, *([table] if rows else [])]
    return page_pdf(read_page(shown(shown_blocks)))


def _pages(made: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


def _place(words: str, pages: list[str]) -> tuple[int, int]:
    """Return the page that has these words, and where on it they stand."""
    page = next(number for number, said in enumerate(pages) if words in said)
    return page, pages[page].index(words)


@pytest.mark.parametrize(("height", "on_page"), [(100, 0), (255, 0), (300, 0), (360, 1)])
def test_a_chart_that_just_misses_the_foot_of_a_page_is_drawn_smaller(
    height: int, on_page: int
) -> None:
    pages = _pages(_drawn_after(24, height))
    assert _place("The caption", pages)[0] == on_page
    assert "Where" in pages[on_page]


@pytest.mark.parametrize(
    ("height", "rows", "order"),
    [
        # The pages of the chart, and of the first and the last row of the table.
        (100, 5, (0, 0, 0)),
        (360, 5, (1, 0, 0)),
        (360, 14, (1, 0, 0)),  # set tighter
        (360, 40, (1, 0, 1)),  # begun, and broken
    ],
)
def test_a_table_stands_before_a_chart_that_the_page_has_no_room_for(
    height: int, rows: int, order: tuple[int, int, int]
) -> None:
    pages = _pages(_drawn_after(24, height, rows))
    chart, first, last = (_place(w, pages) for w in ("The caption", "The table", f"Row {rows}"))
    assert (chart[0], first[0], last[0]) == order
    assert "Where" in pages[0]
    assert chart < first or last < chart


def test_a_table_follows_a_chart_where_neither_fits_the_page() -> None:
    pages = _pages(_drawn_after(38, 360, 14))
    places = [_place(words, pages) for words in ("Where", "The caption", "The table")]
    assert [page for page, _ in places] == [1, 1, 1]
    assert places == sorted(places)


def test_places_that_cannot_be_settled_at_once_are_settled_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled = typst.compile_with_warnings
    asked: list[set[str]] = []

    def unsettled(*given: Any, sys_inputs: dict[str, str], **more: Any) -> tuple[Any, list[Any]]:
        asked.append(set(json.loads(sys_inputs["page"])["settled"]))
        made, _ = compiled(*given, sys_inputs=sys_inputs, **more)
        warning = SimpleNamespace(message="layout did not converge within 5 attempts")
        return made, [] if asked[-1] else [warning]

    at_once = _drawn_after(24, 300, 5)
    monkeypatch.setattr(typst, "compile_with_warnings", unsettled)
    assert _pages(_drawn_after(24, 300, 5)) == _pages(at_once)
    assert asked == [set(), {"2t", "2s", "2w"}]


def test_a_title_too_long_by_a_word_stays_on_one_line() -> None:
    title = "Київська область, 14–28 травня 2025 року"
    head = b.masthead("ПРОФІЛЬ РЕГІОНУ", title, "Станом на", "", "uk", known_at="2025-05-22")
    page = pypdfium2.PdfDocument(page_pdf(read_page(shown([head]))))[0]
    assert title in page.get_textpage().get_text_range().splitlines()


def test_nothing_to_say_can_be_set() -> None:
    columns = [{"label": "Place"}, {"label": "Killed", "align": "right"}]
    nothing = [
        b.lead([]),
        b.prose([""]),
        b.table("None reported", columns, []),
        b.table("", columns, [["", ""]], notes=[""]),
        b.figure(SVG, "alt", "", "", {"columns": ["a"], "rows": []}, ""),
    ]
    assert page_pdf(read_page(shown(nothing))).startswith(b"%PDF-")


def test_an_empty_notebook_is_still_a_document() -> None:
    made, found = BriefingPdfExporter().from_notebook_node(
        shown([]), {"metadata": {"name": "explore"}}
    )
    assert made.startswith(b"%PDF-")
    assert found["output_extension"] == ".pdf"


def test_only_our_own_fonts_are_set(pdf: pikepdf.Pdf) -> None:
    assert set(fonts().families()) == {"IBM Plex Sans", "IBM Plex Serif", "DejaVu Sans"}
    names = {str(each.BaseFont).split("+")[-1] for each in pdf.objects if _is_font(each)}
    assert names
    assert {name.split("-")[0] for name in names} <= {"IBMPlexSans", "IBMPlexSerif", "DejaVuSans"}


def _is_font(each: Any) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
