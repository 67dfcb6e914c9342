"""The charts of a view, finished: the figure of each day, and the places with the most.

Computes no figure; what a click on a chart leads to is kept beside it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from matplotlib.figure import Figure

from tally import blocks, charts, imprint
from tally.blocks import Inlines
from tally.charts import Finished
from tally.charts.daily import Cell, daily_cells, plot_daily
from tally.evidence import Count
from tally.explorer.corpus import Corpus
from tally.explorer.phrases import (
    about,
    heading,
    mark_sign,
    mark_words,
    piece_words,
    title,
)
from tally.explorer.selection import Selection, place_words
from tally.explorer.view import Mark, Panel, Region, View, look
from tally.wording import date_words, grouped, sign

MOST_REGIONS = 8
ROW, EDGE = 0.205, 0.05
INSIDE_NOTE = "‡ Drones lost from radar are inside the figure."
HATCHED_NOTE = "Hatched: what the side’s own figures leave unaccounted for or unlocated."
OPEN_NOTE = "An arrow: at least."
APART_NOTE = "One scale. Days are set side by side, never added up."


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a picture that can be clicked: where, in shares, and which claims are under it.

    `place` is set where the click chooses a place.
    """

    words: str
    left: float
    top: float
    width: float
    height: float
    claim_ids: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its caption, its clickable spots, and the figure for other formats."""

    name: str
    caption: Inlines
    finished: Finished
    spots: tuple[Spot, ...]
    figure: Figure


@lru_cache(maxsize=32)
def drawn(corpus: Corpus, selection: Selection) -> tuple[View, Picture | None, Picture | None]:
    """Answer a selection and draw it, from memory when it was asked before."""
    view = look(corpus, selection)
    return view, by_day(view, corpus), by_place(view, corpus)


def by_day(view: View, corpus: Corpus) -> Picture | None:
    """Draw the figure of each day; None where no day has one."""
    if not any(panel.given for panel in view.panels):
        return None
    rows = [row for panel in view.panels for row in _panel_rows(panel, view.selection, corpus)]
    table = pd.DataFrame(rows)
    figure = plot_daily(table)
    marks = [(panel, mark) for panel in view.panels for mark in panel.marks]
    said = [
        f"{heading(panel, view.selection, corpus)}: "
        + ", ".join(f"{_day(mark.day)} {mark_words(mark)}" for mark in panel.given)
        for panel in view.panels
        if panel.given
    ]
    shown = table[["heading", "date", "piece", "sign"]].rename(
        columns={"heading": "What", "date": "Day", "piece": "Pieces", "sign": "Figure"}
    )
    finished = charts.finish(
        figure,
        shown.drop_duplicates(),
        source=_source(view, corpus, (i for _, mark in marks for i in mark.claim_ids)),
        alt=f"Columns by day, {title(view)}. {'; '.join(said)}.",
    )
    cells = daily_cells(table)
    spots = [
        _day_spot(cell, panel, mark, view.selection, corpus)
        for cell, (panel, mark) in zip(cells, marks, strict=True)
    ]
    return Picture("by-day", _caption(view), finished, tuple(filter(None, spots)), figure)


def by_place(view: View, corpus: Corpus) -> Picture | None:
    """Draw the places with the greatest figure in one day; None where no claim names any."""
    shown = view.regions[:MOST_REGIONS]
    if not shown:
        return None
    table = pd.DataFrame([_region_row(region, corpus) for region in shown])
    figure = charts.plot_regions(table, "half")
    rest = len(view.regions) - len(shown)
    listing = ", ".join(f"{row['place']} {row['sign']} ({row['day']})" for row in _records(table))
    finished = charts.finish(
        figure,
        table[["place", "side", "sign", "day"]].rename(
            columns={"place": "Place", "side": "Word of", "sign": "Most in one day", "day": "Day"}
        ),
        source=_source(view, corpus, (i for region in shown for i in region.claim_ids)),
        alt=f"Bars by place, the most in one day of {title(view)}: {listing}.",
    )
    more = f" {grouped(rest)} more places have less." if rest > 0 else ""
    caption: Inlines = [
        blocks.strong("Most in one day, by place"),
        f", of figures for one place.{more} Click a place to choose it.",
    ]
    height = ROW * len(shown) + EDGE
    spots = tuple(
        Spot(
            f"Choose {place_words(region.key, corpus)}: {sign(region.count)} on {_day(region.day)}",
            0.0,
            (EDGE + ROW * index) / height,
            1.0,
            ROW / height,
            region.claim_ids,
            region.key,
        )
        for index, region in enumerate(shown)
    )
    return Picture("by-place", caption, finished, spots, figure)


def _panel_rows(panel: Panel, selection: Selection, corpus: Corpus) -> list[dict[str, object]]:
    named = heading(panel, selection, corpus)
    rows: list[dict[str, object]] = []
    for index, mark in enumerate(panel.marks):
        common = {
            "heading": named,
            "day": mark.day.isoformat(),
            "date": mark.day.isoformat(),
            "label": _label(mark.day, first=index == 0),
            "side": panel.side,
            "sign": mark_sign(mark),
            "breaks": mark.breaks,
        }
        rows += [common | piece for piece in _pieces(mark)]
    return rows


def _pieces(mark: Mark) -> list[dict[str, object]]:
    if mark.count is None:
        return [{"kind": "", "drawn": 0, "reach": 0, "open": False, "piece": "no figure"}]
    drawn = [(kind, count) for kind, count in mark.pieces if count.drawn] or [
        ("stopped", Count(0, 0))
    ]
    said = "; ".join(piece_words(kind, count) for kind, count in mark.pieces)
    piece = mark_words(mark) if len(drawn) == 1 else said
    return [
        {
            "kind": kind,
            "drawn": count.drawn if count.low is not None else 0,
            "reach": max(count.high or 0, count.drawn),
            "open": count.high is None,
            "piece": piece,
        }
        for kind, count in drawn
    ]


def _day_spot(
    cell: Cell, panel: Panel, mark: Mark, selection: Selection, corpus: Corpus
) -> Spot | None:
    if not mark.claim_ids:
        return None
    said = f"{date_words(mark.day)}: {mark_words(mark)} {about(panel.attacker, selection, corpus)}"
    at = (cell.left, cell.top, cell.width, cell.height)
    return Spot(said, *at, mark.claim_ids)


def _region_row(region: Region, corpus: Corpus) -> dict[str, object]:
    return {
        "place": place_words(region.key, corpus),
        "side": region.side,
        "kind": "located",
        "low": region.count.low,
        "high": region.count.high,
        "sign": f"{sign(region.count)} · {_day(region.day)}",
        "day": region.day.isoformat(),
    }


def _caption(view: View) -> str:
    """Explain what is drawn, as far as it is drawn."""
    marks = [mark for panel in view.panels for mark in panel.given]
    kinds = {kind for mark in marks for kind, _ in mark.pieces}
    counts = [count for mark in marks for _, count in mark.pieces]
    notes = [
        HATCHED_NOTE if kinds & {"unaccounted for", "not located"} else "",
        "Light: lost from radar." if "lost" in kinds else "",
        OPEN_NOTE if any(count.high is None for count in counts) else "",
        INSIDE_NOTE if any(mark.inside for mark in marks) else "",
        APART_NOTE,
    ]
    return " ".join(note for note in notes if note)


def _source(view: View, corpus: Corpus, claim_ids: Iterable[str]) -> str:
    held = {claim.id: claim for claim in view.claims}
    claims = [held[i] for i in dict.fromkeys(claim_ids) if i in held]
    documents = (corpus.documents.get(claim.document_id) for claim in claims)
    return imprint.source_line([d.publisher for d in documents if d], len(claims))


def _label(day: dt.date, first: bool) -> str:
    return f"{day.day} {day:%b}" if first or day.day == 1 else str(day.day)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b}"


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
