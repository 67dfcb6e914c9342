"""Words are measured as wide as they will be set."""

import pytest
from matplotlib.textpath import TextPath

from tally.advances import across

WIDE = [
    "The Ukrainian Air Force says 266 of 298", "Ще 5 поранених у Києві", "AVATAR, Yo. Ty", "≥ 117",
]  # fmt: skip


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("words", WIDE)
def test_words_are_as_wide_as_they_are_set(words: str, weight) -> None:
    font = {"family": "DejaVu Sans", "weight": weight}
    box = TextPath((0, 0), f"|{words}|", size=100, prop=font).get_extents()
    bars = TextPath((0, 0), "||", size=100, prop=font).get_extents()
    assert across(f"|{words}|", 100, weight) * 72 - across("||", 100, weight) * 72 == (
        pytest.approx(box.width - bars.width, abs=0.5)
    )


def test_a_letter_of_no_font_of_ours_is_wide() -> None:
    assert across("漢", 72, "normal") == pytest.approx(1)
