"""The map of a night: each side's figures in its own hue, none left out without a word."""

import dataclasses

from sample_night import CLAIMS, DAY, DOCUMENTS, NAMES, claim, estimate, sample_night
from test_briefing import numerals, of_kind

from tally import blocks
from tally.evidence import gather
from tally.mapping import INJURED, SHORT, STOPPED, tile_map
from tally.model import Reconciled
from tally.names import load_tiles


def test_each_figure_is_on_the_map_or_named_beside_it() -> None:
    (figure,) = of_kind(list(tile_map(sample_night())), "figure")
    assert sorted(map(tuple, figure["data"]["rows"])) == [
        ("Kharkiv Oblast", INJURED, "≥ 6"), ("Oryol Oblast", STOPPED, "53"),
        ("Sumy Oblast", INJURED, "≥ 5"),
    ]  # fmt: skip
    caption = blocks.plain(figure["caption"])
    assert "the Black Sea (51 stopped, on Russia’s word)" in caption
    assert (
        "On Russia’s word, most Ukrainian drones were stopped over Oryol Oblast (53); " in caption
    )
    known = {n for c in CLAIMS for n in (c.low, c.high)}
    assert numerals(caption) | numerals(figure["alt"]) <= known


def test_people_injured_in_russia_are_named_too() -> None:
    hurt = claim("b", "injured", 4, 4, attacker="Ukraine", claimant="Gladkov",
                 claimant_side="Russia", place="Belgorod", admin1=("RU-ORL",))  # fmt: skip
    made = Reconciled((*CLAIMS, hurt), (), (estimate([hurt]), estimate([CLAIMS[9]])), (), ())
    (said,) = tile_map(gather(made, DAY, DOCUMENTS, NAMES))
    told = blocks.plain(said.block["paragraphs"][0])
    assert "Oryol Oblast (≥ 4 injured, on Russia’s word)" in told


def test_a_night_without_regions_says_so() -> None:
    night = dataclasses.replace(sample_night(), estimates=())
    (said,) = tile_map(night)
    assert "no map is drawn" in blocks.plain(said.block["paragraphs"][0])
    assert tile_map(sample_night(day=DAY.replace(day=2))) == ()


def test_one_region_alone_is_told_and_not_drawn() -> None:
    made = Reconciled(CLAIMS, (), (estimate([CLAIMS[9]]),), (), ())
    (said,) = tile_map(gather(made, DAY, DOCUMENTS, NAMES))
    assert blocks.plain(said.block["paragraphs"][0]) == (
        "So few regions have a figure that no map is drawn: Sumy Oblast (≥ 5 injured, "
        "on Ukraine’s word)."
    )


def test_every_region_of_ukraine_has_letters_and_no_two_share_a_tile() -> None:
    tiles = load_tiles()
    assert {code for code in tiles if code.startswith("UA")} == set(SHORT)
    assert len(set(tiles.values())) == len(tiles) == 110
    assert len(set(SHORT.values())) == len(SHORT)
