"""Number words, inflected and collective numerals, suffixes, separators; vague is none."""

from grammar_cases import check, table


@table("numbers")
def test_numbers(case: dict[str, str]) -> None:
    check(case)
