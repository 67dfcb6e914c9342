"""Claims of one made-up sentence, for the tables that multiply phrases with places."""

from tally.extract import extract
from tally.model import Claim, Document


def claims_of(text: str, lang: str) -> list[Claim]:
    """Return what a text says that was published on a Wednesday of July 2025."""
    text = text[0].upper() + text[1:]
    return extract(Document("d", lang, "2025-07-23", "X", "u", "t", text))
