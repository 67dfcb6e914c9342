"""Whose attack, drones or missiles a figure is of; each construction with the sides exchanged."""

from grammar_cases import check, table


@table("attackers")
def test_attackers(case: dict[str, str]) -> None:
    check(case)
