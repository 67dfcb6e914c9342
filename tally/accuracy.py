"""How well the claims of a ledger meet labelled ones, language by language.

Reads no text again: what the extractor made is what the ledger holds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tally.labels import Label, Labelled, load_labelled, parse_label
from tally.listing import as_row
from tally.model import Claim, Document
from tally.score import Score, score
from tally.settings import ROOT

LABELLED = ROOT / "tests" / "golden" / "example_claims.csv"


def accuracy(
    claims: Sequence[Claim], documents: Mapping[str, Document], labelled: Path = LABELLED
) -> dict[str, Score]:
    """Return a score over all labelled documents that are here (""), and over each language.

    Empty when none of them is labelled.
    """
    if not labelled.is_file():
        return {}
    gold = [
        replace(one, lang=documents[name].lang)
        for name, one in load_labelled(labelled).items()
        if name in documents
    ]
    made = _readings(claims)
    groups: dict[str, list[Labelled]] = {"": gold} if gold else {}
    for lang in sorted({one.lang for one in gold}):
        groups[lang] = [one for one in gold if one.lang == lang]
    return {lang: score(held, made) for lang, held in groups.items()}


def _readings(claims: Sequence[Claim]) -> dict[str, tuple[Label, ...]]:
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        held[claim.document_id].append(claim)
    made = {}
    for name, found in held.items():
        ids = [claim.id for claim in found]
        labels = (parse_label(as_row(claim, ids)) for claim in found)
        made[name] = tuple(label for label in labels if label is not None)
    return made
