"""The period review: days side by side, breaks found, every figure in the evidence, gaps said."""

import dataclasses
import datetime as dt
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sample_night import DAY, DOCUMENTS, NAMES, estimate, sample_night
from test_briefing import check_links, ledger, numerals, of_kind

from tally import blocks, review, review_tables
from tally.blocks import Block
from tally.errors import ParameterError
from tally.evidence import Count, Voice
from tally.model import Metric, Reconciled
from tally.names import load_names
from tally.series import Bar, Part, bars
from tally.span import Day, Review, breaks, definition, regions, revisions
from tally.span import review as review_span

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
SPAN = (dt.date(2025, 5, 14), dt.date(2025, 5, 28))
PARTS = (
    review.opening, review.drones, review.hurt, review_tables.where, review_tables.by_weapon,
    review_tables.table_of_days, review_tables.revised, review_tables.evidence,
)  # fmt: skip


APART = {
    "Night to",
    "Day",
    "Days named",
    "Why we think so",
    "Unaccounted for",
    "Unaccounted, Ukraine",
}


@cache
def made() -> Review:
    reconciled, documents = ledger()
    return review_span(reconciled, SPAN, documents, load_names())


def whole(held: Review) -> list[Block]:
    return [block for part in PARTS for block in part(held)]


def bar(parts: str, mode: str = "") -> Bar:
    count = Count(63, 63)
    kinds = tuple(Part(kind, Count(20, 20)) for kind in parts.split(",") if kind)
    voice = Voice("Air Force", "Ukraine")
    return Bar("Russia", "drones", "Ukraine", voice, "", None, count, kinds, 1, mode)


DEFINITIONS = [
    ("shot down,lost", "", "inside"), ("stopped,lost", "", "apart"),
    ("stopped", "shot_down_or_suppressed", "inside"), ("stopped", "shot_down", ""), ("", "", ""),
    ("stopped,lost", "shot_down_or_suppressed", "apart"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "mode", "how"), DEFINITIONS)
def test_definition(parts: str, mode: str, how: str) -> None:
    assert definition(bar(parts, mode)) == how


BREAKS = [
    # what each day in turn is -> the days (from 0) that break with the last that is known
    (["apart", "apart"], []), (["apart", "inside", "apart"], [1, 2]),
    (["apart", "", "inside"], [2]), (["", "inside", ""], []), ([], []),
]  # fmt: skip
KINDS = {"apart": "stopped,lost", "inside": "shot down,lost", "": "stopped"}


@pytest.mark.parametrize(("ways", "broken"), BREAKS)
def test_breaks(ways: list[str], broken: list[int]) -> None:
    dates = [DAY + dt.timedelta(days=n) for n in range(len(ways))]
    days = [
        Day(sample_night(day=on), (bar(KINDS[way]),), {})
        for on, way in zip(dates, ways, strict=True)
    ]
    assert breaks(days, "Russia") == {dates[n] for n in broken}
    assert breaks(days, "Ukraine") == frozenset()


def spoken(shown: list[Block]) -> list[str]:
    said = [blocks.plain(p) for b in of_kind(shown, "lead") for p in b["paragraphs"]]
    for figure in of_kind(shown, "figure"):
        said += [str(row[-1]) for row in figure["data"]["rows"]]
    for table in of_kind(shown, "table"):
        if table["name"] != "evidence":
            said += [blocks.plain(cell) for row in table["rows"]
                     for column, cell in zip(table["columns"], row, strict=True)
                     if column["label"] not in APART]  # fmt: skip
    return said


def without_counts_of_days(said: str) -> str:
    return re.sub(r"\d+ of 15 (nights|days)|^\d{1,2} May$", "", said)


def test_every_figure_is_in_the_evidence() -> None:
    shown = whole(made())
    known = {n for _, claim in made().evidence for n in (claim.low, claim.high)} | {0}
    # Sums of regions' least figures; the daily briefing shows them term by term.
    sums = {count.low for day in made().days for count in day.tolls.values()
            if count and len(count.numbers) > 1}  # fmt: skip
    found = {n for said in spoken(shown) for n in numerals(without_counts_of_days(said))}
    assert found - known - sums == set()
    assert {288, 355, 296} <= found


def test_remainders_are_what_the_figures_leave() -> None:
    (table,) = [b for b in of_kind(whole(made()), "table") if b["name"] == "days"]
    rows = {blocks.plain(row[0]): [blocks.plain(cell) for cell in row[1:]] for row in table["rows"]}
    assert rows["21 May"][:5] == ["76", "‡\u00a063", "83%", "41", "13"]
    assert rows["18 May"][:5] == ["273", "88", "32%", "128", "57"]
    assert rows["17 May"][:3] == ["62", "36", "—"]
    assert rows["17 May"][5] == "—"
    labels = [column["label"] for column in table["columns"]]
    assert "Share, Ukraine" in labels
    assert "Share, Russia" not in labels  # no day has a share of theirs


def test_links_lead_somewhere_and_every_day_is_listed() -> None:
    shown = whole(made())
    check_links(shown)
    (table,) = [b for b in of_kind(shown, "table") if b["name"] == "days"]
    assert len(table["rows"]) == len(made().days) == 15
    assert dt.date(2025, 5, 20) in breaks(made().days, "Russia")


def test_a_side_is_named_beside_each_figure_of_drones() -> None:
    (lead,) = of_kind(whole(made()), "lead")
    first, second = (blocks.plain(p) for p in lead["paragraphs"][:2])
    assert first.startswith("Ukrainian officials give")
    assert second.startswith("Russian officials give")


def test_revisions_change_a_figure_and_regions_are_named_once() -> None:
    for each in revisions(made().days):
        assert (each.earlier.low, each.earlier.high) != (each.later.low, each.later.high)
        assert each.later.metric in (Metric.KILLED, Metric.INJURED)
    named = [(row.place, row.side) for row in regions(made().days)]
    assert len(named) == len(set(named)) > 5


def test_a_span_without_claims_says_what_is_missing() -> None:
    reconciled, documents = ledger()
    empty = review_span(reconciled, (dt.date(2025, 7, 1), dt.date(2025, 7, 3)), documents)
    shown = whole(empty)
    assert [b.block["kind"] for b in shown] == ["masthead", "lead"]
    said = " ".join(blocks.plain(p) for p in shown[1].block["paragraphs"])
    assert "no claim about 1–3 July 2025: neither side’s word on drones" in said
    assert "not that nothing happened. The ledger’s claims are of " in said
    nothing = review_span(Reconciled((), (), (), (), ()), SPAN, {})
    (lead,) = of_kind(whole(nothing), "lead")
    assert "The ledger is empty." in blocks.plain(lead["paragraphs"][1])


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [("May", "2025-05-28", "must be dates such as"), ("2025-05-28", "2025-05-14", "1 to 62 days"),
     ("2025-01-01", "2025-05-14", "shorter span")],
)  # fmt: skip
def test_wrong_spans_say_what_to_give(start: str, end: str, said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        review.parse_span(start, end)


def test_one_day_of_a_span_is_the_night_itself() -> None:
    reconciled, documents = ledger()
    alone = review_span(reconciled, (DAY, DAY), documents, load_names())
    (day,) = alone.days
    assert day.bars == bars(day.night)
    assert review.span_words(DAY, DAY) == "21 May 2025"


def test_the_notebook_renders(tmp_path: Path) -> None:
    asked: list[Any] = ["period", "--start", "2025-05-20", "--end", "2025-05-22", "--out", tmp_path]
    run = [sys.executable, ROOT / "scripts" / "render.py", *asked]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    made = tmp_path / "period" / "2025-05-20_2025-05-22"
    assert "20–22 May 2025" in (made / "briefing.html").read_text(encoding="utf-8")
    assert (made / "briefing.pdf").read_bytes().startswith(b"%PDF")


def test_a_month_without_figures_has_no_empty_picture() -> None:
    reconciled, documents = ledger()
    span = (dt.date(2025, 5, 14), dt.date(2025, 7, 10))
    long = review_span(reconciled, span, documents, load_names())
    shown = of_kind(list(review.drones(long)), "figure")
    assert [figure["name"] for figure in shown] == ["drones-1"]
    sources = [blocks.plain(figure["source"]) for figure in shown]
    assert not [source for source in sources if source.startswith("0 claims")]


def test_days_with_tolls_alone_say_that_no_drones_are_known() -> None:
    hurt = [dataclasses.replace(c, id=f"x{c.id}") for c in sample_night().claims
            if c.metric in (Metric.KILLED, Metric.INJURED)]  # fmt: skip
    made_of = Reconciled(tuple(hurt), (), tuple(estimate([c]) for c in hurt), (), ())
    alone = review_span(made_of, (DAY, DAY), DOCUMENTS, NAMES)
    assert [b.block["kind"] for b in review.drones(alone)] == ["section", "prose"]


TILES = [
    # a span -> a label, its value and what it rests on
    ("2025-05-14", "2025-05-28", "AT UKRAINE", "288 of 355",
     "drones stopped; most in one night, to 26 May 2025"),
    ("2025-05-14", "2025-05-28", "KILLED", "Ukraine > 13 · Russia ≥ 1",
     "most in one day: Ukraine, 17 May; Russia, 18 May"),
    ("2025-05-15", "2025-05-17", "AT RUSSIA", "—", "nobody gave a figure"),
    ("2025-05-24", "2025-05-25", "KILLED", "Ukraine ≥ 13 · Russia —",
     "most in one day: Ukraine, 24 May; Russia, no figure"),
    ("2025-05-21", "2025-05-21", "AT RUSSIA", "159", "drones stopped"),
    ("2025-05-21", "2025-05-21", "INJURED", "Ukraine ≥ 23 · Russia —", ""),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "label", "value", "note"), TILES)
def test_a_tile_gives_the_highest_figure_and_its_day(
    start: str, end: str, label: str, value: str, note: str
) -> None:
    (tiles,) = of_kind(list(review.opening(review.open_review(start, end, data=DATA))), "tiles")
    assert {"label": label, "value": value, "note": note} in tiles["tiles"]


def test_one_day_has_no_highest_and_nothing_to_add_up() -> None:
    day = whole(review.open_review("2025-05-21", "2025-05-21", data=DATA))
    said = [re.sub(r" \[\d+\]", "", words) for words in lead_of(day)]
    assert said == [
        "Ukrainian officials give a figure of Russian drones stopped: 63 of 76.",
        "Russian officials give a figure of Ukrainian drones stopped: 159.",
        "The figure given of people killed in Ukraine is at least 2. The figure given of people "
        "injured in Ukraine is at least 23. ",
        "No figure of people killed or injured in Russia is in the ledger.",
    ]
    assert not any("never added up" in words for words in spoken(day))


def test_the_caption_of_drones_does_not_repeat_the_lead() -> None:
    caption = next(b.block for b in whole(made()) if b.block["kind"] == "figure")["caption"]
    said = re.sub(r" \[\d+\]", "", blocks.plain(caption))
    assert said.startswith(
        "The most in one night: on Ukraine’s word 288 of 355 (to 26 May); on Russia’s word 296 "
        "(to 28 May). Solid: "
    )
    assert not any(words in said for words in lead_of(whole(made())))


def lead_of(shown: list[Block]) -> list[str]:
    (lead,) = (b.block for b in shown if b.block["kind"] == "lead")
    return [blocks.plain(words) for words in lead["paragraphs"]]
