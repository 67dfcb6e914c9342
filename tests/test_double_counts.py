"""Nothing is counted twice: copies, translations, parts, shared hours and running totals."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reconcile import RULINGS, claims_of, rows

from tally.model import Claim, Document, Estimate, Metric, Reconciled
from tally.reconcile import reconcile
from tally.reconcile.identity import locality
from tally.reconcile.incidents import number

GROUPS = sorted({row["group"] for row in rows("reconcile_claims.tsv")})
PAIRS = [
    (group, name) for group in GROUPS for name in sorted({c.document_id for c in claims_of(group)})
]
PEOPLE = {Metric.KILLED, Metric.INJURED}


def document(claim: Claim, name: str = "", copy_of: str = "") -> Document:
    return Document(
        name or claim.document_id, claim.lang, claim.published, "", "", "", "", copy_of=copy_of
    )


def copied(claims: Iterable[Claim], name: str, lang: str) -> list[Claim]:
    """Return the claims of a document as another prints them later, the ids its own."""
    known = {c.id for c in claims if c.document_id == name}
    return [
        replace(
            c, id=f"{c.id}-copy", document_id="zz-copy", lang=lang, published="2026-01-01",
            part_of=f"{c.part_of}-copy" if c.part_of in known else c.part_of,
        )
        for c in claims if c.document_id == name
    ]  # fmt: skip


def told(result: Reconciled) -> list[tuple[object, ...]]:
    """Return what estimates say, without the claims they rest on."""
    return sorted(map(_told, result.estimates), key=str)


def _told(one: Estimate) -> tuple[object, ...]:
    about = one.metric, one.side, one.attacker, one.admin1, one.period_end, one.window, one.victims
    return *about, one.low, one.high, one.hedge, one.status, len(one.claimants)


@pytest.mark.parametrize("lang", ["en", "uk"])
@pytest.mark.parametrize(("group", "name"), PAIRS)
def test_copy_or_translation_changes_no_estimate(group: str, name: str, lang: str) -> None:
    claims, rulings = claims_of(group), RULINGS.get(group, ())
    more = copied(claims, name, lang)
    documents = {c.document_id: document(c) for c in claims}
    documents |= {"zz-copy": document(more[0], "zz-copy", copy_of=name)}
    before = reconcile(claims, rulings, None, documents)
    after = reconcile((*claims, *more), rulings, None, documents)
    assert told(after) == told(before)
    assert after.balances == before.balances


@pytest.mark.parametrize(("group", "name"), PAIRS)
def test_copy_that_nobody_marked_is_no_further_claimant(group: str, name: str) -> None:
    claims = claims_of(group)
    before = reconcile(claims, (), None)
    after = reconcile((*claims, *copied(claims, name, "en")), (), None)
    for one in before.estimates:
        for other in after.estimates:
            if set(one.claim_ids) <= set(other.claim_ids):
                assert len(other.claimants) == len(one.claimants)


def is_refused(group: str, name: str) -> bool:
    """Tell whether a page stands alone against others: a second one is a reason to look again."""
    result = reconcile(claims_of(group), RULINGS.get(group, ()), None)
    counted = {claim_id for estimate in result.estimates for claim_id in estimate.claim_ids}
    doubted = {i for f in result.findings if "not counted" in f.sentence for i in f.claim_ids}
    mine = {claim.id for claim in claims_of(group) if claim.document_id == name}
    return bool(mine & doubted - counted)


def lows(result: Reconciled) -> list[tuple[object, ...]]:
    """Return the numbers and voices: pages that doubt a number may outvote those that do not."""
    return sorted(
        (e.metric, e.side, e.incident, e.victims, e.low or -1, e.status) for e in result.estimates
    )


# A ruling names a document, and its copy is another.
UNREFUSED = [pair for pair in PAIRS if not is_refused(*pair) and pair[0] not in RULINGS]


@pytest.mark.parametrize(("group", "name"), UNREFUSED)
def test_copy_that_nobody_marked_changes_no_number(group: str, name: str) -> None:
    claims = claims_of(group)
    before = reconcile(claims, (), None)
    after = reconcile((*claims, *copied(claims, name, "uk")), (), None)
    assert lows(after) == lows(before)


WHOLES = [
    (group, claim.id)
    for group in GROUPS
    for claim in claims_of(group)
    if (claim.low or 0) > 1 and not claim.part_of and not claim.victims
]


@pytest.mark.parametrize(("group", "claim_id"), WHOLES)
def test_part_never_raises_a_total(group: str, claim_id: str) -> None:
    claims, rulings = claims_of(group), RULINGS.get(group, ())
    whole = next(c for c in claims if c.id == claim_id)
    inner = (
        {"victims": "child"}
        if whole.metric in PEOPLE
        else {"place": "Kostroma", "admin1": ("RU-KOS",)}
    )
    part = replace(
        whole, id="part", low=1, high=1, hedge="exact", part_of=whole.id, start=9999, **inner
    )
    before = reconcile(claims, rulings, None)
    after = reconcile((*claims, part), rulings, None)
    assert outside(after, part) == outside(before, part)


def is_given_bare(group: str, whole: Claim) -> bool:
    """Tell whether somebody gives one of the same without a whole: that may be the part, or not."""
    about = whole.metric, locality(whole), whole.period_end
    return any(
        (c.metric, locality(c), c.period_end, number(c)) == (*about, 1) and not c.part_of
        for c in claims_of(group)
    )


COUNTED = [
    (group, claim_id)
    for group, claim_id in WHOLES
    for claim in claims_of(group)
    if claim.id == claim_id and claim.aggregation != "increment"
    if not (claim.metric in PEOPLE and is_given_bare(group, claim))
]


@pytest.mark.parametrize(("group", "claim_id"), COUNTED)
def test_part_of_the_same_people_or_drones_leaves_its_total(group: str, claim_id: str) -> None:
    claims, rulings = claims_of(group), RULINGS.get(group, ())
    whole = next(c for c in claims if c.id == claim_id)
    one = replace(whole, low=1, high=1, hedge="exact", aggregation="period")
    part = replace(one, id="part", part_of=whole.id, start=9999)
    before = reconcile(claims, rulings, None)
    after = reconcile((*claims, part), rulings, None)
    assert totals(after, whole) == totals(before, whole)


def totals(result: Reconciled, whole: Claim) -> list[tuple[object, ...]]:
    return [(e.low, e.high, e.hedge) for e in result.estimates if whole.id in e.claim_ids]


def outside(result: Reconciled, part: Claim) -> list[tuple[object, ...]]:
    """Return what is told of all but the people and the region that a part is about."""
    about = part.victims, part.admin1
    return [_told(e) for e in result.estimates if (e.victims, e.admin1) != about]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("group", GROUPS)
def test_order_of_documents_does_not_matter(group: str, seed: int) -> None:
    claims, rulings = list(claims_of(group)), RULINGS.get(group, ())
    held = list({c.document_id: document(c) for c in claims}.items())
    first = reconcile(claims, rulings, None, dict(held))
    shuffled = random.Random(seed)
    shuffled.shuffle(claims)
    shuffled.shuffle(held)
    assert reconcile(claims, rulings, None, dict(held)) == first


NIGHT = next(c for c in claims_of("01 night to 21 May") if c.id == "a")
CLOCKS = st.tuples(st.integers(20, 23), st.integers(0, 9))
COUNTS = st.tuples(st.integers(10, 400), st.integers(10, 400))
SIDES = st.sampled_from([("Russia", "Ukraine"), ("Ukraine", "Russia")])


def said(one: str, count: int, side: tuple[str, str], **fields: object) -> Claim:
    about = {"attacker": side[0], "claimant_side": side[1], "claimant": "Ministry of Defence"}
    claim = replace(NIGHT, id=one, document_id=one, low=count, high=count, **about)
    return replace(claim, **fields)  # type: ignore[arg-type]


def ends(*claims: Claim) -> set[int | None]:
    result = reconcile(claims, (), None)
    return {end for e in result.estimates for end in (e.low, e.high)}


@given(COUNTS, CLOCKS, CLOCKS, SIDES)
def test_windows_that_share_hours_are_never_added(counts, one, other, side) -> None:
    hours = [f"{begin:02}:00-{end:02}:30" for begin, end in (one, other)]
    made = [said(*held, side, window=w) for *held, w in zip("ab", counts, hours, strict=True)]
    assert sum(counts) not in ends(*made)


@given(COUNTS, SIDES, st.sampled_from(["overnight", "20:00-08:00", "", "past_day"]))
def test_running_totals_are_never_added_to_days(counts, side, window: str) -> None:
    total, day = counts
    start = NIGHT.period_start
    assert start is not None
    running = said(
        "a", total, side, aggregation="cumulative", window="", period_start=start.replace(day=1)
    )
    assert total + day not in ends(running, said("b", day, side, window=window))


@given(COUNTS, SIDES)
def test_parts_are_never_added_to_their_total(counts, side) -> None:
    total, share = sum(counts), counts[0]
    inner = {"part_of": "a", "place": "Oryol", "admin1": ("RU-ORL",), "document_id": "a"}
    assert ends(said("a", total, side), said("b", share, side, **inner)) == {total, share}


@given(COUNTS, SIDES)
def test_windows_that_share_no_hour_are_added_by_name(counts, side) -> None:
    eve = NIGHT.period_start - dt.timedelta(days=1) if NIGHT.period_start else None
    days = {"period_start": eve, "period_end": eve}
    early = said("a", counts[0], side, window="20:00-24:00", **days)
    late = said("b", counts[1], side, window="00:00-07:00")
    assert sum(counts) in ends(early, late)
