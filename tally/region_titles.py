"""What stands above, below and beside the pictures and tables of a region profile.

Knows regions, days and counts; chooses no figure itself.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from tally import prose
from tally.day_words import days_words
from tally.language import say, to_say
from tally.model import OPPONENT, TOLLS, Metric, Side
from tally.names import Names
from tally.region import COUNTRY, STOPPED, Profile, RegionDay, Standing
from tally.tolls import Toll
from tally.wording import SIDES, capital, grouped, listed

MOST_SILENT = 10
MOST_ROWS = 10
HOW_DAYS = to_say(
    "The darker the day, the higher within its own measure; a white day without a figure: nobody "
    "gave one."
)
# Keyed by whether people were hurt on any day, and drones stopped over it in any night.
DAYS: Mapping[tuple[bool, bool], str] = {
    (True, True): to_say(
        "{side!c} report people killed or injured in {region} on {n} of {all} days and drones "
        "stopped over it on {nights} of {all} nights."
    ),
    (True, False): to_say(
        "{side!c} report people killed or injured in {region} on {n} of {all} days."
    ),
    (False, True): to_say(
        "{side!c} report drones stopped over {region} on {nights} of {all} nights."
    ),
}
TOGETHER = to_say(
    "{side!c} report drones stopped over {region} and {others} together on {n} of {all} nights."
)
JOINT_NOTE = to_say("A figure of several regions together stands at none of them.")
HOW_MAP = to_say(
    "A tile a region, roughly where it lies; no border is drawn. The figure is the number of days; "
    "an empty tile: none. This region is framed."
)
NO_MAP = to_say("No region has a day with people reported hurt, so no map is drawn.")
NOBODY_HURT = to_say("No figure of people killed or injured in this region is in the ledger.")
NOTHING_MOVED = to_say("No toll of this region was revised after it was first published.")
ALL_AGREE = to_say("No claim about this region contradicts or revises another.")
OTHERS_EVIDENCE = to_say(
    "The claims behind the figures of other regions are not listed here but in their own profiles."
)
PLACES_NOTE = to_say("A figure of a place is part of the region’s; the two are not added.")
MEASURE_WORDS: Mapping[tuple[Metric, str], str] = {
    (Metric.KILLED, "Ukraine"): to_say("Killed, Ukraine’s word"),
    (Metric.KILLED, "Russia"): to_say("Killed, Russia’s word"),
    (Metric.INJURED, "Ukraine"): to_say("Injured, Ukraine’s word"),
    (Metric.INJURED, "Russia"): to_say("Injured, Russia’s word"),
    (STOPPED, "Ukraine"): to_say("Drones stopped, Ukraine’s word"),
    (STOPPED, "Russia"): to_say("Drones stopped, Russia’s word"),
}
JOINT_WORDS: Mapping[Side, str] = {
    "Ukraine": to_say("Drones stopped, with {others}, Ukraine’s word"),
    "Russia": to_say("Drones stopped, with {others}, Russia’s word"),
}
MAP_LEGENDS: Mapping[Side, str] = {
    "Ukraine": to_say("Days on which Ukraine’s word has people killed or injured"),
    "Russia": to_say("Days on which Russia’s word has people killed or injured"),
}
MOST_HURT: Mapping[Side, str] = {
    "Ukraine": to_say("on Ukraine’s word, people were hurt on most days in {region} ({n})"),
    "Russia": to_say("on Russia’s word, people were hurt on most days in {region} ({n})"),
}
GRAVEST: Mapping[Side, str] = {
    "Ukraine": to_say("The gravest report on Ukraine’s word: {report}."),
    "Russia": to_say("The gravest report on Russia’s word: {report}."),
}
SOURCES: Mapping[Side, str] = {
    "Ukraine": to_say(
        "Of {n} {n:claim|claims} in {documents} {documents:document|documents}, {mine} "
        "{own:is|are} the word of Ukraine’s side, {other} Russia’s{others}."
    ),
    "Russia": to_say(
        "Of {n} {n:claim|claims} in {documents} {documents:document|documents}, {mine} "
        "{own:is|are} the word of Russia’s side, {other} Ukraine’s{others}."
    ),
}


def weekdays() -> list[str]:
    """Return the short names of the days of the week, from Monday on."""
    return say("Mon Tue Wed Thu Fri Sat Sun").split()


def days_title(found: Profile, others: str) -> str:
    """State what the calendar shows, with whose word it is; `others` are in joint figures too."""
    hurt = sum(one.hurt for one in found.days)
    nights = sum(STOPPED in one.counts for one in found.days)
    joint = sum(bool(one.joint) for one in found.days)
    theirs = sum(bool(one.theirs) for one in found.days)
    slots = {"side": say(SIDES[found.side]), "region": found.name, "all": len(found.days)}
    told = []
    if hurt or nights:
        told.append(say(DAYS[bool(hurt), bool(nights)], n=hurt, nights=nights, **slots))
    if joint:
        told.append(say(TOGETHER, n=joint, others=others, **slots))
    if theirs:
        other = {**slots, "side": say(SIDES[OPPONENT[found.side]])}
        told.append(say(DAYS[False, True], nights=theirs, **other))
    return " ".join([*told, say(HOW_DAYS)])


def among_title(found: Profile, names: Names) -> str:
    """State where most days with people hurt are, each on its own side's word."""
    said = []
    for side in COUNTRY.values():
        first = next((one for one in found.standings if one.side == side and one.hurt), None)
        if first:
            where = names.place("", (first.code,))
            said.append(say(MOST_HURT[side], region=where, n=first.hurt))
    both = said[0] + "."
    if len(said) > 1:
        both = say("{one}; {other}.", one=said[0], other=said[1])
    return f"{capital(both)} {say(HOW_MAP)}"


def hurt_title(found: Profile, shown: Sequence[tuple[RegionDay, Toll]], rest: int) -> str:
    """State which reports are the gravest, on whose word; `rest` are those that are not drawn."""
    own = next((held for held in shown if held[1].side == found.side), None)
    other = next((held for held in shown if held[1].side != found.side), None)
    said = []
    if own:
        said.append(say(GRAVEST[found.side], report=_report(found, *own)))
    if other:
        said.append(say("On others’ word: {report}.", report=_report(found, *other)))
    said.append(say(PLACES_NOTE))
    if rest:
        message = to_say("{n} less grave {n:report is|reports are} not drawn.")
        said.append(say(message, n=rest))
    return " ".join(said)


def _report(found: Profile, one: RegionDay, toll: Toll) -> str:
    figures = [
        say(prose.PEOPLE[metric], number=count)
        for metric, count in zip(TOLLS, (toll.killed, toll.injured), strict=True)
        if count
    ]
    where = "" if toll.place == found.name else say(" in {place}", place=toll.place)
    alone = len(toll.voices) == 1 and toll.voices[0].claimant
    return say(
        "{figures}{where} on {day:d MMMM y}, according to {who}{alone}",
        figures=listed(figures),
        where=where,
        day=one.day.night.day,
        who=tuple(dict.fromkeys(map(prose.who, toll.voices))),
        alone=f" ({say('one claimant')})" if alone else "",
    )


def standings_caption(found: Profile) -> str:
    """Say how the regions of the table are chosen and what its columns are."""
    said = say(
        "{region} among the regions with people reported hurt on most days, each on its own "
        "side’s word; the highest figure of one day",
        region=found.name,
    )
    return capital(said)


def standing_rows(found: Profile) -> list[Standing]:
    """Return the regions that a table compares: the first ones, and this one in any case."""
    rows = list(found.standings[:MOST_ROWS])
    own = found.standing
    return rows if own is None or own in rows else [*rows, own]


def sources_sentence(found: Profile) -> str:
    """Say whose word the claims about the region are, side by side."""
    sides = Counter(claim.claimant_side for _, claim in found.review.evidence)
    own, other = sides[found.side], sides[OPPONENT[found.side]]
    rest = sides.total() - own - other
    return say(
        SOURCES[found.side],
        n=sides.total(),
        documents=len({claim.document_id for _, claim in found.review.evidence}),
        own=own,
        mine=grouped(own) if own else say("none"),
        other=grouped(other) if other else say("none"),
        others=say(", {n} anybody else’s", n=rest) if rest else "",
    )


def more(caption: str, rest: int) -> str:
    """Say how many rows a table leaves out."""
    if rest <= 0:
        return caption
    return say("{caption}; {n} with fewer claims are left out", caption=caption, n=rest)


def unnamed(found: Profile) -> str:
    """Name the days on which nobody speaks of the region."""
    silent = [one.day.night.day for one in found.days if not one.claims]
    if not silent:
        return ""
    if len(silent) > MOST_SILENT:
        message = to_say("No claim names it on {n} of {all} days.")
        return say(message, n=len(silent), all=len(found.days))
    return say("No claim names it on {days}.", days=days_words(silent))
