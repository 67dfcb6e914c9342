"""Dead and wounded of whom their own words do not say who they were: soldiers, civilians.

An army's losses and the fallen are soldiers; those below "casualties among civilians" are not.
"""

import re
from collections.abc import Sequence

from tally.grammar.chunks import PEOPLE, Frame
from tally.grammar.context import Context, Line
from tally.grammar.cues import cues, stems
from tally.grammar.deeds import AS_WHAT
from tally.grammar.draft import Draft
from tally.grammar.soldiers import losers_of


def of_losses(context: Context, line: Line, frame: Frame, draft: Draft) -> bool:
    """Tell whether dead or wounded are an army's losses: "losses of 22,000 killed".

    The word stands in the sentence, or for a running total in the lines before it.
    """
    of_an_army = line.loses and losers_of(line.marks, draft.count, draft.side, context.lang)
    as_what = frame.at >= 0 and line.marks[frame.at].low in AS_WHAT
    if draft.count.unit and not of_an_army and not _hurt_alone(draft.count.mods) and not as_what:
        return False
    if line.civilians:
        return False
    if of_an_army or line.losses:
        return True
    if draft.aggregation != "cumulative":
        return False
    start = line.sentence.start
    before = context.text[max(0, start - LIST_OF_LOSSES) : start].lower()
    return not cues("losses").isdisjoint(WORD.findall(before))


def among_civilians(context: Context, line: Line) -> bool:
    """Tell whether a list is of hurt civilians: "пострадавшие среди мирных: ранен …"."""
    start = line.sentence.start
    heading = context.text[max(0, start - HEADING) : line.sentence.end]
    low = heading.lower()
    return any(among in low for among in AMONG_WHOM) and AMONG.search(heading) is not None


AMONG_WHOM = (" среди ", " серед ", " among ")

AMONG = re.compile(
    r"(?:пострадавш|погибш|жертв|ранен|потер)\w* среди (?:гражданск|мирн)"
    r"|(?:постраждал|загибл|жертв|поранен|втрат)\w* серед (?:цивільн|мирн)"
    r"|(?:casualties|victims|losses|dead|wounded) among (?:the )?civilian",
    re.IGNORECASE,
)
HEADING = 400  # characters of a list below its heading


def in_battle(line: Line, frame: Frame) -> bool:
    """Tell whether people fell as fighters: "Russians killed fighting", "загинули в боях"."""
    if frame.event not in PEOPLE or frame.at < 0:
        return False
    after = " ".join(mark.low for mark in line.marks[frame.at + 1 : frame.at + 6])
    return AT_WAR.match(after) is not None


AT_WAR = re.compile(
    r"(?:recently |\w+ly )?(?:while |when )?fighting|in (?:battle|combat|action)\b"
    r"|(?:(?:на війні|на войне)(?: ,)? )?(?:[ву] бо(?:ях|ю)|на фронті|на фронте)\b"
)


def _hurt_alone(mods: Sequence[str]) -> bool:
    """Tell whether people are only called dead or wounded: "157 000 погибших"."""
    return bool(mods) and mods[-1].startswith(stems("hurt_noun"))


LIST_OF_LOSSES = 600  # characters
WORD = re.compile(r"[^\W\d_]+")
