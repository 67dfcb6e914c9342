"""Numbers in words and signs, agreement, attribution, and the sentences made of them."""

import dataclasses
import datetime as dt

import pytest
from sample_night import NAMES, sample_night

from tally import blocks, prose
from tally.evidence import Count, Voice
from tally.model import Metric
from tally.names import load_names, place_printed
from tally.series import Bar, bars, split
from tally.tolls import Sum, toll_sum
from tally.wording import (
    agree,
    known_words,
    listed,
    metric_words,
    named,
    night_words,
    says,
    sign,
    window_words,
    words,
)

NUMBERS = [
    # low, high, hedge -> sign, words
    (63, 63, "exact", "63", "63"),
    (23, None, "at_least", "≥ 23", "at least 23"),
    (300, None, "more_than", "> 300", "more than 300"),
    (None, 70, "at_most", "≤ 70", "up to 70"),
    (None, 70, "less_than", "< 70", "fewer than 70"),
    (300, 300, "about", "~300", "about 300"),
    (23, 24, "range", "23–24", "23 to 24"),
    (23, 24, "exact", "23–24", "23 to 24"),
    (1177, 1177, "exact", "1,177", "1,177"),
    (1177, 1548, "range", "1,177–1,548", "1,177 to 1,548"),
    (0, 0, "exact", "none reported", "none"),
    (0, 3, "range", "0–3", "0 to 3"),
    (None, None, "exact", "—", "an unstated number"),
]


@pytest.mark.parametrize(("low", "high", "hedge", "shown", "said"), NUMBERS)
def test_number(low, high, hedge, shown: str, said: str) -> None:
    assert sign(Count(low, high, hedge)) == shown
    assert words(Count(low, high, hedge)) == said


def test_nobodys_number_is_a_dash() -> None:
    assert sign(None) == "—"


AGREEMENT = [
    (1, 1, "drone was"), (2, 2, "drones were"), (0, 0, "drones were"), (1, None, "drone was"),
    (None, 1, "drone was"), (1, 2, "drones were"), (21, 21, "drones were"),
]  # fmt: skip


@pytest.mark.parametrize(("low", "high", "form"), AGREEMENT)
def test_agreement(low, high, form: str) -> None:
    assert agree(Count(low, high), "drone was", "drones were") == form


NIGHTS = [
    ("2025-05-25", "Night of 24–25 May 2025"),
    ("2025-05-10", "Night of 9–10 May 2025"),
    ("2025-06-01", "Night of 31 May – 1 June 2025"),
    ("2026-01-01", "Night of 31 December 2025 – 1 January 2026"),
]


@pytest.mark.parametrize(("day", "name"), NIGHTS)
def test_night(day: str, name: str) -> None:
    assert night_words(dt.date.fromisoformat(day)) == name


KNOWN = [
    ("2025-05-22", "22 May 2025"),
    ("2025-05-22T08:00:00+03:00", "22 May 2025, 08:00 Kyiv time"),
    ("2025-05-22T05:00:00+00:00", "22 May 2025, 08:00 Kyiv time"),
    ("2025-01-22T23:30:00+00:00", "23 January 2025, 01:30 Kyiv time"),
]


@pytest.mark.parametrize(("published", "said"), KNOWN)
def test_known(published: str, said: str) -> None:
    assert known_words(published) == said


SUBJECTS = [
    ("Ukrainian Air Force", "Ukraine", "the Ukrainian Air Force", "says"),
    ("Russia's Ministry of Defence", "Russia", "Russia's Ministry of Defence", "says"),
    ("Russian Ministry of Defence", "Russia", "the Russian Ministry of Defence", "says"),
    ("the Air Force", "Ukraine", "the Air Force", "says"),
    ("Governor Oleh Syniehubov", "Ukraine", "Governor Oleh Syniehubov", "says"),
    ("local authorities", "Russia", "local authorities", "say"),
    ("Armed Forces of Ukraine", "Ukraine", "the Armed Forces of Ukraine", "say"),
    ("Regional authorities", "Ukraine", "regional authorities", "say"),
    ("Ukrainian officials", "Ukraine", "Ukrainian officials", "say"),
    ("regional authorities in Ukraine", "Ukraine", "regional authorities in Ukraine", "say"),
    ("the state services", "Russia", "the state services", "say"),
    ("", "Ukraine", "Ukrainian officials", "say"),
    ("", "Russia", "Russian officials", "say"),
    ("", "unattributed", "unattributed reports", "say"),
]


@pytest.mark.parametrize(("name", "side", "subject", "verb"), SUBJECTS)
def test_claimant(name: str, side, subject: str, verb: str) -> None:
    assert named(name, side) == subject
    assert says(subject) == verb


DISPLAYED = [
    ("Минобороны РФ", "Russia", "Russia’s Ministry of Defence"),
    ("the Ministry of Defence", "Russia", "Russia’s Ministry of Defence"),
    ("the Ministry of Defence", "Ukraine", "the Ministry of Defence"),
    ("Повітряні сили", "Ukraine", "Ukrainian Air Force"),
    ("губернатор Вячеслав Гладков", "Russia", "Vyacheslav Gladkov"),
    ("губернатор Вячеслав Гладков", "Ukraine", "губернатор Вячеслав Гладков"),
    ("Governor Oleh Kiper", "Ukraine", "Governor Oleh Kiper"),
    ("", "Russia", ""),
]


@pytest.mark.parametrize(("written", "side", "shown"), DISPLAYED)
def test_names(written: str, side: str, shown: str) -> None:
    assert NAMES.claimant(written, side) == shown


PLACES = [
    ("Сумщина", ("UA-59",), "Sumy Oblast"),
    ("Шостка", ("UA-59",), "Shostka (Шостка, Sumy Oblast)"),
    ("Shostka", ("UA-59",), "Shostka"),
    ("Ромнах", ("UA-59",), "Romny"),
    ("Ромнах", ("UA-63",), "Romnakh (Ромнах, Kharkiv Oblast)"),
    ("", ("RU-ORL",), "Oryol Oblast"),
    ("Black Sea", (), "Black Sea"),
    ("Хутір", (), "Khutir (Хутір)"),
    ("the region", ("UA-59",), "Sumy Oblast"),
]


@pytest.mark.parametrize(("written", "admin1", "shown"), PLACES)
def test_places(written: str, admin1: tuple[str, ...], shown: str) -> None:
    assert NAMES.place(written, admin1) == shown


@pytest.mark.parametrize("written", ["Fastiv district", "Fastivskyi District", "Фастівський район"])
def test_a_place_has_one_spelling_in_tables(written: str) -> None:
    assert place_printed(written, ("UA-32",)) == "Fastivskyi raion"


def plain_bars(**kept: str) -> dict[str, str]:
    found = bars(sample_night(**kept))
    return {bar.attacker: blocks.plain(prose.bar_sentence(bar)) for bar in found}


def test_what_each_side_says() -> None:
    said = plain_bars()
    assert said["Russia"] == (
        "The Ukrainian Air Force says 63 [2] of 76 [1] Russian drones were stopped overnight: "
        "22 [3] shot down and 41 [4] lost from radar; 13 are unaccounted for "
        "(76\xa0\N{MINUS SIGN}\xa063); by this count 83% of those launched were stopped, "
        "those lost from radar among them."
    )
    assert said["Ukraine"] == (
        "Russia’s Ministry of Defence says 159 [6] Ukrainian drones were stopped overnight, "
        "104 of them located by region and 55 not (159\xa0\N{MINUS SIGN}\xa0104); "
        "no number launched is given."
    )


HOME = Voice("", "Ukraine")


def test_one_is_singular() -> None:
    one, two = Count(1, 1, "exact", (1,)), Count(2, 2, "exact", (2,))
    shot = Bar("Russia", "missiles", "Ukraine", HOME, "", None, one, ())
    sent = Bar("Russia", "missiles", "Ukraine", HOME, "", one, None, ())
    both = Bar("Russia", "drones", "Ukraine", HOME, "", two, one, ())
    said = [blocks.plain(prose.bar_sentence(bar)) for bar in (shot, sent, both)]
    assert said == [
        "Ukrainian officials say 1 [1] Russian missile was stopped; no number launched is given.",
        "Ukrainian officials say 1 [1] Russian missile was launched; "
        "no figure of those stopped is in the ledger.",
        "Ukrainian officials say 1 [1] of 2 [2] Russian drones was stopped.",
    ]


def test_who_goes_on_is_not_named_again() -> None:
    one, two = Count(1, 1, "exact", (1,)), Count(2, 2, "exact", (2,))
    air = Voice("Air Force", "Ukraine")
    drones = Bar("Russia", "drones", "Ukraine", air, "overnight", two, one, ())
    missiles = Bar("Russia", "missiles", "Ukraine", air, "overnight", two, two, ())
    later = Bar("Russia", "missiles", "Ukraine", air, "daytime", None, one, ())
    said = [blocks.plain(run) for run in prose.bar_sentences([drones, missiles, later])]
    assert said == [
        "The Air Force says 1 [1] of 2 [2] Russian drones was stopped overnight.",
        "It says 2 [2] of 2 [2] Russian missiles were stopped.",
        "The Air Force says 1 [1] Russian missile was stopped during the day; "
        "no number launched is given.",
    ]


def test_a_time_alone_stands_apart() -> None:
    air = Voice("Ukrainian Air Force", "Ukraine")
    two, three = Count(2, 2, "exact", (1,)), Count(3, 3, "exact", (2,))
    bar = Bar("Russia", "drones", "Ukraine", air, "09:00", three, two, ())
    assert blocks.plain(prose.bar_sentence(bar)) == (
        "The Ukrainian Air Force says 2 [1] of 3 [2] Russian drones were stopped "
        "(time stated: 09:00)."
    )


def test_a_missing_side_is_said_in_words() -> None:
    drawn = bars(sample_night(without="Russia"))
    assert prose.missing_side(drawn) == [
        "No Russian claim of drones or missiles stopped in this night is in the ledger."
    ]
    assert prose.missing_side(bars(sample_night())) == []


def test_tolls() -> None:
    night = sample_night()
    found = [toll_sum(night, metric, "Ukraine") for metric in (Metric.KILLED, Metric.INJURED)]
    assert blocks.plain(prose.toll_sentence("Ukraine", *found)) == (
        "Governor Oleh Hryhorov reports at least 2 [9] killed (in one region, one "
        "claimant); Ukrainian officials report at least 11 [10] injured (5 + 6 over 2 regions, "
        "the least for each) in Ukraine."
    )
    assert blocks.plain(prose.toll_sentence("Russia", None, None)) == (
        "No figure of people killed or injured in Russia is in the ledger."
    )
    assert blocks.plain(prose.toll_sentence("Ukraine", None, found[1])).endswith(
        "in Ukraine; nobody gives a number of killed."
    )


UNATTRIBUTED = [
    # who prints a figure that nobody is named for -> how the sentence begins
    ("Suspilne", "Suspilne gives 15 [14] injured"),
    ("", "Unattributed reports give 15 [14] injured"),
]


@pytest.mark.parametrize(("claimant", "begins"), UNATTRIBUTED)
def test_a_paper_gives_what_reports_give(claimant: str, begins: str) -> None:
    (found,) = (toll_sum(sample_night(), metric, "Ukraine") for metric in (Metric.INJURED,))
    assert found is not None
    voices, count = (Voice(claimant, "unattributed"),), Count(15, 15, "exact", (14,))
    toll = dataclasses.replace(found, voices=voices, count=count, terms=(), side="unattributed")
    assert blocks.plain(prose.toll_sentence("Ukraine", None, toll)).startswith(begins)


def test_the_sum_behind_a_split_is_shown() -> None:
    found = split(sample_night(), "Ukraine")
    assert found is not None
    assert prose.split_title(found, NAMES) == (
        "Russia’s Ministry of Defence locates 104 of 159 drones overnight, "
        "most over Oryol Oblast (53) and the Black Sea (51)"
    )
    assert prose.split_sum(found) == (
        "Located: 53 + 51 = 104. Not located: 159\xa0\N{MINUS SIGN}\xa0104 = 55."
    )


def test_a_split_in_doubt_says_so() -> None:
    found = split(sample_night(), "Ukraine")
    assert found is not None
    about = dataclasses.replace(found.shares[0].count, hedge="about")
    doubted = dataclasses.replace(found.shares[0], count=about)
    alone = dataclasses.replace(found, shares=(doubted,))
    assert prose.split_title(alone, NAMES) == (
        "Russia’s Ministry of Defence locates about 53 of 159 drones overnight, over Oryol Oblast"
    )
    both = dataclasses.replace(found, shares=(doubted, found.shares[1]))
    assert "locates about 104 of 159" in prose.split_title(both, NAMES)
    assert prose.split_sum(both).startswith("Located: about 53 + 51 = about 104;")


def test_small_words() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert window_words("20:00-04:05") == "from 20:00 to 04:05"
    assert metric_words(Metric.INJURED, "child") == "injured: children"
    assert metric_words(Metric.KILLED) == "killed"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("місцевої влади", "local authorities"),
        ("обласній адміністрації", "local authorities"),
        ("Власти", "local authorities"),
    ],
)
def test_a_general_claimant_is_printed_in_english(written: str, shown: str) -> None:
    assert load_names("en").printed(written, "Ukraine") == shown


def test_that_nobody_is_named_is_said_once() -> None:
    nobody = Voice("", "unattributed")
    count = Count(13, 13, "exact", (50,))
    told = {
        voice.side: blocks.plain(
            prose.toll_sentence(
                "Ukraine", Sum(Metric.KILLED, "Ukraine", voice.side, count, (voice,)), None
            )
        )
        for voice in (nobody, HOME)
    }
    assert told["unattributed"].startswith("Unattributed reports give 13 [50] killed in Ukraine")
    assert told["Ukraine"].startswith("Ukrainian officials report 13 [50] killed in Ukraine")
