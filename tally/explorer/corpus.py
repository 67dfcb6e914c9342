"""What the explorer looks at: the ledger, the rulings on it and the documents, read once.

Knows where things lie and what is known at a moment; nothing of a screen.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tally.around import near
from tally.documents import load_documents
from tally.errors import RulingError
from tally.model import Claim, Document, Reconciled, Ruling, published_at
from tally.names import Names, load_names
from tally.opening import read_claims
from tally.reconcile import reconcile
from tally.rulings import named
from tally.settings import data_folder
from tally.span import Review, review


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The claims with their documents, and how people and places are called."""

    claims: tuple[Claim, ...]
    rulings: tuple[Ruling, ...]
    documents: Mapping[str, Document]
    names: Names
    folder: Path | None = None

    def caller(self, claim: Claim) -> str:
        """Return who says a figure by the name that we print; "" when nobody is named."""
        return self.names.printed(claim.claimant, claim.claimant_side)

    def where(self, claim: Claim) -> str:
        """Return the place of a claim by the name that we print, "" for a whole country."""
        return self.names.place(claim.place, claim.admin1)

    @property
    def by_id(self) -> Mapping[str, Claim]:
        """Every claim by its id."""
        return _by_id(self)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day that a claim is about, in order."""
        return tuple(sorted({claim.period_end for claim in self.claims if claim.period_end}))

    @property
    def moments(self) -> tuple[dt.datetime, ...]:
        """Every moment at which a document came out, in order, in UTC."""
        return tuple(sorted({published_at(claim.published) for claim in self.claims}))


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a span at a moment, and the days of the span side by side."""

    reconciled: Reconciled
    review: Review


@lru_cache(maxsize=4)
def _by_id(corpus: Corpus) -> Mapping[str, Claim]:
    return {claim.id: claim for claim in corpus.claims}


def open_corpus(data: Path | None = None) -> Corpus:
    """Read the ledger, the rulings and the documents of a folder; a ruling must match a claim."""
    folder = data_folder(data)
    claims, rulings = read_claims(folder)
    named(claims, rulings)
    documents = load_documents(folder / "documents")
    return Corpus(claims, rulings, documents, load_names(), folder)


@lru_cache(maxsize=64)
def known(
    corpus: Corpus,
    span: tuple[dt.date, dt.date],
    as_of: dt.datetime | None = None,
    claimant: str = "",
) -> Known:
    """Reconcile the claims around a span that were out at `as_of`, of one claimant or of all.

    The same question is answered from memory: a slider that goes back costs nothing.
    """
    held = near(corpus.claims, span)
    if claimant:
        held = [claim for claim in held if corpus.caller(claim) == claimant]
    reconciled = reconcile(held, _matching(held, corpus.rulings), as_of, corpus.documents)
    made = review(reconciled, span, corpus.documents, corpus.names, as_of)
    return Known(reconciled, replace(made, known=corpus.days))


def _matching(claims: Iterable[Claim], rulings: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Return the rulings about these claims; each was found to match the ledger when it opened."""
    held = tuple(claims)
    return tuple(ruling for ruling in rulings if _matches(held, ruling))


def _matches(claims: tuple[Claim, ...], ruling: Ruling) -> bool:
    try:
        return bool(named(claims, [ruling]))
    except RulingError:
        return False
