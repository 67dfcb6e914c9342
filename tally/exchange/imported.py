"""What is taken in from a series of other people: claims, what is wrong with it, what was left.

Claims of a series have the columns of the ledger and never enter it: they are somebody's copy of
words that we did not read. Each points at its cell in the file as it was received. Nothing is
repaired and nothing guessed: a defect is a finding, told once with its rows.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tally.exchange.sheets import Cell, Row, Sheet
from tally.ledger import as_cell
from tally.model import Claim, Finding
from tally.wording import capital

SHOWN = 5
Progress = Callable[[Iterable[Row]], Iterable[Row]]

_WHOLE = re.compile(r"(\d{1,15})(?:\.0*)?")
_UNSAID: dict[str, Any] = {
    "lang": "en", "low": None, "high": None, "hedge": "exact", "aggregation": "period",
    "claimant_side": "unattributed", "admin1": (), "period_start": None, "period_end": None,
    "unverified": False,
} | dict.fromkeys(
    ("attacker", "claimant", "place", "window", "as_of", "victims", "weapon", "mode", "part_of"), ""
)  # fmt: skip
ASSERTED = (
    "document_id", "metric", "low", "high", "hedge", "aggregation", "attacker", "claimant", "place",
    "admin1", "period_start", "period_end", "window", "victims", "weapon", "part_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What a series gives: its claims, and what is wrong with it or was left unread."""

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Defect:
    """One kind of defect: its name, what should hold, and what it means for the claims."""

    check: str
    expected: str
    meaning: str


@dataclass(slots=True)
class Intake:
    """Collects the claims and the defects of one series while its rows are read."""

    series: str
    progress: Progress = iter
    claims: list[Claim] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    _defects: dict[Defect, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    _twins: Counter[str] = field(default_factory=Counter)

    def document_id(self, sheet: Sheet) -> str:
        """Return the id that claims name a file of the series by."""
        return f"{self.series}.{sheet.name}"

    def add(self, sheet: Sheet, row: Row, cells: Sequence[Cell], **said: Any) -> Claim:
        """Add the claim that a row makes in some of its cells, and return it."""
        start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
        held = {**_UNSAID, **said, "document_id": self.document_id(sheet)}
        held |= {"start": start, "end": end, "quote": sheet.around(row, start, end)}
        made = Claim(id=self._identity(held, row), **held)
        self.claims.append(made)
        return made

    def note(self, defect: Defect, example: str, claims: Sequence[Claim] = ()) -> None:
        """Record that a defect was met: where and how, and the claims that it concerns."""
        ids = tuple(claim.id for claim in claims)
        self._defects.setdefault(defect, []).append((example, ids))

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Give the rows of a file, and record those that do not have the cells of its header."""
        for number in sheet.ragged:
            self.note(RAGGED, f"{sheet.name} row {number}")
        yield from self.progress(sheet.rows)

    def leave(self, row: Row, columns: Sequence[str]) -> None:
        """Count the columns of a row that hold something and are not read into claims."""
        self.unread.update(column for column in columns if row.text(column) not in EMPTY)

    def done(self) -> Imported:
        """Return what was collected; claims in the order of the files."""
        found = [self._finding(*held) for held in self._defects.items()]
        if self.unread:
            found.append(self._left())
        return Imported(tuple(self.claims), tuple(found))

    def _left(self) -> Finding:
        listed = ", ".join(f"{name} ({rows:,})" for name, rows in sorted(self.unread.items()))
        return Finding(
            "columns_unread",
            self.series,
            "columns that claims are made of",
            f"{len(self.unread):,} others",
            f"Columns with values that no claim holds, with the number of rows: {listed}.",
        )

    def _finding(self, defect: Defect, met: list[tuple[str, tuple[str, ...]]]) -> Finding:
        examples = "; ".join(example for example, _ in met[:SHOWN])
        more = f"; and {len(met) - SHOWN:,} more" if len(met) > SHOWN else ""
        return Finding(
            defect.check,
            self.series,
            defect.expected,
            f"{len(met):,} not so",
            f"{capital(defect.meaning)} ({len(met):,}): {examples}{more}.",
            tuple(dict.fromkeys(i for _, ids in met for i in ids)),
        )

    def _identity(self, held: Mapping[str, Any], row: Row) -> str:
        """Hash what is asserted; the same assertion of another row is told by its count."""
        asserted = [as_cell(held[name]) for name in ASSERTED]
        asserted.append(row.text("event_id_cnty") or row.text("id"))
        text = json.dumps(asserted, ensure_ascii=False)
        self._twins[text] += 1
        count = f"#{self._twins[text]}" if self._twins[text] > 1 else ""
        return hashlib.sha256(f"{text}{count}".encode()).hexdigest()[:12]


EMPTY = frozenset({"", "{}", "[]", "nan", "NaN", "None", "N/A", "NA"})
RAGGED = Defect(
    "ragged_row", "as many cells as the header", "rows that are cut or run over, unread"
)


def whole(text: str) -> int | None:
    """Return a count as spreadsheets write it; None for what is no whole number.

    >>> whole("76.0"), whole("1,234"), whole("7.5"), whole("-3"), whole("")
    (76, 1234, None, None, None)
    """
    found = _WHOLE.fullmatch(text.strip().replace(",", "").replace("\N{NO-BREAK SPACE}", ""))
    return int(found[1]) if found else None
