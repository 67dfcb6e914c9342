"""The extractor reads the example corpus and the seed story entirely right."""

from functools import cache
from pathlib import Path

import pytest

from tally.documents import read_markdown, read_plain
from tally.labels import Label, Labelled, load_labelled
from tally.measure import labels_of
from tally.score import ALSO, STRICT, WHOLE, describe, differing, match, score

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "data" / "documents"
SEED = ROOT.parent / "shared" / "gold" / "seed.jsonl"
STORIES = ROOT.parent / "shared" / "documents"
MET = (*WHOLE, *ALSO, "date_start")


@cache
def golden() -> dict[str, Labelled]:
    return load_labelled(ROOT / "tests" / "golden" / "example_claims.csv")


@pytest.mark.parametrize("document_id", sorted(path.stem for path in DOCUMENTS.glob("*.md")))
def test_each_document_of_the_example_corpus_is_read_as_its_golden_claims(document_id: str) -> None:
    document = read_markdown(DOCUMENTS / f"{document_id}.md")
    labels = golden()[document_id].labels if document_id in golden() else ()
    lines = differences(labels, labels_of(document))
    assert not lines, "\n" + "\n".join([document_id, *lines])


def differences(gold: tuple[Label, ...], found: tuple[Label, ...]) -> list[str]:
    """Return a line for each claim that is missed, invented or differs."""
    matching = match(gold, found, (*MET, *STRICT))
    lines = [f"  missed    {describe(label)}" for label in matching.missed]
    lines += [f"  invented  {describe(label)} | {label.rule}" for label in matching.invented]
    for one, other in matching.pairs:
        told = [
            f"{name}: {getattr(other, name)!r} for {getattr(one, name)!r}"
            for name in [*differing(one, other, MET), *attributed(one, other)]
        ]
        if told:
            lines.append(f"  differs   {describe(one)} | {'; '.join(told)} | {other.rule}")
    return lines


def attributed(one: Label, other: Label) -> list[str]:
    """Return ["claimant"] when only one of them names who speaks; names have many spellings."""
    return ["claimant"] if bool(one.claimant) != bool(other.claimant) else []


def test_every_golden_claim_is_of_a_document_that_is_there() -> None:
    assert set(golden()) == {path.stem for path in DOCUMENTS.glob("*.md")}


@pytest.mark.skipif(
    not SEED.exists(), reason="../shared/gold, the labelled seed story, is not here"
)
def test_the_seed_story_is_read_entirely_right() -> None:
    seed = load_labelled(SEED)
    total = score(
        seed.values(),
        {
            id: labels_of(read_plain(STORIES / f"{id}.txt", labelled.published, labelled.lang))
            for id, labelled in seed.items()
        },
    )
    assert (total.figures, total.whole, total.perfect) == (total.gold, total.gold, total.documents)
    assert total.predicted == total.gold > 0
    assert {
        name: right for name, (right, of) in total.fields.items() if name in MET and right != of
    } == {}
