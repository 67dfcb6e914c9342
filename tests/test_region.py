"""The region profile: its days as a careful reader has them, its place, its sources, its gaps."""

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest
from test_briefing import check_links, of_kind

from tally import blocks, region_chapters, region_tables
from tally.blocks import Block
from tally.errors import ParameterError
from tally.model import Metric
from tally.names import load_names
from tally.region import STOPPED, Profile, hurt_places, publishers, region_doubts, speakers
from tally.region_chapters import open_profile, parse_region
from tally.wording import sign

DATA = Path(__file__).parent.parent / "data"
START, END = "2025-05-14", "2025-05-28"
PARTS = (
    region_chapters.opening, region_chapters.days, region_chapters.hurt, region_chapters.moved,
    region_chapters.among, region_tables.disagreements, region_tables.sources,
    region_chapters.claims,
)  # fmt: skip


@cache
def found(region: str, start: str = START, end: str = END) -> Profile:
    return open_profile(region, start, end, data=DATA)


@cache
def whole(region: str, start: str = START, end: str = END) -> list[Block]:
    return [block for part in PARTS for block in part(found(region, start, end))]


NAMED = [
    ("UA-59", "UA-59"), ("ua-59", "UA-59"), ("Sumy Oblast", "UA-59"), ("Сумщина", "UA-59"),
    ("Сумська область", "UA-59"), (" RU-BEL ", "RU-BEL"), ("Белгородская область", "RU-BEL"),
    ("Crimea", "UA-43"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "code"), NAMED)
def test_a_region_is_named_by_its_code_or_in_words(given: str, code: str) -> None:
    assert parse_region(given, load_names()) == code


@pytest.mark.parametrize("given", ["", "UA-99", "Sumy", "Atlantis"])
def test_another_is_an_error_that_lists_the_choices(given: str) -> None:
    with pytest.raises(ParameterError, match=r"region .* is not known; .*UA-59 Sumy Oblast"):
        parse_region(given, load_names())


DAYS = [
    # region, day, measure -> what its own side says, decided by reading the documents of that day
    ("UA-59", 17, Metric.KILLED, "9"), ("UA-59", 17, Metric.INJURED, "7"),
    ("UA-59", 20, Metric.KILLED, "6"), ("UA-59", 20, Metric.INJURED, "> 10"),
    ("UA-59", 21, Metric.KILLED, "2"), ("UA-59", 21, Metric.INJURED, "5"),
    ("UA-59", 27, Metric.KILLED, "≥ 1"), ("UA-59", 16, Metric.KILLED, "—"),
    ("UA-59", 20, STOPPED, "—"),
    ("RU-BEL", 14, Metric.INJURED, "16"), ("RU-BEL", 24, STOPPED, "64"),
    ("RU-BEL", 27, STOPPED, "56"), ("RU-BEL", 14, Metric.KILLED, "—"),
]  # fmt: skip


@pytest.mark.parametrize(("region", "day", "metric", "shown"), DAYS)
def test_days(region: str, day: int, metric: Metric, shown: str) -> None:
    (one,) = [each for each in found(region).days if each.day.night.day.day == day]
    assert sign(one.counts.get(metric)) == shown


JOINT = [
    # region, day -> what is said of it and others together, where nothing is said of it alone
    ("RU-MOW", 21, "6"), ("RU-MOW", 22, "35"), ("RU-MOW", 25, "12–13"), ("RU-MOW", 28, "~40"),
    ("RU-MOS", 23, "24"), ("RU-MOS", 27, ""), ("RU-BEL", 24, ""), ("RU-BEL", 27, ""),
    ("UA-59", 20, ""),
]  # fmt: skip


@pytest.mark.parametrize(("region", "day", "shown"), JOINT)
def test_what_is_said_of_several_regions_stands_apart(region: str, day: int, shown: str) -> None:
    (one,) = [each for each in found(region).days if each.day.night.day.day == day]
    assert (sign(one.joint.count) if one.joint else "") == shown
    assert not (one.joint and STOPPED in one.counts)


def test_a_figure_of_several_regions_is_no_silence() -> None:
    shown = whole("RU-MOW")
    check_links(shown)
    (lead,) = of_kind(shown, "lead")
    assert re.sub(r" \[\d+\]", "", blocks.plain(lead["paragraphs"][1])) == (
        "Russian officials give a figure of Ukrainian drones stopped over Moscow only together "
        "with Moscow Oblast, for 7 of 15 nights; the highest is about 40, on the night to 28 May "
        "2025."
    )
    (tiles,) = of_kind(shown, "tiles")
    assert "nobody gave" not in tiles["tiles"][-1]["note"]
    (calendar,) = [b for b in of_kind(shown, "figure") if b["name"] == "days"]
    assert "Drones stopped, with Moscow Oblast, Russia’s word: 21 May 6" in calendar["alt"]


def test_what_the_other_side_says_it_stopped_over_a_region_is_told_as_its_word() -> None:
    shown = whole("UA-43")
    check_links(shown)
    (lead,) = of_kind(shown, "lead")
    said = [re.sub(r" \[\d+\]", "", blocks.plain(words)) for words in lead["paragraphs"]]
    assert said[1:3] == [
        "No figure of Russian drones stopped over Crimea alone is in the ledger.",
        "Russian officials give a figure of Ukrainian drones stopped over it for 4 of 15 nights; "
        "the highest is 26, on the night to 19 May 2025.",
    ]
    (tiles,) = of_kind(shown, "tiles")
    assert tiles["tiles"][-1]["note"].startswith("on Russia’s word; ")
    assert not any(STOPPED in one.counts for one in found("UA-43").days)


def test_what_the_other_side_says_stands_apart_and_last() -> None:
    reports = hurt_places(found("UA-59"))
    assert [toll.side for _, toll in reports].index("Russia") > 5
    (_, theirs) = next(held for held in reports if held[1].side == "Russia")
    assert (theirs.place, sign(theirs.killed)) == ("Shostka", "≤ 70")
    assert all(one.counts.get(Metric.KILLED) != theirs.killed for one in found("UA-59").days)


def test_the_lead_answers_for_either_country_alike() -> None:
    said = {}
    for region in ("UA-59", "RU-BEL"):
        (lead,) = of_kind(whole(region), "lead")
        said[region] = [re.sub(r" \[\d+\]", "", blocks.plain(p)) for p in lead["paragraphs"]]
    assert said["UA-59"] == [
        "Ukrainian officials report people killed or injured in Sumy Oblast on 6 of 15 days. The "
        "highest figure in one day: 9 killed, on 17 May 2025; more than 10 injured, on 20 May "
        "2025.",
        "No figure of Russian drones stopped over Sumy Oblast alone is in the ledger.",
        "Of 35 regions of both countries that are named in these days, 3 have more days with "
        "people reported hurt: Kharkiv Oblast (11), Donetsk Oblast (10) and Kherson Oblast (9).",
    ]
    assert said["RU-BEL"][:2] == [
        "Russian officials report people killed or injured in Belgorod Oblast on 4 of 15 days. The "
        "highest figure in one day: 16 injured, on 14 May 2025.",
        "Russian officials give a figure of Ukrainian drones stopped over it for 10 of 15 nights; "
        "the highest is 64, on the night to 24 May 2025. For 1 more night it is counted only "
        "together with Rostov Oblast; the highest figure is 2, of the night to 15 May 2025.",
    ]


@pytest.mark.parametrize("region", ["UA-59", "RU-BEL", "UA-43"])
def test_links_lead_to_the_claims_about_the_region_and_to_no_other(region: str) -> None:
    shown = whole(region)
    check_links(shown)
    (table,) = [b for b in of_kind(shown, "table") if b["name"] == "evidence"]
    claims = [claim for _, claim in found(region).review.evidence]
    assert len(table["rows"]) == len(claims)
    assert all(region in claim.admin1 for claim in claims)


def test_sources_add_up_to_the_claims() -> None:
    claims = len(found("UA-59").review.evidence)
    assert sum(row.claims for row in speakers(found("UA-59"))) == claims
    assert sum(count for _, _, count in publishers(found("UA-59"))) == claims


def test_the_region_is_framed_on_the_map_and_strong_in_the_table() -> None:
    (table,) = [b for b in of_kind(whole("UA-59"), "table") if b["name"] == "standings"]
    strong = [row for row in table["rows"] if row[0][0]["t"] == "strong"]
    assert [blocks.plain(row[0]) for row in strong] == ["Sumy Oblast"]
    (map_,) = [b for b in of_kind(whole("UA-59"), "figure") if b["name"] == "among"]
    assert "Kharkiv Oblast: 11" in map_["alt"]


@pytest.mark.parametrize(
    ("region", "start", "end", "rest"),
    [("UA-05", START, END, "The ledger does name 35 other regions in these days."),
     ("UA-59", "2025-07-01", "2025-07-02", "The ledger’s claims are of ")],
)  # fmt: skip
def test_a_region_that_nobody_names_says_so(region: str, start: str, end: str, rest: str) -> None:
    shown = whole(region, start, end)
    assert [b.block["kind"] for b in shown] == ["masthead", "lead"]
    said = " ".join(blocks.plain(p) for p in shown[1].block["paragraphs"])
    assert "The ledger holds no claim about" in said
    assert "nor of people killed or injured in it" in said
    assert rest in said


def test_what_was_known_then_is_all_that_counts() -> None:
    then = open_profile("UA-59", START, END, "2025-05-18", DATA)
    assert then.standing
    assert then.standing.named < (found("UA-59").standing or then.standing).named
    assert max(one.day.night.day for one in then.days if one.claims) <= dt.date(2025, 5, 18)


def test_who_reports_the_gravest_is_never_read_as_who_did_it() -> None:
    (drawn,) = of_kind(list(region_chapters.hurt(found("RU-KRS"))), "figure")
    said = blocks.plain(drawn["caption"])
    assert "1 killed in Khomutovsky district on 18 May 2025, according to Governor " in said


@pytest.mark.parametrize(
    ("region", "left_out"), [("RU-MOW", "How its tolls moved"), ("UA-35", "Its days")]
)
def test_that_nobody_is_hurt_is_said_in_one_section(region: str, left_out: str) -> None:
    titles = [b["title"] for b in of_kind(whole(region), "section")]
    assert "Who was hurt in it" in titles
    assert left_out not in titles


def test_a_figure_that_belongs_elsewhere_is_told_where_it_was_put() -> None:
    held = [doubt for _, doubt in region_doubts(found("UA-30"))]
    wrong = [d for d in held if d.metric == Metric.KILLED and "is not counted" in d.reasons[0]]
    assert [(doubt.admin1, doubt.kind) for doubt in wrong] == [(("UA-32",), "corrected")]
    tile = next(
        t for b in of_kind(whole("UA-30"), "tiles") for t in b["tiles"] if t["value"] == "—"
    )
    assert (tile["label"], tile["note"]) == ("KILLED", "no figure is counted")
