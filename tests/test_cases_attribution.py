"""Who asserts a figure: names sentences away, headlines, quotes, passives, denials, two sides."""

from grammar_cases import check, table


@table("attribution")
def test_attribution(case: dict[str, str]) -> None:
    check(case)
