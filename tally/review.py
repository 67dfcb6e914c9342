"""What the period review consists of: blocks in reading order, assembled from the nights of a span.

Computes nothing: figures come from span, words from prose and wording, pictures from charts.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from tally import blocks, charts, prose
from tally import review_words as words
from tally.blocks import Block, Inlines
from tally.briefing import COUNTRIES, as_known, known_at, parse_as_of
from tally.chapters import placed, ranged
from tally.charts.days import plot_days
from tally.citing import source
from tally.day_words import span_words
from tally.drawing import PHONE
from tally.errors import ParameterError
from tally.evidence import Count
from tally.hurt import people_drawn
from tally.language import say, spoken, to_say
from tally.model import OPPONENT, TOLLS, Metric, published_at
from tally.opening import open_ledger
from tally.review_words import INSIDE
from tally.rising import of_days, rising
from tally.series import ATTACKERS, Bar
from tally.span import (
    LONGEST,
    Day,
    Review,
    breaks,
    definition,
    review,
)
from tally.wording import (
    COUNTRY_NAMES,
    DASH,
    listed,
    short_date,
    sign,
)

A_PAGE = 31
NO_DRONES = to_say(
    "No figure of drones or missiles launched or stopped in these days is in the ledger."
)
PANELS = {
    "Russia": to_say("Russian drones, on Ukrainian word"),
    "Ukraine": to_say("Ukrainian drones, on Russian word"),
}
ON_A_DAY = {
    Metric.KILLED: to_say("{number} killed on {day:d MMMM}"),
    Metric.INJURED: to_say("{number} injured on {day:d MMMM}"),
}


def open_review(start: str, end: str, as_of: str = "", data: Path | None = None) -> Review:
    """Read the ledger and reconcile what was known at `as_of`; "" takes all there is."""
    span, moment = parse_span(start, end), parse_as_of(as_of)
    opened = open_ledger(data, moment, span)
    known = opened.claims, opened.rulings
    moved = rising(opened.reconciled, *known, of_days(span), documents=opened.documents)
    made = review(opened.reconciled, span, opened.documents, opened.names, moment, moved)
    return made if made.evidence else replace(made, known=opened.days())


def parse_span(start: str, end: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a span.

    >>> parse_span("2025-05-14", "2025-05-28")[1]
    datetime.date(2025, 5, 28)
    """
    try:
        first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    except ValueError as error:
        msg = f"start {start!r} and end {end!r} must be dates such as 2025-05-14."
        raise ParameterError(msg) from error
    if not 0 <= (last - first).days < LONGEST:
        msg = (
            f"start {start} to end {end} is no span of 1 to {LONGEST} days; "
            "give an end that is not before the start, or a shorter span."
        )
        raise ParameterError(msg)
    return first, last


def opening(made: Review) -> tuple[Block, ...]:
    """Give the masthead and the answer in a few sentences."""
    moments = [m for day in made.days if day.night.claims and (m := known_at(day.night))]
    moment = max(moments, key=published_at, default="")
    title = span_words(made.start, made.end)
    lang = spoken().code
    kicker = say("PERIOD REVIEW")
    head = blocks.masthead(kicker, title, as_known(moment), "", lang, known_at=moment)
    if not made.evidence:
        return (head, blocks.lead(_nothing(made)))
    flew: list[Inlines] = [words.most_stopped(made, attacker) for attacker in ATTACKERS]
    hurt: list[Inlines] = [words.gravest(made, country) for country in COUNTRIES]
    notes = [blocks.prose(said, small=True)] if (said := words.notes(made)) else []
    return (head, blocks.lead([*flew, *hurt]), blocks.tiles(words.tiles(made)), *notes)


def drones(made: Review) -> tuple[Block, ...]:
    """Show what each side says became of the drones of each day."""
    if not made.evidence:
        return ()
    shown = [blocks.section(say("Drones by day, as each side claims"), id="drones")]
    told = [days for days in _pages(made) if any(day.bars for day in days)]
    if not told:
        return (*shown, blocks.prose([say(NO_DRONES)]))
    for page, days in enumerate(told, start=1):
        table = pd.DataFrame([row for a in ATTACKERS for row in _drone_rows(made, days, a)])
        said = [f"{r['day']}, {r['heading']}: {r['sign']}" for r in table.to_dict("records")]
        listing = "; ".join(dict.fromkeys(said))
        finished = charts.finish(
            plot_days(table),
            _drawn(table),
            source=source(
                (day, count) for day in days for bar in day.bars for count in day.counts(bar)
            ),
            alt=say("Bars by day, a panel a side. {listing}.", listing=listing),
            narrow=plot_days(table, PHONE),
        )
        shown.append(placed(finished, words.drones_title(made), f"drones-{page}"))
    return tuple(shown)


def hurt(made: Review) -> tuple[Block, ...]:
    """Show killed and injured by day, low to high, each country apart."""
    if not made.evidence:
        return ()
    shown: list[Block] = [blocks.section(say("Who was hurt, by day"), id="hurt")]
    for country in COUNTRIES:
        place = say(COUNTRY_NAMES[country])
        shown.append(blocks.section(say("In {country}", country=place), level=3))
        rows = [(day, _toll_rows(day, country)) for day in made.days]
        if not any(held for _, held in rows):
            said = say(
                "No figure of people killed or injured in {country} in these days "
                "is in the ledger.",
                country=place,
            )
            shown.append(blocks.prose([said]))
            continue
        shown += [
            _toll_chart(country, page)
            for page in _pages(made)
            if any(_toll_rows(day, country) for day in page)
        ]
    return tuple(shown)


def _nothing(made: Review) -> list[str]:
    near = say("The ledger is empty.")
    if made.known:
        span = span_words(made.known[0], made.known[-1])
        near = say("The ledger’s claims are of {span}.", span=span)
    return [
        say(
            "The ledger holds no claim about {span}: neither side’s word "
            "on drones or missiles, and no toll of people killed or injured.",
            span=span_words(made.start, made.end),
        ),
        say(
            "That says only that no document about it was known, not that nothing happened. "
            "{found}",
            found=near,
        ),
    ]


def _drone_rows(made: Review, days: Iterable[Day], attacker: str) -> list[dict[str, object]]:
    heading = say(PANELS[attacker])
    changed = breaks(made.days, attacker)
    rows: list[dict[str, object]] = []
    for day in days:
        bar = day.bar(attacker)
        common = {
            "day": short_date(day.night.day),
            "heading": heading,
            "side": OPPONENT[attacker],
            "breaks": day.night.day in changed,
            "sign": _bar_sign(bar),
        }
        for kind, count in _pieces(bar):
            drawn, reach = count.drawn, max(count.high or 0, count.drawn)
            said = _piece(kind, count) if kind else say("no figure")
            rows.append({**common, "kind": kind, "drawn": drawn, "reach": reach, "words": said})
    return rows


def _piece(kind: str, count: Count) -> str:
    return say("{number} {kind}", number=count, kind=say(prose.KINDS[kind]))


def _pieces(bar: Bar | None) -> list[tuple[str, Count]]:
    if bar is None or bar.stopped is None:
        return [("", Count(None, None))]
    return [(p.kind, p.count) for p in bar.parts if p.count.drawn] or [("stopped", bar.stopped)]


def _bar_sign(bar: Bar | None) -> str:
    if bar is None or bar.stopped is None:
        return DASH
    mark = f" {INSIDE}" if definition(bar) == "inside" else ""
    if not bar.launched:
        return f"{sign(bar.stopped)}{mark}"
    of = say("{part} of {whole}", part=sign(bar.stopped), whole=sign(bar.launched))
    return f"{of}{mark}"


def _drawn(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the chart of days in words."""
    said = table.assign(kind=[say(prose.KINDS[kind]) if kind else "" for kind in table["kind"]])
    names = {
        "heading": say("Heading"),
        "day": say("Day"),
        "kind": say("Kind"),
        "words": say("Words"),
        "sign": say("Sign"),
    }
    return said[list(names)].rename(columns=names)


def _toll_rows(day: Day, country: str) -> list[dict[str, object]]:
    place, side = short_date(day.night.day), OPPONENT[_attacker(country)]
    found = ((metric, day.tolls[metric, country]) for metric in TOLLS)
    return [
        {**ranged(place, side, "stopped", count), "metric": metric}
        for metric, count in found
        if count
    ]


def _attacker(country: str) -> str:
    return next(attacker for attacker in ATTACKERS if OPPONENT[attacker] == country)


def _toll_chart(country: str, days: tuple[Day, ...]) -> Block:
    rows = [row for day in days for row in _toll_rows(day, country)]
    table = pd.DataFrame(rows, columns=["place", "side", "kind", "low", "high", "sign", "metric"])
    listing = "; ".join(f"{r['place']}: {r['sign']} {say(str(r['metric']))}" for r in rows)
    finished = charts.finish(
        charts.plot_tolls(table),
        people_drawn(table, say("Day")),
        source=source(
            (day, count)
            for day in days
            for metric in TOLLS
            if (count := day.tolls[metric, country])
        ),
        alt=say(
            "Bars of killed and injured by day in {country}. {listing}.",
            country=say(COUNTRY_NAMES[country]),
            listing=listing or say("No figure"),
        ),
        narrow=charts.plot_tolls(table, PHONE),
    )
    title = say(
        "{country}, as officials there report: the most in one day were {highest}. "
        "Low to high; an arrow: at least. Days without any figure are not drawn.",
        country=say(COUNTRY_NAMES[country]),
        highest=_highest(days, country),
    )
    return placed(finished, title, f"hurt-{country.lower()}-{days[0].night.day:%m%d}")


def _highest(days: Sequence[Day], country: str) -> str:
    """State the highest figure of each metric over these days, and its day."""
    said = []
    for metric in TOLLS:
        found = [(day, count) for day in days if (count := day.tolls[metric, country])]
        if found:
            day, count = max(found, key=lambda one: one[1].drawn)
            said.append(say(ON_A_DAY[metric], number=count, day=day.night.day))
    return listed(said)


def _pages(made: Review) -> list[tuple[Day, ...]]:
    return [made.days[n : n + A_PAGE] for n in range(0, len(made.days), A_PAGE)]
