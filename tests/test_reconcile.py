"""Groups of pages that disagree (cases/reconcile_claims.tsv) and what they say together."""

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tally.model import Claim, Estimate, Metric, Reconciled, Ruling
from tally.reconcile import reconcile, what_moved

CASES = Path(__file__).parent / "cases"
HEDGES = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than", "~": "about"}
LORRY = Ruling(
    decision="different_incident",
    match=(("document", "2025-05-14-chas-pravdy"),),
    reason="a drone on a lorry, not the missile on the plant",
    author="desk",
    date=dt.date(2025, 5, 15),
)
RULINGS = {"10 Sumy plant": (LORRY,)}


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(newline="", encoding="utf-8") as lines:
        return [
            {column: cell or "" for column, cell in row.items()}
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def quantity(figure: str) -> tuple[int | None, int | None, str]:
    for sign, hedge in HEDGES.items():
        if figure.startswith(sign):
            value = int(figure.removeprefix(sign))
            ends = {"~": (value, value), ">": (value, None), "<": (None, value)}
            return *ends[sign[0]], hedge
    low, _, high = figure.partition("..")
    return int(low), int(high or low), "range" if high else "exact"


def claim(row: dict[str, str], start: int) -> Claim:
    low, high, hedge = quantity(row["figure"])
    return Claim(
        id=row["id"],
        document_id=f"{row['published'][:10]}-{row['document']}",
        lang="en",
        metric=Metric(row["metric"]),
        low=low,
        high=high,
        hedge=hedge,
        aggregation=row["aggregation"],
        attacker=row["attacker"],
        claimant=row["claimant"],
        claimant_side=row["side"],
        place=row["place"],
        admin1=tuple(filter(None, row["admin1"].split(";"))),
        period_start=dt.date.fromisoformat(row["start"]) if row["start"] else None,
        period_end=dt.date.fromisoformat(row["end"]) if row["end"] else None,
        window=row["window"],
        as_of="",
        published=row["published"],
        victims=row["victims"],
        weapon="",
        mode=row["mode"],
        part_of=row["part_of"],
        unverified=False,
        quote=row["figure"],
        start=start,
        end=start + 1,
        rule="case",
    )


@cache
def claims_of(group: str) -> tuple[Claim, ...]:
    held = rows("reconcile_claims.tsv")
    return tuple(claim(row, n) for n, row in enumerate(held) if row["group"] == group)


@cache
def reconciled(group: str) -> Reconciled:
    return reconcile(claims_of(group), RULINGS.get(group, ()), None)


def estimates_on(result: Reconciled, claim_id: str) -> list[Estimate]:
    return [e for e in result.estimates if claim_id in e.claim_ids and "+" not in e.window]


def kinds(result: Reconciled, one: str, other: str) -> set[str]:
    return {r.kind for r in result.relations if (r.claim_id, r.other_id) == (one, other)}


def cases(what: str) -> list[object]:
    held = rows("reconcile_expected.tsv")
    return [
        pytest.param(row, id=f"{row['group']}: {row['claim']} {row['value']} {row['other']}")
        for row in held
        if row["what"] == what
    ]


def test_every_group_has_claims_and_expectations() -> None:
    given = {row["group"] for row in rows("reconcile_claims.tsv")}
    assert given == {row["group"] for row in rows("reconcile_expected.tsv")}
    known = {"estimate", "relation", "contradicts", "unrelated", "uncounted"}
    known |= {"absent", "balance", "finding", "silent", "sum"}
    assert {row["what"] for row in rows("reconcile_expected.tsv")} == known


@pytest.mark.parametrize("case", cases("estimate"))
def test_estimate(case: dict[str, str]) -> None:
    (found,) = estimates_on(reconciled(case["group"]), case["claim"])
    low, high, hedge = quantity(case["value"])
    assert (found.low, found.high, found.hedge) == (low, high, hedge)
    assert found.status == case["other"]


def copies(result: Reconciled, claim_id: str) -> set[str]:
    """Return the claims that give the same number of the same event, itself included."""
    found = {claim_id}
    for r in (*result.relations, *reversed(result.relations)):
        if r.kind == "repeats" and found & {r.claim_id, r.other_id}:
            found |= {r.claim_id, r.other_id}
    return found


@pytest.mark.parametrize("case", cases("relation"))
def test_relation(case: dict[str, str]) -> None:
    result = reconciled(case["group"])
    ones, others = copies(result, case["claim"]), copies(result, case["other"])
    if case["value"] == "repeats":
        assert case["other"] in ones
    else:
        assert {case["value"]} <= set().union(*(kinds(result, a, b) for a in ones for b in others))


@pytest.mark.parametrize("case", cases("contradicts"))
def test_contradiction_is_a_relation_and_a_finding(case: dict[str, str]) -> None:
    result, pair = reconciled(case["group"]), {case["claim"], case["other"]}
    said = {number for one in pair for e in estimates_on(result, one) for number in e.claim_ids}
    related = [
        r
        for r in result.relations
        if r.kind == "contradicts" and {r.claim_id, r.other_id} <= said | pair
    ]
    assert related
    assert any(
        set(f.claim_ids) == {r.claim_id, r.other_id} for r in related for f in result.findings
    )


@pytest.mark.parametrize("case", cases("unrelated"))
def test_unrelated(case: dict[str, str]) -> None:
    result = reconciled(case["group"])
    one, other = case["claim"], case["other"]
    assert not kinds(result, one, other) | kinds(result, other, one)


@pytest.mark.parametrize("case", cases("uncounted"))
def test_refused_figure_stands_in_no_estimate_and_is_said_aloud(case: dict[str, str]) -> None:
    result = reconciled(case["group"])
    assert not estimates_on(result, case["claim"])
    assert any(
        case["claim"] in f.claim_ids and "not counted" in f.sentence for f in result.findings
    )


@pytest.mark.parametrize("case", cases("absent"))
def test_nothing_is_counted_twice(case: dict[str, str]) -> None:
    ends = {
        end
        for e in reconciled(case["group"]).estimates
        if e.metric == case["claim"]
        for end in (e.low, e.high)
    }
    assert int(case["value"]) not in ends


@pytest.mark.parametrize("case", cases("sum"))
def test_windows_that_share_no_hour_add_up_and_say_which(case: dict[str, str]) -> None:
    (found,) = (e for e in reconciled(case["group"]).estimates if "+" in e.window)
    assert found.window == case["other"]
    assert (found.low, found.high, found.hedge) == quantity(case["value"])
    assert found.claim_ids == tuple(case["claim"].split(";"))
    assert found.status == "partial"


@pytest.mark.parametrize("case", cases("balance"))
def test_balance(case: dict[str, str]) -> None:
    day = dt.date.fromisoformat(case["other"])
    (found,) = (
        b
        for b in reconciled(case["group"]).balances
        if (b.attacker, b.period_end) == (case["claim"], day)
    )
    shown = [
        "-" if n is None else str(n)
        for n in (found.launched, found.intercepted, found.lost, found.hit, found.remainder)
    ]
    if found.airborne is not None:
        shown.insert(-1, str(found.airborne))
    assert f"{shown[0]} = {' + '.join(shown[1:])}" == case["value"]


@pytest.mark.parametrize("case", cases("finding"))
def test_finding(case: dict[str, str]) -> None:
    found = [f for f in reconciled(case["group"]).findings if f.check == case["value"]]
    assert any(case["claim"] in f.claim_ids and case["other"] in f.sentence for f in found)


@pytest.mark.parametrize("case", cases("silent"))
def test_what_agrees_is_no_finding(case: dict[str, str]) -> None:
    found = [f for f in reconciled(case["group"]).findings if f.check == case["value"]]
    assert not any(case["claim"] in (*f.claim_ids, "") for f in found)


def test_regions_are_compared_within_one_claimant_one_window_and_a_closed_total() -> None:
    result = reconciled("58 regions above the country's night")
    found = [f for f in result.findings if f.check == "regions_exceed_total"]
    assert {frozenset(f.claim_ids) for f in found} == {
        frozenset({"a", "a1", "a2"}),
        frozenset({"h", "h1", "h2"}),
    }


GROUPS = sorted({row["group"] for row in rows("reconcile_claims.tsv")})


@pytest.mark.parametrize("group", GROUPS)
def test_order_of_the_claims_does_not_matter(group: str) -> None:
    assert reconcile(reversed(claims_of(group)), RULINGS.get(group, ()), None) == reconciled(group)


@pytest.mark.parametrize("group", GROUPS)
def test_claims_are_kept_as_they_are(group: str) -> None:
    assert set(reconciled(group).claims) == set(claims_of(group))


@pytest.mark.parametrize("group", GROUPS)
def test_every_relation_names_known_claims_and_explains_itself(group: str) -> None:
    result = reconciled(group)
    known = {c.id: c for c in result.claims}
    for relation in result.relations:
        assert relation.claim_id != relation.other_id
        assert relation.rule
        assert known[relation.claim_id].document_id in relation.sentence
        assert relation.sentence.endswith(".")


@pytest.mark.parametrize("group", GROUPS)
def test_belligerents_are_never_in_one_estimate(group: str) -> None:
    result = reconciled(group)
    sides = {c.id: c.claimant_side for c in result.claims}
    for one in result.estimates:
        assert {sides[i] for i in one.claim_ids} <= {one.side, "unattributed"}


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_as_of_replays_what_was_known() -> None:
    group = "09 Odesa port"
    known = reconcile(claims_of(group), (), at("2025-05-23T21:00"))
    assert {c.document_id[:10] for c in known.claims} == {"2025-05-23"}
    assert [e.low for e in known.estimates] == [7, 2]
    assert reconcile(claims_of(group), (), at("2025-05-22T12:00")).estimates == ()


def test_times_of_one_day_put_tolls_in_order() -> None:
    early, late = (
        replace(c, published=f"2025-05-25T{hour}:00+03:00", document_id=f"page-{hour}")
        for c, hour in zip(claims_of("11 night to 25 May")[2:4], ("15", "09"), strict=True)
    )
    early = replace(early, metric=Metric.INJURED, low=16, high=16)
    result = reconcile((early, late), (), None)
    (relation,) = (r for r in result.relations if r.kind == "updates")
    assert relation.rule == "later and higher"
    assert "published earlier the same day (page-09)" in relation.sentence


DIGESTS = [
    # windows of ten and of twelve injured, when the twelve came out -> low, status
    (("past_day", "past_day"), "2025-05-31", 10, "contested"),
    (("past_day", "past_day"), "2025-06-01", 12, "updated"),
    (("overnight", "overnight"), "2025-05-31", 12, "updated"),
]


@pytest.mark.parametrize(("spans", "published", "low", "status"), DIGESTS)
def test_digest_of_a_day_does_not_grow_within_its_day(
    spans: tuple[str, str], published: str, low: int, status: str
) -> None:
    twelve, ten = (c for c in claims_of("22 30-31 May") if c.id in {"h", "h1"})
    held = (replace(ten, window=spans[0]), replace(twelve, window=spans[1], published=published))
    (found,) = reconcile(held, (), None).estimates
    assert (found.low, found.high, found.status) == (low, 12, status)


EVENINGS = [
    # the hours of a toll of the 2nd, those of one of the 3rd -> are they one event
    ("evening", "overnight", True), ("21:00-23:30", "overnight", True), ("evening", "", True),
    ("overnight", "overnight", False), ("daytime", "overnight", False), ("", "overnight", False),
    ("16:00-17:00", "overnight", False), ("past_day", "overnight", False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "one"), EVENINGS)
def test_toll_of_an_evening_belongs_to_the_night_that_it_begins(
    before: str, after: str, one: bool
) -> None:
    forty, fifty = (c for c in claims_of("20 1-3 May") if c.id in {"v", "v1"})
    held = (replace(forty, window=before), replace(fifty, window=after))
    assert len(reconcile(held, (), None).estimates) == (1 if one else 2)


def test_sentence_of_an_update_names_both() -> None:
    result = reconciled("08 bus at Bilopillia")
    (found,) = (r for r in result.relations if r.kind == "updates" and r.other_id == "a")
    assert (
        "Zarko's figure of 9 killed in Bilopillia (2025-05-17-censor-net) replaces"
        in found.sentence
    )
    assert "8 killed in Bilopillia, published the same day (2025-05-17-interf" in found.sentence


def test_media_copies_of_one_claimant_are_one_claimant() -> None:
    (found,) = estimates_on(reconciled("05 Shostka range"), "e")
    assert len(found.claim_ids) == 3
    assert len(found.claimants) == 1


def test_figure_without_a_source_that_equals_a_statement_repeats_it() -> None:
    stated = claims_of("15 night to 27 May")[0]
    copy = replace(stated, id="copy", document_id="x", claimant="", claimant_side="unattributed")
    result = reconcile((stated, copy), (), None)
    assert kinds(result, "copy", stated.id) == {"repeats"}
    (found,) = result.estimates
    assert (found.side, found.status) == ("Ukraine", "single source")


def test_figure_without_a_source_that_equals_nothing_stays_apart() -> None:
    stated = claims_of("15 night to 27 May")[3]
    other = replace(
        stated, id="x", document_id="x", claimant="", claimant_side="unattributed", low=71, high=71
    )
    result = reconcile((stated, other), (), None)
    assert {(e.side, e.low) for e in result.estimates} == {("Ukraine", 60), ("unattributed", 71)}
    assert any(r.kind == "contradicts" for r in result.relations)


def test_share_of_a_total_is_a_part_of_it_in_a_copy_too() -> None:
    held = [c for c in claims_of("01 night to 21 May") if c.id in {"d", "d1"}]
    total = replace(held[0], id="t", document_id="copy")
    share = replace(held[1], id="s", document_id="copy", part_of="")
    result = reconcile((*held, total, share), (), None)
    assert kinds(result, "s", "d") == {"part_of"}


def test_share_without_hours_is_counted_over_those_of_its_total() -> None:
    held = {c.id: c for c in claims_of("13 25 May over Russia")}
    share = replace(held["d1"], window="")
    night = replace(held["c"], id="night", window="overnight", place="Kursk", admin1=("RU-KRS",),
                    low=10, high=10, document_id="elsewhere")  # fmt: skip
    result = reconcile((held["d"], share, night), (), None)
    assert not [r for r in result.relations if r.kind == "contradicts"]
    (found,) = estimates_on(result, "d1")
    assert (found.low, found.window) == (21, "13:00-20:00")
    assert share in result.claims


def test_part_that_names_its_own_hours_keeps_them() -> None:
    days = replace(claims_of("14 night to 26 May")[0], id="days", window="10:00-08:00", low=148,
                   high=148, period_start=dt.date(2025, 5, 25))  # fmt: skip
    night = replace(
        claims_of("14 night to 26 May")[0], document_id=days.document_id, part_of="days"
    )
    (found,) = estimates_on(reconcile((days, night), (), None), "a")
    assert (found.low, found.window) == (96, "overnight")


@pytest.mark.parametrize("day", ["2025-05-25", "2025-05-27"])
def test_weaker_word_takes_back_nothing(day: str) -> None:
    firm = replace(claims_of("08 bus at Bilopillia")[2], published="2025-05-26")
    weak = replace(firm, id="weak", document_id="weak", low=7, high=None, hedge="at_least",
                   published=day)  # fmt: skip
    (found,) = reconcile((firm, weak), (), None).estimates
    assert (found.low, found.high) == (9, 9)


def test_at_least_by_others_leaves_room_for_more_but_may_be_lowered_by_its_own_people() -> None:
    high = replace(claims_of("08 bus at Bilopillia")[2], low=79, high=None, hedge="at_least",
                   published="2025-05-25", claimant="Ihor Klymenko")  # fmt: skip
    low = replace(high, id="low", document_id="low", low=50, published="2025-05-26")
    by_others = replace(low, claimant="State Emergency Service")
    (found,) = reconcile((high, by_others), (), None).estimates
    assert (found.low, found.status) == (79, "single source")
    (found,) = reconcile((high, low), (), None).estimates
    assert (found.low, found.status) == (50, "updated")


def test_minority_that_misplaces_a_toll_is_refused_and_half_is_not() -> None:
    toll = claims_of("11 night to 25 May")
    region = [c for c in toll if c.id in {"c1", "c2"}]
    region += [replace(c, part_of="") for c in region]
    made = []
    for number, where in enumerate(["UA-32"] * 4 + ["UA-30"] * 2):
        place = {"place": "Kyiv" if where == "UA-30" else "Kyiv region", "admin1": (where,)}
        made += [
            replace(
                c,
                id=f"{c.id}-{number}",
                document_id=f"page-{number}",
                start=c.start + number,
                **place,
            )
            for c in region[:2]
        ]
    refused = {r.claim_id for r in reconcile(made, (), None).relations if r.rule == "other place"}
    refused |= {r.other_id for r in reconcile(made, (), None).relations if r.rule == "other place"}
    assert {"c1-4", "c1-5"} <= refused
    assert not [r for r in reconcile(made[4:], (), None).relations if r.rule == "other place"]


def test_exact_copy_that_nobody_marked_adds_no_vote_to_a_slip() -> None:
    right, slip, other = claims_of("45 two digits exchanged in a copy")
    again = replace(slip, id="again", document_id="2025-08-21-again")
    relations = reconcile((right, slip, other, again), (), None).relations
    assert {(r.claim_id, r.kind) for r in relations if r.rule == "two digits exchanged"} == {
        (slip.id, "contradicts"),
        (again.id, "contradicts"),
    }
    copy = replace(right, id="copy", document_id="2025-08-21-copy-of-wire")
    told = reconcile((right, slip, copy), (), None)
    assert slip.id in {claim_id for e in told.estimates for claim_id in e.claim_ids}


def test_parts_have_parts() -> None:
    result = reconciled("04 Boryspil family")
    assert kinds(result, "d3", "d2") == kinds(result, "d2", "d") == {"part_of"}


def test_running_total_is_never_compared_with_a_day() -> None:
    day = claims_of("15 night to 27 May")[0]
    running = replace(day, id="total", aggregation="cumulative", low=29000, high=29000)
    result = reconcile((day, running), (), None)
    assert sorted(e.low or 0 for e in result.estimates) == [43, 29000]
    assert not result.relations


def test_undated_claims_of_two_documents_are_two_events() -> None:
    one = replace(claims_of("09 Odesa port")[0], period_start=None, period_end=None)
    other = replace(one, id="other", document_id="elsewhere", low=5, high=5)
    result = reconcile((one, other), (), None)
    assert len(result.estimates) == 2
    assert not result.relations


def test_negative_remainder_is_kept_and_found() -> None:
    held = claims_of("15 night to 27 May")
    hit = replace(held[2], id="hit", metric=Metric.DRONES_HIT, low=20, high=20)
    result = reconcile((*held, hit), (), None)
    (balance,) = result.balances
    assert balance.remainder == -3
    (found,) = (f for f in result.findings if f.check == "fates_exceed_launched")
    assert "35 + 8 + 20 = 63" in found.sentence
    assert "60 were launched: 3 too many" in found.sentence


def test_estimates_of_one_side_alone_have_no_launched_figure() -> None:
    (balance,) = reconciled("16 night to 28 May").balances
    assert (balance.launched, balance.intercepted, balance.located) == (None, 296, None)
    assert balance.remainder is None


def ruling(decision: str, **match: str) -> Ruling:
    return Ruling(decision, tuple(match.items()), "why", "desk", dt.date(2025, 6, 1))


def test_rejected_claim_is_shown_and_not_counted() -> None:
    group = "17 night to 15 May"
    out = ruling("reject", document="2025-05-15-kyiv-independent")
    result = reconcile(claims_of(group), (out,), None)
    assert result.rejected == {"d"}
    assert "d" in {c.id for c in result.claims}
    (found,) = estimates_on(result, "a")
    assert (found.low, found.high, found.status) == (110, 110, "single source")


def test_accepted_claim_stands_alone() -> None:
    group = "11 night to 25 May"
    out = ruling("accept", document="2025-05-25-babel", low="11", place="Київ")
    (found,) = estimates_on(reconcile(claims_of(group), (out,), None), "b3")
    assert (found.low, found.high) == (11, 11)


def test_same_incident_joins_what_places_keep_apart() -> None:
    group = "23 Kupiansk-Vuzlovyi"
    joined = ruling("same_incident", metric="injured")
    result = reconcile(claims_of(group), (joined,), None)
    (found,) = (e for e in result.estimates if e.metric == "injured")
    assert (found.low, found.high, found.status) == (2, 4, "contested")


def test_what_moved_says_raised_and_lowered() -> None:
    group = "09 Odesa port"
    editions = [reconcile(claims_of(group), (), at(f"2025-05-{d}T22:00")) for d in (22, 23, 24)]
    assert {c.kind for c in what_moved(editions[0], editions[1])} == {"new"}
    moved = {c.sentence: c.kind for c in what_moved(editions[1], editions[2])}
    assert moved == {
        "killed in Odesa: 2, now 3 (raised).": "raised",
        "injured in Odesa: 7, now 6 (lowered).": "lowered",
    }
    assert what_moved(editions[2], editions[2]) == ()
    assert {c.kind for c in what_moved(editions[1], editions[0])} == {"withdrawn"}


def numbers(estimates: Iterable[Estimate]) -> list[int | None]:
    return [e.low for e in estimates]


def test_increment_without_a_base_is_shown_as_what_it_is() -> None:
    held = [c for c in claims_of("16 night to 28 May") if c.id == "e1"]
    result = reconcile(held, (), None)
    assert numbers(result.estimates) == [8]
    assert result.estimates[0].status == "partial"


STRIKES = [
    # the hours of a toll of five, of one of eleven, and whether they are two strikes
    ("morning", "16:00-17:00", True), ("09:00-09:30", "13:00-14:00", True),
    ("overnight", "daytime", False), ("daytime", "16:00-17:00", False), ("morning", "", False),
    ("", "16:00-17:00", False), ("overnight", "morning", False), ("11:04", "19:00", False),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "two"), STRIKES)
def test_strikes_are_told_apart_by_hours_that_share_nothing(
    first: str, second: str, two: bool
) -> None:
    five, eleven = (c for c in claims_of("44 morning strike and afternoon strike") if c.id in "ac")
    held = (replace(five, window=first), replace(eleven, window=second))
    made = reconcile(held, (), None)
    assert len(made.estimates) == len({e.incident for e in made.estimates}) == (2 if two else 1)


def test_ruling_joins_two_strikes_of_one_day() -> None:
    joined = ruling("same_incident", metric="injured")
    result = reconcile(claims_of("44 morning strike and afternoon strike"), (joined,), None)
    assert [e.low for e in result.estimates if e.metric == "injured"] == [11]
