"""What is shown of a day counts nobody twice: every total of the example corpus, claim by claim."""

import itertools
from collections.abc import Iterable
from functools import cache

import pytest

from tally.evidence import Count, Night
from tally.model import OPPONENT, TOLLS, Claim, Metric, RelationKind
from tally.names import load_names
from tally.region import located, profile
from tally.review import open_review
from tally.series import ATTACKERS
from tally.span import Day, Review
from tally.tolls import toll_sums, tolls

COUNTRIES = ("Ukraine", "Russia")
SAME = {RelationKind.PART_OF, RelationKind.REPEATS, RelationKind.UPDATES, RelationKind.CORRECTS}


@cache
def made() -> Review:
    return open_review("2025-05-14", "2025-05-28")


def days() -> list[object]:
    return [pytest.param(day, id=str(day.night.day)) for day in made().days]


def behind(night: Night, count: Count | None) -> list[Claim]:
    return [night.claims[number - 1] for number in count.numbers] if count else []


def tied(night: Night, one: Iterable[Claim], other: Iterable[Claim]) -> set[tuple[str, str]]:
    """Return the pairs of two groups that are one number, or one inside the other."""
    ones, others = {c.id for c in one}, {c.id for c in other}
    shared = {(claim_id, claim_id) for claim_id in ones & others}
    return shared | {
        (r.claim_id, r.other_id)
        for r in night.relations
        if r.kind in SAME
        and (
            (r.claim_id in ones and r.other_id in others)
            or (r.claim_id in others and r.other_id in ones)
        )
    }


def test_span_holds_every_day() -> None:
    assert len(made().days) == 15
    assert all(day.night.claims for day in made().days)


@pytest.mark.parametrize("day", days())
@pytest.mark.parametrize("country", COUNTRIES)
def test_terms_of_a_toll_are_other_regions_and_other_people(day: Day, country: str) -> None:
    night = day.night
    for total in filter(None, toll_sums(night, country)):
        terms = [behind(night, term) for term in total.terms]
        for one, other in itertools.combinations(terms, 2):
            assert not tied(night, one, other)
            assert not {c.admin1 for c in one} & {c.admin1 for c in other}
        if total.terms:
            assert total.count.low == sum(term.low or 0 for term in total.terms)
        assert all(night.in_scope(claim) for term in terms for claim in term)


@pytest.mark.parametrize("day", days())
@pytest.mark.parametrize("country", COUNTRIES)
def test_stated_toll_has_no_region_added_to_it(day: Day, country: str) -> None:
    for total in filter(None, toll_sums(day.night, country)):
        if not total.terms:
            numbers = {claim.low for claim in behind(day.night, total.count)}
            assert total.count.low in numbers


@pytest.mark.parametrize("day", days())
def test_fates_of_drones_are_other_claims_and_no_more_than_flew(day: Day) -> None:
    for bar in day.bars:
        parts = [part for part in bar.parts if not part.terms]
        numbers = [claim.id for part in parts for claim in behind(day.night, part.count)]
        assert len(numbers) == len(set(numbers)), bar
        assert len({part.kind for part in bar.parts}) == len(bar.parts)
        if bar.launched and bar.launched.high is not None:
            assert sum(part.count.low or 0 for part in bar.parts) <= bar.launched.high, bar


@pytest.mark.parametrize("day", days())
@pytest.mark.parametrize("attacker", ATTACKERS)
def test_shares_of_a_total_are_inside_it_once_each(day: Day, attacker: str) -> None:
    for side, shares in itertools.groupby(day.shares(), key=lambda pair: pair[0]):
        if side == OPPONENT[attacker]:
            held = [behind(day.night, share.count) for _, share in shares]
            for one, other in itertools.combinations(held, 2):
                assert not tied(day.night, one, other)


@pytest.mark.parametrize("day", days())
def test_one_claim_is_drones_of_one_region(day: Day) -> None:
    held = [behind(day.night, count) for count in located(day).values()]
    ids = [claim.id for found in held for claim in found]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("day", days())
def test_windows_that_are_added_share_no_hour_and_stand_nowhere_else_whole(day: Day) -> None:
    for joined in (e for e in day.night.estimates if "+" in e.window):
        pieces = set(joined.claim_ids)
        whole = [e for e in day.night.estimates if e is not joined and pieces & set(e.claim_ids)]
        assert {e.status for e in whole} <= {"partial"}
        assert joined.low == sum(
            claim.low or 0 for i in joined.claim_ids if (claim := day.night.claim(i))
        )


@pytest.mark.parametrize("day", days())
def test_no_estimate_of_a_day_rests_on_a_running_total_or_counts_a_claim_with_its_part(
    day: Day,
) -> None:
    stated = [e for e in day.night.estimates if e.status != "partial"]
    for estimate in stated:
        claims = [claim for i in estimate.claim_ids if (claim := day.night.claim(i))]
        assert all(claim.aggregation != "cumulative" for claim in claims)
        assert not {claim.id for claim in claims} & {claim.part_of for claim in claims}


@pytest.mark.parametrize("day", days())
def test_rows_of_places_hold_each_claim_once(day: Day) -> None:
    rows = tolls(day.night)
    for one, other in itertools.combinations(rows, 2):
        assert not one.claim_ids & other.claim_ids, (one.place, other.place)


@pytest.mark.parametrize("code", ["UA-32", "UA-59", "UA-63", "RU-BRY", "RU-KRS", "RU-MOS"])
def test_region_shows_of_a_day_no_more_than_one_of_its_own_claims(code: str) -> None:
    found = profile(made(), code, load_names())
    for one in found.days:
        for metric, count in one.counts.items():
            claims = behind(one.day.night, count)
            assert all(code in claim.admin1 for claim in claims)
            assert all(one.day.night.in_scope(claim) for claim in claims)
            # Never a sum: somebody said the very number.
            assert count.low in {claim.low for claim in claims}, (one.day.night.day, metric)


def test_no_claim_enters_the_totals_of_two_days() -> None:
    held: dict[str, object] = {}
    for day in made().days:
        counts = [*day.tolls.values(), *(c for bar in day.bars for c in day.counts(bar))]
        for claim in {c for count in counts for c in behind(day.night, count)}:
            assert held.setdefault(claim.id, day.night.day) == day.night.day


def test_corpus_has_what_is_looked_for() -> None:
    nights = [day.night for day in made().days]
    sums = [
        total for night in nights for country in COUNTRIES for total in toll_sums(night, country)
    ]
    assert any(len(total.terms) > 2 for total in sums if total)
    assert any(len(list(day.shares())) > 2 for day in made().days)
    assert any("+" in e.window for night in nights for e in night.estimates)
    assert any(len(bar.parts) > 2 for day in made().days for bar in day.bars)
    assert set(TOLLS) == {Metric.KILLED, Metric.INJURED}
