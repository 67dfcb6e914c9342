"""The series that can be taken in, and how each is told by its columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tally.errors import ExchangeError
from tally.exchange import acled, attacks, losses, ohchr, ucdp
from tally.exchange.imported import Intake
from tally.exchange.ohchr_columns import columns_of
from tally.exchange.sheets import Sheet, in_lower_case

LISTED, SHOWN, NEARLY = 4, 8, 3


@dataclass(frozen=True, slots=True)
class Kind:
    """A format of other people: its name, what it is, its reader, and who is known to make it.

    `lacks` gives the columns that a file of it must have and does not.
    """

    name: str
    title: str
    publisher: str
    read: Callable[[Mapping[str, Sheet], Intake], None]
    lacks: Callable[[Sheet], tuple[str, ...]]

    def fits(self, sheet: Sheet) -> bool:
        """Tell whether a file is of this kind."""
        return not self.lacks(sheet)

    def lacking(self, sheet: Sheet) -> str:
        """Say which columns a file lacks to be of this kind."""
        lacked = self.lacks(sheet)
        more = f" and {len(lacked) - LISTED} more" if len(lacked) > LISTED else ""
        noun = "column" if len(lacked) == 1 else "columns"
        return f"it has no {noun} {', '.join(lacked[:LISTED])}{more}"


def _with(columns: Iterable[str]) -> Callable[[Sheet], tuple[str, ...]]:
    wanted = sorted(columns)
    return lambda sheet: tuple(name for name in wanted if name not in sheet.columns)


def _with_in_any_case(columns: Iterable[str]) -> Callable[[Sheet], tuple[str, ...]]:
    lacks = _with(columns)
    return lambda sheet: lacks(replace(sheet, columns=in_lower_case(sheet.columns)))


def _lacks_losses(sheet: Sheet) -> tuple[str, ...]:
    counted = () if {"personnel", "tank"} & {*sheet.columns} else ("personnel or tank",)
    return (*_with(("date", "day"))(sheet), *counted)


def _lacks_ohchr(sheet: Sheet) -> tuple[str, ...]:
    return columns_of(sheet.columns).lacking


KINDS = (
    Kind(
        "missile-attacks",
        "missile and drone attacks on Ukraine (missile_attacks_daily.csv)",
        "piterfm",
        attacks.read,
        _with(attacks.COLUMNS),
    ),
    Kind(
        "general-staff",
        "Russian losses as Ukraine's General Staff counts them (russia_losses_*.json)",
        "PetroIvaniuk",
        losses.read,
        _lacks_losses,
    ),
    Kind("acled", "export of ACLED events", "ACLED", acled.read, _with_in_any_case(acled.COLUMNS)),
    Kind("ucdp", "UCDP GED events", "UCDP", ucdp.read, _with_in_any_case(ucdp.COLUMNS)),
    Kind(
        "ohchr",
        "civilian casualties by bulletin or month of OHCHR",
        "OHCHR",
        ohchr.read,
        _lacks_ohchr,
    ),
)
NAMES = tuple(kind.name for kind in KINDS)


def kind_of(sheets: Iterable[Sheet], name: str = "") -> Kind:
    """Return the kind that all the files are of; `name` says it where it is known.

    A file of another kind, or of none, is an ExchangeError that says what is missing of it, or
    lists what can be read.
    """
    held = tuple(sheets)
    tried = [kind for kind in KINDS if name in ("", kind.name)]
    found = next((kind for kind in tried if all(kind.fits(sheet) for sheet in held)), None)
    if found is None:
        raise ExchangeError(_why_none(held, tried, name))
    return found


def _why_none(held: Sequence[Sheet], tried: Sequence[Kind], name: str) -> str:
    strange = next((s for s in held if not any(kind.fits(s) for kind in tried)), None)
    if strange is None:
        kinds = ((sheet, next(kind for kind in tried if kind.fits(sheet))) for sheet in held)
        each = ", ".join(f"{sheet.name} is {kind.name}" for sheet, kind in kinds)
        return f"files of more than one series: {each}; take in each by itself"
    if name:
        return f"{strange.name}: not a series of kind {name}: {tried[0].lacking(strange)}"
    near = min(tried, key=lambda kind: len(kind.lacks(strange)))
    lacked = near.lacks(strange)
    if len(lacked) <= NEARLY and len(lacked) < len(near.lacks(_EMPTY)) / 2:
        whole = "give the file as it was published"
        return (
            f"{strange.name}: like a series of kind {near.name}, but {near.lacking(strange)}; "
            f"{whole}"
        )
    columns = ", ".join(strange.columns[:SHOWN]) or "none"
    known = "\n  ".join(f"{kind.name}: {kind.title}" for kind in KINDS)
    return f"{strange.name}: not a series we know; its columns begin {columns}.\n  {known}"


_EMPTY = Sheet("", "", (), ())
