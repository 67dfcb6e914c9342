"""Regions side by side in the period review: each with its days, on one scale.

Computes nothing: figures come from region, pictures from charts.
"""

from collections.abc import Sequence

import pandas as pd

from tally import blocks, charts
from tally.blocks import Block
from tally.chapters import placed
from tally.charts.multiples import plot_multiples
from tally.citing import source
from tally.drawing import PHONE
from tally.evidence import Count
from tally.language import say, to_say
from tally.model import Metric, Side
from tally.names import Names
from tally.region import STOPPED, RegionDay, panels
from tally.span import Day, Review
from tally.wording import capital, listed, short_date, sign

NAMES = {
    STOPPED: "regions-drones",
    Metric.KILLED: "regions-killed",
    Metric.INJURED: "regions-injured",
}
MOST = 8
FEWEST = 2
COUNTRIES: tuple[Side, ...] = ("Ukraine", "Russia")
HOW = to_say(
    "One scale under each heading, on the word of the side whose country a region lies in; a day "
    "without a bar: nobody gave a figure; a tick: a stated zero; a small arrow: at least. The "
    "highest day is named."
)
FEW = to_say("No region has figures on two days of these, so no regions are set side by side.")
HEADINGS: dict[tuple[Metric, Side], str] = {
    (STOPPED, "Ukraine"): to_say("Russian drones stopped, on Ukraine’s word"),
    (STOPPED, "Russia"): to_say("Ukrainian drones stopped, on Russia’s word"),
    (Metric.KILLED, "Ukraine"): to_say("People killed, on Ukraine’s word"),
    (Metric.KILLED, "Russia"): to_say("People killed, on Russia’s word"),
    (Metric.INJURED, "Ukraine"): to_say("People injured, on Ukraine’s word"),
    (Metric.INJURED, "Russia"): to_say("People injured, on Russia’s word"),
}
MOST_IN: dict[tuple[Metric, Side], str] = {
    (STOPPED, "Ukraine"): to_say("most drones stopped on Ukraine’s word in {where}"),
    (STOPPED, "Russia"): to_say("most drones stopped on Russia’s word in {where}"),
    (Metric.KILLED, "Ukraine"): to_say("most killed on Ukraine’s word in {where}"),
    (Metric.KILLED, "Russia"): to_say("most killed on Russia’s word in {where}"),
    (Metric.INJURED, "Ukraine"): to_say("most injured on Ukraine’s word in {where}"),
    (Metric.INJURED, "Russia"): to_say("most injured on Russia’s word in {where}"),
}

Group = tuple[Metric, Side, dict[str, tuple[RegionDay, ...]]]


def side_by_side(made: Review) -> tuple[Block, ...]:
    """Show the regions with figures on most days: drones stopped, people killed and injured."""
    if not made.evidence:
        return ()
    wanted = (STOPPED, Metric.KILLED, Metric.INJURED)
    groups = [
        (metric, side, shown)
        for metric in wanted
        for side in COUNTRIES
        if (shown := _often(made.days, metric, side))
    ]
    head = blocks.section(say("Regions side by side"), level=3)
    if not groups:
        return (head, blocks.prose([say(FEW)]))
    names = made.days[0].night.names
    apart = [held for metric in wanted if (held := [g for g in groups if g[0] == metric])]
    # How to read them is told once, with the first.
    pictures = [_figure(names, held, "" if index else say(HOW)) for index, held in enumerate(apart)]
    return (head, *pictures)


def _often(days: Sequence[Day], metric: Metric, side: Side) -> dict[str, tuple[RegionDay, ...]]:
    found = panels(days, metric, side, MOST)
    return {
        code: row
        for code, row in found.items()
        if sum(metric in one.counts for one in row) >= FEWEST
    }


def _figure(names: Names, groups: Sequence[Group], how: str) -> Block:
    rows = [
        {
            "heading": heading(metric, side),
            "region": capital(names.place("", (code,))),
            "side": side,
            "day": short_date(one.day.night.day),
            **_drawn(one.counts.get(metric)),
        }
        for metric, side, shown in groups
        for code, row in shown.items()
        for one in row
    ]
    table = pd.DataFrame(rows)
    told = table[table["sign"] != ""]
    listing = "; ".join(
        f"{region} ({what}): " + ", ".join(f"{r.day} {r.sign}" for r in held.itertuples())
        for (what, region), held in told.groupby(["heading", "region"], sort=False)
    )
    columns = {
        "heading": say("Heading"),
        "region": say("Region"),
        "day": say("Day"),
        "sign": say("Sign"),
    }
    finished = charts.finish(
        plot_multiples(table),
        told[["heading", "region", "day", "sign"]].rename(columns=columns),
        source=source(
            (one.day, one.counts[metric])
            for metric, _, shown in groups
            for row in shown.values()
            for one in row
            if metric in one.counts
        ),
        alt=say("Small bars by day, a panel a region. {listing}.", listing=listing),
        narrow=plot_multiples(table, PHONE),
    )
    return placed(finished, f"{_finding(names, groups)} {how}".strip(), NAMES[groups[0][0]])


def heading(metric: Metric, side: Side) -> str:
    """Head the panels of a measure with whose word it is.

    >>> heading(Metric.KILLED, "Ukraine"), heading(STOPPED, "Russia")
    ('People killed, on Ukraine’s word', 'Ukrainian drones stopped, on Russia’s word')
    """
    return say(HEADINGS[metric, side])


def _finding(names: Names, groups: Sequence[Group]) -> str:
    """State where each measure has its highest day, on whose word."""
    said = []
    for metric, side, shown in groups:
        found = [(code, one) for code, row in shown.items() for one in row if metric in one.counts]
        code, most = max(found, key=lambda held: held[1].counts[metric].drawn)
        day = most.day.night.day
        where = say(
            "{region} ({sign} on {day:d MMMM})",
            region=names.place("", (code,)),
            sign=sign(most.counts[metric]),
            day=day,
        )
        said.append(say(MOST_IN[metric, side], where=where))
    return f"{capital(listed(said))}."


def _drawn(count: Count | None) -> dict[str, object]:
    if count is None:
        return {"drawn": None, "reach": 0, "sign": "", "open": False}
    return {
        "drawn": count.drawn,
        "reach": count.high or count.drawn,
        "sign": sign(count) if count.drawn else "0",
        "open": count.high is None,
    }
