"""The phrases that every sentence of a briefing shares: who says it, and when."""

from collections.abc import Sequence

from tally.evidence import Voice
from tally.language import spoken
from tally.model import Side
from tally.wording import named, window_words

MINUS = "\N{NO-BREAK SPACE}\N{MINUS SIGN}\N{NO-BREAK SPACE}"


def who(voice: Voice) -> str:
    """Return the subject of a clause: who says it."""
    readable = voice.claimant and spoken().reads(voice.claimant)
    return named(voice.claimant if readable else "", voice.side)


def agreed(voices: Sequence[Voice], side: Side) -> Voice:
    """Return the one voice of a figure; of several, the side whose officials they are."""
    alone = len(voices) == 1
    nobody = all(voice.side == "unattributed" for voice in voices)
    return voices[0] if alone and (voices[0].claimant or nobody) else Voice("", side)


def in_window(window: str) -> str:
    """Say the hours behind a clause: a time alone stands apart, as nothing says what it is of."""
    said = window_words(window)
    alone = window[:1].isdigit() and "-" not in window
    return f" ({said})" if alone else f" {said}" if said else ""
