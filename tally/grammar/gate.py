"""Whether a document can give a claim at all: most of a day's news cannot, and is not read on.

Exact: a document that is turned away would have given no claim. The first claim of a document needs
a figure and an event in one sentence, a figure under a line that ended with a colon, or somebody
by name or pronoun who was killed or hurt; nothing carried over from sentences before can make it.
"""

from collections.abc import Sequence

from tally.grammar.chunks import PEOPLE
from tally.grammar.draft import Draft
from tally.grammar.frames import find_frames
from tally.grammar.marked import Marked
from tally.grammar.named import may_tell, told_by_name
from tally.grammar.telling import (
    ACCIDENT,
    ALL,
    EVENT,
    FIGURES,
    GROWN,
    NUMBER,
    UNVERIFIED,
    telling,
)
from tally.model import TOLLS
from tally.text import MOST_PIECES

DOUBT = UNVERIFIED | ALL | GROWN
LONG = 1_500  # characters; a longer text nearly always has some number and some event
BELOW = 2  # paragraphs below a figure in which a line may still name who gave it
AFTERWARDS = 4  # sentences after a figure that may still say who gave it, or all of what it is


def worth_cutting(text: str, lang: str) -> bool:
    """Tell whether any sentence of a text may give a figure, before it is cut into sentences."""
    if len(text) > LONG:
        return True
    return _may_give(telling(lang, FIGURES).of(text), text, opened=":" in text)


def worth_reading(marked: Marked) -> bool:
    """Tell whether any sentence of a document gives a figure with what happened."""
    return any(_gives(marked, number) for number in range(len(marked.lines)))


def worth_reading_to(marked: Marked, last: int) -> int:
    """Return how many of the sentences before `last` to read at least.

    Those after the last figure or doubt change little (see `reads_on`).
    """
    for number in reversed(range(last)):
        endless = marked.lines[number].piece == MOST_PIECES
        if endless or marked.told(number) & UNVERIFIED or _gives(marked, number):
            return number + 1 + AFTERWARDS
    return 0


def reads_on(marked: Marked, number: int, last: int, drafts: Sequence[Draft]) -> int:
    """Return how many of the sentences before `last` to read, those before `number` being read.

    A line that goes on in lower case may say who gave the last figure, an accident takes back
    those who were hurt by nobody.
    """
    if not drafts:
        return number
    below = drafts[-1].paragraph + BELOW
    by_nobody = any(draft.metric in TOLLS and not draft.attacker for draft in drafts)
    for ahead in range(number, last):
        line = marked.lines[ahead]
        goes_on = line.paragraph <= below and marked.text[line.start].islower()
        if goes_on or (by_nobody and marked.told(ahead) & ACCIDENT):
            return ahead + 1
    return number


def _gives(marked: Marked, number: int) -> bool:
    """Tell whether a sentence gives a figure, whatever came before it, an open list aside."""
    if number not in marked.gives:
        marked.gives[number] = _gives_some(marked, number)
    return marked.gives[number]


def _gives_some(marked: Marked, number: int) -> bool:
    opened = marked.opened(number)
    if not _may_give(marked.told(number), marked.body(number), opened=opened):
        return False
    marks = marked.marks(number)
    counts = marked.counts_to_try(number) if marked.told(number) & NUMBER else []
    if counts and (
        opened
        or marks[0].tag == "part"
        or find_frames(marks, counts, [], goes_on=True, weapon="drone")[0]
    ):
        return True
    hurt = any(mark.event in PEOPLE for mark in marks)
    return hurt and bool(told_by_name(marks, (), (), marked.lang))


def may_tell_to(marked: Marked) -> int:
    """Return how many sentences there are to the last that by its words may tell of figures.

    A number among the sentences afterwards may be the next item of a list, and leads further on.
    """
    end = 0
    for number in range(len(marked.lines) - 1, -1, -1):
        told = marked.told(number)
        body = marked.body(number)
        if told & DOUBT or _may_give(told, body, opened=marked.opened(number)):
            end = number + 1 + AFTERWARDS
            break
    for number in range(max(0, end - AFTERWARDS), len(marked.lines)):
        if number < end and marked.told(number) & NUMBER:
            end = number + 1 + AFTERWARDS
    return min(end, len(marked.lines))


def _may_give(told: int, text: str, *, opened: bool) -> bool:
    if told & NUMBER and (told & EVENT or opened):
        return True
    return bool(told & EVENT) and may_tell(text)
