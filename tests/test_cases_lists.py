"""Lists of regions: one figure for several, a figure each, the place before its number."""

from grammar_cases import check, table


@table("lists")
def test_lists(case: dict[str, str]) -> None:
    check(case)
