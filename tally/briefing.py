"""What the daily briefing consists of: blocks in reading order, assembled from one night.

Computes nothing: figures come from series and tolls, words from prose, pictures from charts.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from tally import blocks, prose, tolls
from tally.blocks import Block
from tally.documents import load_documents
from tally.doubts import doubts
from tally.errors import ParameterError
from tally.evidence import Night, gather, nearest
from tally.ledger import load_ledger
from tally.model import KYIV, Metric, published_at
from tally.names import load_names
from tally.reconcile import reconcile
from tally.rulings import load_rulings
from tally.series import ATTACKERS, OPPONENT, Bar, bars
from tally.settings import data_folder
from tally.windows import evening
from tally.wording import DASH, capital, date_words, known_words, listed, night_words, sign

Sections = tuple[Block, ...]

COUNTRIES = ("Ukraine", "Russia")
SHORT = {"Ukraine": "UA", "Russia": "RU"}
_SPACE = blocks.text(" ")


def open_night(day: str, as_of: str = "", data: Path | None = None) -> Night:
    """Read the ledger and reconcile what was known at `as_of`; "" takes all there is."""
    folder = data_folder(data)
    morning, moment = parse_day(day), parse_as_of(as_of)
    documents = load_documents(folder / "documents")
    rulings = load_rulings(folder / "rulings.toml")
    reconciled = reconcile(load_ledger(folder / "claims"), rulings, moment, documents)
    return gather(reconciled, morning, documents, load_names(), moment)


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


def parse_as_of(as_of: str) -> dt.datetime | None:
    """Return the moment up to which publications count; a bare date is its end in Kyiv.

    >>> parse_as_of("2025-05-22T08:00").isoformat()
    '2025-05-22T05:00:00+00:00'
    """
    try:
        return published_at(as_of) if as_of else None
    except ValueError as error:
        msg = f"as_of {as_of!r} is not a date or time; give 2025-05-22 or 2025-05-22T08:00."
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
    as_of = f"As known on {known_words(moment)}" if moment else "No claim in the ledger"
    return blocks.masthead("DAILY BRIEFING", night_words(night.day), as_of, "", known_at=moment)


def _nothing(night: Night) -> list[str]:
    """Say that a night has no claims, what is missing, and where the nearest are."""
    before, after = nearest(night.known, night.day)
    limit = f" published by {known_words(known_at(night))}" if night.as_of else ""
    near = [
        f"{which} night with claims is that of {date_words(day)}"
        for which, day in (("the last earlier", before), ("the next later", after))
        if day
    ]
    name = "n" + night_words(night.day)[1:]
    found = capital(f"{listed(near)}.") if near else "The ledger is empty."
    return [
        f"The ledger holds no claim about the {name}{limit}: neither side’s word "
        "on drones or missiles, and no toll of people killed or injured.",
        f"That says only that no document about it was known, not that nothing happened. {found}",
    ]


def _toll(night: Night, country: str) -> list[blocks.Inline]:
    return prose.toll_sentence(country, *tolls.toll_sums(night, country))


def _tiles(night: Night, drawn: Sequence[Bar]) -> list[dict[str, str]]:
    made = [_side_tile(drawn, attacker) for attacker in ATTACKERS]
    made += [_people_tile(night, metric) for metric in (Metric.KILLED, Metric.INJURED)]
    asked = sum(doubt.is_open for doubt in doubts(night))
    note = "listed under What disagrees" if asked else "no claim contradicts another"
    return [*made, {"label": "OPEN QUESTIONS", "value": str(asked), "note": note}]


def _side_tile(drawn: Sequence[Bar], attacker: str) -> dict[str, str]:
    found = {bar.munition: bar for bar in drawn if bar.attacker == attacker}
    label = f"AT {OPPONENT[attacker].upper()}"
    bar = found.get("drones") or found.get("missiles")
    if bar is None:
        return {"label": label, "value": DASH, "note": "no figure of drones or missiles stopped"}
    notes = [_stopped_note(bar)]
    if bar.munition == "drones" and "missiles" in found:
        notes.append(f"missiles: {_ratio(found['missiles'])}")
    return {"label": label, "value": _ratio(bar), "note": " · ".join(notes)}


def _ratio(bar: Bar) -> str:
    if bar.stopped is None:
        return f"{sign(bar.whole)} launched"
    return f"{sign(bar.stopped)} of {sign(bar.launched)}" if bar.launched else sign(bar.stopped)


def _stopped_note(bar: Bar) -> str:
    pieces = [prose.part_words(part) for part in bar.parts if part.kind != "stopped"]
    return " · ".join([f"{bar.munition} stopped" if bar.stopped else bar.munition, *pieces])


def _people_tile(night: Night, metric: Metric) -> dict[str, str]:
    found = {country: tolls.toll_sum(night, metric, country) for country in COUNTRIES}
    values = [
        f"{SHORT[country]} {sign(toll.count) if toll else DASH}" for country, toll in found.items()
    ]
    notes = [f"{country}: {_basis(toll)}" for country, toll in found.items()]
    return {"label": metric.upper(), "value": " · ".join(values), "note": "; ".join(notes)}


def _basis(toll: tolls.Sum | None) -> str:
    """Say what a country's toll rests on."""
    if toll is None:
        return "no figure"
    if len(toll.terms) == 1:
        return "one region alone"
    if toll.terms:
        return f"{' + '.join(str(term.low or 0) for term in toll.terms)}, least of each region"
    if len(toll.voices) == 1:
        return "one claimant" if toll.voices[0].claimant else "no claimant named"
    return "claimants disagree" if toll.count.exact is None else f"{len(toll.voices)} claimants"
