"""Labelled claims: what a reader, or an extractor, says that a document claims.

Brings gold sets (JSON lines), the golden file of the example corpus (CSV) and extracted claims
into one shape. Knows nothing of how claims are made.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tally.errors import ScoreError
from tally.model import Metric

SCORED = frozenset(Metric)
NOTHING = ((0, 0), (None, None))


@dataclass(frozen=True, slots=True)
class Label:
    """One claim in the fields that are compared; `window` is None where a set does not label it.

    Empty strings mean "not said". `rule` names the rules that made it, when an extractor did.
    """

    metric: str
    low: int | None
    high: int | None
    hedge: str
    aggregation: str
    attacker: str
    claimant: str
    claimant_side: str
    place: str
    admin1: tuple[str, ...]
    date_start: str
    date_end: str
    window: str | None
    victims: str
    is_part: bool
    unverified: bool
    quote: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document's distinct claims, with the language and kind it is grouped by."""

    id: str
    lang: str
    kind: str
    published: str | None
    labels: tuple[Label, ...]


def parse_label(row: Mapping[str, Any]) -> Label | None:
    """Return a claim in the fields of the guidelines, or None when it is not scored.

    Not scored are other metrics, claims of zero and claims without a number.
    """
    metric, low, high = row["metric"], row.get("low"), row.get("high")
    if metric not in SCORED or (low, high) in NOTHING:
        return None
    return Label(
        metric=metric,
        low=low,
        high=high,
        hedge=row.get("hedge") or "exact",
        aggregation=row.get("aggregation") or "period",
        attacker=row.get("attacker") or "",
        claimant=row.get("claimant") or "",
        claimant_side=row.get("claimant_side") or "unattributed",
        place=row.get("place") or "",
        admin1=tuple(sorted(row.get("admin1") or ())),
        date_start=row.get("date_start") or "",
        date_end=row.get("date_end") or "",
        window=(row["window"] or "") if "window" in row else None,
        victims=row.get("victims") or "",
        is_part=row.get("part_of") is not None,
        unverified=bool(row.get("unverified")),
        quote=row.get("quote") or "",
        rule=row.get("rule") or "",
    )


def load_labelled(path: Path) -> dict[str, Labelled]:
    """Return the labelled documents of a file by id: .csv as the golden file, else JSON lines."""
    try:
        text = path.read_text("utf-8")
        return _golden(path, text) if path.suffix == ".csv" else _gold(path, text)
    except OSError as error:
        msg = f"{path}: the labelled set cannot be read ({error.strerror}); check the name"
        raise ScoreError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8"
        raise ScoreError(msg) from error


def parse_lines(text: str, where: str) -> Iterator[tuple[dict[str, Any], tuple[Label, ...]]]:
    """Yield each line of JSON lines with its claims; a malformed one raises ScoreError."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            labels = _labels(row["claims"])
            row["id"] = str(row["id"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"no {error}" if isinstance(error, KeyError) else str(error)
            msg = f'{where}:{number}: not a line {{"id": …, "claims": […]}} ({reason})'
            raise ScoreError(msg) from error
        yield row, labels


def _labels(rows: Sequence[Mapping[str, Any]]) -> tuple[Label, ...]:
    return tuple(label for row in rows if (label := parse_label(row)) is not None)


def _gold(path: Path, text: str) -> dict[str, Labelled]:
    found: dict[str, Labelled] = {}
    for row, labels in parse_lines(text, path.name):
        if row["id"] in found:
            msg = f"{path.name}: document {row['id']} stands twice; take one of the lines out"
            raise ScoreError(msg)
        found[row["id"]] = Labelled(
            row["id"],
            str(row.get("lang") or ""),
            str(row.get("kind") or ""),
            row.get("published"),
            labels,
        )
    return found


def _golden(path: Path, text: str) -> dict[str, Labelled]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            rows.setdefault(row["document_id"], []).append(_typed(row))
        except (KeyError, ValueError, AttributeError) as error:
            msg = f"{path.name}:{number}: not a golden claim ({error}); compare the lines around it"
            raise ScoreError(msg) from error
    return {id: Labelled(id, "", "", None, _labels(each)) for id, each in rows.items()}


def _typed(row: dict[str, str]) -> dict[str, Any]:
    return {
        **row,
        "low": int(row["low"]) if row["low"] else None,
        "high": int(row["high"]) if row["high"] else None,
        "admin1": row["admin1"].split(";") if row["admin1"] else [],
        "part_of": int(row["part_of"]) if row["part_of"] else None,
        "unverified": row["unverified"] == "true",
    }
