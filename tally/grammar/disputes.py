"""Attacks that each side lays on the other: they are nobody's, whoever is told first.

"Both blamed the other", or an answer: "Moscow says a Himars strike killed 53. Kyiv says the
Russians murdered the prisoners".
"""

from tally.grammar.context import Context, Line
from tally.grammar.sides import blamed_on_each_other
from tally.model import OPPONENT, TOLLS


def is_disputed(context: Context, line: Line) -> bool:
    """Lay an attack on nobody, also where the sentences before told its dead; tell whether so."""
    if blamed_on_each_other(line.marks):
        _lay_on_nobody(context, line, 1)
    elif _answers(context, line):
        _lay_on_nobody(context, line, ANSWERED_WITHIN)
    else:
        return False
    context.disputed_at = line.number
    return True


ANSWERED_WITHIN = 2  # sentences


def _lay_on_nobody(context: Context, line: Line, back: int) -> None:
    for draft in reversed(context.drafts):
        if line.number - draft.sentence > back:
            return
        if draft.metric in TOLLS:
            draft.attacker = ""


def _answers(context: Context, line: Line) -> bool:
    """Tell whether a side says that the other did what it was just accused of.

    The answer stands in the same paragraph, counts nobody and names no other place: a new attack
    would.
    """
    sides = {side for _, side in line.attackers}
    accusing = {speaker.side for speaker in line.reporting} & set(OPPONENT)
    if line.frames or len(sides) != 1 or len(accusing) != 1 or sides & accusing:
        return False
    told = [
        draft
        for draft in context.drafts
        if line.number - draft.sentence <= ANSWERED_WITHIN
        and draft.paragraph == line.sentence.paragraph
        and draft.metric in TOLLS
    ]
    regions = {code for draft in told for code in draft.regions}
    elsewhere = {code for place in line.places for code in place.admin1} - regions
    (accuser,) = accusing
    return not elsewhere and any(
        draft.attacker == accuser and draft.side == OPPONENT[accuser] for draft in told
    )
