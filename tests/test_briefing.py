"""The daily briefing as a whole: every figure is in the evidence or shown as arithmetic on it."""

import csv
import dataclasses
import datetime as dt
import io
import re
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sample_night import CLAIMS, DAY, sample_night

from tally import blocks, briefing, chapters
from tally.annex import evidence
from tally.blocks import Block
from tally.documents import load_documents
from tally.errors import ParameterError
from tally.evidence import Night, gather, touches
from tally.hurt import hurt
from tally.ledger import load_ledger
from tally.mapping import tile_map
from tally.model import Document, Metric
from tally.moved import moved
from tally.names import load_names
from tally.reconcile import reconcile
from tally.rulings import load_rulings

DATA = Path(__file__).parent.parent / "data"
MINUS = "\N{MINUS SIGN}"


def whole(night: Night) -> list[Block]:
    first = (chapters.stopped, chapters.where, tile_map, hurt)
    shown = [*briefing.opening(night)]
    for part in (*first, chapters.clock, chapters.disagreements, moved, evidence):
        shown += part(night)
    return shown


def of_kind(shown: list[Block], kind: str) -> list[dict[str, Any]]:
    return [block.block for block in shown if block.block["kind"] == kind]


def spoken(shown: list[Block]) -> list[str]:
    """Return every text before the evidence that may hold a figure."""
    said = [blocks.plain(p) for b in of_kind(shown, "lead") for p in b["paragraphs"]]
    said += [blocks.plain(p) for b in of_kind(shown, "prose") if not b["small"]
             for p in b["paragraphs"]]  # fmt: skip
    said += [blocks.plain(p) for b in of_kind(shown, "prose") if b["small"]
             for p in b["paragraphs"] if blocks.plain(p).startswith("Located")]  # fmt: skip
    for tile in (t for b in of_kind(shown, "tiles") for t in b["tiles"]):
        if tile["label"] != "OPEN QUESTIONS":
            said += [tile["value"], tile["note"]]
    for figure in of_kind(shown, "figure"):
        said += [blocks.plain(figure["caption"]), figure["alt"]]
        said += [str(cell) for row in figure["data"]["rows"] for cell in row]
    for table in of_kind(shown, "table"):
        if table["name"].startswith("toll"):
            said += [blocks.plain(cell) for row in table["rows"] for cell in row]
    return said


def numerals(said: str) -> set[int]:
    """Return the figures in a text; references, dates, times, rates and counts of rows are none."""
    for skipped in (
        r"\d+(?:(?: to |–)\d+)?%",
        r"\[\d+\]", r"\d\d:\d\d", r"\b\d{1,2}(–\d{1,2})? \w+ 20\d\d", r"over \d+ regions",
        r"\d+ claimants", r"\d+ more", r"[A-Za-zА-я№][-\w]*\d+\w*", r"№ ?\d+",
    ):  # fmt: skip
        said = re.sub(skipped, " ", said)
    return {int(found.replace(",", "")) for found in re.findall(r"\d{1,3}(?:,\d{3})+|\d+", said)}


def results(said: list[str]) -> list[tuple[set[int], set[int]]]:
    """Return each arithmetic expression that is shown: its terms and what it may come to."""
    term = r"(?:about )?[\d,]+(?: to [\d,]+)?"
    found = []
    for text in said:
        for shown in re.findall(rf"{term}(?:\s[+{MINUS}]\s{term})+", text):
            terms = re.split(rf"\s[+{MINUS}]\s", shown)
            ends = [[int(n.replace(",", "")) for n in re.findall(r"[\d,]+", t)] for t in terms]
            sign = -1 if MINUS in shown else 1
            come = {row[0] + sign * sum(row[1:]) for row in product(*ends)}
            found.append(({n for row in ends for n in row}, come))
    return found


def unfounded(night: Night, shown: list[Block]) -> set[int]:
    """Return the figures that neither the evidence nor arithmetic on it accounts for."""
    known = {0} | {n for c in night.claims for n in (c.low, c.high) if n is not None}
    said = spoken(shown)
    expressions = results(said)
    for _ in range(3):
        for terms, come in expressions:
            if terms <= known:
                known |= come
    return {n for text in said for n in numerals(text)} - known


def test_the_check_of_figures_finds_one_that_nobody_said() -> None:
    assert numerals("159 [2] of 1,177 from 20:00 to 04:05 on 24–25 May 2025 by 3 claimants") == {
        159, 1177,
    }  # fmt: skip
    assert results([f"13 left (76 {MINUS} 63)"]) == [({76, 63}, {13})]
    assert results([f"22 to 25 (69 to 70 {MINUS} 45 to 47)"])[0][1] == {22, 23, 24, 25}


@pytest.mark.parametrize("without", ["", "Russia", "Ukraine"])
def test_every_figure_is_in_the_evidence_or_shown_as_arithmetic(without: str) -> None:
    night = sample_night(without)
    assert unfounded(night, whole(night)) == set()


@cache
def ledger() -> tuple[Any, dict[str, Document]]:
    claims = load_ledger(DATA / "claims")
    rulings = load_rulings(DATA / "rulings.toml") if (DATA / "rulings.toml").exists() else ()
    return reconcile(claims, rulings, None), load_documents(DATA / "documents")


DAYS = [dt.date(2025, 5, day) for day in range(13, 30)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_night_of_the_ledger(day: dt.date) -> None:
    if not any((DATA / "claims").glob("*.csv")):
        pytest.skip("data/claims is empty: run `make ledger`")
    reconciled, documents = ledger()
    night = gather(reconciled, day, documents, load_names())
    shown = whole(night)
    assert unfounded(night, shown) == set()
    check_links(shown)
    assert len(of_kind(shown, "masthead")) == 1


def check_links(shown: list[Block]) -> None:
    ids = {row for b in of_kind(shown, "table") for row in b["ids"] if row}
    ids |= {b["id"] for b in of_kind(shown, "section")}
    links = set(re.findall(r"'href': '#([^']+)'", str([b.block for b in shown])))
    assert links <= ids


def test_links_lead_somewhere_and_ids_are_one_a_claim() -> None:
    shown = whole(sample_night())
    check_links(shown)
    (table,) = [b for b in of_kind(shown, "table") if b["name"] == "evidence"]
    assert len(set(table["ids"])) == len(sample_night().claims)


def test_order_of_the_page() -> None:
    shown = whole(sample_night())
    assert [b.block["kind"] for b in shown[:3]] == ["masthead", "lead", "tiles"]
    assert [b["title"] for b in of_kind(shown, "section") if b["level"] == 2] == [
        "What each side says it stopped", "Where", "Who was hurt", "The night by the clock",
        "What disagrees", "What moved", "Evidence",
    ]  # fmt: skip
    masthead = shown[0].block
    assert masthead["title"] == "Night of 20–21 May 2025"
    assert masthead["as_of"] == "As known on 21 May 2025"


def test_tiles() -> None:
    (row,) = of_kind(whole(sample_night()), "tiles")
    assert [(tile["label"], tile["value"]) for tile in row["tiles"]] == [
        ("AT UKRAINE", "63 of 76"), ("AT RUSSIA", "159"), ("KILLED", "Ukraine ≥ 2 · Russia —"),
        ("INJURED", "Ukraine ≥ 11 · Russia —"), ("OPEN QUESTIONS", "1"),
    ]  # fmt: skip


def test_a_missing_side_is_said_and_drawn_as_a_dash() -> None:
    shown = whole(sample_night(without="Russia"))
    lead = " ".join(blocks.plain(p) for p in of_kind(shown, "lead")[0]["paragraphs"])
    assert "No Russian claim of drones or missiles stopped in this night" in lead
    assert of_kind(shown, "tiles")[0]["tiles"][1]["value"] == "—"


def test_a_night_without_claims_says_so_and_names_the_nearest() -> None:
    shown = whole(sample_night(day=DAY - dt.timedelta(days=9)))
    assert [b.block["kind"] for b in shown] == ["masthead", "lead"]
    said = " ".join(blocks.plain(p) for p in shown[1].block["paragraphs"])
    assert "no claim about the night of 11–12 May 2025" in said
    assert "neither side’s word on drones or missiles, and no toll" in said
    assert "The next later night with claims is that of 21 May 2025." in said


def test_other_scope_is_marked() -> None:
    (table,) = [b for b in of_kind(whole(sample_night()), "table") if b["name"] == "evidence"]
    assert "other scope: 20–22 May 2025" in blocks.plain(table["rows"][-1][2])
    assert "1 of other scope" in blocks.plain(table["caption"])


def test_tolls_are_said_of_people_only() -> None:
    reconciled, _ = ledger()
    known = {claim.id: claim for claim in reconciled.claims}
    told = [r for r in reconciled.relations if "rise, so the higher" in r.sentence]
    people = [known[r.claim_id].metric in (Metric.KILLED, Metric.INJURED) for r in told]
    assert {*people} == {True, False}
    assert ["; tolls rise" in r.sentence for r in told] == people


def test_quotes_mark_the_figure() -> None:
    (table,) = [b for b in of_kind(whole(sample_night()), "table") if b["name"] == "evidence"]
    for row in table["rows"]:
        (marked,) = [piece["v"] for piece in row[3] if piece["t"] == "mark"]
        assert marked.lstrip("≥ ") in blocks.plain(row[1]).replace(",", "")


def test_attached_files_are_the_rows() -> None:
    files = {b["name"]: b["text"] for b in of_kind(whole(sample_night()), "attach")}
    assert sorted(files) == ["2025-05-21-claims.csv", "2025-05-21-estimates.csv"]
    rows = list(csv.DictReader(io.StringIO(files["2025-05-21-claims.csv"])))
    assert [row["number"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    assert {row["in_totals"] for row in rows} == {"yes", "no"}


def test_wrong_parameters_say_what_to_give() -> None:
    with pytest.raises(ParameterError, match=r"day '25 May' is not a date; give .*2025-05-25"):
        briefing.parse_day("25 May")
    with pytest.raises(ParameterError, match=r"as_of 'soon' is not .*2025-05-22T08:00"):
        briefing.parse_as_of("soon")


TOUCHES = [
    # aggregation, start, end -> of the night of 21 May
    ("period", "2025-05-21", "2025-05-21", True), ("period", "2025-05-20", "2025-05-22", True),
    ("period", "2025-05-20", "2025-05-20", False), ("period", "2025-05-01", "2025-05-31", False),
    ("cumulative", "", "2025-05-21", True), ("cumulative", "", "2025-05-22", False),
    ("period", "", "", False),
]  # fmt: skip


@pytest.mark.parametrize(("aggregation", "start", "end", "of_it"), TOUCHES)
def test_claims_of_the_night(aggregation: str, start: str, end: str, of_it: bool) -> None:
    days = [dt.date.fromisoformat(day) if day else None for day in (start, end)]
    claim = dataclasses.replace(
        CLAIMS[0], aggregation=aggregation, period_start=days[0], period_end=days[1]
    )
    assert touches(claim, DAY) is of_it
