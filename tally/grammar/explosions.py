"""Explosions that are nobody's attack: no weapon and no blow is named beside them, or at all."""

import re
from collections.abc import Sequence

from tally.grammar.marks import Mark

BLOW = ("strike", "shell", "attack", "bombard", "удар", "обстр", "атак")
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


def unexplained_in(marks: Sequence[Mark]) -> bool:
    """Tell whether a sentence only speaks of explosions, nobody's attack."""
    words = [mark.text.lower() for mark in marks]
    return any(word.startswith(EXPLOSION) for word in words) and not any(
        mark.event == "launched"
        or mark.unit not in {"", "person"}
        or mark.text.lower().startswith(BLOW)
        for mark in marks
    )


def only_explodes(text: str) -> bool:
    """Tell whether a text tells of explosions and names no attack and no weapon anywhere.

    >>> only_explodes("Two blasts near Zhytomyr, the cause is unknown. Two died.")
    True
    """
    return EXPLODED.search(text) is not None and STRUCK.search(text) is None
