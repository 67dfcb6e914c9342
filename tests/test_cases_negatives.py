"""Numbers that are no claims: models, ages, prices, other wars, losses, prisoners, averages."""

from grammar_cases import check, table


@table("negatives")
def test_negatives(case: dict[str, str]) -> None:
    check(case)
