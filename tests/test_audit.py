"""The claims audit: each claim counted once, fates as relations give them, what is missing said."""

import csv
import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from sample_night import CLAIMS, DAY, DOCUMENTS, NAMES
from test_briefing import check_links, of_kind

from tally import audit_chapters, audit_tables, blocks
from tally.accuracy import accuracy
from tally.audit import FATES, SIDES, Audit, audit, fates, fates_csv, kinds, unread, voices
from tally.audit_chapters import Opened, open_audit
from tally.blocks import Block
from tally.model import Reconciled, Relation, RelationKind
from tally.names import is_latin, load_names
from tally.span import Review
from tally.span import review as review_span

DATA = Path(__file__).parent.parent / "data"
SPAN = ("2025-05-14", "2025-05-28")
PARTS = (
    audit_chapters.opening, audit_chapters.who, audit_tables.claimants, audit_chapters.fared,
    audit_tables.relations, audit_chapters.counter, audit_tables.contradictions,
    audit_tables.unread, audit_tables.accuracy_table, audit_chapters.claims,
)  # fmt: skip


@cache
def opened(start: str = SPAN[0], end: str = SPAN[1]) -> Opened:
    return open_audit(start, end, data=DATA)


@cache
def whole(start: str = SPAN[0], end: str = SPAN[1]) -> list[Block]:
    return [block for part in PARTS for block in part(opened(start, end))]


def relation(kind: str, later: str, earlier: str) -> Relation:
    return Relation(RelationKind(kind), later, earlier, "a rule", "One stands to the other.")


FATED = [
    # relations (kind, later, earlier) -> what became of the claims concerned
    ([], {"kharkiv-i": "stands"}),
    ([("repeats", "kharkiv-j", "kharkiv-i")], {"kharkiv-j": "repeats", "kharkiv-i": "stands"}),
    ([("updates", "kharkiv-j", "kharkiv-i")], {"kharkiv-j": "stands", "kharkiv-i": "raised"}),
    ([("corrects", "kharkiv-i", "kharkiv-j")], {"kharkiv-i": "stands", "kharkiv-j": "lowered"}),
    ([("contradicts", "kharkiv-j", "kharkiv-i"), ("repeats", "kharkiv-j", "kharkiv-i")],
     {"kharkiv-j": "contradicted", "kharkiv-i": "contradicted"}),
    ([("part_of", "ua-shot", "ua-all")], {"ua-shot": "stands", "ua-all": "stands"}),
    ([("updates", "sumy-i", "kharkiv-i")], {"kharkiv-i": "lowered"}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), FATED)
def test_fates(given: list[tuple[str, str, str]], expected: dict[str, str]) -> None:
    made = fates(CLAIMS, [relation(*each) for each in given], frozenset())
    assert {name: made[name] for name in expected} == expected
    assert made.keys() == {claim.id for claim in CLAIMS}


def test_a_ruling_takes_precedence() -> None:
    given = [relation("contradicts", "kharkiv-j", "kharkiv-i")]
    made = fates(CLAIMS, given, frozenset({"kharkiv-j", "of another day"}))
    assert (made["kharkiv-j"], made["kharkiv-i"]) == ("set aside", "contradicted")


def small(*relations: Relation) -> Audit:
    reconciled = Reconciled(CLAIMS, relations, (), (), ())
    made: Review = review_span(reconciled, (DAY, DAY), DOCUMENTS, NAMES)
    return audit(made, reconciled, ["x.md: not UTF-8"], NAMES)


def test_only_claims_of_the_span_are_audited_and_each_once() -> None:
    made = small()
    assert {claim.id for claim in made.claims} == {c.id for c in CLAIMS if c.period_end == DAY}
    rows = voices(made)
    assert sum(row.claims for row in rows) == len(made.claims)
    (ministry,) = [row for row in rows if row.name == "Russia’s Ministry of Defence"]
    assert (ministry.claims, ministry.subjects) == (4, (4, 0, 0, 0))


MERGED = [
    # two claimants -> whether they are one
    ("Oleh Syniehubov", "Governor Oleh Syniehubov", True),
    ("Sumy Regional Military Administration", "Kyiv Regional Military Administration", False),
    ("Sumy Regional Military Administration", "ОВА", False),
    ("Повітряні Сили ЗС України", "Ukrainian Air Force", True),
    ("Повітряні Сили ЗС України", "Armed Forces of Ukraine", False),
    ("обласній адміністрації", "місцевої влади", True),
]


@pytest.mark.parametrize(("one", "other", "same"), MERGED)
def test_a_title_makes_no_other_person_and_a_region_another_body(one, other, same: bool) -> None:
    made = small()
    first, second = made.claims[:2]
    claims = tuple(
        replace(claim, claimant=name, claimant_side="Ukraine")
        for claim, name in ((first, one), (second, other))
    )
    rows = voices(replace(made, claims=claims, names=load_names()))
    assert [row.claims for row in rows] == ([2] if same else [1, 1])
    assert all(is_latin(row.name) for row in rows)


def test_contradictions_are_pairs_in_the_evidence() -> None:
    made = small(relation("contradicts", "kharkiv-j", "kharkiv-i"))
    (pair,) = made.pairs
    assert (pair.one.id, pair.other.id, pair.crosses) == ("kharkiv-i", "kharkiv-j", False)
    assert made.review.numbers == {"kharkiv-i": 1, "kharkiv-j": 2}
    assert {kind.kind: kind.pairs for kind in kinds(made)}[RelationKind.CONTRADICTS] == 1


def test_what_could_not_be_read_is_told() -> None:
    spoken = {claim.document_id for claim in CLAIMS}
    other = {id_: document for id_, document in DOCUMENTS.items() if id_ in spoken}
    other["silent"] = DOCUMENTS["doc-week"]
    found = unread(CLAIMS, CLAIMS, other, ["x.md: not UTF-8"])
    assert len(found.silent) == 1
    assert found.refused == ("x.md: not UTF-8",)
    assert (found.nobody, found.nowhere, found.undated) == (0, 0, 0)
    shown = audit_tables.unread(Opened(small(), {}))
    (table,) = [b for b in of_kind(list(shown), "table") if b["name"] == "refused"]
    assert blocks.plain(table["rows"][0][0]) == "x.md: not UTF-8"


def test_the_example_corpus_adds_up() -> None:
    made = opened().audit
    assert sum(made.of(side) for side in SIDES) == len(made.claims)
    assert sum(made.count(fate) for fate in FATES) == len(made.claims)
    assert all(sum(row.fates.values()) == row.claims for row in voices(made))
    rows = list(csv.DictReader(io.StringIO(fates_csv(made))))
    assert len(rows) == len(made.claims)
    assert {row["fate"] for row in rows} <= set(FATES)


def test_both_sides_are_shown_in_the_same_words() -> None:
    (figure,) = [b for b in of_kind(whole(), "figure") if b["name"] == "fared"]
    headings = dict.fromkeys(row[0] for row in figure["data"]["rows"])
    first, second = list(headings)[:2]
    assert "Ukraine’s side" in first
    assert "Russia’s side" in second
    plain = [text.replace("Ukraine", "X").replace("Russia", "X") for text in (first, second)]
    assert [text.split("claims of")[1].split(",")[0] for text in plain] == [" X’s side"] * 2


def test_counter_claims_name_the_widest_and_both_who_say_it() -> None:
    (figure,) = [b for b in of_kind(whole(), "figure") if b["name"] == "counter"]
    caption = blocks.plain(figure["caption"])
    assert "16 pairs of claims contradict each other, 6 of them between sides." in caption
    assert (
        "The widest (Killed: soldiers, Shostka, 20\u00a0May): 6 according to the National Guard of "
        "Ukraine against up to 70 according to Russia’s Ministry of Defence." in caption
    )


def test_links_and_tables() -> None:
    check_links(whole())
    names = [table["name"] for table in of_kind(whole(), "table")]
    assert names == ["claimants", "relations", "contradictions", "missing", "findings",
                     "accuracy", "evidence"]  # fmt: skip


def test_dates_of_documents_are_in_words() -> None:
    (table,) = [each for each in of_kind(whole(), "table") if each["name"] == "findings"]
    said = [blocks.plain(cell) for row in table["rows"] for cell in row]
    assert any("(25 May 2025)" in words or "(21 May 2025)" in words for words in said)
    assert not any("(2025-" in words for words in said)


def test_accuracy_columns_are_as_wide_as_their_heads() -> None:
    (table,) = [each for each in of_kind(whole(), "table") if each["name"] == "accuracy"]
    shares = [each["width"] / max(len(each["label"]), 7) for each in table["columns"][1:]]
    assert max(shares) - min(shares) < 0.001


def test_accuracy_is_of_the_labelled_documents_and_says_when_there_are_none() -> None:
    scores = opened().scores
    assert list(scores) == ["", "en", "ru", "uk"]
    assert sum(scores[lang].documents for lang in ("en", "ru", "uk")) == scores[""].documents
    assert accuracy(CLAIMS, DOCUMENTS) == {}
    shown = audit_tables.accuracy_table(Opened(small(), {}))
    assert "how well they were read cannot be told" in blocks.plain(shown[1].block["paragraphs"][0])


def test_days_without_claims_say_so() -> None:
    shown = whole("2025-07-01", "2025-07-02")
    assert [b.block["kind"] for b in shown] == ["masthead", "lead"]
    said = " ".join(blocks.plain(p) for p in shown[1].block["paragraphs"])
    assert "no claimant, no relation, no contradiction" in said
    assert "The ledger’s claims are of" in said


def test_nothing_contradicts_in_a_quiet_night() -> None:
    shown = audit_chapters.counter(Opened(small(), {}))
    assert [b.block["kind"] for b in shown] == ["section", "prose"]
