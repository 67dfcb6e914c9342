"""What was known when: two editions of a day, what moved between them, the story of a toll."""

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest
from golden_claims import ROOT, golden_claims

from tally.documents import admit
from tally.evidence import gather
from tally.model import KYIV, Claim, Estimate, Metric, Reconciled, Ruling, published_at
from tally.names import load_names
from tally.reconcile import Change, history, reconcile, what_moved

MORNING = dt.datetime(2025, 5, 21, 8, tzinfo=KYIV)
NEXT_EVENING = dt.datetime(2025, 5, 22, 20, tzinfo=KYIV)


@cache
def known(moment: dt.datetime | None) -> Reconciled:
    return reconcile(golden_claims(), (), moment)


@cache
def moved() -> tuple[Change, ...]:
    return what_moved(known(MORNING), known(NEXT_EVENING))


def whole(reconciled: Reconciled, day: int, metric: str, attacker: str) -> list[str]:
    return [
        f"{e.low}-{e.high} {e.status}"
        for e in reconciled.estimates
        if e.metric == metric
        and e.attacker == attacker
        and e.period_start == e.period_end == dt.date(2025, 5, day)
        and not (e.place or e.admin1)
        and e.status != "partial"
        and " night" in e.incident
    ]


def test_morning_knows_nothing_of_the_night() -> None:
    assert whole(known(MORNING), 21, "drones_launched", "Russia") == []
    assert whole(known(MORNING), 20, "drones_launched", "Russia") == ["108-108 single source"]
    assert all(published_at(c.published) <= MORNING for c in known(MORNING).claims)


def test_date_means_the_end_of_that_day_and_a_bare_time_kyiv_time() -> None:
    day, bare = dt.date(2025, 5, 21), dt.datetime(2025, 5, 21, 8)
    assert reconcile(golden_claims(), (), day).claims != known(MORNING).claims
    assert {c.published for c in reconcile(golden_claims(), (), day).claims} >= {"2025-05-21"}
    assert reconcile(golden_claims(), (), bare) == known(MORNING)


def test_next_evening_knows_the_night_of_both_sides() -> None:
    evening = known(NEXT_EVENING)
    assert whole(evening, 21, "drones_launched", "Russia") == ["76-76 single source"]
    assert whole(evening, 21, "drones_intercepted", "Russia") == ["63-63 single source"]
    assert whole(evening, 21, "drones_intercepted", "Ukraine") == ["159-159 single source"]
    assert not any("268" in str(e.low) for e in evening.estimates)


def test_briefings_of_the_two_moments_differ() -> None:
    day = dt.date(2025, 5, 21)
    documents = {d.id: d for d in admit(ROOT / "data" / "documents").documents}
    nights = [gather(known(m), day, documents, load_names()) for m in (MORNING, NEXT_EVENING)]
    assert [bool(night.estimates) for night in nights] == [False, True]


def keys(reconciled: Reconciled) -> dict[tuple[object, ...], list[Estimate]]:
    held: dict[tuple[object, ...], list[Estimate]] = {}
    for e in reconciled.estimates:
        if e.status != "partial":
            held.setdefault((e.metric, e.side, e.incident, e.victims), []).append(e)
    return held


def test_every_line_of_the_difference_is_told_and_no_other() -> None:
    old, new = keys(known(MORNING)), keys(known(NEXT_EVENING))
    told = {
        (e.metric, e.side, e.incident, e.victims) for c in moved() if (e := c.after or c.before)
    }
    differ = {
        key
        for key in {*old, *new}
        if [(e.low, e.high, e.hedge) for e in old.get(key, [])]
        != [(e.low, e.high, e.hedge) for e in new.get(key, [])]
    }
    assert differ
    assert told == differ


def test_every_line_has_its_cause_in_a_document_that_came_between() -> None:
    later = {
        c.document_id
        for c in golden_claims()
        if MORNING < published_at(c.published) <= NEXT_EVENING
    }
    for change in moved():
        assert any(document in change.cause for document in later), change.sentence
        assert change.cause_ids


def test_toll_of_the_soldiers_came_with_the_national_guard() -> None:
    (change,) = (
        c
        for c in moved()
        if c.after
        and c.after.side == "Ukraine"
        and c.after.metric == Metric.KILLED
        and c.after.place in {"Shostka", "Шостки"}
    )
    assert change.kind == "new"
    assert "6 killed" in change.cause


@pytest.fixture
def odesa() -> tuple[Claim, ...]:
    return tuple(c for c in golden_claims() if c.admin1 == ("UA-51",) and c.period_end and
                 c.period_end.day == 23)  # fmt: skip


def of(claims: tuple[Claim, ...], metric: str, rulings: tuple[Ruling, ...] = ()) -> Estimate:
    (found,) = (
        e
        for e in reconcile(claims, rulings, None).estimates
        if e.metric == metric and e.place.startswith("Ode") and e.window == ""
    )
    return found


def test_history_gives_each_value_with_the_documents_that_moved_it(
    odesa: tuple[Claim, ...],
) -> None:
    steps = history(golden_claims(), (), of(odesa, "killed"))
    assert [(s.estimate.low if s.estimate else None) for s in steps] == [2, 3]
    assert steps[-1].document_ids == ("2025-05-24-babel-odesa-dead",)


def test_history_heeds_rulings(odesa: tuple[Claim, ...]) -> None:
    out = Ruling(
        "reject", (("document", "2025-05-24-babel-odesa-dead"),), "why", "desk", dt.date(2025, 6, 1)
    )
    steps = history(golden_claims(), (out,), of(odesa, "killed"))
    assert [(s.estimate.low if s.estimate else None) for s in steps] == [2]


def test_ruling_that_moves_a_figure_is_its_cause(odesa: tuple[Claim, ...]) -> None:
    out = Ruling(
        "reject", (("document", "2025-05-24-babel-odesa-dead"),), "why", "desk", dt.date(2025, 6, 1)
    )
    before, after = reconcile(odesa, (), None), reconcile(odesa, (out,), None)
    changes = {c.kind: c for c in what_moved(before, after)}
    assert changes["lowered"].cause.startswith("A ruling takes out")
    assert "2025-05-24-babel-odesa-dead" in changes["lowered"].cause


def test_second_voice_that_disagrees_is_newly_contested() -> None:
    one = next(c for c in golden_claims() if c.metric == Metric.DRONES_LAUNCHED)
    other = replace(
        one, id="other", document_id="2025-05-30-x", published="2025-05-30", low=1, high=1,
        claimant="General Staff of Ukraine",
    )  # fmt: skip
    (change,) = what_moved(reconcile([one], (), None), reconcile([one, other], (), None))
    assert change.kind == "newly contested"
    assert "2025-05-30-x" in change.cause
    assert "does not agree" in change.cause


def test_count_that_its_claimant_takes_back_is_lowered() -> None:
    one = next(c for c in golden_claims() if c.metric == Metric.DRONES_LAUNCHED)
    later = replace(
        one, id="later", document_id="2025-05-30-x", published="2025-05-30", low=1, high=1
    )
    (change,) = what_moved(reconcile([one], (), None), reconcile([one, later], (), None))
    assert change.kind == "lowered"
    assert "2025-05-30-x" in change.cause


def windows(*hours: str) -> list[Claim]:
    one = next(c for c in golden_claims() if c.metric == Metric.DRONES_INTERCEPTED)
    about = {"window": "", "place": "", "admin1": (), "part_of": "", "hedge": "exact"}
    return [
        replace(one, **{**about, "id": span, "document_id": span, "window": span,
                        "low": number, "high": number, "start": number})
        for number, span in enumerate(hours, start=40)
    ]  # fmt: skip


def test_figure_is_compared_with_that_of_its_own_hours() -> None:
    noon, evening = (replace(c, hedge="about") for c in windows("10:00-12:00", "14:00-16:00"))
    dawn = replace(noon, id="dawn", document_id="dawn", window="08:00-09:00", low=90, high=90)
    changes = what_moved(reconcile([noon, evening], (), None),
                         reconcile([dawn, noon, evening], (), None))  # fmt: skip
    assert [(c.kind, c.after and c.after.window) for c in changes] == [("new", "08:00-09:00")]


def test_window_that_another_is_added_to_is_raised_by_the_sum() -> None:
    late, early = windows("20:00-24:00", "00:00-07:00")
    eve = (late.period_end or dt.date.min) - dt.timedelta(days=1)
    late = replace(late, period_start=eve, period_end=eve)
    (change,) = what_moved(reconcile([late], (), None), reconcile([late, early], (), None))
    assert (change.kind, change.after and change.after.low) == ("raised", 81)
    assert change.cause.startswith("40 + 41 = 81: ")
    assert set(change.cause_ids) == {late.id, early.id}
