"""A letter's own words, without those of the letter that it answers or passes on.

What is quoted was said by another, at another time: under the date and the name of this letter
its figures would be claims that nobody made. It is left out; the older letter is read by itself.
"""

import re
from dataclasses import dataclass
from typing import Any

_FORWARDED = (
    "forwarded message|begin forwarded message|переслане повідомлення|перенаправлене повідомлення"
    "|початок пересланого повідомлення|пересылаемое сообщение|пересланное сообщение"
    "|начало переадресованного сообщения|начало пересылаемого сообщения"
)
_ORIGINAL = "original message|вихідне повідомлення|початкове повідомлення|исходное сообщение"
_FORWARD = re.compile(rf"-{{2,}} ?(?:{_FORWARDED}) ?-{{2,}}|(?:{_FORWARDED}):", re.IGNORECASE)
_REST = re.compile(rf"-{{2,}} ?(?:{_ORIGINAL}) ?-{{2,}}", re.IGNORECASE)
_FORWARD_TITLE = re.compile(r"(?:fwd?|пересл\w*|пер)\s*:", re.IGNORECASE)
_ANSWER_TITLE = re.compile(r"(?:re|відп|ответ)\s*:", re.IGNORECASE)
# The head of an older letter, as Outlook puts it above that letter's words.
_HEAD = (
    re.compile(r"\*?(?:from|від|от)\s*:\*? ", re.IGNORECASE),
    re.compile(r"\*?(?:sent|date|надіслано|дата|отправлено)\s*:\*? ", re.IGNORECASE),
    re.compile(r"\*?(?:to|subject|кому|тема)\s*:\*? ", re.IGNORECASE),
)
HEAD_LINES = 6
_SAID = (
    r"wrote|writes|пише|написав(?:\(ла\)|ла)?|написала|писав|писала|писали"
    r"|пишет|написал(?:\(а\)|а)?|писала?"
)
_ADDRESS = r"<[^<>\s@]{1,100}@[^<>\s]{1,100}>"
_ATTRIBUTION = re.compile(rf"(?=.*\d)(?:.*\b(?:{_SAID})\b.*|.*{_ADDRESS}\s*):", re.IGNORECASE)
ATTRIBUTION_LINES, LONGEST_ATTRIBUTION = 3, 300
_RULE = re.compile(r"_{5,}|-{5,}")
_QUOTES = (
    "//blockquote[@type='cite'] | //*[contains(@class, 'gmail_quote')]"
    " | //*[contains(@class, 'moz-cite-prefix')] | //*[contains(@class, 'yahoo_quoted')]"
    " | //*[contains(@class, 'protonmail_quote')]"
)


@dataclass(frozen=True, slots=True)
class Own:
    """A letter's own words, and whether it passes others on."""

    words: str
    forwards: bool


def own_words(text: str, title: str, *, answers: bool) -> Own:
    """Return a letter's own words.

    A sign > at the beginning of a line quotes where the letter answers another (`answers`, by its
    head, or by its title) or names who is quoted; else it is an arrow or "more than".
    """
    lines = text.split("\n")
    rest = next((at for at in range(len(lines)) if _begins_older(lines, at)), len(lines))
    marked = rest < len(lines) and _FORWARD.fullmatch(lines[rest].strip("> "))
    forwards = bool(marked or _FORWARD_TITLE.match(title))
    kept, named = _without_attributions(lines[:rest])
    if named or answers or _ANSWER_TITLE.match(title):
        own = [line for line in kept if not line.startswith(">")]
    else:
        own = kept
    return Own("\n".join(own), forwards)


def drop_quotes(tree: Any) -> None:
    """Take out of a page what mail programs mark as quoted."""
    for each in tree.xpath(_QUOTES):
        if each.getparent() is not None:
            each.drop_tree()


def _begins_older(lines: list[str], at: int) -> bool:
    """Tell whether all from a line on is an older letter."""
    line = lines[at].strip().strip("> ")
    if _FORWARD.fullmatch(line) or _REST.fullmatch(line):
        return True
    if _RULE.fullmatch(line):
        after = next((n for n in range(at + 1, min(at + 3, len(lines))) if lines[n].strip()), at)
        return after > at and _is_head(lines, after)
    return _is_head(lines, at)


def _is_head(lines: list[str], at: int) -> bool:
    if not _HEAD[0].match(lines[at].strip()):
        return False
    below = [line.strip() for line in lines[at + 1 : at + HEAD_LINES]]
    return all(any(part.match(line) for line in below) for part in _HEAD[1:])


def _without_attributions(lines: list[str]) -> tuple[list[str], bool]:
    """Return the lines without those that name who is quoted below, and whether there were any."""
    kept: list[str] = []
    named = False
    for line in lines:
        if line.startswith(">") and (size := _attribution(kept)):
            del kept[-size:]
            named = True
        kept.append(line)
    return kept, named


def _attribution(above: list[str]) -> int:
    """Return how many of the last lines are an attribution, with the blank ones below it."""
    blank = 0
    while blank < len(above) and not above[-1 - blank].strip():
        blank += 1
    for size in range(1, ATTRIBUTION_LINES + 1):
        words = " ".join(above[-blank - size : len(above) - blank]).strip()
        if not words or len(words) > LONGEST_ATTRIBUTION or words.startswith(">"):
            return 0
        if len(above) >= blank + size and _ATTRIBUTION.fullmatch(words):
            return blank + size
    return 0
