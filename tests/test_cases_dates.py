"""When: nights by their morning, weekdays, windows, spans, months, no date of publication."""

from grammar_cases import check, table


@table("dates")
def test_dates(case: dict[str, str]) -> None:
    check(case)
