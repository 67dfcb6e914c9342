"""Whose weapons a figure is of: by their adjective, by who stopped them, by arms one side has."""

from collections.abc import Sequence

from tally.grammar.chunks import Frame
from tally.grammar.context import Context, Line
from tally.grammar.cues import stems
from tally.grammar.draft import Draft
from tally.grammar.marks import Mark
from tally.grammar.sides import CRIMEA, defender_in, owner_of_weapons, weapons_of
from tally.model import OPPONENT


def of_weapons(context: Context, line: Line, frame: Frame, draft: Draft) -> str:
    """Return whose weapons a figure counts: by their adjective, by who stopped them."""
    if frame.unit != "person":
        phrase = line.marks[frame.count.first : frame.count.last + NAMED]
        if weapon := weapons_of(frame.count.mods, context.lang) or by_arms(phrase):
            return weapon
        if weapon := owner_of_weapons(line.marks, frame.count.last + 1, context.lang):
            return weapon
    if frame.event not in {"intercepted", "lost"}:
        return ""
    defender = defender_in(line.marks, frame.at, context.lang) if frame.at >= 0 else ""
    if defender or draft.side in OPPONENT:
        return OPPONENT[defender or draft.side]
    where = set(draft.regions)
    if where:
        # Whoever claims the land of Crimea, Russia's air defence stands on it.
        return "Ukraine" if where <= CRIMEA else ""
    return _stopped_before(context) if context.leaning is None else OPPONENT[context.leaning]


def _stopped_before(context: Context) -> str:
    """Return whose weapons all those were that the text told to have been stopped before."""
    stopped = {draft.attacker for draft in context.drafts if draft.metric.endswith(STOPPED)} - {""}
    return str(*stopped) if len(stopped) == 1 else ""


STOPPED = ("_intercepted", "_lost")


NAMED = 3  # marks up to a weapon's name behind its noun: "two missiles, Storm Shadow"


def own_weapons(line: Line, frame: Frame, draft: Draft) -> str:
    """Return the side that speaks of weapons of its own: "launched 12 of its drones"."""
    phrase = line.marks[frame.count.first : frame.count.last + 1]
    own = any(OWN & set(mark.low.split()) for mark in phrase)
    return draft.side if own and draft.side in OPPONENT and frame.unit != "person" else ""


def by_arms(marks: Sequence[Mark]) -> str:
    """Return whose attack it was by weapons that one side has: "a Kalibr", "ATACMS"."""
    words = [mark.low for mark in marks]
    sides = {
        side for tag, side in ARMS.items() if any(word.startswith(stems(tag)) for word in words)
    }
    return str(*sides) if len(sides) == 1 else ""


ARMS = {"russian_arm": "Russia", "ukrainian_arm": "Ukraine"}


def names_weapon(line: Line, at: int, lang: str) -> bool:
    """Tell whether whose attack it is shows from the weapon: "a Himars strike killed 53"."""
    return line.marks[at].low.startswith(stems("weapon", lang))


OWN = {"its", "their", "our", "his"}
