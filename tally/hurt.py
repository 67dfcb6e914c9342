"""The section of the daily briefing on who was hurt: a chart and a table a country.

Computes nothing: figures come from tolls, words from wording, pictures from charts.
"""

from collections.abc import Sequence

import pandas as pd

from tally import blocks, charts, prose
from tally.blocks import Block, Inlines
from tally.chapters import of_claims, placed, ranged, source
from tally.drawing import PHONE
from tally.evidence import Count, Night
from tally.language import say, to_say
from tally.model import Metric
from tally.runs import linked
from tally.tolls import Toll, toll_sums, tolls
from tally.wording import COUNTRY_NAMES, capital, listed, sign, victims_words

MOST_PLACES = 12
MOST_NAMES = 3
MARKED = ("child", "military", "responder")
AMONG = {
    Metric.KILLED: to_say("{number} {victims} killed"),
    Metric.INJURED: to_say("{number} {victims} injured"),
}
WHOSE = {
    "Ukraine": to_say("Ukraine says"),
    "Russia": to_say("Russia says"),
    "third_party": to_say("third party"),
    "unattributed": to_say("no source named"),
}


@of_claims
def hurt(night: Night) -> tuple[Block, ...]:
    """Show who was hurt, place by place, each country apart."""
    made = tolls(night)
    head = blocks.section(say("Who was hurt"), id="hurt")
    if not made:
        nothing = say("No figure of people killed or injured at a named place is in the ledger.")
        return (head, blocks.prose([nothing]))
    shown: list[Block] = [head]
    for country in ("Ukraine", "Russia"):
        rows = [toll for toll in made if toll.country == country]
        shown += _country(night, country, rows)
    return tuple(shown)


def _country(night: Night, country: str, rows: Sequence[Toll]) -> list[Block]:
    place = say(COUNTRY_NAMES[country])
    head = blocks.section(say("In {country}", country=place), level=3)
    if not rows:
        said = say(
            "No figure of people killed or injured at a named place in {country} is in the ledger.",
            country=place,
        )
        return [head, blocks.prose([said])]
    return [
        head,
        _toll_chart(night, country, rows),
        _toll_table(country, rows),
    ]


def _toll_chart(night: Night, country: str, rows: Sequence[Toll]) -> Block:
    drawn = rows[:MOST_PLACES]
    table = pd.DataFrame(
        [
            {**ranged(_row(toll), toll.side, "stopped", count), "metric": metric}
            for toll in drawn
            for metric, count in (("killed", toll.killed), ("injured", toll.injured))
            if count
        ]
    )
    rest = ""
    if drawn != rows:
        rest = f" {say('Only the gravest rows of the table are drawn.')}"
    title = capital(prose.toll_title(country, *toll_sums(night, country)))
    listing = "; ".join(f"{_row(toll)}: {_both(toll)}" for toll in drawn)
    shown = charts.finish(
        charts.plot_tolls(table),
        people_drawn(table, say("Place")),
        source=source(night, [c for toll in drawn for c in (toll.killed, toll.injured) if c]),
        alt=say(
            "Bars of killed and injured by place in {country}. {listing}.",
            country=say(COUNTRY_NAMES[country]),
            listing=listing,
        ),
        narrow=charts.plot_tolls(table, PHONE),
    )
    return placed(shown, f"{title}.{rest}", f"hurt-{country.lower()}")


def _both(toll: Toll) -> str:
    return say(
        "killed {killed}, injured {injured}", killed=sign(toll.killed), injured=sign(toll.injured)
    )


def people_drawn(table: pd.DataFrame, place: str) -> pd.DataFrame:
    """Return the rows of a chart of killed and injured in words, `place` over the first column."""
    said = table.assign(metric=[say(metric) for metric in table["metric"]])
    return said[["place", "metric", "sign"]].rename(
        columns={"place": place, "metric": say("Metric"), "sign": say("People")}
    )


def toll_place(toll: Toll) -> str:
    """Name a row of the toll; another side's word on the place says whose it is."""
    if toll.side == toll.country:
        return toll.place
    return f"{toll.place} ({say(WHOSE[toll.side])})"


def _row(toll: Toll) -> str:
    """Name a row; a place counted in the row above it is one of those."""
    name = toll_place(toll)
    return say("of which {place}", place=name) if toll.within else capital(name)


def _toll_table(country: str, rows: Sequence[Toll]) -> Block:
    marked = [_among(toll) for toll in rows]
    among = [{"label": say("Among them"), "width": 0.2}] if any(marked) else []
    columns: list[dict[str, object]] = [
        {"label": say("Place"), "width": 0.24, "scope": "row"},
        {"label": say("Killed"), "align": "right", "width": 0.1},
        {"label": say("Injured"), "align": "right", "width": 0.1},
        *among,
        {"label": say("Who says so"), "width": 0.36 if among else 0.56},
    ]
    cells: list[list[Inlines]] = [
        [
            _row(toll),
            linked(toll.killed),
            linked(toll.injured),
            *([mark] if among else []),
            claimants(toll),
        ]
        for toll, mark in zip(rows, marked, strict=True)
    ]
    caption = say("Killed and injured in {country}", country=say(COUNTRY_NAMES[country]))
    return blocks.table(caption, columns, cells, name=f"toll-{country.lower()}")


def _among(toll: Toll) -> str:
    """Say how many of them are children or of another class that is told apart."""
    return ", ".join(_marked(*mark) for mark in toll.among if mark[1] in MARKED)


def _marked(metric: str, victims: str, count: Count) -> str:
    return say(AMONG[Metric(metric)], number=count, victims=victims_words(victims, count))


def claimants(toll: Toll) -> str:
    """Name who gives a toll, or that it is one voice alone."""
    known = list(dict.fromkeys(prose.who(voice) for voice in toll.voices))
    if len(known) == 1 and toll.voices[0].claimant:
        return say("{name!c} (one claimant)", name=known[0])
    more = len(known) - MOST_NAMES
    rest = [say("{n} more", n=more)] if more > 0 else []
    return capital(listed(known[:MOST_NAMES] + rest))
