"""Where: regions in every case, colloquial names, cities, seas, origins that are no place."""

from grammar_cases import check, table


@table("places")
def test_places(case: dict[str, str]) -> None:
    check(case)
