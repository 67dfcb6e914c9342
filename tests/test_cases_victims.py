"""Whether the dead and wounded are said to be children, civilians, soldiers or responders."""

from grammar_cases import check, table


@table("victims")
def test_victims(case: dict[str, str]) -> None:
    check(case)
