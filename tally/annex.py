"""The end of the daily briefing: every claim numbered, how to read it, and the files attached.

Computes nothing; the order and the numbers of the claims are those of the night.
"""

from collections.abc import Mapping, Sequence

from tally import blocks
from tally.blocks import Block, Inline, Inlines
from tally.evidence import Count, Night, claims_csv, estimates_csv, is_eve, marked_quote
from tally.model import Claim
from tally.wording import (
    capital,
    date_words,
    grouped,
    known_words,
    metric_words,
    sign,
    window_words,
)

COLUMNS: list[dict[str, object]] = [
    {"label": "No.", "align": "right", "width": 0.05, "scope": "row"},
    {"label": "Figure", "align": "right", "width": 0.08},
    {"label": "What, where, when", "width": 0.25},
    {"label": "Words", "width": 0.28},
    {"label": "Who says so", "width": 0.16},
    {"label": "Printed by", "width": 0.18},
]

SIDES = {
    "Ukraine": "Ukraine’s side",
    "Russia": "Russia’s side",
    "third_party": "third party",
    "unattributed": "no source named",
}


def evidence(night: Night) -> tuple[Block, ...]:
    """List every claim of the night, how to read it, and carry the rows as files."""
    if not night.claims:
        return ()
    rows = claim_rows([(night, claim) for claim in night.claims])
    ids = [f"claim-{number}" for number in range(1, len(rows) + 1)]
    table = blocks.table(_caption(night), COLUMNS, rows, ids, name="evidence")
    stem = night.day.isoformat()
    return (
        blocks.section("Evidence", id="evidence"),
        table,
        blocks.section("How to read this", level=3),
        blocks.prose(method([(night, claim) for claim in night.claims]), small=True),
        blocks.attach(
            f"{stem}-claims.csv", "text/csv", claims_csv(night), "every claim of this briefing"
        ),
        blocks.attach(
            f"{stem}-estimates.csv",
            "text/csv",
            estimates_csv(night),
            "what the claims say together, with the evidence each figure rests on",
        ),
    )


def claim_rows(shown: Sequence[tuple[Night, Claim]], dated: bool = False) -> list[list[Inlines]]:
    """Return a row a claim under `COLUMNS`, numbered from 1; `dated` ones begin with their day."""
    numbers = {claim.id: row for row, (_, claim) in enumerate(shown, start=1)}
    return [
        [
            str(numbers[claim.id]),
            sign(Count(claim.low, claim.high, claim.hedge)),
            [*(_dated(claim) if dated else []), *_what(night, claim, numbers)],
            _quote(night, claim),
            _who(night, claim),
            _printed(night, claim),
        ]
        for night, claim in shown
    ]


def _dated(claim: Claim) -> list[Inline]:
    day = claim.period_end
    return [blocks.text(f"{date_words(day)}: ")] if day else []


def _what(night: Night, claim: Claim, numbers: Mapping[str, int]) -> list[Inline]:
    place = night.names.place(claim.place, claim.admin1)
    what = metric_words(claim.metric, claim.victims, claim.mode, claim.attacker)
    pieces = [capital(what), place, window_words(claim.window)]
    run = [blocks.text(", ".join(piece for piece in pieces if piece))]
    whole = numbers.get(claim.part_of)
    if whole:
        run += [blocks.text("; part of "), blocks.link(f"#claim-{whole}", f"[{whole}]")]
    if claim.id in night.rejected:
        run.append(blocks.em("; set aside by a ruling, in no total"))
    elif is_eve(claim, night.day):
        run.append(blocks.em("; of the evening before, in no total"))
    elif not night.in_scope(claim):
        run.append(blocks.em(f"; other scope: {_span(claim)}, in no total"))
    if claim.aggregation == "increment":
        run.append(blocks.text("; one more than counted before"))
    if claim.unverified:
        run.append(blocks.text("; said to be unverified"))
    return run


def _span(claim: Claim) -> str:
    end = date_words(claim.period_end) if claim.period_end else ""
    if claim.period_start is None:
        return f"running total to {end}"
    if claim.period_start == claim.period_end:
        return f"running total on {end}"
    return f"{date_words(claim.period_start)} to {end}"


def _quote(night: Night, claim: Claim) -> list[Inline]:
    before, figure, after = marked_quote(claim, night.documents.get(claim.document_id))
    run = [blocks.text(f"“{before}")]
    if figure:
        run.append(blocks.mark(figure))
    return [*run, blocks.text(f"{after}”")]


def _who(night: Night, claim: Claim) -> str:
    name = night.names.claimant(claim.claimant, claim.claimant_side)
    side = SIDES[claim.claimant_side]
    if not name:
        return capital(side)
    tells = claim.claimant_side[:6] in name
    return name if tells else f"{name} ({side})"


def _printed(night: Night, claim: Claim) -> list[Inline]:
    document = night.documents.get(claim.document_id)
    when = known_words(claim.published) if claim.published else "undated"
    if document is None:
        return [blocks.text(f"{claim.document_id}, {when}")]
    return [blocks.link(document.url, document.publisher), blocks.text(f", {when}")]


def _caption(night: Night) -> str:
    documents = {claim.document_id for claim in night.claims}
    outside = sum(not night.in_scope(claim) for claim in night.claims)
    scope = f"; {grouped(outside)} of other scope, listed last and in no total" if outside else ""
    return (
        f"{_counted(len(night.claims), 'claim')} of {_counted(len(documents), 'document')}{scope}"
    )


def _counted(number: int, noun: str) -> str:
    return f"{grouped(number)} {noun}{'' if number == 1 else 's'}"


def method(shown: Sequence[tuple[Night, Claim]]) -> Sequence[str]:
    """Say how to read the figures of these claims."""
    digest = any(d.digest for n, c in shown if (d := n.documents.get(c.document_id)))
    return [
        "Every figure is a claim: somebody’s word, not an established fact. Belligerents’ figures "
        "are never merged, and nothing here is verified by us. A night is dated by its morning.",
        "≥ at least, > more than, ≤ up to, < fewer than, ~ about; 23–24 is a range over claimants. "
        "— means that nobody gave a number; “none reported” that somebody said there were none. "
        "In charts a whisker runs to the highest figure, an arrow means that the end is open, "
        "hatching is what the claims leave unaccounted for. Blue is Ukraine’s word, orange "
        "Russia’s, grey any other.",
        "Drones stopped are those said to be shot down, destroyed or suppressed; lost from radar "
        "is counted apart where the source gives it apart. A toll added up from regions takes the "
        "least figure for each region.",
        "Limits: only documents in the ledger count, copies of one report are not independent, and "
        "figures are revised for days."
        + (
            " Quotes are from digests in our own words; the link leads to the page."
            if digest
            else ""
        ),
    ]
