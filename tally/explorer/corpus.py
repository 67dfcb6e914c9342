"""What the explorer looks at: the ledger, the rulings on it and the documents, read once.

Of a big ledger it is what has part in the days that are looked at and some weeks around them.

Knows where things lie and what is known at a moment; nothing of a screen.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tally.around import near
from tally.errors import RulingError
from tally.files import Stamp, stamps
from tally.ledger import Days, told_days
from tally.model import Claim, Document, Reconciled, Ruling, published_at
from tally.names import Names, load_names
from tally.opening import read_around
from tally.reconcile import reconcile
from tally.rulings import named
from tally.settings import data_folder
from tally.span import Review, review

# So far a reader can move the days before a big ledger is read again.
MARGIN = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The claims with their documents, and how people and places are called.

    `about` are the days that a part of a big ledger is of, `told` all those of the ledger; `None`
    and () where it is whole.
    """

    claims: tuple[Claim, ...]
    rulings: tuple[Ruling, ...]
    documents: Mapping[str, Document]
    names: Names
    folder: Path | None = None
    about: Days | None = None
    told: tuple[dt.date, ...] = ()

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
        """Every day that a claim of the ledger is about, in order."""
        return self.told or tuple(
            sorted({claim.period_end for claim in self.claims if claim.period_end})
        )

    def reaching(self, span: Days) -> "Corpus":
        """Return what holds the days of a span: this corpus, or another of the same folder."""
        if self.about is None or (self.about[0] <= span[0] and span[1] <= self.about[1]):
            return self
        return open_corpus(span, self.folder)

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


def open_corpus(span: Days, data: Path | None = None) -> Corpus:
    """Read what there is about a span, of a big ledger with some weeks around it.

    A ruling must match a claim.
    """
    folder, about = data_folder(data), (span[0] - MARGIN, span[1] + MARGIN)
    held = read_around(about, folder)
    named(held.claims, held.rulings)
    made = Corpus(held.claims, held.rulings, held.documents, load_names(), folder)
    return made if held.is_whole else replace(made, about=about, told=ledger_days(folder))


def ledger_days(data: Path | None = None) -> tuple[dt.date, ...]:
    """Return every day that a claim of the ledger is about, in order."""
    claims = data_folder(data) / "claims"
    return _days(claims, stamps(claims))


@lru_cache(maxsize=1)
def _days(claims: Path, _at: tuple[Stamp, ...]) -> tuple[dt.date, ...]:
    return told_days(claims, None)


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
