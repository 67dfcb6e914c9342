"""Figures of a span of days as they lead to its evidence: in sentences, in tables, as a source.

Computes nothing; a count of a night is found again among the numbered claims of the span.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from tally import imprint, runs
from tally.blocks import Inline
from tally.evidence import Count
from tally.hosts import publisher
from tally.span import Day, Review


def in_review(made: Review, day: Day, count: Count) -> Count:
    """Return a count of a night with the rows of the review that it rests on."""
    return replace(count, numbers=made.rows(day, count))


def cited(made: Review, day: Day, count: Count) -> list[Inline]:
    """Return a figure for a sentence, with the first row that gives it."""
    return runs.number(in_review(made, day, count))


def linked(made: Review, day: Day, count: Count | None) -> Inline:
    """Return a figure for a table as a link to the first row that gives it."""
    return runs.linked(in_review(made, day, count) if count else None)


def source(drawn: Iterable[tuple[Day, Count]]) -> str:
    """Name the publishers of the claims that these figures rest on."""
    found = {
        claim.id: day.night.documents.get(claim.document_id)
        for day, count in drawn
        for claim in (day.night.claims[number - 1] for number in count.numbers)
    }
    return imprint.source_line([publisher(d) for d in found.values() if d], len(found))


def renumbered(made: Review, day: Day, said: str) -> str:
    """Return a sentence of a night with its `[3]` as rows of the span, else by who printed it."""

    def row(found: re.Match[str]) -> str:
        claim = day.night.claims[int(found[1]) - 1]
        number = made.numbers.get(claim.id)
        document = day.night.documents.get(claim.document_id)
        printer = publisher(document)
        return f"[{number}]" if number else f"({imprint.printed_by(printer)})"

    return re.sub(r"\[(\d+)\]", row, said)
