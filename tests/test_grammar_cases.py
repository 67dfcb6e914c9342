"""The tables of sentences themselves: their notation can fail, and they hold what they should."""

import pytest
from grammar_cases import PARTS, differences, document, lines, parse

from tally.extract import extract

FEWEST = 15
COLUMNS = ["lang", "published", "text", "expected", "note", "xfail"]
READ = "Governor Petro Hrynchuk said at least five people had been wounded in Sumy, two of them \
children. Up to 12 drones were shot down on Monday."
RIGHT = (
    "injured>=5 att=Russia side=Ukraine by=Petro_Hrynchuk at=UA-59 place=Sumy victims=- of=-"
    " kind=period doubt=no on=2025-06-11; injured=2 of=1 victims=child;"
    " drones_intercepted<=12 on=2025-06-09"
)


@pytest.mark.parametrize("part", PARTS)
def test_a_table_has_cases_in_three_languages_and_a_third_that_must_not_be_read(part: str) -> None:
    rows = lines(part)
    contrasts = [row for row in rows if not row["expected"] or row["note"].startswith("contrast")]
    assert len(rows) >= FEWEST
    assert {row["lang"] for row in rows} == {"en", "uk", "ru"}
    assert len(contrasts) >= len(rows) / 3
    assert [column for column in rows[0] if column != "publisher"] == COLUMNS
    assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize("part", PARTS)
def test_a_sentence_stands_once_in_a_table(part: str) -> None:
    read = [(row["lang"], row["published"], row["text"]) for row in lines(part)]
    assert len(set(read)) == len(read)


def wrong(expected: str) -> list[str]:
    row = {"lang": "en", "published": "2025-06-11", "text": READ}
    return differences(parse(expected), extract(document(row)))


def test_what_is_read_right_meets_its_notation() -> None:
    assert wrong(RIGHT) == []


@pytest.mark.parametrize(
    ("right", "other"),
    [
        (">=5", "=5"),
        ("<=12", "<12"),
        ("att=Russia", "att=Ukraine"),
        ("side=Ukraine", "side=-"),
        ("by=Petro_Hrynchuk", "by=-"),
        ("at=UA-59", "at=UA-59+UA-63"),
        ("place=Sumy", "place=-"),
        ("victims=child", "victims=-"),
        ("of=1", "of=-"),
        ("kind=period", "kind=increment"),
        ("doubt=no", "doubt=yes"),
        ("on=2025-06-09", "on=2025-06-11"),
        ("; injured=2 of=1 victims=child", ""),
    ],
)
def test_each_word_of_the_notation_can_fail(right: str, other: str) -> None:
    assert right in RIGHT
    assert wrong(RIGHT.replace(right, other, 1))


@pytest.mark.parametrize(
    "written", ["drones=x", "killed=5 at", "killed=5 where=Sumy", "5 killed", "killed=5 of=1"]
)
def test_what_is_not_in_the_notation_is_an_error(written: str) -> None:
    with pytest.raises(ValueError, match="not in the notation"):
        parse(written)
