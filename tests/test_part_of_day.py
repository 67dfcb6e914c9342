"""Parts of a day: hours in which people were hurt, not those by which they were counted."""

import pytest

from tally.extract import extract
from tally.model import Document

SAID = [
    # language, text -> the windows of its claims
    ("en", "Three people were killed in Kharkiv in the evening.", ["evening"]),
    ("en", "Three people were killed in Kharkiv in the afternoon.", ["daytime"]),
    ("en", "Three people were killed nearby in the morning.", ["morning"]),
    ("en", "By evening the death toll in Kharkiv had risen to 12.", [""]),
    ("en", "By the afternoon, 12 people had been killed in Kharkiv.", [""]),
    ("en", "By morning, 20 Ukrainian drones had been shot down over Tula region.", [""]),
    ("uk", "Увечері в Харкові загинули троє людей.", ["evening"]),
    ("uk", "Станом на вечір у Харкові 12 загиблих.", [""]),
    ("ru", "Вечером в Харькове погибли трое.", ["evening"]),
    ("ru", "К вечеру число погибших в Харькове выросло до 12.", [""]),
]


@pytest.mark.parametrize(("lang", "text", "windows"), SAID)
def test_a_part_of_a_day_is_when_it_happened(lang: str, text: str, windows: list[str]) -> None:
    document = Document("toll", lang, "2025-05-21", "", "", "", text)
    assert [claim.window for claim in extract(document)] == windows
