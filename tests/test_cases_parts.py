"""What is a part of what: including, of which, brackets, colon lists, all 29, 63 out of 76."""

from grammar_cases import check, table


@table("parts")
def test_parts(case: dict[str, str]) -> None:
    check(case)
