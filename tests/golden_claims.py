"""The golden claims of the example corpus as claims, for tests that reconcile them."""

import csv
import datetime as dt
from functools import cache
from pathlib import Path

from tally.documents import admit
from tally.model import Claim, Metric

ROOT = Path(__file__).parent.parent
CLAIMS = ROOT / "tests" / "golden" / "example_claims.csv"


@cache
def golden_claims() -> tuple[Claim, ...]:
    """Return every claim, at the place of its quote, published when its document was."""
    documents = {d.id: d for d in admit(ROOT / "data" / "documents").documents}
    claims: dict[str, list[Claim]] = {}
    with CLAIMS.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            document = documents[row["document_id"]]
            held = claims.setdefault(document.id, [])
            part_of = f"{document.id} {row['part_of']}" if row["part_of"] else ""
            start = max(document.text.find(row["quote"]), 0)
            held.append(
                _claim(row, f"{document.id} {len(held)}", part_of, start, document.published)
            )
    return tuple(claim for held in claims.values() for claim in held)


def _claim(
    row: dict[str, str], claim_id: str, part_of: str, start: int, published: str | None
) -> Claim:
    return Claim(
        id=claim_id,
        document_id=row["document_id"],
        lang="",
        metric=Metric(row["metric"]),
        low=int(row["low"]) if row["low"] else None,
        high=int(row["high"]) if row["high"] else None,
        hedge=row["hedge"],  # type: ignore[arg-type]
        aggregation=row["aggregation"],  # type: ignore[arg-type]
        attacker=row["attacker"],
        claimant=row["claimant"],
        claimant_side=row["claimant_side"],  # type: ignore[arg-type]
        place=row["place"],
        admin1=tuple(filter(None, row["admin1"].split(";"))),
        period_start=_day(row["date_start"]),
        period_end=_day(row["date_end"]),
        window=row["window"],
        as_of="",
        published=published or "",
        victims=row["victims"],
        weapon="",
        mode="",
        part_of=part_of,
        unverified=row["unverified"] == "true",
        quote=row["quote"],
        start=start,
        end=start + len(row["quote"]),
        rule="golden",
    )


def _day(cell: str) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell else None
