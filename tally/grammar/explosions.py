"""Explosions that are nobody's attack: no weapon and no blow is named beside them, or a mine was.

Who laid a mine is not known from where it lay.
"""

import re
from collections.abc import Sequence

from tally.grammar.marks import Mark

BLOW = ("strike", "shell", "attack", "bombard", "удар", "обстр", "атак")
THAT = {"the", "that", "this"}
ATTACKS = {"attack", "strike", "airstrike", "shelling", "raid", "bombing", "bombardment"}
EXPLOSION = (
    "explosion",
    "explosive",
    "explod",
    "blast",
    "detonat",
    "вибух",
    "взрыв",
    "подрыв",
    "підрив",
)
EXPLODED = re.compile(rf"\b(?:{'|'.join(EXPLOSION)})", re.IGNORECASE)
STRUCK = re.compile(
    rf"\b(?:{'|'.join(BLOW)}|drone|missile|rocket|uav|fpv|shahed|artill|mortar|mine[ds]?\b|bomb"
    r"|дрон|беспил|безпіл|бпла|ракет|шахед|артил|миномет|міномет|снаряд|мин[аеоуы]|мін[аиоу]\b|бомб"
    r"|прилет|приліт|влучан|окуп|оккуп|росіян|ворож|вражес|assassin|sabot|диверс|теракт|покуш|замах)",
    re.IGNORECASE,
)

MINE = re.compile(
    r"\bland-?\s?mines?\b|\b(?:anti-(?:tank|personnel)|sea) mines?\b|\bmine (?:explosion|blast)"
    r"|\b(?:hit|struck|triggered|on|over|by|off) (?:an? |the )?(?:\w+ )?mine\b"
    r"|\bна (?:[\w-]+ )?мін[іу]\b|\bна (?:[\w-]+ )?мин[еу]\b|\bрозтяжц|\bрастяжк|\bтрипвайр"
    r"|\b(?:мінн|минн)\w+ (?:пол|загор|загра)|\bвибухонебезпечн\w+ предмет|\bвзрывоопасн\w+ предмет"
    r"|\bВОП\b|\bзнайден\w+ (?:\w+ )?(?:снаряд|гранат|боєприпас|мін)"
    r"|\bнайденн\w+ (?:\w+ )?(?:снаряд|гранат|боеприпас|мин)",
    re.IGNORECASE,
)
# One of them is in whatever MINE finds.
OF_MINES = (
    " mine", "-mine", "\nmine", "landmine", "mine explosion", "mine blast", "мін", "мин", "тяжц",
    "тяжк", "трипвайр", "предмет", "воп", "найден",
)  # fmt: skip


def plural_blow(mark: Mark) -> bool:
    """Tell whether a word is English for several blows: "strikes", "drone attacks"."""
    return mark.low.startswith(BLOW) and mark.low.endswith("s")


def mined(text: str) -> bool:
    """Tell whether a sentence speaks of a mine or a found shell that somebody set off.

    >>> mined("The tractor hit a mine near Izium."), mined("Miners left the mine.")
    (True, False)
    """
    low = text.lower()
    return any(word in low for word in OF_MINES) and MINE.search(text) is not None


def blow_in(marks: Sequence[Mark]) -> bool:
    """Tell whether a sentence speaks of an attack or a weapon."""
    return any(
        mark.event == "launched" or mark.unit not in {"", "person"} or mark.low.startswith(BLOW)
        for mark in marks
    )


def unexplained_in(marks: Sequence[Mark]) -> bool:
    """Tell whether a sentence only speaks of explosions, nobody's attack."""
    words = [mark.low for mark in marks]
    return any(word.startswith(EXPLOSION) for word in words) and not blow_in(marks)


def only_explodes(text: str) -> bool:
    """Tell whether a text tells of explosions and names no attack and no weapon anywhere.

    >>> only_explodes("Two blasts near Zhytomyr, the cause is unknown. Two died.")
    True
    """
    low = text.lower()
    if not any(word in low for word in EXPLOSION):
        return False
    return EXPLODED.search(text) is not None and STRUCK.search(text) is None
