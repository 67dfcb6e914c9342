"""A big ledger opened for some days says of them what it says when it is opened whole."""

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from itertools import cycle
from pathlib import Path

import pytest
from any_claims import ONE

from tally import opening
from tally.around import load_around
from tally.briefing import open_night
from tally.evidence import Night
from tally.ledger import load_ledger, mirror, months, save_ledger
from tally.model import Claim, Metric, Ruling, published_at
from tally.region_chapters import open_profile
from tally.review import open_review
from tally.settings import ROOT

DATA = ROOT / "data"
DAY = dt.date(2025, 5, 21)
BY_DOCUMENT = Ruling("accept", (("document", "far"),), "seen", "Ada", DAY)
BY_FIELD = Ruling("accept", (("metric", "killed"),), "seen", "Ada", DAY)


def told(name: str, start: dt.date | None, end: dt.date | None, **changes: object) -> Claim:
    """Return a claim named after its document, about these days."""
    document, _, _ = name.partition(".")
    made = replace(ONE, id=name, document_id=document, period_start=start, period_end=end)
    return replace(made, **changes)  # type: ignore[arg-type]


def on(day: int, month: int = 5) -> dt.date:
    return dt.date(2025, month, day)


def sum_to(name: str, day: dt.date, published: str = "2025-05-22", **changes: object) -> Claim:
    began, said = dt.date(2022, 2, 24), {"metric": Metric.PERSONNEL_LOSSES} | changes
    return told(name, began, day, aggregation="cumulative", published=published, **said)


NIGHT = told("night", DAY, DAY)
CASES: tuple[tuple[str, Sequence[Claim], Sequence[Ruling], str], ...] = (
    ("the night itself", [NIGHT], [], "night"),
    ("two days before", [told("eve", on(19), on(19))], [], "eve"),
    ("a day more before", [told("old", on(18), on(18))], [], ""),
    ("two days after", [told("day", on(23), on(23))], [], "day"),
    ("days that reach so near", [told("span", on(1), on(19))], [], "span"),
    ("no day at all", [told("undated", None, None)], [], ""),
    (
        "what else a text says of other days, and of none",
        [NIGHT, told("night.2", on(1, 3), on(1, 3)), told("night.3", None, None)],
        [],
        "night night.2 night.3",
    ),
    ("what a ruling names", [told("far", on(1, 3), on(1, 3)), NIGHT], [BY_DOCUMENT], "far night"),
    (
        "a ruling that may be about any claim",
        [told("far", on(1, 3), on(1, 3), metric=Metric.KILLED), NIGHT],
        [BY_FIELD],
        "far night",
    ),
    (
        "the days of a month's total",
        [
            told("month", on(1), on(31)),
            told("first", on(1), on(1)),
            told("april", on(20, 4), on(20, 4)),
        ],
        [],
        "first month",
    ),
    (
        "the days of a month's total that count the same, whatever became of it",
        [
            told("month", on(1), on(31)),
            told("lost", on(3), on(3), metric=Metric.DRONES_LOST),
            told("missiles", on(3), on(3), metric=Metric.MISSILES_INTERCEPTED),
            told("theirs", on(3), on(3), attacker="Russia"),
            told("region", on(3), on(3), admin1=("UA-59",)),
        ],
        [],
        "lost month",
    ),
    (
        "what is told of the last days of a part of a total, and not of its first",
        [
            told("total.part", on(12), on(25), part_of="total"),
            told("first", on(12), on(12)),
            told("last", on(26), on(26)),
            told("after", on(28), on(28)),
        ],
        [],
        "last total.part",
    ),
    (
        "who was hurt near the last day of a count over days, wherever and by whomever",
        [
            told("days", on(18), on(25), metric=Metric.KILLED),
            told("hurt", on(26), on(26), metric=Metric.INJURED, attacker="", admin1=("UA-59",)),
            told("first", on(18), on(18), metric=Metric.KILLED),
            told("drones", on(25), on(25)),
        ],
        [],
        "days hurt",
    ),
    (
        "no days of days that are over",
        [told("days", on(12), on(20)), told("first", on(13), on(13))],
        [],
        "days",
    ),
    (
        "no days of a year's total, which counts as about its last",
        [
            told("year", on(1, 1), DAY),
            told("other-year", on(1, 1), on(31, 12)),
            told("first", on(1), on(1)),
        ],
        [],
        "year",
    ),
    (
        "no days of a month's dead",
        [told("month", on(1), on(31), metric=Metric.KILLED), told("first", on(1), on(1))],
        [],
        "month",
    ),
    (
        "the running totals next to those of these days",
        [
            sum_to("march", on(1, 3)),
            sum_to("april", on(1, 4)),
            sum_to("april-too", on(1, 4)),
            sum_to("now", DAY),
            sum_to("june", on(9, 6)),
            sum_to("july", on(9, 7)),
            sum_to("other", on(1, 4), metric=Metric.EQUIPMENT_LOSSES),
        ],
        [],
        "april april-too june now",
    ),
    (
        "the running total before that was known then",
        [
            sum_to("march", on(1, 3)),
            sum_to("late", on(1, 4), published="2025-06-01"),
            sum_to("now", DAY),
        ],
        [],
        "march now",
    ),
)


@pytest.mark.parametrize("mirrored", [True, False])
@pytest.mark.parametrize(("_name", "claims", "rulings", "found"), CASES, ids=[c[0] for c in CASES])
def test_claims_around_a_day(
    _name: str,
    claims: Sequence[Claim],
    rulings: Sequence[Ruling],
    found: str,
    mirrored: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if mirrored:
        pytest.importorskip("pyarrow")
        monkeypatch.setattr(mirror, "LEAST_BYTES", 0)
    save_ledger(claims, tmp_path)
    load_ledger(tmp_path)
    assert (tmp_path / mirror.FOLDER).exists() == mirrored
    made = load_around(tmp_path, (DAY, DAY), rulings, published_at("2025-05-23"))
    assert sorted(claim.id for claim in made) == found.split()


def test_a_ledger_without_mirrors_is_parsed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_ledger([NIGHT, told("month", on(1), on(31))], tmp_path)
    parsed: list[Path] = []
    parse = months._load_csv

    def noted(path: Path, content: bytes) -> list[Claim]:
        parsed.append(path)
        return parse(path, content)

    monkeypatch.setattr(months, "_load_csv", noted)
    assert len(load_around(tmp_path, (DAY, DAY), [], None)) == 2
    assert parsed == [tmp_path / "2025-05.csv"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose ledger is the example's twice, ten days apart."""
    made = tmp_path_factory.mktemp("spans")
    shutil.copytree(DATA / "documents", made / "documents")
    shutil.copy(DATA / "rulings.toml", made / "rulings.toml")
    claims = load_ledger(DATA / "claims")
    save_ledger([*claims, *map(_moved, claims)], made / "claims")
    return made


def _moved(claim: Claim) -> Claim:
    days = dt.timedelta(days=10)
    return replace(
        claim,
        id=f"{claim.id}-later",
        document_id=f"{claim.document_id}-later",
        part_of=f"{claim.part_of}-later" if claim.part_of else "",
        published=(published_at(claim.published) + days).isoformat(),
        period_start=claim.period_start and claim.period_start + days,
        period_end=claim.period_end and claim.period_end + days,
    )


def _told(night: Night) -> Iterator[tuple[str, object]]:
    """Yield what a night says; a place that is on no map is counted over the claims opened."""
    for field in fields(night):
        if field.name not in {"documents", "known", "findings", "_numbers"}:
            yield field.name, getattr(night, field.name)
    yield "findings", [f for f in night.findings if f.check != "unknown_place"]
    yield "documents", {c.document_id: night.documents.get(c.document_id) for c in night.claims}


NIGHTS = (
    ("2025-05-25", "2025-05-25T08:00"),
    ("2025-06-04", ""),
    ("2025-07-01", ""),
    *(
        pytest.param(f"{dt.date(2025, 5, 9) + dt.timedelta(days=n)}", as_of, marks=pytest.mark.slow)
        for n, as_of in zip(range(34), cycle(["", "2025-05-24T08:00", "2025-06-01"]), strict=False)
    ),
)


@pytest.mark.parametrize(("night", "as_of"), NIGHTS)
def test_a_night_is_told_alike(
    night: str, as_of: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = open_night(night, as_of, data=data)
    monkeypatch.setattr(opening, "WHOLE_BYTES", 0)
    part = open_night(night, as_of, data=data)
    assert dict(_told(part)) == dict(_told(whole))
    assert whole.claims or part.known == whole.known


SPANS = (
    ("2025-06-07", "2025-06-07"),
    ("2025-09-01", "2025-09-03"),
    pytest.param("2025-05-14", "2025-05-28", marks=pytest.mark.slow),
    pytest.param("2025-05-29", "2025-06-12", marks=pytest.mark.slow),
)


@pytest.mark.parametrize(("start", "end"), SPANS)
def test_a_span_and_a_region_are_told_alike(
    start: str, end: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def both() -> tuple[object, ...]:
        made, found = (
            open_review(start, end, data=data),
            open_profile("UA-59", start, end, data=data),
        )
        nights = [dict(_told(day.night)) for day in made.days]
        known = () if made.evidence else made.known
        rows = [claim for _, claim in (*made.evidence, *found.review.evidence)]
        standings = [(s.code, s.named, s.hurt) for s in found.standings]
        return (
            nights,
            known,
            rows,
            made.rising,
            standings,
            found.rising,
            found.review.known if not rows else (),
        )

    whole = both()
    monkeypatch.setattr(opening, "WHOLE_BYTES", 0)
    assert both() == whole


def test_a_big_ledger_is_not_opened_whole(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    every = opening.open_ledger(data, about=(DAY, DAY)).claims
    monkeypatch.setattr(opening, "WHOLE_BYTES", 0)
    some = opening.open_ledger(data, about=(DAY, DAY)).claims
    assert 0 < len(some) < 0.8 * len(every)
