"""Human decisions about claims: read from rulings.toml, applied, refused when they match nothing.

A ruling never changes the ledger. It knows the fields of a claim and nothing of how claims are
brought together.
"""

import datetime as dt
import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from tally.errors import RulingError
from tally.ledger import COLUMNS, as_cell, parse_field
from tally.model import Claim, Ruling

PATH = "data/rulings.toml"
Decision = Literal["accept", "reject", "correct", "same_incident", "different_incident"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
ABOUT = ("decision", "reason", "author", "date", "set")
NAMES = {"document": "document_id"}
MATCHING = (
    "document",
    "id",
    *(name for name in COLUMNS if name not in {"id", "document_id", "part_of"}),
)
CORRECTABLE = (
    *("metric", "low", "high", "hedge", "aggregation", "attacker", "claimant", "claimant_side"),
    *("place", "admin1", "period_start", "period_end", "window", "victims", "mode", "part_of"),
)
IN_DOUBT = ("place", "window", "victims", "claimant", "period_end", "start")
NUMBERS = frozenset({"low", "high", "start", "end"})
SHARED = ("metric", "attacker", "period_end", "admin1", "place", "victims", "window", "low", "high")


@dataclass(frozen=True, slots=True)
class Judged:
    """Claims as corrected, and what was decided about them, by claim id.

    `joined` and `parted` give each claim the number of the ruling that puts it into one incident
    with the others it names, or apart from those it does not; `read` the fields that corrections
    set, also to what they were: a person has read those, and confirms them.
    """

    claims: tuple[Claim, ...]
    rejected: dict[str, Ruling]
    accepted: dict[str, Ruling]
    joined: dict[str, int]
    parted: dict[str, int]
    read: dict[str, frozenset[str]]


def load_rulings(path: Path) -> tuple[Ruling, ...]:
    """Return the rulings of a file, in its order; a file that is not there holds none."""
    if not path.exists():
        return ()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path}: {error}"
        raise RulingError(msg) from error
    _refuse_unknown(f"{path}", content, ("ruling",))
    rows = content.get("ruling", [])
    if not isinstance(rows, list):
        msg = f"{path}: write each ruling as a table under [[ruling]], with two brackets."
        raise RulingError(msg)
    return tuple(_parse_ruling(f"{path}: ruling {n}", row) for n, row in enumerate(rows, 1))


def as_toml(ruling: Ruling) -> str:
    """Return a ruling as it is written in the file."""
    lines = ["[[ruling]]", f"decision = {_quoted(ruling.decision)}"]
    for name, text in ruling.match:
        documents = text.split() if name == "document" else []
        several = f"[{', '.join(map(_quoted, documents))}]"
        lines.append(f"{name} = {several if len(documents) > 1 else _written(name, text)}")
    if ruling.values:
        pairs = ", ".join(f"{name} = {_written(name, text)}" for name, text in ruling.values)
        lines.append(f"set = {{ {pairs} }}")
    lines += [f"reason = {_quoted(ruling.reason)}", f"author = {_quoted(ruling.author)}"]
    return "\n".join([*lines, f"date = {ruling.date.isoformat()}"]) + "\n"


def _written(name: str, text: str) -> str:
    return text if name in NUMBERS and text else _quoted(text)


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which JSON leaves bare.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def naming(claim: Claim, claims: Iterable[Claim]) -> tuple[tuple[str, str], ...]:
    """Return the fewest fields that name this claim and no other; its id when they do not."""
    rivals = [c for c in claims if c.document_id == claim.document_id and c.id != claim.id]
    match = [("document", claim.document_id)]
    for name in ("metric", "low", "high", *IN_DOUBT):
        needed = name in {"metric", "low", "high"} or _tells(name, claim, rivals)
        if needed:
            match.append((name, as_cell(getattr(claim, name))))
            rivals = [c for c in rivals if getattr(c, name) == getattr(claim, name)]
    return tuple(match) if not rivals else (("id", claim.id),)


def _tells(name: str, claim: Claim, rivals: Iterable[Claim]) -> bool:
    return any(getattr(rival, name) != getattr(claim, name) for rival in rivals)


def shared(
    claims: Sequence[Claim], ledger: Iterable[Claim]
) -> tuple[tuple[tuple[str, str], ...], tuple[Claim, ...]]:
    """Return what names several claims at once, and every claim of the ledger that it names."""
    first = claims[0]
    fields = [n for n in SHARED if all(getattr(c, n) == getattr(first, n) for c in claims)]
    documents = dict.fromkeys(claim.document_id for claim in claims)
    match = [("document", " ".join(documents))]
    match += [(name, as_cell(getattr(first, name))) for name in fields]
    named = [
        claim
        for claim in ledger
        if claim.document_id in documents
        and all(getattr(claim, name) == getattr(first, name) for name in fields)
    ]
    return tuple(match), tuple(named)


def apply_rulings(claims: Iterable[Claim], rulings: Sequence[Ruling]) -> tuple[Claim, ...]:
    """Return the claims as people have decided about them: corrected, the rejected ones left out.

    RulingError when a ruling matches no claim.
    """
    judged = judge(claims, rulings)
    return tuple(claim for claim in judged.claims if claim.id not in judged.rejected)


def judge(claims: Iterable[Claim], rulings: Sequence[Ruling]) -> Judged:
    """Apply every ruling in turn to the claims as stored; later corrections win."""
    current = {claim.id: claim for claim in claims}
    by_document: dict[str, list[Claim]] = {}
    for claim in current.values():
        by_document.setdefault(claim.document_id, []).append(claim)
    judged = Judged((), {}, {}, {}, {}, {})
    for number, ruling in enumerate(rulings, 1):
        for claim in _matching(number, ruling, by_document, current):
            _decide(judged, number, ruling, claim, current)
    return replace(judged, claims=tuple(current.values()))


def named(claims: Iterable[Claim], rulings: Sequence[Ruling]) -> frozenset[str]:
    """Return the ids of all claims that a ruling is about."""
    judged = judge(claims, rulings)
    decided = (judged.rejected, judged.accepted, judged.joined, judged.parted, judged.read)
    return frozenset[str]().union(*decided)


def _decide(
    judged: Judged, number: int, ruling: Ruling, claim: Claim, current: dict[str, Claim]
) -> None:
    match ruling.decision:
        case "reject":
            judged.rejected[claim.id] = ruling
        case "accept":
            judged.accepted[claim.id] = ruling
        case "same_incident":
            judged.joined[claim.id] = number
        case "different_incident":
            judged.parted[claim.id] = number
        case "correct":
            current[claim.id] = _corrected(number, ruling, current[claim.id])
            fields = frozenset(name for name, _ in ruling.values)
            judged.read[claim.id] = judged.read.get(claim.id, frozenset()) | fields


def _corrected(number: int, ruling: Ruling, claim: Claim) -> Claim:
    values: dict[str, Any] = {name: parse_field(name, text) for name, text in ruling.values}
    changed = replace(claim, **values)
    if changed.low is not None and changed.high is not None and changed.low > changed.high:
        msg = f"ruling {number} sets low {changed.low} above high {changed.high}; set both ends."
        raise RulingError(msg)
    return changed


def _matching(
    number: int, ruling: Ruling, by_document: dict[str, list[Claim]], stored: dict[str, Claim]
) -> list[Claim]:
    wanted = dict(ruling.match)
    documents = wanted.pop("document", "").split()
    pool = (
        [claim for name in documents for claim in by_document.get(name, [])]
        if documents
        else list(stored.values())
    )
    fields = [(name, parse_field(name, text)) for name, text in wanted.items()]
    found = [claim for claim in pool if all(getattr(claim, n) == v for n, v in fields)]
    if not found:
        raise RulingError(_no_match(number, ruling, documents, pool))
    return found


def _no_match(number: int, ruling: Ruling, documents: list[str], pool: list[Claim]) -> str:
    wanted = " ".join(f"{n} {v}" if n not in {"metric", "low"} else v for n, v in _shown(ruling))
    where = f"document {' '.join(documents)}" if documents else "the ledger"
    if documents and not pool:
        has = "It has no claims at all."
    else:
        shown = sorted({f"{claim.metric} {_figure(claim)}" for claim in pool})
        has = f"It has {', '.join(shown[:12])}{' …' if len(shown) > 12 else ''}."
    return (
        f"ruling {number} matches no claim: {where} has no claim of {wanted or 'any kind'}.\n"
        f"  {has}\n"
        f"  The text or the grammar may have changed; correct or remove it in {PATH}."
    )


def _shown(ruling: Ruling) -> list[tuple[str, str]]:
    pairs = [(name, text) for name, text in ruling.match if name != "document"]
    values = dict(pairs)
    same = values.get("low") == values.get("high")
    return [(name, text) for name, text in pairs if not (name == "high" and same)]


def _figure(claim: Claim) -> str:
    ends = [str(end) if end is not None else "" for end in (claim.low, claim.high)]
    return ends[0] if ends[0] == ends[1] else "-".join(ends)


def _parse_ruling(where: str, row: dict[str, object]) -> Ruling:
    _refuse_unknown(where, row, (*ABOUT, *MATCHING))
    given = _word(where, row, "decision")
    decision = next((known for known in DECISIONS if known == given), None)
    if decision is None:
        msg = f"{where}: decision {given!r} is not one of {', '.join(DECISIONS)}."
        raise RulingError(msg)
    date = row.get("date")
    if type(date) is not dt.date:
        msg = f"{where}: date is {date!r}; write the day of the decision as 2025-05-22, unquoted."
        raise RulingError(msg)
    match = tuple((n, _text(where, n, row[n], NAMES.get(n, n))) for n in MATCHING if n in row)
    if not match:
        msg = f"{where} names no claim; give at least one of {', '.join(MATCHING)}."
        raise RulingError(msg)
    return Ruling(
        decision=decision,
        match=match,
        reason=_word(where, row, "reason"),
        author=_word(where, row, "author"),
        date=date,
        values=_values(where, decision, row.get("set")),
    )


def _values(where: str, decision: str, given: object) -> tuple[tuple[str, str], ...]:
    if decision != "correct":
        if given is None:
            return ()
        msg = f'{where}: set belongs to decision = "correct", not to {decision!r}.'
        raise RulingError(msg)
    if not isinstance(given, dict) or not given:
        msg = f"{where}: a correction needs what to set, as set = {{ low = 6, high = 6 }}."
        raise RulingError(msg)
    _refuse_unknown(f"{where}: set", given, CORRECTABLE)
    return tuple((name, _text(where, name, given[name], name)) for name in given)


def _word(where: str, row: dict[str, object], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        msg = f"{where}: {name} is missing or is no text; every ruling says what, why and who."
        raise RulingError(msg)
    return value


def _text(where: str, name: str, value: object, column: str) -> str:
    items = value if isinstance(value, list) else [value]
    separator = " " if name == "document" else ";"
    text = separator.join(_scalar(item) for item in items)
    try:
        parse_field(column, text)
    except ValueError as error:
        msg = f"{where}: {name} is {value!r}: {error}."
        raise RulingError(msg) from error
    return text


def _scalar(item: object) -> str:
    if isinstance(item, bool):
        return "true" if item else "false"
    return item.isoformat() if isinstance(item, dt.date) else str(item)


def _refuse_unknown(where: str, row: dict[str, Any], known: Sequence[str]) -> None:
    for name in row:
        if name not in known:
            msg = f"{where} has no key {name!r}; it takes: {', '.join(known)}."
            raise RulingError(msg)
