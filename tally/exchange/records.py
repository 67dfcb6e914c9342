"""Claims and estimates as rows of cells and as JSON, and claims back from both."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from tally.errors import ExchangeError
from tally.ledger import as_cell, parse_field
from tally.model import Claim, Estimate

CLAIM_COLUMNS = tuple(field.name for field in fields(Claim))
ESTIMATE_COLUMNS = ("id", *(field.name for field in fields(Estimate)))
ESTIMATE_KEY = (
    "metric", "side", "attacker", "place", "admin1", "period_start", "period_end", "window",
    "victims", "incident",
)  # fmt: skip


def to_cells(claim: Claim) -> list[str]:
    """Return the cells of a claim under `CLAIM_COLUMNS`, as the ledger writes them."""
    return [as_cell(getattr(claim, name)) for name in CLAIM_COLUMNS]


def from_cells(cells: Mapping[str, str]) -> Claim:
    """Return the claim of a row by column; other columns are passed over."""
    try:
        values: dict[str, Any] = {name: parse_field(name, cells[name]) for name in CLAIM_COLUMNS}
    except (KeyError, ValueError) as error:
        raise _not_a_claim(error) from error
    return Claim(**values)


def to_json(claim: Claim) -> dict[str, object]:
    """Return a claim as JSON: null where a count or day was not said, codes as a list."""
    return {name: _plain(getattr(claim, name)) for name in CLAIM_COLUMNS}


def from_json(held: Mapping[str, Any]) -> Claim:
    """Return the claim of a JSON object; other keys are passed over."""
    try:
        values = {name: held[name] for name in CLAIM_COLUMNS}
        values["admin1"] = tuple(values["admin1"])
        cells = {name: as_cell(value) for name, value in values.items()}
    except (KeyError, TypeError) as error:
        raise _not_a_claim(error) from error
    return from_cells(cells)


def estimate_ids(estimates: Iterable[Estimate]) -> dict[str, Estimate]:
    """Return estimates by ids that they keep while their numbers move: of what they are about.

    Several parts of one total can be about the same; the later ones are told by their order.
    """
    held: dict[str, Estimate] = {}
    twins: Counter[str] = Counter()
    for one in estimates:
        about = json.dumps([as_cell(getattr(one, name)) for name in ESTIMATE_KEY])
        twins[about] += 1
        text = about if twins[about] == 1 else f"{about}#{twins[about]}"
        held[f"E{hashlib.sha256(text.encode()).hexdigest()[:11]}"] = one
    return held


def estimate_cells(name: str, estimate: Estimate) -> list[str]:
    """Return the cells of an estimate, with its id, under `ESTIMATE_COLUMNS`."""
    values = (getattr(estimate, column) for column in ESTIMATE_COLUMNS[1:])
    return [name, *map(as_cell, values)]


def _plain(value: object) -> object:
    match value:
        case tuple():
            return list(value)
        case dt.date():
            return value.isoformat()
        case bool() | int() | None:
            return value
        case _:
            return str(value)


def _not_a_claim(error: Exception) -> ExchangeError:
    msg = f"not a claim as it was exported ({error}); export it anew"
    return ExchangeError(msg)
