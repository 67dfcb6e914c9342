"""The sentences on what flew at a side and what became of it, as that side says."""

from collections.abc import Sequence

from tally import blocks
from tally.blocks import Inline
from tally.language import say, to_say
from tally.prose.phrases import MINUS, in_window, who
from tally.runs import tell
from tally.series import Bar, Part
from tally.span import definition
from tally.windows import Window
from tally.wording import ADJECTIVES, COUNTRY_NAMES, PIECES, says, window_words, words

PARTS = {
    **PIECES,
    "unaccounted for": to_say("{number} unaccounted for ({remainder})"),
    "not located": to_say("{number} not located ({remainder})"),
}
KINDS = {
    "stopped": to_say("stopped"),
    "shot down": to_say("shot down"),
    "lost": to_say("lost"),
    "hit": to_say("hit"),
    "airborne": to_say("still airborne"),
    "located": to_say("located"),
    "unaccounted for": to_say("unaccounted for"),
    "not located": to_say("not located"),
}
FLEW = {
    ("Russia", "drones"): to_say("{n:Russian drone|Russian drones}"),
    ("Russia", "missiles"): to_say("{n:Russian missile|Russian missiles}"),
    ("Ukraine", "drones"): to_say("{n:Ukrainian drone|Ukrainian drones}"),
    ("Ukraine", "missiles"): to_say("{n:Ukrainian missile|Ukrainian missiles}"),
}
OF_FLEW = {
    ("Russia", "drones"): to_say(" of {launched} Russian drones"),
    ("Russia", "missiles"): to_say(" of {launched} Russian missiles"),
    ("Ukraine", "drones"): to_say(" of {launched} Ukrainian drones"),
    ("Ukraine", "missiles"): to_say(" of {launched} Ukrainian missiles"),
}
RATES = {
    "inside": to_say(
        "; by this count {rate}% of those launched were stopped, those lost from radar among them"
    ),
    "apart": to_say(
        "; by this count {rate}% of those launched were stopped, "
        "those lost from radar not among them"
    ),
    "": to_say(
        "; by this count {rate}% of those launched were stopped; "
        "whether those lost from radar are among them is not said"
    ),
}
MISSILE_RATE = to_say("; by this count {rate}% of those launched were stopped")


def bar_sentences(bars: Sequence[Bar]) -> list[list[Inline]]:
    """Say what each side says became of what flew at it; one that goes on is "it" or "they"."""
    before: list[Bar | None] = [None, *bars]
    return [
        bar_sentence(bar, again=last is not None and _goes_on(last, bar))
        for last, bar in zip(before, bars, strict=False)
    ]


def bar_sentence(bar: Bar, again: bool = False) -> list[Inline]:
    """Say what a side says became of what flew at it; `again` when it has just been named."""
    subject = who(bar.voice)
    begin = say("{subject!c} {says} ", subject=subject, says=says(subject))
    if again:
        begin = say("{they!c} ", they=says(subject, "it says", "they say"))
    when = in_window(bar.window) if not again else ""
    slots = {"begin": begin, "when": when, "flew": _flew(bar)}
    if bar.stopped is None:
        return tell(
            "{begin}{whole} {flew} {whole:was|were} launched{when}; "
            "no figure of those stopped is in the ledger.",
            whole=bar.whole,
            **slots,
        )
    if bar.launched is None:
        return tell(
            "{begin}{stopped} {flew} {stopped:was|were} stopped{when}{located}",
            stopped=bar.stopped,
            located=_located(bar),
            **slots,
        )
    return tell(
        "{begin}{stopped}{of} {stopped:was|were} stopped{when}{fates}.",
        stopped=bar.stopped,
        of=tell(OF_FLEW[bar.attacker, bar.munition], launched=bar.launched),
        fates=_fates(bar),
        **slots,
    )


def _flew(bar: Bar) -> str:
    return say(FLEW[bar.attacker, bar.munition], n=bar.whole)


def evening_sentence(window: Window) -> list[Inline]:
    """Say what a side stopped in the evening that the night began with."""
    subject = who(window.voice)
    when = "" if window.window == "evening" else f", {window_words(window.window)}"
    return tell(
        "For the evening before{when}, {subject} {says} {n} {flew} {n:was|were} stopped; "
        "that is counted apart.",
        when=when,
        subject=subject,
        says=says(subject),
        n=window.count,
        flew=say(FLEW[window.attacker, "drones"], n=window.count),
    )


def bar_title(bar: Bar) -> str:
    """State what a bar shows, with who says it."""
    subject = who(bar.voice)
    slots = {"subject": subject, "says": says(subject), "flew": _flew(bar)}
    if bar.stopped is None:
        return say(
            "{subject} {says} {whole} {flew} {whole:was|were} launched", whole=bar.whole, **slots
        )
    if bar.launched is None:
        message = to_say("{subject} {says} {stopped} {flew} {stopped:was|were} stopped")
        return say(message, stopped=bar.stopped, **slots)
    of = say(OF_FLEW[bar.attacker, bar.munition], launched=bar.launched)
    message = to_say("{subject} {says} {stopped}{of} {stopped:was|were} stopped")
    return say(message, stopped=bar.stopped, of=of, **slots)


def part_words(part: Part) -> str:
    """Name a piece of a bar with its number.

    >>> from tally.evidence import Count
    >>> part_words(Part("lost", Count(41, 41)))
    '41 lost from radar'
    """
    return say(PARTS[part.kind], number=part.count, remainder=remainder(part))


def missing_side(bars: Sequence[Bar]) -> list[str]:
    """Say aloud which side's word on what flew is not there."""
    present = {bar.side for bar in bars}
    message = to_say(
        "No {adjective} claim of drones or missiles stopped in this night is in the ledger."
    )
    return [
        say(message, adjective=say(ADJECTIVES[side]), country=say(COUNTRY_NAMES[side]))
        for side in ("Ukraine", "Russia")
        if side not in present
    ]


def _fates(bar: Bar) -> list[Inline]:
    """Say how the stopped were stopped, and what is left of those launched."""
    run: list[Inline] = []
    shot, lost, hit, up = (bar.part(k) for k in ("shot down", "lost", "hit", "airborne"))
    if shot and lost:
        run += tell(": {shot} shot down and {lost} lost from radar", shot=shot, lost=lost)
    elif lost:
        run += tell("; {lost} more {lost:was|were} lost from radar", lost=lost)
    if hit:
        run += tell("; {hit} hit", hit=hit)
    if up:
        run += tell("; {up} {up:was|were} still airborne", up=up)
    for part in bar.parts:
        if part.kind == "unaccounted for":
            run += tell(
                "; {rest} {n:is|are} unaccounted for ({remainder})",
                rest=words(part.count),
                n=part.count,
                remainder=remainder(part),
            )
    return run + _rate(bar)


def _rate(bar: Bar) -> list[Inline]:
    """Say the share of those launched that was stopped, with what counts as stopped."""
    if bar.rate is None:
        return []
    message = RATES[definition(bar)] if bar.munition == "drones" else MISSILE_RATE
    return tell(message, rate=words(bar.rate))


def remainder(part: Part) -> str:
    """Show the subtraction behind a remainder: 76 less 63."""
    return MINUS.join(words(term) for term in part.terms)


def _located(bar: Bar) -> list[Inline]:
    located = bar.part("located")
    if not located:
        return tell("; no number launched is given.")
    if not bar.part("not located"):
        every = blocks.link("#where", say("all of them located by region"))
        return tell(", {every}; no number launched is given.", every=every)
    rest = next(part for part in bar.parts if part.kind == "not located")
    return tell(
        ", {located} of them located by region and {rest} not ({remainder}); "
        "no number launched is given.",
        located=blocks.link("#where", words(located)),
        rest=words(rest.count),
        remainder=remainder(rest),
    )


def _goes_on(last: Bar, bar: Bar) -> bool:
    return (last.voice, last.window) == (bar.voice, bar.window)
