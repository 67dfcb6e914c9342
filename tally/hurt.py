"""The section of the daily briefing on who was hurt: a chart and a table a country.

Computes nothing: figures come from tolls, words from wording, pictures from charts.
"""

from collections.abc import Sequence

import pandas as pd

from tally import blocks, charts, prose
from tally.blocks import Block, Inlines
from tally.chapters import linked, of_claims, placed, ranged, source
from tally.evidence import Count, Night
from tally.tolls import Toll, toll_sums, tolls
from tally.wording import VICTIMS, capital, listed, sign, words

MOST_PLACES = 12
MOST_NAMES = 3
MARKED = ("child", "military", "responder")


@of_claims
def hurt(night: Night) -> tuple[Block, ...]:
    """Show who was hurt, place by place, each country apart."""
    made = tolls(night)
    head = blocks.section("Who was hurt", id="hurt")
    if not made:
        words_of_it = "No figure of people killed or injured at a named place is in the ledger."
        return (head, blocks.prose([words_of_it]))
    shown: list[Block] = [head]
    for country in ("Ukraine", "Russia"):
        rows = [toll for toll in made if toll.country == country]
        shown += _country(night, country, rows)
    return tuple(shown)


def _country(night: Night, country: str, rows: Sequence[Toll]) -> list[Block]:
    head = blocks.section(f"In {country}", level=3)
    if not rows:
        said = (
            f"No figure of people killed or injured at a named place in {country} is in the ledger."
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
            {**ranged(toll_place(toll), toll.side, "stopped", count), "metric": metric}
            for toll in drawn
            for metric, count in (("killed", toll.killed), ("injured", toll.injured))
            if count
        ]
    )
    rest = " Only the gravest rows of the table are drawn." if drawn != rows else ""
    title = capital(prose.toll_title(country, *toll_sums(night, country)))
    listing = "; ".join(f"{toll_place(toll)}: {_both(toll)}" for toll in drawn)
    shown = charts.finish(
        charts.plot_tolls(table),
        table[["place", "metric", "sign"]].rename(
            columns={"place": "Place", "metric": "Metric", "sign": "People"}
        ),
        source=source(night, [c for toll in drawn for c in (toll.killed, toll.injured) if c]),
        alt=f"Bars of killed and injured by place in {country}. {listing}.",
    )
    return placed(shown, f"{title}.{rest}", f"hurt-{country.lower()}")


def _both(toll: Toll) -> str:
    return f"killed {sign(toll.killed)}, injured {sign(toll.injured)}"


def toll_place(toll: Toll) -> str:
    """Name a row of the toll; another side's word on the place says whose it is."""
    if toll.side == toll.country:
        return toll.place
    whose = {"third_party": "third party", "unattributed": "no source named"}
    return f"{toll.place} ({whose.get(toll.side) or f'{toll.side} says'})"


def _toll_table(country: str, rows: Sequence[Toll]) -> Block:
    columns: list[dict[str, object]] = [
        {"label": "Place", "width": 0.24, "scope": "row"},
        {"label": "Killed", "align": "right", "width": 0.1},
        {"label": "Injured", "align": "right", "width": 0.1},
        {"label": "Among them", "width": 0.2},
        {"label": "Who says so", "width": 0.36},
    ]
    cells: list[list[Inlines]] = [
        [
            toll_place(toll),
            linked(toll.killed),
            linked(toll.injured),
            ", ".join(_marked(*mark) for mark in toll.among if mark[1] in MARKED),
            claimants(toll),
        ]
        for toll in rows
    ]
    return blocks.table(
        f"Killed and injured in {country}", columns, cells, name=f"toll-{country.lower()}"
    )


def _marked(metric: str, victims: str, count: Count) -> str:
    one, many = VICTIMS[victims]
    return f"{words(count)} {one if count.exact == 1 else many} {metric}"


def claimants(toll: Toll) -> str:
    """Name who gives a toll, or that it is one voice alone."""
    known = list(dict.fromkeys(prose.who(voice) for voice in toll.voices))
    if len(known) == 1 and toll.voices[0].claimant:
        return f"{capital(known[0])} (one claimant)"
    rest = [f"{len(known) - MOST_NAMES} more"] if len(known) > MOST_NAMES else []
    return capital(listed(known[:MOST_NAMES] + rest))
