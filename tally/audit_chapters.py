"""What the claims audit consists of: blocks in reading order, assembled from a span's claims.

Counts nothing: tables come from audit, words from audit_words and pair_words, pictures from charts.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tally import audit_words as said
from tally import blocks, charts, pair_words
from tally.accuracy import accuracy
from tally.audit import FATES, SIDES, Audit, Pair, Voiced, audit, fates_csv, voices
from tally.blocks import Block
from tally.briefing import as_known, known_at, parse_as_of
from tally.chapters import placed
from tally.charts.dumbbells import plot_dumbbells
from tally.day_words import span_words
from tally.documents import admit
from tally.drawing import PHONE
from tally.evidence import Count
from tally.hosts import publisher
from tally.imprint import source_line
from tally.language import say, spoken, to_say
from tally.model import Claim, published_at
from tally.names import load_names
from tally.opening import read_claims
from tally.reconcile import reconcile
from tally.review import parse_span
from tally.review_tables import evidence
from tally.score import Score
from tally.settings import data_folder
from tally.span import review
from tally.wording import capital, grouped, sign

MOST_VOICES = 8
MOST_PAIRS = 9
BASIS = to_say("{n} {n:claim|claims} that contradict each other")


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
    span, lang = span_words(made.start, made.end), spoken().code
    head = blocks.masthead(say("CLAIMS AUDIT"), span, as_known(moment), "", lang, known_at=moment)
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
    head = blocks.section(say("Who claims what how often"), id="who")
    if table.empty:
        return (head, blocks.prose([said.voices_title(made, every)]))
    listing = ", ".join(f"{row['place']} {row['sign']}" for row in table.to_dict("records"))
    finished = charts.finish(
        charts.plot_regions(table),
        table[["place", "sign"]].rename(columns={"place": say("Claimant"), "sign": say("Claims")}),
        source=_source(made, list(made.claims)),
        alt=say("Bars of claims by claimant: {listing}.", listing=listing),
        narrow=charts.plot_regions(table, PHONE),
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
            "sign": grouped(number),
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
        table[["heading", "words"]].rename(
            columns={"heading": say("Whose"), "words": say("Claims")}
        ),
        source=_source(made, list(made.claims)),
        alt=say("Stacked bars, one a side. {listing}.", listing=listing),
        narrow=charts.plot_stopped(table, PHONE),
    )
    head = blocks.section(say("How claims fared afterwards"), id="fared")
    return (head, placed(finished, said.fared_title(made), "fared"))


def counter(opened: Opened) -> tuple[Block, ...]:
    """Set claims against the counter-claims that contradict them."""
    made = opened.audit
    if not made.claims:
        return ()
    head = blocks.section(say("Claims against counter-claims"), id="counter")
    if not made.pairs:
        return (head, blocks.prose([say("No claim of these days contradicts another.")]))
    apart = [pair for pair in made.pairs if pair_words.gap(pair)]
    if not apart:
        message = to_say(
            "The pairs that contradict each other give the same figure for different things."
        )
        return (head, blocks.prose([say(message)]))
    first = sorted(apart, key=lambda pair: (not pair.crosses, -pair_words.gap(pair)))[:MOST_PAIRS]
    chosen = sorted(first, key=lambda pair: (pair_words.pair_group(pair), pair.day.night.day))
    table = pd.DataFrame([_dumbbell(made, pair) for pair in chosen])
    rows = table[["subject", "who_one", "sign_one", "who_other", "sign_other"]]
    listing = "; ".join(
        say(
            "{subject}: {one} according to {who}, {other} according to {whom}",
            subject=r["subject"],
            one=r["sign_one"],
            who=r["who_one"],
            other=r["sign_other"],
            whom=r["who_other"],
        )
        for r in table.to_dict("records")
    )
    labels = [say("About"), say("Who"), say("Says"), say("Against"), say("Who says so")]
    finished = charts.finish(
        plot_dumbbells(table),
        rows.set_axis(labels, axis=1),
        source=_source(made, [claim for pair in chosen for claim in (pair.one, pair.other)]),
        alt=say("Two dots a row, joined. {listing}.", listing=listing),
        narrow=plot_dumbbells(table, PHONE),
    )
    return (head, placed(finished, pair_words.pairs_title(made), "counter"))


def claims(opened: Opened) -> tuple[Block, ...]:
    """List the claims that contradict each other, and carry every claim with its fate as a file."""
    made = opened.audit
    if not made.claims:
        return ()
    name = f"audit-{made.review.start}-to-{made.review.end}-every-claim.csv"
    described = say("every claim of these days, with what became of it")
    every = blocks.attach(name, "text/csv", fates_csv(made), described)
    return (*evidence(made.review, BASIS, "audit-"), every)


def _bar(row: Voiced) -> dict[str, object]:
    return {
        "place": row.name,
        "side": row.side,
        "kind": "located",
        "low": row.claims,
        "high": row.claims,
        "sign": grouped(row.claims),
    }


def _dumbbell(made: Audit, pair: Pair) -> dict[str, object]:
    row: dict[str, object] = {
        "heading": pair_words.pair_group(pair),
        "subject": pair_words.pair_subject(made, pair),
    }
    for key, claim in (("one", pair.one), ("other", pair.other)):
        row |= {
            f"who_{key}": capital(pair_words.speaker(made, pair, first=key == "one")),
            f"side_{key}": claim.claimant_side,
            f"low_{key}": claim.low,
            f"high_{key}": claim.high,
            f"sign_{key}": sign(Count(claim.low, claim.high, claim.hedge)),
        }
    return row


def _source(made: Audit, drawn: list[Claim]) -> str:
    documents = made.review.days[0].night.documents
    held = (documents.get(claim.document_id) for claim in drawn)
    return source_line([publisher(document) for document in held if document], len(drawn))
