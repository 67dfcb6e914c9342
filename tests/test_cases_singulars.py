"""A singular that is plainly one person or thing is 1; a generic one is nothing."""

from grammar_cases import check, table


@table("singulars")
def test_singulars(case: dict[str, str]) -> None:
    check(case)
