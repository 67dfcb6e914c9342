""" "Two each" is a claim for every place named; without "each" one figure is of all of them."""

from grammar_cases import check, table


@table("each")
def test_each(case: dict[str, str]) -> None:
    check(case)
