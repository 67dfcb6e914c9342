"""Figures that the document says could not be confirmed, and those that were."""

from grammar_cases import check, table


@table("unverified")
def test_unverified(case: dict[str, str]) -> None:
    check(case)
