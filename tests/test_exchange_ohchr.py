"""Tables of OHCHR: the whole is never a part, doubt and verification stay, months are months."""

import datetime as dt

import pytest

from tally.errors import ExchangeError
from tally.exchange.imported import Imported, Intake
from tally.exchange.kinds import kind_of
from tally.exchange.sheets import parse_csv
from tally.model import Claim


def taken(text: str) -> Imported:
    sheet = parse_csv("un.csv", text)
    intake = Intake("un")
    kind_of([sheet]).read({sheet.name: sheet}, intake)
    return intake.done()


def line(claim: Claim) -> str:
    number = str(claim.low) if claim.low == claim.high else f"{claim.low}..{claim.high}"
    part = "part" if claim.part_of else "whole"
    said = (claim.metric, number, claim.hedge, claim.victims, claim.weapon, part)
    return " ".join(filter(None, map(str, said)))


def lines(text: str) -> list[str]:
    return [line(claim) for claim in taken(text).claims]


BY_SEX = (
    "Date,Killed - men,Killed - women,Killed - boys,Killed - girls,"
    "Killed - children (sex unknown),Killed - adults (sex unknown),Killed,Injured\n"
    "2022-03-26,224,168,32,15,52,628,1119,1790\n"
)
CASES: dict[str, tuple[str, list[str]]] = {
    "the whole among its parts": (
        BY_SEX,
        [
            "killed 1119 exact civilian whole",
            "killed 224 exact civilian part",
            "killed 168 exact civilian part",
            "killed 32 exact child part",
            "killed 15 exact child part",
            "killed 52 exact child part",
            "killed 628 exact civilian part",
            "injured 1790 exact civilian whole",
        ],
    ),
    "verified, and what is not": (
        "Date,Reported killed (not yet verified),Verified killed,Verified injured\n"
        "2022-03-26,3000,1119,1790\n",
        ["killed 1119 exact civilian whole", "injured 1790 exact civilian whole"],
    ),
    "at least": (
        "Date,Killed,Injured\n2022-03-26,at least 180,508+\n2022-03-27,> 200,≥ 600\n",
        [
            "killed 180..None at_least civilian whole",
            "injured 508..None at_least civilian whole",
            "killed 200..None more_than civilian whole",
            "injured 600..None at_least civilian whole",
        ],
    ),
    "at least in the header": (
        "Date,Killed (at least),Injured (at least)\n2022-03-26,180,508\n",
        ["killed 180..None at_least civilian whole", "injured 508..None at_least civilian whole"],
    ),
    "by weapon and territory": (
        "Date,Killed,Killed: mines and ERW,Killed: territory occupied by Russia,Injured\n"
        "2022-03-26,180,20,24,508\n",
        [
            "killed 180 exact civilian whole",
            "killed 20 exact civilian mines and ERW part",
            "killed 24 exact civilian part",
            "injured 508 exact civilian whole",
        ],
    ),
    "names of columns as programs write them": (
        "date,killed_children,civilians_killed,injuredWomen,CiviliansInjured,killed_mines\n"
        "2022-03-26,10,180,5,508,20\n",
        [
            "killed 180 exact civilian whole",
            "killed 10 exact child part",
            "killed 20 exact civilian mines part",
            "injured 508 exact civilian whole",
            "injured 5 exact civilian part",
        ],
    ),
    "running beside new": (
        "date,killed,killed_cum,injured,injured_cum,killed_children,killed_children_cum\n"
        "2022-03-26,9,180,4,508,1,12\n",
        [
            "killed 180 exact civilian whole",
            "killed 12 exact child part",
            "injured 508 exact civilian whole",
        ],
    ),
    "shares, changes and both in one": (
        "Date,Killed and injured,Killed,Killed (% change),Killed since last update,Injured\n"
        "2022-03-26,688,180,10,4,508\n",
        ["killed 180 exact civilian whole", "injured 508 exact civilian whole"],
    ),
    "rows of parts": (
        "Date,Weapon,Killed,Injured\n2022-03-26,Total,180,508\n2022-03-26,Mines,20,30\n",
        ["killed 180 exact civilian whole", "injured 508 exact civilian whole"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_table_says_what_its_columns_say(case: str) -> None:
    text, said = CASES[case]
    assert lines(text) == said


def test_parts_name_their_column_and_their_whole() -> None:
    found = taken(BY_SEX).claims
    assert {claim.part_of for claim in found if claim.part_of} == {found[0].id}
    assert found[3].rule == "OHCHR table: Killed - boys"


def test_a_month_is_no_running_total() -> None:
    found = taken("Month,Killed,Injured\nMay 2025,183,836\n2025-06,232,1343\n")
    (may, *_, june) = found.claims
    assert (may.aggregation, may.period_start, may.period_end) == (
        "period", dt.date(2025, 5, 1), dt.date(2025, 5, 31)
    )  # fmt: skip
    assert june.period_end == dt.date(2025, 6, 30)
    assert {f.check for f in found.findings} == set()


# Months as tables have them, and the days that each is of.
MONTHS = {
    "Month,Killed,Injured\nMay 2025,183,836\n": "2025-05-01 2025-05-31 period",
    "month,total,killed,injured\n2025-05,1019,183,836\n": "2025-05-01 2025-05-31 period",
    "month,killed,injured\n2025-05-01,183,836\n": "2025-05-01 2025-05-31 period",
    "Month,Killed,Injured\nMay-25,183,836\n": "2025-05-01 2025-05-31 period",
    "Year,Month,Killed,Injured\n2025,May,183,836\n": "2025-05-01 2025-05-31 period",
    "Year,Month,Killed,Injured\n2025,5,183,836\n": "2025-05-01 2025-05-31 period",
    "Month,Killed,Injured\nFebruary 2022,362,289\n": "2022-02-24 2022-02-28 period",
    "Month,Killed,Injured\n24–28 February 2022,362,289\n": "2022-02-24 2022-02-28 period",
    "Year,Month,Killed,Injured\n2023,1-16 July,74,90\n": "2023-07-01 2023-07-16 period",
    "Month,Killed,Killed (total to date),Injured\nMay 2025,183,13000,836\n": (
        "2025-05-01 2025-05-31 period"
    ),
    "date_start,date_end,civilians_killed,civilians_injured\n1 May 2025,16 May 2025,74,90\n": (
        "2025-05-01 2025-05-16 period"
    ),
    "From,To,Killed,Injured\n2022-02-24,2022-03-08,516,908\n": ("2022-02-24 2022-03-08 cumulative"),
}


@pytest.mark.parametrize("text", MONTHS)
def test_a_row_is_of_the_days_that_it_says(text: str) -> None:
    found = taken(text).claims
    assert [claim.metric for claim in found] == ["killed", "injured"]
    said = {f"{c.period_start} {c.period_end} {c.aggregation}" for c in found}
    assert said == {MONTHS[text]}


def test_a_figure_is_known_from_when_it_was_published() -> None:
    text = "month,killed,injured,published_on\n2025-05,183,836,2025-06-11\n2025-06,232,1343,\n"
    may, _, june, _ = taken(text).claims
    assert (may.published, june.published) == ("2025-06-11", "2025-06-30")


WRONG = {
    "running totals called months": (
        "Month,Killed to date,Injured to date\n2025-05,13000,33000\n", "not a series we know"
    ),
    "parts alone": (
        "Date,Killed - men,Killed - women,Injured\n2022-03-26,224,168,5\n", "no column killed"
    ),
    "figures of each month called totals": (
        "Date,Killed,Injured\n2025-01-01,139,738\n2025-02-01,129,588\n2025-03-01,164,910\n"
        "2025-04-01,160,900\n2025-05-01,150,836\n",
        "un.csv: Killed falls 3 times in 5 rows, so it is no running total; a column called Month",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_table_of_wholes_is_refused(case: str) -> None:
    text, said = WRONG[case]
    with pytest.raises(ExchangeError, match=said):
        taken(text)


FINDINGS = {
    "unverified": (CASES["verified, and what is not"][0], "columns_unread", "not yet verified"),
    "rows": (CASES["rows of parts"][0], "rows_of_parts", "2022-03-26 Mines"),
    "part above": (
        "Date,Killed,Killed boys,Injured\n2022-03-26,10,11,5\n",
        "parts_exceed_total",
        "Killed boys 2022-03-26: 11 of 10",
    ),
    "days turned round": (
        "From,To,Killed,Injured\n2025-05-31,2025-05-01,1,2\n2025-06-01,2025-06-30,3,4\n",
        "bad_time",
        "row 1 2025-05-31 to 2025-05-01",
    ),
    "no such days": (
        "Month,Killed,Injured\n1–31 June 2025,1,2\n2025-06,3,4\n",
        "bad_time",
        "row 1 1–31 June 2025",
    ),
    "month unread": ("Month,Killed,Injured\nspring,1,2\n2025-06,3,4\n", "bad_time", "spring"),
}


@pytest.mark.parametrize("case", FINDINGS)
def test_what_is_left_or_wrong_is_told(case: str) -> None:
    text, check, said = FINDINGS[case]
    found = {finding.check: finding.sentence for finding in taken(text).findings}
    assert said in found[check]
