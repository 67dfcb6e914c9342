"""The end of the daily briefing: every claim numbered, how to read it, and the files attached.

Computes nothing; the order and the numbers of the claims are those of the night.
"""

from collections.abc import Mapping, Sequence

from tally import blocks, imprint
from tally.blocks import Block, Inline, Inlines
from tally.day_words import span_words
from tally.evidence import Count, Night, claims_csv, estimates_csv, is_eve, marked_quote
from tally.hosts import publisher
from tally.language import say, spoken, to_say
from tally.model import Claim
from tally.names import Names
from tally.wording import (
    capital,
    date_words,
    known_words,
    metric_words,
    sign,
    window_words,
)

SIDES = {
    "Ukraine": to_say("Ukraine’s side"),
    "Russia": to_say("Russia’s side"),
    "third_party": to_say("third party"),
    "unattributed": to_say("no source named"),
}
NO_BREAK = "\N{NO-BREAK SPACE}"
# Beginnings of words that tell the side; a language may have several.
NAMES_SIDE = {"Ukraine": to_say("Ukrain"), "Russia": to_say("Russi")}


def columns() -> list[dict[str, object]]:
    """Return the columns of a table of claims."""
    return [
        {"label": say("No."), "align": "right", "width": 0.05, "scope": "row"},
        {"label": say("Figure"), "align": "right", "width": 0.08},
        {"label": say("What, where, when"), "width": 0.25},
        {"label": say("Words"), "width": 0.28},
        {"label": say("Who says so"), "width": 0.16},
        {"label": say("Printed by"), "width": 0.18},
    ]


def evidence(night: Night) -> tuple[Block, ...]:
    """List every claim of the night, how to read it, and carry the rows as files."""
    if not night.claims:
        return ()
    rows = claim_rows([(night, claim) for claim in night.claims])
    ids = [f"claim-{number}" for number in range(1, len(rows) + 1)]
    table = blocks.table(_caption(night), columns(), rows, ids, name="evidence")
    stem = night.day.isoformat()
    return (
        blocks.section(say("Evidence"), id="evidence"),
        table,
        blocks.section(say("How to read this"), level=3),
        blocks.prose(method([(night, claim) for claim in night.claims]), small=True),
        blocks.attach(
            f"{stem}-claims.csv",
            "text/csv",
            claims_csv(night),
            say("every claim of this briefing"),
        ),
        blocks.attach(
            f"{stem}-estimates.csv",
            "text/csv",
            estimates_csv(night),
            say("what the claims say together, with the evidence each figure rests on"),
        ),
    )


def claim_rows(shown: Sequence[tuple[Night, Claim]], dated: bool = False) -> list[list[Inlines]]:
    """Return a row a claim under `columns()`, numbered from 1, with its day if `dated`."""
    numbers = {claim.id: row for row, (_, claim) in enumerate(shown, start=1)}
    return [
        [
            str(numbers[claim.id]),
            sign(Count(claim.low, claim.high, claim.hedge)),
            [*(_dated(claim) if dated else []), *_what(night, claim, numbers)],
            _quote(night, claim),
            who_words(claim, night.names),
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
        part_of = say("; part of ").rstrip() + NO_BREAK
        run += [blocks.text(part_of), blocks.link(f"#claim-{whole}", f"[{whole}]")]
    if claim.id in night.rejected:
        run.append(blocks.em(say("; set aside by a ruling, in no total")))
    elif is_eve(claim, night.day):
        run.append(blocks.em(say("; of the evening before, in no total")))
    elif not night.in_scope(claim):
        run.append(blocks.em(say("; other scope: {span}, in no total", span=_span(claim))))
    if claim.aggregation == "increment":
        run.append(blocks.text(say("; one more than counted before")))
    if claim.unverified:
        run.append(blocks.text(say("; said to be unverified")))
    return run


def _span(claim: Claim) -> str:
    end = date_words(claim.period_end) if claim.period_end else ""
    if claim.period_start is None:
        return say("running total to {end}", end=end)
    if claim.period_start == claim.period_end:
        return say("running total on {end}", end=end)
    return span_words(claim.period_start, claim.period_end or claim.period_start)


def _quote(night: Night, claim: Claim) -> list[Inline]:
    before, figure, after = marked_quote(claim, night.documents.get(claim.document_id))
    lang = "" if claim.lang == spoken().code else claim.lang
    if not figure:
        return [blocks.text(f"{say('“')}{before}{say('”')}", lang)]
    return [
        blocks.text(f"{say('“')}{before}", lang),
        blocks.mark(figure, lang),
        blocks.text(f"{after}{say('”')}", lang),
    ]


def who_words(claim: Claim, names: Names) -> str:
    """Name who says a claim, with the side where the name does not tell it."""
    name = names.printed(claim.claimant, claim.claimant_side)
    side = say(SIDES[claim.claimant_side])
    if not name:
        return capital(side)
    tells = NAMES_SIDE.get(claim.claimant_side)
    told = tells and any(word in name.casefold() for word in say(tells).casefold().split())
    return capital(name if told else f"{name} ({side})")


def _printed(night: Night, claim: Claim) -> list[Inline]:
    document = night.documents.get(claim.document_id)
    when = known_words(claim.published) if claim.published else say("undated")
    # A day stays on one line, and so do the hours behind it.
    when = ", ".join(part.replace(" ", NO_BREAK) for part in when.split(", "))
    if document is None:
        return [blocks.text(f"{claim.document_id}, {when}")]
    printer = publisher(document)
    shown = say(printer) if printer in imprint.NAMELESS else printer
    return [blocks.link(document.url, shown), blocks.text(f", {when}")]


def _caption(night: Night) -> str:
    documents = {claim.document_id for claim in night.claims}
    outside = sum(not night.in_scope(claim) for claim in night.claims)
    scope = ""
    if outside:
        scope = say("; {n} of other scope, listed last and in no total", n=outside)
    return say(
        "{n} {n:claim|claims} of {documents} {documents:document|documents}{scope}",
        n=len(night.claims),
        documents=len(documents),
        scope=scope,
    )


METHOD = (
    to_say(
        "Every figure is a claim: somebody’s word, not an established fact. Belligerents’ figures "
        "are never merged, and nothing here is verified by us. A night is dated by its morning."
    ),
    to_say(
        "≥ at least, > more than, ≤ up to, < fewer than, ~ about; 23–24 is a range over claimants. "
        "— means that nobody gave a number; “none reported” that somebody said there were none. "
        "In charts a whisker runs to the highest figure, an arrow means that the end is open, "
        "hatching is what the claims leave unaccounted for. Blue is Ukraine’s word, orange "
        "Russia’s, grey any other."
    ),
    to_say(
        "Drones stopped are those said to be shot down, destroyed or suppressed; lost from radar "
        "is counted apart where the source gives it apart. A toll added up from regions takes the "
        "least figure for each region."
    ),
)
LIMITS = to_say(
    "Limits: only documents in the ledger count, copies of one report are not independent, and "
    "figures are revised for days."
)
DIGESTS = to_say(" Quotes are from digests in our own words; the link leads to the page.")


def method(shown: Sequence[tuple[Night, Claim]]) -> Sequence[str]:
    """Say how to read the figures of these claims."""
    digest = any(d.digest for n, c in shown if (d := n.documents.get(c.document_id)))
    limits = f"{say(LIMITS)}{say(DIGESTS) if digest else ''}"
    return [*map(say, METHOD), limits]
