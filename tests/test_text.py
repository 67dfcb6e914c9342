"""Cleaning and cutting text: what is read, where each sentence ends, and the way back."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
from grammar_cases import PARTS, document, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.extract import extract
from tally.model import Claim, Document, Span
from tally.text import SAME_LENGTH, clean, sentences

CASES = Path(__file__).parent / "cases"
ESCAPED = re.compile(r"\\(n|u[0-9a-f]{4})")
SIGNS = ["**", "__", "~~", "`", "\u200b", "\u00ad", "\u0301", "\ufe0f", "[", "](https://e.org/5)"]
TEXTS = st.lists(
    st.one_of(st.sampled_from([*SIGNS, "*", "!", "# ", "> ", "\n", " ", "ё", "«"]), st.text())
).map("".join)
ROWS = [row for part in PARTS for row in lines(part) if row["expected"] and not row["xfail"]]
quick = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def table(name: str) -> list[object]:
    with (CASES / f"{name}.tsv").open(newline="", encoding="utf-8") as held:
        rows = list(csv.DictReader(held, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))
    return [
        pytest.param(
            {column: ESCAPED.sub(unescape, cell) for column, cell in row.items()},
            id=f"line {at + 2}: {row['note']}",
            marks=[pytest.mark.xfail(reason=row["xfail"], raises=AssertionError)]
            * bool(row["xfail"]),
        )
        for at, row in enumerate(rows)
    ]


def unescape(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else chr(int(match[1][1:], 16))


@pytest.mark.parametrize("case", table("sentences"))
def test_a_text_is_cut_where_its_sentences_end(case: dict[str, str]) -> None:
    text = clean(case["text"]).text
    expected = case["expected"].split(" ¦ ") if case["expected"] else []
    assert [
        "[item] " * sentence.item + text[sentence.start : sentence.end]
        for sentence in sentences(text)
    ] == [clean(sentence).text for sentence in expected]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One died. Two were hurt.", [0, 0]),
        ("One died.\nTwo were hurt.", [0, 1]),
        ("One died.\n\nTwo were hurt. Three fled.", [0, 1, 1]),
        ("Hurt:\n- one in Sumy;\n- two in Poltava.\nOne died.", [0, 0, 0, 3]),
        ("▪️ one in Sumy\n▪️ two in Poltava", [0, 0]),
    ],
)
def test_a_list_is_one_paragraph_and_each_other_line_its_own(
    text: str, paragraphs: list[int]
) -> None:
    assert [sentence.paragraph for sentence in sentences(clean(text).text)] == paragraphs


@pytest.mark.parametrize("case", table("clean"))
def test_markup_goes_and_the_way_back_stays(case: dict[str, str]) -> None:
    cleaned = clean(case["text"])
    assert cleaned.text == case["expected"]
    if case["find"]:
        start = cleaned.text.index(case["find"])
        span = cleaned.original(Span(start, start + len(case["find"])))
        assert case["text"][span.start : span.end] == case["original"]


@quick
@given(TEXTS)
def test_every_character_that_is_left_is_found_again_in_the_stored_text(text: str) -> None:
    cleaned = clean(text)
    spans = [cleaned.original(Span(at, at + 1)) for at in range(len(cleaned.text))]
    read = "".join(
        text[span.start : span.end].translate(str.maketrans(SAME_LENGTH)) for span in spans
    )
    assert read == cleaned.text
    assert all(one.end <= other.start for one, other in pairwise(spans))


@quick
@given(TEXTS)
def test_sentences_follow_one_another_inside_the_text_and_say_something(text: str) -> None:
    read = clean(text).text
    found = sentences(read)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(read[s.start : s.end].strip() == read[s.start : s.end] != "" for s in found)


@quick
@given(st.sampled_from(ROWS), st.data())
def test_every_figure_is_found_again_in_the_stored_text_whatever_markup_is_in_it(
    row: dict[str, str], data: st.DataObject
) -> None:
    plain = document(row)
    marked = dressed(plain, data)
    assert [shown(claim, marked) for claim in extract(marked)] == [
        shown(claim, plain) for claim in extract(plain)
    ]


def dressed(plain: Document, data: st.DataObject) -> Document:
    """Return the document with bold, italics and invisible characters strewn into its words."""
    places = data.draw(st.sets(st.integers(0, len(plain.text)), max_size=8))
    text = plain.text
    for at in sorted(places, reverse=True):
        sign = data.draw(st.sampled_from(["**", "__", "~~", "\u200b", "\u00ad", "\u2060"]))
        text = text[:at] + sign + text[at:]
    return Document("case", plain.lang, plain.published, plain.publisher, "", "", text)


def shown(claim: Claim, held: Document) -> tuple[object, ...]:
    words = clean(held.text[claim.start : claim.end])
    return claim.metric, claim.low, claim.high, claim.hedge, claim.admin1, words.text
