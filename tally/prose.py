"""The sentences of a briefing: every number computed, attributed and linked to its evidence.

Knows bars, splits, sums and windows; chooses no figure itself.
"""

import re
from collections.abc import Iterable, Sequence

from tally import blocks
from tally.evidence import Count, Voice
from tally.model import Side
from tally.names import Names, is_latin
from tally.series import Bar, Part, Share, Split
from tally.tolls import Sum
from tally.windows import Window
from tally.wording import (
    ADJECTIVES,
    agree,
    capital,
    grouped,
    listed,
    named,
    says,
    sign,
    window_words,
    words,
)

Inline = dict[str, str]

MINUS = " \N{MINUS SIGN} "
NAMELESS = ("", "not stated")
REPORT = ("reports", "report")
PART_WORDS = {"lost": "lost from radar", "hit": "hit", "located": "located by region"}


def number(count: Count, most: int = 1) -> list[Inline]:
    """Write a number as a link to its evidence, with the first rows it rests on after it."""
    if not count.numbers:
        return [blocks.text(words(count))]
    first = blocks.link(f"#claim-{count.numbers[0]}", words(count))
    return [first, *references(count.numbers, most)]


def sentence(*parts: str | Inline | Iterable[Inline]) -> list[Inline]:
    """Join words and numbers into one run of inlines."""
    run: list[Inline] = []
    for part in parts:
        if isinstance(part, str):
            run.append(blocks.text(part))
        elif isinstance(part, dict):
            run.append(part)
        else:
            run.extend(part)
    return run


def who(voice: Voice) -> str:
    """Return the subject of a clause: who says it."""
    return named(voice.claimant if is_latin(voice.claimant) else "", voice.side)


def agreed(voices: Sequence[Voice], side: Side) -> Voice:
    """Return the one voice of a figure; of several, the side whose officials they are."""
    alone = len(voices) == 1
    nobody = all(voice.side == "unattributed" for voice in voices)
    return voices[0] if alone and (voices[0].claimant or nobody) else Voice("", side)


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
    begin = f"{capital(subject)} {says(subject)} "
    if again:
        begin = f"{says(subject, 'It says', 'They say')} "
    what = f"{ADJECTIVES[bar.attacker]} {bar.munition}"
    when = f" {window_words(bar.window)}" if bar.window and not again else ""
    if bar.stopped is None:
        noun = agree(bar.whole, f"{what.removesuffix('s')} was", f"{what} were")
        end = f" {noun} launched{when}; no figure of those stopped is in the ledger."
        return sentence(begin, number(bar.whole), end)
    verb = agree(bar.stopped, "was", "were")
    if bar.launched is None:
        noun = agree(bar.stopped, what.removesuffix("s"), what)
        return sentence(begin, number(bar.stopped), f" {noun} {verb} stopped{when}", _located(bar))
    launched = sentence(" of ", number(bar.launched), f" {what} {verb} stopped{when}")
    return sentence(begin, number(bar.stopped), launched, _fates(bar), ".")


def evening_sentence(window: Window) -> list[Inline]:
    """Say what a side stopped in the evening that the night began with."""
    subject = who(window.voice)
    when = "" if window.window == "evening" else f", {window_words(window.window)}"
    verb = agree(window.count, "was", "were")
    what = f" {ADJECTIVES[window.attacker]} {agree(window.count, 'drone', 'drones')} {verb} stopped"
    begin = f"For the evening before{when}, {subject} {says(subject)} "
    return sentence(begin, number(window.count), what, "; that is counted apart.")


def bar_title(bar: Bar) -> str:
    """State what a bar shows, with who says it."""
    subject = who(bar.voice)
    what = f"{ADJECTIVES[bar.attacker]} {bar.munition}"
    if bar.stopped is None:
        noun = agree(bar.whole, f"{what.removesuffix('s')} was", f"{what} were")
        return f"{subject} {says(subject)} {words(bar.whole)} {noun} launched"
    of = f" of {words(bar.launched)}" if bar.launched else ""
    verb = agree(bar.stopped, "was", "were")
    noun = what if of else agree(bar.stopped, what.removesuffix("s"), what)
    return f"{subject} {says(subject)} {words(bar.stopped)}{of} {noun} {verb} stopped"


def toll_sentence(country: str, killed: Sum | None, injured: Sum | None) -> list[Inline]:
    """Say who was hurt in a country, by whose word; what nobody said is said to be missing."""
    found = [toll for toll in (killed, injured) if toll]
    if not found:
        return sentence(f"No figure of people killed or injured in {country} is in the ledger.")
    run: list[Inline] = []
    before = ""
    for toll in found:
        subject = who(agreed(toll.voices, toll.side))
        again = subject == before
        verb = "give" if toll.voices[0].side == "unattributed" else says(subject, *REPORT)
        begin = " and " if again else f"{'; ' if before else ''}{subject} {verb} "
        run += sentence(begin if before else capital(begin), number(toll.count))
        run += sentence(f" {toll.metric}", _terms(toll))
        before = subject
    silent = [metric for metric, toll in (("killed", killed), ("injured", injured)) if not toll]
    run += sentence(f" in {country}")
    return run + sentence(f"; nobody gives a number of {silent[0]}." if silent else ".")


def toll_title(country: str, killed: Sum | None, injured: Sum | None) -> str:
    """State what a chart of a country's dead and injured shows, with who says it."""
    found = [toll for toll in (killed, injured) if toll]
    if not found:
        return f"Killed and injured by place in {country}, each on its claimant’s word"
    subjects = list(dict.fromkeys(who(agreed(toll.voices, toll.side)) for toll in found))
    figures = listed([f"{words(toll.count)} {toll.metric}" for toll in found])
    return f"{country}: {figures}, according to {listed(subjects)}"


def split_title(split: Split, names: Names) -> str:
    """State how much of a total is located, and where most of it."""
    subject = who(split.voice)
    first = [f"{share_name(share, names)} ({sign(share.count)})" for share in split.shares[:2]]
    every = split.unlocated == 0
    of = "all" if every else f"{grouped(split.located)} of"
    located = f"{of} {words(split.total)} drones"
    when = f" {window_words(split.window)}" if split.window else ""
    verb = says(subject, "locates", "locate")
    return f"{capital(subject)} {verb} {located}{when}, most over {listed(first)}"


def share_name(share: Share, names: Names) -> str:
    """Return how a region of a split is called."""
    known = all(code in names.regions for code in share.admin1)
    place = "" if share.admin1 and known else share.place
    called = names.place(place, share.admin1)
    return f"the {called}" if "Sea" in called.split() else called


def split_sum(split: Split) -> str:
    """Show how the located parts and the rest make the total."""
    terms = " + ".join(words(share.count) for share in split.shares)
    result = f" = {grouped(split.located)}" if len(split.shares) > 1 else ""
    located = f"Located: {terms}{result}"
    if split.unlocated is None:
        return (
            f"{located}; the total is given as {words(split.total)}, so no remainder is computed."
        )
    if not split.unlocated:
        return f"{located}, all of the {words(split.total)}."
    subtraction = (
        f"{words(split.total)}{MINUS}{grouped(split.located)} = {grouped(split.unlocated)}"
    )
    return f"{located}. Not located: {subtraction}."


def part_words(part: Part) -> str:
    """Name a piece of a bar with its number.

    >>> part_words(Part("lost", Count(41, 41)))
    '41 lost from radar'
    """
    called = PART_WORDS.get(part.kind, part.kind)
    shown = f"{words(part.count)} {called}"
    if part.kind in ("unaccounted for", "not located"):
        return f"{shown} ({remainder(part)})"
    return shown


def references(numbers: Iterable[int], most: int = 3) -> list[Inline]:
    """Point at rows of the evidence.

    >>> references([])
    []
    """
    run: list[Inline] = []
    for row in list(dict.fromkeys(numbers))[:most]:
        run += [blocks.text(" "), blocks.link(f"#claim-{row}", f"[{row}]")]
    return run


def with_links(said: str) -> list[Inline]:
    """Return a sentence whose `[3]` lead to the evidence."""
    pieces = re.split(r"\[(\d+)\]", said)
    return [
        blocks.link(f"#claim-{piece}", f"[{piece}]") if index % 2 else blocks.text(piece)
        for index, piece in enumerate(pieces)
        if piece
    ]


def missing_side(bars: Sequence[Bar]) -> list[str]:
    """Say aloud which side's word on what flew is not there."""
    present = {bar.side for bar in bars}
    return [
        f"No {ADJECTIVES[side]} claim of drones or missiles stopped in this night is in the ledger."
        for side in ("Ukraine", "Russia")
        if side not in present
    ]


def source_line(publishers: Sequence[str], claims: int) -> str:
    """Name the publishers of the claims that a chart draws.

    >>> source_line(["TASS", "Online.UA"], 3)
    '3 claims printed by Online.UA and TASS.'
    """
    known = sorted({name for name in publishers if name not in NAMELESS})
    if any(name in NAMELESS for name in publishers):
        known.append("a publisher that is not named")
    rest = f" and {len(known) - 6} more" if len(known) > 6 else ""
    shown = ", ".join(known[:6]) + rest if rest else listed(known)
    return f"{grouped(claims)} {'claim' if claims == 1 else 'claims'} printed by {shown}."


def _fates(bar: Bar) -> list[Inline]:
    """Say how the stopped were stopped, and what is left of those launched."""
    run: list[Inline] = []
    shot, lost, hit = (bar.part(kind) for kind in ("shot down", "lost", "hit"))
    if shot and lost:
        run += sentence(": ", number(shot), " shot down and ", number(lost), " lost from radar")
    elif lost:
        run += sentence(
            "; ", number(lost), " more ", agree(lost, "was", "were"), " lost from radar"
        )
    if hit:
        run += sentence("; ", number(hit), " hit")
    for part in bar.parts:
        if part.kind == "unaccounted for":
            verb = agree(part.count, "is", "are")
            run += sentence(f"; {words(part.count)} {verb} {part.kind} ({remainder(part)})")
    return run


def remainder(part: Part) -> str:
    """Show the subtraction behind a remainder: 76 less 63."""
    return MINUS.join(words(term) for term in part.terms)


def _located(bar: Bar) -> list[Inline]:
    located = bar.part("located")
    if not located:
        return sentence("; no number launched is given.")
    if not bar.part("not located"):
        every = blocks.link("#where", "all of them located by region")
        return sentence(", ", every, "; no number launched is given.")
    run = sentence(", ", blocks.link("#where", words(located)), " of them located by region")
    for part in bar.parts:
        if part.kind == "not located":
            run += sentence(f" and {words(part.count)} not ({remainder(part)})")
    return run + sentence("; no number launched is given.")


def _terms(toll: Sum) -> list[Inline]:
    """Show the terms of a sum, each linked, or that a figure rests on one claimant."""
    alone = ""
    if len(toll.voices) == 1:
        alone = "one claimant" if toll.voices[0].claimant else "no claimant named"
    if not toll.terms:
        return sentence(f" ({alone})") if alone else []
    if len(toll.terms) == 1:
        return sentence(f" (in one region{f', {alone}' if alone else ''})")
    run = sentence(" (")
    for index, term in enumerate(toll.terms):
        least = Count(term.low, term.low, "exact", term.numbers)
        run += sentence(" + " if index else "", number(least, most=0))
    return run + sentence(f" over {len(toll.terms)} regions, the least for each)")


def _goes_on(last: Bar, bar: Bar) -> bool:
    return (last.voice, last.window) == (bar.voice, bar.window)
