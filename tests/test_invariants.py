"""What holds whatever the claims: of exact copies, of what is published later, of the two sides."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest
from golden_claims import golden_claims
from test_reconcile import RULINGS, claims_of, rows

from tally.model import OPPONENT, Balance, Claim, Document, Estimate, published_at
from tally.names import load_names
from tally.reconcile import reconcile

GROUPS = sorted({row["group"] for row in rows("reconcile_claims.tsv")})
PAIRS = [
    (group, name) for group in GROUPS for name in sorted({c.document_id for c in claims_of(group)})
]


def again(claims: Iterable[Claim], name: str) -> list[Claim]:
    """Return the claims of a document as its exact copy, found at another address, prints them."""
    known = {c.id for c in claims if c.document_id == name}
    return [
        replace(
            c, id=f"{c.id}-again", document_id=f"{name}-again",
            part_of=f"{c.part_of}-again" if c.part_of in known else c.part_of,
        )
        for c in claims if c.document_id == name
    ]  # fmt: skip


def numbers(estimates: Iterable[Estimate]) -> list[tuple[object, ...]]:
    return sorted(
        (
            (e.metric, e.side, e.incident, e.victims, e.window, e.low, e.high, len(e.claimants))
            for e in estimates
        ),
        key=str,
    )


@pytest.mark.parametrize(("group", "name"), [p for p in PAIRS if p[0] not in RULINGS])
def test_exact_copy_changes_no_end_and_adds_no_claimant(group: str, name: str) -> None:
    claims = claims_of(group)
    before = reconcile(claims, (), None)
    after = reconcile((*claims, *again(claims, name)), (), None)
    assert numbers(after.estimates) == numbers(before.estimates)
    assert after.balances == before.balances


def moments(claims: Iterable[Claim]) -> list[dt.datetime]:
    return sorted({published_at(c.published) for c in claims})


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_published_later_changes_nothing_that_was_known(group: str) -> None:
    claims, rulings = claims_of(group), RULINGS.get(group, ())
    for moment in moments(claims):
        known = [c for c in claims if published_at(c.published) <= moment]
        if not rulings:
            assert reconcile(claims, (), moment) == reconcile(known, (), None)
        assert reconcile(claims, rulings, moment) == reconcile(known, rulings, moment)


@cache
def fortnight() -> tuple[Claim, ...]:
    return golden_claims()


@pytest.mark.parametrize("day", range(15, 29, 3))
def test_later_documents_of_the_corpus_change_nothing_that_was_known(day: int) -> None:
    moment = dt.datetime(2025, 5, day, 12, tzinfo=dt.UTC)
    known = [c for c in fortnight() if published_at(c.published) <= moment]
    assert known
    assert reconcile(fortnight(), (), moment) == reconcile(known, (), None)


def test_later_text_of_a_page_changes_nothing_before_it_came_out() -> None:
    claims = claims_of("09 Odesa port")
    first, last = claims[0], claims[-1]
    later = replace(last, document_id="page-2", published="2025-06-20")
    documents = {
        first.document_id: Document(first.document_id, "en", first.published, "", "", "", ""),
        "page-2": Document(
            "page-2", "en", "2025-06-20", "", "", "", "", revised="2025-06-20T10:00:00Z",
            replaces=first.document_id,
        ),
    }  # fmt: skip
    for moment in moments(claims[:-1]):
        known = claims[:-1]
        told = reconcile((*known, later), (), moment, documents)
        assert told == reconcile(
            known, (), moment, {first.document_id: documents[first.document_id]}
        )


SIDES = {"Russia": "Ukraine", "Ukraine": "Russia"}


def other_side(claim: Claim) -> Claim:
    """Return a claim with the two states exchanged in who attacked and who speaks, by his name."""
    return replace(
        claim,
        claimant=load_names().person(claim.claimant, claim.claimant_side) if claim.claimant else "",
        attacker=SIDES.get(claim.attacker, claim.attacker),
        claimant_side=SIDES.get(claim.claimant_side, claim.claimant_side),  # type: ignore[arg-type]
    )


def told(one: Estimate, *, exchanged: bool) -> tuple[object, ...]:
    sides = SIDES if exchanged else {}
    about = sides.get(one.side, one.side), sides.get(one.attacker, one.attacker)
    when = one.period_start, one.period_end, one.window
    what = one.metric, one.victims, one.admin1, *when
    return *about, *what, one.low, one.high, one.hedge, one.status, one.claim_ids


def account(one: Balance, *, exchanged: bool) -> tuple[object, ...]:
    sides = SIDES if exchanged else {}
    about = sides.get(one.attacker, one.attacker), sides.get(one.side, one.side), one.period_end
    fates = one.launched, one.intercepted, one.lost, one.hit, one.remainder, one.located
    return *about, *fates, one.claim_ids


@pytest.mark.parametrize("group", GROUPS)
def test_exchanging_the_sides_exchanges_what_is_told(group: str) -> None:
    before = reconcile(claims_of(group), RULINGS.get(group, ()), None)
    after = reconcile(map(other_side, claims_of(group)), RULINGS.get(group, ()), None)
    told_before = sorted(map(str, (told(e, exchanged=True) for e in before.estimates)))
    assert sorted(map(str, (told(e, exchanged=False) for e in after.estimates))) == told_before
    accounts = sorted(map(str, (account(b, exchanged=True) for b in before.balances)))
    assert sorted(map(str, (account(b, exchanged=False) for b in after.balances))) == accounts
    related = {(r.kind, *sorted((r.claim_id, r.other_id))) for r in before.relations}
    assert {(r.kind, *sorted((r.claim_id, r.other_id))) for r in after.relations} == related


@pytest.mark.parametrize("group", GROUPS)
def test_figures_of_one_estimate_are_of_one_side_and_attacker(group: str) -> None:
    known = {c.id: c for c in claims_of(group)}
    for one in reconcile(known.values(), RULINGS.get(group, ()), None).estimates:
        assert {known[i].attacker for i in one.claim_ids} <= {one.attacker, ""}
        assert OPPONENT.get(one.side, "") not in {known[i].claimant_side for i in one.claim_ids}


def test_order_of_the_corpus_does_not_matter() -> None:
    claims = list(fortnight())
    first = reconcile(claims, (), None)
    random.Random(7).shuffle(claims)
    assert reconcile(claims, (), None) == first


@pytest.mark.parametrize("group", GROUPS)
def test_at_the_last_publication_all_is_known(group: str) -> None:
    claims, rulings = claims_of(group), RULINGS.get(group, ())
    assert reconcile(claims, rulings, moments(claims)[-1]) == reconcile(claims, rulings, None)


@pytest.mark.parametrize("group", GROUPS)
def test_language_of_a_document_changes_nothing(group: str) -> None:
    claims, rulings = claims_of(group), RULINGS.get(group, ())
    translated = reconcile([replace(c, lang="uk") for c in claims], rulings, None)
    original = reconcile(claims, rulings, None)
    assert translated.estimates == original.estimates
    assert translated.relations == original.relations
    assert translated.balances == original.balances


@pytest.mark.parametrize("attacker", ["Russia", "Ukraine"])
@pytest.mark.parametrize("group", GROUPS)
def test_claim_of_another_month_changes_nothing_else(group: str, attacker: str) -> None:
    claims, rulings = claims_of(group), RULINGS.get(group, ())
    day = dt.date(2024, 3, 1)
    other = replace(
        claims[0], id="other", document_id="other", attacker=attacker, part_of="",
        period_start=day, period_end=day, published="2024-03-02",
    )  # fmt: skip
    alone, beside = (reconcile(c, rulings, None) for c in (claims, (*claims, other)))
    kept = tuple(e for e in beside.estimates if "other" not in e.claim_ids)
    assert kept == alone.estimates
    assert tuple(r for r in beside.relations if r.claim_id != "other") == alone.relations
    assert tuple(b for b in beside.balances if "other" not in b.claim_ids) == alone.balances
