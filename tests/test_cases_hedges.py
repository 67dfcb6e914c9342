"""Words of doubt and open ends belong to the number that they stand before."""

from grammar_cases import check, table


@table("hedges")
def test_hedges(case: dict[str, str]) -> None:
    check(case)
