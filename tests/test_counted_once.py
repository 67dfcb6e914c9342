"""What is told again is counted once: copies, translations, parts and any order of documents."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from tally.model import Claim, Document, Metric, Reconciled, published_at
from tally.reconcile import reconcile
from tests.test_reconcile import GROUPS, RULINGS, claims_of, reconciled

TOLLS = {Metric.KILLED, Metric.INJURED}


def shown(result: Reconciled) -> list[tuple[object, ...]]:
    """Return every number with what it is about, how sure it is, and how many people say it."""
    return sorted(
        (e.metric, e.side, e.attacker, str(e.admin1), e.incident, e.victims, str(e.low),
         str(e.high), e.hedge, e.status, len(e.claimants))
        for e in result.estimates
    )  # fmt: skip


def again(claims: tuple[Claim, ...], document: str, name: str, lang: str) -> list[Claim]:
    """Return the claims of a document as another page prints them two hours later."""
    held = [claim for claim in claims if claim.document_id == document]
    later = max(published_at(claim.published) for claim in held) + dt.timedelta(hours=2)
    return [
        replace(
            claim,
            id=f"{claim.id}-{name}",
            document_id=name,
            lang=lang,
            published=later.isoformat(),
            part_of=claim.part_of and f"{claim.part_of}-{name}",
        )
        for claim in held
    ]


DOCUMENTS = [
    pytest.param(group, document, id=f"{group}: {document}")
    for group in GROUPS
    for document in sorted({claim.document_id for claim in claims_of(group)})
]


@pytest.mark.parametrize(("group", "document"), DOCUMENTS)
def test_copy_changes_no_number_and_is_no_voice(group: str, document: str) -> None:
    copy = Document("copy", "en", "2025-09-30", "", "", "", "", copy_of=document)
    held = (*claims_of(group), *again(claims_of(group), document, "copy", "en"))
    result = reconcile(held, RULINGS.get(group, ()), None, {"copy": copy})
    assert shown(result) == shown(reconciled(group))


def voices(result: Reconciled) -> list[tuple[object, ...]]:
    """Return what is shown but for the word of doubt: two pages for it outvote one against it."""
    return [(*one[:7], *one[9:]) for one in shown(result)]


def is_refused(group: str, document: str) -> bool:
    """Tell whether a page stands alone against others: a second one is a reason to look again."""
    result = reconciled(group)
    counted = {claim_id for estimate in result.estimates for claim_id in estimate.claim_ids}
    doubted = {i for f in result.findings if "not counted" in f.sentence for i in f.claim_ids}
    mine = {claim.id for claim in claims_of(group) if claim.document_id == document}
    return bool(mine & doubted - counted)


TRANSLATED = [one for one in DOCUMENTS if not is_refused(*one.values)]


@pytest.mark.parametrize(("group", "document"), TRANSLATED)
def test_translation_changes_no_number_and_is_no_voice(group: str, document: str) -> None:
    held = (*claims_of(group), *again(claims_of(group), document, "translation", "uk"))
    assert voices(reconcile(held, RULINGS.get(group, ()), None)) == voices(reconciled(group))


@pytest.mark.parametrize("group", GROUPS)
def test_part_raises_no_total(group: str) -> None:
    """Responders among the injured of every page, and a region among every page's drones."""
    held = claims_of(group)
    part = {"low": 1, "high": 1, "hedge": "exact"}
    people = [
        replace(c, id=f"{c.id}-part", victims="responder", part_of=c.id, **part)
        for c in held
        if c.metric in TOLLS and not c.victims and (c.low or 0) > 1
    ]
    regions = [
        replace(
            c, id=f"{c.id}-part", place="Ulyanovsk region", admin1=("RU-ULY",), part_of=c.id, **part
        )
        for c in held
        if c.metric not in TOLLS and not c.place and (c.low or 0) > 1
    ]
    added = {c.id for c in (*people, *regions)}
    result = reconcile((*held, *people, *regions), RULINGS.get(group, ()), None)
    old = replace(result, estimates=tuple(
        e for e in result.estimates if not added & set(e.claim_ids)))  # fmt: skip
    before = shown(reconciled(group))
    assert [one for one in shown(old) if one not in before] == []
    assert all((e.low or 0) <= 1 for e in result.estimates
               if set(e.claim_ids) <= added and "+" not in e.window)  # fmt: skip


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("seed", range(3))
def test_order_of_documents_does_not_matter(group: str, seed: int) -> None:
    held = list(claims_of(group))
    random.Random(seed).shuffle(held)
    assert reconcile(held, RULINGS.get(group, ()), None) == reconciled(group)
