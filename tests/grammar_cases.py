"""Tables of sentences and the claims that must be read from them, one table a part of the grammar.

The columns of `cases/<part>.tsv`: `lang`; `published` (ISO date, empty where nobody knows it);
`publisher` (only where a table needs it); `text` (two characters, a backslash and an n, stand for
a line end); `expected`; `note` (why the case is there); `xfail` (why it is not read right yet).

`expected` holds every claim of the text, joined by "; ", and none for a text that has no claim.
A claim is `metric figure word word …`. The figure carries its hedge: `=5`, `>=5` at least, `>5`
more than, `<=5` up to, `<5` fewer than, `~5` about, `=5-8` a range. A word is asserted only where
it is written, and a value `-` is "not said":

    att=Russia  side=Ukraine  kind=period|increment|cumulative  victims=child  doubt=yes|no
    by=Governor  within the name of the claimant, `_` for a blank
    at=UA-59+UA-63  all units, in any order; place=Kupiansk  within the name of the place
    on=2025-06-11  or on=2025-06-01..2025-06-11, either end may be missing
    hours=20:00-08:00  the clock times as stated
    of=1  a part of the first claim listed; a whole is listed before its parts
"""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tally.extract import extract
from tally.model import Claim, Document

CASES = Path(__file__).parent / "cases"
PARTS = (
    "attackers", "numbers", "hedges", "singulars", "each", "lists", "parts", "increments", "totals",
    "attribution", "places", "dates", "victims", "unverified", "negatives",
)  # fmt: skip
SIGNS = {"=": "exact", ">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than"}
CLAIM = re.compile(r"(?P<metric>[a-z_]+)(?P<sign>>=|<=|[=<>~])(?P<low>\d+)(?:-(?P<high>\d+))?")


@dataclass(frozen=True)
class Expected:
    """One claim as a table writes it: metric and figure, and the fields that are asserted."""

    figure: str
    fields: tuple[tuple[str, str], ...]


def table(part: str) -> Callable[..., object]:
    """Return the mark that runs a test over each line of a table, as `case`."""
    return pytest.mark.parametrize("case", [_param(row, at) for at, row in enumerate(lines(part))])


def lines(part: str) -> list[dict[str, str]]:
    with (CASES / f"{part}.tsv").open(newline="", encoding="utf-8") as held:
        return list(csv.DictReader(held, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def _param(row: dict[str, str], at: int) -> object:
    marks = [pytest.mark.xfail(reason=row["xfail"], raises=AssertionError)] if row["xfail"] else []
    return pytest.param(row, id=f"line {at + 2}: {row['lang']} {row['note']}", marks=marks)


def check(case: dict[str, str]) -> None:
    """Fail with what was expected and what was read when the two differ."""
    claims = extract(document(case))
    wrong = differences(parse(case["expected"]), claims)
    read = [f"  read      {describe(claim)} | {claim.rule}" for claim in claims]
    assert not wrong, "\n" + "\n".join([case["text"], *wrong, *read])


def document(case: dict[str, str]) -> Document:
    return Document(
        id="case",
        lang=case["lang"],
        published=case["published"] or None,
        publisher=case.get("publisher", ""),
        url="",
        title="",
        text=case["text"].replace(r"\n", "\n"),
    )


def parse(expected: str) -> list[Expected]:
    """Read the notation; raise ValueError with the words that are not in it."""
    return [_parse(claim, at) for at, claim in enumerate(expected.split("; ")) if claim]


def _parse(written: str, at: int) -> Expected:
    figure, *words = written.split()
    fields = tuple((name, value) for name, _, value in (word.partition("=") for word in words))
    unknown = [name for name, value in fields if name not in READ or not value]
    behind = [value for name, value in fields if name == "of" and value != "-" and int(value) > at]
    if not CLAIM.fullmatch(figure) or unknown or behind:
        msg = f"not in the notation of the tables: {written!r}"
        raise ValueError(msg)
    return Expected(figure, fields)


def differences(expected: Sequence[Expected], claims: Sequence[Claim]) -> list[str]:
    """Return a line for each expected claim that was not read and each read that was not expected.

    Claims of the same figure are told apart by the fields that are asserted.
    """
    ids = {claim.id: claim for claim in claims}
    left, taken = list(claims), []
    for want in expected:
        found = next((claim for claim in left if _meets(want, claim, taken, ids)), None)
        taken.append(found)
        if found is not None:
            left.remove(found)
    missed = [
        f"  expected  {want.figure} {' '.join(f'{name}={value}' for name, value in want.fields)}"
        for want, found in zip(expected, taken, strict=True)
        if found is None
    ]
    return missed + [f"  beside it {describe(claim)}" for claim in left]


def _meets(
    want: Expected, claim: Claim, taken: Sequence[Claim | None], ids: dict[str, Claim]
) -> bool:
    if want.figure != _figure(claim):
        return False
    for name, value in want.fields:
        if name == "of":
            whole = None if value == "-" else taken[int(value) - 1]
            if ids.get(claim.part_of) != whole or (value != "-" and whole is None):
                return False
        elif not _says(name, value, READ[name](claim)):
            return False
    return True


def _says(name: str, value: str, read: str) -> bool:
    if value == "-":
        return read == ""
    if name in {"by", "place"}:
        return value.replace("_", " ") in read
    return "+".join(sorted(value.split("+"))) == read


def _figure(claim: Claim) -> str:
    number = claim.low if claim.low is not None else claim.high
    sign = {hedge: sign for sign, hedge in SIGNS.items()} | {"about": "~", "range": "="}
    span = f"-{claim.high}" if claim.hedge == "range" else ""
    return f"{claim.metric}{sign[claim.hedge]}{number}{span}"


def _days(claim: Claim) -> str:
    first, last = (str(day or "") for day in (claim.period_start, claim.period_end))
    return first if first == last else f"{first}..{last}"


READ: dict[str, Callable[[Claim], str]] = {
    "att": lambda claim: claim.attacker,
    "side": lambda claim: claim.claimant_side,
    "by": lambda claim: claim.claimant,
    "at": lambda claim: "+".join(sorted(claim.admin1)),
    "place": lambda claim: claim.place,
    "of": lambda claim: claim.part_of,
    "on": _days,
    "hours": lambda claim: claim.window,
    "kind": lambda claim: claim.aggregation,
    "victims": lambda claim: claim.victims,
    "doubt": lambda claim: "yes" if claim.unverified else "no",
}


def describe(claim: Claim) -> str:
    """Write a claim in the notation of the tables, every field of it."""
    fields = [f"{name}={read(claim) or '-'}" for name, read in READ.items() if name != "of"]
    return f"{_figure(claim)} {' '.join(fields)}{' (a part)' if claim.part_of else ''}"
