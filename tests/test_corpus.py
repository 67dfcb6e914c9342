"""The example corpus: every day, side and language, in our own words, no victim named."""

import csv
import datetime as dt
import json
import re
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tally.documents import admit
from tally.rebuild import rebuild

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
FACTS = ROOT.parent / "shared" / "facts" / "facts.jsonl"
STORY = ROOT.parent / "shared" / "documents" / "kursk-visit-2025-05-21.txt"
DAYS = [(dt.date(2025, 5, 14) + dt.timedelta(days=n)).isoformat() for n in range(15)]
FRONT = ["id", "publisher", "url", "published", "language", "digest"]
SEED = "2025-05-21-kursk-visit"
SHARED_RUN = 24

ADMISSION = admit(DATA / "documents")
DOCUMENTS = {document.id: document for document in ADMISSION.documents}
needs_facts = pytest.mark.skipif(not FACTS.exists(), reason="../shared/facts is not here")
needs_story = pytest.mark.skipif(not STORY.exists(), reason="../shared/documents is not here")


def golden() -> list[dict[str, str]]:
    path = ROOT / "tests" / "golden" / "example_claims.csv"
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def facts() -> dict[str, dict]:
    rows = map(json.loads, FACTS.read_text(encoding="utf-8").splitlines())
    return {row["url"]: row for row in rows}


def runs(text: str, size: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def test_every_document_is_admitted_as_it_was() -> None:
    assert ADMISSION.problems == ()
    register = DATA / "documents" / "admitted.csv"
    assert register.read_text(encoding="utf-8") == ADMISSION.register
    assert len(ADMISSION.register.splitlines()) == len(DOCUMENTS) + 1


def test_there_are_enough_of_each_day_and_language() -> None:
    days = Counter((document.published or "")[:10] for document in DOCUMENTS.values())
    languages = Counter(document.lang for document in DOCUMENTS.values())
    assert sum(days[day] for day in DAYS) >= 90
    assert {day: days[day] for day in DAYS if days[day] < 4} == {}
    assert languages["uk"] >= 15
    assert languages["ru"] >= 15


@pytest.mark.parametrize("path", sorted((DATA / "documents").glob("*.md")), ids=lambda p: p.stem)
def test_front_matter_is_complete(path: Path) -> None:
    head = path.read_text(encoding="utf-8").split("---\n")[1]
    assert [line.split(":")[0] for line in head.splitlines()] == FRONT
    document = DOCUMENTS[path.stem]
    assert document.id.startswith((document.published or "")[:10])
    assert document.digest
    assert document.publisher
    assert re.fullmatch(r"https?://\S+", document.url) or document.id == SEED


def test_every_page_is_cited_once() -> None:
    urls = Counter(document.url for document in DOCUMENTS.values())
    assert [url for url, times in urls.items() if times > 1] == []


@needs_facts
def test_every_digest_but_the_seed_is_of_a_page_that_is_known() -> None:
    known = facts()
    assert [each.id for each in DOCUMENTS.values() if each.url not in known] == [SEED]
    for document in DOCUMENTS.values():
        page = known.get(document.url, {})
        assert page.get("published") in (None, document.published), document.id


@needs_facts
def test_both_sides_speak_on_every_day_that_has_both() -> None:
    known = facts()
    there, here = defaultdict(set), defaultdict(set)
    for page in known.values():
        there[page["event_date"]] |= {fact.get("claimant_side") for fact in page["facts"]}
    for claim in golden():
        page = known.get(DOCUMENTS[claim["document_id"]].url)
        if page:
            here[page["event_date"]].add(claim["claimant_side"])
    belligerents = {"Ukraine", "Russia"}
    for day in DAYS:
        assert there[day] & belligerents <= here[day], day


def test_no_two_digests_are_cut_from_one_pattern() -> None:
    """Ministries repeat themselves for some words; nobody else says the same twice."""
    found: dict[tuple[str, ...], str] = {}
    for document in DOCUMENTS.values():
        for run in runs(document.text, SHARED_RUN):
            other = found.setdefault(run, document.id)
            assert other == document.id, f"{other}, {document.id}: {' '.join(run)}"


@needs_story
def test_the_seed_digest_is_in_our_own_words() -> None:
    theirs = STORY.read_text(encoding="utf-8")
    assert not runs(theirs, 8) & runs(DOCUMENTS[SEED].text, 8)


NAMED = re.compile(
    r"-year-old (?!Ukrainian|Russian)[A-Z][a-z]+ [A-Z]"  # a 69-year-old Name Surname
    r"|\d-річн\w+ [А-ЯІЇЄҐ]\w+ [А-ЯІЇЄҐ]|\d-летн\w+ [А-ЯЁ]\w+ [А-ЯЁ]"
    r"|[A-ZА-ЯІЇЄҐ]\w+ [A-ZА-ЯІЇЄҐ]\w+, (?:aged )?\d{1,2},(?! \d)(?! \w+ over)"  # Name Surname, 69,
    r"|\b(?:victim|killed|dead|wounded) (?:was|were) named\b|\b(?:named|identified) as [A-Z]"
    r"|\b(?:звали|на ім['’]я|по имени) [А-ЯІЇЄҐЁ]"
)


def test_no_victim_is_named() -> None:
    for document in DOCUMENTS.values():
        assert not (found := NAMED.search(document.text)), f"{document.id}: {found}"


@pytest.mark.parametrize(
    "text",
    [
        "a 69-year-old Mariia Koval died",
        "Mariia Koval, 69, died",
        "загинула 69-річна Марія Коваль",
        "погибла 69-летняя Мария Коваль",
        "the dead were named on Monday",
    ],
)
def test_a_named_victim_would_be_found(text: str) -> None:
    assert NAMED.search(text)


def test_golden_claims_are_of_the_corpus_and_quote_it() -> None:
    for claim in golden():
        words = " ".join(DOCUMENTS[claim["document_id"]].text.split())
        assert claim["quote"], claim
        assert " ".join(claim["quote"].split()) in words, claim


def test_the_ledger_is_what_the_documents_give(tmp_path: Path) -> None:
    """data/claims can be deleted and rebuilt byte for byte: `make ledger` after every change."""
    shutil.copytree(DATA / "documents", tmp_path / "documents")
    rebuilt = rebuild(tmp_path)
    assert not rebuilt.problems
    files = [
        {path.name: path.read_text(encoding="utf-8") for path in (folder / "claims").glob("*.csv")}
        for folder in (tmp_path, DATA)
    ]
    assert files[0] == files[1]
