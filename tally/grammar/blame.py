"""Blame told a sentence later: "A family of three was killed. Russian aircraft struck the village".

The sentence tells an attack and counts nobody; what was counted just before was its doing.
"""

from tally.grammar.accusing import is_accused
from tally.grammar.context import Context, Line
from tally.grammar.draft import Draft
from tally.grammar.explosions import BLOW
from tally.grammar.marks import Mark
from tally.grammar.place_runs import run_after
from tally.grammar.placing import named_place
from tally.grammar.territory import attacker_by_place
from tally.model import TOLLS, Place


def blame_behind(context: Context, line: Line) -> None:
    """Lay what nobody was blamed for on the attack told next, and place it there."""
    if context.disputed_at == line.number:
        return
    if line.frames or not context.drafts or context.drafts[-1].sentence < line.number - 1:
        return
    sides = {side for _, side in line.attackers}
    blamed = bool(sides) and any(is_accused(line.marks, at) for at, _ in line.attackers)
    if len(sides) > 1 or not (blamed or any(_strikes(mark) for mark in line.marks)):
        return
    for draft in reversed(context.drafts):
        if draft.sentence < line.number - 1 or draft.paragraph != line.sentence.paragraph:
            return
        if draft.sentence == context.mined_at or not _open_to_blame(draft, line):
            continue
        struck = draft.place or _where_struck(context, line)
        if sides or struck is not draft.place:
            draft.place = struck
            draft.attacker = next(iter(sides), "") or attacker_by_place(draft)
            draft.rules.append("blame told after it")


def _where_struck(context: Context, line: Line) -> Place | None:
    own = [p for p in line.places if p.kind not in {"country", "bearing", "there"}]
    run = run_after(own, line.marks, 0, len(line.marks))
    return named_place(run, line, context) if run else None


def _strikes(mark: Mark) -> bool:
    return mark.event in {"launched", "hit"} or mark.low.startswith(BLOW)


def _open_to_blame(draft: Draft, line: Line) -> bool:
    """Tell whether a figure is of the attack: of people or hits, of no other place."""
    if draft.attacker or draft.victims == "military":
        return False
    if draft.metric not in TOLLS and not draft.metric.endswith("_hit"):
        return False
    there = set(draft.regions)
    named = {code for place in line.places for code in place.admin1}
    return not there or not named or bool(there & named)
