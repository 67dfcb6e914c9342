"""Every view shows the same number: briefing, period, region, explorer, of one day and one side."""

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from test_reconcile import RULINGS, claims_of, rows

from tally import briefing
from tally.evidence import Count, Night, gather
from tally.explorer.corpus import Corpus, open_corpus
from tally.explorer.selection import Selection
from tally.explorer.view import View, look
from tally.model import OPPONENT, TOLLS, Document, Metric, Side
from tally.names import load_names
from tally.reconcile import reconcile
from tally.region import Profile, profile
from tally.review import open_review
from tally.series import ATTACKERS, bars
from tally.span import Day, Review
from tally.tolls import toll_sum, tolls

FIRST, LAST = dt.date(2025, 5, 14), dt.date(2025, 5, 28)
DATA = Path(__file__).parent.parent / "data"
STOPPED = Metric.DRONES_INTERCEPTED
DAYS = [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
Ends = tuple[int | None, int | None, str] | None


@cache
def period() -> Review:
    return open_review(str(FIRST), str(LAST))


@cache
def corpus() -> Corpus:
    return open_corpus((FIRST, LAST))


@cache
def explored(metric: Metric, place: str = "") -> View:
    return look(corpus(), Selection(FIRST, LAST, metric, place))


@cache
def daily(day: dt.date) -> Night:
    return briefing.open_night(str(day), str(LAST + dt.timedelta(days=3650)), "", DATA)


@cache
def region(code: str) -> Profile:
    return profile(period(), code, load_names())


def ends(count: Count | None) -> Ends:
    return (count.low, count.high, count.hedge) if count else None


def of(day: dt.date) -> Day:
    return next(one for one in period().days if one.night.day == day)


def marked(metric: Metric, attacker: str, day: dt.date, place: str = "") -> Ends:
    """Return the explorer's figure of a day on the word of the side that was struck."""
    for panel in explored(metric, place).panels:
        if (panel.attacker, panel.side) == (attacker, OPPONENT[attacker]):
            return next(ends(mark.count) for mark in panel.marks if mark.day == day)
    return None


@pytest.mark.parametrize("attacker", ATTACKERS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_drones_of_a_night_are_one_number_in_briefing_period_and_explorer(
    day: dt.date, attacker: str
) -> None:
    told = {
        bar.munition: (ends(bar.stopped), ends(bar.launched))
        for bar in bars(daily(day))
        if bar.attacker == attacker
    }
    assert told == {
        bar.munition: (ends(bar.stopped), ends(bar.launched))
        for bar in of(day).bars
        if bar.attacker == attacker
    }
    own = next((b for b in of(day).bars if (b.attacker, b.munition) == (attacker, "drones")), None)
    if own and own.stopped and own.side == OPPONENT[attacker]:
        assert marked(STOPPED, attacker, day) == ends(own.stopped)


@pytest.mark.parametrize("metric", sorted(TOLLS))
@pytest.mark.parametrize("attacker", ATTACKERS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_toll_of_a_country_is_one_number_in_briefing_period_and_explorer(
    day: dt.date, attacker: str, metric: Metric
) -> None:
    country = OPPONENT[attacker]
    made = toll_sum(daily(day), metric, country)
    here = ends(made.count) if made else None
    assert ends(of(day).tolls[metric, country]) == here
    if made and made.side == country:
        assert marked(metric, attacker, day) == here


def codes(side: Side) -> list[str]:
    start = {"Ukraine": "UA", "Russia": "RU"}[side]
    claims = (claim for day in period().days for claim in day.night.claims)
    return sorted({code for claim in claims for code in claim.admin1 if code.startswith(start)})


PLACES = [(attacker, code) for attacker in ATTACKERS for code in codes(OPPONENT[attacker])]


@pytest.mark.parametrize("metric", [STOPPED, *sorted(TOLLS)])
@pytest.mark.parametrize(("attacker", "code"), PLACES)
def test_figure_of_a_region_is_one_number_in_profile_and_explorer(
    attacker: str, code: str, metric: Metric
) -> None:
    shown = {
        one.day.night.day: ends(one.counts[metric])
        for one in region(code).days
        if metric in one.counts
    }
    drawn = {day: found for day in DAYS if (found := marked(metric, attacker, day, code))}
    if metric in TOLLS:
        # A map says of a region's people what is said at least; a profile what is said.
        assert {day: found[0] for day, found in drawn.items()} == {
            day: found[0] for day, found in shown.items() if found and found[0]
        }
    else:
        assert {day: drawn.get(day) for day in shown} == shown


def shown(group: str) -> list[Night]:
    """Return the nights of a group of cases as a briefing shows them."""
    claims = claims_of(group)
    told = reconcile(claims, RULINGS.get(group, ()), None)
    documents = {
        c.document_id: Document(c.document_id, "en", c.published, "", "", "", "") for c in claims
    }
    days = sorted({c.period_end for c in claims if c.period_end})
    return [gather(told, day, documents, load_names()) for day in days]


@pytest.mark.parametrize("group", sorted({row["group"] for row in rows("reconcile_claims.tsv")}))
def test_dead_and_injured_of_one_row_are_of_one_attack(group: str) -> None:
    for night in shown(group):
        tolled = [e for e in night.estimates if e.metric in TOLLS and not e.victims]
        attacks: dict[str, set[Metric]] = {}
        for one in tolled:
            attacks.setdefault(f"{one.side} {one.incident}", set()).add(one.metric)
        whole = [e for e in tolled if len(attacks[f"{e.side} {e.incident}"]) == len(TOLLS)]
        for row in tolls(night):
            behind = {e.incident for e in whole if row.claim_ids & set(e.claim_ids)}
            assert len(behind) <= 1, (row.place, behind)


@pytest.mark.parametrize("group", sorted({row["group"] for row in rows("reconcile_claims.tsv")}))
def test_no_night_accounts_for_more_than_flew_or_for_a_claim_twice(group: str) -> None:
    for night in shown(group):
        for bar in bars(night):
            parts = [part.count for part in bar.parts if not part.terms]
            numbers = [n for count in parts for n in count.numbers]
            assert len(numbers) == len(set(numbers)), bar
            if bar.launched and bar.launched.high is not None and bar.parts:
                assert sum(count.low or 0 for count in parts) <= bar.launched.high, bar


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_tile_of_people_says_disagree_only_of_a_contested_toll(day: dt.date) -> None:
    night = daily(day)
    (row,) = (b.block for b in briefing.opening(night) if b.block["kind"] == "tiles")
    for tile in row["tiles"]:
        if tile["label"] in {"KILLED", "INJURED"}:
            metric = Metric(tile["label"].casefold())
            made = [toll_sum(night, metric, country) for country in OPPONENT.values()]
            contested = any(one.contested for one in made if one)
            assert ("claimants disagree" in tile["note"]) == contested
