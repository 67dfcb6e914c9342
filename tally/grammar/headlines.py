"""Headlines: documents that are lists of them, and the source that the body gives for one."""

from collections.abc import Sequence

from tally.grammar.draft import PUBLISHED, Draft
from tally.model import TOLLS, Metric
from tally.text import Cleaned, Sentence

HEADLINES = 4


WORDS_OF_HEADLINE = 6


def headlines_only(text: str) -> bool:
    """Tell whether a document is a list of headlines, each of another event."""
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    open_ended = [
        row for row in rows if row[-1] not in ".:;,!" and len(row.split()) >= WORDS_OF_HEADLINE
    ]
    return len(rows) >= HEADLINES and len(open_ended) > 0.7 * len(rows)


def is_headline(cleaned: Cleaned, lines: Sequence[Sentence], number: int) -> bool:
    """Tell whether a sentence is the first line of a text, with a paragraph of more below it.

    Signs may stand on lines of their own before it, as posts have them; so may a full stop end it.
    """
    if number >= HALVES:
        return False
    first = lines[0]
    title = [line for line in lines[:HALVES] if line.paragraph == first.paragraph]
    if number >= len(title) or len(lines) == len(title):
        return False
    if lines[len(title)].paragraph == first.paragraph:
        return False
    if any(cleaned.text[half.end - 1] != ";" for half in title[:-1]):
        return False
    marked = bool(cleaned.text[: first.start].strip())
    return cleaned.text[title[-1].end - 1] not in (":;," if marked else ".:;,")


HALVES = 2  # parts of a headline that a semicolon joins: "Russia strikes Kyiv; six dead"


def headline_source(drafts: Sequence[Draft]) -> None:
    """Give a headline's figure the source, place and day that the body has for the same topic."""
    for draft in drafts:
        if not draft.headline or draft.claimant or draft.side != "unattributed":
            continue
        people = draft.metric in TOLLS
        any_topic = draft.metric in {Metric.DRONES_HIT, Metric.MISSILES_HIT}
        body = [
            other
            for other in drafts
            if not other.headline
            and (any_topic or (other.metric in TOLLS) == people)
            and other.attacker == draft.attacker
        ]
        if body and (same := [o for o in body if o.metric == draft.metric] or body):
            draft.claimant, draft.side = same[0].claimant, same[0].side
            places = {other.place.admin1 for other in body if other.place}
            if draft.place is None and people and len(places) == 1:
                draft.place = next(other.place for other in body if other.place)
            if PUBLISHED in draft.rules and PUBLISHED not in same[0].rules:
                draft.first, draft.last = same[0].first, same[0].last
