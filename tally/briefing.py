"""What the daily briefing consists of: blocks in reading order, assembled from one night.

Computes nothing: figures come from series and tolls, words from prose, pictures from charts.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tally import blocks, prose, tolls
from tally.blocks import Block
from tally.doubts import doubts
from tally.errors import ParameterError
from tally.evidence import Night, gather, nearest
from tally.language import say, spoken, to_say
from tally.model import KYIV, OPPONENT, Metric, published_at
from tally.opening import open_ledger
from tally.reconcile import moved_on
from tally.series import ATTACKERS, Bar, bars
from tally.windows import evening
from tally.wording import (
    COUNTRY_NAMES,
    DASH,
    capital,
    known_words,
    listed,
    night_words,
    sign,
)

Sections = tuple[Block, ...]

COUNTRIES = ("Ukraine", "Russia")
TILES = {
    "Ukraine": to_say("AT UKRAINE"),
    "Russia": to_say("AT RUSSIA"),
    Metric.KILLED: to_say("KILLED"),
    Metric.INJURED: to_say("INJURED"),
}
FLEW = {"drones": to_say("drones"), "missiles": to_say("missiles")}
FLEW_STOPPED = {"drones": to_say("drones stopped"), "missiles": to_say("missiles stopped")}
FIRST = dt.time(8)
_SPACE = blocks.text(" ")


def open_night(day: str, as_of: str = "", since: str = "", data: Path | None = None) -> Night:
    """Read the ledger and reconcile what was known at `as_of`; "" takes all there is.

    What moved is told against the edition of `since`; "" is the first edition of the night.
    """
    morning, moment = parse_day(day), parse_as_of(as_of)
    before = parse_as_of(since, "since")
    opened = open_ledger(data, moment, (morning, morning))
    night = gather(opened.reconciled, morning, opened.documents, opened.names, moment)
    if not night.claims:
        return replace(night, known=opened.days())
    before = before or first_edition(night)
    if before is None or (moment and before >= moment):
        return night
    known = opened.claims, opened.rulings
    moved = moved_on(morning, before, opened.reconciled, known, opened.documents)
    return replace(night, since=before, moved=moved)


def first_edition(night: Night) -> dt.datetime | None:
    """Return 08:00 in Kyiv of a night's morning, or when the first claim about it came, if later.

    `None` when nothing about the night is known.
    """
    came = [published_at(claim.published) for claim in night.claims if night.in_scope(claim)]
    morning = dt.datetime.combine(night.day, FIRST, KYIV)
    return max(min(came), morning) if came else None


def parse_day(day: str) -> dt.date:
    """Return the morning that names a night.

    >>> parse_day("2025-05-25")
    datetime.date(2025, 5, 25)
    """
    try:
        return dt.date.fromisoformat(day)
    except ValueError as error:
        msg = f"day {day!r} is not a date; give the night's morning, such as 2025-05-25."
        raise ParameterError(msg) from error


def parse_as_of(as_of: str, name: str = "as_of") -> dt.datetime | None:
    """Return the moment up to which publications count; a bare date is its end in Kyiv.

    >>> parse_as_of("2025-05-22T08:00").isoformat()
    '2025-05-22T05:00:00+00:00'
    """
    try:
        return published_at(as_of) if as_of else None
    except ValueError as error:
        msg = f"{name} {as_of!r} is not a date or time; give 2025-05-22 or 2025-05-22T08:00."
        raise ParameterError(msg) from error


def opening(night: Night) -> Sections:
    """Give the masthead, the answer in a few sentences, and the tiles."""
    if not night.claims:
        return (_masthead(night), blocks.lead(_nothing(night)))
    drawn = bars(night)
    said = prose.bar_sentences(drawn)
    said += [prose.evening_sentence(window) for window in evening(night)]
    said += [[blocks.text(missing)] for missing in prose.missing_side(drawn)]
    hurt = [_toll(night, country) for country in COUNTRIES]
    paragraphs = [[piece for run in runs for piece in (*run, _SPACE)] for runs in (said, hurt)]
    return (_masthead(night), blocks.lead(paragraphs), blocks.tiles(_tiles(night, drawn)))


def known_at(night: Night) -> str:
    """Return the ISO time that the briefing speaks of: as asked, else its latest document's."""
    if night.as_of:
        return night.as_of.astimezone(KYIV).isoformat(timespec="minutes")
    dated = (claim.published for claim in night.claims if claim.published)
    return max(dated, key=published_at, default="")


def _masthead(night: Night) -> Block:
    moment = known_at(night)
    kicker, title = say("DAILY BRIEFING"), night_words(night.day)
    lang = spoken().code
    return blocks.masthead(kicker, title, as_known(moment), "", lang, known_at=moment)


def as_known(moment: str) -> str:
    """Say what moment a briefing speaks of; "" where nothing was known."""
    if not moment:
        return say("No claim in the ledger")
    return say("As known on {moment}", moment=known_words(moment))


def _nothing(night: Night) -> list[str]:
    """Say that a night has no claims, what is missing, and where the nearest are."""
    before, after = nearest(night.known, night.day)
    limit = ""
    if night.as_of:
        limit = say(" published by {moment}", moment=known_words(known_at(night)))
    near = []
    if before:
        near.append(say("the last earlier night with claims is that of {day}", day=before))
    if after:
        near.append(say("the next later night with claims is that of {day}", day=after))
    name = night_words(night.day)
    found = capital(f"{listed(near)}.") if near else say("The ledger is empty.")
    return [
        say(
            "The ledger holds no claim about the {night}{limit}: neither side’s word "
            "on drones or missiles, and no toll of people killed or injured.",
            night=name[:1].lower() + name[1:],
            limit=limit,
        ),
        say(
            "That says only that no document about it was known, not that nothing happened. "
            "{found}",
            found=found,
        ),
    ]


def _toll(night: Night, country: str) -> list[blocks.Inline]:
    return prose.toll_sentence(country, *tolls.toll_sums(night, country))


def _tiles(night: Night, drawn: Sequence[Bar]) -> list[dict[str, str]]:
    made = [_side_tile(drawn, attacker) for attacker in ATTACKERS]
    made += [_people_tile(night, metric) for metric in (Metric.KILLED, Metric.INJURED)]
    asked = sum(doubt.is_open for doubt in doubts(night))
    note = say("no claim contradicts another")
    if asked:
        note = say("listed under {title}", title=say("What disagrees"))
    return [*made, {"label": say("OPEN QUESTIONS"), "value": str(asked), "note": note}]


def _side_tile(drawn: Sequence[Bar], attacker: str) -> dict[str, str]:
    found = {bar.munition: bar for bar in drawn if bar.attacker == attacker}
    label = say(TILES[OPPONENT[attacker]])
    bar = found.get("drones") or found.get("missiles")
    if bar is None:
        nothing = say("no figure of drones or missiles stopped")
        return {"label": label, "value": DASH, "note": nothing}
    notes = [_stopped_note(bar)]
    if bar.munition == "drones" and "missiles" in found:
        notes.append(f"{say('missiles')}: {ratio(found['missiles'])}")
    return {"label": label, "value": ratio(bar), "note": " · ".join(notes)}


def ratio(bar: Bar) -> str:
    """Return what was stopped of those launched, as far as either is told."""
    if bar.stopped is None:
        return say("{whole} launched", whole=sign(bar.whole))
    if not bar.launched:
        return sign(bar.stopped)
    return say("{part} of {whole}", part=sign(bar.stopped), whole=sign(bar.launched))


def _stopped_note(bar: Bar) -> str:
    pieces = [prose.part_words(part) for part in bar.parts if part.kind != "stopped"]
    if bar.part("located") and not bar.part("not located"):
        pieces = [say("all located by region")]
    return " · ".join([say((FLEW_STOPPED if bar.stopped else FLEW)[bar.munition]), *pieces])


def _people_tile(night: Night, metric: Metric) -> dict[str, str]:
    found = {country: tolls.toll_sum(night, metric, country) for country in COUNTRIES}
    values = [
        f"{say(COUNTRY_NAMES[country])} {sign(toll.count) if toll else DASH}"
        for country, toll in found.items()
    ]
    notes = [f"{say(COUNTRY_NAMES[country])}: {_basis(toll)}" for country, toll in found.items()]
    return {"label": say(TILES[metric]), "value": " · ".join(values), "note": "; ".join(notes)}


def _basis(toll: tolls.Sum | None) -> str:
    """Say what a country's toll rests on."""
    if toll is None:
        return say("no figure")
    if len(toll.terms) == 1:
        return say("one region alone")
    if toll.terms:
        terms = " + ".join(str(term.low or 0) for term in toll.terms)
        return say("{terms}, least of each region", terms=terms)
    if toll.contested:
        return say("claimants disagree")
    if toll.independent <= 1:
        return say("one claimant") if toll.independent else say("no claimant named")
    return say("{n} {n:claimant|claimants}", n=toll.independent)
