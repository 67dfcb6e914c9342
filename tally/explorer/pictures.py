"""What a chart of the explorer is, and the first of them: the figure of each day, finished.

Computes no figure; what a click on a chart leads to is kept beside it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from tally import charts, imprint
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
from tally.explorer.selection import Selection
from tally.explorer.view import Mark, Panel, View
from tally.hosts import publisher
from tally.language import say, to_say
from tally.wording import short_date

INSIDE_NOTE = to_say("‡ Drones lost from radar are inside the figure.")
HATCHED_NOTE = to_say("Hatched: what the side’s own figures leave unaccounted for or unlocated.")
LIGHT_NOTE = to_say("Light: lost from radar.")
OPEN_NOTE = to_say("An arrow: at least.")
APART_NOTE = to_say("One scale. Days are never added up.")


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a picture that can be clicked: where, in shares, and which claims are under it.

    `place` is set where the click chooses a place; `pressed` when it is the one chosen.
    """

    words: str
    left: float
    top: float
    width: float
    height: float
    claim_ids: tuple[str, ...] = ()
    place: str = ""
    pressed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its caption, its clickable spots, and the figure for other formats.

    `label` stands above it.
    """

    name: str
    label: str
    caption: str
    finished: Finished
    spots: tuple[Spot, ...]
    figure: Figure


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
        + ", ".join(f"{short_date(mark.day)} {mark_words(mark)}" for mark in panel.given)
        for panel in view.panels
        if panel.given
    ]
    shown = table[["heading", "date", "piece", "sign"]].rename(
        columns={
            "heading": say("What"),
            "date": say("Day"),
            "piece": say("Pieces"),
            "sign": say("Figure"),
        }
    )
    finished = charts.finish(
        figure,
        shown.drop_duplicates(),
        source=source(corpus, (i for _, mark in marks for i in mark.claim_ids)),
        alt=say("Columns by day, {span}. {listing}.", span=title(view), listing="; ".join(said)),
    )
    cells = daily_cells(table)
    spots = [
        _day_spot(cell, panel, mark, view.selection, corpus)
        for cell, (panel, mark) in zip(cells, marks, strict=True)
    ]
    return Picture(
        "by-day", say("By day"), _caption(view), finished, tuple(filter(None, spots)), figure
    )


def source(corpus: Corpus, claim_ids: Iterable[str]) -> str:
    """Name who printed the claims that a chart draws."""
    held = corpus.by_id
    claims = [held[i] for i in dict.fromkeys(claim_ids) if i in held]
    documents = (corpus.documents.get(claim.document_id) for claim in claims)
    return imprint.source_line([publisher(d) for d in documents if d], len(claims))


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
        return [{"kind": "", "drawn": 0, "reach": 0, "open": False, "piece": say("no figure")}]
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
    said = say(
        "{date:d MMMM y}: {figure} {what}",
        date=mark.day,
        figure=mark_words(mark),
        what=about(panel.attacker, selection, corpus),
    )
    at = (cell.left, cell.top, cell.width, cell.height)
    return Spot(said, *at, mark.claim_ids)


def _caption(view: View) -> str:
    """Explain what is drawn, as far as it is drawn."""
    marks = [mark for panel in view.panels for mark in panel.given]
    kinds = {kind for mark in marks for kind, _ in mark.pieces}
    counts = [count for mark in marks for _, count in mark.pieces]
    notes = [
        HATCHED_NOTE if kinds & {"unaccounted for", "not located"} else "",
        LIGHT_NOTE if "lost" in kinds else "",
        OPEN_NOTE if any(count.high is None for count in counts) else "",
        INSIDE_NOTE if any(mark.inside for mark in marks) else "",
        APART_NOTE,
    ]
    return " ".join(say(note) for note in notes if note)


def _label(day: dt.date, first: bool) -> str:
    return short_date(day) if first or day.day == 1 else str(day.day)
