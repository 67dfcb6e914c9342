"""When a briefing is due: cron as cron means it, each local day once, across summer time."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.schedule.calendar import Calendar
from tally.schedule.placeholders import expand

KYIV = ZoneInfo("Europe/Kyiv")


def moment(words: str) -> dt.datetime:
    return dt.datetime.fromisoformat(words).replace(tzinfo=KYIV)


def local(expression: str, after: str, count: int, zone: ZoneInfo = KYIV) -> list[str]:
    coming = Calendar(expression, zone).next(moment(after), count)
    return [f"{each.due.astimezone(zone):%a %d %H:%M%z}" for each in coming]


DUE = [
    # Each morning at the time that the clock on the wall shows, before and after the change.
    ("0 8 * * *", "2025-03-29T09:00", ["Sun 30 08:00+0300", "Mon 31 08:00+0300"]),
    ("0 8 * * *", "2025-10-25T09:00", ["Sun 26 08:00+0200", "Mon 27 08:00+0200"]),
    ("0 8 * * *", "2025-03-28T09:00", ["Sat 29 08:00+0200", "Sun 30 08:00+0300"]),
    # An hour that does not exist is made good right after; one that comes twice counts once.
    ("30 3 * * *", "2025-03-29T12:00", ["Sun 30 04:30+0300", "Mon 31 03:30+0300"]),
    ("30 3 * * *", "2025-10-25T12:00", ["Sun 26 03:30+0300", "Mon 27 03:30+0200"]),
    # Every hour means every hour, also the repeated one.
    ("0 * * * *", "2025-10-26T02:30", ["Sun 26 03:00+0300", "Sun 26 03:00+0200"]),
    ("0 * * * *", "2025-03-30T02:30", ["Sun 30 04:00+0300", "Sun 30 05:00+0300"]),
    # Weekdays as cron counts them: 0 and 7 are Sunday, 1 is Monday.
    ("0 8 * * 1", "2025-05-21T00:00", ["Mon 26 08:00+0300", "Mon 02 08:00+0300"]),
    ("0 8 * * 0", "2025-05-21T00:00", ["Sun 25 08:00+0300", "Sun 01 08:00+0300"]),
    ("0 8 * * 7", "2025-05-21T00:00", ["Sun 25 08:00+0300", "Sun 01 08:00+0300"]),
    ("0 8 * * 5-7", "2025-05-21T00:00", ["Fri 23 08:00+0300", "Sat 24 08:00+0300"]),
    ("0 8 * * fri-mon", "2025-05-24T09:00", ["Sun 25 08:00+0300", "Mon 26 08:00+0300"]),
    ("0 8 1 * *", "2025-05-21T00:00", ["Sun 01 08:00+0300", "Tue 01 08:00+0300"]),
    ("0 6,18 * * *", "2025-05-21T07:00", ["Wed 21 18:00+0300", "Thu 22 06:00+0300"]),
    ("0 8 29 2 *", "2025-05-21T00:00", ["Tue 29 08:00+0200"]),
]


@pytest.mark.parametrize(("expression", "after", "due"), DUE)
def test_what_is_due(expression: str, after: str, due: list[str]) -> None:
    assert local(expression, after, len(due)) == due


WRONG = [
    ("0 8 * *", "has 4 fields; write five: minute hour day month weekday"),
    ("@daily", "has 1 fields"),
    ("0 25 * * *", "25"),
    ("x 8 * * *", "Unrecognized expression"),
    ("0 8 * * 8", "has a weekday '8'; write 0 to 7 or sun, mon"),
    ("0 8 * * someday", "has a weekday 'someday'"),
    ("0 8 31 2 *", "never comes"),
    ("0 8 1 * 1", "names days of the month and weekdays; cron takes either"),
]


@pytest.mark.parametrize(("expression", "words"), WRONG)
def test_a_wrong_expression_is_told(expression: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Calendar(expression, KYIV)


def test_a_period_is_named_by_its_day_and_by_its_time_where_it_has_several() -> None:
    day, hours = Calendar("30 8 * * *", KYIV), Calendar("0 * * * *", KYIV)
    assert day.next(moment("2025-05-21T00:00"))[0].name == "2025-05-21"
    names = [each.name for each in hours.next(moment("2025-10-26T02:30"), 3)]
    assert names == ["2025-10-26T0300", "2025-10-26T0300-2", "2025-10-26T0400"]
    for calendar in (day, hours):
        for each in calendar.next(moment("2025-10-26T00:30"), 6):
            assert calendar.named(each.name) == each
    assert [day.named(name) for name in ("2025-02-30", "", "soon", "2025-05-21T0830")] == [None] * 4


ZONES = ("Europe/Kyiv", "Europe/Moscow", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Beirut")


@settings(max_examples=60)
@given(
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    start=st.dates(dt.date(2015, 1, 1), dt.date(2030, 1, 1)),
)
def test_a_daily_briefing_has_each_day_once(
    zone: str, hour: int, minute: int, start: dt.date
) -> None:
    calendar = Calendar(f"{minute} {hour} * * *", ZoneInfo(zone))
    noon = dt.datetime.combine(start, dt.time(12), ZoneInfo(zone))
    names = [each.name for each in calendar.between(noon, noon + dt.timedelta(days=60))]
    days = [dt.date.fromisoformat(name) for name in names]
    assert days == [days[0] + dt.timedelta(days=n) for n in range(len(days))]
    assert len(days) in (59, 60, 61)


EXPANDED = [
    ("{date}", "2025-05-21"),
    ("{date-1}", "2025-05-20"),
    ("{date+2}", "2025-05-23"),
    ("{week}", "2025-05-19"),
    ("{week-1}", "2025-05-12"),
    ("{week_end-1}", "2025-05-18"),
    ("{month}", "2025-05-01"),
    ("{month-5}", "2024-12-01"),
    ("{month_end-3}", "2025-02-28"),
    ("{due}", "2025-05-21T08:30+03:00"),
    ("UA-59", "UA-59"),
    ("", ""),
]


@pytest.mark.parametrize(("words", "value"), EXPANDED)
def test_a_placeholder_is_filled_in(words: str, value: str) -> None:
    assert expand(words, moment("2025-05-21T08:30")) == value


def test_a_placeholder_that_is_not_known_lists_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no value for \{now\}; there are: \{due\}, \{date\}"):
        expand("{now}", moment("2025-05-21T08:30"))
