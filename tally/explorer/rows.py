"""The evidence of a view as a table, and one claim with its document; no widget.

What documents say is returned as plain words: who shows them escapes them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from tally import imprint
from tally.annex import who_words
from tally.blocks import link
from tally.day_words import span_words
from tally.evidence import Count, marked_quote
from tally.explorer.corpus import Corpus
from tally.explorer.phrases import reasons, standing
from tally.explorer.view import View
from tally.hosts import publisher
from tally.house.words import visible
from tally.language import say, to_say
from tally.model import KYIV, Claim, Document, Span, published_at
from tally.text import clean, sentences
from tally.unread_words import REASONS
from tally.wording import (
    MODES,
    capital,
    known_words,
    metric_words,
    short_date,
    sign,
    window_words,
)

COLUMNS = (
    to_say("Figure"),
    to_say("What"),
    to_say("Where"),
    to_say("Day"),
    to_say("Who says so"),
    to_say("Printed by"),
    to_say("Standing"),
    "drawn",
    "on",
    "published",
)
# Words are sorted by what they stand for: a column, and the hidden one that orders it.
ORDERS = {"Figure": "drawn", "Day": "on", "Printed by": "published"}
LABELS = {
    "open_page": to_say("open the page"),
    "whole": to_say("The whole document"),
    "gone": to_say(
        "The document is not in data/documents any more; the quote is kept in the ledger."
    ),
    "more": to_say("more"),
    "opening": to_say("“"),
    "closing": to_say("”"),
}
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
    return pd.DataFrame(rows[:MOST_ROWS], columns=[say(name) for name in COLUMNS])


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
        "printed": say(
            "printed by {publisher}, {published}",
            publisher=visible(_publisher(document)),
            published=known_words(claim.published),
        ),
        "href": link(document.url, "").get("href", "") if document else "",
        "title": visible(document.title) if document else "",
        "standing": capital(standing(claim, view)),
        "reasons": [visible(reason) for reason in reasons(claim, view)],
        "review": _review(claim),
        "rule": say(
            "Claim {id} of {document}, read by: {rule}.",
            id=claim.id,
            document=claim.document_id,
            rule=claim.rule,
        ),
        "labels": {name: say(said) for name, said in LABELS.items()},
        "pieces": list(_pieces(claim, document, corpus)) if document else [],
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
        f"{_publisher(document)}, {_published(claim)}",
        standing(claim, view),
    )
    on = claim.period_end.isoformat() if claim.period_end else ""
    order = (_count(claim).drawn, f"{on} {claim.window}", claim.published)
    return (*(visible(word) for word in words), *order)


def _count(claim: Claim) -> Count:
    return Count(claim.low, claim.high, claim.hedge)


def _about(claim: Claim, corpus: Corpus) -> tuple[str, ...]:
    how = say(MODES[claim.mode]) if claim.mode in MODES else ""
    return _what(claim), how, _where(claim, corpus), _when(claim), window_words(claim.window)


def _what(claim: Claim) -> str:
    made = capital(metric_words(claim.metric, claim.victims, attacker=claim.attacker))
    return say("{what} (running total)", what=made) if claim.aggregation == "cumulative" else made


def _where(claim: Claim, corpus: Corpus) -> str:
    return visible(corpus.where(claim))


def _day(claim: Claim) -> str:
    """Write when it happened in few letters: 25 May overnight."""
    start, end = claim.period_start, claim.period_end
    days = short_date(end) if end else ""
    if start and end and start != end:
        days = f"{short_date(start)} – {short_date(end)}"
    return " ".join(filter(None, [days, window_words(claim.window)]))


def _when(claim: Claim) -> str:
    end = claim.period_end
    return span_words(claim.period_start or end, end) if end else ""


def _who(claim: Claim, corpus: Corpus) -> str:
    return who_words(claim, corpus.names)


def _publisher(document: Document | None) -> str:
    if document is None:
        return say("a document that is not here")
    known = publisher(document)
    return imprint.printed_by(known) if known in imprint.NAMELESS else known


def _published(claim: Claim) -> str:
    return short_date(published_at(claim.published).astimezone(KYIV).date())


def _review(claim: Claim) -> str:
    """Ask to look again at a claim, for the reasons that reading it gave."""
    reasons = [say(each) if each in REASONS else each for each in claim.review.split("; ")]
    said = visible("; ".join(reasons))
    return say("To look at again: {reasons}.", reasons=said) if said else ""


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
    return "\n".join(visible(line.lstrip("#")) for line in text.split("\n"))
