"""What the ledger claims of a day, for renderers of tests."""

import csv
from pathlib import Path


def figures(data: Path, day: str) -> dict[str, str]:
    """Return the figures of a day: metric and claimant -> what is claimed."""
    found: dict[str, set[str]] = {}
    for path in (data / "claims").glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                if row["period_end"] == day:
                    name = f"{row['metric']} {row['claimant']}".strip()
                    found.setdefault(name, set()).add(row["low"] or row["high"])
    return {name: "; ".join(sorted(values)) for name, values in sorted(found.items())}
