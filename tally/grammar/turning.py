"""Sentences that turn from one side's attack to the other's: "…, while Russian strikes killed six".

What is told of one attack (its place, who reports it, whose it is) is not told of the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tally.grammar.context import Line
from tally.grammar.cues import cues
from tally.grammar.marks import Mark


def of_one_attack(line: Line, at: int) -> Line:
    """Return a sentence with only what belongs to the attack that a mark is told of."""
    if len({side for _, side in line.attackers}) < 2:
        return line
    for turn in _turns(line.marks):
        before = {side for i, side in line.attackers if i < turn}
        after = {side for i, side in line.attackers if i > turn}
        if before and after and before.isdisjoint(after):
            return _between(line, *((0, turn) if at < turn else (turn, len(line.marks))))
    return line


def _turns(marks: Sequence[Mark]) -> Iterator[int]:
    """Yield where a clause behind a comma tells what happened elsewhere meanwhile."""
    for i, mark in enumerate(marks):
        if i and mark.low in cues("turn") and marks[i - 1].tag == "comma":
            yield i


def _between(line: Line, first: int, last: int) -> Line:
    return replace(
        line,
        places=[place for place in line.places if first <= place.at < last],
        reporting=[speaker for speaker in line.reporting if first <= speaker.at < last],
        attackers=[entry for entry in line.attackers if first <= entry[0] < last],
    )
