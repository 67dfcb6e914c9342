"""Rulings: what a person decided is applied to copies, and fails when it matches nothing."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tally.errors import RulingError
from tally.model import Claim, Metric, Ruling
from tally.rulings import apply_rulings, judge, load_rulings

PLANT = Claim(
    id="plant",
    document_id="2025-05-14-online-ua",
    lang="en",
    metric=Metric.INJURED,
    low=7,
    high=7,
    hedge="exact",
    aggregation="period",
    attacker="Russia",
    claimant="Sumy Regional Military Administration",
    claimant_side="Ukraine",
    place="Sumy",
    admin1=("UA-59",),
    period_start=dt.date(2025, 5, 14),
    period_end=dt.date(2025, 5, 14),
    window="",
    as_of="",
    published="2025-05-14",
    victims="",
    weapon="",
    mode="",
    part_of="",
    unverified=False,
    quote="seven were injured",
    start=0,
    end=5,
    rule="figure",
)
DEAD = replace(PLANT, id="dead", metric=Metric.KILLED, low=1, high=1)
LORRY = replace(PLANT, id="lorry", document_id="2025-05-14-chas-pravdy", low=2, high=2)
CLAIMS = (PLANT, DEAD, LORRY)

GOOD = """
[[ruling]]
decision = "correct"
document = "2025-05-14-online-ua"
metric = "injured"
low = 7
set = { low = 9, high = 9, admin1 = ["UA-59", "UA-63"], period_end = 2025-05-15 }
reason = "the page says nine"
author = "desk"
date = 2025-05-15
"""


def load(tmp_path: Path, text: str) -> tuple[Ruling, ...]:
    path = tmp_path / "rulings.toml"
    path.write_text(text, encoding="utf-8")
    return load_rulings(path)


def test_correction_changes_a_copy(tmp_path: Path) -> None:
    (ruling,) = load(tmp_path, GOOD)
    assert (ruling.author, ruling.date) == ("desk", dt.date(2025, 5, 15))
    corrected, *rest = apply_rulings(CLAIMS, (ruling,))
    assert (corrected.low, corrected.high) == (9, 9)
    assert corrected.admin1 == ("UA-59", "UA-63")
    assert corrected.period_end == dt.date(2025, 5, 15)
    assert corrected.id == "plant"
    assert rest == [DEAD, LORRY]
    assert PLANT.low == 7


def test_rejected_claim_is_left_out(tmp_path: Path) -> None:
    text = GOOD.replace('"correct"', '"reject"').replace("set =", "# set =")
    assert apply_rulings(CLAIMS, load(tmp_path, text)) == (DEAD, LORRY)


def test_several_documents_at_once(tmp_path: Path) -> None:
    names = '["2025-05-14-online-ua", "2025-05-14-chas-pravdy"]'
    text = GOOD.replace('"2025-05-14-online-ua"', names).replace("low = 7\n", "")
    text = text.replace('"correct"', '"same_incident"').replace("set =", "# set =")
    judged = judge(CLAIMS, load(tmp_path, text))
    assert judged.joined == {"plant": 1, "lorry": 1}
    assert judged.claims == CLAIMS


def test_no_file_holds_no_rulings(tmp_path: Path) -> None:
    assert load_rulings(tmp_path / "rulings.toml") == ()


def test_rulings_of_the_project_can_be_read() -> None:
    rulings = load_rulings(Path(__file__).parents[1] / "data" / "rulings.toml")
    assert all(ruling.reason and ruling.author for ruling in rulings)


def test_ruling_that_matches_nothing_says_what_there_is(tmp_path: Path) -> None:
    rulings = load(tmp_path, GOOD.replace("low = 7", "low = 63\nhigh = 63"))
    with pytest.raises(RulingError) as caught:
        apply_rulings(CLAIMS, rulings)
    assert str(caught.value) == (
        "ruling 1 matches no claim: document 2025-05-14-online-ua has no claim of injured 63.\n"
        "  It has injured 7, killed 1.\n"
        "  The text or the grammar may have changed; correct or remove it in data/rulings.toml."
    )


def test_ruling_about_no_known_document_says_so(tmp_path: Path) -> None:
    rulings = load(tmp_path, GOOD.replace("2025-05-14-online-ua", "2025-05-14-nobody"))
    with pytest.raises(
        RulingError, match=r"document 2025-05-14-nobody .*\n  It has no claims at all"
    ):
        apply_rulings(CLAIMS, rulings)


def test_correction_that_turns_a_range_round_is_refused(tmp_path: Path) -> None:
    rulings = load(tmp_path, GOOD.replace("low = 9, high = 9", "low = 9"))
    with pytest.raises(RulingError, match="ruling 1 sets low 9 above high 7; set both ends"):
        apply_rulings(CLAIMS, rulings)


MALFORMED = [
    (
        'decision = "correct"',
        'decision = "delete"',
        "ruling 1: decision 'delete' is not one of acc",
    ),
    ('author = "desk"\n', "", "ruling 1: author is missing"),
    ("date = 2025-05-15", 'date = "yesterday"', "ruling 1: date is 'yesterday'; write the day"),
    ('metric = "injured"', 'metrc = "injured"', "ruling 1 has no key 'metrc'; it takes: decision"),
    ('metric = "injured"', 'metric = "hurt"', "ruling 1: metric is 'hurt': 'hurt' is not one of"),
    ("low = 7", 'low = "seven"', "ruling 1: low is 'seven': 'seven' is not a whole number"),
    (
        "set = { low = 9,",
        "set = { quote = 9,",
        "ruling 1: set has no key 'quote'; it takes: metric",
    ),
    ('"correct"', '"reject"', "ruling 1: set belongs to decision = \"correct\", not to 'reject'"),
    ("[[ruling]]", "[ruling]", "write each ruling as a table under .*with two brackets"),
    ("[[ruling]]", "[[rulings]]", "has no key 'rulings'; it takes: ruling"),
    ("[[ruling]]", "[[ruling", "rulings.toml: "),
]


@pytest.mark.parametrize(("old", "new", "message"), MALFORMED)
def test_malformed_ruling_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(RulingError, match=message):
        load(tmp_path, GOOD.replace(old, new))


def test_ruling_that_names_no_claim_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace('document = "2025-05-14-online-ua"\nmetric = "injured"\nlow = 7\n', "")
    with pytest.raises(RulingError, match="ruling 1 names no claim; give at least one of document"):
        load(tmp_path, text)


def test_correction_without_values_is_refused(tmp_path: Path) -> None:
    text = "\n".join(line for line in GOOD.splitlines() if not line.startswith("set"))
    with pytest.raises(RulingError, match="a correction needs what to set"):
        load(tmp_path, text)
