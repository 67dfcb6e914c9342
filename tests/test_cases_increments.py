""" "Another three" adds to an earlier count of the same thing, or only counts another thing."""

from grammar_cases import check, table


@table("increments")
def test_increments(case: dict[str, str]) -> None:
    check(case)
