"""Parameters of a briefing: what is taken, in which form, and how a wrong one is told."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tally.errors import ParameterError
from tally.render.parameters import check_parameters
from tally.settings import Briefing, Parameter

DAILY = Briefing(
    "daily",
    "Daily briefing",
    Path("daily_briefing.ipynb"),
    "One night.",
    "day",
    ZoneInfo("Europe/Kyiv"),
    (
        Parameter("day", "date", "The morning.", required=True),
        Parameter("as_of", "datetime", "Known by then."),
        Parameter("days", "int", "How many.", default="14", least="1", most="62"),
        Parameter("since", "date", "From when.", least="2022-02-24"),
        Parameter("scope", "choice", "Which side.", default="all", choices=("all", "ukraine")),
        Parameter("note", "str", "Words."),
    ),
)
DAY = {"day": "2025-05-21"}

TAKEN = [
    ({}, {"as_of": "", "days": 14, "since": "", "scope": "all", "note": ""}),
    ({"day": "20250521"}, {"day": "2025-05-21"}),
    ({"day": " 2025-05-21 "}, {"day": "2025-05-21"}),
    ({"as_of": "2025-05-22T08:00"}, {"as_of": "2025-05-22T08:00+03:00"}),
    ({"as_of": "2025-01-22T08:00"}, {"as_of": "2025-01-22T08:00+02:00"}),
    ({"as_of": "2025-05-22"}, {"as_of": "2025-05-22"}),
    ({"as_of": "2025-05-22T05:00:30Z"}, {"as_of": "2025-05-22T05:00:30+00:00"}),
    ({"days": "7", "scope": "ukraine"}, {"days": 7, "scope": "ukraine"}),
    ({"note": "'; import os #"}, {"note": "'; import os #"}),
]
REFUSED = [
    ({"foo": "1"}, 'daily has no parameter "foo"; it takes: as_of, day, days, note, scope, since.'),
    ({"day": "2025-02-30"}, "daily: day must be a date such as 2025-05-21; it is '2025-02-30'."),
    ({"day": "21.05.2025"}, "daily: day must be a date such as 2025-05-21; it is '21.05.2025'."),
    ({"day": "2025-05-21T08:00"}, "daily: day must be a date"),
    ({"day": ""}, "daily needs day: The morning."),
    ({"as_of": "08:00"}, "daily: as_of must be a time such as 2025-05-22T08:00"),
    ({"as_of": ""}, "daily: as_of must be a time"),
    ({"as_of": "0001-01-01T00:00"}, "daily: as_of must be a time"),
    ({"days": "two"}, "daily: days must be a whole number such as 14; it is 'two'."),
    ({"days": "0"}, "daily: days must be within 1 to 62; it is 0."),
    ({"days": "63"}, "daily: days must be within 1 to 62; it is 63."),
    ({"since": "2021-12-31"}, "daily: since must be within 2022-02-24 to any; it is 2021-12-31."),
    ({"scope": "russia"}, "daily: scope must be one of all, ukraine; it is 'russia'."),
]


@pytest.mark.parametrize(("given", "taken"), TAKEN)
def test_a_parameter_is_passed_as_its_notebook_takes_it(
    given: dict[str, str], taken: dict[str, str | int]
) -> None:
    assert check_parameters(DAILY, DAY | given).items() >= taken.items()


@pytest.mark.parametrize(("given", "words"), REFUSED)
def test_a_wrong_parameter_is_told_in_words(given: dict[str, str], words: str) -> None:
    with pytest.raises(ParameterError) as caught:
        check_parameters(DAILY, DAY | given)
    assert str(caught.value).startswith(words)


def test_a_parameter_that_is_needed_is_asked_for() -> None:
    with pytest.raises(ParameterError, match="daily needs day: The morning"):
        check_parameters(DAILY, {})
