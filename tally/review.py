"""What the period review consists of: blocks in reading order, assembled from the nights of a span.

Computes nothing: figures come from span, words from prose and wording, pictures from charts.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from tally import blocks, charts, prose
from tally.blocks import Block, Inline, Inlines
from tally.briefing import COUNTRIES, SHORT, known_at, parse_as_of
from tally.chapters import placed, ranged
from tally.charts.days import plot_days
from tally.citing import cited, source
from tally.documents import load_documents
from tally.errors import ParameterError
from tally.evidence import Count
from tally.ledger import load_ledger
from tally.model import published_at
from tally.names import load_names
from tally.reconcile import reconcile
from tally.review_tables import INSIDE
from tally.rising import of_days, rising
from tally.rulings import load_rulings
from tally.series import ATTACKERS, OPPONENT, Bar
from tally.settings import data_folder
from tally.span import (
    LONGEST,
    Day,
    Review,
    breaks,
    definition,
    review,
)
from tally.tolls import PEOPLE
from tally.wording import (
    ADJECTIVES,
    DASH,
    SIDES,
    capital,
    date_words,
    known_words,
    listed,
    sign,
    words,
)

A_PAGE = 31
NO_DRONES = "No figure of drones or missiles launched or stopped in these days is in the ledger."
NOT_ADDED = (
    "Days are set side by side and never added up: figures of neighbouring days may be for "
    "windows that overlap, and tolls are raised for days afterwards."
)


def open_review(start: str, end: str, as_of: str = "", data: Path | None = None) -> Review:
    """Read the ledger and reconcile what was known at `as_of`; "" takes all there is."""
    folder, moment = data_folder(data), parse_as_of(as_of)
    span = parse_span(start, end)
    claims, rulings = load_ledger(folder / "claims"), load_rulings(folder / "rulings.toml")
    reconciled = reconcile(claims, rulings, moment)
    moved = rising(reconciled, claims, rulings, of_days(span))
    documents = load_documents(folder / "documents")
    return review(reconciled, span, documents, load_names(), moment, moved)


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


def span_words(start: dt.date, end: dt.date) -> str:
    """Name a span.

    >>> span_words(dt.date(2025, 5, 14), dt.date(2025, 5, 28))
    '14–28 May 2025'
    """
    if (start.year, start.month) == (end.year, end.month) and start != end:
        return f"{start.day}–{date_words(end)}"
    return date_words(start) if start == end else f"{date_words(start)} – {date_words(end)}"


def opening(made: Review) -> tuple[Block, ...]:
    """Give the masthead and the answer in a few sentences."""
    moments = [m for day in made.days if day.night.claims and (m := known_at(day.night))]
    moment = max(moments, key=published_at, default="")
    as_of = f"As known on {known_words(moment)}" if moment else "No claim in the ledger"
    title = span_words(made.start, made.end)
    head = blocks.masthead("PERIOD REVIEW", title, as_of, "", known_at=moment)
    if not made.evidence:
        return (head, blocks.lead(_nothing(made)))
    flew: list[Inlines] = [_most_stopped(made, attacker) for attacker in ATTACKERS]
    hurt: list[Inlines] = [_gravest(made, country) for country in COUNTRIES]
    notes = [NOT_ADDED, *(said for a in ATTACKERS if (said := _definitions(made, a)))]
    return (head, blocks.lead([*flew, *hurt]), blocks.prose(notes, small=True))


def drones(made: Review) -> tuple[Block, ...]:
    """Show what each side says became of the drones of each day."""
    if not made.evidence:
        return ()
    shown = [blocks.section("Drones by day, as each side claims", id="drones")]
    told = [days for days in _pages(made) if any(day.bars for day in days)]
    if not told:
        return (*shown, blocks.prose([NO_DRONES]))
    for page, days in enumerate(told, start=1):
        table = pd.DataFrame([row for a in ATTACKERS for row in _drone_rows(made, days, a)])
        said = [f"{r['day']}, {r['heading']}: {r['sign']}" for r in table.to_dict("records")]
        listing = "; ".join(dict.fromkeys(said))
        finished = charts.finish(
            plot_days(table),
            table[["heading", "day", "kind", "words", "sign"]].rename(columns=str.capitalize),
            source=source(
                (day, count) for day in days for bar in day.bars for count in day.counts(bar)
            ),
            alt=f"Bars by day, a panel a side. {listing}.",
        )
        shown.append(placed(finished, _drones_title(made), f"drones-{page}"))
    return tuple(shown)


def hurt(made: Review) -> tuple[Block, ...]:
    """Show killed and injured by day, low to high, each country apart."""
    if not made.evidence:
        return ()
    shown: list[Block] = [blocks.section("Who was hurt, by day", id="hurt")]
    for country in COUNTRIES:
        shown.append(blocks.section(f"In {country}", level=3))
        rows = [(day, _toll_rows(day, country)) for day in made.days]
        if not any(held for _, held in rows):
            said = f"No figure of people killed or injured in {country} in these days is in the "
            shown.append(blocks.prose([f"{said}ledger."]))
            continue
        shown += [
            _toll_chart(country, page)
            for page in _pages(made)
            if any(_toll_rows(day, country) for day in page)
        ]
    return tuple(shown)


def _nothing(made: Review) -> list[str]:
    near = " The ledger is empty."
    if made.known:
        near = f" The ledger’s claims are of {span_words(made.known[0], made.known[-1])}."
    return [
        f"The ledger holds no claim about {span_words(made.start, made.end)}: neither side’s word "
        "on drones or missiles, and no toll of people killed or injured.",
        "That says only that no document about it was known, not that nothing happened." + near,
    ]


def _most_stopped(made: Review, attacker: str) -> list[Inline]:
    """Say on how many nights a side gives a figure, and which was its highest."""
    side = OPPONENT[attacker]
    what = f"{ADJECTIVES[attacker]} drones"
    found = [(day, bar) for day in made.days if (bar := day.bar(attacker)) and bar.stopped]
    given = f"{len(found)} of {len(made.days)} nights"
    if not found:
        return prose.sentence(f"No figure of {what} stopped in these days is in the ledger.")
    day, bar = max(found, key=lambda one: one[1].stopped.drawn if one[1].stopped else 0)
    of: list[Inline] = []
    if bar.launched:
        of = prose.sentence(" of ", cited(made, day, bar.launched))
    return prose.sentence(
        f"{capital(SIDES[side])} give a figure of {what} stopped for {given}; the highest is ",
        cited(made, day, bar.stopped or Count(None, None)),
        *of,
        f", on the night to {date_words(day.night.day)}.",
    )


def _definitions(made: Review, attacker: str) -> str:
    """Say on which nights a figure of those stopped holds the lost from radar, where both occur."""
    if not breaks(made.days, attacker):
        return ""
    on: dict[str, list[str]] = {"inside": [], "apart": [], "": []}
    for day in made.days:
        on[definition(day.bar(attacker))].append(f"{day.night.day.day} {day.night.day:%B}")
    untold = "; the words of the other nights do not tell" if on[""] else ""
    return (
        f"{capital(SIDES[OPPONENT[attacker]])} are quoted with drones lost from radar inside the "
        f"figure of those stopped on {listed(on['inside'])} (marked {INSIDE}), and apart from it "
        f"on {listed(on['apart'])}{untold}. These figures do not compare."
    )


def _gravest(made: Review, country: str) -> list[Inline]:
    """Say which day's toll is the gravest, by metric."""
    run: list[Inline] = []
    for metric in PEOPLE:
        found = [(day, count) for day in made.days if (count := day.tolls[metric, country])]
        if not found:
            run += prose.sentence(f"No figure of people {metric} in {country} is in the ledger. ")
            continue
        day, count = max(found, key=lambda one: one[1].drawn)
        if not count.drawn:
            run += prose.sentence(f"Nobody reports anyone {metric} in {country}. ")
            continue
        run += prose.sentence(
            f"The highest figure of people {metric} in {country} in one day is ",
            cited(made, day, count),
            f", of {date_words(day.night.day)} ({len(found)} of {len(made.days)} days have one). ",
        )
    return run


def _drone_rows(made: Review, days: Iterable[Day], attacker: str) -> list[dict[str, object]]:
    heading = f"{ADJECTIVES[attacker]} drones, on {ADJECTIVES[OPPONENT[attacker]]} word"
    changed = breaks(made.days, attacker)
    rows: list[dict[str, object]] = []
    for day in days:
        bar = day.bar(attacker)
        common = {
            "day": f"{day.night.day.day} {day.night.day:%b}",
            "heading": heading,
            "side": OPPONENT[attacker],
            "breaks": day.night.day in changed,
            "sign": _bar_sign(bar),
        }
        for kind, count in _pieces(bar):
            drawn, reach = count.drawn, max(count.high or 0, count.drawn)
            said = f"{words(count)} {kind}" if kind else "no figure"
            rows.append({**common, "kind": kind, "drawn": drawn, "reach": reach, "words": said})
    return rows


def _pieces(bar: Bar | None) -> list[tuple[str, Count]]:
    if bar is None or bar.stopped is None:
        return [("", Count(None, None))]
    return [(p.kind, p.count) for p in bar.parts if p.count.drawn] or [("stopped", bar.stopped)]


def _bar_sign(bar: Bar | None) -> str:
    if bar is None or bar.stopped is None:
        return DASH
    mark = f" {INSIDE}" if definition(bar) == "inside" else ""
    of = f" of {sign(bar.launched)}" if bar.launched else ""
    return f"{sign(bar.stopped)}{of}{mark}"


def _drones_title(made: Review) -> list[Inline]:
    said = [_most_stopped(made, attacker) for attacker in ATTACKERS]
    legend = (
        "Solid: stopped or shot down; light: lost from radar; hatched: what the side’s own figures "
        "leave unaccounted for or unlocated. One scale."
    )
    changed = {side: breaks(made.days, side) for side in ATTACKERS}
    if not any(changed.values()):
        legend += " No change of definition is seen in the words of these days."
    return prose.sentence(said[0], " ", said[1], f" {legend}")


def _toll_rows(day: Day, country: str) -> list[dict[str, object]]:
    place, side = f"{day.night.day.day} {day.night.day:%b}", OPPONENT[_attacker(country)]
    found = ((metric, day.tolls[metric, country]) for metric in PEOPLE)
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
    listing = "; ".join(f"{r['place']}: {r['sign']} {r['metric']}" for r in rows)
    finished = charts.finish(
        charts.plot_tolls(table),
        table[["place", "metric", "sign"]].rename(
            columns={"place": "Day", "metric": "Metric", "sign": "People"}
        ),
        source=source(
            (day, count)
            for day in days
            for metric in PEOPLE
            if (count := day.tolls[metric, country])
        ),
        alt=f"Bars of killed and injured by day in {country}. {listing or 'No figure'}.",
    )
    title = (
        f"{country}, as officials there report: the most in one day were "
        f"{_highest(days, country)}. Low to high; an arrow: at least. Days without any figure are "
        "not drawn."
    )
    return placed(finished, title, f"hurt-{SHORT[country].lower()}-{days[0].night.day:%m%d}")


def _highest(days: Sequence[Day], country: str) -> str:
    """State the highest figure of each metric over these days, and its day."""
    said = []
    for metric in PEOPLE:
        found = [(day, count) for day in days if (count := day.tolls[metric, country])]
        if found:
            day, count = max(found, key=lambda one: one[1].drawn)
            said.append(f"{words(count)} {metric} on {day.night.day.day} {day.night.day:%B}")
    return listed(said)


def _pages(made: Review) -> list[tuple[Day, ...]]:
    return [made.days[n : n + A_PAGE] for n in range(0, len(made.days), A_PAGE)]
