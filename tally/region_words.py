"""What a region profile says: every sentence, heading and label of it, its figures computed.

Knows regions, days and counts; chooses no figure itself.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from tally import prose
from tally.blocks import Inline
from tally.citing import cited
from tally.hurt import claimants
from tally.model import Metric, Side
from tally.names import Names
from tally.region import MEASURES, STOPPED, Peak, Profile, RegionDay, Standing
from tally.tolls import PEOPLE, Toll
from tally.wording import ADJECTIVES, SIDES, capital, date_words, grouped, listed, sign, words

KICKER = "REGION PROFILE"
OPPONENT: Mapping[Side, Side] = {"Ukraine": "Russia", "Russia": "Ukraine"}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST_NAMED = 4
MOST_SILENT = 10
MOST_ROWS = 10
NOT_ADDED = (
    "Days are set side by side and never added up: windows of neighbouring days may overlap, and "
    "tolls are raised for days afterwards. A figure of the region is the word of the side whose "
    "country it lies in; what anybody else says of it stands apart, under its own name."
)
HOW_DAYS = (
    "The darker the day, the higher within its own measure; a white day without a figure: nobody "
    "gave one."
)
HOW_MAP = (
    "A tile a region, roughly where it lies; no border is drawn. The figure is the number of days; "
    "an empty tile: none. This region is framed."
)
NO_MAP = "No region has a day with people reported hurt, so no map is drawn."
NOBODY_HURT = "No figure of people killed or injured in this region is in the ledger."
NOTHING_MOVED = "No toll of this region was another when it was first published."
ALL_AGREE = "No claim about this region contradicts or revises another."
DISAGREES = "Claims about it that disagree or were revised"
SPEAKERS = "Who speaks of it; copies of one report count each"
PUBLISHERS = "Who prints it"
OTHERS_EVIDENCE = (
    "The claims behind the figures of other regions are not listed here but in their own profiles."
)
NAMELESS = "Nobody named"
UNPRINTED = "A publisher that is not named"
SIDE_WORDS: Mapping[Side, str] = {
    "Ukraine": "Ukraine",
    "Russia": "Russia",
    "third_party": "third party",
    "unattributed": "no source named",
}
PLACES_NOTE = "A figure of a place is part of the region’s; the two are not added."


def measure_words(metric: Metric, side: Side) -> str:
    """Head the calendar of a measure."""
    word = f"{side}’s word"
    return f"Drones stopped, {word}" if metric == STOPPED else f"{capital(metric)}, {word}"


def map_legend(side: str) -> str:
    """Say what a tile of a country counts."""
    return f"Days on which {side}’s word has people killed or injured"


def days_sentence(found: Profile) -> list[Inline]:
    """Say on how many days people are reported hurt, and which day is the gravest."""
    hurt = sum(one.hurt for one in found.days)
    subject = capital(SIDES[found.side])
    if not hurt:
        where = f"killed or injured in {found.name} in these days"
        told = any(metric in one.counts for one in found.days for metric in PEOPLE)
        none = f"{subject} report nobody {where}."
        return prose.sentence(none if told else f"No figure of people {where} is in the ledger.")
    run = prose.sentence(
        f"{subject} report people killed or injured in {found.name} on {_of(hurt, found)}."
    )
    peaks = [(metric, peak) for metric in PEOPLE if (peak := found.peak(metric))]
    for index, (metric, peak) in enumerate(peaks):
        begin = " The highest figure in one day: " if not index else "; "
        run += prose.sentence(begin, _cited(found, peak), f" {metric}, on {_date(peak)}")
    return [*run, *prose.sentence(".")] if peaks else run


def drones_sentence(found: Profile) -> list[Inline]:
    """Say for how many nights drones are said to be stopped over the region, and the most."""
    what = f"{ADJECTIVES[OPPONENT[found.side]]} drones"
    peak = found.peak(STOPPED)
    if peak is None:
        said = f"No figure of {what} stopped over {found.name} alone is in the ledger."
        return prose.sentence(said)
    nights = sum(STOPPED in one.counts for one in found.days)
    begin = f"{capital(SIDES[found.side])} give a figure of {what} stopped over it for "
    most = "" if nights == 1 else "the highest is "
    return prose.sentence(
        f"{begin}{_of(nights, found, 'nights')}; {most}",
        _cited(found, peak),
        f", on the night to {_date(peak)}.",
    )


def place_sentence(found: Profile, names: Names) -> str:
    """Say where the region stands among all that are named in these days."""
    own = found.standing
    if own is None:
        return ""
    many = len(found.standings)
    ahead = [one for one in found.standings if one.hurt > own.hurt]
    begin = f"Of {grouped(many)} regions of both countries that are named in these days,"
    if not own.hurt:
        return f"{begin} {grouped(len(ahead))} have days with people reported hurt; this one none."
    if not ahead:
        level = sum(one.hurt == own.hurt for one in found.standings) - 1
        also = f"; {grouped(level)} {'has' if level == 1 else 'have'} as many" if level else ""
        return f"{begin} none has more days with people reported hurt{also}."
    verb = "has" if len(ahead) == 1 else "have"
    more = f" and {len(ahead) - MOST_NAMED} more" if len(ahead) > MOST_NAMED else ""
    first = [f"{names.place('', (one.code,))} ({one.hurt})" for one in ahead[:MOST_NAMED]]
    shown = ", ".join(first) + more if more else listed(first)
    return f"{begin} {grouped(len(ahead))} {verb} more days with people reported hurt: {shown}."


def tiles(found: Profile) -> list[dict[str, str]]:
    """Return the headline numbers, each with what it rests on."""
    named = sum(bool(one.claims) for one in found.days)
    hurt = sum(one.hurt for one in found.days)
    documents = {claim.document_id for _, claim in found.review.evidence}
    claims = len(found.review.evidence)
    made = [
        {
            "label": "DAYS NAMED",
            "value": f"{named} of {len(found.days)}",
            "note": f"{_claims(claims)} of {_documents(len(documents))}",
        },
        {
            "label": "PEOPLE HURT",
            "value": f"{hurt} of {len(found.days)} days",
            "note": f"on {found.side}’s word",
        },
    ]
    labels = ("KILLED", "INJURED", "DRONES STOPPED")
    return made + [_peak_tile(found, *pair) for pair in zip(labels, MEASURES, strict=True)]


def _peak_tile(found: Profile, label: str, metric: Metric) -> dict[str, str]:
    peak = found.peak(metric)
    night = "most in one night, to" if metric == STOPPED else "most in one day,"
    note = f"{night} {_date(peak)}" if peak else "nobody gave a figure"
    return {"label": label, "value": sign(peak.count if peak else None), "note": note}


def days_title(found: Profile) -> str:
    """State what the calendar shows, with whose word it is."""
    hurt = sum(one.hurt for one in found.days)
    said = [f"people killed or injured in {found.name} on {_of(hurt, found)}"] if hurt else []
    nights = sum(STOPPED in one.counts for one in found.days)
    if nights:
        said.append(f"drones stopped over it on {_of(nights, found, 'nights')}")
    return f"{capital(SIDES[found.side])} report {listed(said)}. {HOW_DAYS}"


def among_title(found: Profile, names: Names) -> str:
    """State where most days with people hurt are, each on its own side's word."""
    said = []
    for side in ("Ukraine", "Russia"):
        first = next((one for one in found.standings if one.side == side and one.hurt), None)
        if first:
            where = names.place("", (first.code,))
            said.append(f"{side}’s word has people hurt on most days in {where} ({first.hurt})")
    return f"{capital(listed(said))}. {HOW_MAP}"


def hurt_title(found: Profile, shown: Sequence[tuple[RegionDay, Toll]], rest: int) -> str:
    """State which reports are the gravest, on whose word; `rest` are those that are not drawn."""
    own = next((held for held in shown if held[1].side == found.side), None)
    other = next((held for held in shown if held[1].side != found.side), None)
    said = []
    if own:
        said.append(f"The gravest report on {found.side}’s word: {_report(found, *own)}.")
    if other:
        said.append(f"On others’ word: {_report(found, *other)}.")
    left = f"{grouped(rest)} less grave reports are not drawn." if rest else ""
    return " ".join(filter(None, [*said, PLACES_NOTE, left]))


def _report(found: Profile, one: RegionDay, toll: Toll) -> str:
    figures = [
        f"{words(count)} {metric}"
        for metric, count in zip(PEOPLE, (toll.killed, toll.injured), strict=True)
        if count
    ]
    where = "" if toll.place == found.name else f" at {toll.place}"
    day = date_words(one.day.night.day)
    return f"{listed(figures)}{where} on {day}, by {claimants(toll)}"


def standings_caption(found: Profile) -> str:
    """Say how the regions of the table are chosen and what its columns are."""
    return (
        f"{found.name} among the regions with people reported hurt on most days, each on its own "
        "side’s word; the highest figure of one day"
    )


def sources_sentence(found: Profile) -> str:
    """Say whose word the claims about the region are, side by side."""
    sides = Counter(claim.claimant_side for _, claim in found.review.evidence)
    documents = {claim.document_id for _, claim in found.review.evidence}
    own, other = sides[found.side], sides[OPPONENT[found.side]]
    rest = sum(sides.values()) - own - other
    none = "none" if not other else grouped(other)
    others = f", {grouped(rest)} anybody else’s" if rest else ""
    return (
        f"Of {_claims(sum(sides.values()))} in {_documents(len(documents))}, {grouped(own)} are "
        f"the word of {found.side}’s side, {none} {OPPONENT[found.side]}’s{others}."
    )


def reported(publisher: str) -> str:
    """Call a report that names nobody."""
    printed = "a report" if publisher in prose.NAMELESS else publisher
    return f"{printed}, naming no source"


def more(caption: str, rest: int) -> str:
    """Say how many rows a table leaves out."""
    return f"{caption}; {grouped(rest)} with fewer claims are left out" if rest > 0 else caption


def unnamed(found: Profile) -> str:
    """Name the days on which nobody speaks of the region."""
    silent = [one.day.night.day for one in found.days if not one.claims]
    if not silent:
        return ""
    if len(silent) > MOST_SILENT:
        return f"No claim names it on {_of(len(silent), found)}."
    return f"No claim names it on {listed([f'{day.day} {day:%B}' for day in silent])}."


def nothing(found: Profile, span: str, known: Sequence[dt.date]) -> list[str]:
    """Say that no claim names the region, what is missing, and what the ledger does hold."""
    others = [one for one in found.standings if one.named]
    held = f"It does name {grouped(len(others))} other regions in these days." if others else ""
    if not others and known:
        held = f"Its claims are of {date_words(known[0])} to {date_words(known[-1])}."
    return [
        f"The ledger holds no claim about {found.name} in {span}: no drones stopped over it, and "
        "nobody killed or injured in it.",
        "That says only that no document about it was known, not that nothing happened. "
        + (held or "The ledger is empty."),
    ]


def standing_rows(found: Profile) -> list[Standing]:
    """Return the regions that a table compares: the first ones, and this one in any case."""
    rows = list(found.standings[:MOST_ROWS])
    own = found.standing
    return rows if own is None or own in rows else [*rows, own]


def _cited(found: Profile, peak: Peak) -> list[Inline]:
    return cited(found.review, peak.day.day, peak.count)


def _date(peak: Peak) -> str:
    return date_words(peak.day.day.night.day)


def _of(many: int, found: Profile, noun: str = "days") -> str:
    return f"{many} of {len(found.days)} {noun}"


def _claims(many: int) -> str:
    return f"{grouped(many)} {'claim' if many == 1 else 'claims'}"


def _documents(many: int) -> str:
    return f"{grouped(many)} {'document' if many == 1 else 'documents'}"
