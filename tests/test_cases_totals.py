"""Running totals over months beside the figure of a night, a day or a short span."""

from grammar_cases import check, table


@table("totals")
def test_totals(case: dict[str, str]) -> None:
    check(case)
