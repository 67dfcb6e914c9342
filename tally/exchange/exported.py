"""What is handed out: claims, what they say together, their documents; and what a format loses."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tally.documents import load_documents
from tally.evidence import Night, gather
from tally.exchange.cells import to_csv
from tally.files import write_whole
from tally.ledger import load_ledger
from tally.model import Claim, Document, Estimate, Finding, Reconciled
from tally.names import Names, load_names
from tally.reconcile import reconcile
from tally.rulings import load_rulings

Days = tuple[dt.date | None, dt.date | None]

LOSS_COLUMNS = ("record", "field", "value", "why")
CAUTIONS = (
    "Every number is somebody's word, never an established fact; claimant says whose.",
    "The figures of the two sides are never merged. Parts (part_of) are inside their totals.",
    "Claims must not be added up: many repeat, update or contain one another. Estimates say what "
    "stands of them; those of status partial are parts, or windows of a whole.",
    "An empty cell means not said, never zero. low without high is at least, high without low is "
    "up to.",
    "Interceptions count by the claimant's definition; where mode changes, a series breaks.",
)


@dataclass(frozen=True, slots=True)
class Edition:
    """A selection of the ledger at one moment, with all that formats need of it."""

    claims: tuple[Claim, ...]
    reconciled: Reconciled
    documents: Mapping[str, Document]
    names: Names
    span: Days = (None, None)
    as_of: str = ""
    licence: str = ""

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """What the claims of the selection say together."""
        held = {claim.id for claim in self.claims}
        return tuple(
            estimate
            for estimate in self.reconciled.estimates
            if held.intersection(estimate.claim_ids) and _touches(estimate, self.span)
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the claims of the selection."""
        held = {claim.id for claim in self.claims}
        return tuple(f for f in self.reconciled.findings if held.intersection(f.claim_ids))

    def claim(self, claim_id: str) -> Claim:
        """Return a claim that an estimate rests on."""
        return self.by_id()[claim_id]

    def by_id(self) -> dict[str, Claim]:
        """Return all claims known, by id."""
        return {claim.id: claim for claim in self.reconciled.claims}

    def used(self) -> dict[str, Document]:
        """Return the documents of the claims, by id; one that is gone is not there."""
        ids = dict.fromkeys(claim.document_id for claim in self.claims)
        return {i: self.documents[i] for i in sorted(ids) if i in self.documents}

    def nights(self) -> Iterable[Night]:
        """Give each day of the selection that claims end on."""
        first, last = self.span
        for day in sorted({claim.period_end for claim in self.claims if claim.period_end}):
            if (first and day < first) or (last and day > last):
                continue
            yield gather(self.reconciled, day, self.documents, self.names)


@dataclass(frozen=True, slots=True)
class Loss:
    """What a format cannot hold: of which record, which field, its value, and why."""

    record: str
    field: str
    value: str
    why: str


def open_edition(
    data: Path, span: Days = (None, None), as_of: dt.datetime | None = None, licence: str = ""
) -> Edition:
    """Read a ledger and keep what was known at a moment about a span of days, both included."""
    documents = load_documents(data / "documents")
    rulings = load_rulings(data / "rulings.toml")
    reconciled = reconcile(load_ledger(data / "claims"), rulings, as_of, documents)
    claims = tuple(claim for claim in reconciled.claims if _touches(claim, span))
    return Edition(
        claims,
        reconciled,
        documents,
        load_names(),
        span,
        as_of.isoformat() if as_of else "",
        licence,
    )


def texts_left(edition: Edition) -> Loss:
    """Return the loss that all formats share: the texts stay where they are."""
    return Loss(
        "documents",
        "text",
        f"{len(edition.used())} texts",
        "start and end count characters of the stored text, which is not passed on",
    )


def losses_path(path: Path) -> Path:
    """Return where the loss list of an export stands: in its folder, else beside its file."""
    return path / "losses.csv" if path.is_dir() else path.with_name(f"{path.name}.losses.csv")


def save_losses(losses: Iterable[Loss], path: Path) -> Path:
    """Write the loss list of an export, also when nothing was lost."""
    rows = [(loss.record, loss.field, loss.value, loss.why) for loss in losses]
    where = losses_path(path)
    write_whole(where, to_csv(LOSS_COLUMNS, rows))
    return where


def _touches(about: Claim | Estimate, span: Days) -> bool:
    first, last = span
    if first is None and last is None:
        return True
    end = about.period_end
    start = about.period_start or end
    if end is None or start is None:
        return False
    return (first is None or end >= first) and (last is None or start <= last)
