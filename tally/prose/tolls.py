"""The sentences on who was killed and injured in a country, by whose word."""

from tally.blocks import Inline
from tally.evidence import Count
from tally.language import say, to_say
from tally.model import Metric
from tally.prose.phrases import agreed, who
from tally.runs import number, sentence, tell
from tally.tolls import Sum
from tally.wording import COUNTRY_NAMES, listed, says

REPORT = ("reports", "report")
GIVE = ("gives", "give")
PEOPLE = {
    Metric.KILLED: to_say("{number} killed"),
    Metric.INJURED: to_say("{number} injured"),
}
NOBODY_GIVES = {
    Metric.KILLED: to_say("; nobody gives a number of killed"),
    Metric.INJURED: to_say("; nobody gives a number of injured"),
}


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
