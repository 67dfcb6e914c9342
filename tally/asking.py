"""What the review in the terminal shows of a question, and the answers there are; it keeps none."""

import shutil
import textwrap

import click

from tally.model import Claim
from tally.reconcile.sentences import whose

MEANINGS = {
    "a": ("accept", "this figure stands, and what contradicts it does not"),
    "r": ("reject", "this claim is counted nowhere"),
    "c": ("correct", "set what was read wrongly: its number, place, day, claimant"),
    "s": ("same", "these claims tell of one event; they are set side by side"),
    "d": ("different", "what these claims tell of is an event of its own"),
    "?": ("help", "say what each answer does"),
    "Enter": ("next", "leave it as it is; it is asked again another time"),
    "q": ("stop", "leave off here; every ruling is written already"),
}
ALWAYS = ("?", "Enter", "q")
NO_CLAIM = "The ledger has no such claim to decide about; Enter goes on."
INDENT = "     "


def answers(claims: int) -> tuple[str, ...]:
    """Return the answers to a question about so many claims: one alone is no same event."""
    about = ("a", "r", "c", "s", "d") if claims > 1 else ("a", "r", "c", "d")
    return (*(about if claims else ()), *ALWAYS)


def offer(claims: int) -> str:
    """Return the line that lists the answers; the longest is 79 wide.

    >>> offer(1)
    '  a accept  r reject  c correct  d different  ? help  Enter next  q stop'
    """
    return "".join(f"  {key} {MEANINGS[key][0]}" for key in answers(claims))


def explain(claims: int) -> str:
    """Return what each answer does, a line each."""
    return "\n".join(
        f"  {key:5}  {MEANINGS[key][0]}: {MEANINGS[key][1]}" for key in answers(claims)
    )


def show(reason: str, claims: tuple[Claim, ...], *, wide: bool = False) -> None:
    """Print why claims are asked about, then each with its day and words; `wide` breaks no line."""
    click.echo(_fold(reason, "", "  ", wide=wide))
    for number, claim in enumerate(claims, 1):
        click.echo(_fold(whose(claim), f"{number:3}  ", INDENT, wide=wide))
        click.echo(_fold(_dated(claim), INDENT, INDENT, wide=wide))
        click.echo(_fold(f"“{claim.quote}”", INDENT, INDENT, wide=wide))


def _dated(claim: Claim) -> str:
    start, end = claim.period_start, claim.period_end
    day = str(end) if end else "no day"
    span = f"{start} to {end}" if start and end and start != end else day
    return f"about {span}, published {claim.published}"


def _fold(text: str, first: str, then: str, *, wide: bool) -> str:
    words = plain(text)
    if wide:
        return first + words
    return textwrap.fill(
        words,
        shutil.get_terminal_size().columns,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )


def plain(text: str) -> str:
    """Return text that cannot steer a terminal: what cannot be printed is shown as a mark."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
