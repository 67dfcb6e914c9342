"""Whose attack a figure is of: by the words, the place hit, the side that reports it."""

import re
from itertools import pairwise

from tally.grammar.arms import OWN, by_arms, names_weapon, of_weapons, own_weapons
from tally.grammar.attacks import did_it
from tally.grammar.camps import camp_of, of_a_ship
from tally.grammar.chunks import PEOPLE, Frame
from tally.grammar.context import Context, Line
from tally.grammar.cues import cues
from tally.grammar.draft import AT_THE_PLACE, Draft
from tally.grammar.explosions import ATTACKS, EXPLODED, STRUCK, THAT, blow_in
from tally.grammar.killers import is_object
from tally.grammar.sides import (
    CRIMEA,
    OCCUPIED,
    held_from_the_start,
    side_named,
    weapons_of,
)
from tally.grammar.soldiers import losers_of, soldiers_of
from tally.grammar.territory import attacker_by_place, by_country, by_territory
from tally.model import OPPONENT


def attacker_of(context: Context, line: Line, frame: Frame, draft: Draft) -> str:
    """Return whose attack or weapons a draft is about: "Ukraine", "Russia" or ""."""
    if frame.event in PEOPLE and _nobodys(context, line):
        return ""
    by_words = of_weapons(context, line, frame, draft) or _of_who_did_it(
        line, frame, draft, context.lang
    )
    if by_words:
        return by_words
    if draft.victims == "military":
        foe = _fought(line, frame, context.lang)
        soldiers = foe or _of_soldiers(context, line, frame, draft)
        if soldiers is not None:
            return soldiers
    if frame.unit == "person" and draft.side != "Ukraine":
        if line.unexplained and not line.attackers:
            return ""
        held = set(draft.regions) <= OCCUPIED
        if line.occupied and held and draft.victims != "military" and not line.attackers:
            return "Ukraine"
    named = own_weapons(line, frame, draft) or _named_near(context, line, frame)
    alone = frame.count.implied and frame.event in PEOPLE and draft.side not in OPPONENT
    if named or (alone and _peaceful(context, line)):
        return named
    return _by_scene(context, line, frame, draft)


def _peaceful(context: Context, line: Line) -> bool:
    """Tell whether no attack is told around a sentence: "a French citizen was killed in Ukraine".

    Of one person who died at war, where it was does not tell by whose hand; a toll is of attacks.
    """
    lines = context.marked.lines
    first, last = max(0, line.number - TOLD_BEFORE), line.number + TOLD_BEHIND
    around = context.text[lines[first].start : lines[min(last, len(lines) - 1)].end]
    return not any(told.search(around) for told in (STRUCK, EXPLODED, SHOT))


TOLD_BEFORE, TOLD_BEHIND = 3, 2  # sentences
SHOT = re.compile(
    r"\b(?:shot|execut|murder|tortur|shrapnel|sniper|under fire|(?:was|were|been) hit)"
    r"|розстріл|расстрел|застрел|катув|пытк|пыток"
    r"|уламк|осколк|снайпер|під вогн|под огн",
    re.IGNORECASE,
)


def _nobodys(context: Context, line: Line) -> bool:
    """Tell whether nobody is told to have hurt people: the sides dispute it, a mine, a blast."""
    if _on_both(line):
        return True
    after = line.number - context.disputed_at
    if not after or (after == 1 and not line.attackers):
        return True
    return not line.attackers and (context.unexplained or _mined(context, line))


def _on_both(line: Line) -> bool:
    """Tell whether both sides attacked: "in strikes in Russia and Ukraine", "trade strikes"."""
    for one, other in pairwise(place for place in line.places if place.kind == "country"):
        joined = line.marks[one.at + 1 : other.at]
        within = one.at > 0 and line.marks[one.at - 1].low in cues("within")
        if within and len(joined) == 1 and joined[0].is_a("conj"):
            return True
    return not cues("trading").isdisjoint(line.gist.words) and any(
        mark.low in cues("trading")
        and any(m.event == "launched" or m.unit == "rocketlike" for m in line.marks[i + 1 : i + 4])
        for i, mark in enumerate(line.marks)
    )


def _of_who_did_it(line: Line, frame: Frame, draft: Draft, lang: str) -> str:
    """Return who hurt people by a weapon that one side has, or by who claims to have done it."""
    if frame.event not in PEOPLE:
        return ""
    armed = [side for at, side in line.attackers if names_weapon(line, at, lang)]
    if armed:
        return armed[-1]
    return draft.side if draft.side in OPPONENT and _own_blow(line, frame, draft.side, lang) else ""


def _of_soldiers(context: Context, line: Line, frame: Frame, draft: Draft) -> str | None:
    """Return who hurt soldiers of a side, "" where no attack is told; None of nobody's soldiers."""
    lang = context.lang
    soldiers = soldiers_of(line.marks, frame.count, frame.at, lang) or losers_of(
        line.marks, frame.count, draft.side, lang
    )
    if not soldiers:
        return draft.side if draft.side in OPPONENT and _eliminated(line, frame) else None
    boasts = draft.side == OPPONENT[soldiers]
    told = boasts or _attacked_or_fought(context, line, frame, draft)
    return OPPONENT[soldiers] if told else ""


def _eliminated(line: Line, frame: Frame) -> bool:
    """Tell whether soldiers beside were destroyed by who speaks: "уничтожены 26, 3 ранены"."""
    return any(
        count.victims == "military"
        and {line.marks[i].event for i in chunk.events} == {"intercepted"}
        for chunk in line.chunks[: frame.chunk]
        for count in chunk.counts
    )


def _named_near(context: Context, line: Line, frame: Frame) -> str:
    """Return the attacker named nearest to a figure, soldiers who were hurt left out."""
    near = [
        entry
        for entry in line.attackers
        if not frame.count.first <= entry[0] <= frame.count.last
        and (
            not is_soldier(line, entry[0])
            or is_object(frame.count, frame.at, line.marks)
            or did_it(line.marks, entry[0], context.lang)
        )
    ]
    return min(near, key=lambda entry: abs(entry[0] - frame.count.first))[1] if near else ""


def _by_scene(context: Context, line: Line, frame: Frame, draft: Draft) -> str:
    """Return the attacker by where it was, who speaks and what was told before."""
    if _of_both(draft) and frame.event in PEOPLE:
        return by_arms(line.marks)
    soldiers = draft.victims == "military"
    if soldiers and not _attacked_or_fought(context, line, frame, draft):
        return ""
    told = _told_before(context, line, draft)
    if not told and draft.side not in OPPONENT and held_from_the_start(draft.place):
        return ""
    by_place = told or attacker_by_place(draft)
    hurt = frame.unit == "person"
    camp = camp_of(line.marks, frame.count, context.lang) if hurt else ""
    if by_place and camp != by_place:
        return by_place
    if frame.event == "launched" and draft.side == context.attacker and context.place:
        return context.attacker
    side = draft.side if draft.side in OPPONENT else context.leaning
    theirs = side is not None and camp == OPPONENT[side]
    if side is not None and not (hurt and (soldiers or of_a_ship(line.marks, frame.count))):
        return side if theirs else OPPONENT[side]
    if camp and _struck(line):
        return OPPONENT[camp]
    country = by_country(line, context.lang) if frame.event in {*PEOPLE, "hit"} else ""
    if country and not soldiers:
        return "" if camp == country else country
    if frame.event in PEOPLE and not soldiers and draft.aggregation == "period":
        return by_territory(context.place, draft.side) or context.attacker
    return context.attacker or by_arms(line.marks)


def _fought(line: Line, frame: Frame, lang: str) -> str:
    """Return whom the fallen fought: "died fighting Russian forces"."""
    after = line.marks[frame.at + 1 : frame.at + 5] if frame.at >= 0 else ()
    words = [mark.low for mark in after]
    if "fighting" not in words:
        return ""
    foe = [word for word in words[words.index("fighting") + 1 :] if word != "against"][:1]
    return weapons_of(foe, lang)


def _attacked_or_fought(context: Context, line: Line, frame: Frame, draft: Draft) -> bool:
    """Tell whether soldiers fell in an attack that is told, or were killed by somebody.

    Of soldiers who only died at war, as of a toll of them, nobody in particular is the attacker.
    """
    since = line.number - context.attacker_at
    by = any(mark.low in BY for mark in line.marks[max(0, frame.at) : frame.at + 3])
    told = bool(line.attackers) or since <= SAME_ATTACK
    told |= AT_THE_PLACE in draft.rules or _struck(line)
    done = is_object(frame.count, frame.at, line.marks)
    return told or by or done


def _struck(line: Line) -> bool:
    """Tell whether a sentence tells of an attack, a weapon, a bomb or an ambush."""
    return blow_in(line.marks) or any(m.low.startswith(AMBUSH) for m in line.marks)


BY = {"by", "by the"}
AMBUSH = (
    "ambush",
    "засід",
    "засад",
    "bomb",
    "explosi",
    "вибух",
    "взрыв",
    "підір",
    "подорв",
    "диверс",
)


def _own_blow(line: Line, frame: Frame, side: str, lang: str) -> bool:
    """Tell whether who speaks says that their own attack did it: "its strikes killed 30".

    "Its" is of the country named last: "Kyiv accused Russia of escalating its attacks".
    """
    before = line.marks[: frame.count.first]
    for at, mark in enumerate(before):
        if mark.low in OWN and blow_in(before[at + 1 : at + 4]):
            named = [s for m in before[:at] if (s := side_named(m.low, lang))]
            return not named or named[-1] == side
    return False


def _mined(context: Context, line: Line) -> bool:
    """Tell whether a mine did it, in this sentence or just before."""
    after = line.number - context.mined_at
    return not after or (0 < after <= SAME_ATTACK and not blow_in(line.marks))


def _of_both(draft: Draft) -> bool:
    """Tell whether people were hurt in Crimea, and neither side says so: either may have struck."""
    codes = set(draft.regions)
    return bool(codes) and codes <= CRIMEA and draft.side not in OPPONENT


def _told_before(context: Context, line: Line, draft: Draft) -> str:
    """Return whose attack was told just before, where a sentence speaks of it or of its place.

    The place tells where it is no occupied land, which each side strikes.
    """
    since = line.number - context.attacker_at
    codes = set(draft.regions) if draft.carried else set()
    disputed = bool(codes) and codes <= OCCUPIED and since <= SAME_ATTACK
    return context.attacker if disputed or (since == 1 and _refers(line)) else ""


SAME_ATTACK = 2  # sentences


def _refers(line: Line) -> bool:
    """Tell whether a sentence speaks of the attack told just before: "killed in the strike"."""
    said = [bool(mark.sense("markers", "report")) for mark in line.marks]
    return any(
        article.low in THAT and noun.low in ATTACKS and not (at and said[at - 1])
        for at, (article, noun) in enumerate(pairwise(line.marks))
    )


def is_soldier(line: Line, at: int) -> bool:
    """Tell whether a nationality is that of soldiers who were hurt, not of who attacked."""
    beside = [*line.marks[at + 1 : at + 2], *line.marks[max(0, at - 1) : at]]
    people = [mark.sense("units", "person") for mark in beside]
    return people[:1] not in ([], [None]) or any(
        sense is not None and sense.value == "military" for sense in people
    )
