"""What the region profile consists of: blocks in reading order, assembled from one region's days.

Computes nothing: figures come from region, words from region_words and region_titles, pictures
from charts.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from tally import blocks, charts
from tally import region_titles as titles
from tally import region_words as said
from tally.blocks import Block, Inlines
from tally.briefing import as_known, known_at, parse_as_of
from tally.chapters import placed, ranged
from tally.charts.calendars import plot_calendar
from tally.charts.tiles import phone_tiles, plot_tiles
from tally.citing import source
from tally.day_words import span_words
from tally.drawing import PHONE
from tally.errors import ParameterError
from tally.evidence import Count
from tally.hurt import MOST_PLACES, people_drawn, toll_place
from tally.language import say, spoken, to_say
from tally.mapping import tile_code
from tally.model import OPPONENT, TOLLS, Estimate, published_at
from tally.name_tables import plain
from tally.names import Names, load_names, load_tiles
from tally.opening import open_ledger
from tally.region import MEASURES, STOPPED, Profile, RegionDay, hurt_places, profile
from tally.review import parse_span
from tally.review_tables import evidence
from tally.rising import of_days, rising
from tally.rising_chapter import toll_steps
from tally.span import review
from tally.tolls import Toll
from tally.wording import capital, short_date, sign

MOST_STEPS = 6
ABOUT = to_say("{n} {n:claim|claims} about {region}")


def open_profile(
    region: str, start: str, end: str, as_of: str = "", data: Path | None = None
) -> Profile:
    """Read the ledger and reconcile what was known at `as_of`; "" takes all there is."""
    moment, names = parse_as_of(as_of), load_names()
    code, span = parse_region(region, names), parse_span(start, end)
    opened = open_ledger(data, moment, span)
    made = review(opened.reconciled, span, opened.documents, names, moment)

    within = of_days(span)

    def mine(one: Estimate) -> bool:
        return within(one) and one.admin1 == (code,)

    known = opened.claims, opened.rulings
    moved = rising(opened.reconciled, *known, mine, MOST_STEPS, documents=opened.documents)
    found = profile(made, code, names, moved)
    if found.review.evidence:
        return found
    return replace(found, review=replace(found.review, known=opened.days()))


def parse_region(region: str, names: Names) -> str:
    """Return the code of a region, given as its ISO 3166-2 code or by its name.

    >>> parse_region("Sumy Oblast", load_names()), parse_region("ua-59", load_names())
    ('UA-59', 'UA-59')
    """
    code = region.strip().upper()
    if code in names.regions:
        return code
    called = names.places.get(("", plain(region)), region)
    found = [each for each, name in names.regions.items() if name == called]
    if len(found) != 1:
        choices = ", ".join(f"{each} {name}" for each, name in names.regions.items())
        msg = f"region {region!r} is not known; give one of: {choices}."
        raise ParameterError(msg)
    return found[0]


def opening(found: Profile) -> tuple[Block, ...]:
    """Give the masthead, the answer in a few sentences, and the tiles."""
    made, names = found.review, _names(found)
    moments = [m for one in found.days if one.claims and (m := known_at(one.day.night))]
    moment = max(moments, key=published_at, default="")
    title = f"{capital(found.name)}, {span_words(made.start, made.end)}"
    kicker, lang = say("REGION PROFILE"), spoken().code
    head = blocks.masthead(kicker, title, as_known(moment), "", lang, known_at=moment)
    if not made.evidence:
        return (head, blocks.lead(said.nothing(found)))
    paragraphs: list[Inlines] = [said.days_sentence(found)]
    paragraphs += said.drones_sentences(found, names)
    paragraphs.append(said.place_sentence(found, names))
    tiles = blocks.tiles(said.tiles(found, names))
    return (head, blocks.lead(paragraphs), tiles, blocks.prose([say(said.NOT_ADDED)], small=True))


def days(found: Profile) -> tuple[Block, ...]:
    """Show the region's days as calendars, a measure each; none where no day has a figure."""
    table = pd.DataFrame(_calendar_rows(found))
    if not found.review.evidence or table.empty:
        return ()
    head = blocks.section(say("Its days"), id="days")
    told = table[table["sign"] != ""]
    listing = "; ".join(
        f"{heading}: " + ", ".join(f"{r.when} {r.sign}" for r in held.itertuples())
        for heading, held in told.groupby("heading", sort=False)
    )
    finished = charts.finish(
        plot_calendar(table, titles.weekdays()),
        told[["heading", "date", "sign"]].rename(
            columns={"heading": say("Measure"), "date": say("Day"), "sign": say("Figure")}
        ),
        source=source((one.day, count) for one in found.days for count in _counts(one)),
        alt=say("A calendar a measure, weeks as rows. {listing}.", listing=listing),
        narrow=plot_calendar(table, titles.weekdays(), PHONE),
    )
    silent = titles.unnamed(found)
    after = (blocks.prose([silent], small=True),) if silent else ()
    title = titles.days_title(found, said.joined_words(found, _names(found)))
    return (head, placed(finished, title, "days"), *after)


def among(found: Profile) -> tuple[Block, ...]:
    """Show where the region stands among all: a map of days, and a table."""
    if not found.review.evidence:
        return ()
    head = blocks.section(say("Its place among all"), id="among")
    days = {one.code: one for one in found.standings if one.hurt}
    if not days:
        return (head, blocks.prose([say(titles.NO_MAP)]))
    names = _names(found)
    rows = [
        {
            "admin1": code,
            "code": tile_code(code),
            "col": column,
            "row": row,
            "side": days[code].side if code in days else "unattributed",
            "legend": say(titles.MAP_LEGENDS[days[code].side]) if code in days else "",
            "drawn": days[code].hurt if code in days else None,
            "sign": str(days[code].hurt) if code in days else "",
            "marked": code == found.code,
        }
        for code, (column, row) in load_tiles().items()
    ]
    named = [
        (capital(names.place("", (one.code,))), say(titles.MAP_LEGENDS[one.side]), one.hurt)
        for one in days.values()
    ]
    listing = "; ".join(f"{name}: {hurt} ({legend})" for name, legend, hurt in named)
    finished = charts.finish(
        plot_tiles(pd.DataFrame(rows)),
        pd.DataFrame(named, columns=[say("Region"), say("What"), say("Days")]),
        source=source(
            (one.day, count)
            for standing in days.values()
            for peak in standing.peaks.values()
            for one, count in [(peak.day, peak.count)]
        ),
        alt=say("A grid of tiles, one a region. {listing}.", listing=listing),
        narrow=phone_tiles(pd.DataFrame(rows), say("Siberia and the Far East")),
    )
    return (head, placed(finished, titles.among_title(found, names), "among"), _standings(found))


def hurt(found: Profile) -> tuple[Block, ...]:
    """Show who was hurt where in the region, the gravest report first, whoever says it."""
    if not found.review.evidence:
        return ()
    head = blocks.section(say("Who was hurt in it"), id="hurt")
    shown = hurt_places(found)
    if not shown:
        return (head, blocks.prose([say(titles.NOBODY_HURT)]))
    drawn = shown[:MOST_PLACES]
    rows = [
        {**ranged(_label(one, toll), toll.side, "stopped", count), "metric": metric}
        for one, toll in drawn
        for metric, count in zip(TOLLS, (toll.killed, toll.injured), strict=True)
        if count
    ]
    table = pd.DataFrame(rows)
    listing = "; ".join(f"{r['place']}: {say(str(r['metric']))} {r['sign']}" for r in rows)
    finished = charts.finish(
        charts.plot_tolls(table),
        people_drawn(table, say("Place and day")),
        source=source(
            (one.day, count)
            for one, toll in drawn
            for count in (toll.killed, toll.injured)
            if count
        ),
        alt=say(
            "Bars of killed and injured by place and day in {region}. {listing}.",
            region=found.name,
            listing=listing,
        ),
        narrow=charts.plot_tolls(table, PHONE),
    )
    title = titles.hurt_title(found, shown, len(shown) - len(drawn))
    return (head, placed(finished, title, "hurt"))


def moved(found: Profile) -> tuple[Block, ...]:
    """Show how the region's tolls came to be what they are, where it has any."""
    if not found.review.evidence or not hurt_places(found):
        return ()
    head = blocks.section(say("How its tolls moved"), id="moved")
    if not found.rising:
        return (head, blocks.prose([say(titles.NOTHING_MOVED)]))
    claims = {claim.id: claim for one in found.days for claim in one.claims}
    documents = found.days[0].day.night.documents
    return (head, toll_steps(found.rising, claims, documents, _names(found)))


def claims(found: Profile) -> tuple[Block, ...]:
    """List every claim about the region, and how to read them."""
    return evidence(found.review, ABOUT, f"{found.code}-", region=found.name)


def _standings(found: Profile) -> Block:
    columns: list[dict[str, object]] = [
        {"label": say("Region"), "width": 0.34, "scope": "row"},
        {"label": say("Days named"), "align": "right", "width": 0.13},
        {"label": say("Days with people hurt"), "align": "right", "width": 0.17},
        {"label": say("Most killed"), "align": "right", "width": 0.12},
        {"label": say("Most injured"), "align": "right", "width": 0.12},
        {"label": say("Most stopped"), "align": "right", "width": 0.12},
    ]
    names = _names(found)
    rows: list[list[Inlines]] = []
    for one in titles.standing_rows(found):
        name = capital(names.place("", (one.code,)))
        peaks = [sign(p.count) if (p := one.peaks.get(m)) else sign(None) for m in MEASURES]
        cells = [name, str(one.named), str(one.hurt), *peaks]
        rows.append([blocks.strong(cell) for cell in cells] if one.code == found.code else [*cells])
    caption, notes = titles.standings_caption(found), [say(titles.OTHERS_EVIDENCE)]
    if found.joined:
        notes.append(say(titles.JOINT_NOTE))
    return blocks.table(caption, columns, rows, notes=notes, name="standings")


def _names(found: Profile) -> Names:
    return found.days[0].day.night.names


def _label(one: RegionDay, toll: Toll) -> str:
    return f"{capital(toll_place(toll))}, {short_date(one.day.night.day)}"


def _week(day: dt.date) -> str:
    return short_date(day - dt.timedelta(days=day.weekday()))


def _calendar_rows(found: Profile) -> list[dict[str, object]]:
    """Return a row a measure and day, for the measures that any day has a figure of."""
    others = said.joined_words(found, _names(found))
    return [
        {
            "heading": say(heading, others=others),
            "date": one.day.night.day,
            "when": say("{day:d MMMM}", day=one.day.night.day),
            "week": _week(one.day.night.day),
            "side": side,
            **_drawn(count),
        }
        for heading, side, counts in _calendars(found)
        if any(counts)
        for one, count in zip(found.days, counts, strict=True)
    ]


def _calendars(found: Profile) -> Iterator[tuple[str, str, list[Count | None]]]:
    """Yield what a calendar counts, whose word it is, and its figures by day."""
    for metric in MEASURES:
        counts = [one.counts.get(metric) for one in found.days]
        yield titles.MEASURE_WORDS[metric, found.side], found.side, counts
    joint = [one.joint.count if one.joint else None for one in found.days]
    yield titles.JOINT_WORDS[found.side], found.side, joint
    other = OPPONENT[found.side]
    yield titles.MEASURE_WORDS[STOPPED, other], other, [one.theirs for one in found.days]


def _counts(one: RegionDay) -> list[Count]:
    also = (one.joint.count if one.joint else None, one.theirs)
    return [*one.counts.values(), *(count for count in also if count)]


def _drawn(count: Count | None) -> dict[str, object]:
    if count is None:
        return {"drawn": None, "sign": ""}
    return {"drawn": count.drawn, "sign": sign(count) if count.drawn else "0"}
