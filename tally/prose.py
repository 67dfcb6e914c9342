"""The sentences of a briefing: every number computed, attributed and linked to its evidence.

Knows bars, splits, sums and windows; chooses no figure itself.
"""

from collections.abc import Sequence

from tally import blocks
from tally.blocks import Inline
from tally.evidence import Count, Voice
from tally.language import say, spoken, to_say
from tally.model import Metric, Side
from tally.names import Names
from tally.runs import number, sentence, tell
from tally.series import Bar, Part, Share, Split
from tally.span import definition
from tally.tolls import Sum
from tally.windows import Window
from tally.wording import (
    ADJECTIVES,
    COUNTRY_NAMES,
    listed,
    named,
    says,
    sign,
    window_words,
    words,
)

MINUS = "\N{NO-BREAK SPACE}\N{MINUS SIGN}\N{NO-BREAK SPACE}"
REPORT = ("reports", "report")
GIVE = ("gives", "give")
PARTS = {
    "stopped": to_say("{number} stopped"),
    "shot down": to_say("{number} shot down"),
    "lost": to_say("{number} lost from radar"),
    "hit": to_say("{number} hit"),
    "airborne": to_say("{number} still airborne"),
    "located": to_say("{number} located by region"),
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
PEOPLE = {
    Metric.KILLED: to_say("{number} killed"),
    Metric.INJURED: to_say("{number} injured"),
}
NOBODY_GIVES = {
    Metric.KILLED: to_say("; nobody gives a number of killed"),
    Metric.INJURED: to_say("; nobody gives a number of injured"),
}


def who(voice: Voice) -> str:
    """Return the subject of a clause: who says it."""
    readable = voice.claimant and spoken().reads(voice.claimant)
    return named(voice.claimant if readable else "", voice.side)


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
    begin = say("{subject!c} {says} ", subject=subject, says=says(subject))
    if again:
        begin = say("{they!c} ", they=says(subject, "it says", "they say"))
    when = _when(bar.window) if not again else ""
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


def _when(window: str) -> str:
    """Say the hours behind a clause: a time alone stands apart, as nothing says what it is of."""
    said = window_words(window)
    alone = window[:1].isdigit() and "-" not in window
    return f" ({said})" if alone else f" {said}" if said else ""


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


def toll_sentence(country: str, killed: Sum | None, injured: Sum | None) -> list[Inline]:
    """Say who was hurt in a country, by whose word; what nobody said is said to be missing."""
    place = say(COUNTRY_NAMES[country])
    found = [toll for toll in (killed, injured) if toll]
    if not found:
        return tell(
            "No figure of people killed or injured in {country} is in the ledger.", country=place
        )
    clauses: list[Inline] = []
    before = ""
    for toll in found:
        subject = who(agreed(toll.voices, toll.side))
        clauses += _toll_clause(toll, subject, before)
        before = subject
    silent = [metric for metric, toll in zip(PEOPLE, (killed, injured), strict=True) if not toll]
    return tell(
        "{clauses!c} in {country}{silent}.",
        clauses=clauses,
        country=place,
        silent=say(NOBODY_GIVES[silent[0]]) if silent else "",
    )


def _toll_clause(toll: Sum, subject: str, before: str) -> list[Inline]:
    """Say one figure; who has just been named is not named again."""
    people = tell(PEOPLE[toll.metric], number=toll.count)
    slots = {"people": people, "terms": _terms(toll)}
    if subject == before:
        return tell(" and {people}{terms}", **slots)
    verb = says(subject, *(GIVE if toll.voices[0].side == "unattributed" else REPORT))
    clause = tell("{subject} {reports} {people}{terms}", subject=subject, reports=verb, **slots)
    return sentence("; ", clause) if before else clause


def toll_title(country: str, killed: Sum | None, injured: Sum | None) -> str:
    """State what a chart of a country's dead and injured shows, with who says it."""
    place = say(COUNTRY_NAMES[country])
    found = [toll for toll in (killed, injured) if toll]
    if not found:
        return say(
            "Killed and injured by place in {country}, each on its claimant’s word", country=place
        )
    subjects = tuple(dict.fromkeys(who(agreed(toll.voices, toll.side)) for toll in found))
    figures = listed([say(PEOPLE[toll.metric], number=toll.count) for toll in found])
    return say(
        "{country}: {figures}, according to {subjects}",
        country=place,
        figures=figures,
        subjects=subjects,
    )


def split_title(split: Split, names: Names) -> str:
    """State how much of a total is located, and where most of it."""
    subject = who(split.voice)
    most = tuple(f"{share_name(share, names)} ({sign(share.count)})" for share in split.shares[:2])
    message = to_say("{subject!c} {locates} {located} of {total} drones{when}, most over {most}")
    if split.unlocated == 0:
        message = to_say("{subject!c} {locates} all {total} drones{when}, most over {most}")
    if len(split.shares) == 1:
        most = (share_name(split.shares[0], names),)
        message = to_say("{subject!c} {locates} {located} of {total} drones{when}, over {most}")
    return say(
        message,
        subject=subject,
        locates=says(subject, "locates", "locate"),
        located=split.stated,
        total=split.total,
        when=_when(split.window),
        most=most,
    )


def share_place(share: Share, names: Names) -> str:
    """Return how a region of a split is called where it stands alone."""
    known = all(code in names.regions for code in share.admin1)
    place = "" if share.admin1 and known else share.place
    return names.place(place, share.admin1)


def share_name(share: Share, names: Names) -> str:
    """Return how a region of a split is called in a sentence."""
    called = share_place(share, names)
    return f"the {called}" if "Sea" in called.split() else called


def split_sum(split: Split) -> str:
    """Show how the located parts and the rest make the total."""
    terms = " + ".join(words(share.count) for share in split.shares)
    result = f" = {words(split.stated)}" if len(split.shares) > 1 else ""
    slots = {"sum": f"{terms}{result}", "total": split.total}
    if split.unlocated is None:
        return say(
            "Located: {sum}; the total is given as {total}, so no remainder is computed.", **slots
        )
    if not split.unlocated:
        return say("Located: {sum}, all of the {total}.", **slots)
    return say(
        "Located: {sum}. Not located: {total}{minus}{located} = {rest}.",
        minus=MINUS,
        located=split.located,
        rest=split.unlocated,
        **slots,
    )


def part_words(part: Part) -> str:
    """Name a piece of a bar with its number.

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


def _terms(toll: Sum) -> list[Inline]:
    """Show the terms of a sum, each linked, or that a figure rests on one claimant."""
    one = len(toll.voices) == 1 and toll.voices[0].claimant
    alone = say("one claimant") if one else ""
    if not toll.terms:
        return sentence(f" ({alone})") if alone else []
    if len(toll.terms) == 1:
        return tell(" (in one region{alone})", alone=f", {alone}" if alone else "")
    terms: list[Inline] = []
    for index, term in enumerate(toll.terms):
        least = Count(term.low, term.low, "exact", term.numbers)
        terms += sentence(" + " if index else "", number(least, most=0))
    return tell(
        " ({terms} over {n} {n:region|regions}, the least for each)",
        terms=[piece for piece in terms if piece["v"]],
        n=len(toll.terms),
    )


def _goes_on(last: Bar, bar: Bar) -> bool:
    return (last.voice, last.window) == (bar.voice, bar.window)
