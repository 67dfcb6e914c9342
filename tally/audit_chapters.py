"""What the claims audit consists of: blocks in reading order, assembled from a span's claims.

Counts nothing: tables come from audit, words from audit_words, pictures from charts.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tally import audit_words as said
from tally import blocks, charts
from tally.accuracy import accuracy
from tally.audit import FATES, SIDES, Audit, Pair, Voiced, audit, fates_csv, voices
from tally.blocks import Block
from tally.briefing import known_at, parse_as_of
from tally.chapters import placed
from tally.charts.dumbbells import plot_dumbbells
from tally.documents import admit
from tally.evidence import Count
from tally.model import Claim, published_at
from tally.names import load_names
from tally.opening import read_claims
from tally.prose import source_line
from tally.reconcile import reconcile
from tally.review import parse_span
from tally.review_tables import evidence
from tally.score import Score
from tally.settings import data_folder
from tally.span import review
from tally.wording import known_words, sign, span_words

MOST_VOICES = 8
MOST_PAIRS = 9


@dataclass(frozen=True, slots=True)
class Opened:
    """An audit, and how well its documents were read where somebody labelled them."""

    audit: Audit
    scores: dict[str, Score]


def open_audit(start: str, end: str, as_of: str = "", data: Path | None = None) -> Opened:
    """Read the ledger and reconcile what was known at `as_of`; "" takes all there is."""
    folder, moment, span = data_folder(data), parse_as_of(as_of), parse_span(start, end)
    (claims, rulings), names = read_claims(data), load_names()
    admission = admit(folder / "documents")
    documents = {document.id: document for document in admission.documents}
    reconciled = reconcile(claims, rulings, moment, documents)
    made = review(reconciled, span, documents, names, moment)
    return Opened(audit(made, reconciled, admission.problems, names), accuracy(claims, documents))


def opening(opened: Opened) -> tuple[Block, ...]:
    """Give the masthead, the answer in a few sentences, and the tiles."""
    made = opened.audit.review
    moments = [m for day in made.days if day.night.claims and (m := known_at(day.night))]
    moment = max(moments, key=published_at, default="")
    as_of = f"As known on {known_words(moment)}" if moment else "No claim in the ledger"
    span = span_words(made.start, made.end)
    head = blocks.masthead(said.KICKER, span, as_of, "", known_at=moment)
    if not opened.audit.claims:
        known = span_words(made.known[0], made.known[-1]) if made.known else ""
        return (head, blocks.lead(said.nothing(span, known)))
    return (head, blocks.lead(said.lead(opened.audit)), blocks.tiles(said.tiles(opened.audit)))


def who(opened: Opened) -> tuple[Block, ...]:
    """Show who claims what how often."""
    made = opened.audit
    if not made.claims:
        return ()
    every = [row for row in voices(made) if row.name]
    table = pd.DataFrame([_bar(row) for row in every[:MOST_VOICES]])
    head = blocks.section("Who claims what how often", id="who")
    if table.empty:
        return (head, blocks.prose([said.voices_title(made, every)]))
    listing = ", ".join(f"{row['place']} {row['sign']}" for row in table.to_dict("records"))
    finished = charts.finish(
        charts.plot_regions(table),
        table[["place", "sign"]].rename(columns={"place": "Claimant", "sign": "Claims"}),
        source=_source(made, list(made.claims)),
        alt=f"Bars of claims by claimant: {listing}.",
    )
    return (head, placed(finished, said.voices_title(made, every), "who"))


def fared(opened: Opened) -> tuple[Block, ...]:
    """Show how the claims of each side fared afterwards."""
    made = opened.audit
    if not made.claims:
        return ()
    rows = [
        {
            "heading": said.fared_heading(made, side),
            "side": side,
            "kind": said.DRAWN[fate],
            "drawn": number,
            "reach": number,
            "sign": f"{number:,}",
            "words": said.fate_words(fate, number),
        }
        for side in SIDES
        for fate in FATES
        if (number := made.count(fate, side))
    ]
    table = pd.DataFrame(rows)
    listing = "; ".join(
        f"{heading}: {', '.join(held['words'])}"
        for heading, held in table.groupby("heading", sort=False)
    )
    finished = charts.finish(
        charts.plot_stopped(table),
        table[["heading", "words"]].rename(columns={"heading": "Whose", "words": "Claims"}),
        source=_source(made, list(made.claims)),
        alt=f"Stacked bars, one a side. {listing}.",
    )
    head = blocks.section("How claims fared afterwards", id="fared")
    return (head, placed(finished, said.FARED, "fared"))


def counter(opened: Opened) -> tuple[Block, ...]:
    """Set claims against the counter-claims that contradict them."""
    made = opened.audit
    if not made.claims:
        return ()
    head = blocks.section("Claims against counter-claims", id="counter")
    if not made.pairs:
        return (head, blocks.prose([said.NO_PAIRS]))
    apart = [pair for pair in made.pairs if said.gap(pair)]
    if not apart:
        return (head, blocks.prose([said.EQUAL]))
    first = sorted(apart, key=lambda pair: (not pair.crosses, -said.gap(pair)))[:MOST_PAIRS]
    chosen = sorted(first, key=lambda pair: (said.pair_group(pair), pair.day.night.day))
    table = pd.DataFrame([_dumbbell(made, pair) for pair in chosen])
    rows = table[["subject", "who_one", "sign_one", "who_other", "sign_other"]]
    listing = "; ".join(
        f"{r['subject']}: {r['sign_one']} by {r['who_one']}, {r['sign_other']} by {r['who_other']}"
        for r in table.to_dict("records")
    )
    finished = charts.finish(
        plot_dumbbells(table),
        rows.set_axis(["About", "Who", "Says", "Against", "Who says"], axis=1),
        source=_source(made, [claim for pair in chosen for claim in (pair.one, pair.other)]),
        alt=f"Two dots a row, joined. {listing}.",
    )
    return (head, placed(finished, said.pairs_title(made), "counter"))


def claims(opened: Opened) -> tuple[Block, ...]:
    """List the claims that contradict each other, and carry every claim with its fate as a file."""
    made = opened.audit
    if not made.claims:
        return ()
    name = f"audit-{made.review.start}-to-{made.review.end}-every-claim.csv"
    every = blocks.attach(name, "text/csv", fates_csv(made), said.EVERY_CLAIM)
    return (*evidence(made.review, said.BASIS, "audit-"), every)


def _bar(row: Voiced) -> dict[str, object]:
    return {
        "place": row.name,
        "side": row.side,
        "kind": "located",
        "low": row.claims,
        "high": row.claims,
        "sign": f"{row.claims:,}",
    }


def _dumbbell(made: Audit, pair: Pair) -> dict[str, object]:
    row: dict[str, object] = {
        "heading": said.pair_group(pair),
        "subject": said.pair_subject(made, pair),
    }
    for key, claim in (("one", pair.one), ("other", pair.other)):
        row |= {
            f"who_{key}": said.speaker(made, pair, first=key == "one"),
            f"side_{key}": claim.claimant_side,
            f"low_{key}": claim.low,
            f"high_{key}": claim.high,
            f"sign_{key}": sign(Count(claim.low, claim.high, claim.hedge)),
        }
    return row


def _source(made: Audit, drawn: list[Claim]) -> str:
    documents = made.review.days[0].night.documents
    held = (documents.get(claim.document_id) for claim in drawn)
    return source_line([document.publisher for document in held if document], len(drawn))
