"""The evidence of a view as a table, and one claim with its document; no widget.

What documents say is returned as plain words: who shows them escapes them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from tally.annex import SIDES
from tally.blocks import link
from tally.evidence import Count, marked_quote
from tally.explorer.corpus import Corpus
from tally.explorer.phrases import reasons, standing
from tally.explorer.view import View
from tally.house.words import visible
from tally.model import KYIV, Claim, Document, Span, published_at
from tally.text import clean, sentences
from tally.wording import (
    MODES,
    capital,
    date_words,
    known_words,
    metric_words,
    sign,
    window_words,
)

COLUMNS = (
    "Figure",
    "What",
    "Where",
    "Day",
    "Who says so",
    "Printed by",
    "Standing",
    "drawn",
    "on",
    "published",
)
# Words are sorted by what they stand for: a column, and the hidden one that orders it.
ORDERS = {"Figure": "drawn", "Day": "on", "Printed by": "published"}
MOST_ROWS = 3000
LONGEST_SENTENCE = 700


def chosen(view: View, claim_ids: Iterable[str] = ()) -> tuple[Claim, ...]:
    """Return the claims to list: those named, in that order, else all of the view."""
    held = {claim.id: claim for claim in view.claims}
    named = tuple(held[i] for i in dict.fromkeys(claim_ids) if i in held)
    return named or view.claims


def as_table(claims: Iterable[Claim], view: View, corpus: Corpus) -> pd.DataFrame:
    """Return a row a claim under `COLUMNS`, all of it words but for the last."""
    rows = [_row(claim, view, corpus) for claim in claims]
    return pd.DataFrame(rows[:MOST_ROWS], columns=list(COLUMNS))


def as_told(claim: Claim, view: View, corpus: Corpus) -> dict[str, Any]:
    """Return all that is shown of one claim: its sentence, its standing, its document."""
    document = corpus.documents.get(claim.document_id)
    before, figure, after = sentence(claim, document)
    return {
        "id": claim.id,
        "document_id": claim.document_id,
        "sign": sign(_count(claim)),
        "what": ", ".join(filter(None, _about(claim, corpus))),
        "lang": claim.lang,
        "before": visible(before),
        "figure": visible(figure),
        "after": visible(after),
        "who": visible(_who(claim, corpus)),
        "publisher": visible(_publisher(document)),
        "published": known_words(claim.published),
        "href": link(document.url, "").get("href", "") if document else "",
        "title": visible(document.title) if document else "",
        "standing": capital(standing(claim, view)),
        "reasons": [visible(reason) for reason in reasons(claim, view)],
        "review": visible(claim.review),
        "rule": claim.rule,
        "pieces": list(_pieces(claim, document, corpus)) if document else [],
        "open": True,
    }


def sentence(claim: Claim, document: Document | None) -> tuple[str, str, str]:
    """Return the sentence that a figure stands in, before, figure and after; else the quote."""
    quoted = marked_quote(claim, document)
    if document is None or not quoted[1]:
        return quoted
    cleaned = clean(document.text)
    spans = (cleaned.original(Span(s.start, s.end)) for s in sentences(cleaned.text))
    held = (s for s in spans if s.start <= claim.start and claim.end <= s.end)
    span = next(held, None)
    if span is None or span.end - span.start > LONGEST_SENTENCE:
        return quoted
    before = document.text[span.start : claim.start].lstrip("#*-• \n")
    return before, document.text[claim.start : claim.end], document.text[claim.end : span.end]


def _row(claim: Claim, view: View, corpus: Corpus) -> tuple[object, ...]:
    document = corpus.documents.get(claim.document_id)
    words = (
        sign(_count(claim)),
        _what(claim),
        _where(claim, corpus),
        _day(claim),
        _who(claim, corpus),
        f"{_publisher(document)}, {_short(published_at(claim.published).astimezone(KYIV).date())}",
        standing(claim, view),
    )
    on = claim.period_end.isoformat() if claim.period_end else ""
    order = (_count(claim).drawn, f"{on} {claim.window}", claim.published)
    return (*(visible(word) for word in words), *order)


def _count(claim: Claim) -> Count:
    return Count(claim.low, claim.high, claim.hedge)


def _about(claim: Claim, corpus: Corpus) -> tuple[str, ...]:
    how = MODES.get(claim.mode, "")
    return _what(claim), how, _where(claim, corpus), _when(claim)


def _what(claim: Claim) -> str:
    made = capital(metric_words(claim.metric, claim.victims, attacker=claim.attacker))
    running = " (running total)" if claim.aggregation == "cumulative" else ""
    return f"{made}{running}"


def _where(claim: Claim, corpus: Corpus) -> str:
    return visible(corpus.where(claim))


def _day(claim: Claim) -> str:
    """Write when it happened in few letters: 25 May overnight."""
    start, end = claim.period_start, claim.period_end
    days = _short(end) if end else ""
    if start and end and start != end:
        days = f"{_short(start)} – {_short(end)}"
    return " ".join(filter(None, [days, window_words(claim.window)]))


def _short(day: dt.date) -> str:
    return f"{day.day} {day:%b}"


def _when(claim: Claim) -> str:
    day = date_words(claim.period_end) if claim.period_end else ""
    return " ".join(filter(None, [day, window_words(claim.window)]))


def _who(claim: Claim, corpus: Corpus) -> str:
    name, side = corpus.caller(claim), SIDES[claim.claimant_side]
    if not name:
        return capital(side)
    return name if claim.claimant_side[:6] in name else f"{name} ({side})"


def _publisher(document: Document | None) -> str:
    return document.publisher if document else "a document that is not here"


def _pieces(claim: Claim, document: Document, corpus: Corpus) -> Iterator[Mapping[str, str]]:
    """Give a text in pieces: every figure that was read is marked, this one as `this`."""
    others = (c for c in corpus.claims if c.document_id == document.id and c.id != claim.id)
    spans = [(claim.start, claim.end, "this")]
    spans += [(c.start, c.end, "other") for c in others if not _meet(c, claim)]
    at = 0
    for start, end, kind in sorted(spans):
        if at <= start < end:
            yield {"words": _lines(document.text[at:start]), "mark": ""}
            yield {"words": _lines(document.text[start:end]), "mark": kind}
            at = end
    yield {"words": _lines(document.text[at:]), "mark": ""}


def _meet(one: Claim, other: Claim) -> bool:
    return one.start < other.end and other.start < one.end


def _lines(text: str) -> str:
    return "\n".join(visible(line) for line in text.split("\n"))
