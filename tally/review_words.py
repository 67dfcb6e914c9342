"""What a period review answers first, in sentences: each side’s most, the gravest tolls.

Knows days, bars and counts; chooses no figure itself.
"""

import datetime as dt
from collections.abc import Sequence

from tally import runs
from tally.blocks import Inline
from tally.briefing import COUNTRIES, TILES, ratio
from tally.citing import cited
from tally.day_words import days_words
from tally.evidence import Count
from tally.language import say, to_say
from tally.model import OPPONENT, TOLLS, Metric
from tally.series import ATTACKERS, Bar
from tally.span import Day, Review, breaks, definition
from tally.wording import COUNTRY_NAMES, SIDES, short_date, sign

INSIDE = "‡"
NO_STOPPED = {
    "Russia": to_say("No figure of Russian drones stopped in these days is in the ledger."),
    "Ukraine": to_say("No figure of Ukrainian drones stopped in these days is in the ledger."),
}
MOST_STOPPED = {
    "Russia": to_say(
        "{side!c} give a figure of Russian drones stopped for {n} of {all} nights; "
        "the highest is {highest}{of}, on the night to {day:d MMMM y}."
    ),
    "Ukraine": to_say(
        "{side!c} give a figure of Ukrainian drones stopped for {n} of {all} nights; "
        "the highest is {highest}{of}, on the night to {day:d MMMM y}."
    ),
}
STOPPED_ONCE = {
    "Russia": to_say(
        "{side!c} give a figure of Russian drones stopped for one of {all} nights: "
        "{highest}{of}, on the night to {day:d MMMM y}."
    ),
    "Ukraine": to_say(
        "{side!c} give a figure of Ukrainian drones stopped for one of {all} nights: "
        "{highest}{of}, on the night to {day:d MMMM y}."
    ),
}
STOPPED_THEN = {
    "Russia": to_say("{side!c} give a figure of Russian drones stopped: {highest}{of}."),
    "Ukraine": to_say("{side!c} give a figure of Ukrainian drones stopped: {highest}{of}."),
}
MOST_ON_WORD = {
    "Russia": to_say("on Ukraine’s word {highest}{of} (to {day:d MMMM})"),
    "Ukraine": to_say("on Russia’s word {highest}{of} (to {day:d MMMM})"),
}
NO_FIGURE = {
    Metric.KILLED: to_say("No figure of people killed in {country} is in the ledger. "),
    Metric.INJURED: to_say("No figure of people injured in {country} is in the ledger. "),
}
NOBODY = {
    Metric.KILLED: to_say("Nobody reports anyone killed in {country}. "),
    Metric.INJURED: to_say("Nobody reports anyone injured in {country}. "),
}
HIGHEST = {
    Metric.KILLED: to_say(
        "The highest figure given of people killed in {country} in one day is {number}, "
        "of {day:d MMMM y} ({n} of {all} days have one). "
    ),
    Metric.INJURED: to_say(
        "The highest figure given of people injured in {country} in one day is {number}, "
        "of {day:d MMMM y} ({n} of {all} days have one). "
    ),
}
ON_THE_DAY = {
    Metric.KILLED: to_say("The figure given of people killed in {country} is {number}. "),
    Metric.INJURED: to_say("The figure given of people injured in {country} is {number}. "),
}
NOT_ADDED = to_say(
    "Days are set side by side and never added up: figures of neighbouring days may be for "
    "windows that overlap, and tolls are raised for days afterwards."
)


def tiles(made: Review) -> list[dict[str, str]]:
    """Return the highest figures of one night or day, each with its date."""
    flew = [_stopped_tile(made, attacker) for attacker in ATTACKERS]
    return [*flew, *(_people_tile(made, metric) for metric in TOLLS)]


def _stopped_tile(made: Review, attacker: str) -> dict[str, str]:
    label, found = say(TILES[OPPONENT[attacker]]), _stopped(made, attacker)
    if not found:
        return {"label": label, "value": sign(None), "note": say("nobody gave a figure")}
    day, bar = _highest_night(found)
    notes = [say("drones stopped")]
    if len(made.days) > 1:
        notes.append(say("most in one night, to {day:d MMMM y}", day=day.night.day))
    return {"label": label, "value": ratio(bar), "note": "; ".join(notes)}


def _people_tile(made: Review, metric: Metric) -> dict[str, str]:
    values, listing = [], []
    for country in COUNTRIES:
        name, gravest = say(COUNTRY_NAMES[country]), _gravest_day(_with_toll(made, metric, country))
        values.append(f"{name} {sign(gravest[1] if gravest else None)}")
        when = short_date(gravest[0].night.day) if gravest else say("no figure")
        listing.append(say("{country}, {when}", country=name, when=when))
    several = len(made.days) > 1
    note = say("most in one day: {listing}", listing="; ".join(listing)) if several else ""
    return {"label": say(TILES[metric]), "value": " · ".join(values), "note": note}


def _with_toll(made: Review, metric: Metric, country: str) -> list[tuple[Day, Count]]:
    return [(day, count) for day in made.days if (count := day.tolls[metric, country])]


def _gravest_day(found: Sequence[tuple[Day, Count]]) -> tuple[Day, Count] | None:
    return max(found, key=lambda one: one[1].drawn, default=None)


def _highest_night(found: Sequence[tuple[Day, Bar]]) -> tuple[Day, Bar]:
    return max(found, key=lambda one: one[1].stopped.drawn if one[1].stopped else 0)


def notes(made: Review) -> list[str]:
    """Say what keeps days from being added up or compared; one day needs no such words."""
    if len(made.days) == 1:
        return []
    return [say(NOT_ADDED), *(told for a in ATTACKERS if (told := definitions(made, a)))]


def most_stopped(made: Review, attacker: str) -> list[Inline]:
    """Say on how many nights a side gives a figure, and which was its highest."""
    found = _stopped(made, attacker)
    if not found:
        return runs.tell(NO_STOPPED[attacker])
    message = (MOST_STOPPED if len(found) > 1 else STOPPED_ONCE)[attacker]
    if len(made.days) == 1:
        message = STOPPED_THEN[attacker]
    side = say(SIDES[OPPONENT[attacker]])
    return _told(made, found, message, side=side, n=len(found), all=len(made.days))


def _stopped(made: Review, attacker: str) -> list[tuple[Day, Bar]]:
    return [(day, bar) for day in made.days if (bar := day.bar(attacker)) and bar.stopped]


def _told(
    made: Review, found: Sequence[tuple[Day, Bar]], message: str, **slots: object
) -> list[Inline]:
    """Say something with the highest of some nights' figures."""
    day, bar = _highest_night(found)
    of: list[Inline] = []
    if bar.launched:
        of = runs.tell(" of {launched}", launched=cited(made, day, bar.launched))
    return runs.tell(
        message,
        **slots,
        highest=cited(made, day, bar.stopped or Count(None, None)),
        of=of,
        day=day.night.day,
    )


def definitions(made: Review, attacker: str) -> str:
    """Say on which nights a figure of those stopped holds the lost from radar, where both occur."""
    if not breaks(made.days, attacker):
        return ""
    on: dict[str, list[dt.date]] = {"inside": [], "apart": [], "": []}
    for day in made.days:
        on[definition(day.bar(attacker))].append(day.night.day)
    return say(
        "{side!c} are quoted with drones lost from radar inside the "
        "figure of those stopped on {inside} (marked {mark}), and apart from it "
        "on {apart}{untold}. These figures and their shares of those launched do not compare.",
        side=say(SIDES[OPPONENT[attacker]]),
        inside=days_words(on["inside"]),
        mark=INSIDE,
        apart=days_words(on["apart"]),
        untold=say("; the words of the other nights do not tell") if on[""] else "",
    )


def gravest(made: Review, country: str) -> list[Inline]:
    """Say which day's toll is the gravest, by metric."""
    run: list[Inline] = []
    place = say(COUNTRY_NAMES[country])
    if not any(day.tolls[metric, country] for day in made.days for metric in TOLLS):
        return runs.tell(
            "No figure of people killed or injured in {country} is in the ledger.", country=place
        )
    for metric in TOLLS:
        found = _with_toll(made, metric, country)
        most = _gravest_day(found)
        if not most:
            run += runs.tell(NO_FIGURE[metric], country=place)
            continue
        day, count = most
        if not count.drawn:
            run += runs.tell(NOBODY[metric], country=place)
            continue
        run += runs.tell(
            (HIGHEST if len(made.days) > 1 else ON_THE_DAY)[metric],
            country=place,
            number=cited(made, day, count),
            day=day.night.day,
            n=len(found),
            all=len(made.days),
        )
    return run


def drones_title(made: Review) -> list[Inline]:
    """State the most that each side says, and how the bars are to be read."""
    legend = say(
        "Solid: stopped or shot down; light: lost from radar; hatched: what the side’s own figures "
        "leave unaccounted for or unlocated. One scale."
    )
    changed = any(breaks(made.days, side) for side in ATTACKERS)
    if len(made.days) > 1 and not changed:
        legend += f" {say('No change of definition is seen in the words of these days.')}"
    return runs.sentence(_most_on_word(made), legend)


def _most_on_word(made: Review) -> list[Inline]:
    """Say in short which figure of each side is the highest; of one day there is none."""
    held = [(attacker, _stopped(made, attacker)) for attacker in ATTACKERS]
    said = [_told(made, found, MOST_ON_WORD[attacker]) for attacker, found in held if found]
    if len(made.days) == 1 or not said:
        return []
    most = runs.sentence(*(piece for each in said for piece in ("; ", each)))[1:]
    return runs.tell("The most in one night: {most}. ", most=most)
