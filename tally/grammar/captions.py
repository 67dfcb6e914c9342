"""Captions of pictures, left standing in a text: "Rescuers carry a man. Evgeniy Maloletka/AP"."""

import re

AGENCIES = "Reuters|REUTERS|AP|AFP|EPA|EFE|Getty|Anadolu|Sputnik|TASS|Telegram|Facebook"
CREDIT = re.compile(rf"[.,]?\s*(?:[A-Z][\w.'-]+ ){{1,3}}?[A-Z][\w.'-]+ ?/ ?(?:{AGENCIES})\b")
IN_BRACKETS = re.compile(rf"[.,]?\s*\((?:{AGENCIES})\)")


def captioned(text: str, end: int) -> bool:
    """Tell whether a photographer follows what ends at `end`: it only says what is to be seen.

    >>> captioned("Rescuers carry a man. Evgeniy Maloletka/AP The strike", 21)
    True
    >>> captioned("Rescuers carry a man. (AP)", 21)
    False
    """
    return CREDIT.match(text, end) is not None


def may_be_captioned(text: str, end: int) -> bool:
    """Tell whether an agency follows, which may sign a caption or a story: "… . (Reuters)"."""
    return captioned(text, end) or IN_BRACKETS.match(text, end) is not None
