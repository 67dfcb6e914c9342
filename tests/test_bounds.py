"""No input runs away or fails: each of these took minutes or raised in a reader without bounds.

Each text opens with a sentence that gives a figure, so that the rest is read as well.
"""

import pytest

from tally.extract import extract
from tally.grammar.draft import ENDLESS, IN_PIECES
from tally.grammar.reading import MOST_PIECES
from tally.model import Document
from tally.text import LONGEST

SIZE = 20_000  # characters
OPENING = "Air defences shot down 12 drones over Sumy region.\n"
PIECES = {
    "digits": "1",
    "numbers": "1 ",
    "grouped numbers": "1 000 ",
    "digits and commas": "1,",
    "brackets": "(",
    "square brackets": "[",
    "links": "[](",
    "including": "including ",
    "one endless word": "a",
    "one endless Russian word": "сбит",
    "apostrophes": "a'",
    "hyphens": "a-",
    "dots": "a.",
    "one endless sentence": "the council met and ",
    "quotes": '"',
    "said": "he said ",
    "of": "of ",
    "days": "1 May ",
    "clock times": "from 10:00 to 11:00 ",
    "headings": "# ",
    "line ends": "\n",
}


def figures(text: str) -> set[tuple[str, int | None]]:
    """Return the metrics and least figures that a text gives."""
    document = Document("bounds", "en", "2025-05-15", "", "", "", text)
    return {(claim.metric.value, claim.low) for claim in extract(document)}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_endless_text_is_read_to_its_end_and_adds_no_figure(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    assert figures(OPENING + text) == {("drones_intercepted", 12)}


def test_a_number_longer_than_any_count_is_none() -> None:
    assert figures(f"Air defences shot down {'9' * 400} drones.") == set()


def test_a_sentence_without_an_end_is_read_so_far_and_says_so() -> None:
    text = "12 drones were shot down over Sumy and " * 1000
    claims = extract(Document("bounds", "en", "2025-05-15", "", "", "", text))
    assert claims
    assert max(claim.end for claim in claims) <= LONGEST * MOST_PIECES
    assert any(ENDLESS in claim.review for claim in claims)


def test_a_sentence_of_an_ordinary_length_is_not_said_to_be_long() -> None:
    text = "Air defences shot down 12 drones over Sumy region. " * 100
    claims = extract(Document("bounds", "en", "2025-05-15", "", "", "", text))
    assert claims
    assert not any(IN_PIECES in claim.review or ENDLESS in claim.review for claim in claims)
