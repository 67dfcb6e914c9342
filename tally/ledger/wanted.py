"""Which claims of a ledger are wanted: asked of one claim, or of the columns of many at once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

from tally.model import TOLLS, Claim, Metric

if TYPE_CHECKING:
    import pyarrow as pa

Days = tuple[dt.date, dt.date]
Run = tuple[object, ...]
Kind = tuple[object, ...]
# What is about more days, a total since a war began, counts as about the last of them.
LONGEST = dt.timedelta(days=62)
# The columns that `may_hold` looks at.
ASKED = ("document_id", "metric", "aggregation", "period_start", "period_end")
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Claims whose period has a day of `about`, both ends included; claims of these documents;
    running totals that go on from one another as those of `runs` do; and claims of `kinds` that
    end on the days of their kind.

    A claim that says no day is about none.
    """

    about: Days | None = None
    documents: frozenset[str] = frozenset()
    runs: frozenset[Run] = frozenset()
    kinds: Mapping[Kind, Days] = field(default_factory=dict)

    def holds(self, claim: Claim) -> bool:
        """Tell whether a claim is wanted."""
        if claim.document_id in self.documents or self._is_about(claim):
            return True
        return self._is_of_kind(claim) or run_of(claim) in self.runs

    def _is_about(self, claim: Claim) -> bool:
        start, end = claim.period_start, claim.period_end
        if self.about is None or end is None:
            return False
        if start is None or end - start > LONGEST:
            start = end
        return self.about[0] <= end and start <= self.about[1]

    def _is_of_kind(self, claim: Claim) -> bool:
        days = self.kinds.get(kind_of(claim)) if self.kinds else None
        return bool(days and claim.period_end and days[0] <= claim.period_end <= days[1])


def kind_of(claim: Claim) -> Kind:
    """Return what claims share that counts of several days are held against.

    People are one kind: who hurt them and where is told in several ways.
    """
    counted = _counted(claim.metric)
    return (counted,) if counted == PEOPLE else (counted, claim.attacker, claim.admin1)


def _counted(metric: Metric) -> str:
    """Return what a metric counts, whatever became of it: drones, missiles, people."""
    return PEOPLE if metric in TOLLS else metric.partition("_")[0]


def run_of(claim: Claim) -> Run:
    """Return what running totals of one claimant share; () for any other claim.

    He has a name in each language, so that those of others may share it.
    """
    if claim.aggregation != "cumulative" or claim.period_end is None:
        return ()
    about = (claim.metric, claim.attacker, claim.admin1, claim.place, claim.victims)
    return *about, claim.claimant_side, claim.period_start


def may_hold(table: "pa.Table", wanted: Wanted) -> "pa.ChunkedArray":
    """Tell of each row of a table with the columns ASKED whether its claim may be wanted."""
    import pyarrow as pa
    import pyarrow.compute as pc

    told = []
    if wanted.documents:
        documents = table.column("document_id").cast(pa.string())
        told.append(pc.is_in(documents, pa.array(sorted(wanted.documents), pa.string())))
    if wanted.runs:
        told.append(pc.equal(table.column("aggregation").cast(pa.string()), "cumulative"))
    if wanted.kinds:
        told.append(_may_be_of_kind(table, wanted.kinds))
    if wanted.about:
        told.append(_may_be_about(table, wanted.about))
    return reduce(pc.or_, told) if told else pa.chunked_array([pa.array([False] * len(table))])


def _may_be_about(table: "pa.Table", about: Days) -> "pa.ChunkedArray":
    import pyarrow as pa
    import pyarrow.compute as pc

    first, last = about
    start, end = table.column("period_start"), table.column("period_end")
    length = pc.subtract(end.cast(pa.int32()), start.cast(pa.int32()))
    short = pc.fill_null(pc.less_equal(length, LONGEST.days), False)
    begun = pc.less_equal(pc.if_else(short, start, end), last)
    return pc.fill_null(pc.and_(begun, pc.greater_equal(end, first)), False)


def _may_be_of_kind(table: "pa.Table", kinds: Mapping[Kind, Days]) -> "pa.ChunkedArray":
    import pyarrow as pa
    import pyarrow.compute as pc

    counted = {kind[0] for kind in kinds}
    metrics = [metric.value for metric in Metric if _counted(metric) in counted]
    first, last = min(days[0] for days in kinds.values()), max(days[1] for days in kinds.values())
    end = table.column("period_end")
    held = pc.and_(pc.greater_equal(end, first), pc.less_equal(end, last))
    told = pc.is_in(table.column("metric").cast(pa.string()), pa.array(metrics))
    return pc.fill_null(pc.and_(held, told), False)
