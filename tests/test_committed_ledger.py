"""The ledger that is kept in the project is the one its documents give."""

from pathlib import Path

from tally.documents import load_documents
from tally.extract import extract
from tally.ledger import load_ledger
from tally.pages import spans_moved

DATA = Path(__file__).parent.parent / "data"


def test_every_kept_claim_is_at_its_words() -> None:
    texts = {name: each.text for name, each in load_documents(DATA / "documents").items()}
    assert spans_moved(load_ledger(DATA / "claims"), texts) == ()


def test_reading_the_documents_anew_gives_the_kept_claims() -> None:
    documents = load_documents(DATA / "documents").values()
    found = {claim.id: claim for each in documents for claim in extract(each)}
    kept = {claim.id: claim for claim in load_ledger(DATA / "claims")}
    assert found.keys() == kept.keys()
    assert [key for key in kept if found[key] != kept[key]] == []
