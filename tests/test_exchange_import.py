"""Series of other people as claims: what each says, what is wrong with it, and nothing invented.

The files in tests/series follow the published formats column by column; their rows are made up.
"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tally.errors import ExchangeError
from tally.exchange.imported import Imported, Intake
from tally.exchange.kinds import KINDS, kind_of
from tally.exchange.losses import by_day, by_kind, corrections, settle
from tally.exchange.sheets import Sheet, parse_csv, read_sheet
from tally.model import Claim
from tally.pages import spans_moved

FIXTURES = Path(__file__).parent / "series"
SHARED = Path(__file__).parents[2] / "shared" / "series"
FILES = {
    "missile-attacks": ("missile_attacks_daily.csv",),
    "general-staff": (
        "russia_losses_equipment.json",
        "russia_losses_equipment_correction.json",
        "russia_losses_personnel.json",
    ),
    "acled": ("acled.csv",),
    "ucdp": ("GEDEvent.csv",),
    "ohchr": ("ohchr.csv",),
}


def sheets_of(kind: str, folder: Path = FIXTURES) -> dict[str, Sheet]:
    return {name: read_sheet(folder / name) for name in FILES[kind]}


@cache
def imported(kind: str) -> Imported:
    return taken(sheets_of(kind))


def taken(sheets: dict[str, Sheet]) -> Imported:
    intake = Intake("series")
    kind_of(sheets.values()).read(sheets, intake)
    return intake.done()


def line(claim: Claim) -> str:
    """Return what a claim asserts, in one line of a table."""
    day = claim.period_end.isoformat() if claim.period_end else "?"
    if claim.period_start != claim.period_end and claim.aggregation == "period":
        day = f"{claim.period_start} {day}"
    number = str(claim.low) if claim.low == claim.high else f"{claim.low}..{claim.high}"
    where = "; ".join(filter(None, [claim.place, *claim.admin1]))
    said = [day, claim.metric, number, claim.hedge, claim.attacker, claim.claimant, where]
    said += [claim.window, claim.weapon, claim.victims, claim.mode, "part" * bool(claim.part_of)]
    return " | ".join(filter(None, said))


# What a careful reader would write down of each file.
SAID = [line.split("\t") for line in (FIXTURES / "claims.tsv").read_text().splitlines()[1:]]
COUNTS = {"missile-attacks": 41, "general-staff": 23, "acled": 12, "ucdp": 24, "ohchr": 11}

# What must never come out of these files.
UNSAID = {
    "missile-attacks": (
        "missiles_intercepted | 0",
        "drones_launched | 3 ",
        "GBU",
        "7.5",
    ),
    "general-staff": ("POW", "Bakhmut", "207000"),
    "acled": (
        "killed | 0",
        "Kyiv City",
        "UA-18; ",
        "Poland",
        "UKR900008",
        "Siversk",
        "Lyman",
        "Huliaipole",
        "| Russia | ACLED | Izium",
    ),
    "ucdp": ("Shostka", "| 100 |", "Lublin", "| 55 | about | Ukraine"),
    "ohchr": ("injured | 1 |", "| 7 |", "2022-03-07 | injured"),
}  # fmt: skip

DEFECTS = {
    "missile-attacks": {
        "zero_or_silence": "row 5 destroyed, Iskander-M/KN-23",
        "launched_filled_in": "row 7 Orlan-10 3",
        "no_claimant": "row 10 https://t.me/somebody/1",
        "unknown_place": "row 10 Lutsk oblast",
        "fates_exceed_launched": "row 16 to 2025-05-13: 9 + 3 + 0 of 10",
        "stray_space": "row 15 time_end",
        "parts_exceed_total": "row 15 to 2025-05-14: 61 + 30 of 80",
        "bad_time": "row 17 2025-05-12 20:00 to 2025-05-11 08:00; row 18 spring",
        "other_weapon": "row 19 GBU",
        "not_a_count": "row 20 launched 7.5",
        "row_twice": "rows 7 and 8 Orlan-10",
        "windows_overlap": "rows 13 and 12 20:00-09:00 and 08:00-14:00 to 2025-05-16",
        "series_break": "given in 7 of 8 rows from 2025-05-13 to 2025-05-25, in 0 of the 3",
        "columns_unread": "launch_place (5), num_hit_location (3)",
    },
    "general-staff": {
        "cumulative_falls": "tank 2023-05-28: 3,799 to 3,797 = -5 corrected and 3 lost that day",
        "cumulative_falls_unexplained": "APC 2023-05-29: 7,421 to 7,415",
        "correction_misdated": "2023-05-27",
        "day_misnumbered": "2023-05-27: 457, not 458",
        "missing_day": "russia_losses_equipment.json 2023-05-30",
        "series_break": "fuel tank to 2023-05-27; ground robotic systems from 2023-05-29",
        "unknown_hedge": "2023-05-31 some",
        "columns_unread": "POW (2), greatest losses direction (5)",
    },
    "acled": {
        "zero_or_unknown": "UKR900004",
        "round_by_rule": "UKR900003 12; UKR900013 3",
        "number_stands_in": "UKR900011 10; UKR900012 3; UKR900018 12",
        "place_near": "UKR900017 Orikhiv",
        "place_stands_in": "UKR900005 Kherson",
        "day_stands_in": "UKR900005 2025-05-24; UKR900016 2025-05-11",
        "event_twice": "UKR900005",
        "bad_time": "UKR900007 0025-05-21",
        "year_differs": "UKR900008 2025-05-21, 2024",
        "no_event_id": "row 10",
        "unknown_place": "row 10 Middle Earth",
        "not_a_count": "UKR900009 several",
        "other_country": "POL900001 Poland",
        "columns_unread": "latitude (12), longitude (12), notes (12)",
    },
    "ucdp": {
        "bad_range": "500006 6, 5, 4",
        "bad_time": "500007 2025-05-22",
        "event_twice": "500008",
        "other_country": "500009 Poland",
        "place_stands_in": "500002 Shostka raion; 500003 Ukraine",
        "summary_event": "500003 2025-05-01 to 2025-05-31; 500011 2025-05-16 to 2025-05-16",
        "not_final": "500003 Check type of violence; 500011 Check deaths",
        "parts_differ_from_total": "500010 2 + 3 + 0 + 4 = 9, not 10",
        "day_stands_in": "500011 2025-05-16",
        "not_a_count": "500012 deaths_civilians two",
        "columns_unread": "active_year (9)",
    },
    "ohchr": {
        "bad_time": "row 7 9 mars",
        "cumulative_falls": "killed 2022-03-07: 331 to 330",
        "bulletin_repeated": "2022-03-05 cites 2022-03-04",
        "local_address": "2022-03-07",
        "no_address": "2022-03-08",
        "missing_day": "2022-03-06",
        "as_of_unstated": "ohchr.csv",
        "columns_unread": "Refugees(UNHCR) (3)",
    },
}


@pytest.mark.parametrize("kind", FILES)
def test_a_series_is_told_by_its_columns(kind: str) -> None:
    assert kind_of(sheets_of(kind).values()).name == kind
    assert set(FILES) == {known.name for known in KINDS}


@pytest.mark.parametrize("kind", FILES)
def test_claims_are_what_the_rows_say(kind: str) -> None:
    lines = [line(claim) for claim in imported(kind).claims]
    said = {claim for series, claim in SAID if series == kind}
    assert said <= set(lines), said - set(lines)
    assert len(lines) == COUNTS[kind]


@pytest.mark.parametrize("kind", FILES)
def test_nothing_is_said_that_the_rows_do_not_say(kind: str) -> None:
    lines = "\n".join(line(claim) for claim in imported(kind).claims)
    assert [words for words in UNSAID[kind] if words in lines] == []


@pytest.mark.parametrize("kind", FILES)
def test_defects_are_findings_and_no_other_is_made_up(kind: str) -> None:
    found = {finding.check: finding.sentence for finding in imported(kind).findings}
    assert found.keys() == DEFECTS[kind].keys()
    for check, words in DEFECTS[kind].items():
        assert words in found[check], check


@pytest.mark.parametrize("kind", FILES)
def test_every_claim_is_found_at_its_cell_and_findings_name_claims(kind: str) -> None:
    claims = imported(kind).claims
    ids = {claim.id for claim in claims}
    assert len(ids) == len(claims)
    texts = {f"series.{name}": sheet.text for name, sheet in sheets_of(kind).items()}
    assert spans_moved(claims, texts) == ()
    assert all(set(finding.claim_ids) <= ids for finding in imported(kind).findings)
    assert all(claim.part_of in {"", *ids} for claim in claims)


def test_more_rows_leave_the_ids_of_the_others_alone() -> None:
    (name,) = FILES["missile-attacks"]
    text = (FIXTURES / name).read_text(encoding="utf-8")
    header, rest = text.split("\n", 1)
    row = "2025-08-05 19:00,2025-08-06 08:00,Kalibr,,Ukraine,,4.0,2.0,,,{},,,,,,,,,,,kpszsu/posts/x"
    more = taken({name: parse_csv(name, f"{header}\n{row}\n{rest}")})
    before = {claim.id for claim in imported("missile-attacks").claims}
    assert len({claim.id for claim in more.claims} - before) == 2
    assert before <= {claim.id for claim in more.claims}


@pytest.mark.parametrize("kind", ["acled", "ucdp"])
def test_columns_in_upper_case_are_the_same_columns(kind: str) -> None:
    (name,) = FILES[kind]
    head, line_end, rows = read_sheet(FIXTURES / name).text.partition("\n")
    assert taken({name: parse_csv(name, head.upper() + line_end + rows)}) == imported(kind)


def test_the_answer_of_a_service_is_the_same_events(tmp_path: Path) -> None:
    (name,) = FILES["ucdp"]
    rows = [
        {column: _of_service(cell.text) for column, cell in row.cells.items()}
        for row in sheets_of("ucdp")[name].rows
    ]
    answer = json.dumps({"TotalCount": len(rows), "NextPageUrl": "", "Result": rows}, indent=1)
    (tmp_path / "a.json").write_text(answer, encoding="utf-8")
    found = taken({"a.json": read_sheet(tmp_path / "a.json")})
    assert [line(claim) for claim in found.claims] == [line(c) for c in imported("ucdp").claims]


def _of_service(cell: str) -> int | str:
    return int(cell) if cell.isdecimal() else cell.replace(" 00:00:00.000", "T00:00:00")


# Days as ACLED's exports have them, and as spreadsheets write those; what each event is dated.
DAYS: dict[str, tuple[list[str], list[str]]] = {
    "ISO, words": (["2025-05-04", "5 May 2025"], ["2025-05-04", "2025-05-05"]),
    "Excel": (["04-May-25", "5-May-2025"], ["2025-05-04", "2025-05-05"]),
    "month first": (["5/4/2025", "5/25/2025"], ["2025-05-04", "2025-05-25"]),
    "day first": (["04/05/2025", "25/05/2025"], ["2025-05-04", "2025-05-25"]),
    "either": (["04/05/2025", "2025-05-25"], ["2025-05-25"]),
    "both": (["25/05/2025", "05/25/2025", "2025-05-25"], ["2025-05-25"]),
}  # fmt: skip


@pytest.mark.parametrize("case", DAYS)
def test_days_with_slashes_are_read_where_the_file_tells_their_order(case: str) -> None:
    said, read = DAYS[case]
    head = "EVENT_ID_CNTY,EVENT_DATE,EVENT_TYPE,ACTOR1,COUNTRY,ADMIN1,NOTES,FATALITIES\n"
    rows = (f"UKR{n},{day},Battles,,Ukraine,Sumy,7 killed,7\n" for n, day in enumerate(said))
    found = taken({"a.csv": parse_csv("a.csv", head + "".join(rows))})
    assert [str(claim.period_end) for claim in found.claims] == read
    told = {finding.check for finding in found.findings}
    assert ("bad_time" in told) == (len(read) < len(said))


def test_losses_of_a_day_are_no_plain_difference_of_totals() -> None:
    claims = imported("general-staff").claims
    settled = settle(claims, corrections(sheets_of("general-staff")))
    tanks = {
        on.day: (own, corrected) for on, own, corrected in by_day(by_kind(claims)["tank"], settled)
    }
    assert tanks == {27: (9, 0), 28: (3, -5), 29: (4, 0)}


def test_what_we_cannot_read_is_told_with_what_we_can() -> None:
    with pytest.raises(
        ExchangeError, match=r"tanks\.csv: not a series we know; its columns begin a, b"
    ) as e:
        kind_of([parse_csv("tanks.csv", "a,b\n1,2\n")])
    assert all(kind.name in str(e.value) for kind in KINDS)
    with pytest.raises(ExchangeError, match="not a series of kind acled"):
        kind_of(sheets_of("ucdp").values(), "acled")


FIRST = 400
PUBLISHED = {
    "missile_attacks_daily.csv": (700, {"parts_exceed_total", "zero_or_silence"}),
    "acled_export_sample.csv": (23, {"zero_or_unknown", "place_stands_in", "number_stands_in"}),
    "ohchr_timeseries_casualties_2022.csv": (100, {"bulletin_repeated", "local_address"}),
    "russia_losses_personnel.json": (400, set()),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published series are not on this machine")
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_files_are_read(name: str) -> None:
    least, defects = PUBLISHED[name]
    sheet = read_sheet(SHARED / name)
    sheet = replace(sheet, rows=sheet.rows[:FIRST])
    found = taken({name: sheet})
    assert len(found.claims) >= least
    assert defects <= {finding.check for finding in found.findings}
    for claim in found.claims:
        near = sheet.text[max(0, claim.start - len(claim.quote)) : claim.end + len(claim.quote)]
        assert claim.quote in near
        assert sheet.text[claim.start : claim.end] in claim.quote
