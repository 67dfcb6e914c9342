"""Claims as text for people and programs: a table, CSV, JSON lines, and how each came about."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import fields

from tally.model import Claim, Document

SIGNS = {"at_least": "≥ ", "more_than": "> ", "at_most": "≤ ", "less_than": "< ", "about": "~ "}
CONTEXT = 40


def as_row(claim: Claim, ids: Sequence[str]) -> dict[str, object]:
    """Return a claim in the fields that accuracy is measured in; `ids` are its document's claims."""
    return {
        "metric": claim.metric,
        "low": claim.low,
        "high": claim.high,
        "hedge": claim.hedge,
        "aggregation": claim.aggregation,
        "attacker": claim.attacker or None,
        "claimant": claim.claimant or None,
        "claimant_side": claim.claimant_side,
        "place": claim.place or None,
        "admin1": list(claim.admin1),
        "date_start": claim.period_start and claim.period_start.isoformat(),
        "date_end": claim.period_end and claim.period_end.isoformat(),
        "window": claim.window or None,
        "victims": claim.victims or None,
        "part_of": ids.index(claim.part_of) if claim.part_of in ids else None,
        "unverified": claim.unverified,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "rule": claim.rule,
        "review": claim.review,
    }


def as_json(document: Document, claims: Sequence[Claim]) -> str:
    """Return one line of JSON: the document's id and its claims."""
    ids = [claim.id for claim in claims]
    line = {"id": document.id, "claims": [as_row(claim, ids) for claim in claims]}
    return json.dumps(line, ensure_ascii=False)


def as_csv(claims: Sequence[Claim], *, header: bool = True) -> str:
    """Return claims as CSV with the ledger's columns; a formula start is defused with an apostrophe."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    names = [field.name for field in fields(Claim)]
    if header:
        table.writerow(names)
    for claim in claims:
        table.writerow([_cell(getattr(claim, name)) for name in names])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return "" if value is None else value


def figure(claim: Claim) -> str:
    """Return the number with its sign of doubt.

    >>> import dataclasses
    """
    if claim.hedge == "range":
        return f"{claim.low}–{claim.high}"
    value = claim.low if claim.low is not None else claim.high
    return f"{SIGNS.get(claim.hedge, '')}{value:,}"


def as_table(document: Document, claims: Sequence[Claim]) -> str:
    """Return the claims of a document as lines for a terminal."""
    if not claims:
        return f"{document.id}: no claims\n"
    lines = [f"{document.id}: {len(claims)} claim{'s' * (len(claims) > 1)}"]
    for claim in claims:
        whose = claim.claimant or f"({claim.claimant_side})"
        place = ", ".join(filter(None, [claim.place, ";".join(claim.admin1)])) or "–"
        part = " part" if claim.part_of else ""
        days = str(claim.period_end or "?")
        lines.append(
            f"  {figure(claim):>8}  {claim.metric:<20} {days:<11}{claim.aggregation[:4]}{part:<6} {place:<34.34} {whose}"
        )
    return "\n".join(lines) + "\n"


def explain(document: Document, claims: Sequence[Claim]) -> str:
    """Return for each claim its sentence, its span and the rules that made it."""
    lines = []
    for claim in claims:
        before = document.text[max(0, claim.start - CONTEXT) : claim.start].replace("\n", " ")
        after = document.text[claim.end : claim.end + CONTEXT].replace("\n", " ")
        lines += [
            f"  {figure(claim)} {claim.metric} [{claim.start}:{claim.end}]",
            f"    …{before}⟦{document.text[claim.start : claim.end]}⟧{after}…",
            f"    rules: {claim.rule}",
        ]
        if claim.review:
            lines.append(f"    look again: {claim.review}")
    return "\n".join(lines) + "\n" if lines else ""
