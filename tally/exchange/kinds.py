"""The series that can be taken in, and how each is told by its columns."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tally.errors import ExchangeError
from tally.exchange import acled, attacks, losses, ohchr, ucdp
from tally.exchange.imported import Intake
from tally.exchange.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Kind:
    """A format of other people: its name, what it is, its reader, and who is known to make it."""

    name: str
    title: str
    publisher: str
    read: Callable[[Mapping[str, Sheet], Intake], None]
    fits: Callable[[Sheet], bool]


def _with(columns: Iterable[str]) -> Callable[[Sheet], bool]:
    wanted = frozenset(columns)
    return lambda sheet: wanted <= set(sheet.columns)


def _is_losses(sheet: Sheet) -> bool:
    return {"date", "day"} <= set(sheet.columns) and bool({"personnel", "tank"} & {*sheet.columns})


def _is_ohchr(sheet: Sheet) -> bool:
    return {"date", "killed", "injured"} <= ohchr.columns_of(sheet).keys()


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
        _is_losses,
    ),
    Kind("acled", "export of ACLED events", "ACLED", acled.read, _with(acled.COLUMNS)),
    Kind("ucdp", "UCDP GED events", "UCDP", ucdp.read, _with(ucdp.COLUMNS)),
    Kind("ohchr", "civilian casualties by bulletin of OHCHR", "OHCHR", ohchr.read, _is_ohchr),
)
NAMES = tuple(kind.name for kind in KINDS)


def kind_of(sheets: Iterable[Sheet], name: str = "") -> Kind:
    """Return the kind that all the files are of; `name` says it where it is known.

    A file of another kind, or of none, is an ExchangeError that lists what can be read.
    """
    held = tuple(sheets)
    tried = [kind for kind in KINDS if name in ("", kind.name)]
    found = next((kind for kind in tried if all(kind.fits(sheet) for sheet in held)), None)
    if found is None:
        strange = next((s for s in held if not any(kind.fits(s) for kind in tried)), held[0])
        columns = ", ".join(strange.columns[:8]) or "none"
        known = "\n  ".join(f"{kind.name}: {kind.title}" for kind in KINDS)
        msg = (
            f"{strange.name}: not {'a series of kind ' + name if name else 'a series we know'}; "
            f"its columns begin {columns}.\n  {known}"
        )
        raise ExchangeError(msg)
    return found
