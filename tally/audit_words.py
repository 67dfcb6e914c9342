"""What a claims audit says of its claims: every sentence and heading, its counts computed.

Knows the tables of the audit; counts nothing itself that they do not hold.
"""

from collections.abc import Mapping, Sequence

from tally.audit import SIDES, Audit, Fate, Kind, Voiced
from tally.language import say, spoken, to_say
from tally.model import RelationKind, Side
from tally.unread_words import unread_sentence
from tally.wording import capital, grouped, listed

HELD = {
    "Ukraine": to_say("{n} of Ukraine’s side"),
    "Russia": to_say("{n} of Russia’s side"),
    "third_party": to_say("{n} of third parties"),
    "unattributed": to_say("{n} of reports that name no source"),
}
HEADINGS = {
    "Ukraine": to_say(
        "Of {n} {n:claim|claims} of Ukraine’s side, {stands} {stands:stands|stand} as given"
    ),
    "Russia": to_say(
        "Of {n} {n:claim|claims} of Russia’s side, {stands} {stands:stands|stand} as given"
    ),
    "third_party": to_say(
        "Of {n} {n:claim|claims} of third parties, {stands} {stands:stands|stand} as given"
    ),
    "unattributed": to_say(
        "Of {n} {n:claim|claims} of reports that name no source, {stands} "
        "{stands:stands|stand} as given"
    ),
}
LOUDEST = {
    "Ukraine": to_say("{name} speaks most for Ukraine’s side ({n} of {all} claims)"),
    "Russia": to_say("{name} speaks most for Russia’s side ({n} of {all} claims)"),
}
FATE_WORDS: Mapping[Fate, str] = {
    "stands": to_say("{n} {n:stands|stand} as given"),
    "repeats": to_say("{n} {n:repeats|repeat} an earlier claim"),
    "raised": to_say("{n} raised later"),
    "lowered": to_say("{n} lowered later"),
    "contradicted": to_say("{n} contradicted"),
    "set aside": to_say("{n} set aside by a ruling"),
}
# How a piece of a bar is drawn; keep in step with the kinds of drawing.
DRAWN: Mapping[Fate, str] = {
    "stands": "stands",
    "repeats": "repeats",
    "raised": "replaced",
    "lowered": "replaced",
    "contradicted": "contradicted",
    "set aside": "contradicted",
}
VOICE_LABELS = (
    to_say("Claims"), to_say("Days"), to_say("Drones"), to_say("Missiles"), to_say("Killed"),
    to_say("Injured"), to_say("Repeat"), to_say("Replaced"), to_say("Contradicted"),
)  # fmt: skip
MEANINGS: Mapping[RelationKind, str] = {
    RelationKind.PART_OF: to_say("The one is a part of the other, and never added to it"),
    RelationKind.REPEATS: to_say("The same statement in another document or language: one voice"),
    RelationKind.UPDATES: to_say("The same toll, later: the earlier figure is replaced"),
    RelationKind.CORRECTS: to_say("A lower figure, another place or split, later"),
    RelationKind.CONTRADICTS: to_say("Different claimants or figures that cannot both hold"),
    RelationKind.OVERLAPS: to_say("Windows that share hours: both stand, they are not added"),
    RelationKind.OTHER_SCOPE: to_say("Other hours of the same day: both stand, apart"),
}
KIND_WORDS: Mapping[RelationKind, str] = {
    RelationKind.PART_OF: to_say("Part of"),
    RelationKind.REPEATS: to_say("Repeats"),
    RelationKind.UPDATES: to_say("Updates"),
    RelationKind.CORRECTS: to_say("Corrects"),
    RelationKind.CONTRADICTS: to_say("Contradicts"),
    RelationKind.OVERLAPS: to_say("Overlaps"),
    RelationKind.OTHER_SCOPE: to_say("Other scope"),
}
FARED = to_say(
    "Every claim counts once. Solid: stands as given; light: repeats an earlier claim; crossed: "
    "replaced by a later figure; hatched: contradicted or set aside."
)


def lead(made: Audit) -> list[str]:
    """Answer who claims, how claims fared and what could not be read."""
    sides = [say(HELD[side], n=made.of(side)) for side in SIDES if made.of(side)]
    repeats, stands = made.count("repeats"), made.count("stands")
    replaced = made.count("raised") + made.count("lowered")
    contradicted, doubtful = made.count("contradicted"), made.unread.doubtful
    again = say(
        "{some!c} of the claims {n:gives|give} a reason to look again.",
        some=_of(doubtful),
        n=doubtful,
    )
    return [
        say(
            "The ledger holds {n} {n:claim|claims} about these days, in {documents} "
            "{documents:document|documents}: {sides}.",
            n=len(made.claims),
            documents=made.documents,
            sides=listed(sides),
        ),
        say(
            "{repeats!c} {n:repeats|repeat} an earlier one. Of the other {statements}, {stands} "
            "{n_stands:stands|stand} as given, {replaced} {n_replaced:was|were} replaced by a "
            "later figure and {contradicted} {n_contradicted:is|are} contradicted.",
            repeats=_of(repeats),
            n=repeats,
            statements=len(made.claims) - repeats,
            stands=_of(stands),
            n_stands=stands,
            replaced=_of(replaced),
            n_replaced=replaced,
            contradicted=_of(contradicted),
            n_contradicted=contradicted,
        ),
        f"{unread_sentence(made.unread)} {again}",
    ]


def tiles(made: Audit) -> list[dict[str, str]]:
    """Return the headline counts."""
    raised, lowered = made.count("raised"), made.count("lowered")
    crossing = sum(pair.crosses for pair in made.pairs)
    moved = say("{raised} raised, {lowered} lowered", raised=_of(raised), lowered=_of(lowered))
    documents = say("in {n} {n:document|documents}", n=made.documents)
    between = say("{crossing} between sides", crossing=_of(crossing))
    return [
        _tile(say("CLAIMS"), len(made.claims), documents),
        _tile(say("REPEAT ANOTHER"), made.count("repeats"), say("the same statement once more")),
        _tile(say("REPLACED LATER"), raised + lowered, moved),
        _tile(say("CONTRADICTIONS"), len(made.pairs), between),
        _tile(say("TO LOOK AT AGAIN"), made.unread.doubtful, say("for the reasons listed below")),
    ]


def nothing(span: str, known: str) -> list[str]:
    """Say that there is nothing to audit, and what the ledger does hold."""
    held = say("The ledger is empty.")
    if known:
        held = say("The ledger’s claims are of {span}.", span=known)
    return [
        say(
            "The ledger holds no claim about {span}, so there is nothing to audit: no claimant, no "
            "relation, no contradiction.",
            span=span,
        ),
        say(
            "That says only that no document about it was known, not that nothing happened. "
            "{found}",
            found=held,
        ),
    ]


def voices_title(made: Audit, shown: Sequence[Voiced]) -> str:
    """State who makes most claims on either side."""
    said = []
    for side, message in LOUDEST.items():
        first = next((row for row in shown if row.side == side and row.name), None)
        if first:
            of = made.of(first.side)
            name = spoken().subject(first.name)
            said.append(say(message, name=name, n=first.claims, all=of))
    if not said:
        return say("No claimant is named.")
    if len(said) == 1:
        return capital(f"{said[0]}.")
    return capital(say("{one} and {other}.", one=said[0], other=said[1]))


def fared_heading(made: Audit, side: Side) -> str:
    """Head the bar of a side with what became of its claims."""
    return say(HEADINGS[side], n=made.of(side), stands=made.count("stands", side))


def fared_title(made: Audit) -> str:
    """State how many claims stand and how many are contradicted, and how they are drawn."""
    said = say(
        "Of {n} {n:claim|claims}, {stands} {n_stands:stands|stand} as given and {contradicted} "
        "{n_contradicted:is|are} contradicted.",
        n=len(made.claims),
        stands=_of(made.count("stands")),
        n_stands=made.count("stands"),
        contradicted=_of(made.count("contradicted")),
        n_contradicted=made.count("contradicted"),
    )
    return f"{said} {say(FARED)}"


def fate_words(fate: Fate, number: int) -> str:
    """Name a piece of a bar with its number."""
    return say(FATE_WORDS[fate], n=number)


def kind_rules(kind: Kind) -> str:
    """List the rules that found a kind of relation."""
    rules = kind.rules.items()
    said = "; ".join(f"{say(rule)} ({grouped(many)})" for rule, many in rules)
    return capital(said)


def more(caption: str, rest: int) -> str:
    """Say how many rows a table leaves out."""
    if rest <= 0:
        return caption
    return say("{caption}; {n} more {n:is|are} left out", caption=caption, n=rest)


def _tile(label: str, value: int, note: str) -> dict[str, str]:
    return {"label": label, "value": grouped(value), "note": note}


def _of(number: int) -> str:
    return grouped(number) if number else say("none")
