"""Claims as text for people and programs: a table, CSV, JSON lines, and how each came about.

Words of a document go to a terminal with nothing hidden in them: `visible` sees to it.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields

from tally.evidence import Count
from tally.house.cells import safe_cell
from tally.house.words import visible
from tally.model import Claim, Document
from tally.wording import sign

CONTEXT = 40


def as_row(claim: Claim, ids: Sequence[str]) -> dict[str, object]:
    """Return a claim in the fields that accuracy is measured in; `ids` are its document's."""
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
    """Return claims as CSV with the ledger's columns; no cell is taken for a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    names = [field.name for field in fields(Claim)]
    if header:
        table.writerow(names)
    for claim in claims:
        table.writerow([_cell(getattr(claim, name)) for name in names])
    return out.getvalue()


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else safe_cell(value)


def figure(claim: Claim) -> str:
    """Return the number with its sign of doubt, as the tables of a briefing write it."""
    return sign(Count(claim.low, claim.high, claim.hedge))


def as_table(name: str, claims: Sequence[Claim]) -> str:
    """Return the claims of a document, which `name` tells, as lines for a terminal."""
    if not claims:
        return f"{visible(name)}: no claims\n"
    head = f"{visible(name)}: {len(claims)} claim{'s' * (len(claims) > 1)}"
    return "\n".join([head, *map(_line, claims)]) + "\n"


def _line(claim: Claim) -> str:
    whose = claim.claimant or f"({claim.claimant_side})"
    place = ", ".join(filter(None, [claim.place, ";".join(claim.admin1)])) or "–"
    part = " part" if claim.part_of else ""
    days = str(claim.period_end or "?")
    return (
        f"  {figure(claim):>8}  {claim.metric:<20} {days:<11}{claim.aggregation[:4]}{part:<6} "
        f"{visible(place):<34.34} {visible(whose)}"
    )


def explain(document: Document, claims: Sequence[Claim]) -> str:
    """Return for each claim its sentence, its span and the rules that made it."""
    lines = []
    for claim in claims:
        before = document.text[max(0, claim.start - CONTEXT) : claim.start]
        after = document.text[claim.end : claim.end + CONTEXT]
        words = f"{before}⟦{document.text[claim.start : claim.end]}⟧{after}"
        lines += [
            f"  {figure(claim)} {claim.metric} [{claim.start}:{claim.end}]",
            f"    …{visible(words)}…",
            f"    rules: {claim.rule}",
        ]
        if claim.review:
            lines.append(f"    look again: {claim.review}")
    return "\n".join(lines) + "\n" if lines else ""


def review(claims: Sequence[Claim]) -> str:
    """Return the claims that give a reason to look again, document by document, with the reasons.

    The last lines count them, by reason.
    """
    doubtful = [claim for claim in claims if claim.review]
    lines = []
    for name in dict.fromkeys(claim.document_id for claim in doubtful):
        lines.append(visible(name))
        for claim in doubtful:
            if claim.document_id == name:
                lines += [_line(claim), f"            look again: {claim.review}"]
                lines.append(f"            “{visible(claim.quote)}”")
    reasons = Counter(reason for claim in doubtful for reason in claim.review.split("; "))
    lines.append(f"{len(doubtful)} of {len(claims)} claims to look at again")
    lines += [f"{count:>6}  {reason}" for reason, count in reasons.most_common()]
    return "\n".join(lines) + "\n"
