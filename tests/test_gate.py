"""The gate before the grammar turns away only documents that would have given no claim."""

from pathlib import Path

import pytest

from tally.documents import read_jsonl, read_markdown
from tally.extract import extract
from tally.grammar import reading
from tally.grammar.gate import may_tell_to, worth_reading, worth_reading_to
from tally.grammar.marked import Marked
from tally.model import Document
from tally.text import clean, sentences

ROOT = Path(__file__).parent.parent
DEVELOPED_ON = sorted((ROOT.parent / "shared" / "gold").glob("dev_*.docs.jsonl"))


def passes(text: str, lang: str) -> bool:
    cleaned = clean(text).text
    return worth_reading(Marked(cleaned, sentences(cleaned), lang, None))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The ministry has 12 departments. Talks went on in Istanbul on Tuesday."),
        ("en", "Nobody was killed, and no drones were shot down."),
        ("uk", "Уряд виділив 12 мільйонів гривень на ремонт доріг."),
        ("ru", "В городе открыли 15 новых школ."),
    ],
)
def test_a_text_without_a_figure_of_what_happened_is_turned_away(lang: str, text: str) -> None:
    assert not passes(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Talks went on. At least three people were injured in Kherson."),
        ("en", "Another was wounded."),
        ("en", "A woman died in hospital."),
        ("uk", "Протягом ночі було знищено:\n18 БПЛА."),
        ("uk", "П’ятеро людей поранені."),
        ("ru", "Ранена женщина-водитель."),
        ("ru", "БПЛА уничтожен над территорией Брянской области."),
    ],
)
def test_a_text_with_one_is_read(lang: str, text: str) -> None:
    assert passes(text, lang)


FIGURE = "Russia launched 12 drones at Sumy. "
NO_FIGURE = "Two envoys attacked the plan at length. "


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (FIGURE + NO_FIGURE * 20, 5),
        (NO_FIGURE * 3 + FIGURE + NO_FIGURE * 20, 8),
        (FIGURE + NO_FIGURE * 10 + "The claims could not be verified. " + NO_FIGURE * 9, 16),
        (NO_FIGURE * 20, 0),
    ],
)
def test_reading_goes_a_little_beyond_the_last_figure_or_doubt(text: str, read: int) -> None:
    cleaned = clean(text).text
    marked = Marked(cleaned, sentences(cleaned), "en", None)
    assert worth_reading_to(marked, may_tell_to(marked)) == read


EVERYTHING = -1  # all that words may tell


def ids(document: Document) -> list[str]:
    return [claim.id for claim in extract(document)]


def same_without_the_gate(documents: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    gated = [ids(document) for document in documents]
    monkeypatch.setattr(reading, "worth_cutting", lambda *_: True)
    monkeypatch.setattr(reading, "worth_reading", lambda _: True)
    monkeypatch.setattr(reading, "may_tell_to", lambda marked: len(marked.lines))
    monkeypatch.setattr(reading, "worth_reading_to", lambda _, last: last)
    monkeypatch.setattr(Marked, "told", lambda *_: EVERYTHING)
    monkeypatch.setattr(Marked, "scene", lambda *_: EVERYTHING)
    assert gated == [ids(document) for document in documents]


@pytest.mark.slow
def test_the_example_corpus_reads_the_same_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted((ROOT / "data" / "documents").glob("*.md"))
    same_without_the_gate([read_markdown(path) for path in paths], monkeypatch)


@pytest.mark.slow
@pytest.mark.skipif(not DEVELOPED_ON, reason="../shared/gold is not here")
def test_the_labelled_documents_read_the_same_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [document for path in DEVELOPED_ON for document in read_jsonl(path)]
    same_without_the_gate(documents, monkeypatch)
